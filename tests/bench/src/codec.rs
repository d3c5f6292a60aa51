//! Reading and writing JSON: a generated model, and the same types by hand with serde's derive macros and serde_json.

use appgate_sdp_client::countersign_runtime::json;
use appgate_sdp_model::MfaProviderList;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;
use crate::by_hand::{AuthenticationProtocol, InputType, Kind, Mode};

/// The bodies that are measured, by the number of their providers: about 300 B, 900 B, 2.3 KB and 3.9 MB.
pub const SIZES: [usize; 4] = [1, 3, 8, 13_000];

/// A list of MFA providers, by hand.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ByHand {
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    descending: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queries: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_by: Option<Vec<FilterBy>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Vec<Provider>>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct FilterBy {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Provider {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    hostnames: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_type: Option<InputType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication_protocol: Option<AuthenticationProtocol>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    use_user_password: Option<bool>,
}

/// A body with this many providers.
#[must_use]
pub fn body(providers: usize) -> Vec<u8> {
    let data: Vec<String> = (0..providers).map(provider).collect();
    let data = data.join(",");
    format!(r#"{{"range":"0-{providers}","totalCount":{providers},"data":[{data}]}}"#).into_bytes()
}

fn provider(at: usize) -> String {
    let id = Uuid::from_u128(0x4c07_bc67_57ea_42dd_b702_0000_0000_0000 + at as u128);
    format!(
        r#"{{"id":"{id}","name":"RADIUS {at}","created":"2026-03-01T09:{:02}:00Z","tags":["developer","api-created"],"type":"Radius","hostnames":["radius-{at}.example.com"],"port":1812,"inputType":"Masked","timeout":6,"mode":"Challenge","useUserPassword":false}}"#,
        at % 60
    )
}

/// One of the two ways.
pub trait Codec: Sized {
    /// Reads a body.
    ///
    /// # Errors
    /// When it is of another shape.
    fn read(body: &[u8]) -> Result<Self, Error>;

    /// Writes it again.
    ///
    /// # Errors
    /// Never: it has been read.
    fn write(&self) -> Result<Vec<u8>, Error>;
}

impl Codec for MfaProviderList {
    fn read(body: &[u8]) -> Result<Self, Error> {
        Ok(json::from_slice(body)?)
    }

    fn write(&self) -> Result<Vec<u8>, Error> {
        Ok(json::to_vec(self)?)
    }
}

impl Codec for ByHand {
    fn read(body: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(body)?)
    }

    fn write(&self) -> Result<Vec<u8>, Error> {
        Ok(serde_json::to_vec(self)?)
    }
}

/// The generated type.
pub type Generated = MfaProviderList;
