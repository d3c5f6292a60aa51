//! Answers of which a document describes several.

use countersign_runtime::{Accept, Decoded, Departure, Error, Method, Operation, OperationSpec};
use countersign_runtime::{Reading, Reply, RequestError, RequestParts, Status, Statuses};

use crate::answers::{JSON, ONE, builder, client};
use crate::sample::Server;

/// `GET /export`, in several media types.
struct Export;

#[derive(Debug, PartialEq)]
enum Exported {
    Server(u32),
    Csv(String),
    Nothing,
}

impl Operation for Export {
    type Success = Exported;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Export", Method::GET, "/export")
        .accept(Accept::Only("application/json, text/csv"))
        .responses(Statuses::of(&[200, 204]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.success(&[
                (Status::Code(200), "application/json", |reply| {
                    reply
                        .json()
                        .map(|server: Server| Ok(Exported::Server(server.id)))
                }),
                (Status::Code(200), "text/csv", |reply| {
                    reply.text("text/csv").map(|body| Ok(Exported::Csv(body)))
                }),
                (Status::Code(204), "", |_| Ok(Ok(Exported::Nothing))),
            ]),
            _ => reply.undocumented(),
        }
    }
}

#[tokio::test]
async fn status_and_media_type_decide_between_successes() {
    let csv = || Exported::Csv("a,b".to_owned());
    for (status, media, body, expected) in [
        (200, Some(JSON), ONE, Exported::Server(1)),
        (
            200,
            Some("text/csv; charset=utf-8"),
            b"a,b".as_slice(),
            csv(),
        ),
        (200, Some("text/plain"), b"a,b", csv()),
        (200, None, b"a,b", csv()),
        (206, Some("text/csv"), b"a,b", csv()),
        (201, Some("text/json"), ONE, Exported::Server(1)),
        (204, None, b"", Exported::Nothing),
        (202, None, b"", Exported::Nothing),
    ] {
        let headers: Vec<_> = media
            .map(|media| ("content-type", media))
            .into_iter()
            .collect();
        let answer = client(status, &headers, body).call(Export).send().await;
        assert_eq!(answer.unwrap().into_inner(), expected, "{status} {media:?}");
    }
    let html = client(200, &[("content-type", "text/html")], b"<html>")
        .call(Export)
        .send()
        .await;
    assert!(matches!(html, Err(Error::UnexpectedContentType(_))));
}

/// Reads JSON, or the media type that the answer names.
struct Either;

impl Operation for Either {
    type Success = String;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec =
        OperationSpec::new("Either", Method::GET, "/server").responses(Statuses::of(&[200]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        type Read = fn(&mut Reply) -> Decoded<Either>;
        let read: Read = |reply| {
            let server = reply.json();
            server.map(|server: Server| Ok(format!("{} {}", server.id, server.name)))
        };
        let json = (Status::Code(200), JSON, read);
        let text: Read = |reply| {
            reply
                .text("text/plain")
                .map(|text| Ok(format!("text {text}")))
        };
        let bytes: Read = |reply| {
            let bytes = reply.bytes("application/octet-stream");
            bytes.map(|bytes| Ok(format!("{} bytes", bytes.len())))
        };
        let is_bytes = reply
            .headers()
            .get("x-other")
            .is_some_and(|other| other != "text/plain");
        let other = match is_bytes {
            true => (Status::Code(200), "application/octet-stream", bytes),
            false => (Status::Code(200), "text/plain", text),
        };
        reply.success(&[other, json])
    }
}

#[tokio::test]
async fn an_answer_that_departs_is_still_of_its_media_type() {
    const BYTES: &str = "application/octet-stream";
    const PLAIN: &str = "text/plain";
    let strict = Reading::Strict;
    let tolerant = Reading::Tolerant;
    // The other documented type, and the answer; what it is read as, and where it departs.
    for (other, reading, media, body, expected) in [
        (PLAIN, strict, JSON, ONE, Some(("1 a", None))),
        (BYTES, strict, JSON, ONE, Some(("1 a", None))),
        (PLAIN, strict, JSON, br#"{"id":"1","name":"a"}"#, None),
        (BYTES, strict, JSON, br#"{"id":"1","name":"a"}"#, None),
        (
            PLAIN,
            tolerant,
            JSON,
            br#"{"id":"1","name":"a"}"#,
            Some(("1 a", Some("/id"))),
        ),
        (
            BYTES,
            tolerant,
            JSON,
            br#"{"id":"1","name":"a"}"#,
            Some(("1 a", Some("/id"))),
        ),
        (PLAIN, tolerant, JSON, br#"{"name":"a"}"#, None),
        (BYTES, tolerant, JSON, br#"{"name":"a"}"#, None),
        (PLAIN, tolerant, JSON, b"[1]", None),
        (BYTES, tolerant, JSON, b"[1]", None),
        (PLAIN, strict, JSON, b"\"a\"", Some(("text a", Some("")))),
        (
            PLAIN,
            tolerant,
            JSON,
            b"plain",
            Some(("text plain", Some(""))),
        ),
        (BYTES, strict, JSON, b"plain", Some(("5 bytes", Some("")))),
        (
            BYTES,
            strict,
            "image/png",
            b"\x89PNG",
            Some(("4 bytes", Some(""))),
        ),
        (BYTES, strict, BYTES, b"{}", Some(("2 bytes", None))),
        (PLAIN, tolerant, PLAIN, b"{}", Some(("text {}", None))),
    ] {
        let headers = [("content-type", media), ("x-other", other)];
        let client = builder(200, &headers, body).reading(reading);
        let answer = client.build().unwrap().call(Either).send().await;
        let found = answer.as_ref().ok().map(|answer| {
            let first = answer.departures().first();
            (answer.as_str(), first.map(Departure::path))
        });
        let body = String::from_utf8_lossy(body);
        assert_eq!(found, expected, "{other}, {reading:?}, {media}: {body}");
    }
}
