//! Hooks for operators.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_runtime::{Attempt, Method, TransportErrorKind};
use http::{HeaderValue, StatusCode};

use crate::sample::*;
use crate::support::{Hurried, Server as Loopback, json, response};

const SERVER: &str = r#"{"id":1,"name":"a"}"#;

#[tokio::test]
async fn each_attempt_has_its_headers_and_is_told() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", SERVER),
    })
    .await;
    let told: Arc<Mutex<Vec<Attempt>>> = Arc::default();
    let (hook, count) = (Arc::clone(&told), AtomicUsize::new(0));
    let client = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
        .inject(move |headers| {
            let span = count.fetch_add(1, Ordering::Relaxed);
            let text = format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333{span}-01");
            headers.insert("traceparent", HeaderValue::from_str(&text).unwrap());
        })
        .on_attempt(move |attempt| hook.lock().unwrap().push(*attempt))
        .build()
        .unwrap();
    client.get_server("1").send().await.unwrap();
    let seen = server.seen();
    for (at, seen) in seen.iter().enumerate() {
        let parent = seen.header("traceparent").unwrap();
        assert!(parent.ends_with(&format!("333{at}-01")), "{parent}");
    }
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 2);
    let outcomes: Vec<_> = told.iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(
        outcomes,
        [Ok(StatusCode::SERVICE_UNAVAILABLE), Ok(StatusCode::OK)]
    );
    assert_eq!((told[1].number, told[1].method), (2, Method::GET));
    assert_eq!(
        (told[1].operation, told[1].template),
        ("GetServer", "/servers/{id}")
    );
    assert!(told[1].duration < Duration::from_secs(60));
}

#[tokio::test]
async fn a_failure_is_told_by_its_kind() {
    let told: Arc<Mutex<Vec<Attempt>>> = Arc::default();
    let hook = Arc::clone(&told);
    // Nobody listens there: the port was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let client = Client::builder()
        .base_url(format!("http://127.0.0.1:{port}"))
        .retry(countersign_runtime::Retry::off())
        .on_attempt(move |attempt| hook.lock().unwrap().push(*attempt))
        .build()
        .unwrap();
    client.get_server("1").send().await.unwrap_err();
    let outcomes: Vec<_> = told
        .lock()
        .unwrap()
        .iter()
        .map(|attempt| attempt.outcome)
        .collect();
    assert_eq!(outcomes, [Err(TransportErrorKind::Connect)]);
}
