//! Descriptions of authorization servers, by themselves: OpenID Connect Discovery, and RFC 8414.

use serde::Deserialize;

use super::error::OAuthError;
use crate::client::Method;
use crate::client::core::Core;
use crate::client::error::AnyError;
use crate::client::operation::{Accept, Operation, OperationSpec};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Decoded, Reply};

/// The endpoints of a server.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    issuer: String,
    pub(super) token_endpoint: String,
    #[serde(default)]
    pub(super) authorization_endpoint: Option<String>,
    #[serde(default)]
    pub(super) device_authorization_endpoint: Option<String>,
}

/// Finds the endpoints of an issuer.
pub(super) async fn find(core: &Core, issuer: &str) -> Result<Found, OAuthError> {
    let absolute;
    let issuer = match issuer.contains("://") {
        true => issuer,
        // Relative to the API, as documents may name it.
        false => {
            let url = core.resolve(issuer);
            absolute = url.map_err(|error| OAuthError::Kept(Box::new(error)))?;
            absolute.as_str()
        }
    };
    let mut last = None;
    for url in places(issuer) {
        let target = core.resolve(&url);
        let target = target.map_err(|error| OAuthError::Kept(Box::new(error)))?;
        let core = core.without_credentials();
        match core.call(Describe).at(target).send().await {
            Ok(found) => {
                let found = found.into_inner();
                // Else one server could hand out the endpoints of another.
                return match plain(&found.issuer) == plain(issuer) {
                    true => Ok(found),
                    false => Err(OAuthError::Answer("describes another issuer")),
                };
            }
            Err(error) => last = last.or(Some(OAuthError::Call(AnyError::from(error)))),
        }
    }
    Err(last.unwrap_or(OAuthError::Missing("the issuer is not a URL")))
}

fn plain(issuer: &str) -> &str {
    issuer.trim_end_matches('/')
}

/// Where an issuer may describe itself: OpenID Connect appends to its path, RFC 8414 puts it before.
fn places(issuer: &str) -> Vec<String> {
    let issuer = plain(issuer);
    let mut places = vec![format!("{issuer}/.well-known/openid-configuration")];
    if let Ok(url) = url::Url::parse(issuer) {
        let origin = &url[..url::Position::BeforePath];
        let path = url.path().trim_end_matches('/');
        places.push(format!(
            "{origin}/.well-known/oauth-authorization-server{path}"
        ));
    }
    places
}

/// The request for a description.
struct Describe;

impl Operation for Describe {
    type Success = Found;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("DescribeIssuer", Method::GET, "")
        .accept(Accept::Only("application/json"));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.is_success() {
            true => reply.json().map(Ok),
            false => reply.undocumented(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn an_issuer_may_have_a_path() {
        assert_eq!(
            places("https://id.example/realms/a/"),
            [
                "https://id.example/realms/a/.well-known/openid-configuration",
                "https://id.example/.well-known/oauth-authorization-server/realms/a",
            ]
        );
    }
}
