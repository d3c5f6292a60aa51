//! Shared by the apps in Rust: what each operation was given, and how an app is run.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;
use serde_json::{Value, json};

static HELD: Mutex<BTreeMap<String, Value>> = Mutex::new(BTreeMap::new());

static FILES: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// Keeps what an operation was given.
pub fn hold(name: &str, value: impl Serialize) {
    // By its text: a value would have more digits than a short number is sent with.
    let text = serde_json::to_string(&value);
    let value = text.and_then(|text| serde_json::from_str(&text));
    let value = value.unwrap_or_else(|error| json!(error.to_string()));
    if let Ok(mut held) = HELD.lock() {
        held.insert(name.to_owned(), value);
    }
}

/// What an operation was given last.
pub fn held(name: &str) -> Value {
    let held = HELD.lock();
    held.map_or(Value::Null, |held| {
        held.get(name).cloned().unwrap_or_default()
    })
}

/// Keeps the content of a file.
pub fn keep(name: String, content: Vec<u8>) {
    if let Ok(mut files) = FILES.lock() {
        files.insert(name, content);
    }
}

/// The content of a file that was kept.
pub fn kept(name: &str) -> Vec<u8> {
    let files = FILES.lock();
    files.map_or(Vec::new(), |files| {
        files.get(name).cloned().unwrap_or_default()
    })
}

/// A file as the journeys compare it.
pub fn sight(name: Option<&str>, media_type: Option<&str>, content: &[u8]) -> Value {
    json!({ "name": name, "type": media_type, "hex": hex(content) })
}

/// Bytes as the journeys compare them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes as base64 in a member, with `#[serde(with = "held::base64_text")]`.
pub mod base64_text {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}

/// A member that tells absent from null, with `#[serde(default, with = "held::double_option")]`.
pub mod double_option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer, T: Serialize>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(deserializer).map(Some)
    }
}
