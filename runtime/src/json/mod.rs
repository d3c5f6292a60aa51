//! Reading and writing JSON: what `serde_json` reads and writes, in less time.
//!
//! Clients read answers and write requests with it. A program that keeps models in files, or receives them by itself,
//! may use it as well.

mod read;
mod scan;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::{Error, Number, Value};

pub(crate) use self::read::{expect, plain};
pub(crate) use self::write::announce;

/// Room for the text of a value, in bytes. Most bodies fit.
const ROOM: usize = 1024;

/// Reads JSON text.
///
/// The value, or the error, is the one of [`serde_json::from_slice`].
///
/// # Errors
/// When it is not JSON, or not of this type.
#[inline]
pub fn from_slice<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Error> {
    // UTF-8 is checked once for all of it, which is quicker than for each text in it.
    let read = std::str::from_utf8(json).ok().and_then(read::read);
    read.map_or_else(|| exactly(json), Ok)
}

/// Reads JSON text.
///
/// The value, or the error, is the one of [`serde_json::from_slice`].
///
/// # Errors
/// When it is not JSON, or not of this type.
#[inline]
pub fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> Result<T, Error> {
    read::read(json).map_or_else(|| exactly(json.as_bytes()), Ok)
}

/// Has serde_json read what the reader here leaves to it: errors, and what is rare.
#[cold]
fn exactly<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Error> {
    serde_json::from_slice(json)
}

/// Writes JSON text, without spaces. A whole number has no fraction, whatever its type: `5`, never `5.0`, which servers
/// with integer parsers refuse.
///
/// A [`Secret`](crate::Secret) is written by [`wire::to_vec`](crate::wire::to_vec) alone.
///
/// # Errors
/// When the value has no JSON form (a map with keys that are not text, say).
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut text = Vec::with_capacity(ROOM);
    write::write(&mut text, value)?;
    Ok(text)
}

/// The text of a JSON value, as [`to_vec`] writes it.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn text(value: &Value) -> String {
    // A value always has a JSON form, and JSON is always UTF-8.
    let text = to_vec(value).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}

/// The text of a number: a whole one has no fraction.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn number(number: &Number) -> String {
    let float = number.as_f64().filter(|_| number.is_f64());
    float
        .and_then(write::whole)
        .unwrap_or_else(|| number.to_string())
}

#[cfg(test)]
mod tests;
