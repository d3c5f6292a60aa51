//! The base URL: what may be one, and what servers of a document become.

use std::collections::BTreeMap;
use std::fmt;

use url::{Host, Url};

use super::operation::{ServerSpec, Variable};

/// Whether a client may talk without TLS to other machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    #[default]
    LoopbackOnly,
    Anywhere,
}

/// Why a URL cannot be a base URL. It is not repeated: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It is not a URL with a host.
    NotAUrl,
    /// It has another scheme than https, or http to this machine.
    Scheme,
    /// It has a user name or a password.
    UserInformation,
    /// It has a query or a fragment.
    Extra,
    /// A variable of the document's server is not set and has no default.
    MissingVariable(String),
    /// A variable has a value that the document does not list, or that would change the URL around it.
    VariableValue(String),
    /// The document has no such server or variable.
    Unknown(String),
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAUrl => f.write_str("the base URL is not a URL with a host"),
            Self::Scheme => f.write_str(
                "the base URL must be https; http is for loopback, or see `danger_allow_plain_http`",
            ),
            Self::UserInformation => f.write_str("the base URL must not hold a user or a password"),
            Self::Extra => f.write_str("the base URL must not have a query or a fragment"),
            Self::MissingVariable(name) => write!(f, "variable `{name}` is not set"),
            Self::VariableValue(name) => write!(f, "variable `{name}` has a value that it cannot have"),
            Self::Unknown(name) => write!(f, "the document has no `{name}`"),
        }
    }
}

impl std::error::Error for BaseUrlError {}

/// Reads a base URL.
pub(crate) fn parse(text: &str, plain: PlainHttp) -> Result<Url, BaseUrlError> {
    check(Url::parse(text).map_err(|_| BaseUrlError::NotAUrl)?, plain)
}

/// Refuses a URL that requests should not go to, or that paths can't be appended to.
pub(crate) fn check(url: Url, plain: PlainHttp) -> Result<Url, BaseUrlError> {
    let url = endpoint(url, plain)?;
    match url.query() {
        Some(_) => Err(BaseUrlError::Extra),
        None => Ok(url),
    }
}

/// Refuses a URL that requests should not go to. Endpoints of OAuth 2.0 may have a query (RFC 6749, section 3), and no
/// fragment.
pub(crate) fn endpoint(url: Url, plain: PlainHttp) -> Result<Url, BaseUrlError> {
    let loopback = match url.host().ok_or(BaseUrlError::NotAUrl)? {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback || plain == PlainHttp::Anywhere => {}
        _ => return Err(BaseUrlError::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::UserInformation);
    }
    match url.fragment() {
        Some(_) => Err(BaseUrlError::Extra),
        None => Ok(url),
    }
}

/// The URL of a server of the document, which may be relative to the base URL.
pub(crate) fn of_server(
    server: &ServerSpec,
    chosen: &BTreeMap<String, String>,
    base: Option<&Url>,
    plain: PlainHttp,
) -> Result<Url, BaseUrlError> {
    let text = fill(server.url, server.variables, chosen, is_plain)?;
    let url = match base {
        Some(base) => base.join(&text),
        None => Url::parse(&text),
    };
    check(url.map_err(|_| BaseUrlError::NotAUrl)?, plain)
}

/// A part of a URL that stays where it is put.
fn is_plain(value: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
    value.bytes().all(plain)
        && !value.starts_with('/')
        && value.split('/').all(|part| !matches!(part, "." | ".."))
}

/// A token of HTTP: what a part of a media type may be.
pub fn is_token(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
    !value.is_empty() && value.bytes().all(plain)
}

/// Text with its variables in place.
pub(crate) fn fill(
    template: &str,
    variables: &[Variable],
    chosen: &BTreeMap<String, String>,
    allowed: fn(&str) -> bool,
) -> Result<String, BaseUrlError> {
    let mut text = template.to_owned();
    for variable in variables {
        let name = || variable.name.to_owned();
        let value = chosen
            .get(variable.name)
            .map(String::as_str)
            .or(variable.default);
        let value = value.ok_or_else(|| BaseUrlError::MissingVariable(name()))?;
        let listed = variable.values.is_empty() || variable.values.contains(&value);
        if !listed || !allowed(value) {
            return Err(BaseUrlError::VariableValue(name()));
        }
        text = text.replace(&format!("{{{}}}", variable.name), value);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> BaseUrlError {
        parse(text, PlainHttp::LoopbackOnly).unwrap_err()
    }

    #[test]
    fn https_or_http_to_this_machine() {
        for text in [
            "https://h.example/a",
            "http://127.0.0.1:8080",
            "http://[::1]/",
            "http://localhost:1",
        ] {
            assert!(parse(text, PlainHttp::LoopbackOnly).is_ok(), "{text}");
        }
        assert_eq!(refused("http://h.example"), BaseUrlError::Scheme);
        assert_eq!(
            refused("http://localhost.evil.example"),
            BaseUrlError::Scheme
        );
        assert!(parse("http://h.example", PlainHttp::Anywhere).is_ok());
        assert_eq!(refused("ftp://127.0.0.1"), BaseUrlError::Scheme);
        assert_eq!(
            refused("https://u:p@h.example"),
            BaseUrlError::UserInformation
        );
        assert_eq!(refused("https://h.example?a=1"), BaseUrlError::Extra);
        assert_eq!(refused("h.example"), BaseUrlError::NotAUrl);
    }

    #[test]
    fn servers_are_filled_in_and_cannot_be_bent() {
        const REGION: Variable = Variable {
            name: "region",
            default: Some("eu"),
            values: &["eu", "us"],
        };
        const TENANT: Variable = Variable {
            name: "tenant",
            default: None,
            values: &[],
        };
        let server = ServerSpec {
            url: "https://{region}.h.example/{tenant}/v1",
            variables: &[REGION, TENANT],
        };
        let url = |pairs: &[(&str, &str)]| {
            let chosen = pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            of_server(&server, &chosen, None, PlainHttp::LoopbackOnly).map(String::from)
        };
        assert_eq!(
            url(&[("tenant", "t")]).unwrap(),
            "https://eu.h.example/t/v1"
        );
        assert_eq!(
            url(&[("tenant", "t"), ("region", "us")]).unwrap(),
            "https://us.h.example/t/v1"
        );
        assert_eq!(
            url(&[]),
            Err(BaseUrlError::MissingVariable("tenant".into()))
        );
        for bent in ["..", "a/../b", "/evil", "a?b", "a@b", "a:1"] {
            assert_eq!(
                url(&[("tenant", bent)]),
                Err(BaseUrlError::VariableValue("tenant".into())),
                "{bent}"
            );
        }
        assert!(url(&[("tenant", "t"), ("region", "evil.example#")]).is_err());
        let relative = ServerSpec {
            url: "/v2",
            variables: &[],
        };
        let base = Url::parse("https://h.example/v1").unwrap();
        let url = of_server(
            &relative,
            &BTreeMap::new(),
            Some(&base),
            PlainHttp::LoopbackOnly,
        );
        assert_eq!(url.unwrap().as_str(), "https://h.example/v2");
    }
}
