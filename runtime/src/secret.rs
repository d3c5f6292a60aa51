//! Values that must not be seen: kept out of `Debug`, logs and JSON, and wiped when dropped.

use std::fmt;

use serde::de::{Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::wire;

/// A value that stays out of sight: `Debug` writes `[redacted]`, there is no `Display`, memory is wiped on drop,
/// and equality takes the same time wherever the values differ.
///
/// It is serialised only into a request (see [`wire`]), so that a log or a cache cannot pick it up by accident.
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Puts a value out of sight.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Zeroize + AsRef<[u8]>> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().ct_eq(other.0.as_ref()).into()
    }
}

impl<T: Zeroize + AsRef<[u8]>> Eq for Secret<T> {}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T: Zeroize + Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !wire::is_exposed() {
            return Err(S::Error::custom(
                "a secret is serialised only into a request; use `wire::to_value`",
            ));
        }
        wire::note_secret(&self.0);
        self.0.serialize(serializer)
    }
}

/// The content that a [`Secret`] can have when it is read, without a rejected value showing up in the error.
pub trait ReadSecret: Zeroize + Sized {
    /// Reads the value; the error never quotes it.
    fn read_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl ReadSecret for String {
    fn read_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Text)
    }
}

impl ReadSecret for crate::Base64 {
    fn read_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::read_secret(deserializer)?;
        let bytes = text.parse();
        text.zeroize();
        bytes.map_err(|_| D::Error::custom("expected a secret in Base64"))
    }
}

impl<'de, T: ReadSecret> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read_secret(deserializer).map(Self)
    }
}

/// Accepts text and rejects anything else by its kind alone: serde's own messages quote the value.
struct Text;

macro_rules! reject {
    ($($method:ident($value:ty) $found:literal)*) => {
        $(fn $method<E: serde::de::Error>(self, _: $value) -> Result<String, E> {
            if let Some(text) = crate::tolerance::text_of_number(&self) {
                return Ok(text);
            }
            Err(E::custom(concat!("invalid type: ", $found, ", expected a secret string")))
        })*
    };
}

impl<'de> Visitor<'de> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret string")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    reject! {
        visit_bool(bool) "boolean"
        visit_i64(i64) "number"
        visit_u64(u64) "number"
        visit_i128(i128) "number"
        visit_u128(u128) "number"
        visit_f64(f64) "number"
        visit_bytes(&[u8]) "bytes"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_out_of_debug_and_json() {
        let secret = Secret::from("hunter2");
        assert_eq!(format!("{secret:?}"), "[redacted]");
        let refused = serde_json::to_string(&secret).unwrap_err().to_string();
        assert!(refused.contains("wire::to_value"), "{refused}");
        assert_eq!(wire::to_value(&secret).unwrap(), "hunter2");
    }

    #[test]
    fn compares_by_value() {
        assert_eq!(Secret::from("a"), Secret::from("a"));
        assert_ne!(Secret::from("a"), Secret::from("ab"));
    }

    #[test]
    fn a_rejected_value_is_not_quoted() {
        let error = serde_json::from_str::<Secret<String>>("48151623").unwrap_err();
        assert_eq!(
            error.to_string(),
            "invalid type: number, expected a secret string at line 1 column 8"
        );
        let error = serde_json::from_str::<Secret<crate::Base64>>(r#""p@ss""#).unwrap_err();
        assert!(!error.to_string().contains("p@ss"));
    }
}
