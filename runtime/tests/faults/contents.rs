//! Faults 29 to 39: a 200 that is not what the document says.

use countersign_runtime::Unknown;

use crate::sample::Kind;
use crate::support::{Hurried, Server as Loopback, json, response};
use crate::{Case, Outcome, builder};

async fn body(text: impl AsRef<[u8]>, outcome: Outcome) {
    let bytes = text.as_ref().to_vec();
    let steps = move || response("200 OK", &[("Content-Type", "application/json")], &bytes);
    Case::both(outcome).run(move |_| steps()).await;
}

#[tokio::test]
async fn f29_empty() {
    body("", Outcome::Empty).await;
    body(" \r\n", Outcome::Empty).await;
}

#[tokio::test]
async fn f30_html() {
    let steps = || {
        response(
            "200 OK",
            &[("Content-Type", "text/html; charset=utf-8")],
            "<html>maintenance",
        )
    };
    Case::both(Outcome::ContentType).run(move |_| steps()).await;
}

#[tokio::test]
async fn f31_truncated_json() {
    body(r#"{"id":1,"name":"a"#, Outcome::Decode("$.name")).await;
    body(r#"{"id":1"#, Outcome::Decode("$")).await;
}

#[tokio::test]
async fn f32_wrong_type() {
    body(r#"{"id":"one","name":"a"}"#, Outcome::Decode("$.id")).await;
    body(r#""text""#, Outcome::Decode("$")).await;
}

#[tokio::test]
async fn f33_missing_field() {
    body(r#"{"id":1}"#, Outcome::Decode("$")).await;
}

#[tokio::test]
async fn f34_unknown_enum_value() {
    let text = r#"{"id":1,"name":"a","kind":"Fido3","extra":{"x":[1]}}"#;
    body(text, Outcome::Good).await;
    let server = Loopback::start(move |_| json("200 OK", text)).await;
    let client = builder(&server.url, &Hurried::default()).build().unwrap();
    let kind = client
        .get_server("1")
        .send()
        .await
        .unwrap()
        .into_inner()
        .kind
        .unwrap();
    assert!(matches!(&kind, Kind::Unknown(value) if Unknown::get(value) == "Fido3"));
    assert_eq!(serde_json::to_string(&kind).unwrap(), r#""Fido3""#);
}

#[tokio::test]
async fn f35_deep_json() {
    body("[".repeat(100_000), Outcome::TooLarge).await;
    let deep = format!(
        r#"{{"id":1,"name":"a","x":{}{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    // What is not read costs nothing: it is passed over without recursion.
    body(deep, Outcome::Good).await;
}

#[tokio::test]
async fn f36_big_numbers() {
    body(r#"{"id":4294967296,"name":"a"}"#, Outcome::Decode("$.id")).await;
    body(r#"{"id":1e999,"name":"a"}"#, Outcome::Decode("$.id")).await;
    body(
        format!(r#"{{"id":{},"name":"a"}}"#, "9".repeat(5000)),
        Outcome::Decode("$.id"),
    )
    .await;
}

#[tokio::test]
async fn f37_bad_utf8() {
    body(
        b"{\"id\":1,\"name\":\"\xff\xfe\"}",
        Outcome::Decode("$.name"),
    )
    .await;
}

#[tokio::test]
async fn f38_byte_order_mark() {
    body("\u{feff}{\"id\":1,\"name\":\"a\"}", Outcome::Good).await;
}

#[tokio::test]
async fn f39_204_with_body() {
    let steps = || {
        response(
            "204 No Content",
            &[("Content-Type", "application/json")],
            r#"{"id":2}"#,
        )
    };
    Case::both(Outcome::Empty).run(move |_| steps()).await;
}
