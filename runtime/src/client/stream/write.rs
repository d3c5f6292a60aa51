//! Items into the body of a request, or of the response of a fake.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::event::{Event, EventData};
use super::open::{Opened, is_kin, is_records, may_be_items};
use super::scan::Framing;
use super::{ItemStream, Items, Kind, StreamError, parts, read};
use crate::Secret;
use crate::client::body::Body;
use crate::client::error::{Error, TransportError};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Reply, Undecoded};
use crate::wire;

impl RequestParts {
    /// Writes items one after another, each as it is made.
    ///
    /// # Errors
    /// When an item in memory has no JSON form.
    pub fn items<T: Serialize + 'static>(
        &mut self,
        media: &'static str,
        framing: Framing,
        items: &ItemStream<T>,
    ) -> Result<(), RequestError> {
        let (body, secrets) = items.framed(framing).map_err(RequestError::Body)?;
        self.secrets.extend(secrets);
        self.bytes(media, &body)?;
        if framing == Framing::Parts {
            self.set_header(CONTENT_TYPE.as_str(), &parts::media_type(media), false)?;
        }
        Ok(())
    }
}

impl RequestParts {
    /// Writes server-sent events, each as it is made.
    ///
    /// # Errors
    /// When the data of an event in memory has no such form, or its name or id has a line break.
    pub fn events<T: Serialize + 'static>(
        &mut self,
        media: &'static str,
        data: EventData,
        events: &ItemStream<Event<T>>,
    ) -> Result<(), RequestError> {
        let body = events.event_body(data).map_err(RequestError::Body)?;
        self.bytes(media, &body)
    }
}

impl Reply {
    /// Reads items of JSON as they come.
    ///
    /// # Errors
    /// When the body has another media type.
    pub fn items<T: DeserializeOwned + 'static>(
        &mut self,
        media: &'static str,
        framing: Framing,
    ) -> Result<ItemStream<T>, Undecoded> {
        self.check_kin(media, is_kin)?;
        let opened = Opened::new(self);
        Ok(match framing {
            Framing::Parts => ItemStream::of(parts::Parts::new(opened)),
            framing => ItemStream::of(read::Items::new(opened, framing)),
        })
    }

    /// Reads items of JSON as they come, however they are separated.
    ///
    /// # Errors
    /// When the body has a media type that is not one of JSON's.
    pub(crate) fn any_items<T: DeserializeOwned + 'static>(
        &mut self,
    ) -> Result<ItemStream<T>, Undecoded> {
        self.check_kin("application/json", may_be_items)?;
        let opened = Opened::new(self);
        let is_records = opened.media_type().is_some_and(is_records);
        Ok(match is_records {
            true => ItemStream::of(read::Items::new(opened, Framing::Records)),
            false => ItemStream::of(read::Items::new(opened, Framing::Values)),
        })
    }

    /// Reads server-sent events as they come.
    ///
    /// # Errors
    /// When the body has another media type.
    pub fn events<T: DeserializeOwned + 'static>(
        &mut self,
        media: &'static str,
        data: EventData,
    ) -> Result<ItemStream<Event<T>>, Undecoded> {
        self.check_kin(media, is_kin)?;
        Ok(ItemStream::of(read::Events::new(Opened::new(self), data)))
    }
}

// For fakes, which read what clients write, and write what they read.
impl<T: Serialize + 'static> ItemStream<T> {
    /// The items as a body of JSON.
    ///
    /// # Errors
    /// When an item in memory has no JSON form.
    #[doc(hidden)]
    pub fn json_body(&self, framing: Framing) -> Result<Body, String> {
        self.framed(framing).map(|(body, _)| body)
    }

    /// The items in their framing.
    fn framed(&self, framing: Framing) -> Result<Written, String> {
        let end = match framing {
            Framing::Parts => parts::end(),
            _ => String::new(),
        };
        self.to_body(move |item, to| json(framing, item, to), end)
    }
}

