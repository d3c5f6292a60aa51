//! Calls from threads without an async runtime.
//!
//! There is no second client: the same calls are waited for. One small runtime, started at the first such call and
//! shared by all clients, keeps their connections alive between calls.

use std::convert::Infallible;
use std::io;
use std::sync::OnceLock;

use bytes::{Buf, Bytes};
use tokio::runtime::{Builder, Handle, Runtime};

use super::body::Body;
use super::call::Call;
use super::error::{Error, Failed, TransportError, TransportErrorKind};
use super::operation::Operation;
use super::paging::{Items, Pages, Paginated};
use super::polling::{Polled, Polling, Waited};
use super::read_as::ReadAs;
use super::response::Response;
use super::stream::{ItemStream, StreamError};

static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();

/// Waits for a future.
fn wait<F: Future>(future: F) -> Result<F::Output, TransportError> {
    // Waiting inside a runtime would stop the thread that others need, and tokio panics at it.
    if Handle::try_current().is_ok() {
        let why = "this thread belongs to an async runtime: use `send`";
        return Err(TransportError::new(TransportErrorKind::Runtime, why));
    }
    let started = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder
            .worker_threads(1)
            .thread_name("countersign")
            .enable_all()
            .build()
            .ok()
    });
    match started {
        Some(runtime) => Ok(runtime.block_on(future)),
        None => Err(TransportErrorKind::Runtime.into()),
    }
}

impl<O: Operation> Call<'_, O> {
    /// Sends the call and waits for the answer.
    ///
    /// # Errors
    /// Those of [`send`](Call::send); also when this thread belongs to an async runtime.
    pub fn send_blocking(self) -> Result<Response<O::Success>, Error<O::Failure>> {
        wait(self.send()).unwrap_or_else(|error| Err(Error::Transport(error)))
    }

    /// Sends the call and waits for the result of what it begins.
    ///
    /// # Errors
    /// Those of [`send_and_wait`](Call::send_and_wait); also when this thread belongs to an async runtime.
    pub fn send_and_wait_blocking(self, polling: Polling) -> Waited<O, Failed> {
        let waited = wait(self.send_and_wait(polling));
        waited.unwrap_or_else(|error| Err(Error::Transport(error).into()))
    }

    /// Repeats the call until its answer says that what it tells of has ended.
    ///
    /// # Errors
    /// Those of [`wait`](Call::wait); also when this thread belongs to an async runtime.
    pub fn wait_blocking(self, polling: Polling) -> Waited<O>
    where
        O: Polled,
    {
        let waited = wait(self.wait(polling));
        waited.unwrap_or_else(|error| Err(Error::Transport(error).into()))
    }

    /// Sends the call and waits for whatever is answered, undecoded.
    ///
    /// # Errors
    /// Those of [`raw`](Call::raw); also when this thread belongs to an async runtime.
    pub fn raw_blocking(self) -> Result<Response<Bytes>, Error<Infallible>> {
        wait(self.raw()).unwrap_or_else(|error| Err(Error::Transport(error)))
    }

    /// Sends the call and waits for whatever is answered, with the body as it arrives: [`Body::into_reader`] reads it.
    ///
    /// # Errors
    /// Those of [`raw_stream`](Call::raw_stream); also when this thread belongs to an async runtime.
    pub fn raw_stream_blocking(self) -> Result<Response<Body>, Error<Infallible>> {
        wait(self.raw_stream()).unwrap_or_else(|error| Err(Error::Transport(error)))
    }

    /// Sends the call, waits for the answer and reads a success as another type. An
    /// [`ItemStream`] is read by [`ItemStream::blocking`].
    ///
    /// # Errors
    /// Those of [`read_as`](Call::read_as); also when this thread belongs to an async runtime.
    pub fn read_as_blocking<T: ReadAs>(self) -> Result<Response<T>, Error<O::Failure>> {
        wait(self.read_as()).unwrap_or_else(|error| Err(Error::Transport(error)))
    }
}

/// A stream that is waited for.
#[derive(Debug)]
pub struct Blocking<S>(S);

impl<'c, O: Paginated> Pages<'c, O> {
    /// The pages, as an iterator that waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<'c, O: Paginated> Items<'c, O> {
    /// The items, as an iterator that waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<O: Paginated> Iterator for Blocking<Pages<'_, O>> {
    type Item = Result<Response<O::Success>, Error<O::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = wait(self.0.next()).unwrap_or_else(|error| Err(Error::Transport(error)));
        page.transpose()
    }
}

impl<O: Paginated> Iterator for Blocking<Items<'_, O>> {
    type Item = Result<O::Item, Error<O::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = wait(self.0.next()).unwrap_or_else(|error| Err(Error::Transport(error)));
        item.transpose()
    }
}

impl<T: Clone> ItemStream<T> {
    /// The items, as an iterator that waits for each.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<T: Clone> Iterator for Blocking<ItemStream<T>> {
    type Item = Result<T, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = wait(self.0.next()).unwrap_or_else(|error| Err(Error::Transport(error)));
        item.transpose()
    }
}

impl Body {
    /// Reads the body as it comes, waiting for it.
    pub fn into_reader(self) -> impl io::Read + Send {
        Reader {
            body: self,
            held: Bytes::new(),
        }
    }
}

struct Reader {
    body: Body,
    held: Bytes,
}

impl io::Read for Reader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.held.is_empty() {
            match wait(self.body.chunk())
                .and_then(|chunk| chunk)
                .map_err(io::Error::other)?
            {
                Some(chunk) => self.held = chunk,
                None => return Ok(0),
            }
        }
        let count = to.len().min(self.held.len());
        let (target, _) = to.split_at_mut(count);
        self.held.copy_to_slice(target);
        Ok(count)
    }
}
