//! Writing values the way a request carries them, secrets included.
//!
//! [`Secret`](crate::Secret) refuses to be serialised anywhere else. Whether it may is a matter of the thread's
//! current call, not of the serializer, so that any serde format can be used inside.

mod json;

use std::cell::{Cell, RefCell};

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use zeroize::Zeroize;

/// Room for the text of a value, in bytes. Most bodies fit.
const ROOM: usize = 1024;

thread_local! {
    static EXPOSED: Cell<u32> = const { Cell::new(0) };
    static NOTED: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// The JSON value that a request would carry.
///
/// # Errors
/// When the value has no JSON form (a map with keys that are not text, say).
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, serde_json::Error> {
    exposed(|| serde_json::to_value(value))
}

/// The JSON text that a request would carry.
///
/// # Errors
/// When the value has no JSON form (a map with keys that are not text, say).
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    exposed(|| json(value))
}

/// Reads JSON text. UTF-8 is checked once for all of it, which is quicker than for each text in it.
///
/// # Errors
/// When it is not JSON, or not of this type.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(
    json: &'de [u8],
) -> Result<T, serde_json::Error> {
    match std::str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text),
        // It may be valid all the same: members that nobody reads are ignored.
        Err(_) => serde_json::from_slice(json),
    }
}

/// JSON whose whole numbers have no fraction: `5`, also where the type is a float. Servers with integer parsers refuse
/// `5.0`.
///
/// # Errors
/// When the value has no JSON form (a map with keys that are not text, say).
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::with_capacity(ROOM);
    self::json::write(&mut text, value)?;
    Ok(text)
}

/// The text of a JSON value, with whole numbers as [`json`] has them.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn json_text(value: &Value) -> String {
    // A value always has a JSON form, and JSON is always UTF-8.
    let text = json(value).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}

/// The text of a number: a whole one has no fraction.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn number(number: &Number) -> String {
    let float = number.as_f64().filter(|_| number.is_f64());
    float
        .and_then(self::json::whole)
        .unwrap_or_else(|| number.to_string())
}

/// Runs `write` with secrets written out in full, on this thread and until it returns.
pub fn exposed<R>(write: impl FnOnce() -> R) -> R {
    let _raised = Raised::new();
    write()
}

pub(crate) fn is_exposed() -> bool {
    EXPOSED.get() > 0
}

/// Keeps a copy of a secret that is being written, where [`collecting`] asked for it.
pub(crate) fn note_secret<T: Serialize + ?Sized>(secret: &T) {
    if !NOTED.with_borrow(Option::is_some) {
        return;
    }
    if let Ok(Value::String(text)) = serde_json::to_value(secret) {
        NOTED.with_borrow_mut(|noted| noted.get_or_insert_default().push(text));
    }
}

/// Like [`exposed`], and also tells which secrets were written: errors must not repeat them.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn collecting<R>(write: impl FnOnce() -> R) -> (R, Vec<crate::Secret<String>>) {
    let outer = NOTED.replace(Some(Vec::new()));
    let result = exposed(write);
    let noted = NOTED.replace(outer).unwrap_or_default();
    (result, noted.into_iter().map(crate::Secret::new).collect())
}

/// Lowers the flag again even if serialisation panics.
struct Raised;

impl Raised {
    fn new() -> Self {
        EXPOSED.set(EXPOSED.get().saturating_add(1));
        Self
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        EXPOSED.set(EXPOSED.get().saturating_sub(1));
    }
}

/// Overwrites the text in a JSON value before its memory is given back.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn exposure_ends_with_the_call() {
        let secret = Secret::from("s");
        assert_eq!(to_vec(&secret).unwrap(), br#""s""#);
        assert!(serde_json::to_vec(&secret).is_err());
        let caught = std::panic::catch_unwind(|| exposed(|| panic!("half way")));
        assert!(caught.is_err());
        assert!(serde_json::to_vec(&secret).is_err());
    }

    #[test]
    fn written_secrets_are_told() {
        let secrets = [Secret::from("one"), Secret::from("two")];
        let (json, noted) = collecting(|| serde_json::to_string(&secrets));
        assert_eq!(json.unwrap(), r#"["one","two"]"#);
        assert_eq!(noted, secrets);
        assert!(collecting(|| ()).1.is_empty());
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        for (value, text) in [
            (5.0_f64, "5"),
            (-7.0, "-7"),
            (0.5, "0.5"),
            (1_676_451_245.5, "1676451245.5"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (1e20, "100000000000000000000"),
            (1e300, "1e+300"),
        ] {
            let in_value = Value::from(value);
            assert_eq!(to_vec(&value).unwrap(), text.as_bytes());
            assert_eq!(json_text(&in_value), text);
            assert_eq!(number(in_value.as_number().unwrap()), text);
            let back: f64 = serde_json::from_str(text).unwrap();
            assert_eq!(back.to_bits(), value.to_bits());
        }
        assert_eq!(to_vec(&0.1_f32).unwrap(), b"0.1");
        assert_eq!(to_vec(&[2.0_f32]).unwrap(), b"[2]");
        let nested = serde_json::json!({"a": [1.0, 1.5], "b": {"c": 2}});
        assert_eq!(json_text(&nested), r#"{"a":[1,1.5],"b":{"c":2}}"#);
    }

    /// The fast reader of serde_json is off by one bit for one in seven sums of prices.
    #[test]
    fn a_million_doubles_are_read_as_they_were_written() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for round in 0..1_000_000_u32 {
            let bits = next();
            let value = match round % 3 {
                0 => f64::from_bits(bits),
                1 => (bits % 10_000_000) as f64 / 100.0 + (bits >> 40) as f64 / 1000.0,
                _ => (bits >> 11) as f64 / (1_u64 << (bits % 53)) as f64,
            };
            if !value.is_finite() {
                continue;
            }
            let text = to_vec(&value).unwrap();
            let back: f64 = serde_json::from_slice(&text).unwrap();
            let in_value: Value = serde_json::from_slice(&text).unwrap();
            // A zero has no sign that matters.
            assert_eq!(back, value);
            assert_eq!(in_value.as_f64(), Some(value));
        }
    }

    #[test]
    fn wiping_reaches_nested_text() {
        let mut value = serde_json::json!({"a": ["x"], "b": 1});
        wipe(&mut value);
        assert_eq!(value, serde_json::json!({"a": [""], "b": 1}));
    }
}
