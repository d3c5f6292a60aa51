//! Items out of the body of a response, as it comes.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::StreamError;
use super::event::{Event, EventData};
use super::open::{Connection, Opened, Reopening};
use super::parser::Parser;
use super::scan::{Found, Framing, Scan, json};
use crate::client::error::{TransportError, Trouble, locate};
use crate::json;

/// Reads items of JSON.
pub(super) struct Items<T> {
    opened: Opened,
    chunk: Bytes,
    framing: Framing,
    scan: Scan,
    /// The start of an item whose end has not come.
    held: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Items<T> {
    pub(super) fn new(opened: Opened, framing: Framing) -> Self {
        Self {
            opened,
            chunk: Bytes::new(),
            framing,
            scan: Scan::new(framing),
            held: Vec::new(),
            of: PhantomData,
        }
    }

    /// The next item of the bytes that have come; none if more have to come.
    fn take(&mut self) -> Option<Result<T, StreamError>> {
        while !self.chunk.is_empty() {
            let (count, found) = self.scan.advance(&self.chunk);
            if self.held.len().saturating_add(count) > self.opened.limit() {
                return Some(Err(self.opened.too_large()));
            }
            let bytes = self.chunk.split_to(count.min(self.chunk.len()));
            if found == Found::Open {
                self.held.extend_from_slice(&bytes);
                return None;
            }
            let item = if self.held.is_empty() {
                self.item(&bytes)
            } else {
                self.held.extend_from_slice(&bytes);
                self.take_held()
            };
            if item.is_some() {
                return item;
            }
        }
        None
    }

    fn take_held(&mut self) -> Option<Result<T, StreamError>> {
        let mut held = std::mem::take(&mut self.held);
        let item = self.item(&held);
        held.clear();
        self.held = held;
        item
    }

    fn item(&mut self, bytes: &[u8]) -> Option<Result<T, StreamError>> {
        let json = match json(self.framing, bytes) {
            Ok(json) => json?,
            Err(why) => return Some(Err(self.opened.undecodable(bytes, Trouble::of(why)))),
        };
        if self.opened.is_sentinel(json) {
            self.opened.end();
            self.chunk.clear();
            return None;
        }
        let read = json::from_slice(json);
        let again = |_| self.opened.again(json);
        let read = read.or_else(again);
        Some(read.map_err(|trouble| self.opened.undecodable(json, trouble)))
    }
}

impl<T: DeserializeOwned> Stream for Items<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.opened.has_ended() {
                return Poll::Ready(None);
            }
            if let Some(item) = this.take() {
                return Poll::Ready(Some(item));
            }
            if this.opened.has_ended() {
                return Poll::Ready(None);
            }
            match ready!(this.opened.poll_chunk(cx)) {
                Some(Ok(chunk)) => this.chunk = chunk,
                Some(Err(error)) => return Poll::Ready(Some(Err(this.opened.broken(error)))),
                None => {
                    this.opened.end();
                    return Poll::Ready(this.take_held());
                }
            }
        }
    }
}

/// Reads events.
pub(super) struct Events<T> {
    opened: Opened,
    chunk: Bytes,
    parser: Parser,
    data: EventData,
    reopening: Reopening,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Events<T> {
    pub(super) fn new(opened: Opened, data: EventData) -> Self {
        Self {
            opened,
            chunk: Bytes::new(),
            parser: Parser::new(String::new()),
            data,
            reopening: Reopening::default(),
            of: PhantomData,
        }
    }

    /// The next event of the bytes that have come; none if more have to come.
    fn take(&mut self) -> Option<Result<Event<T>, StreamError>> {
        let count = self.parser.read(&self.chunk);
        self.chunk.advance(count.min(self.chunk.len()));
        if self.parser.held() > self.opened.limit() {
            return Some(Err(self.opened.too_large()));
        }
        let raw = self.parser.event()?;
        self.reopening.succeeded();
        let bytes = raw.data.as_bytes();
        if self.opened.is_sentinel(bytes) {
            self.opened.end();
            return None;
        }
        let again = |data: &str| self.opened.again(data.as_bytes());
        let event = Event::read(raw, self.data, again);
        Some(event.map_err(|trouble| self.opened.undecodable(bytes, trouble)))
    }

    /// Opens the stream again where the caller wants that; else it has ended.
    fn ended(&mut self, error: Option<TransportError>) -> Option<Result<Event<T>, StreamError>> {
        let (id, wait) = (self.parser.last_id(), self.parser.reconnection());
        if self
            .opened
            .reopen(&mut self.reopening, error.as_ref(), id, wait)
        {
            return None;
        }
        self.opened.end();
        Some(Err(self.opened.broken(error?)))
    }
}

impl<T: DeserializeOwned> Stream for Events<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.opened.has_ended() {
                return Poll::Ready(None);
            }
            if let Some(event) = this.take() {
                return Poll::Ready(Some(event));
            }
            if !this.chunk.is_empty() || this.opened.has_ended() {
                continue;
            }
            match ready!(this.reopening.poll(cx)) {
                Connection::Same => {}
                Connection::Next(opened) => {
                    this.parser = Parser::new(this.parser.last_id().to_owned());
                    this.opened = opened;
                }
                Connection::Ended => {
                    this.opened.end();
                    continue;
                }
                Connection::Failed(error) => {
                    this.opened.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
            let ended = match ready!(this.opened.poll_chunk(cx)) {
                Some(Ok(chunk)) => {
                    this.chunk = chunk;
                    continue;
                }
                Some(Err(error)) => this.ended(Some(error)),
                None => this.ended(None),
            };
            if ended.is_some() {
                return Poll::Ready(ended);
            }
        }
    }
}

/// All events of a body that is in memory; else where it is wrong, and how.
pub(super) fn all_events<T: DeserializeOwned>(
    data: EventData,
    body: &[u8],
) -> Result<Vec<Event<T>>, (String, String)> {
    let (mut parser, mut events, mut rest) = (Parser::new(String::new()), Vec::new(), body);
    while !rest.is_empty() {
        let count = parser.read(rest);
        rest = rest.get(count..).unwrap_or_default();
        let Some(raw) = parser.event() else { continue };
        let again = |data: &str| Err(locate::<T>(data.as_bytes()));
        let event = Event::read(raw, data, again).map_err(|Trouble { path, message, .. }| {
            let place = format!("$[{}]", events.len());
            (path.replacen('$', &place, 1), message)
        });
        events.push(event?);
    }
    Ok(events)
}

/// All items of a body that is in memory; else where it is wrong, and how.
pub(super) fn all<T: DeserializeOwned>(
    framing: Framing,
    body: &[u8],
) -> Result<Vec<T>, (String, String)> {
    let (mut scan, mut items, mut rest) = (Scan::new(framing), Vec::new(), body);
    while !rest.is_empty() {
        let (count, _) = scan.advance(rest);
        let (item, after) = rest.split_at(count.min(rest.len()));
        rest = after;
        let place = |path: &str| path.replacen('$', &format!("$[{}]", items.len()), 1);
        let Some(json) = json(framing, item).map_err(|why| (place("$"), why.to_owned()))? else {
            continue;
        };
        let read = json::from_slice(json).map_err(|_| {
            let Trouble { path, message, .. } = locate::<T>(json);
            (place(&path), message)
        });
        items.push(read?);
    }
    Ok(items)
}
