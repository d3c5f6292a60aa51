//! The JSON of a union, before it is known which branch it is.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Error;
use crate::depth::{self, Place, Reading};
use crate::exact::Text;
use crate::tolerance::{self, Held};
use crate::{Unknown, read, wire};

/// The JSON of a union, or of the part below its tag.
///
/// It is wiped when dropped: the branch that it turns into may hold secrets.
#[derive(Debug)]
pub struct Content {
    value: Value,
    /// Where the value is below the union: the tag or content member.
    place: String,
    form: Form,
    /// A tag that is not text, as text.
    tag: OnceCell<String>,
    /// The same value in the tree of an answer that is read tolerantly.
    held: Option<Held>,
    /// The text of the value, where numbers in it have all their digits.
    text: Option<Text>,
}

/// The form in which an externally tagged union came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As an object with one member, which the content is the value of.
    Member,
    /// As the tag alone, a text.
    Tag,
    /// As something else, which the content is.
    Other,
}

impl Content {
    const fn new(value: Value, place: String) -> Self {
        Self {
            value,
            place,
            form: Form::Member,
            tag: OnceCell::new(),
            held: None,
            text: None,
        }
    }

    pub(super) fn with_text(mut self, text: Option<Text>) -> Self {
        self.text = text;
        self
    }

    /// Where the value is below the union: the tag or content member.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    fn held(mut self, held: Option<Held>) -> Self {
        self.held = held;
        self
    }

    /// Whether the union is read tolerantly.
    pub(super) const fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// The JSON itself.
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// The tag of an internally tagged union: text as it is, a whole number or a boolean as it is written (`1`, `true`).
    pub fn tag(&self, key: &str) -> Option<&str> {
        match tag_of(self.value.get(key)?)? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(text) => Some(self.tag.get_or_init(|| text)),
        }
    }

    /// Reads the branch's type and wraps it: `content.read(Self::Cat)`.
    ///
    /// # Errors
    /// When the JSON does not fit the type; the error says where below the union.
    pub fn read<T: DeserializeOwned, U, E: de::Error>(
        &self,
        wrap: impl FnOnce(T) -> U,
    ) -> Result<U, E> {
        let reading = Reading::enter()?;
        if let Some(held) = &self.held {
            let branch = tolerance::branch(held, &self.place);
            return branch.map(wrap).map_err(E::custom);
        }
        // What is wrong with it, the value says in the words of all unions.
        if let Some(text) = &self.text
            && let Ok(branch) = serde_json::from_str(text.as_str())
        {
            return Ok(wrap(branch));
        }
        if reading.place == Place::Located {
            return self.tracked().map(wrap).map_err(E::custom);
        }
        let read = T::deserialize(&self.value).or_else(|error| {
            // An integer may be written with a fraction of zero.
            let whole = read::with_whole_numbers(&self.value).ok_or(error)?;
            T::deserialize(whole)
        });
        match read {
            Ok(branch) => Ok(wrap(branch)),
            // One more look at the whole tells the place, so unions within unions leave that to the outermost.
            Err(_) if reading.place == Place::Outermost => {
                let again = reading.locating(|| self.tracked::<T>());
                Err(E::custom(again.err().unwrap_or_else(|| {
                    Error::at(&self.place, "the value was refused")
                })))
            }
            Err(error) => Err(E::custom(error)),
        }
    }

    /// An externally tagged union whose tag the document does not list, as it came.
    pub fn unknown(mut self, tag: String) -> Unknown<Value> {
        Unknown::new(match self.form {
            Form::Member => Value::Object(Map::from_iter([(tag, self.value.take())])),
            Form::Tag => Value::String(tag),
            Form::Other => self.value.take(),
        })
    }

    /// Reads the branch's type, and says where it fails.
    fn tracked<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_path_to_error::deserialize(&self.value).map_err(|error| {
            let below = match error.path().to_string() {
                root if root == "." => String::new(),
                path => path,
            };
            let inner = Error::at(&below, error.inner());
            Error::at(&self.place, inner)
        })
    }
}