/// The media type of a body of items in a framing.
#[cfg(feature = "inbound")]
pub(crate) fn framed_media_type(framing: Framing, media: &str) -> String {
    match framing {
        Framing::Parts => parts::media_type(media),
        _ => media.to_owned(),
    }
}

impl<T: Serialize + 'static> ItemStream<Event<T>> {
    /// The items as a body of events.
    ///
    /// # Errors
    /// When an item in memory has no such form.
    #[doc(hidden)]
    pub fn event_body(&self, data: EventData) -> Result<Body, String> {
        let body = self.to_body(
            move |event, to| {
                let mut text = String::new();
                event.write(data, &mut text)?;
                to.extend_from_slice(text.as_bytes());
                Ok(())
            },
            String::new(),
        );
        body.map(|(body, _)| body)
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// The items of a body of JSON that is in memory; else where it is wrong, and how.
    #[doc(hidden)]
    pub fn of_json_body(
        framing: Framing,
        media: &str,
        body: &[u8],
    ) -> Result<Self, (String, String)> {
        let items = match framing {
            Framing::Parts => parts::all(media, body),
            framing => read::all(framing, body),
        };
        items.map(Self::from)
    }
}

impl<T: DeserializeOwned> ItemStream<Event<T>> {
    /// The events of a body that is in memory; else where it is wrong, and how.
    #[doc(hidden)]
    pub fn of_event_body(data: EventData, body: &[u8]) -> Result<Self, (String, String)> {
        read::all_events(data, body).map(Self::from)
    }
}

/// The body and the secrets that were written into it.
type Written = (Body, Vec<Secret<String>>);

impl<T: 'static> ItemStream<T> {
    /// The items as a body: those in memory at once, those of a stream as they are made.
    fn to_body(
        &self,
        write: impl Fn(&T, &mut Vec<u8>) -> Result<(), String> + Send + Unpin + 'static,
        end: String,
    ) -> Result<Written, String> {
        match &self.0 {
            Kind::List(list) => {
                let mut text = Vec::new();
                let (written, secrets) = wire::collecting(|| {
                    let mut items = list.left().iter();
                    items.try_for_each(|item| write(item, &mut text))
                });
                text.extend_from_slice(end.as_bytes());
                written.map(|()| (text.into(), secrets))
            }
            Kind::Stream(items) => {
                let items = Arc::clone(items);
                let end = Some(end).filter(|end| !end.is_empty());
                let writer = Writer { items, write, end };
                Ok((Body::from_chunks(writer), Vec::new()))
            }
        }
    }
}

/// Writes the items of a stream.
struct Writer<T, W> {
    items: Arc<Mutex<Items<T>>>,
    write: W,
    /// The text behind the last one.
    end: Option<String>,
}

impl<T, W> Stream for Writer<T, W>
where
    W: Fn(&T, &mut Vec<u8>) -> Result<(), String> + Unpin,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = {
            let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
            ready!(Pin::new(&mut *items).poll_next(cx))
        };
        let Some(item) = item else {
            return Poll::Ready(self.end.take().map(|end| Ok(end.into())));
        };
        Poll::Ready(Some(item.map_err(broken).and_then(|item| {
            let mut text = Vec::new();
            let (written, _) = wire::collecting(|| (self.write)(&item, &mut text));
            written.map_err(TransportError::body)?;
            Ok(text.into())
        })))
    }
}

/// The failure of a stream, as an error of the body that it is written into.
fn broken(error: StreamError) -> TransportError {
    match error {
        Error::Transport(error) => error,
        other => TransportError::body(other.to_string()),
    }
}

fn json<T: Serialize>(framing: Framing, item: &T, to: &mut Vec<u8>) -> Result<(), String> {
    match framing {
        Framing::Records => to.push(0x1e),
        Framing::Parts => to.extend_from_slice(parts::head().as_bytes()),
        Framing::Lines | Framing::Values => {}
    }
    serde_json::to_writer(&mut *to, item).map_err(|error| error.to_string())?;
    let tail = match framing {
        Framing::Parts => parts::TAIL,
        _ => "\n",
    };
    to.extend_from_slice(tail.as_bytes());
    Ok(())
}
