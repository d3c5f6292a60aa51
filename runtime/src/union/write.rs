//! Writing unions.

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::exact::{self, Members};

/// Writes an externally tagged union: `{"tag": value}`.
///
/// # Errors
/// Those of the serializer.
pub fn write_external<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    tag: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

/// Writes an adjacently tagged union: `{"type": tag, "data": value}`.
///
/// # Errors
/// Those of the serializer.
pub fn write_adjacent<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    tag_key: &'static str,
    tag: &'static str,
    content_key: &'static str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry(tag_key, tag)?;
    map.serialize_entry(content_key, value)?;
    map.end()
}

/// Writes an internally tagged union: the value's own members, and the tag if it is not among them. The tag is of the
/// member's JSON type: text, a whole number or a boolean.
///
/// # Errors
/// When the value is not written as an object; those of the serializer.
pub fn write_tagged<S: Serializer, T: Serialize + ?Sized>(
    serializer: S,
    tag_key: &'static str,
    tag: impl Into<Value>,
    value: &T,
) -> Result<S::Ok, S::Error> {
    match exact::members(value).map_err(S::Error::custom)? {
        Members::Values(mut members) => {
            members.entry(tag_key).or_insert_with(|| tag.into());
            members.serialize(serializer)
        }
        #[cfg(feature = "decimal")]
        Members::Texts(members) => {
            let mut map = serializer.serialize_map(None)?;
            if !members.iter().any(|(name, _)| name == tag_key) {
                map.serialize_entry(tag_key, &tag.into())?;
            }
            for (name, text) in &members {
                map.serialize_entry(name, text)?;
            }
            map.end()
        }
        Members::Other(_) => Err(S::Error::custom(
            "an alternative with an inner tag is not an object",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_form_puts_the_tag_in_its_place() {
        let to = || serde_json::value::Serializer;
        let cat = json!({"name": "Tom"});
        assert_eq!(
            write_external(to(), "cat", &cat).unwrap(),
            json!({"cat": {"name": "Tom"}})
        );
        assert_eq!(
            write_adjacent(to(), "type", "cat", "data", &cat).unwrap(),
            json!({"type": "cat", "data": {"name": "Tom"}})
        );
        assert_eq!(
            write_tagged(to(), "type", "cat", &cat).unwrap(),
            json!({"type": "cat", "name": "Tom"})
        );
        assert_eq!(
            write_tagged(to(), "type", 7, &cat).unwrap(),
            json!({"type": 7, "name": "Tom"})
        );
    }

    #[test]
    fn a_tag_that_is_there_stays() {
        let to = || serde_json::value::Serializer;
        let lion = json!({"type": "lion"});
        assert_eq!(write_tagged(to(), "type", "cat", &lion).unwrap(), lion);
        assert!(write_tagged(to(), "type", "cat", "Tom").is_err());
    }
}
