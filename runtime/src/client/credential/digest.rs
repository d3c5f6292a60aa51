//! HTTP Digest (RFC 7616). The challenge is read here, and the answer is computed by `digest_auth`.

use std::sync::{Arc, Mutex, PoisonError};

use digest_auth::{Algorithm, AlgorithmType, AuthContext, HttpMethod, Qop, WwwAuthenticateHeader};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};

use crate::Secret;
use crate::client::body::{Body, BoxError};

/// A user and a password, and the last challenge of the server.
pub(crate) struct Digest {
    user: String,
    password: Arc<Secret<String>>,
    challenge: Mutex<Option<WwwAuthenticateHeader>>,
}

impl Digest {
    pub(super) fn new(user: String, password: Secret<String>) -> Self {
        Self {
            user,
            password: Arc::new(password),
            challenge: Mutex::default(),
        }
    }

    pub(super) fn password(&self) -> Arc<Secret<String>> {
        Arc::clone(&self.password)
    }

    /// Takes the best challenge of an answer. Whether there is one that can be answered.
    pub(super) fn challenged(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(WWW_AUTHENTICATE).into_iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        let challenges = lines.flat_map(challenges).filter_map(prompt);
        let best = challenges.max_by_key(|prompt| strength(prompt.algorithm));
        let found = best.is_some();
        *self
            .challenge
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = best;
        found
    }

    /// Answers the last challenge; without one, the request is sent as it is, to be challenged.
    pub(super) fn answer(&self, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let mut challenge = self
            .challenge
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(prompt) = challenge.as_mut() else {
            return Ok(());
        };
        let uri = request.uri().path_and_query();
        let uri = uri.map_or("/", |uri| uri.as_str()).to_owned();
        let method = HttpMethod::from(request.method().as_str().to_owned());
        let body = request.body().as_bytes().map(|bytes| bytes.to_vec());
        let password = self.password.expose().as_str();
        let context = AuthContext::new_with_method(&*self.user, password, uri, body, method);
        let header = prompt.respond(&context)?.to_header_string();
        let mut header = HeaderValue::from_str(&header)?;
        header.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, header);
        Ok(())
    }
}

fn strength(algorithm: Algorithm) -> u8 {
    match algorithm.algo {
        AlgorithmType::MD5 => 0,
        AlgorithmType::SHA2_256 => 1,
        AlgorithmType::SHA2_512_256 => 2,
    }
}

/// A scheme and its parameters.
#[derive(Debug, PartialEq)]
struct Challenge {
    scheme: String,
    parameters: Vec<(String, String)>,
}

/// The challenges of a header: several may be in one line, parted by the same commas as their parameters.
fn challenges(line: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    for part in parts(line) {
        let name = part.split('=').next().unwrap_or_default().trim();
        // A scheme is before the first of its parameters, with a space between.
        let (scheme, parameter) = match name.split_once(' ') {
            Some((scheme, _)) => {
                let rest = part.trim_start().strip_prefix(scheme).unwrap_or_default();
                (Some(scheme), rest)
            }
            None if part.contains('=') => (None, part.as_str()),
            None => (Some(name), ""),
        };
        if let Some(scheme) = scheme {
            found.push(Challenge {
                scheme: scheme.to_ascii_lowercase(),
                parameters: Vec::new(),
            });
        }
        if let (Some((key, value)), Some(challenge)) = (parameter.split_once('='), found.last_mut())
        {
            let key = key.trim().to_ascii_lowercase();
            challenge.parameters.push((key, unquoted(value.trim())));
        }
    }
    found
}

/// The parts between commas that are not in quotes.
fn parts(line: &str) -> Vec<String> {
    let (mut all, mut part) = (Vec::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    for letter in line.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                all.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(letter);
    }
    all.push(part);
    all.retain(|part| !part.trim().is_empty());
    all
}

fn unquoted(value: &str) -> String {
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let Some(inner) = inner else {
        return value.to_owned();
    };
    let (mut text, mut escaped) = (String::new(), false);
    for letter in inner.chars() {
        match letter {
            '\\' if !escaped => escaped = true,
            letter => {
                text.push(letter);
                escaped = false;
            }
        }
    }
    text
}

