//! The media types of bodies.

use crate::ir::{Payload, Response};

/// The media type of JSON where the document says no other.
pub(super) const JSON: &str = "application/json";

/// The media type of a response, or `otherwise` where the document says none.
pub(super) fn media_type<'r>(response: &'r Response, otherwise: &'static str) -> &'r str {
    let documented = response.media_type.as_ref();
    documented.map_or(otherwise, |media| media.text())
}

/// A media type that can be sent: where the document has a range of them, what the payload is.
pub(super) fn concrete<'t>(documented: &'t str, payload: &Payload) -> &'t str {
    match payload {
        _ if !documented.contains('*') => documented,
        Payload::Json(_) | Payload::OptionalJson(_) | Payload::Empty => JSON,
        Payload::Form(..) => "application/x-www-form-urlencoded",
        Payload::Multipart(..) => "multipart/form-data",
        Payload::Text => "text/plain",
        Payload::Bytes | Payload::Stream(_) => "application/octet-stream",
    }
}
