//! Items that come, or go, one after another.

mod event;
mod list;
mod open;
mod parser;
mod parts;
mod read;
mod scan;
#[cfg(test)]
mod standard;
mod streamed;
mod write;

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

use self::list::List;
use super::body::BoxError;
use super::error::{Error, TransportError};
use crate::validate::{Check, Key, Validate};

pub use self::event::{Event, EventData};
pub(crate) use self::open::{Streaming, is_items, is_streamed};
pub use self::scan::Framing;
pub use self::streamed::{AsStream, Streamed};
#[cfg(feature = "inbound")]
pub(crate) use self::write::framed_media_type;

/// Why a stream of items broke off, or why an item could not be read.
///
/// After an item that could not be read ([`Error::Decode`]) the stream goes on; after any other error it has ended.
pub type StreamError = Error<Infallible>;

/// Items one after another: received as they come, or sent as they are made.
///
/// Dropping the last clone of a stream that is received ends its connection. Clones share what is streamed: each item
/// goes to whoever asks first. Items in memory, as [`From<Vec<T>>`] has them, are each clone's own, and a request that
/// sends them may be repeated.
pub struct ItemStream<T>(Kind<T>);

enum Kind<T> {
    List(List<T>),
    Stream(Arc<Mutex<Items<T>>>),
}

type Items<T> = dyn Stream<Item = Result<T, StreamError>> + Send + Unpin;

impl<T> ItemStream<T> {
    /// Items as they are made: a request that sends them is never repeated.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
        T: 'static,
    {
        Self::of(Converted(Box::pin(stream)))
    }

    fn of(stream: impl Stream<Item = Result<T, StreamError>> + Send + Unpin + 'static) -> Self {
        Self(Kind::Stream(Arc::new(Mutex::new(stream))))
    }
}

impl<T: Clone> ItemStream<T> {
    /// The next item, waiting for it; none at the end.
    ///
    /// # Errors
    /// When the stream breaks off, stalls or has too large an item, or when the item is not what the document says.
    pub async fn next(&mut self) -> Result<Option<T>, StreamError> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        match &mut self.0 {
            Kind::List(list) => Poll::Ready(list.next().map(Ok)),
            Kind::Stream(shared) => {
                let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
                Pin::new(&mut *stream).poll_next(cx)
            }
        }
    }
}

impl<T: Clone> Stream for ItemStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

// Whatever the items are: nothing of them is pinned.
impl<T> Unpin for ItemStream<T> {}

impl<T> From<Vec<T>> for ItemStream<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Kind::List(items.into()))
    }
}

impl<T> FromIterator<T> for ItemStream<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T> Clone for ItemStream<T> {
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Kind::List(list) => Kind::List(list.clone()),
            Kind::Stream(shared) => Kind::Stream(Arc::clone(shared)),
        })
    }
}

impl<T> Default for ItemStream<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: fmt::Debug> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::List(list) => f.debug_list().entries(list.left()).finish(),
            Kind::Stream(_) => f.write_str("ItemStream(stream)"),
        }
    }
}

/// Items in memory are compared; streams are equal if they are the same stream.
impl<T: PartialEq> PartialEq for ItemStream<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::List(one), Kind::List(two)) => one.left() == two.left(),
            (Kind::Stream(one), Kind::Stream(two)) => Arc::ptr_eq(one, two),
            _ => false,
        }
    }
}

/// Items in memory are checked; of others nothing is known before they are made.
impl<T: Validate> Validate for ItemStream<T> {
    fn validate(&self, check: &mut Check) {
        if let Kind::List(list) = &self.0 {
            for (at, item) in list.left().iter().enumerate() {
                check.at(Key::Item(at), |check| item.validate(check));
            }
        }
    }
}

/// A stream with somebody else's errors.
struct Converted<S>(Pin<Box<S>>);

impl<S, T, E> Stream for Converted<S>
where
    S: Stream<Item = Result<T, E>>,
    E: Into<BoxError>,
{
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = std::task::ready!(self.0.as_mut().poll_next(cx));
        let failed = |error: E| Error::Transport(TransportError::body(error));
        Poll::Ready(item.map(|item| item.map_err(failed)))
    }
}
