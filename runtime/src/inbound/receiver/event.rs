//! Events: one, and all of an API.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};

use super::super::answer::Side;
use super::super::{Answer, Fault, Inbound};
use crate::Check;
use crate::client::{Body, Operation, OperationSpec};

/// An event that a server sends by itself. Generated.
pub trait Receive: Operation<Success: 'static, Failure: 'static> + Sized {
    /// Reads the event from a request. None where the request is not as documented; `request` has noted why.
    fn receive(request: &mut Inbound) -> Option<Self>;

    /// Writes an answer.
    fn answer(outcome: Result<Self::Success, Self::Failure>, answer: &mut Answer);

    /// The response that gives a documented answer back.
    ///
    /// # Errors
    /// The answer can't be written as the API description has it.
    fn reply(
        outcome: Result<Self::Success, Self::Failure>,
    ) -> Result<http::Response<Body>, Undescribed> {
        respond::<Self>(outcome, None)
    }

    /// The response that gives a documented answer back, with one of the statuses that the answer may have: where the
    /// document has `2XX` or `default`.
    ///
    /// # Errors
    /// The answer can't be written as the API description has it, or has another status there.
    fn reply_with_status(
        status: u16,
        outcome: Result<Self::Success, Self::Failure>,
    ) -> Result<http::Response<Body>, Undescribed> {
        respond::<Self>(outcome, Some(status))
    }
}

fn respond<O: Receive>(
    outcome: Result<O::Success, O::Failure>,
    status: Option<u16>,
) -> Result<http::Response<Body>, Undescribed> {
    let side = match &outcome {
        Ok(_) => Side::Success,
        Err(_) => Side::Failure,
    };
    let mut answer = Answer::new(const { &O::SPEC }.responses, side, status);
    O::answer(outcome, &mut answer);
    answer.finish().map_err(Undescribed)
}

/// An answer that the API description does not have, and the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undescribed(Vec<String>);

impl fmt::Display for Undescribed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer is not described: {}", self.0.join("; "))
    }
}

impl std::error::Error for Undescribed {}

/// All events of one kind that an API has. Generated.
pub trait Events: Sized + Send + 'static {
    /// The events, in the document's order.
    const EVENTS: &'static [EventSpec];

    /// Reads one of them, by its position.
    fn receive(at: usize, request: &mut Inbound) -> Option<Self>;

    /// Keeps a request that is none of them.
    fn unknown(event: UnknownEvent) -> Self;
}

impl Inbound {
    /// Reads an event, and checks it against the document's constraints.
    pub fn event<O: Receive>(&mut self) -> Option<O> {
        let event = O::receive(self)?;
        let mut check = Check::new();
        event.validate(&mut check);
        match check.finish() {
            Ok(()) => Some(event),
            Err(violations) => {
                self.refuse(Fault::Constraints(violations));
                None
            }
        }
    }
}

/// A request that is none of the events of an API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEvent {
    /// Its method.
    pub method: Method,
    /// Where it was sent.
    pub uri: Uri,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// The document's description of an event.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct EventSpec {
    /// Its name: the key of the webhook or of the callback.
    pub name: &'static str,
    /// The kind.
    pub kind: EventKind,
    /// The request: its path is what follows the receiver's own URL.
    pub operation: &'static OperationSpec,
    /// The marks that tell it from other events.
    pub marks: &'static [Mark],
}

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Sent to a URL that the server was told by other means.
    Webhook,
    /// Sent to a URL that an operation tells the server.
    Callback,
}

/// A value that an event always has in one place, so that it can be told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A member of the body.
    Member(&'static str, &'static [&'static str]),
    /// A header.
    Header(&'static str, &'static [&'static str]),
    /// A parameter of the query.
    Query(&'static str, &'static [&'static str]),
}

impl EventSpec {
    /// A webhook.
    pub const fn webhook<O: Receive>(name: &'static str) -> Self {
        Self::new::<O>(name, EventKind::Webhook)
    }

    /// A callback.
    pub const fn callback<O: Receive>(name: &'static str) -> Self {
        Self::new::<O>(name, EventKind::Callback)
    }

    const fn new<O: Receive>(name: &'static str, kind: EventKind) -> Self {
        Self {
            name,
            kind,
            operation: const { &O::SPEC },
            marks: &[],
        }
    }

    /// Sets what tells it from other events.
    #[must_use]
    pub const fn marks(mut self, marks: &'static [Mark]) -> Self {
        self.marks = marks;
        self
    }

    /// Whether it has a name, where one is wanted.
    pub(super) fn is_called(&self, name: Option<&str>) -> bool {
        name.is_none_or(|name| name == self.name)
    }
}
