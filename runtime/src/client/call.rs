//! A call that has been prepared and not yet sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::body::Body;
use super::core::Core;
use super::departures::CallReading;
use super::error::{Error, Fault};
use super::operation::Operation;
use super::paging::{Items, Pages, Paginated};
use super::read_as::ReadAs;
use super::reconnect::Reconnect;
use super::request::{Overrides, RequestError, RequestParts};
use super::response::{Reply, Response};
use super::retry::Retry;
use super::send;
use crate::tolerance::MemberReading;
use crate::validate::Check;

/// An operation, the client to send it with, and what is special about this call.
#[derive(Debug)]
#[must_use = "a call is sent by `send` or `.await`"]
pub struct Call<'c, O> {
    core: &'c Core,
    operation: O,
    pub(super) options: Options,
}

/// The options of one call.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) headers: Vec<(String, String)>,
    /// Whether it is sent without a credential.
    pub(crate) anonymous: bool,
    /// Parameters that are sent otherwise than the operation has them.
    pub(crate) overrides: Overrides,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    pub(crate) target: Option<Url>,
    pub(crate) reconnect: Option<Reconnect>,
    pub(crate) reading: Reading,
    /// The reading of an answer that is not what the document says.
    pub(crate) rereading: CallReading,
}

/// The fate of the body of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is read into memory, or handed over where the document describes bytes.
    #[default]
    AsDocumented,
    /// It is read into memory.
    Whole,
    /// It is handed over as it comes.
    AsItComes,
    /// The body of a success is read item by item, as it comes.
    Items,
}

impl<'c, O> Call<'c, O> {
    pub(crate) fn new(core: &'c Core, operation: O) -> Self {
        Self {
            core,
            operation,
            options: Options::default(),
        }
    }

    /// Changes the operation. The calls that a client makes have the setters of their operations themselves.
    pub fn with(mut self, set: impl FnOnce(O) -> O) -> Self {
        self.operation = set(self.operation);
        self
    }

    /// Adds a header that the document does not have, or replaces one.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// Sends this call without a credential, also where the document asks for one.
    pub fn anonymous(mut self) -> Self {
        self.options.anonymous = true;
        self
    }

    /// Limits the whole call, retries and waits included.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Retries this call otherwise than the client's others.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// The reading of an answer that is not what the document says, in place of the client's.
    pub fn reading(mut self, reading: crate::tolerance::Reading) -> Self {
        self.options.rereading.reading = Some(reading);
        self
    }

    /// The reading of some members of the answer, by a pattern of their places, as
    /// [`Builder::reading_of`](crate::Builder::reading_of) has it for all calls; `""` is the whole answer.
    pub fn reading_of(mut self, pattern: impl Into<String>, reading: MemberReading) -> Self {
        let members = &mut self.options.rereading.members;
        members.push((pattern.into(), reading));
        self
    }

    /// Opens a stream of events again when it breaks off. Without this its end is an error.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.options.reconnect = Some(reconnect);
        self
    }

    /// Sends the call to a URL of its own.
    pub(crate) fn at(mut self, url: Url) -> Self {
        self.options.target = Some(url);
        self
    }

    /// The same call of another operation.
    #[doc(hidden)]
    pub fn of<P>(self, operation: P) -> Call<'c, P> {
        Call {
            core: self.core,
            operation,
            options: self.options,
        }
    }

    /// The operation, and the call without it.
    #[doc(hidden)]
    pub fn apart(self) -> (O, Call<'c, ()>) {
        let call = Call {
            core: self.core,
            operation: (),
            options: self.options,
        };
        (self.operation, call)
    }

    /// The same call of an operation that is made of this one.
    pub(crate) fn turned<P>(self, turn: impl FnOnce(O) -> P) -> Call<'c, P> {
        Call {
            core: self.core,
            operation: turn(self.operation),
            options: self.options,
        }
    }

    /// Changes the operation for the next page of its list.
    pub(crate) fn turn(&mut self, target: Option<Url>, change: impl FnOnce(&mut O)) {
        change(&mut self.operation);
        self.options.target = target;
    }

    pub(crate) const fn core(&self) -> &'c Core {
        self.core
    }

    /// The operation.
    pub const fn operation(&self) -> &O {
        &self.operation
    }

    /// The operation, to be kept or called later.
    pub fn into_operation(self) -> O {
        self.operation
    }
}

impl<'c, O: Operation> Call<'c, O> {
    /// The pages of the list, each fetched when it is asked for.
    pub fn pages(self) -> Pages<'c, O>
    where
        O: Paginated,
    {
        Pages::new(self)
    }

