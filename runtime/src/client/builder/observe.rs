//! Options for operators.

use std::sync::Arc;

use http::HeaderMap;

use super::Builder;
use crate::client::core::Core;
use crate::client::observe::Attempt;

impl<C: From<Core>> Builder<C> {
    /// Adds headers to each attempt, as it is sent: `traceparent`, say, by a propagator of OpenTelemetry. With the feature
    /// `tracing` it is called in the span of the attempt. It must not wait.
    ///
    /// Credentials and signatures are in place by then, and signatures do not cover what is added.
    pub fn inject(mut self, inject: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        self.observers.inject = Some(Arc::new(inject));
        self
    }

    /// A hook that is told of each attempt that has ended, for metrics. It is called before the call goes on, so it must not
    /// wait. A call that is cancelled has no end.
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.observers.attempt = Some(Arc::new(hook));
        self
    }
}
