//! Shared by generated model and client crates.
//!
//! Without features this is what models need: secrets, presence, open enumerations, unions and validation. No HTTP
//! crate is compiled for them.
//!
//! | feature | adds |
//! |---|---|
//! | `datetime` | `DateTime`, `Date` and `Time`, by jiff |
//! | `pattern` | `Pattern`: constraints by regular expressions |
//! | `uuid` | constraints on UUIDs |
//! | `arbitrary` | generated types from random bytes, for fuzzers |
//! | `proptest` | the same as strategies of proptest |
//! | `schemars` | JSON Schemas of generated types |
//! | `time` | the types of the crate `time` as `AsText` |
//! | `decimal` | `rust_decimal::Decimal` as `AsText`, and as `AsNumber` with all of its digits |
//! | `http` | what clients need: operations, requests, responses, credentials, retries, paging, over any `Transport` |
//! | `hyper` | the default transport: hyper over rustls |
//! | `brotli`, `zstd` | content codings that it undoes beside gzip |
//! | `reqwest` | a client of reqwest as the transport |
//! | `oauth` | grants of OAuth 2.0 beyond client credentials, and tokens that are kept |
//! | `loopback` | the redirect of a sign-in to this machine |
//! | `browser` | the URL of a sign-in in the user's browser |
//! | `token-file` | tokens in a file that nobody but its owner can read |
//! | `token-keyring` | tokens in the keyring of the system |
//! | `digest` | HTTP Digest |
//! | `tracing` | a span for each attempt, by OpenTelemetry's conventions |
//! | `blocking` | calls from threads without an async runtime |
//! | `inbound` | requests as a server reads them: for fakes, and for receivers of webhooks |
//! | `xml` | XML, by the XML Object of OpenAPI |
//! | `axum` | events as arguments of axum's handlers |
//! | `standard-webhooks` | signatures of webhooks, as Standard Webhooks has them |
//!
//! The behaviour of a client is the same for all APIs: `Timeouts` and `Retry` say when calls end and when they are sent
//! again, `Builder` what can be changed, `Error` what can go wrong.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

#[macro_use]
mod generated;
#[cfg(feature = "arbitrary")]
pub mod arbitrary;
mod base64;
#[cfg(feature = "datetime")]
mod datetime;
mod depth;
pub mod enumeration;
#[cfg_attr(not(all(feature = "decimal", feature = "http")), allow(dead_code))]
mod exact;
mod form;
pub mod json;
#[cfg(feature = "schemars")]
pub mod json_schema;
mod newtype;
mod nullable;
pub mod object;
mod presence;
#[cfg(feature = "proptest")]
pub mod proptest;
pub mod read;
mod secret;
#[cfg(feature = "http")]
mod tolerance;
#[cfg(not(feature = "http"))]
#[path = "tolerance/without.rs"]
mod tolerance;
pub mod union;
mod unknown;
pub mod validate;
pub mod wire;
#[cfg(feature = "xml")]
pub mod xml;

pub use self::base64::{Base64, NotBase64};
#[cfg(feature = "datetime")]
pub use self::datetime::{DateTime, NotDateTime};
pub use self::enumeration::{IntegerEnum, NotListed, Scalar, StringEnum, ValueEnum};
#[cfg(feature = "decimal")]
pub use self::form::{AsNumber, NumberForm};
pub use self::form::{AsText, NotInForm, TextForm};
pub use self::nullable::IntoNullable;
pub use self::presence::Presence;
pub use self::secret::{ReadSecret, Secret};
pub use self::unknown::Unknown;
#[cfg(feature = "pattern")]
pub use self::validate::Pattern;
pub use self::validate::{Check, Limits, Validate, Violation, Violations};
pub use countersign_derive::{Deserialize, IntegerEnum, Serialize, StringEnum};
/// The crate whose types [`DateTime`] takes and gives, in the version that fits.
///
/// ```
/// use countersign_runtime::DateTime;
/// use countersign_runtime::jiff::{SignedDuration, Timestamp};
///
/// let an_hour_ago = DateTime::from(Timestamp::now() - SignedDuration::from_hours(1));
/// let new_year: DateTime = "2026-01-01T00:00:00+01:00".parse()?;
/// assert!(an_hour_ago.timestamp() > new_year.timestamp());
/// # Ok::<(), countersign_runtime::NotDateTime>(())
/// ```
#[cfg(feature = "datetime")]
pub use jiff;
#[cfg(feature = "datetime")]
pub use jiff::civil::{Date, Time};
// serde's traits, under the names of the macros that derive them, as serde itself has it.
pub use serde::{de::Deserialize, ser::Serialize};
pub use serde_json::{Map, Value};

/// The names that the macros use. Not for use by hand.
#[doc(hidden)]
pub mod private {
    #[cfg(feature = "http")]
    pub use bytes::Bytes;
    pub use serde;

    #[cfg(feature = "http")]
    pub use crate::client::NeedsBlocking as Blocking;
}

// The macros name this crate from outside; tests in it use them too.
extern crate self as countersign_runtime;

#[cfg(feature = "http")]
mod client;
#[cfg(feature = "inbound")]
pub mod inbound;
#[cfg(feature = "http")]
pub use self::client::*;
#[cfg(feature = "http")]
pub use self::tolerance::{Correction, Departure, Found, MemberReading, Reading};
#[cfg(feature = "http")]
pub use http::{HeaderMap, StatusCode};
#[cfg(feature = "token-keyring")]
pub use keyring_core;
#[cfg(feature = "reqwest")]
pub use reqwest;
