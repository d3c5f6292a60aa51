//! Items of JSON in the parts of a `multipart/mixed` body.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use memchr::memmem::{self, Finder};
use serde::de::DeserializeOwned;

use super::StreamError;
use super::open::Opened;
use crate::client::error::{Trouble, locate};

/// The boundary of what is written. JSON has no line breaks, so that no item has it in it.
const BOUNDARY: &str = "countersign-part";

/// The media type of what is written: `multipart/mixed`, with its boundary.
pub(super) fn media_type(media: &str) -> String {
    format!("{media}; boundary={BOUNDARY}")
}

/// The text before an item.
pub(super) fn head() -> String {
    format!("--{BOUNDARY}\r\nContent-Type: application/json\r\n\r\n")
}

/// The text behind an item.
pub(super) const TAIL: &str = "\r\n";

/// The text behind all items.
pub(super) fn end() -> String {
    format!("--{BOUNDARY}--\r\n")
}

/// The boundary of a media type.
pub(super) fn boundary(media: &str) -> Option<String> {
    let mut parameters = media.split(';').skip(1).map(str::trim);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("boundary")
            .then_some(value)
    })?;
    let value = value.trim().trim_matches('"');
    (!value.is_empty()).then(|| value.to_owned())
}

/// Cuts parts out of bytes as they come. Each byte is looked for once.
#[derive(Debug)]
pub(super) struct Cutter {
    mark: Finder<'static>,
    /// The bytes that have come.
    held: Vec<u8>,
    /// Where what has not been given away begins.
    start: usize,
    /// Where a boundary may be: there is none before.
    clean: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first boundary.
    Preamble,
    Part,
    /// Behind the last one.
    Ended,
}

/// The next thing that bytes hold.
pub(super) enum Cut {
    /// A part, with its headers.
    Part(Vec<u8>),
    /// More has to come.
    Open,
    /// There are no more.
    Ended,
}

