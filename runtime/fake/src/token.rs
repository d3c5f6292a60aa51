//! A token server, for the OAuth 2.0 client credentials grant (RFC 6749, section 4.4).

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use crate::problem::Reason;
use crate::route::path_of;
use countersign_runtime::inbound::{Coding, Fault, decode};
use countersign_runtime::{Base64, Body, Secret, Token, essence};

type Respond = dyn Fn(&TokenRequest) -> Result<Token, TokenRefusal> + Send + Sync;

/// A client's request for a token.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    client_id: String,
    client_secret: Secret<String>,
    fields: Vec<(String, String)>,
}

impl TokenRequest {
    /// Who asks.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The proof of the client's identity.
    pub const fn client_secret(&self) -> &Secret<String> {
        &self.client_secret
    }

    /// The scopes that it asks for.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.field("scope").unwrap_or_default().split_whitespace()
    }

    /// A field of the form.
    pub fn field(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.as_str())
    }
}

/// Why a token server gives no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRefusal {
    /// `invalid_request`
    InvalidRequest,
    /// `invalid_client`, with status 401.
    InvalidClient,
    /// `unauthorized_client`
    UnauthorizedClient,
    /// `invalid_scope`
    InvalidScope,
}

impl fmt::Display for TokenRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::InvalidScope => "invalid_scope",
        })
    }
}

/// The token servers of an API.
pub(crate) struct Tokens {
    urls: &'static [&'static str],
    respond: RwLock<Option<Arc<Respond>>>,
    given: AtomicU64,
}

impl Tokens {
    pub(crate) fn new(urls: &'static [&'static str]) -> Self {
        Self {
            urls,
            respond: RwLock::default(),
            given: AtomicU64::new(0),
        }
    }

    pub(crate) fn set(
        &self,
        respond: impl Fn(&TokenRequest) -> Result<Token, TokenRefusal> + Send + Sync + 'static,
    ) {
        let mut held = self.respond.write().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Arc::new(respond));
    }

    /// Whether a request is for a token, at whatever host: that is where tests differ from the document.
    pub(crate) fn is_at(&self, head: &Parts) -> bool {
        let asked = head.uri.path();
        let is_path = |path: &str| !path.is_empty() && path != "/" && asked.ends_with(path);
        self.urls.iter().any(|url| is_path(path_of(url)))
    }

    pub(crate) fn answer(
        &self,
        head: &Parts,
        body: &Bytes,
    ) -> Result<http::Response<Body>, Vec<Reason>> {
        let request = read(head, body).map_err(|reason| vec![reason])?;
        let respond = self
            .respond
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (status, body) =
            match respond.map_or_else(|| Ok(self.next()), |respond| respond(&request)) {
                Ok(token) => (StatusCode::OK, granted(&token)),
                Err(TokenRefusal::InvalidClient) => (
                    StatusCode::UNAUTHORIZED,
                    json!({"error": TokenRefusal::InvalidClient.to_string()}),
                ),
                Err(refusal) => (
                    StatusCode::BAD_REQUEST,
                    json!({"error": refusal.to_string()}),
                ),
            };
        let mut response = http::Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        Ok(response)
    }

    fn next(&self) -> Token {
        const LIFE: Duration = Duration::from_secs(900);
        let number = self.given.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        Token::new(format!("fake-token-{number}")).expires_in(LIFE)
    }
}

fn granted(token: &Token) -> Value {
    let mut answer = json!({
        "access_token": token.secret().expose(),
        "token_type": "Bearer",
    });
    if let (Some(life), Some(members)) = (token.life(), answer.as_object_mut()) {
        members.insert("expires_in".to_owned(), life.as_secs().into());
    }
    answer
}

fn read(head: &Parts, body: &Bytes) -> Result<TokenRequest, Reason> {
    const FORM: &str = "application/x-www-form-urlencoded";
    if head.method != Method::POST {
        return Err(Reason::Method(vec![Method::POST]));
    }
    let found = head.headers.get(CONTENT_TYPE);
    let found = found.map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned());
    if !found
        .as_deref()
        .is_some_and(|found| essence(found).eq_ignore_ascii_case(FORM))
    {
        let documented = vec![FORM];
        return Err(Fault::MediaType { found, documented }.into());
    }
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(body)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let field = |wanted: &str| {
        let field = fields.iter().find(|(name, _)| name == wanted);
        field.map(|(_, value)| value.clone())
    };
    if field("grant_type").as_deref() != Some("client_credentials") {
        let fault = Fault::Body {
            path: "grant_type".to_owned(),
            why: "must be `client_credentials`".to_owned(),
        };
        return Err(fault.into());
    }
    let in_form = || field("client_id").zip(field("client_secret"));
    let (client_id, client_secret) = basic(head).or_else(in_form).ok_or_else(|| {
        Fault::Credential(vec![vec!["Basic"], vec!["client_id", "client_secret"]])
    })?;
    Ok(TokenRequest {
        client_id,
        client_secret: client_secret.into(),
        fields,
    })
}

/// Name and password of a client, which are form-encoded before they are put together.
fn basic(head: &Parts) -> Option<(String, String)> {
    let text = head.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (kind, pair) = text.split_once(' ')?;
    let pair: Base64 = pair.parse().ok()?;
    let pair = String::from_utf8(pair.as_ref().to_vec()).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let decoded = |text: &str| decode(text, Coding::Form);
    kind.eq_ignore_ascii_case("Basic")
        .then(|| Some((decoded(id)?, decoded(secret)?)))?
}
