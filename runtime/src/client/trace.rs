//! Spans, by OpenTelemetry's conventions for HTTP clients: one for each attempt. Nothing of a URL but its origin and
//! the operation's template is in them, and no header.

#[cfg(feature = "tracing")]
use std::future::poll_fn;
use std::pin::Pin;

use http::Uri;

use super::error::TransportError;
use super::operation::OperationSpec;

/// The span of an attempt.
#[cfg(feature = "tracing")]
pub(crate) struct Span(tracing::Span);

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn new(spec: &OperationSpec, uri: &Uri, attempt: u32) -> Self {
        let resend = attempt.checked_sub(1).filter(|count| *count > 0);
        let port = uri
            .port_u16()
            .unwrap_or(if uri.scheme_str() == Some("http") {
                80
            } else {
                443
            });
        Self(tracing::debug_span!(
            "HTTP",
            otel.name = format_args!("{} {}", spec.method, spec.path),
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            operation = spec.name,
            http.request.method = spec.method.as_str(),
            http.request.resend_count = resend,
            http.response.status_code = tracing::field::Empty,
            url.template = spec.path,
            url.scheme = uri.scheme_str(),
            server.address = uri.host(),
            server.port = port,
            error.type = tracing::field::Empty,
        ))
    }

    pub(crate) fn answered(&self, status: u16) {
        self.0.record("http.response.status_code", status);
        if status >= 400 {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("error.type", status);
        }
    }

    pub(crate) fn failed(&self, error: &TransportError) {
        self.0.record("otel.status_code", "ERROR");
        self.0
            .record("error.type", tracing::field::debug(error.kind()));
    }

    /// Does something inside the span.
    pub(crate) fn entered<R>(&self, act: impl FnOnce() -> R) -> R {
        self.0.in_scope(act)
    }

    pub(crate) async fn around<F: Future>(&self, mut future: Pin<&mut F>) -> F::Output {
        poll_fn(|cx| self.0.in_scope(|| future.as_mut().poll(cx))).await
    }
}

/// Says that a call is tried again.
#[cfg(feature = "tracing")]
pub(crate) fn retry(spec: &OperationSpec, attempt: u32, delay: std::time::Duration) {
    tracing::debug!(operation = spec.name, attempt, ?delay, "trying again");
}

/// Says that an answer departs from its document.
#[cfg(feature = "tracing")]
pub(crate) fn departure(departure: &crate::tolerance::Departure) {
    tracing::warn!(
        operation = departure.operation(),
        http.response.status_code = departure.status(),
        document = departure.document(),
        path = departure.path(),
        expected = departure.expected(),
        found = departure.found().name(),
        correction = departure
            .correction()
            .map(crate::tolerance::Correction::name),
        "the answer departs from its document"
    );
}

/// Without the feature there is nothing to it.
#[cfg(not(feature = "tracing"))]
pub(crate) struct Span;

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(crate) const fn new(_: &OperationSpec, _: &Uri, _: u32) -> Self {
        Self
    }

    pub(crate) const fn answered(&self, _: u16) {}

    pub(crate) const fn failed(&self, _: &TransportError) {}

    pub(crate) fn entered<R>(&self, act: impl FnOnce() -> R) -> R {
        act()
    }

    pub(crate) async fn around<F: Future>(&self, future: Pin<&mut F>) -> F::Output {
        future.await
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) const fn departure(_: &crate::tolerance::Departure) {}

#[cfg(not(feature = "tracing"))]
pub(crate) const fn retry(_: &OperationSpec, _: u32, _: std::time::Duration) {}
