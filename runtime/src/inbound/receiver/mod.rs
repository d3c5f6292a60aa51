//! Receivers of what a server sends by itself: webhooks, and callbacks of operations.
//!
//! A generated crate has an enum of its webhooks and one of its callbacks, which are [`Events`]. A [`Receiver`] checks
//! who sent a request, finds the event that it is, and reads it as the API description has it:
//!
//! ```text
//! let receiver = Receiver::<Webhook>::new().verify(Webhook::new("whsec_..")?);
//! let arrival = receiver.receive(request)?;
//! match arrival.event {
//!     Webhook::PetAdded(added) => store(added.body),
//!     Webhook::Unknown(unknown) => log(unknown.method),
//!     ..
//! }
//! ```

#[cfg(feature = "axum")]
mod axum;
mod event;
mod find;
mod serve;
mod verify;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use http::request::Parts as Head;

use super::{Fault, Inbound};
use crate::client::Body;

pub use self::event::{EventKind, EventSpec, Events, Mark, Receive, Undescribed, UnknownEvent};
pub use self::serve::Receiving;
pub use self::verify::{NotVerified, Verify};

/// The longest body that a receiver reads unless it is told otherwise.
const BODY_LIMIT: usize = 1 << 20;

/// Receives the events of an API: see [the module](super).
pub struct Receiver<E> {
    hooks: Vec<Arc<dyn Verify>>,
    body_limit: usize,
    events: PhantomData<fn() -> E>,
}

/// An event that has been received.
#[derive(Clone, Debug)]
pub struct Arrival<E> {
    /// The event.
    pub event: E,
    /// The request's line and headers.
    pub head: Head,
    /// The body, as it was sent.
    pub body: Bytes,
}

/// Why a request was not received.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// A hook does not know the sender. Answer 401.
    NotVerified(NotVerified),
    /// The body is longer than the receiver reads. Answer 413.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body ended early. Answer 400.
    Cut,
    /// The event is not as the API description says. Answer 400.
    Invalid {
        /// The name of the event.
        name: &'static str,
        /// Everything that is wrong.
        faults: Vec<Fault>,
    },
}

impl<E> Clone for Receiver<E> {
    fn clone(&self) -> Self {
        Self {
            hooks: self.hooks.clone(),
            ..*self
        }
    }
}

impl<E: Events> Default for Receiver<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Events> Receiver<E> {
    /// A receiver that trusts every sender.
    pub fn new() -> Self {
        Self {
            hooks: Vec::new(),
            body_limit: BODY_LIMIT,
            events: PhantomData,
        }
    }

    /// Adds a check of the sender. It is given the headers and the raw body before anything is read of them. All checks
    /// must agree.
    #[must_use]
    pub fn verify(mut self, hook: impl Verify + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Sets the longest body that is read, in bytes. It is 1 MiB otherwise.
    #[must_use]
    pub const fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Receives a request as the event that its method, path, headers and body say. What is none of them is
    /// [`Events::unknown`].
    ///
    /// # Errors
    /// The sender is not known, or the event is not as the API description says.
    pub fn receive(&self, request: http::Request<Bytes>) -> Result<Arrival<E>, Refused> {
        self.read(request, |spec| spec.is_called(None))
    }

    /// Receives a request as an event of this name: the key of a webhook, or of a callback. Where several events look
    /// alike, each has a URL of its own, and the URL tells the name.
    ///
    /// # Errors
    /// The sender is not known, or the event is not as the API description says.
    pub fn receive_named(
        &self,
        name: &str,
        request: http::Request<Bytes>,
    ) -> Result<Arrival<E>, Refused> {
        self.read(request, |spec| spec.is_called(Some(name)))
    }

    fn read(
        &self,
        request: http::Request<Bytes>,
        is_called: impl Fn(&EventSpec) -> bool,
    ) -> Result<Arrival<E>, Refused> {
        let (head, body) = request.into_parts();
        self.admit(&head, &body)?;
        let mut refused = None;
        for found in find::candidates(E::EVENTS, &head, &body, is_called) {
            let mut inbound = Inbound::new(head.clone(), found.path, body.clone());
            // A URL of the receiver may have a query of its own.
            inbound.any_query();
            let event = E::receive(found.at, &mut inbound);
            let (_, faults) = inbound.finish();
            match event {
                Some(event) if faults.is_empty() => return Ok(Arrival { event, head, body }),
                _ if refused.is_none() => {
                    let name = found.name;
                    refused = Some(Refused::Invalid { name, faults });
                }
                _ => {}
            }
        }
        if let Some(refused) = refused {
            return Err(refused);
        }
        let event = E::unknown(UnknownEvent {
            method: head.method.clone(),
            uri: head.uri.clone(),
            headers: head.headers.clone(),
            body: body.clone(),
        });
        Ok(Arrival { event, head, body })
    }

    fn admit(&self, head: &Head, body: &Bytes) -> Result<(), Refused> {
        if body.len() > self.body_limit {
            let limit = self.body_limit;
            return Err(Refused::TooLarge { limit });
        }
        let mut hooks = self.hooks.iter();
        hooks
            .try_for_each(|hook| hook.verify(head, body))
            .map_err(Refused::NotVerified)
    }
}

impl Refused {
    /// The status to answer with.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotVerified(_) => StatusCode::UNAUTHORIZED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Cut | Self::Invalid { .. } => StatusCode::BAD_REQUEST,
        }
    }

    /// An answer of that status, without a body: what is wrong is for this side's log.
    pub fn answer(&self) -> http::Response<Body> {
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = self.status();
        response
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotVerified(_) => f.write_str("the sender is not known"),
            Self::TooLarge { limit } => write!(f, "the body is longer than {limit} bytes"),
            Self::Cut => f.write_str("the body ended early"),
            Self::Invalid { name, faults } => {
                write!(f, "`{name}` is not as the API description says")?;
                for (at, fault) in faults.iter().enumerate() {
                    write!(f, "{} {fault}", if at == 0 { ":" } else { ";" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotVerified(why) => Some(why),
            _ => None,
        }
    }
}

impl<E> fmt::Debug for Receiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("hooks", &self.hooks.len())
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
