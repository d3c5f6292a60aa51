//! Events out of bytes, by the algorithm of the HTML standard (9.2.6, "Interpreting an event stream").
//!
//! Each byte is looked at once, however the bytes are cut into chunks. A line that is whole in its chunk is not copied.

use std::time::Duration;

use memchr::{memchr, memchr2};

/// The byte order mark in UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads events from bytes as they come.
#[derive(Debug)]
pub(super) struct Parser {
    /// The start of a line whose end has not come.
    line: Vec<u8>,
    /// The last byte was a CR: a LF that follows belongs to it.
    after_cr: bool,
    /// No line has been read: a byte order mark is skipped.
    at_start: bool,
    data: String,
    /// The name of the event; empty where it has none.
    event: String,
    /// The last id of the stream; empty: none.
    id: String,
    /// The id that becomes the last one when the event is complete.
    next_id: String,
    /// The event has an id of its own.
    has_id: bool,
    retry: Option<Duration>,
    /// The wait before the next connection that the stream asks for.
    reconnection: Option<Duration>,
    state: State,
}

/// Whether an event is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    Complete,
}

/// An event that has come, until the parser goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Raw<'a> {
    /// `message` where the stream names none.
    pub(super) event: &'a str,
    pub(super) data: &'a str,
    /// The last id of the stream; empty: none.
    pub(super) id: &'a str,
    /// The wait before the next connection that this event asks for.
    pub(super) retry: Option<Duration>,
}

impl Parser {
    /// A parser at the start of a stream; the id is that of the connection before it.
    pub(super) fn new(id: String) -> Self {
        Self {
            line: Vec::new(),
            after_cr: false,
            at_start: true,
            data: String::new(),
            event: String::new(),
            id,
            next_id: String::new(),
            has_id: false,
            retry: None,
            reconnection: None,
            state: State::Reading,
        }
    }

    /// Reads until an event is complete. Yields how many bytes were read; [`event`](Self::event) tells whether there is
    /// an event.
    pub(super) fn read(&mut self, bytes: &[u8]) -> usize {
        if self.state == State::Complete {
            self.clear();
        }
        let mut rest = bytes;
        while self.state == State::Reading && !rest.is_empty() {
            if std::mem::take(&mut self.after_cr) && rest.first() == Some(&b'\n') {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let Some(end) = memchr2(b'\r', b'\n', rest) else {
                self.line.extend_from_slice(rest);
                rest = &[];
                continue;
            };
            let (line, after) = rest.split_at(end);
            self.after_cr = after.first() == Some(&b'\r');
            rest = after.get(1..).unwrap_or_default();
            if self.line.is_empty() {
                self.line(line);
            } else {
                let mut whole = std::mem::take(&mut self.line);
                whole.extend_from_slice(line);
                self.line(&whole);
                whole.clear();
                self.line = whole;
            }
        }
        bytes.len().saturating_sub(rest.len())
    }

    /// The event that is complete, if one is.
    pub(super) fn event(&self) -> Option<Raw<'_>> {
        (self.state == State::Complete).then(|| Raw {
            event: match self.event.as_str() {
                "" => "message",
                name => name,
            },
            // The standard ends each line of data with LF and takes the last one away.
            data: self.data.strip_suffix('\n').unwrap_or(&self.data),
            id: &self.id,
            retry: self.retry,
        })
    }

    /// The last id that the stream gave; empty: none.
    pub(super) fn last_id(&self) -> &str {
        &self.id
    }

    /// The wait before the next connection that the stream asks for.
    pub(super) fn reconnection(&self) -> Option<Duration> {
        self.reconnection
    }

    /// The number of bytes that are held for an event that is not complete.
    pub(super) fn held(&self) -> usize {
        self.line.len().saturating_add(self.data.len())
    }

    fn clear(&mut self) {
        self.data.clear();
        self.event.clear();
        self.retry = None;
        self.state = State::Reading;
    }

    fn line(&mut self, line: &[u8]) {
        let line = match std::mem::take(&mut self.at_start) {
            true => line.strip_prefix(BOM).unwrap_or(line),
            false => line,
        };
        if line.is_empty() {
            self.dispatch();
            return;
        }
        // Text is decoded behind the name: what is no UTF-8 never takes a colon along.
        let (field, value) = match memchr(b':', line) {
            Some(at) => (line.get(..at), line.get(at.saturating_add(1)..)),
            None => (Some(line), None),
        };
        let value = value.unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field.unwrap_or_default() {
            b"event" => {
                self.event.clear();
                push(&mut self.event, value);
            }
            b"data" => {
                push(&mut self.data, value);
                self.data.push('\n');
            }
            b"id" if memchr(0, value).is_none() => {
                self.has_id = true;
                self.next_id.clear();
                push(&mut self.next_id, value);
            }
            b"retry" => {
                self.retry = milliseconds(value).or(self.retry);
                self.reconnection = self.retry.or(self.reconnection);
            }
            // Comments have an empty name; other fields are ignored.
            _ => {}
        }
    }

    /// An event without data is none, but its id counts.
    fn dispatch(&mut self) {
        if std::mem::take(&mut self.has_id) {
            std::mem::swap(&mut self.id, &mut self.next_id);
        }
        match self.data.is_empty() {
            true => self.clear(),
            false => self.state = State::Complete,
        }
    }
}

/// Adds text; what is not UTF-8 is replaced.
fn push(to: &mut String, bytes: &[u8]) {
    match str::from_utf8(bytes) {
        Ok(text) => to.push_str(text),
        Err(_) => to.push_str(&String::from_utf8_lossy(bytes)),
    }
}

/// A number of digits alone; one that is too large is as good as the largest.
fn milliseconds(digits: &[u8]) -> Option<Duration> {
    let text = str::from_utf8(digits).ok()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_millis(text.parse().unwrap_or(u64::MAX)))
}
