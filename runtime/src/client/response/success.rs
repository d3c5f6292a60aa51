//! A success.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::client::error::Failed;
use crate::tolerance::Departure;

/// A success: the value, and what came with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    raw_body: Bytes,
    departures: Vec<Departure>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, status: StatusCode, headers: HeaderMap, attempts: u32) -> Self {
        Self {
            value,
            status,
            headers,
            attempts,
            raw_body: Bytes::new(),
            departures: Vec::new(),
        }
    }

    pub(crate) fn with_raw_body(self, raw_body: Bytes) -> Self {
        Self { raw_body, ..self }
    }

    pub(crate) fn with_departures(self, departures: Vec<Departure>) -> Self {
        Self { departures, ..self }
    }

    /// Where the answer is not what the document says and was read all the same: the first 256 places. There are none
    /// unless the answer was read tolerantly: see [`Reading`](crate::Reading).
    pub fn departures(&self) -> &[Departure] {
        &self.departures
    }

    /// The body as it came, where the document describes none; empty where it was decoded.
    pub const fn raw_body(&self) -> &Bytes {
        &self.raw_body
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The server's name for the request, where it gave one.
    pub fn request_id(&self) -> Option<&str> {
        Failed::request_id_of(&self.headers)
    }

    /// The number of times the operation was sent.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same response with another value.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Response<U> {
        Response::new(turn(self.value), self.status, self.headers, self.attempts)
            .with_raw_body(self.raw_body)
            .with_departures(self.departures)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
