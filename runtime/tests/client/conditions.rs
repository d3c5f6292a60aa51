//! Versions, limits that servers tell, and many calls at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use countersign_runtime::{ETag, Reset, buffered};

use crate::sample::*;
use crate::support::{Server as Loopback, Step, json, response};

fn client(server: &Loopback) -> Client {
    Client::builder().base_url(&server.url).build().unwrap()
}

const SERVER: &str = r#"{"id":1,"name":"a"}"#;

#[tokio::test]
async fn what_was_not_modified_is_not_sent_again() {
    let server = Loopback::start(|seen| {
        let headers = [("Content-Type", "application/json"), ("ETag", "\"v2\"")];
        match seen.header("if-none-match") {
            Some("\"v2\"") => response("304 Not Modified", &headers[1..], ""),
            _ => response("200 OK", &headers, SERVER),
        }
    })
    .await;
    let client = client(&server);
    let first = client.get_server("1").send().await.unwrap();
    let version = first.etag().unwrap();
    assert_eq!(version, ETag::strong("v2").unwrap());
    let again = client.get_server("1").if_none_match(&version);
    assert!(again.send_if_modified().await.unwrap().is_none());
    let error = client.get_server("1").if_none_match(&version).send().await;
    assert!(error.unwrap_err().is_not_modified());
    let old = ETag::weak("v1").unwrap();
    let other = client.get_server("1").if_none_match(&old);
    assert_eq!(other.send_if_modified().await.unwrap().unwrap().id, 1);
    assert_eq!(server.seen()[3].header("if-none-match"), Some("W/\"v1\""));
}

#[tokio::test]
async fn another_version_is_left_alone() {
    let server = Loopback::start(|seen| {
        let is_held = seen.header("if-match") == Some("\"v1\"");
        let is_new = seen.header("if-none-match") == Some("*");
        match is_held || is_new {
            true => json("200 OK", SERVER),
            false => json("412 Precondition Failed", "{}"),
        }
    })
    .await;
    let client = client(&server);
    let call = |version| {
        client
            .get_server("1")
            .if_match(&ETag::strong(version).unwrap())
    };
    assert!(call("v1").send().await.is_ok());
    assert!(call("v2").send().await.unwrap_err().is_of_another_version());
    assert!(client.get_server("1").if_absent().send().await.is_ok());
}

#[tokio::test]
async fn limits_are_read_of_answers_and_errors() {
    let server = Loopback::start(|seen| {
        let headers = [
            ("Content-Type", "application/json"),
            ("RateLimit", r#""a";r=0;t=7"#),
            ("RateLimit-Policy", r#""a";q=9;w=60"#),
        ];
        match seen.number {
            0 => response("200 OK", &headers, SERVER),
            _ => response("429 Too Many Requests", &headers, "{}"),
        }
    })
    .await;
    let retry = countersign_runtime::Retry::off();
    let client = Client::builder()
        .base_url(&server.url)
        .retry(retry)
        .build()
        .unwrap();
    let answered = client.get_server("1").send().await.unwrap().rate_limit();
    let refused = client
        .get_server("1")
        .send()
        .await
        .unwrap_err()
        .rate_limit();
    assert_eq!(answered, refused);
    let limit = answered.unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(9), Some(0)));
    assert_eq!(limit.reset, Some(Reset::After(Duration::from_secs(7))));
}

/// A server that answers after a while, and the most requests that it had at once.
async fn slow() -> (Loopback, Arc<AtomicUsize>) {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let seen_most = Arc::clone(&most);
    let server = Loopback::start(move |_| {
        let here = now.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(here, Ordering::SeqCst);
        let now = Arc::clone(&now);
        // The answer is on its way after the wait: count the request as ended then.
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(25)).await;
            now.fetch_sub(1, Ordering::SeqCst);
        });
        let mut steps = vec![Step::Wait(Duration::from_millis(30))];
        steps.extend(json("200 OK", SERVER));
        steps
    })
    .await;
    (server, seen_most)
}

#[tokio::test]
async fn some_of_many_calls_run_at_a_time() {
    let (server, most) = slow().await;
    let client = client(&server);
    let calls = (0..9).map(|id| client.get_server(id.to_string()).send());
    let answers = buffered(3, calls).collect().await;
    assert_eq!(answers.len(), 9);
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(most.load(Ordering::SeqCst), 3);
    let lines: Vec<String> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    assert_eq!(lines.len(), 9);
}

#[tokio::test]
async fn a_client_has_no_more_requests_under_way_than_it_may() {
    let (server, most) = slow().await;
    let client = Client::builder()
        .base_url(&server.url)
        .max_concurrent_requests(2);
    let client = client.build().unwrap();
    let calls = (0..8).map(|id| client.get_server(id.to_string()).send());
    let answers = buffered(8, calls).collect().await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(most.load(Ordering::SeqCst), 2);
}
