//! Writing values the way a request carries them, secrets included.
//!
//! [`Secret`](crate::Secret) refuses to be serialised anywhere else. Whether it may is a matter of the thread's
//! current call, not of the serializer, so that any serde format can be used inside.

use std::cell::{Cell, RefCell};

use serde::Serialize;
use serde_json::Value;
use zeroize::Zeroize;

use crate::json;

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
    exposed(|| json::to_vec(value))
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
    fn wiping_reaches_nested_text() {
        let mut value = serde_json::json!({"a": ["x"], "b": 1});
        wipe(&mut value);
        assert_eq!(value, serde_json::json!({"a": [""], "b": 1}));
    }
}
