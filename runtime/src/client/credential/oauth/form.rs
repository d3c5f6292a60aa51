//! A request to an endpoint of an authorization server: a form, and the client's proof of itself.

use bytes::Bytes;

use super::client_credentials::ClientAuth;
use super::error::OAuthError;
use super::tokens::{TokenAnswer, Tokens};
use crate::client::Method;
use crate::client::core::Core;
use crate::client::error::{AnyError, Error};
use crate::client::operation::{Accept, Idempotency, Operation, OperationSpec};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Decoded, Reply};
use crate::{Base64, Secret};

/// Who asks for tokens.
#[derive(Clone, Debug)]
pub(super) struct ClientId {
    pub(super) id: String,
    pub(super) secret: Option<Secret<String>>,
    pub(super) auth: ClientAuth,
}

/// A form. All of it is kept out of errors that may be secret.
#[derive(Clone, Debug)]
pub(super) struct Form {
    fields: Vec<(String, Secret<String>)>,
    repeats: Idempotency,
}

/// Fields that errors may show.
const PLAIN: [&str; 6] = [
    "grant_type",
    "scope",
    "redirect_uri",
    "client_id",
    "audience",
    "resource",
];

impl Form {
    /// A form for a grant. A grant that can be asked for again harms nobody; a code can be used once.
    pub(super) fn of(grant: &str) -> Self {
        let repeats = match grant {
            "client_credentials" | "password" => Idempotency::Idempotent,
            _ => Idempotency::Method,
        };
        let empty = Self {
            fields: Vec::new(),
            repeats,
        };
        match grant {
            "" => empty,
            grant => empty.field("grant_type", grant.to_owned()),
        }
    }

    pub(super) fn field(mut self, name: &str, value: impl Into<Secret<String>>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// Sends it, and reads tokens.
    pub(super) async fn send(
        self,
        core: &Core,
        url: &str,
        client: &ClientId,
    ) -> Result<Tokens, OAuthError> {
        let answer = self.post(core, url, client).await?;
        let unread = || OAuthError::Answer("has no access token");
        let answer = TokenAnswer::parse(&answer).ok_or_else(unread)?;
        let tokens = answer.tokens(core.clock().wall()).ok_or_else(unread)?;
        match tokens.is_bearer {
            true => Ok(tokens),
            false => Err(OAuthError::Answer("has a token that is not a bearer token")),
        }
    }

    /// Sends it, and gives what is answered.
    pub(super) async fn post(
        self,
        core: &Core,
        url: &str,
        client: &ClientId,
    ) -> Result<Bytes, OAuthError> {
        let target = core.resolve(url);
        let target = target.map_err(|error| OAuthError::Kept(Box::new(error)))?;
        let core = core.without_credentials();
        let client = client.clone();
        let answer = match self.repeats {
            Idempotency::Idempotent => {
                let ask = Ask::<true> { form: self, client };
                core.call(ask).at(target).send().await
            }
            _ => {
                let ask = Ask::<false> { form: self, client };
                core.call(ask).at(target).send().await
            }
        };
        match answer {
            Ok(answer) => Ok(answer.into_inner()),
            // A server may well repeat what it was sent.
            Err(Error::Api(Refused { code, description }, failed)) => Err(OAuthError::Refused {
                code: failed.redact(&code),
                description: description.map(|words| failed.redact(&words)),
            }),
            Err(error) => Err(OAuthError::Call(AnyError::from(error))),
        }
    }
}

/// The request.
struct Ask<const REPEATS: bool> {
    form: Form,
    client: ClientId,
}

/// The refusal of the server, as RFC 6749 has it.
#[derive(Debug)]
struct Refused {
    code: String,
    description: Option<String>,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

impl std::error::Error for Refused {}

impl<const REPEATS: bool> Operation for Ask<REPEATS> {
    type Success = Bytes;
    type Failure = Refused;

    const SPEC: OperationSpec = OperationSpec::new("FetchToken", Method::POST, "")
        .accept(Accept::Only("application/json"))
        .idempotency(match REPEATS {
            true => Idempotency::Idempotent,
            false => Idempotency::Method,
        });

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        let ClientId { id, secret, auth } = &self.client;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.form.fields {
            form.append_pair(name, value.expose());
            if !PLAIN.contains(&name.as_str()) {
                request.secrets.push(value.clone());
            }
        }
        request.secrets.extend(secret.clone());
        match (secret, auth) {
            (Some(secret), ClientAuth::Basic) => {
                let encode = |text: &str| {
                    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
                };
                let pair = format!("{}:{}", encode(id), encode(secret.expose()));
                let basic = Base64::from(pair.as_bytes()).to_string();
                request.set_header("authorization", &format!("Basic {basic}"), true)?;
                request.secrets.push(basic.into());
            }
            (Some(secret), ClientAuth::Form) => {
                form.append_pair("client_id", id)
                    .append_pair("client_secret", secret.expose());
            }
            // A public client says who it is, and proves nothing.
            (None, _) => {
                form.append_pair("client_id", id);
            }
        }
        request.text("application/x-www-form-urlencoded", &form.finish())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        // Some answer 200 with an error in it.
        if let Some(answer) = TokenAnswer::parse(&reply.body)
            && let Some(code) = answer.error
        {
            let description = answer.error_description;
            return Ok(Err(Refused { code, description }));
        }
        match reply.is_success() {
            true => reply.bytes("application/json").map(Ok),
            false => reply.undocumented(),
        }
    }
}
