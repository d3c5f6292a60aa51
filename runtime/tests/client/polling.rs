//! What takes longer than a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_runtime::{
    AnyError, Credential, Error, PollSpec, Polled, Polling, Response, WaitError,
};

use crate::sample::*;
use crate::support::{Hurried, Seen, Server as Loopback, Step, json, response};

impl Polled for GetServer {
    const POLL: PollSpec = PollSpec::new("/name")
        .pending(&["busy"])
        .succeeded(&["up"])
        .failed(&["down"]);
}

fn client(server: &Loopback) -> (Client, Arc<Mutex<Vec<Duration>>>) {
    let clock = Hurried::default();
    let pauses = Arc::clone(&clock.pauses);
    let builder = Client::builder().base_url(&server.url).clock(clock);
    let credential = Credential::new(security::BEARER, "token");
    (builder.credential(credential).build().unwrap(), pauses)
}

fn server(name: &str) -> String {
    format!(r#"{{"id":1,"name":"{name}"}}"#)
}

#[tokio::test]
async fn a_call_is_repeated_until_its_answer_says_the_end() {
    let loopback = Loopback::start(|seen| match seen.number {
        0 => json("200 OK", &server("busy")),
        1 => {
            let headers = [("Content-Type", "application/json"), ("Retry-After", "7")];
            response("200 OK", &headers, server("busy"))
        }
        2 => json("200 OK", &server("up")),
        3 => json("200 OK", &server("down")),
        _ => json("200 OK", &server("sideways")),
    })
    .await;
    let (client, pauses) = client(&loopback);
    let up = client.get_server("1").wait(Polling::new()).await.unwrap();
    assert_eq!(up.name, "up");
    let seconds = |time: &Duration| time.as_secs();
    let pauses: Vec<u64> = pauses.lock().unwrap().iter().map(seconds).collect();
    assert_eq!(pauses, [1, 7]);
    let down = client.get_server("1").wait(Polling::new()).await;
    assert!(matches!(down, Err(WaitError::Failed(last)) if last.name == "down"));
    let unclear = client.get_server("1").wait(Polling::new()).await;
    assert_eq!(unclear.unwrap_err().last().unwrap().name, "sideways");
}

#[tokio::test]
async fn a_wait_has_an_end() {
    let loopback = Loopback::start(|_| json("200 OK", &server("busy"))).await;
    let (client, _) = client(&loopback);
    let polling = Polling::new()
        .every(Duration::from_secs(60))
        .at_most(Duration::from_secs(200));
    let error = client.get_server("1").wait(polling).await.unwrap_err();
    assert!(matches!(&error, WaitError::TooLong(last) if last.name == "busy"));
    assert_eq!(loopback.seen().len(), 4);
    let any = AnyError::from(error);
    assert_eq!(any.to_string(), "the time to wait is up");
    let Error::Unfinished(unfinished) = &*any else {
        panic!("{any:?}");
    };
    let last: &Response<Server> = unfinished.last().expect("an answer");
    assert_eq!(last.name, "busy");
}

fn accepted(headers: &[(&str, &str)], body: &str) -> Vec<Step> {
    let mut all = vec![("Content-Type", "application/json")];
    all.extend(headers);
    response("202 Accepted", &all, body)
}

fn new_server() -> NewServer {
    NewServer {
        name: "a".to_owned(),
        shared_secret: None,
    }
}

#[tokio::test]
async fn a_location_is_asked_until_it_has_the_result() {
    let loopback = Loopback::start(|seen: &Seen| match seen.number {
        0 => accepted(&[("Location", "/jobs/7")], "{}"),
        1 => accepted(&[("Retry-After", "3")], "{}"),
        _ => json("201 Created", &server("made")),
    })
    .await;
    let (client, pauses) = client(&loopback);
    let made = client
        .create_server(new_server())
        .send_and_wait(Polling::new());
    assert_eq!(made.await.unwrap().name, "made");
    let seen = loopback.seen();
    assert_eq!(seen[1].line, "GET /jobs/7 HTTP/1.1");
    assert_eq!(seen[1].header("authorization"), Some("Bearer token"));
    assert!(seen[1].body.is_empty());
    assert_eq!(pauses.lock().unwrap().last(), Some(&Duration::from_secs(3)));
}

#[tokio::test]
async fn an_operation_location_says_where_the_result_is() {
    let loopback = Loopback::start(|seen: &Seen| match seen.number {
        0 => {
            let headers = [
                ("Operation-Location", "/operations/7"),
                ("Location", "/servers/1"),
            ];
            accepted(&headers, &server("begun"))
        }
        1 => json("200 OK", r#"{"status":"Running"}"#),
        2 => json("200 OK", r#"{"status":"Succeeded"}"#),
        _ => json("200 OK", &server("made")),
    })
    .await;
    let (client, _) = client(&loopback);
    let made = client
        .create_server(new_server())
        .send_and_wait(Polling::new());
    assert_eq!(made.await.unwrap().name, "made");
    let asked: Vec<String> = loopback
        .seen()
        .iter()
        .map(|seen| seen.line.clone())
        .collect();
    assert_eq!(
        asked[1..],
        [
            "GET /operations/7 HTTP/1.1",
            "GET /operations/7 HTTP/1.1",
            "GET /servers/1 HTTP/1.1"
        ]
    );
}

#[tokio::test]
async fn credentials_go_to_no_other_server() {
    let loopback =
        Loopback::start(|_| accepted(&[("Location", "http://elsewhere.example/jobs/7")], "{}"))
            .await;
    let (client, _) = client(&loopback);
    let error = client
        .create_server(new_server())
        .send_and_wait(Polling::new());
    let error = error.await.unwrap_err();
    assert!(
        error.to_string().contains("not of its own origin"),
        "{error}"
    );
    assert_eq!(loopback.seen().len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_the_result_is_given_at_once() {
    let loopback = Loopback::start(|_| json("201 Created", &server("made"))).await;
    let (client, _) = client(&loopback);
    let made = client
        .create_server(new_server())
        .send_and_wait(Polling::new());
    assert_eq!(made.await.unwrap().name, "made");
    assert_eq!(loopback.seen().len(), 1);
}
