//! The calls as one writes them with reqwest and serde: types of the same shape, and the time-outs that a careful person
//! sets.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, ID, SECRET, Server, Side, TOKEN};

const AGENT: &str = "appgate-sdp/23";
const VERSION: &str = "application/vnd.appgate.peer-v22+json";

/// A client written by hand.
#[derive(Debug)]
pub struct ByHand {
    http: reqwest::Client,
    base: String,
}

impl Side for ByHand {
    fn new(server: &Server) -> Result<Self, Error> {
        // reqwest is built without a provider of its own, whoever installed one first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(AGENT)
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(30))
            .build()?;
        let base = server.url().to_owned();
        Ok(Self { http, base })
    }

    async fn get(&self) -> Result<(), Error> {
        let url = format!("{}/mfa-providers/{ID}", self.base);
        self.receive(self.http.get(url)).await
    }

    async fn post(&self) -> Result<(), Error> {
        let url = format!("{}/mfa-providers", self.base);
        let provider = ProviderInput {
            name: "RADIUS".to_owned(),
            notes: Some("Created for a benchmark.".to_owned()),
            tags: Some(vec!["developer".to_owned(), "api-created".to_owned()]),
            kind: Kind::Radius,
            hostnames: Some(vec![
                "radius-1.example.com".to_owned(),
                "radius-2.example.com".to_owned(),
            ]),
            port: Some(1812),
            input_type: Some(InputType::Masked),
            shared_secret: Some(SECRET.to_owned()),
            authentication_protocol: Some(AuthenticationProtocol::Chap),
            timeout: Some(6),
            mode: Some(Mode::Challenge),
            use_user_password: Some(false),
            challenge_shared_secret: Some(SECRET.to_owned()),
        };
        let request = self.http.post(url).body(serde_json::to_vec(&provider)?);
        self.receive(request.header(CONTENT_TYPE, "application/json"))
            .await
    }
}

impl ByHand {
    async fn receive(&self, request: reqwest::RequestBuilder) -> Result<(), Error> {
        let request = request.header(ACCEPT, VERSION).bearer_auth(TOKEN);
        let response = request.send().await?.error_for_status()?;
        let provider: Provider = serde_json::from_slice(&response.bytes().await?)?;
        match provider.id == Some(ID) && provider.mode == Some(Mode::Challenge) {
            true => Ok(()),
            false => Err("another provider came".into()),
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "read, as it is by the generated client, whoever looks at it"
)]
struct Provider {
    id: Option<Uuid>,
    name: String,
    notes: Option<String>,
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
    tags: Option<Vec<String>>,
    #[serde(rename = "type")]
    kind: Kind,
    hostnames: Option<Vec<String>>,
    port: Option<i64>,
    input_type: Option<InputType>,
    authentication_protocol: Option<AuthenticationProtocol>,
    timeout: Option<i64>,
    mode: Option<Mode>,
    use_user_password: Option<bool>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProviderInput {
    name: String,
    notes: Option<String>,
    tags: Option<Vec<String>>,
    #[serde(rename = "type")]
    kind: Kind,
    hostnames: Option<Vec<String>>,
    port: Option<i64>,
    input_type: Option<InputType>,
    shared_secret: Option<String>,
    authentication_protocol: Option<AuthenticationProtocol>,
    timeout: Option<i64>,
    mode: Option<Mode>,
    use_user_password: Option<bool>,
    challenge_shared_secret: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) enum Kind {
    Radius,
    DefaultTimeBased,
    Fido2,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) enum InputType {
    Masked,
    Numeric,
    Text,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum AuthenticationProtocol {
    Pap,
    Chap,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) enum Mode {
    OneFactor,
    Challenge,
    Push,
}
