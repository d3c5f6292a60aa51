//! Bodies, in memory or streamed, of requests and responses.

mod streams;

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

pub(crate) use self::streams::bounded;
use self::streams::{Chain, Converted, Frames, gather};
use super::error::TransportError;

/// An error of any type.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Chunks = dyn Stream<Item = Result<Bytes, TransportError>> + Send + Unpin;

/// The body of a request or a response.
///
/// As a stream it yields chunks as they come; [`bytes`](Self::bytes) gathers them. Clones of a body that is streamed
/// share the stream: each chunk goes to whoever asks first.
#[derive(Clone, Default)]
pub struct Body {
    kind: Kind,
    length: Option<u64>,
}

#[derive(Clone, Default)]
enum Kind {
    #[default]
    Empty,
    Bytes(Bytes),
    Stream(Arc<Mutex<Chunks>>),
    /// Makes the body anew for each attempt.
    Source(Arc<dyn Fn() -> Body + Send + Sync>),
}

impl Body {
    /// No body.
    pub const fn empty() -> Self {
        Self {
            kind: Kind::Empty,
            length: Some(0),
        }
    }

    /// A body that is read from a stream, once: such a call is never repeated.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_chunks(Converted(Box::pin(stream)))
    }

    /// A body of chunks and errors as they are wanted, which need no more wrapping.
    pub(crate) fn from_chunks(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + Unpin + 'static,
    ) -> Self {
        Self {
            kind: Kind::Stream(Arc::new(Mutex::new(chunks))),
            length: None,
        }
    }

    /// A body that can be made again for another attempt: a file that is opened anew, say.
    pub fn from_source(source: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        Self {
            kind: Kind::Source(Arc::new(source)),
            length: None,
        }
    }

    /// Wraps the body of another HTTP crate.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError> + 'static,
    {
        // Layers that leave the body alone give back one of ours.
        let mut body = Some(body);
        if let Some(own) = (&mut body as &mut dyn Any)
            .downcast_mut::<Option<Self>>()
            .and_then(Option::take)
        {
            return own;
        }
        let Some(body) = body else {
            return Self::empty();
        };
        let length = body.size_hint().exact();
        if body.is_end_stream() {
            return Self::empty();
        }
        Self {
            length,
            ..Self::from_stream(Frames(Box::pin(body)))
        }
    }

    /// Bodies one after another.
    pub(crate) fn chain(bodies: Vec<Self>) -> Self {
        let length = bodies
            .iter()
            .try_fold(0_u64, |sum, body| sum.checked_add(body.length?));
        let replayable = bodies.iter().all(Self::is_replayable);
        let start = move || Self {
            length,
            ..Self::from_stream(Chain(bodies.iter().map(Self::for_attempt).collect()))
        };
        if replayable {
            Self {
                length,
                ..Self::from_source(start)
            }
        } else {
            start()
        }
    }

    /// Says how many bytes a stream will yield, so that the request has a `Content-Length`.
    #[must_use]
    pub const fn with_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    pub(crate) const fn with_some_length(mut self, bytes: Option<u64>) -> Self {
        self.length = bytes;
        self
    }

    /// The number of bytes, where it is known.
    pub const fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if they are all in memory.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.kind {
            Kind::Empty => Some(&[]),
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(_) | Kind::Source(_) => None,
        }
    }

    pub(crate) const fn is_replayable(&self) -> bool {
        !matches!(self.kind, Kind::Stream(_))
    }

    /// The body of one attempt; of a stream there is only one.
    pub(crate) fn for_attempt(&self) -> Self {
        match &self.kind {
            Kind::Source(source) => {
                let body = source();
                Self {
                    length: self.length.or(body.length),
                    ..body
                }
            }
            _ => self.clone(),
        }
    }

    /// Takes bytes that are all in memory out, without copying: for those who write a transport.
    ///
    /// # Errors
    /// Gives a body back that is streamed.
    pub fn into_memory(self) -> Result<Bytes, Self> {
        match self.kind {
            Kind::Empty => Ok(Bytes::new()),
            Kind::Bytes(bytes) => Ok(bytes),
            Kind::Stream(_) | Kind::Source(_) => Err(self),
        }
    }

    /// The next chunk; none at the end.
    ///
    /// # Errors
    /// When the body breaks off, stalls, or cannot be decompressed.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    /// Gathers the body in memory.
    ///
    /// # Errors
    /// Those of [`chunk`](Self::chunk), and when there are more than `limit` bytes.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let length = self.length;
        gather(Pin::new(&mut self), length, limit).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.kind {
            Kind::Empty => Poll::Ready(None),
            Kind::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.kind = Kind::Empty;
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Kind::Stream(shared) => {
                let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
                Pin::new(&mut *stream).poll_next(cx)
            }
            Kind::Source(source) => {
                let made = source();
                self.kind = made.kind;
                // A source that makes sources would never end.
                if matches!(self.kind, Kind::Source(_)) {
                    self.kind = Kind::Empty;
                }
                self.poll_chunk(cx)
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::Empty => "empty",
            Kind::Bytes(_) => "bytes",
            Kind::Stream(_) | Kind::Source(_) => "stream",
        };
        match self.length {
            Some(length) => write!(f, "Body({kind}, {length} bytes)"),
            None => write!(f, "Body({kind})"),
        }
    }
}

/// Bytes in memory are compared; streams are equal if they are the same stream.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Stream(one), Kind::Stream(two)) => Arc::ptr_eq(one, two),
            (Kind::Source(one), Kind::Source(two)) => Arc::ptr_eq(one, two),
            _ => self.as_bytes().is_some() && self.as_bytes() == other.as_bytes(),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        let length = u64::try_from(bytes.len()).ok();
        Self {
            kind: Kind::Bytes(bytes),
            length,
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll_chunk(cx).map_ok(Frame::data)
    }

    fn is_end_stream(&self) -> bool {
        self.as_bytes().is_some_and(<[u8]>::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::client::error::TransportErrorKind;
    use std::task::Waker;

    fn read(body: Body, limit: usize) -> Result<Bytes, TransportError> {
        let mut future = std::pin::pin!(body.bytes(limit));
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(read) => read,
            Poll::Pending => panic!("a body in memory waits for nothing"),
        }
    }

    #[test]
    fn bodies_are_gathered_up_to_a_limit() {
        let body = || Body::chain(vec![Body::from("abc"), Body::empty(), Body::from("def")]);
        assert_eq!(body().length(), Some(6));
        assert_eq!(read(body(), 6).unwrap(), "abcdef");
        assert_eq!(
            read(body(), 5).unwrap_err().kind(),
            TransportErrorKind::BodyLimit
        );
        assert_eq!(read(Body::empty(), 0).unwrap(), "");
        assert_eq!(
            read(Body::from("abc"), 2).unwrap_err().kind(),
            TransportErrorKind::BodyLimit
        );
    }

    #[test]
    fn sources_are_replayable_and_streams_are_not() {
        let source = Body::from_source(|| Body::from("abc"));
        assert_eq!(read(source.for_attempt(), 9).unwrap(), "abc");
        assert_eq!(read(source.for_attempt(), 9).unwrap(), "abc");
        assert!(source.is_replayable());
        let stream = Body::from_stream(Chain(VecDeque::from([Body::from("abc")])));
        assert!(!Body::chain(vec![stream.clone(), Body::from("x")]).is_replayable());
        assert_eq!(stream, stream.clone());
        assert_eq!(read(stream.clone(), 9).unwrap(), "abc");
        assert_eq!(read(stream, 9).unwrap(), "");
        assert_ne!(Body::from("abc"), source);
    }
}
