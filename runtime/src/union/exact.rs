//! Unions in which a number may have more digits than a float: the branch is read from the text of the union.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use super::Content;
use crate::exact::{Kept, Text};
use crate::tolerance;

/// As [`content`](super::content).
///
/// # Errors
/// Those of the deserializer.
pub fn content<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Content, D::Error> {
    if tolerance::is_active() {
        return super::content(deserializer);
    }
    let kept = Kept::deserialize(deserializer)?;
    let content = super::content(kept.value).map_err(D::Error::custom)?;
    Ok(content.with_text(kept.text))
}

/// As [`external`](super::external).
///
/// # Errors
/// When the value is not an object, or has no member or several.
pub fn external<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Content), D::Error> {
    if tolerance::is_active() {
        return super::external(deserializer);
    }
    below(deserializer, super::external)
}

/// As [`keyed`](super::keyed).
///
/// # Errors
/// Those of the deserializer.
pub fn keyed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Content), D::Error> {
    if tolerance::is_active() {
        return super::keyed(deserializer);
    }
    below(deserializer, super::keyed)
}

/// As [`adjacent`](super::adjacent).
///
/// # Errors
/// When the value is not an object or has no tag that is text. Absent content is `null`.
pub fn adjacent<'de, D: Deserializer<'de>>(
    deserializer: D,
    tag_key: &str,
    content_key: &str,
) -> Result<(String, Content), D::Error> {
    if tolerance::is_active() {
        return super::adjacent(deserializer, tag_key, content_key);
    }
    below(deserializer, |value| {
        super::adjacent(value, tag_key, content_key)
    })
}

/// Reads a union whose content is in a member.
fn below<'de, D: Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(Value) -> Result<(String, Content), serde_json::Error>,
) -> Result<(String, Content), D::Error> {
    let kept = Kept::deserialize(deserializer)?;
    let (tag, content) = read(kept.value).map_err(D::Error::custom)?;
    let text = kept.text.and_then(|text| member(&text, content.place()));
    Ok((tag, content.with_text(text)))
}

/// The text of a member of an object.
#[cfg(feature = "decimal")]
fn member(object: &Text, name: &str) -> Option<Text> {
    use std::collections::BTreeMap;

    use serde_json::value::RawValue;

    let mut members: BTreeMap<String, &RawValue> = serde_json::from_str(object.as_str()).ok()?;
    let text = members.remove(name)?;
    Some(Text::new(text.get().to_owned()))
}

/// Without serde_json's texts there is none.
#[cfg(not(feature = "decimal"))]
fn member(_: &Text, _: &str) -> Option<Text> {
    None
}
