//! Items and events that come one after another.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use countersign_runtime::{
    Accept, Builder, Decoded, Error, Event, EventData, Framing, ItemStream, Method, Operation,
    OperationSpec, Reconnect, Reply, RequestError, RequestParts, StreamError, Timeouts,
};
use serde::Deserialize;

use crate::sample::Client;
use crate::support::{Seen, Server, Step, response};

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Tick {
    pub(crate) n: u32,
}

struct Watch;

impl Operation for Watch {
    type Success = ItemStream<Event<Tick>>;
    type Failure = Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Watch", Method::GET, "/watch")
        .accept(Accept::Only("text/event-stream"))
        .items(&["text/event-stream"]);

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200 => reply.events("text/event-stream", EventData::Json).map(Ok),
            _ => reply.undocumented(),
        }
    }
}

struct Lines;

impl Operation for Lines {
    type Success = ItemStream<Tick>;
    type Failure = Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Lines", Method::GET, "/lines")
        .items(&["application/jsonl"])
        .sentinel("\"end\"");

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200 => reply.items("application/jsonl", Framing::Lines).map(Ok),
            _ => reply.undocumented(),
        }
    }
}

struct Send(ItemStream<u32>);

impl Operation for Send {
    type Success = ();
    type Failure = Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Send", Method::PUT, "/lines");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.items("application/jsonl", Framing::Lines, &self.0)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            204 => reply.empty().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

/// A stream that is cut into chunks, and what comes after them.
pub(crate) fn streamed(media: &str, chunks: &[&str], then: Step) -> Vec<Step> {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut steps = vec![Step::Send(head.into_bytes())];
    steps.extend(
        chunks
            .iter()
            .map(|chunk| Step::Send(format!("{:x}\r\n{chunk}\r\n", chunk.len()).into_bytes())),
    );
    // A reset would overtake what was sent.
    steps.push(Step::Wait(Duration::from_millis(30)));
    steps.push(then);
    steps
}

fn events(chunks: &[&str], then: Step) -> Vec<Step> {
    streamed("text/event-stream", chunks, then)
}

pub(crate) fn end() -> Step {
    Step::Send(b"0\r\n\r\n".to_vec())
}

pub(crate) fn client(
    server: &Server,
    set: impl FnOnce(Builder<Client>) -> Builder<Client>,
) -> Client {
    set(Client::builder().base_url(&server.url))
        .build()
        .unwrap()
}

async fn watch(client: &Client) -> ItemStream<Event<Tick>> {
    client.call(Watch).send().await.unwrap().into_inner()
}

async fn next(stream: &mut ItemStream<Event<Tick>>) -> Option<u32> {
    stream.next().await.unwrap().map(|event| event.n)
}

#[tokio::test]
async fn an_event_is_there_as_soon_as_it_is_complete() {
    let chunks = [
        "data: {\"n\":1}\n",
        "\ndata: {\"n\":",
        "2}\r\n\r\n: still here\n\nevent: x\n",
    ];
    let server = Server::start(move |_| events(&chunks, Step::Hang)).await;
    let mut stream = watch(&client(&server, |builder| builder)).await;
    assert_eq!(next(&mut stream).await, Some(1));
    assert_eq!(next(&mut stream).await, Some(2));
    let waited = tokio::time::timeout(Duration::from_millis(50), stream.next()).await;
    assert!(waited.is_err());
}

#[tokio::test]
async fn silence_is_limited_and_ends_the_stream() {
    let server = Server::start(|_| events(&["data: {\"n\":1}\n\n"], Step::Hang)).await;
    let limits = Timeouts::new().items(Some(Duration::from_millis(80)));
    let mut stream = watch(&client(&server, |builder| builder.timeouts(limits))).await;
    assert_eq!(next(&mut stream).await, Some(1));
    assert!(stream.next().await.unwrap_err().is_timeout());
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn an_item_is_limited_and_a_stream_is_not() {
    let tick = "data: {\"n\":1}\n\n";
    let server =
        Server::start(move |_| events(&[tick, tick, "data: 0123456789012345", "6"], Step::Hang))
            .await;
    let mut stream = watch(&client(&server, |builder| builder.item_limit(20))).await;
    assert_eq!(next(&mut stream).await, Some(1));
    assert_eq!(next(&mut stream).await, Some(1));
    let error = stream.next().await.unwrap_err();
    assert!(
        matches!(&error, Error::TooLarge(large) if large.limit() == 20),
        "{error}"
    );
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_told_and_the_next_one_comes() {
    let lines = [
        "{\"n\":1}\n{\"n\":\"x\"}\n",
        "\n{\"n\"",
        ":3}\n\"end\"\n{\"n\":4}\n",
    ];
    let server = Server::start(move |_| streamed("application/x-ndjson", &lines, Step::Hang)).await;
    let client = client(&server, |builder| builder);
    let mut stream = client.call(Lines).send().await.unwrap().into_inner();
    assert_eq!(stream.next().await.unwrap(), Some(Tick { n: 1 }));
    match stream.next().await {
        Err(Error::Decode(error)) => assert_eq!(error.path(), "$.n"),
        other => panic!("{other:?}"),
    }
    assert_eq!(stream.next().await.unwrap(), Some(Tick { n: 3 }));
    // The sentinel is the end, whatever the server has to say behind it.
    assert_eq!(stream.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_client_may_name_the_sentinel() {
    let chunks = ["data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n"];
    let server = Server::start(move |_| events(&chunks, Step::Hang)).await;
    let mut stream = watch(&client(&server, |builder| builder.sentinel("[DONE]"))).await;
    assert_eq!(next(&mut stream).await, Some(1));
    assert_eq!(next(&mut stream).await, None);
}

/// Five events, of which each connection brings those behind the last id that the client knows.
fn broken_off(seen: &Seen) -> Vec<Step> {
    let last: u32 = seen
        .header("last-event-id")
        .map_or(0, |id| id.parse().unwrap());
    let event = |n: u32| format!("id: {n}\nretry: 1\ndata: {{\"n\":{n}}}\n\n");
    let (one, two) = (event(last + 1), event(last + 2));
    // The last one is not complete.
    let text = match last {
        4 => one,
        _ => format!("{one}{}", two.trim_end()),
    };
    events(&[&text], if last == 4 { end() } else { Step::Reset })
}

#[tokio::test]
async fn a_stream_goes_on_behind_the_last_event_if_the_caller_wants_that() {
    let server = Server::start(broken_off).await;
    let client = client(&server, |builder| builder);
    let mut stream = watch(&client).await;
    assert_eq!(next(&mut stream).await, Some(1));
    assert!(matches!(stream.next().await, Err(Error::Transport(_))));
    assert_eq!(next(&mut stream).await, None);

    let call = client.call(Watch).reconnect(Reconnect::new());
    let mut stream = call.send().await.unwrap().into_inner();
    for n in 1..=5 {
        assert_eq!(next(&mut stream).await, Some(n));
    }
    assert_eq!(next(&mut stream).await, None);
    let ids: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("last-event-id").map(str::to_owned))
        .collect();
    let ids: Vec<_> = ids.iter().map(Option::as_deref).collect();
    assert_eq!(
        ids,
        [None, None, Some("1"), Some("2"), Some("3"), Some("4")]
    );
}

/// All events behind the last id that the client knows, cut off at a place that looks random.
fn cut_anywhere(seen: &Seen) -> Vec<Step> {
    const LAST: u32 = 400;
    let known: u32 = seen
        .header("last-event-id")
        .map_or(0, |id| id.parse().unwrap());
    let lines = ["\n", "\r\n", "\r"];
    let event = |n: u32| {
        let end = lines[usize::try_from(n % 3).unwrap()];
        format!("event: tick{end}data: {{\"n\":{end}data: {n}}}{end}id: {n}{end}retry: 1{end}{end}")
    };
    let text: String = (known + 1..=LAST).map(event).collect();
    let cut = (seen.number + 1) * 7919 % 1900;
    match text.get(..cut) {
        Some(start) if !start.is_empty() => events(&[start], Step::Reset),
        _ => events(&[&text], end()),
    }
}

#[tokio::test]
async fn no_event_is_lost_or_doubled_wherever_a_stream_is_cut() {
    let server = Server::start(cut_anywhere).await;
    let client = client(&server, |builder| builder.retry_budget(100_000));
    let policy = Reconnect::new().backoff(Duration::ZERO, Duration::from_millis(5));
    let call = client.call(Watch).reconnect(policy.max_attempts(50));
    let mut stream = call.send().await.unwrap().into_inner();
    for n in 1..=400 {
        assert_eq!(next(&mut stream).await, Some(n));
    }
    assert_eq!(next(&mut stream).await, None);
    assert!(server.seen().len() > 10, "{}", server.seen().len());
}

#[tokio::test]
async fn connections_that_bring_nothing_are_counted() {
    let server = Server::start(|seen| match seen.number {
        0 => events(&["retry: 1\ndata: {\"n\":1}\n\n"], Step::Reset),
        _ => events(&[], Step::Reset),
    })
    .await;
    let client = client(&server, |builder| builder);
    let policy = Reconnect::new()
        .max_attempts(2)
        .backoff(Duration::ZERO, Duration::from_millis(5));
    let call = client.call(Watch).reconnect(policy);
    let mut stream = call.send().await.unwrap().into_inner();
    assert_eq!(next(&mut stream).await, Some(1));
    assert!(matches!(stream.next().await, Err(Error::Transport(_))));
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_response_that_ends_may_be_followed_by_another_until_there_is_no_content() {
    let server = Server::start(|seen| match seen.number {
        2 => response("204 No Content", &[], ""),
        number => events(&[&format!("retry: 1\ndata: {{\"n\":{number}}}\n\n")], end()),
    })
    .await;
    let client = client(&server, |builder| builder);
    let call = client.call(Watch).reconnect(Reconnect::new().after_ends());
    let mut stream = call.send().await.unwrap().into_inner();
    assert_eq!(next(&mut stream).await, Some(0));
    assert_eq!(next(&mut stream).await, Some(1));
    assert_eq!(next(&mut stream).await, None);
    assert_eq!(server.seen().len(), 3);
}

/// A stream of what is there.
struct Row<T>(VecDeque<T>);

impl<T: Unpin> futures_core::Stream for Row<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[tokio::test]
async fn items_are_sent_as_they_are_made() {
    let server = Server::start(|_| response("204 No Content", &[], "")).await;
    let client = client(&server, |builder| builder);
    let made: [Result<u32, StreamError>; 3] = [Ok(1), Ok(2), Ok(3)];
    let stream = ItemStream::from_stream(Row(made
        .into_iter()
        .map(|item| item.map_err(|error| error.to_string()))
        .collect()));
    client.call(Send(stream)).send().await.unwrap();
    client.call(Send(vec![4, 5].into())).send().await.unwrap();
    let broken: [Result<u32, &str>; 2] = [Ok(1), Err("no more")];
    let stream = ItemStream::from_stream(Row(broken.into()));
    let error = client.call(Send(stream)).send().await.unwrap_err();
    assert!(error.to_string().contains("no more"), "{error}");
    let seen = server.seen();
    assert_eq!(seen[0].text(), "1\n2\n3\n");
    assert_eq!(seen[0].header("content-type"), Some("application/jsonl"));
    assert_eq!(
        (seen[1].text().as_str(), seen[1].header("content-length")),
        ("4\n5\n", Some("4"))
    );
}
