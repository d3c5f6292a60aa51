//! Answers that are read item by item, where the document has one value.

use std::time::Duration;

use countersign_runtime::{
    Accept, Decoded, Error, Event, ItemStream, Method, Operation, OperationSpec, Reconnect, Reply,
    RequestError, RequestParts, Timeouts,
};

use crate::streams::{Tick, client, end, streamed};
use crate::support::{Server, Step, json, response};

/// An operation of which the document has one value.
struct One;

impl Operation for One {
    type Success = Tick;
    type Failure = String;

    const SPEC: OperationSpec =
        OperationSpec::new("One", Method::GET, "/one").accept(Accept::Only("application/json"));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200 => reply.json().map(Ok),
            400 => reply.json_error(|why| why),
            _ => reply.undocumented(),
        }
    }
}

async fn items(mut stream: ItemStream<Tick>) -> Vec<u32> {
    let mut found = Vec::new();
    while let Some(tick) = stream.next().await.unwrap() {
        found.push(tick.n);
    }
    found
}

#[tokio::test]
async fn items_are_read_as_they_come_however_they_are_separated() {
    for (media, chunks) in [
        ("application/json", ["{\"n\":1}{\"n\"", ":2}\r\n{\"n\":3}"]),
        (
            "application/x-ndjson",
            ["{\"n\":1}\n{\"n\":2}", "\n{\"n\":3}\n"],
        ),
        (
            "application/json-seq",
            ["\u{1e}{\"n\":1}\n\u{1e}{\"n\":2}", "\n\u{1e}{\"n\":3}\n"],
        ),
        (
            "text/plain; charset=utf-8",
            ["{\"n\":1}\n{\"n\":2}\n", "{\"n\":3}\n"],
        ),
    ] {
        let server = Server::start(move |_| streamed(media, &chunks, end())).await;
        let client = client(&server, |builder| builder);
        let answer = client
            .call(One)
            .read_as::<ItemStream<Tick>>()
            .await
            .unwrap();
        assert_eq!(items(answer.into_inner()).await, [1, 2, 3], "{media}");
    }
}

#[tokio::test]
async fn an_item_does_not_wait_for_the_end() {
    let chunks = ["{\"n\":1}\n{\"n\":\"2\"}\n"];
    let server = Server::start(move |_| streamed("application/json", &chunks, Step::Hang)).await;
    let limits = Timeouts::new().items(Some(Duration::from_millis(80)));
    let client = client(&server, |builder| builder.timeouts(limits));
    let answer = client
        .call(One)
        .read_as::<ItemStream<Tick>>()
        .await
        .unwrap();
    let mut stream = answer.into_inner();
    assert_eq!(stream.next().await.unwrap(), Some(Tick { n: 1 }));
    // The rules of the client count for each item: this one is strict.
    assert!(matches!(stream.next().await, Err(Error::Decode(_))));
    assert!(stream.next().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn events_have_json_or_text() {
    let chunks = [
        "event: a\nid: 1\ndata: {\"n\":1}\n\n",
        "data: {\"n\":2}\n\ndata: [DONE]\n\n",
    ];
    let server = Server::start(move |_| streamed("text/event-stream", &chunks, end())).await;
    let client = client(&server, |builder| builder.sentinel("[DONE]"));
    let answer = client.call(One).read_as::<ItemStream<Event<Tick>>>().await;
    let mut stream = answer.unwrap().into_inner();
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!(
        (&*first.event, first.id.as_deref(), first.n),
        ("a", Some("1"), 1)
    );
    assert_eq!(stream.next().await.unwrap().unwrap().n, 2);
    assert!(stream.next().await.unwrap().is_none());
    let answer = client
        .call(One)
        .read_as::<ItemStream<Event<String>>>()
        .await;
    let mut stream = answer.unwrap().into_inner();
    assert_eq!(stream.next().await.unwrap().unwrap().data, "{\"n\":1}");
}

#[tokio::test]
async fn events_go_on_behind_the_last_one() {
    let server = Server::start(|seen| {
        let last = seen
            .header("last-event-id")
            .map_or(0, |id| id.parse().unwrap());
        let event = format!("id: {0}\nretry: 1\ndata: {{\"n\":{0}}}\n\n", last + 1);
        let then = if last < 2 { Step::Reset } else { end() };
        streamed("text/event-stream", &[&event], then)
    })
    .await;
    let client = client(&server, |builder| builder);
    let call = client.call(One).reconnect(Reconnect::new());
    let answer = call.read_as::<ItemStream<Event<Tick>>>().await.unwrap();
    let mut stream = answer.into_inner();
    for n in 1..=3 {
        assert_eq!(stream.next().await.unwrap().unwrap().n, n);
    }
    assert!(stream.next().await.unwrap().is_none());
}

#[tokio::test]
async fn failures_and_answers_without_items_are_as_documented() {
    let server = Server::start(|seen| match seen.number {
        0 => json("400 Bad Request", "\"why\""),
        1 => response("204 No Content", &[], ""),
        2 => response("200 OK", &[("Content-Type", "text/html")], "<html>"),
        _ => json("200 OK", ""),
    })
    .await;
    let client = client(&server, |builder| builder);
    let call = || client.call(One).read_as::<ItemStream<Tick>>();
    match call().await.unwrap_err() {
        Error::Api(why, failed) => {
            assert_eq!((why.as_str(), failed.status().as_u16()), ("why", 400))
        }
        other => panic!("{other}"),
    }
    assert!(items(call().await.unwrap().into_inner()).await.is_empty());
    assert!(matches!(call().await, Err(Error::UnexpectedContentType(_))));
    assert!(items(call().await.unwrap().into_inner()).await.is_empty());
}

#[tokio::test]
async fn errors_name_the_type_that_reads_them() {
    for (media, body, help) in [
        (
            "application/json",
            "{\"n\":1}\n{\"n\":2}\n",
            "`read_as::<ItemStream<T>>()`",
        ),
        (
            "text/event-stream",
            "data: {\"n\":1}\n\n",
            "`read_as::<ItemStream<Event<T>>>()`",
        ),
        (
            "application/jsonl",
            "{\"n\":1}\n",
            "`read_as::<ItemStream<T>>()`",
        ),
        (
            "application/json-seq",
            "\u{1e}{\"n\":1}\n",
            "`read_as::<ItemStream<T>>()`",
        ),
        ("image/png", "x", "`raw`"),
    ] {
        let server =
            Server::start(move |_| response("200 OK", &[("Content-Type", media)], body)).await;
        let client = client(&server, |builder| builder);
        let error = client.call(One).send().await.unwrap_err().to_string();
        assert!(error.contains(help), "{error}");
    }
    // What is broken is not a stream.
    let server = Server::start(|_| json("200 OK", "{\"n\":1}}")).await;
    let client = client(&server, |builder| builder);
    let error = client.call(One).send().await.unwrap_err().to_string();
    assert!(!error.contains("ItemStream"), "{error}");
}
