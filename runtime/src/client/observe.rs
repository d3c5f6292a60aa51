//! Hooks for operators: the context of a trace in the headers of each attempt, and figures of each attempt.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::error::TransportErrorKind;
use super::method::Method;
use super::operation::OperationSpec;

/// An attempt that has ended: a call that is tried again has several.
///
/// Its members are what metrics of HTTP clients are told apart by in OpenTelemetry's conventions. Nothing of a URL but the
/// operation's template is in them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Attempt {
    /// The Rust name of the operation.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The path as the document has it, with parameters in braces.
    pub template: &'static str,
    /// Its number among those of the call, from 1.
    pub number: u32,
    /// The time from the request to the whole answer; of a body that is handed over unread, to its headers.
    pub duration: Duration,
    /// The status, or the kind of the failure where no answer came.
    pub outcome: Result<StatusCode, TransportErrorKind>,
}

impl Attempt {
    pub(crate) const fn new(
        spec: &OperationSpec,
        number: u32,
        duration: Duration,
        outcome: Result<StatusCode, TransportErrorKind>,
    ) -> Self {
        Self {
            operation: spec.name,
            method: spec.method,
            template: spec.path,
            number,
            duration,
            outcome,
        }
    }
}

/// Adds headers to an attempt.
type Inject = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// Is told of an attempt.
type Hook = Arc<dyn Fn(&Attempt) + Send + Sync>;

/// The hooks of a client.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    pub(crate) inject: Option<Inject>,
    pub(crate) attempt: Option<Hook>,
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observers")
            .field("inject", &self.inject.is_some())
            .field("attempt", &self.attempt.is_some())
            .finish()
    }
}
