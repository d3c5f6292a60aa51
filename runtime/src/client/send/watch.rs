//! Limits on time around what cannot know of them.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;

use crate::client::BoxFuture;
use crate::client::body::Body;
use crate::client::clock::Clock;
use crate::client::error::{Limit, TransportError, TransportErrorKind};
use crate::client::timeouts::{Settled, Stall};

/// The output of a future, or of the alarm if that goes first.
///
/// Both are pinned where they are: a future that is passed by value is in its caller's state twice over.
pub(crate) async fn within<F: Future, A: Future>(
    mut future: Pin<&mut F>,
    mut alarm: Pin<&mut A>,
) -> Result<F::Output, A::Output> {
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => alarm.as_mut().poll(cx).map(Err),
    })
    .await
}

/// A limit on an attempt, which yields its name when it is over.
pub(super) enum Alarm {
    Plain(BoxFuture<'static, ()>, Limit),
    /// While the body of the request is on its way, something must move; then the plain limit holds.
    Upload(BoxFuture<'static, Limit>),
}

impl Future for Alarm {
    type Output = Limit;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Limit> {
        match &mut *self {
            Self::Plain(alarm, limit) => alarm.as_mut().poll(cx).map(|()| *limit),
            Self::Upload(alarm) => alarm.as_mut().poll(cx),
        }
    }
}

/// A request body on its way: limits on the answer count from when all of it has been taken.
#[derive(Clone, Default)]
pub(super) struct Upload(Arc<Progress>);

#[derive(Default)]
struct Progress {
    chunks: AtomicU64,
    done: AtomicBool,
}

impl Upload {
    /// The body, observed.
    pub(super) fn observe(&self, body: Body) -> Body {
        let length = body.length();
        Body::from_chunks(Observed {
            body,
            upload: self.clone(),
        })
        .with_some_length(length)
    }

    /// The limit on an attempt with such a body.
    pub(super) fn alarm(
        &self,
        clock: Arc<dyn Clock>,
        stall: Option<Stall>,
        limit: Duration,
        name: Limit,
    ) -> Alarm {
        let progress = Arc::clone(&self.0);
        Alarm::Upload(Box::pin(async move {
            let period = stall.map_or(Duration::from_secs(1), |stall| stall.period);
            let mut before = progress.chunks.load(Ordering::Relaxed);
            while !progress.done.load(Ordering::Relaxed) {
                clock.alarm(period).await;
                let now = progress.chunks.load(Ordering::Relaxed);
                if stall.is_some() && now == before && !progress.done.load(Ordering::Relaxed) {
                    return Limit::Stall;
                }
                before = now;
            }
            clock.alarm(limit).await;
            name
        }))
    }
}

struct Observed {
    body: Body,
    upload: Upload,
}

impl Stream for Observed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.body.poll_chunk(cx);
        let Progress { chunks, done } = &*self.upload.0;
        match &chunk {
            Poll::Ready(Some(Ok(_))) => drop(chunks.fetch_add(1, Ordering::Relaxed)),
            Poll::Ready(_) => done.store(true, Ordering::Relaxed),
            Poll::Pending => {}
        }
        chunk
    }
}

/// A transport that knows the length need not ask for the end.
impl Drop for Observed {
    fn drop(&mut self) {
        self.upload.0.done.store(true, Ordering::Relaxed);
    }
}

/// A body whose chunks must keep coming.
pub(super) struct Watched {
    body: Body,
    clock: Arc<dyn Clock>,
    read: Duration,
    stall: Option<Stall>,
    /// Runs while nothing comes; set only when something has to be waited for.
    silence: Option<BoxFuture<'static, ()>>,
    window: Option<Window>,
    /// When the last chunk was handed over while a window was open: the reader's own time is not the server's.
    handed: Option<Instant>,
}

/// A stretch of time over which the rate is measured.
struct Window {
    end: BoxFuture<'static, ()>,
    bytes: u64,
}

/// A reader that is away for so long takes its time.
const AWAY: Duration = Duration::from_millis(100);

impl Watched {
    pub(super) fn new(body: Body, clock: Arc<dyn Clock>, timeouts: &Settled) -> Self {
        let Settled { read, stall, .. } = *timeouts;
        Self {
            body,
            clock,
            read,
            stall,
            silence: None,
            window: None,
            handed: None,
        }
    }

    fn came(&mut self, bytes: usize) {
        self.silence = None;
        if let Some(window) = &mut self.window {
            window.bytes = window
                .bytes
                .saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
            self.handed = Some(self.clock.now());
        }
    }

    fn poll_limits(&mut self, cx: &mut Context<'_>) -> Poll<Limit> {
        let Self { clock, read, .. } = self;
        let silence = self.silence.get_or_insert_with(|| clock.alarm(*read));
        if silence.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Limit::Read);
        }
        let Some(stall) = self.stall else {
            return Poll::Pending;
        };
        loop {
            let clock = &self.clock;
            let open = || Window {
                end: clock.alarm(stall.period),
                bytes: 0,
            };
            let window = self.window.get_or_insert_with(open);
            if window.end.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            let least = f64::from(stall.rate) * stall.period.as_secs_f64();
            if (window.bytes as f64) < least {
                return Poll::Ready(Limit::Stall);
            }
            self.window = None;
        }
    }
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Some(handed) = this.handed.take()
            && this.clock.now().saturating_duration_since(handed) > AWAY
        {
            this.window = None;
        }
        match this.body.poll_chunk(cx) {
            Poll::Ready(Some(Ok(chunk))) => {
                this.came(chunk.len());
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Ready(end) => Poll::Ready(end),
            Poll::Pending => this
                .poll_limits(cx)
                .map(|limit| Some(Err(TransportErrorKind::Timeout(limit).into()))),
        }
    }
}
