//! `format: byte`: binary data as Base64 text.
//!
//! Written here because a model crate should not pull in a crate for forty lines, and because servers differ in
//! alphabet and padding where strict decoders do not bend.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroize;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that travel as Base64 text. Reads the standard and the URL-safe alphabet, with or without padding and line
/// breaks; writes the standard alphabet with padding.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(Vec<u8>);

impl Base64 {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes the bytes out.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The number of characters of the text.
    pub(crate) fn text_len(&self) -> usize {
        self.0.len().div_ceil(3).saturating_mul(4)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Zeroize for Base64 {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({self})")
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for group in self.0.chunks(3) {
            let bits = (0..3).fold(0_u32, |bits, at| {
                (bits << 8) | u32::from(group.get(at).copied().unwrap_or(0))
            });
            for (digit, shift) in [18, 12, 6, 0].into_iter().enumerate() {
                let index = usize::try_from((bits >> shift) & 63).unwrap_or(0);
                match ALPHABET.get(index) {
                    Some(&letter) if digit <= group.len() => f.write_char(char::from(letter))?,
                    _ => f.write_char('=')?,
                }
            }
        }
        Ok(())
    }
}

/// Text that is not Base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64;

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not Base64")
    }
}

impl std::error::Error for NotBase64 {}

impl FromStr for Base64 {
    type Err = NotBase64;

    fn from_str(text: &str) -> Result<Self, NotBase64> {
        let mut bytes = Vec::with_capacity(text.len().div_ceil(4).saturating_mul(3));
        let (mut bits, mut held, mut digits) = (0_u32, 0_u32, 0_usize);
        let trimmed = text.trim_end_matches(['=', '\r', '\n']);
        for letter in trimmed
            .bytes()
            .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        {
            bits = (bits << 6) | value(letter).ok_or(NotBase64)?;
            (held, digits) = (held.saturating_add(6), digits.saturating_add(1));
            if held >= 8 {
                held = held.saturating_sub(8);
                bytes.push(u8::try_from((bits >> held) & 0xff).unwrap_or_default());
            }
        }
        // One digit of a group holds six bits: no byte.
        if digits % 4 == 1 {
            Err(NotBase64)
        } else {
            Ok(Self(bytes))
        }
    }
}

fn value(letter: u8) -> Option<u32> {
    let (first, offset) = match letter {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'+' | b'-' => (letter, 62),
        b'/' | b'_' => (letter, 63),
        _ => return None,
    };
    Some(u32::from(letter.saturating_sub(first)).saturating_add(offset))
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Base64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Base64 text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Base64, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_the_test_vectors() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let value = Base64::from(bytes.as_bytes());
            assert_eq!(value.to_string(), text);
            assert_eq!(value.text_len(), text.len());
            assert_eq!(text.parse(), Ok(value.clone()));
            assert_eq!(text.trim_end_matches('=').parse(), Ok(value));
        }
    }

    #[test]
    fn reads_both_alphabets_and_line_breaks() {
        let bytes: Vec<u8> = (0..=255).collect();
        let standard = Base64::from(bytes).to_string();
        let urlsafe = standard.replace('+', "-").replace('/', "_");
        let folded = standard.replace("AQID", "AQID\r\n");
        assert_eq!(urlsafe.parse::<Base64>(), standard.parse());
        assert_eq!(folded.parse::<Base64>(), standard.parse());
    }

    #[test]
    fn refuses_what_is_not_base64() {
        for text in ["Z", "Zg=v", "Z g=", "ключ"] {
            assert_eq!(text.parse::<Base64>(), Err(NotBase64), "{text}");
        }
        let error = serde_json::from_str::<Base64>(r#""?""#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the text is not Base64 at line 1 column 3"
        );
    }
}
