//! Numbers by their text: serde_json turns a number with a fraction into a float wherever it keeps a value for later.
//! Here the text is kept beside the value.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserializer, Expected, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroize;

/// The name by which serde_json is asked for the text of a value, and hands it out.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

thread_local! {
    static AS_TEXT: Cell<bool> = const { Cell::new(false) };
    static NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Whether numbers may be written as text: in parameters, where all is text.
pub(crate) fn is_text() -> bool {
    AS_TEXT.get()
}

/// Runs `write` with numbers written as text.
pub(crate) fn as_text<R>(write: impl FnOnce() -> R) -> R {
    let outer = AS_TEXT.replace(true);
    let result = write();
    AS_TEXT.set(outer);
    result
}

/// Says that a number was written of which a float may not have all digits.
pub(crate) fn note() {
    NOTED.set(true);
}

/// The members of an object on their way to another, each with its name.
pub(crate) enum Members {
    Values(Map<String, Value>),
    /// By their texts, since a number in them has more digits than a value keeps.
    #[cfg(feature = "decimal")]
    Texts(Vec<(String, Box<serde_json::value::RawValue>)>),
    /// The value is not an object, but this.
    Other(Value),
}

/// The members that a value is written with.
pub(crate) fn members<T: Serialize + ?Sized>(value: &T) -> Result<Members, serde_json::Error> {
    let outer = NOTED.replace(false);
    let written = serde_json::to_value(value);
    let noted = NOTED.replace(outer);
    NOTED.set(outer || noted);
    match written? {
        #[cfg(feature = "decimal")]
        Value::Object(_) if noted => texts(value).map(Members::Texts),
        Value::Object(members) => Ok(Members::Values(members)),
        other => Ok(Members::Other(other)),
    }
}

#[cfg(feature = "decimal")]
fn texts<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Vec<(String, Box<serde_json::value::RawValue>)>, serde_json::Error> {
    struct Entries;

    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, Box<serde_json::value::RawValue>)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }

    let mut text = crate::json::to_vec(value)?;
    let entries = serde_json::Deserializer::from_slice(&text).deserialize_map(Entries);
    text.zeroize();
    entries
}

/// A value, and its text where the format hands that out.
pub(crate) struct Kept {
    pub(crate) value: Value,
    pub(crate) text: Option<Text>,
}

/// The text of a value, which is wiped: there may be secrets in it.
#[derive(Debug)]
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, KeptVisitor)
    }
}

struct KeptVisitor;

impl<'de> Visitor<'de> for KeptVisitor {
    type Value = Kept;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Kept { value, text: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Kept, A::Error> {
        let text = Text::new(text_of(map, &self)?.into());
        let value = serde_json::from_str(text.as_str()).map_err(de::Error::custom)?;
        Ok(Kept {
            value,
            text: Some(text),
        })
    }
}

/// The text of a value as serde_json hands it out: as the one member of an object.
pub(crate) fn text_of<'de, A: MapAccess<'de>>(
    mut map: A,
    expected: &dyn Expected,
) -> Result<Box<str>, A::Error> {
    match map.next_entry::<String, String>()? {
        Some((name, text)) if name == RAW => Ok(text.into()),
        _ => Err(de::Error::invalid_type(de::Unexpected::Map, expected)),
    }
}

/// The texts of the members of an object.
#[derive(Debug)]
pub(crate) struct Texts(Vec<(String, Text)>);

impl Texts {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn push(&mut self, name: &str, text: Option<Text>) {
        self.0.extend(text.map(|text| (name.to_owned(), text)));
    }

    /// The text of an object of these members; none where one has none.
    pub(crate) fn object<'n>(&self, names: impl Iterator<Item = &'n String>) -> Option<Text> {
        if self.0.is_empty() {
            return None;
        }
        let mut object = String::from("{");
        for (at, name) in names.enumerate() {
            let (_, text) = self.0.iter().find(|(known, _)| known == name)?;
            if at > 0 {
                object.push(',');
            }
            object.push_str(&serde_json::to_string(name).ok()?);
            object.push(':');
            object.push_str(text.as_str());
        }
        object.push('}');
        Some(Text::new(object))
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::none()
    }
}
