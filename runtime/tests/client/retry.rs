//! When a call is sent again, and when not.

use std::time::{Duration, SystemTime};

use countersign_runtime::{Error, Retry, Timeouts};

use crate::sample::*;
use crate::support::{Hurried, Server as Loopback, Step, json, response};

const OK: &str = r#"{"id":1,"name":"a"}"#;

fn client(server: &Loopback, clock: &Hurried) -> Client {
    let builder = Client::builder().base_url(&server.url).clock(clock.clone());
    builder
        .credential(security::bearer("t0ken-t0ken"))
        .build()
        .unwrap()
}

fn new_server() -> NewServer {
    NewServer {
        name: "radius".into(),
        shared_secret: None,
    }
}

fn milliseconds(clock: &Hurried) -> Vec<u128> {
    clock.pauses().iter().map(Duration::as_millis).collect()
}

#[tokio::test]
async fn reading_is_repeated_with_growing_delays() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        1 => vec![Step::Reset],
        _ => json("200 OK", OK),
    })
    .await;
    let clock = Hurried::default();
    let got = client(&server, &clock)
        .get_server("1")
        .send()
        .await
        .unwrap();
    assert_eq!(got.attempts(), 3);
    assert_eq!(milliseconds(&clock), [200, 400]);
}

#[tokio::test]
async fn there_are_three_attempts_unless_the_caller_says_otherwise() {
    let server = Loopback::start(|_| response("502 Bad Gateway", &[], "")).await;
    let clock = Hurried::default();
    let client = client(&server, &clock);
    let error = client.get_server("1").send().await.unwrap_err();
    assert_eq!(
        (error.attempts(), error.status().unwrap().as_u16()),
        (3, 502)
    );
    assert!(error.is_retryable());
    let error = client
        .get_server("1")
        .retry(Retry::off())
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    let error = client
        .get_server("1")
        .retry(Retry::new().max_attempts(5))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 5);
}

#[tokio::test]
async fn writing_is_not_repeated_unless_marked() {
    let server = Loopback::start(|_| response("503 Service Unavailable", &[], "")).await;
    let clock = Hurried::default();
    let client = client(&server, &clock);
    let error = client.create_server(new_server()).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let error = client
        .create_server(new_server())
        .retry(Retry::new().any_method())
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(client.call(Apply).send().await.unwrap_err().attempts(), 3);
    let keys: Vec<_> = server
        .seen()
        .iter()
        .filter_map(|seen| seen.header("idempotency-key").map(str::to_owned))
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(keys.iter().all(|key| *key == keys[0] && key.len() == 36));
    client.call(Apply).send().await.unwrap_err();
    assert_ne!(
        server.seen().last().unwrap().header("idempotency-key"),
        Some(keys[0].as_str())
    );
    client
        .call(Apply)
        .header("Idempotency-Key", "mine")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        server.seen().last().unwrap().header("idempotency-key"),
        Some("mine")
    );
}

#[tokio::test]
async fn retry_after_is_honoured_in_seconds_and_as_a_date() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(9));
    let server = Loopback::start(move |seen| match seen.number {
        0 => response("429 Too Many Requests", &[("Retry-After", "7")], ""),
        1 => response("503 Service Unavailable", &[("Retry-After", &date)], ""),
        _ => json("200 OK", OK),
    })
    .await;
    let clock = Hurried::default();
    client(&server, &clock)
        .get_server("1")
        .send()
        .await
        .unwrap();
    let pauses = clock.pauses();
    assert_eq!(pauses[0], Duration::from_secs(7));
    assert!((7..=9).contains(&pauses[1].as_secs()), "{pauses:?}");
}

#[tokio::test]
async fn a_delay_beyond_the_operation_ends_it_at_once() {
    let server =
        Loopback::start(|_| response("429 Too Many Requests", &[("Retry-After", "3600")], ""))
            .await;
    let clock = Hurried::default();
    let error = client(&server, &clock)
        .get_server("1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(error.to_string().contains("retry after 3600 s"));
    assert!(clock.pauses().is_empty());
}

#[tokio::test]
async fn garbled_delays_are_ignored() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("429 Too Many Requests", &[("Retry-After", "-5")], ""),
        1 => response(
            "429 Too Many Requests",
            &[("Retry-After", "99999999999999999999")],
            "",
        ),
        _ => json("200 OK", OK),
    })
    .await;
    let clock = Hurried::default();
    client(&server, &clock)
        .get_server("1")
        .send()
        .await
        .unwrap();
    assert_eq!(milliseconds(&clock), [200, 400]);
}

#[tokio::test]
async fn a_storm_uses_up_the_budget_of_the_client() {
    let server = Loopback::start(|_| response("503 Service Unavailable", &[], "")).await;
    let clock = Hurried::default();
    let builder = Client::builder()
        .base_url(&server.url)
        .clock(clock.clone())
        .retry_budget(25);
    let client: Client = builder.build().unwrap();
    let mut attempts = Vec::new();
    for _ in 0..5 {
        attempts.push(client.get_server("1").send().await.unwrap_err().attempts());
    }
    assert_eq!(attempts, [3, 3, 2, 1, 1]);
    // Clones share it.
    assert_eq!(
        client
            .clone()
            .get_server("1")
            .send()
            .await
            .unwrap_err()
            .attempts(),
        1
    );
}

#[tokio::test]
async fn the_whole_operation_has_a_limit() {
    let server = Loopback::start(|_| vec![Step::Hang]).await;
    let timeouts = Timeouts::new()
        .attempt(Duration::from_millis(80))
        .operation(Duration::from_millis(120));
    let builder = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
        .timeouts(timeouts);
    let client: Client = builder.build().unwrap();
    let started = std::time::Instant::now();
    let error = client.get_server("1").send().await.unwrap_err();
    assert!(error.is_timeout());
    assert!(started.elapsed() < Duration::from_millis(1000));
    assert!(matches!(error, Error::Transport(_)));
    let none = client
        .get_server("1")
        .retry(Retry::off())
        .send()
        .await
        .unwrap_err();
    assert_eq!(none.to_string(), "GetServer: the attempt took too long");
}
