//! A client against servers on loopback.
#![cfg(feature = "hyper")]

#[path = "../sample/mod.rs"]
mod sample;
#[path = "../support/mod.rs"]
mod support;

mod access;
mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod build;
mod calls;
mod conditions;
mod credentials;
mod departures;
mod failures;
mod http2;
mod layers;
#[cfg(feature = "oauth")]
mod oauth;
mod observe;
mod paging;
mod polling;
mod proxies;
mod read_as;
mod retry;
mod scopes;
mod signing;
mod streams;
mod successes;
mod tls;
#[cfg(feature = "oauth")]
mod tokens;
mod transports;
mod uploads;
mod whole_answers;
