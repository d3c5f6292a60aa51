//! The types that an answer can be read as, in place of the document's.

use std::any::TypeId;

use serde::de::DeserializeOwned;

use super::call::Reading;
use super::response::{Reply, Undecoded};
use super::stream::{Event, EventData, ItemStream};

/// A type that an answer can be read as: see [`Call::read_as`](crate::Call::read_as).
///
/// | type | reads |
/// |---|---|
/// | any that serde reads | JSON |
/// | [`ItemStream<T>`] | lines, records or values of JSON, one after another as they come |
/// | [`ItemStream<Event<T>>`](Event) | server-sent events, their data as JSON; of a [`String`], as it is |
pub trait ReadAs: Sized + Send {
    /// The reading of its body.
    #[doc(hidden)]
    const READING: AnswerReading;

    /// Reads a success.
    ///
    /// # Errors
    /// When it is not what this type says.
    #[doc(hidden)]
    fn read(reply: &mut Reply) -> Result<Self, Undecoded>;
}

/// The reading of the body of an answer.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerReading(pub(super) Reading);

impl<T: DeserializeOwned + Send> ReadAs for T {
    const READING: AnswerReading = AnswerReading(Reading::Whole);

    fn read(reply: &mut Reply) -> Result<Self, Undecoded> {
        reply.json()
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> ReadAs for ItemStream<T> {
    const READING: AnswerReading = AnswerReading(Reading::Items);

    fn read(reply: &mut Reply) -> Result<Self, Undecoded> {
        match reply.status() {
            204 => Ok(Self::default()),
            _ => reply.any_items(),
        }
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> ReadAs for ItemStream<Event<T>> {
    const READING: AnswerReading = AnswerReading(Reading::Items);

    fn read(reply: &mut Reply) -> Result<Self, Undecoded> {
        let data = match TypeId::of::<T>() == TypeId::of::<String>() {
            true => EventData::Text,
            false => EventData::Json,
        };
        match reply.status() {
            204 => Ok(Self::default()),
            _ => reply.events("text/event-stream", data),
        }
    }
}
