//! Faults 40 to 51: redirects, refusals, overload, and connections that went away.

use std::time::{Duration, SystemTime};

use countersign_runtime::TransportErrorKind as Kind;

use crate::support::{Hurried, Seen, Server as Loopback, Step, json, response};
use crate::{Case, OK, Outcome, builder, new_server, outcome};

async fn redirect(status: &'static str, location: &'static str, host: &'static str) {
    let steps = move || response(status, &[("Location", location)], "");
    Case::both(Outcome::Redirect(host))
        .run(move |_| steps())
        .await;
}

#[tokio::test]
async fn f40_301_to_another_host() {
    redirect(
        "301 Moved Permanently",
        "https://evil.example/?token=hunter2hunter2",
        "evil.example",
    )
    .await;
}

#[tokio::test]
async fn f41_307_with_body() {
    redirect(
        "307 Temporary Redirect",
        "http://127.0.0.1:1/servers",
        "127.0.0.1",
    )
    .await;
}

#[tokio::test]
async fn f42_redirect_ring() {
    redirect("302 Found", "http://127.0.0.1/servers/1", "127.0.0.1").await;
}

#[tokio::test]
async fn f43_401() {
    Case::both(Outcome::Api)
        .run(|_| response("401 Unauthorized", &[], ""))
        .await;
}

#[tokio::test]
async fn f44_403_with_the_secret_echoed() {
    // That none of it is shown is asserted for every outcome.
    let echo = |seen: &Seen| {
        let body = format!(
            "{{\"error\":\"{} {}\"}}",
            seen.header("authorization").unwrap(),
            seen.text().replace('"', "\\\"")
        );
        json("403 Forbidden", &body)
    };
    Case::both(Outcome::Undocumented(403)).run(echo).await;
}

/// Overload: the GET waits as it is told, the POST is not repeated.
async fn overload(retry_after: String, waits: impl Fn(&[Duration]) -> bool) {
    let server = Loopback::start(move |_| {
        response(
            "429 Too Many Requests",
            &[("Retry-After", &retry_after)],
            "",
        )
    })
    .await;
    let clock = Hurried::default();
    let client = builder(&server.url, &clock).build().unwrap();
    Case::repeated(Outcome::Undocumented(429))
        .calls(&client)
        .await;
    assert_eq!(server.seen().len(), 4);
    assert!(waits(&clock.pauses()), "{:?}", clock.pauses());
}

#[tokio::test]
async fn f45_429_with_seconds() {
    overload("5".to_owned(), |pauses| {
        pauses == [Duration::from_secs(5); 2]
    })
    .await;
}

#[tokio::test]
async fn f46_429_with_a_date() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(8));
    overload(date, |pauses| {
        pauses
            .iter()
            .all(|pause| (5..=8).contains(&pause.as_secs()))
    })
    .await;
}

#[tokio::test]
async fn f47_429_with_garbage() {
    overload("in a while".to_owned(), |pauses| {
        pauses == [Duration::from_millis(200), Duration::from_millis(400)]
    })
    .await;
}

#[tokio::test]
async fn f48_500() {
    Case::both(Outcome::Undocumented(500))
        .run(|_| json("500 Internal Server Error", "{}"))
        .await;
}

#[tokio::test]
async fn f49_503_thrice_then_200() {
    let steps = |number| match number {
        0..3 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", OK),
    };
    // The fourth answer would be good; the GET has given up by then, and the POST comes after it.
    let case = Case {
        get: (Outcome::Undocumented(503), 3),
        post: (Outcome::Good, 1),
    };
    case.run(move |seen| steps(seen.number)).await;
    let server = Loopback::start(move |seen| steps(seen.number)).await;
    let client = builder(&server.url, &Hurried::default()).build().unwrap();
    let result = client.create_server(new_server()).send().await;
    assert_eq!(
        outcome(result.map(|got| got.attempts())),
        (Outcome::Undocumented(503), 1)
    );
    let result = client.get_server("1").send().await;
    assert_eq!(
        outcome(result.map(|got| got.attempts())),
        (Outcome::Good, 3)
    );
}

#[tokio::test]
async fn f50_504_on_post() {
    Case::repeated(Outcome::Undocumented(504))
        .run(|_| response("504 Gateway Timeout", &[], ""))
        .await;
}

#[tokio::test]
async fn f51_connection_closed_between_calls() {
    // Closed in good order while idle: nobody notices.
    let server = Loopback::start(|_| [json("200 OK", OK), vec![Step::Close]].concat()).await;
    let client = builder(&server.url, &Hurried::default()).build().unwrap();
    for _ in 0..3 {
        Case::both(Outcome::Good).calls(&client).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Closed as the next request arrives: it was written, so only the GET is sent again.
    let server = Loopback::start(
        |seen| match (seen.line.contains("/first"), seen.connection) {
            (true, _) | (false, 1) => json("200 OK", OK),
            _ => vec![Step::Close],
        },
    )
    .await;
    let client = builder(&server.url, &Hurried::default()).build().unwrap();
    client.get_server("first").send().await.unwrap();
    let result = client.get_server("1").send().await;
    assert_eq!(
        outcome(result.map(|got| got.attempts())),
        (Outcome::Good, 2)
    );
    let server = Loopback::start(|seen| match seen.number {
        0 => json("200 OK", OK),
        _ => vec![Step::Close],
    })
    .await;
    let client = builder(&server.url, &Hurried::default()).build().unwrap();
    client.get_server("first").send().await.unwrap();
    let result = client.create_server(new_server()).send().await;
    assert_eq!(
        outcome(result.map(|got| got.attempts())),
        (Outcome::Transport(Kind::Reset), 1)
    );
    assert_eq!(server.seen().len(), 2);
}