    /// The items of all pages of the list.
    pub fn items(self) -> Items<'c, O>
    where
        O: Paginated,
    {
        self.pages().items()
    }

    /// Sends the call and decodes the answer. Dropping the future cancels it.
    ///
    /// # Errors
    /// Whatever [`Error`] lists.
    pub fn send(
        self,
    ) -> impl Future<Output = Result<Response<O::Success>, Error<O::Failure>>> + Send {
        // The request is written here and now: a future would carry the operation about, bodies and all.
        let asks_for_stream = self.operation.asks_for_stream();
        let exchange = self.start();
        async move {
            if asks_for_stream {
                return Err(Error::Request(RequestError::AsksForStream));
            }
            let reply = exchange.await.map_err(Fault::widen)?;
            finish::<O>(reply)
        }
    }

    /// Sends the call and gives whatever is answered: any status, the headers, and the body in memory, undecoded.
    /// Credentials, retries and limits are those of [`send`](Self::send).
    ///
    /// # Errors
    /// When nothing could be sent, no answer came, or the body is larger than the client accepts.
    pub fn raw(
        mut self,
    ) -> impl Future<Output = Result<Response<Bytes>, Error<Infallible>>> + Send {
        self.options.reading = Reading::Whole;
        let exchange = self.start();
        async move {
            let mut reply = exchange.await?;
            let body = std::mem::take(&mut reply.body);
            Ok(reply.respond(body))
        }
    }

    /// Sends the call and reads a success as another type than the document's: for a server whose answer is never what
    /// its document says. [`ReadAs`] lists the types: `read_as::<Vec<Pet>>()` is JSON, `read_as::<ItemStream<Pet>>()` is
    /// read item by item. Departures from that type are corrected and told like others, and failures are those of the
    /// document.
    ///
    /// # Errors
    /// Whatever [`Error`] lists.
    pub fn read_as<T: ReadAs>(
        mut self,
    ) -> impl Future<Output = Result<Response<T>, Error<O::Failure>>> + Send {
        self.options.reading = T::READING.0;
        let exchange = self.start();
        async move {
            let mut reply = exchange.await.map_err(Fault::widen)?;
            if !reply.is_success() {
                return Err(match O::decode(&mut reply) {
                    Ok(Err(failure)) => reply.into_api(failure),
                    Err(undecoded) => reply.refuse(undecoded).widen(),
                    Ok(Ok(_)) => Error::Undocumented(Box::new(reply.failed())),
                });
            }
            match T::read(&mut reply) {
                Ok(value) => {
                    reply.tell();
                    Ok(reply.respond(value))
                }
                Err(undecoded) => Err(reply.refuse(undecoded).widen()),
            }
        }
    }

    /// Sends the call and gives whatever is answered, with the body as it arrives, undecoded. Credentials, retries and
    /// limits on time are those of [`send`](Self::send); the size of the body is not limited.
    ///
    /// # Errors
    /// When nothing could be sent, or no answer came.
    pub fn raw_stream(
        mut self,
    ) -> impl Future<Output = Result<Response<Body>, Error<Infallible>>> + Send {
        self.options.reading = Reading::AsItComes;
        let exchange = self.start();
        async move {
            let mut reply = exchange.await?;
            let body = match reply.stream.take() {
                Some(body) => body,
                None => std::mem::take(&mut reply.body).into(),
            };
            Ok(reply.respond(body))
        }
    }

    /// All that needs the operation's type is done before anything is awaited: what is sent is the same for all.
    pub(crate) fn start(&self) -> send::Exchange<'c> {
        let spec = const { &O::SPEC };
        let mut check = Check::new();
        self.operation.validate(&mut check);
        let mut parts = RequestParts::new(spec);
        parts.deep_lists = self.core.inner().deep_lists;
        let written = self.operation.request(&mut parts);
        send::start(self.core, check, written.map(|()| parts), &self.options)
    }
}

/// `client.get_pet(7).await` is the same as `client.get_pet(7).send().await`, with one allocation more.
impl<'c, O: Operation + 'c> IntoFuture for Call<'c, O> {
    type Output = Result<Response<O::Success>, Error<O::Failure>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Decodes what came.
pub(crate) fn finish<O: Operation>(
    mut reply: Box<Reply>,
) -> Result<Response<O::Success>, Error<O::Failure>> {
    match O::decode(&mut reply) {
        Ok(Ok(success)) => {
            reply.tell();
            Ok(reply.respond(success))
        }
        Ok(Err(failure)) => Err(reply.into_api(failure)),
        Err(undecoded) => Err(reply.refuse(undecoded).widen()),
    }
}
