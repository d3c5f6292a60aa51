//! Layers in front of the transport, and spans.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use countersign_runtime::{Body, TransportService};
use tower_layer::Layer;
use tower_service::Service;

use crate::sample::*;
use crate::support::{Hurried, Server as Loopback, json, response};

/// Adds a header and counts.
#[derive(Clone)]
struct Stamp(&'static str, Arc<AtomicU32>);

#[derive(Clone)]
struct Stamped(Stamp, TransportService);

impl Layer<TransportService> for Stamp {
    type Service = Stamped;

    fn layer(&self, inner: TransportService) -> Stamped {
        Stamped(self.clone(), inner)
    }
}

impl Service<http::Request<Body>> for Stamped {
    type Response = http::Response<Body>;
    type Error = <TransportService as Service<http::Request<Body>>>::Error;
    type Future = <TransportService as Service<http::Request<Body>>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.1.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        self.0.1.fetch_add(1, Ordering::Relaxed);
        request
            .headers_mut()
            .append("x-stamp", self.0.0.parse().unwrap());
        self.1.call(request)
    }
}

#[tokio::test]
async fn layers_see_each_attempt_in_the_order_given() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", r#"{"id":1,"name":"a"}"#),
    })
    .await;
    let count = Arc::new(AtomicU32::new(0));
    let builder = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default());
    let builder = builder
        .layer(Stamp("outer", count.clone()))
        .layer(Stamp("inner", count.clone()));
    builder
        .build()
        .unwrap()
        .get_server("1")
        .send()
        .await
        .unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 4);
    let seen = &server.seen()[1];
    let stamps: Vec<_> = seen
        .headers
        .iter()
        .filter(|(name, _)| name == "x-stamp")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(stamps, ["outer", "inner"]);
}

/// Writes every span and event down.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

struct Line<'a>(&'a mut String);

impl tracing::field::Visit for Line<'_> {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl tracing::Subscriber for Recorder {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("countersign")
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        let mut line = "span".to_owned();
        span.record(&mut Line(&mut line));
        let mut lines = self.0.lock().unwrap();
        lines.push(line);
        tracing::span::Id::from_u64(lines.len() as u64)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        let mut line = "record".to_owned();
        values.record(&mut Line(&mut line));
        self.0.lock().unwrap().push(line);
    }

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = "event".to_owned();
        event.record(&mut Line(&mut line));
        self.0.lock().unwrap().push(line);
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn spans_follow_the_conventions_and_hold_no_secret() {
    let recorder = Recorder::default();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", r#"{"id":1,"name":"a"}"#),
    })
    .await;
    let builder = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default());
    let credential = countersign_runtime::Credential::new(security::QUERY, "hunter2");
    builder
        .credential(credential)
        .build()
        .unwrap()
        .get_server("pers0nal")
        .send()
        .await
        .unwrap();
    let lines = recorder.0.lock().unwrap().clone();
    let text = lines.join("\n");
    for part in [
        "otel.name=GET /servers/{id}",
        r#"otel.kind="client""#,
        r#"http.request.method="GET""#,
        r#"url.template="/servers/{id}""#,
        r#"server.address="127.0.0.1""#,
        "http.response.status_code=503",
        "http.request.resend_count=1",
        "http.response.status_code=200",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(
        !text.contains("hunter2") && !text.contains("pers0nal"),
        "{text}"
    );
}
