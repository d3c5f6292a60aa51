//! Calls without an async runtime.

use std::io::Read;

use countersign_runtime::Error;

use crate::sample::*;
use crate::support::{Server as Loopback, json, response};

/// Another type than that of the document.
#[derive(serde::Deserialize)]
struct Name {
    name: String,
}

/// The server has a runtime of its own; the test's thread has none.
fn server() -> (tokio::runtime::Runtime, Loopback) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Loopback::start(|seen| match seen.line.as_str() {
        "GET /log HTTP/1.1" => response(
            "200 OK",
            &[("Content-Type", "application/octet-stream")],
            "abc",
        ),
        "GET /servers HTTP/1.1" => json("200 OK", r#"{"data":[{"id":1,"name":""}],"total":2}"#),
        "GET /servers?offset=1 HTTP/1.1" => {
            json("200 OK", r#"{"data":[{"id":2,"name":""}],"total":2}"#)
        }
        _ => json("200 OK", r#"{"id":1,"name":"a"}"#),
    }));
    (runtime, server)
}

#[test]
fn calls_and_pages_are_waited_for() {
    let (_runtime, server) = server();
    let client = Client::builder().base_url(&server.url).build().unwrap();
    assert_eq!(client.get_server("1").send_blocking().unwrap().id, 1);
    let ids: Result<Vec<_>, _> = client
        .list_servers()
        .items()
        .blocking()
        .map(|item| item.map(|item| item.id))
        .collect();
    assert_eq!(ids.unwrap(), [1, 2]);
    let name = client.get_server("1").read_as_blocking::<Name>().unwrap();
    assert_eq!(name.name, "a");
    let raw = client.get_server("1").raw_stream_blocking().unwrap();
    let mut text = String::new();
    let body = raw.into_inner();
    body.into_reader().read_to_string(&mut text).unwrap();
    assert_eq!(text, r#"{"id":1,"name":"a"}"#);
    let mut text = String::new();
    let log = client
        .call(DownloadLog)
        .send_blocking()
        .unwrap()
        .into_inner();
    log.body.into_reader().read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
}

#[tokio::test]
async fn inside_a_runtime_it_is_an_error_and_no_panic() {
    let client = Client::builder()
        .base_url("https://127.0.0.1:1")
        .build()
        .unwrap();
    let error = client.get_server("1").send_blocking().unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert!(error.to_string().contains("use `send`"), "{error}");
}
