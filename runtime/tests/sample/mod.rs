//! A client of a small API, written by hand in the shape that generated ones have.
#![allow(dead_code, unreachable_pub)]

mod paging;

use countersign_runtime::{
    Accept, AcceptSpec, ApiSpec, Body, Builder, Call, Check, Core, Credential, Decoded, FilePart,
    Idempotency, Limits, ListSpec, Method, Multipart, Operation, OperationSpec, Paginated,
    Position, QueryStyle, Reply, RequestError, RequestParts, Scheme, Secret, Statuses, StringEnum,
    Summary, Unknown, Validate, Variable,
};
use serde::{Deserialize, Serialize};

#[allow(unused_imports, reason = "each test takes what it needs")]
pub use paging::{
    AfterPage, ListAfter, ListLinked, ListNumbered, ListServers, ListWalked, ServerPage,
};

pub static API: ApiSpec = ApiSpec::new("Sample API", "1.0")
    .accept(AcceptSpec {
        media_type: "application/vnd.sample.v{apiVersion}+json",
        variables: &[Variable {
            name: "apiVersion",
            default: Some("1"),
            values: &[],
        }],
    })
    .secrets(&["sharedSecret"]);

pub mod security {
    use super::*;

    pub const SESSION: Scheme = Scheme::header_key("session", "X-Session");
    pub const BEARER: Scheme = Scheme::bearer("bearer");
    pub const QUERY: Scheme = Scheme::query_key("query", "key");

    pub fn bearer(token: impl Into<Secret<String>>) -> Credential {
        Credential::new(BEARER, token)
    }
}

/// A client of the sample API.
#[derive(Clone, Debug)]
pub struct Client {
    core: Core,
}

impl From<Core> for Client {
    fn from(core: Core) -> Self {
        Self { core }
    }
}

impl AsRef<Core> for Client {
    fn as_ref(&self) -> &Core {
        &self.core
    }
}

impl Client {
    pub fn builder() -> Builder<Self> {
        Builder::new(&API)
    }

    pub fn call<O: Operation>(&self, operation: O) -> Call<'_, O> {
        self.core.call(operation)
    }

    pub fn create_server(&self, body: NewServer) -> Call<'_, CreateServer> {
        self.call(CreateServer::new(body))
    }

    pub fn get_server(&self, id: impl Into<String>) -> Call<'_, GetServer> {
        self.call(GetServer::new(id))
    }

    pub fn list_servers(&self) -> Call<'_, ListServers> {
        self.call(ListServers::new())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewServer {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_secret: Option<Secret<String>>,
}

impl Validate for NewServer {
    fn validate(&self, check: &mut Check) {
        check.limits(
            "name",
            &self.name,
            Limits::new().min_length(1).max_length(64),
        );
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Server {
    pub id: u32,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    Radius,
    Totp,
    Unknown(Unknown<String>),
}

impl StringEnum for Kind {
    const VALUES: &'static [(&'static str, Self)] =
        &[("Radius", Self::Radius), ("Totp", Self::Totp)];

    fn unknown(value: Unknown<String>) -> Self {
        Self::Unknown(value)
    }

    fn as_unknown(&self) -> Option<&Unknown<String>> {
        match self {
            Self::Unknown(value) => Some(value),
            _ => None,
        }
    }
}

countersign_runtime::string_enum!(Kind);

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Problem {
    pub message: String,
}

/// `POST /servers`
#[derive(Clone, Debug, PartialEq)]
pub struct CreateServer {
    pub body: NewServer,
}

impl CreateServer {
    pub fn new(body: NewServer) -> Self {
        Self { body }
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateServerError {
    BadRequest(Problem),
    Unauthorized(Option<Problem>),
    Conflict,
}

impl Operation for CreateServer {
    type Success = Server;
    type Failure = CreateServerError;

    const SPEC: OperationSpec = OperationSpec::new("CreateServer", Method::POST, "/servers")
        .security(&[&[security::BEARER]])
        .source("spec/sample/openapi.yaml#/paths/~1servers/post");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.json(&self.body)
    }

    fn validate(&self, check: &mut Check) {
        check.nested("body", &self.body);
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            400 => reply.json_error(CreateServerError::BadRequest),
            401 => reply
                .optional_json("application/json")
                .map(|body| Err(CreateServerError::Unauthorized(body))),
            409 => Ok(Err(CreateServerError::Conflict)),
            _ => reply.undocumented(),
        }
    }
}

/// `GET /servers/{id}`
#[derive(Clone, Debug, PartialEq)]
pub struct GetServer {
    pub id: String,
    pub trace: Option<String>,
}

impl GetServer {
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            trace: None,
        }
    }

    pub fn trace(mut self, trace: impl Into<String>) -> Self {
        self.trace = Some(trace.into());
        self
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetServerError {
    Unauthorized,
    NotFound(Problem),
}

impl Operation for GetServer {
    type Success = Server;
    type Failure = GetServerError;

    const SPEC: OperationSpec = OperationSpec::new("GetServer", Method::GET, "/servers/{id}")
        .security(&[
            &[security::SESSION],
            &[security::BEARER],
            &[security::QUERY],
            &[],
        ])
        .source("spec/sample/openapi.yaml#/paths/~1servers~1{id}/get");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.path("id", &self.id)?;
        request.header("X-Trace", &self.trace)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            401 => Ok(Err(GetServerError::Unauthorized)),
            404 => reply.json_error(GetServerError::NotFound),
            _ => reply.undocumented(),
        }
    }
}

/// `POST /servers/apply`, repeatable by its key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apply;

impl Operation for Apply {
    type Success = ();
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Apply", Method::POST, "/servers/apply")
        .idempotency(Idempotency::Key("Idempotency-Key"));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.empty().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

/// `POST /login`, which yields the token of the session.
#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    pub password: Secret<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    pub token: Secret<String>,
}

impl Operation for Login {
    type Success = Session;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Login", Method::POST, "/login");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.json(&serde_json::json!({ "password": self.password.expose() }))
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

/// `GET /log`, streamed.
#[derive(Clone, Debug, PartialEq)]
pub struct DownloadLog;

/// A streamed success with a typed header.
#[derive(Debug)]
pub struct Log {
    pub lines: Option<u32>,
    pub body: Body,
}

impl Operation for DownloadLog {
    type Success = Log;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("DownloadLog", Method::GET, "/log")
        .accept(Accept::Only("application/octet-stream"))
        .streamed(Statuses::SUCCESS);

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => {
                let lines = reply.optional_header("X-Lines")?;
                let body = reply.stream("application/octet-stream")?;
                Ok(Ok(Log { lines, body }))
            }
            _ => reply.undocumented(),
        }
    }
}

/// `PUT /files/{name}`: multipart.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadFile {
    pub name: String,
    pub file: FilePart,
    pub note: Option<String>,
}

impl Operation for UploadFile {
    type Success = ();
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("UploadFile", Method::PUT, "/files/{name}");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.path("name", &self.name)?;
        let mut form = Multipart::new();
        form.text("note", &self.note)?;
        form.file("file", &self.file);
        request.multipart("multipart/form-data", form)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.empty().map(Ok),
            _ => reply.undocumented(),
        }
    }
}