impl Cutter {
    pub(super) fn new(boundary: &str) -> Self {
        let mark = format!("\r\n--{boundary}");
        Self {
            mark: Finder::new(mark.as_bytes()).into_owned(),
            // The first boundary may stand at the very start.
            held: b"\r\n".to_vec(),
            start: 0,
            clean: 0,
            state: State::Preamble,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.state == State::Ended {
            return;
        }
        self.held.drain(..self.start);
        self.clean = self.clean.saturating_sub(self.start);
        self.start = 0;
        self.held.extend_from_slice(bytes);
    }

    pub(super) fn held(&self) -> usize {
        self.held.len().saturating_sub(self.start)
    }

    /// The next part.
    pub(super) fn cut(&mut self) -> Cut {
        loop {
            if self.state == State::Ended {
                return Cut::Ended;
            }
            let length = self.mark.needle().len();
            let rest = self.held.get(self.clean..).unwrap_or_default();
            let Some(at) = self.mark.find(rest) else {
                let overlap = length.saturating_sub(1);
                self.clean = self.held.len().saturating_sub(overlap).max(self.clean);
                return Cut::Open;
            };
            let end = self.clean.saturating_add(at);
            let behind = end.saturating_add(length);
            let Some(rest) = self.held.get(behind..).filter(|rest| rest.len() >= 2) else {
                self.clean = end;
                return Cut::Open;
            };
            let next = match rest.starts_with(b"--") {
                true => State::Ended,
                false => State::Part,
            };
            let before = std::mem::replace(&mut self.state, next);
            let part = self.held.get(self.start..end).unwrap_or_default().to_vec();
            (self.start, self.clean) = (behind, behind);
            if before == State::Part {
                return Cut::Part(part);
            }
        }
    }
}

/// The content of a part, behind its headers.
pub(super) fn content(part: &[u8]) -> Option<&[u8]> {
    // What is left of the line of the boundary.
    let end = memmem::find(part, b"\r\n")?;
    let headers = part.get(end..)?;
    let blank = memmem::find(headers, b"\r\n\r\n")?;
    headers.get(blank.saturating_add(4)..)
}

/// Reads items.
pub(super) struct Parts<T> {
    opened: Opened,
    cutter: Option<Cutter>,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Parts<T> {
    pub(super) fn new(opened: Opened) -> Self {
        let boundary = opened.media_type().and_then(boundary);
        Self {
            cutter: boundary.as_deref().map(Cutter::new),
            opened,
            of: PhantomData,
        }
    }

    fn item(&self, part: &[u8]) -> Result<T, StreamError> {
        let Some(content) = content(part) else {
            let trouble = Trouble::of("the part has no blank line behind its headers");
            return Err(self.opened.undecodable(part, trouble));
        };
        let read = serde_json::from_slice(content);
        let read = read.or_else(|_: serde_json::Error| self.opened.again(content));
        read.map_err(|trouble| self.opened.undecodable(content, trouble))
    }
}

impl<T: DeserializeOwned> Stream for Parts<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.opened.has_ended() {
                return Poll::Ready(None);
            }
            let Some(cutter) = &mut this.cutter else {
                let trouble = Trouble::of("the media type has no boundary");
                let error = this.opened.undecodable(&[], trouble);
                this.opened.end();
                return Poll::Ready(Some(Err(error)));
            };
            match cutter.cut() {
                Cut::Part(part) => return Poll::Ready(Some(this.item(&part))),
                Cut::Ended => {
                    this.opened.end();
                    return Poll::Ready(None);
                }
                Cut::Open if cutter.held() > this.opened.limit() => {
                    return Poll::Ready(Some(Err(this.opened.too_large())));
                }
                Cut::Open => {}
            }
            match ready!(this.opened.poll_chunk(cx)) {
                Some(Ok(chunk)) => cutter.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(this.opened.broken(error)))),
                None => {
                    let trouble = Trouble::of("it ends without its last boundary");
                    let error = this.opened.undecodable(&[], trouble);
                    this.opened.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// All items of a body that is in memory; else where it is wrong, and how.
pub(super) fn all<T: DeserializeOwned>(
    media: &str,
    body: &[u8],
) -> Result<Vec<T>, (String, String)> {
    let wrong = |why: &str| ("$".to_owned(), why.to_owned());
    let boundary = boundary(media).ok_or_else(|| wrong("the media type has no boundary"))?;
    let mut cutter = Cutter::new(&boundary);
    cutter.push(body);
    let mut items = Vec::new();
    loop {
        let part = match cutter.cut() {
            Cut::Part(part) => part,
            Cut::Ended => return Ok(items),
            Cut::Open => return Err(wrong("it ends without its last boundary")),
        };
        let place = |path: &str| path.replacen('$', &format!("$[{}]", items.len()), 1);
        let content = content(&part).ok_or_else(|| {
            let why = "the part has no blank line behind its headers";
            (place("$"), why.to_owned())
        })?;
        let read = serde_json::from_slice(content).map_err(|_| {
            let Trouble { path, message, .. } = locate::<T>(content);
            (place(&path), message)
        });
        items.push(read?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "preamble\r\n--b\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n--b \r\n\r\n2\r\n--b\r\n\r\n\"\\r\\n--b\"\r\n--b--\r\nepilogue\r\n--b\r\n";

    #[test]
    fn parts_are_cut_however_they_come() {
        for size in 1..BODY.len() {
            let (mut cutter, mut parts) = (Cutter::new("b"), Vec::new());
            for chunk in BODY.as_bytes().chunks(size) {
                cutter.push(chunk);
                while let Cut::Part(part) = cutter.cut() {
                    let content = content(&part).unwrap_or_default();
                    parts.push(String::from_utf8_lossy(content).into_owned());
                }
            }
            assert_eq!(parts, ["{\"n\":1}", "2", "\"\\r\\n--b\""], "by {size}");
            assert!(matches!(cutter.cut(), Cut::Ended), "by {size}");
        }
    }

    #[test]
    fn a_body_in_memory_is_read_and_its_faults_are_told() {
        let read = |media: &str, body: &str| all::<serde_json::Value>(media, body.as_bytes());
        let media = "multipart/mixed; charset=utf-8; Boundary=\"b\"";
        assert_eq!(read(media, BODY).map(|items| items.len()), Ok(3));
        assert_eq!(read(media, "--b--").map(|items| items.len()), Ok(0));
        for (body, place) in [
            ("--b\r\n\r\n{}\r\n--b\r\n\r\n{\r\n--b--", "$[1]"),
            ("--b\r\n\r\n{}", "$"),
        ] {
            assert_eq!(read(media, body).unwrap_err().0, place);
        }
        assert!(read("multipart/mixed", BODY).is_err());
    }
}
