//! Spans of attempts.
//!
//! The test has a program of its own: where another thread without a subscriber reaches a span first, tracing switches
//! it off for the whole process (`findings/tracing-callsite.sh`).
#![cfg(all(feature = "hyper", feature = "tracing"))]

#[path = "../sample/mod.rs"]
mod sample;
#[path = "../support/mod.rs"]
mod support;

use std::sync::{Arc, Mutex};

use sample::*;
use support::{Hurried, Server as Loopback, json, response};

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