/// A challenge as it is answered; none if it is of another scheme, or needs what is not known.
fn prompt(challenge: Challenge) -> Option<WwwAuthenticateHeader> {
    if challenge.scheme != "digest" {
        return None;
    }
    let value = |name: &str| {
        let mut parameters = challenge.parameters.iter();
        let found = parameters.find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    };
    let is_true = |name: &str| value(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let algorithm = match value("algorithm") {
        // The names are in any case.
        Some(name) => algorithm(&name)?,
        None => Algorithm::default(),
    };
    let qop = match value("qop") {
        None => None,
        Some(names) => {
            let names = names
                .split(',')
                .map(|name| name.trim().to_ascii_lowercase());
            let known: Vec<String> = names.collect();
            // Plain `auth` signs what every server can check; the body is signed only where nothing else is offered.
            let best = ["auth", "auth-int"]
                .into_iter()
                .find(|name| known.iter().any(|known| known == name));
            Some(vec![match best? {
                "auth" => Qop::AUTH,
                _ => Qop::AUTH_INT,
            }])
        }
    };
    Some(WwwAuthenticateHeader {
        domain: None,
        realm: value("realm").unwrap_or_default(),
        nonce: value("nonce")?,
        opaque: value("opaque"),
        stale: is_true("stale"),
        algorithm,
        qop,
        userhash: is_true("userhash"),
        charset: match value("charset") {
            Some(charset) if charset.eq_ignore_ascii_case("utf-8") => digest_auth::Charset::UTF8,
            _ => digest_auth::Charset::ASCII,
        },
        nc: 0,
    })
}

fn algorithm(name: &str) -> Option<Algorithm> {
    let name = name.to_ascii_uppercase();
    let (name, is_session) = match name.strip_suffix("-SESS") {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let algorithm = match name {
        "MD5" => AlgorithmType::MD5,
        "SHA-256" => AlgorithmType::SHA2_256,
        "SHA-512-256" => AlgorithmType::SHA2_512_256,
        _ => return None,
    };
    Some(Algorithm::new(algorithm, is_session))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_told_apart() {
        let line = r#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple", Negotiate, DIGEST nonce="a,b", QOP="auth,auth-int", algorithm=sha-256"#;
        let found = challenges(line);
        let schemes: Vec<&str> = found.iter().map(|found| found.scheme.as_str()).collect();
        assert_eq!(schemes, ["newauth", "basic", "negotiate", "digest"]);
        assert_eq!(found[0].parameters[2].1, r#"Login to "apps""#);
        let prompts: Vec<WwwAuthenticateHeader> = found.into_iter().filter_map(prompt).collect();
        assert_eq!(prompts.len(), 1);
        assert_eq!(prompts[0].nonce, "a,b");
        assert_eq!(prompts[0].qop, Some(vec![Qop::AUTH]));
        assert_eq!(prompts[0].algorithm.algo, AlgorithmType::SHA2_256);
    }

    #[test]
    fn what_can_not_be_answered_is_not() {
        for line in [
            "",
            "Digest",
            "Digest realm=\"x\"",
            "Digest nonce=\"x\", algorithm=SHA-1",
            "Digest nonce=\"x\", qop=\"other\"",
            "Basic realm=\"digest nonce=1\"",
            ",,,=,\"",
        ] {
            assert_eq!(
                challenges(line).into_iter().filter_map(prompt).count(),
                0,
                "{line}"
            );
        }
    }

    /// The example of RFC 7616, section 3.9.1, but for the nonce of the client, which is drawn.
    #[test]
    fn the_best_challenge_is_answered() {
        let digest = Digest::new("Mufasa".to_owned(), "Circle of Life".into());
        let mut headers = HeaderMap::new();
        for algorithm in ["SHA-256", "MD5"] {
            let line = format!(
                r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#
            );
            headers.append(WWW_AUTHENTICATE, line.parse().unwrap());
        }
        assert!(digest.challenged(&headers));
        let mut request = http::Request::get("http://www.example.org/dir/index.html")
            .body(Body::empty())
            .unwrap();
        digest.answer(&mut request).unwrap();
        let header = request.headers()[AUTHORIZATION].to_str().unwrap();
        for part in [
            "Digest username=\"Mufasa\"",
            "uri=\"/dir/index.html\"",
            "algorithm=SHA-256",
            "nc=00000001",
            "qop=auth",
        ] {
            assert!(header.contains(part), "{part}: {header}");
        }
        digest.answer(&mut request).unwrap();
        let header = request.headers()[AUTHORIZATION].to_str().unwrap();
        assert!(header.contains("nc=00000002"), "{header}");
    }
}
