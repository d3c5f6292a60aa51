//! Server-sent events, and their data.

use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::parser::Raw;
use crate::client::error::Trouble;
use crate::validate::{Check, Validate};

/// A server-sent event. It is its data, with what came beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its data.
    pub data: T,
    /// Its name: `message` where the server gives none.
    pub event: Cow<'static, str>,
    /// The last id of the stream: that of this event, or of an earlier one.
    pub id: Option<String>,
    /// The wait before the next connection that the server asks for.
    pub retry: Option<Duration>,
}

/// The notation of the data of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As JSON, with a union that the name of the event decides. Events of these names have text.
    Named(&'static [&'static str]),
}

/// The name of an event that has none.
const MESSAGE: &str = "message";

impl<T> Event<T> {
    /// An event without a name and an id.
    pub fn new(data: T) -> Self {
        Self {
            data,
            event: Cow::Borrowed(MESSAGE),
            id: None,
            retry: None,
        }
    }

    /// Sets the name.
    #[must_use]
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.event = Cow::Owned(name.into());
        self
    }

    /// Sets the id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how long a client waits before the next connection.
    #[must_use]
    pub const fn retry(mut self, time: Duration) -> Self {
        self.retry = Some(time);
        self
    }

    /// The data alone.
    pub fn into_data(self) -> T {
        self.data
    }
}

/// Its data is checked.
impl<T: Validate> Validate for Event<T> {
    fn validate(&self, check: &mut Check) {
        self.data.validate(check);
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> DerefMut for Event<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

impl<T: DeserializeOwned> Event<T> {
    /// Reads an event; `again` reads JSON that is not what the document says at first sight.
    pub(super) fn read(
        raw: Raw<'_>,
        data: EventData,
        again: impl FnOnce(&str) -> Result<T, Trouble>,
    ) -> Result<Self, Trouble> {
        Ok(Self {
            data: match data {
                EventData::Json => json(raw.data, again)?,
                EventData::Text => text(raw.data)?,
                EventData::Named(texts) => named(raw, texts, again)?,
            },
            event: match raw.event {
                MESSAGE => Cow::Borrowed(MESSAGE),
                name => Cow::Owned(name.to_owned()),
            },
            id: Some(raw.id).filter(|id| !id.is_empty()).map(str::to_owned),
            retry: raw.retry,
        })
    }
}

fn json<T: DeserializeOwned>(
    data: &str,
    again: impl FnOnce(&str) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    serde_json::from_str(data).or_else(|_| again(data))
}

fn text<T: DeserializeOwned>(data: &str) -> Result<T, Trouble> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(data)).map_err(|error| Trouble {
        path: "$".to_owned(),
        message: error.to_string(),
        position: (0, 0),
        rust_type: std::any::type_name::<T>(),
    })
}

/// A union of a model is told apart by a member: `{"event": name, "data": value}`.
fn named<T: DeserializeOwned>(
    raw: Raw<'_>,
    texts: &[&str],
    again: impl FnOnce(&str) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let is_text =
        texts.contains(&raw.event) || serde_json::from_str::<IgnoredAny>(raw.data).is_err();
    let quoted = |text: &str| Value::from(text).to_string();
    let data = match is_text {
        true => quoted(raw.data),
        false => raw.data.to_owned(),
    };
    let object = format!("{{\"event\":{},\"data\":{data}}}", quoted(raw.event));
    json(&object, again)
}

/// The serialized form of a union of a model.
#[derive(Deserialize)]
struct Named {
    event: String,
    #[serde(default)]
    data: Value,
}

impl<T: Serialize> Event<T> {
    /// Writes an event, its blank line at the end.
    ///
    /// # Errors
    /// When the data has no form of this kind, or the name or the id has a line break.
    pub(super) fn write(&self, kind: EventData, to: &mut String) -> Result<(), String> {
        let value = serde_json::to_value(&self.data).map_err(|error| error.to_string())?;
        let (event, data) = match kind {
            EventData::Json => (self.event.clone().into_owned(), value.to_string()),
            EventData::Text => (self.event.clone().into_owned(), plain(value)?),
            EventData::Named(texts) => {
                let Named { event, data } =
                    serde_json::from_value(value).map_err(|error| error.to_string())?;
                let data = match texts.contains(&event.as_str()) {
                    true => plain(data)?,
                    false => data.to_string(),
                };
                (event, data)
            }
        };
        if event != MESSAGE {
            field(to, "event", &event)?;
        }
        if let Some(id) = &self.id {
            field(to, "id", id)?;
        }
        if let Some(time) = self.retry {
            field(to, "retry", &time.as_millis().to_string())?;
        }
        let data = data.replace("\r\n", "\n").replace('\r', "\n");
        for line in data.split('\n') {
            field(to, "data", line)?;
        }
        to.push('\n');
        Ok(())
    }
}

fn plain(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("expected a text, found {other}")),
    }
}

fn field(to: &mut String, name: &str, value: &str) -> Result<(), String> {
    if value.contains(['\r', '\n', '\0']) {
        return Err(format!("`{name}` of an event has a line break or a NUL"));
    }
    to.push_str(name);
    to.push_str(": ");
    to.push_str(value);
    to.push('\n');
    Ok(())
}
