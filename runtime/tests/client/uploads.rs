//! Bodies that are sent as streams.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use countersign_runtime::{Body, BoxFuture, FilePart, Stall, Timeouts};
use futures_core::Stream;

use crate::sample::*;
use crate::support::{Hurried, Server as Loopback, Step, response};

/// Yields so many chunks, each after a pause.
struct Drip {
    left: u32,
    pause: Duration,
    sleep: BoxFuture<'static, ()>,
}

fn drip(left: u32, pause: Duration) -> Body {
    Body::from_stream(Drip {
        left,
        pause,
        sleep: Box::pin(tokio::time::sleep(pause)),
    })
}

impl Stream for Drip {
    type Item = Result<&'static [u8], std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        std::task::ready!(self.sleep.as_mut().poll(cx));
        self.left -= 1;
        self.sleep = Box::pin(tokio::time::sleep(self.pause));
        Poll::Ready(Some(Ok(b"chunk")))
    }
}

fn client(server: &Loopback, timeouts: Timeouts) -> Client {
    Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
        .timeouts(timeouts)
        .build()
        .unwrap()
}

fn upload(body: Body) -> UploadFile {
    UploadFile {
        name: "f".into(),
        file: FilePart::new(body),
        note: None,
    }
}

fn tight() -> Timeouts {
    let stall = Stall {
        rate: 1,
        period: Duration::from_millis(200),
    };
    Timeouts::new()
        .attempt(Duration::from_millis(150))
        .operation(Duration::from_millis(150))
        .stall(Some(stall))
}

#[tokio::test]
async fn a_long_upload_outlives_the_limit_on_attempts() {
    let server = Loopback::start(|_| response("204 No Content", &[], "")).await;
    let sent = client(&server, tight())
        .call(upload(drip(10, Duration::from_millis(30))))
        .send()
        .await;
    sent.unwrap();
    assert_eq!(server.seen()[0].text().matches("chunk").count(), 10);
    assert_eq!(
        server.seen()[0].header("transfer-encoding"),
        Some("chunked")
    );
}

#[tokio::test]
async fn an_upload_that_stands_still_is_given_up() {
    let server = Loopback::start(|_| response("204 No Content", &[], "")).await;
    let started = Instant::now();
    let error = client(&server, tight())
        .call(upload(drip(2, Duration::from_secs(60))))
        .send()
        .await
        .unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(error.to_string(), "UploadFile: the body came too slowly");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn the_answer_to_an_upload_has_a_limit() {
    let server = Loopback::start(|_| vec![Step::Hang]).await;
    let error = client(&server, tight())
        .call(upload(drip(1, Duration::from_millis(1))))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout());
}

#[tokio::test]
async fn a_stream_is_sent_once_and_a_source_again() {
    let server = Loopback::start(|_| response("503 Service Unavailable", &[], "")).await;
    let client = client(&server, Timeouts::new());
    let error = client
        .call(upload(drip(1, Duration::from_millis(1))))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    let source = Body::from_source(|| Body::from("abc"));
    let error = client.call(upload(source)).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(
        server
            .seen()
            .iter()
            .skip(1)
            .all(|seen| seen.text().contains("abc"))
    );
}