/// A whole number without a fraction, however it came.
pub(super) fn tag_of(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Bool(truth) => Cow::Owned(truth.to_string()),
        Value::Number(number) => Cow::Owned(whole(number)?),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

fn whole(number: &Number) -> Option<String> {
    match number.as_f64() {
        Some(float) if number.is_f64() => (float.fract() == 0.0).then(|| format!("{float:.0}")),
        _ => Some(number.to_string()),
    }
}

impl From<Content> for Unknown<Value> {
    fn from(mut content: Content) -> Self {
        Self::new(content.value.take())
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        wire::wipe(&mut self.value);
    }
}

/// Reads the JSON of an internally tagged or an untagged union.
///
/// # Errors
/// Those of the deserializer.
pub fn content<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Content, D::Error> {
    let held = tolerance::current();
    let content = Content::new(Value::deserialize(deserializer)?, String::new());
    depth::take(&content.value)?;
    Ok(content.held(held))
}

/// Reads an externally tagged union: an object with one member, whose name is the tag.
///
/// # Errors
/// When the value is not an object, or has no member or several.
pub fn external<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Content), D::Error> {
    struct OneMember;

    impl<'de> Visitor<'de> for OneMember {
        type Value = (String, Content);

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object with one member, which names the alternative")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let first: Option<(String, Value)> = map.next_entry()?;
            let (tag, value) = first.ok_or_else(|| de::Error::invalid_length(0, &self))?;
            let content = Content::new(value, tag.clone());
            depth::take(&content.value)?;
            match map.next_entry::<String, de::IgnoredAny>()? {
                None => Ok((tag, content)),
                Some((other, _)) => Err(de::Error::custom(format_args!(
                    "expected one alternative, found `{tag}` and `{other}`"
                ))),
            }
        }
    }

    let held = tolerance::current();
    let (tag, content) = deserializer.deserialize_map(OneMember)?;
    let held = held.and_then(|held| tolerance::member(&held, &tag));
    Ok((tag, content.held(held)))
}

/// Reads an externally tagged union that keeps what it does not know: an object with one member, whose name is the tag,
/// or the tag alone, as text. Of anything else the tag is empty.
///
/// # Errors
/// Those of the deserializer.
pub fn keyed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Content), D::Error> {
    let mut content = content(deserializer)?;
    match content.value.take() {
        Value::String(tag) => {
            content.form = Form::Tag;
            content.held = content.held.as_ref().map(tolerance::null);
            Ok((tag, content))
        }
        Value::Object(members) if members.len() == 1 => {
            let (tag, value) = members.into_iter().next().unwrap_or_default();
            content.value = value;
            content.place.clone_from(&tag);
            let held = content.held.as_ref();
            content.held = held.and_then(|held| tolerance::member(held, &tag));
            Ok((tag, content))
        }
        other => {
            content.form = Form::Other;
            content.value = other;
            Ok((String::new(), content))
        }
    }
}

/// Reads an adjacently tagged union: the tag in one member, the content in another.
///
/// # Errors
/// When the value is not an object or has no tag that is text. Absent content is `null`.
pub fn adjacent<'de, D: Deserializer<'de>>(
    deserializer: D,
    tag_key: &str,
    content_key: &str,
) -> Result<(String, Content), D::Error> {
    let held = tolerance::current();
    let mut members = Map::deserialize(deserializer)?;
    let content = members.remove(content_key).unwrap_or(Value::Null);
    match members.remove(tag_key) {
        Some(Value::String(tag)) => {
            let content = Content::new(content, content_key.to_owned());
            depth::take(&content.value)?;
            let held = held.map(|held| {
                let content = tolerance::member(&held, content_key);
                content.unwrap_or_else(|| tolerance::null(&held))
            });
            Ok((tag, content.held(held)))
        }
        Some(_) => Err(de::Error::custom(format_args!(
            "`{tag_key}` is not a string"
        ))),
        None => Err(de::Error::custom(format_args!("missing field `{tag_key}`"))),
    }
}

#[cfg(test)]
mod tests;
