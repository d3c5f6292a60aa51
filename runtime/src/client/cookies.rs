//! Cookies that a server sets, kept for the life of a client: a session by RFC 6265, as far as a client of one API needs it.
//!
//! A cookie goes back to the host that set it alone: `Domain` is not honoured, since an API has no need of it and a
//! wrong one would give a session away.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::header::SET_COOKIE;
use http::{HeaderMap, Uri};

use crate::Secret;

/// The greatest number of cookies that are kept, and of bytes of each.
const MOST: usize = 64;
const LONGEST: usize = 4096;

/// The cookies of a client.
#[derive(Default)]
pub(crate) struct Cookies(Mutex<Vec<Cookie>>);

struct Cookie {
    host: String,
    path: String,
    secure: bool,
    name: String,
    value: Secret<String>,
    expiry: Option<SystemTime>,
}

impl std::fmt::Debug for Cookies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cookies")
    }
}

impl Cookies {
    /// Keeps what an answer sets.
    pub(crate) fn keep(&self, uri: &Uri, headers: &HeaderMap, now: SystemTime) {
        let lines = headers.get_all(SET_COOKIE).into_iter();
        for line in lines.filter_map(|line| line.to_str().ok()) {
            let Some(cookie) = Cookie::parse(uri, line, now) else {
                continue;
            };
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|known| !known.is_same(&cookie));
            if cookie.is_good(now) && kept.len() < MOST {
                kept.push(cookie);
            }
        }
    }

    /// The value of the header `Cookie` for a request; none if there is nothing to send.
    pub(crate) fn header(&self, uri: &Uri, now: SystemTime) -> Option<String> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|cookie| cookie.is_good(now));
        let mut fitting: Vec<&Cookie> = kept.iter().filter(|cookie| cookie.fits(uri)).collect();
        // Longer paths come first, as RFC 6265 has it.
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs = fitting.iter();
        let pairs = pairs.map(|cookie| format!("{}={}", cookie.name, cookie.value.expose()));
        let pairs: Vec<String> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

impl Cookie {
    fn parse(uri: &Uri, line: &str, now: SystemTime) -> Option<Self> {
        let mut parts = line.split(';');
        let (name, value) = parts.next()?.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b',' && byte != b';')
        };
        if name.is_empty() || line.len() > LONGEST || !is_plain(name) || !is_plain(value) {
            return None;
        }
        let mut cookie = Self {
            host: uri.host()?.to_ascii_lowercase(),
            path: default_path(uri.path()).to_owned(),
            secure: false,
            name: name.to_owned(),
            value: value.into(),
            expiry: None,
        };
        let (mut expires, mut max_age) = (None, None);
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
                "secure" => cookie.secure = true,
                "expires" => expires = httpdate::parse_http_date(value).ok(),
                "max-age" => max_age = value.parse::<i64>().ok(),
                _ => {}
            }
        }
        cookie.expiry = match max_age {
            Some(seconds) => {
                let life = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
                now.checked_add(life)
            }
            None => expires,
        };
        Some(cookie)
    }

    fn is_same(&self, other: &Self) -> bool {
        (&self.host, &self.path, &self.name) == (&other.host, &other.path, &other.name)
    }

    fn is_good(&self, now: SystemTime) -> bool {
        self.expiry.is_none_or(|expiry| now < expiry)
    }

    fn fits(&self, uri: &Uri) -> bool {
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let rest = uri.path().strip_prefix(self.path.as_str());
        let below = rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/')
        });
        // A server on this machine may well set it so over http.
        let local = ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str());
        let safe = !self.secure || local || uri.scheme_str() == Some("https");
        host == self.host && below && safe
    }
}

/// The path of a cookie that names none: that of the request up to its last slash.
fn default_path(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((before, _)) if !before.is_empty() => before,
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(lines: &[&str]) -> Cookies {
        let cookies = Cookies::default();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(SET_COOKIE, line.parse().unwrap());
        }
        let uri = "https://a.example/api/login".parse().unwrap();
        cookies.keep(&uri, &headers, SystemTime::UNIX_EPOCH);
        cookies
    }

    fn sent(cookies: &Cookies, uri: &str) -> Option<String> {
        let now = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(5));
        cookies.header(&uri.parse().unwrap(), now.unwrap())
    }

    #[test]
    fn a_cookie_goes_back_to_where_it_is_from() {
        let cookies = cookies(&[
            "sid=abc; Path=/; HttpOnly; SameSite=Lax",
            "deep=1; path=/api/v1",
            "own=2",
            "safe=3; Path=/; Secure",
        ]);
        let sent = |uri| sent(&cookies, uri);
        assert_eq!(
            sent("https://a.example/api/v1/x").unwrap(),
            "deep=1; own=2; sid=abc; safe=3"
        );
        assert_eq!(sent("https://a.example/apiary").unwrap(), "sid=abc; safe=3");
        assert_eq!(sent("http://A.example/").unwrap(), "sid=abc");
        assert_eq!(sent("https://b.example/"), None);
        assert_eq!(sent("https://x.a.example/"), None);
    }

    #[test]
    fn a_cookie_is_replaced_and_removed() {
        let cookies = cookies(&[
            "a=1; Path=/",
            "a=2; Path=/",
            "b=1; Path=/; Max-Age=5",
            "c=1; Max-Age=0; Path=/",
            "d=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ]);
        assert_eq!(sent(&cookies, "https://a.example/").unwrap(), "a=2");
        for line in ["=x", "novalue", "a b=1", "a=\u{e9}"] {
            let uri = "https://a.example/".parse().unwrap();
            assert!(
                Cookie::parse(&uri, line, SystemTime::UNIX_EPOCH).is_none(),
                "{line}"
            );
        }
        assert!(!format!("{cookies:?}").contains('2'));
    }
}
