//! Streams that bodies are made of.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::{Body, BoxError};
use crate::client::error::{TransportError, TransportErrorKind};

/// Gathers chunks in memory, up to a limit. Most bodies are a single chunk, which is not copied.
pub(super) async fn gather(
    mut stream: Pin<&mut impl Stream<Item = Result<Bytes, TransportError>>>,
    length: Option<u64>,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let first = poll_fn(|cx| stream.as_mut().poll_next(cx))
        .await
        .transpose()?
        .unwrap_or_default();
    let mut all = None;
    while let Some(chunk) = poll_fn(|cx| stream.as_mut().poll_next(cx))
        .await
        .transpose()?
    {
        let expected = length
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(0)
            .min(limit);
        let all = all.get_or_insert_with(|| {
            let mut all = BytesMut::with_capacity(expected.max(first.len()));
            all.extend_from_slice(&first);
            all
        });
        all.extend_from_slice(&chunk);
        if all.len() > limit {
            break;
        }
    }
    bounded(all.map_or(first, BytesMut::freeze), limit)
}

/// The bytes, if there are no more than that.
pub(crate) fn bounded(bytes: Bytes, limit: usize) -> Result<Bytes, TransportError> {
    if bytes.len() > limit {
        Err(TransportErrorKind::BodyLimit.into())
    } else {
        Ok(bytes)
    }
}

/// A stream of somebody else's chunks and errors.
pub(super) struct Converted<S>(pub(super) Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map(Into::into).map_err(TransportError::body)))
    }
}

/// The data of a body; trailers are ignored.
pub(super) struct Frames<B>(pub(super) Pin<Box<B>>);

impl<B: http_body::Body<Data = Bytes>> Stream for Frames<B> {
    type Item = Result<Bytes, B::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.0.as_mut().poll_frame(cx)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Bodies one after another.
pub(super) struct Chain(pub(super) VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            match ready!(body.poll_chunk(cx)) {
                Some(chunk) => return Poll::Ready(Some(chunk)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}
