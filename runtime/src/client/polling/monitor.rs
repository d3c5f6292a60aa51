//! Following an answer that names another place to ask: `202 Accepted` with `Location`, and `Operation-Location`.

use std::marker::PhantomData;

use http::StatusCode;
use serde_json::Value;
use url::Url;

use super::error::Elsewhere;
use super::interval::Intervals;
use super::{Polling, WaitError, Waited};
use crate::client::call::{self, Call};
use crate::client::error::{Error, Failed, Fault};
use crate::client::method::Method;
use crate::client::operation::{Operation, OperationSpec};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Decoded, Reply};
use crate::client::retry;

/// The headers that name a place to ask how far an operation is: its answers say so in a member `status`.
const STATUS: [&str; 2] = ["operation-location", "azure-asyncoperation"];

impl<O: Operation> Call<'_, O> {
    /// Sends the call, and where the answer says that the work goes on (`202 Accepted` with `Location`, or
    /// `Operation-Location`), asks there until it has ended. Yields the last answer: the operation's own result.
    ///
    /// Credentials are those of the operation, and the place must be of the same origin.
    ///
    /// # Errors
    /// When the work ends in failure, or not in time, or a call fails.
    pub async fn send_and_wait(self, polling: Polling) -> Waited<O, Failed> {
        let clock = self.core().clock().clone();
        let first = self.start().await.map_err(Fault::widen)?;
        let Some(place) = Place::of(&first, is_read(O::SPEC.method))? else {
            return Ok(call::finish::<O>(first)?);
        };
        let mut intervals = Intervals::new(polling, clock.now());
        let mut asked = retry::after(&first.headers, || clock.wall());
        let mut last = first;
        loop {
            match intervals.next(asked, clock.now()) {
                Some(time) => clock.pause(time).await,
                None => return Err(WaitError::TooLong(Box::new(last.failed()))),
            }
            let reply = self.ask(&place.url).await?;
            asked = retry::after(&reply.headers, || clock.wall());
            match place.state(&reply) {
                State::Running => last = reply,
                State::Failed => return Err(WaitError::Failed(Box::new(reply.failed()))),
                State::Ended => {
                    let result = match place.result(&reply)? {
                        Some(url) => self.ask(&url).await?,
                        None => reply,
                    };
                    return Ok(call::finish::<O>(result)?);
                }
            }
        }
    }

    /// Asks a place with the credentials of the operation.
    async fn ask(&self, url: &Url) -> Result<Box<Reply>, Error<O::Failure>> {
        let ask = self.core().call(Ask::<O>(PhantomData)).at(url.clone());
        let mut reply = ask.start().await.map_err(Fault::widen)?;
        reply.spec = const { &O::SPEC };
        Ok(reply)
    }
}

/// A question at a place that a server has named.
struct Ask<O>(PhantomData<fn() -> O>);

impl<O: Operation> Operation for Ask<O> {
    type Success = Value;
    type Failure = O::Failure;

    const SPEC: OperationSpec = OperationSpec {
        method: Method::GET,
        path: "/",
        idempotency: crate::client::operation::Idempotency::Method,
        ..O::SPEC
    };

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.json().map(Ok)
    }
}

const fn is_read(method: Method) -> bool {
    matches!(method.as_str().as_bytes(), b"GET" | b"HEAD")
}

/// The place to ask.
struct Place {
    url: Url,
    /// Its answers tell how far the work is, and are not its result.
    tells: bool,
    /// Where the result is, as far as the first answer says.
    result: Option<Url>,
}

/// The state of the work.
enum State {
    Running,
    Failed,
    Ended,
}

impl Place {
    /// The place that an answer names; none where it is the result itself.
    fn of(reply: &Reply, is_read: bool) -> Result<Option<Self>, Elsewhere> {
        if !reply.status.is_success() || is_read {
            return Ok(None);
        }
        let location = of_header(reply, "location")?;
        let mut named = STATUS.iter();
        let status = named.find_map(|name| of_header(reply, name).transpose());
        if let Some(url) = status.transpose()? {
            let own = Url::parse(&reply.uri.to_string()).ok();
            let is_put = matches!(reply.spec.method.as_str(), "PUT" | "PATCH");
            return Ok(Some(Self {
                url,
                tells: true,
                result: location.or(own.filter(|_| is_put)),
            }));
        }
        let accepted = reply.status == StatusCode::ACCEPTED;
        Ok(location.filter(|_| accepted).map(|url| Self {
            url,
            tells: false,
            result: None,
        }))
    }

    fn state(&self, reply: &Reply) -> State {
        if !reply.status.is_success() {
            return State::Ended;
        }
        if !self.tells {
            return match reply.status {
                StatusCode::ACCEPTED => State::Running,
                _ => State::Ended,
            };
        }
        let body: Option<Value> = crate::json::from_slice(&reply.body).ok();
        let status = body.as_ref().and_then(|body| body.get("status"));
        let status = status.and_then(Value::as_str).unwrap_or_default();
        match status.to_ascii_lowercase().as_str() {
            "succeeded" => State::Ended,
            "failed" | "canceled" | "cancelled" => State::Failed,
            // Whatever else it says, it has not ended: the three words above are all that end it.
            _ => State::Running,
        }
    }

    /// Where the result is; none where it is the answer itself.
    fn result(&self, reply: &Reply) -> Result<Option<Url>, Elsewhere> {
        if !self.tells || !reply.status.is_success() {
            return Ok(None);
        }
        let body: Option<Value> = crate::json::from_slice(&reply.body).ok();
        let named = body.as_ref().and_then(|body| body.get("resourceLocation"));
        match named.and_then(Value::as_str) {
            Some(text) => same_origin(reply, text).map(Some),
            None => Ok(self.result.clone()),
        }
    }
}

fn of_header(reply: &Reply, name: &str) -> Result<Option<Url>, Elsewhere> {
    let text = reply
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok());
    text.map(|text| same_origin(reply, text)).transpose()
}

/// A URL that a server has named. Credentials go with the question, so it must be of the same origin.
fn same_origin(reply: &Reply, text: &str) -> Result<Url, Elsewhere> {
    let here = Url::parse(&reply.uri.to_string()).ok();
    let found = here.and_then(|here| {
        let url = here.join(text.trim()).ok()?;
        (url.origin() == here.origin()).then_some(url)
    });
    found.ok_or_else(|| Elsewhere(text.to_owned()))
}
