//! Streams of items, read by the runtime and by hand.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::pin::pin;
use std::sync::Arc;
use std::thread;

use appgate_sdp_client::countersign_runtime::{
    Accept, ApiSpec, Builder, Core, Decoded, Event, EventData, Framing, ItemStream, Method,
    Operation, OperationSpec, Reply, RequestError, RequestParts, Statuses,
};
use futures_core::Stream;
use serde::Deserialize;
use sse_stream::SseByteStream;

use crate::Error;

/// The number of items of a stream.
pub const ITEMS: usize = 100_000;

static API: ApiSpec = ApiSpec::new("streams", "1");

/// An item of about 200 bytes.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Item {
    /// Its number.
    pub id: u64,
    /// A name.
    pub name: String,
    /// Numbers.
    pub values: Vec<f64>,
    /// Text.
    pub text: String,
}

/// A kind of stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON Lines.
    Lines,
    /// Server-sent events.
    Events,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Lines, Self::Events];

    const fn path(self) -> &'static str {
        match self {
            Self::Lines => "/lines",
            Self::Events => "/events",
        }
    }

    const fn media(self) -> &'static str {
        match self {
            Self::Lines => "application/jsonl",
            Self::Events => "text/event-stream",
        }
    }

    /// The body of a stream.
    fn body(self, items: usize) -> Vec<u8> {
        let mut body = Vec::with_capacity(items * 220);
        for id in 0..items {
            let item = format!(
                r#"{{"id":{id},"name":"item number {id}","values":[1.5,2.25,{id}.125],"text":"{}"}}"#,
                "lorem ipsum dolor sit amet ".repeat(4).trim_end(),
            );
            let item = match self {
                Self::Lines => format!("{item}\n"),
                Self::Events => format!("id: {id}\ndata: {item}\n\n"),
            };
            body.extend_from_slice(item.as_bytes());
        }
        body
    }
}

/// A server on loopback that answers with streams.
pub struct StreamServer {
    address: SocketAddr,
}

impl StreamServer {
    /// Starts it, for the rest of the program.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn start(items: usize) -> Result<Self, Error> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let bodies = Arc::new(Kind::ALL.map(|kind| kind.body(items)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let bodies = Arc::clone(&bodies);
                thread::spawn(move || serve(stream, &bodies));
            }
        });
        Ok(Self { address })
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn serve(mut stream: TcpStream, bodies: &[Vec<u8>; 2]) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut held = Vec::new();
    loop {
        while !held.ends_with(b"\r\n\r\n") {
            let mut buffer = [0; 1024];
            let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
            held.extend_from_slice(buffer.get(..count)?);
        }
        let kind = match held.starts_with(b"GET /lines") {
            true => Kind::Lines,
            false => Kind::Events,
        };
        held.clear();
        let body = bodies.get(usize::from(kind == Kind::Events))?;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
            kind.media(),
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()?;
    }
}

/// A client of the runtime, with operations as they are generated.
pub struct Ours(Core);

struct ReadLines;

struct ReadEvents;

macro_rules! operation {
    ($name:ident, $item:ty, $kind:expr, |$reply:ident| $read:expr) => {
        impl Operation for $name {
            type Success = ItemStream<$item>;
            type Failure = Infallible;

            const SPEC: OperationSpec =
                OperationSpec::new(stringify!($name), Method::GET, $kind.path())
                    .accept(Accept::Only($kind.media()))
                    .items(&[$kind.media()])
                    .responses(Statuses::of(&[200]));

            fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
                Ok(())
            }

            fn decode($reply: &mut Reply) -> Decoded<Self> {
                $read.map(Ok)
            }
        }
    };
}

operation!(ReadLines, Item, Kind::Lines, |reply| reply
    .items(Kind::Lines.media(), Framing::Lines));
operation!(ReadEvents, Event<Item>, Kind::Events, |reply| reply
    .events(Kind::Events.media(), EventData::Json));

impl Ours {
    /// A client of a server.
    ///
    /// # Errors
    /// When it can't be built.
    pub fn new(server: &StreamServer) -> Result<Self, Error> {
        Ok(Self(Builder::new(&API).base_url(server.url()).build()?))
    }

    /// Reads a stream, and counts its items.
    ///
    /// # Errors
    /// When it breaks off.
    pub async fn read(&self, kind: Kind) -> Result<usize, Error> {
        let mut count = 0;
        match kind {
            Kind::Lines => {
                let mut items = self.0.call(ReadLines).send().await?.into_inner();
                while let Some(item) = items.next().await? {
                    count += usize::from(item.id as usize == count);
                }
            }
            Kind::Events => {
                let mut events = self.0.call(ReadEvents).send().await?.into_inner();
                while let Some(event) = events.next().await? {
                    count += usize::from(event.data.id as usize == count);
                }
            }
        }
        Ok(count)
    }
}

/// A client by hand: reqwest, sse-stream and serde_json.
pub struct Theirs {
    client: reqwest::Client,
    url: String,
}

impl Theirs {
    /// A client of a server.
    ///
    /// # Errors
    /// When it can't be built.
    pub fn new(server: &StreamServer) -> Result<Self, Error> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let url = server.url();
        Ok(Self { client, url })
    }

    /// Reads a stream, and counts its items.
    ///
    /// # Errors
    /// When it breaks off.
    pub async fn read(&self, kind: Kind) -> Result<usize, Error> {
        let url = format!("{}{}", self.url, kind.path());
        let response = self.client.get(url).send().await?.error_for_status()?;
        match kind {
            Kind::Lines => lines(response).await,
            Kind::Events => events(response).await,
        }
    }
}

async fn lines(mut response: reqwest::Response) -> Result<usize, Error> {
    let (mut held, mut count): (Vec<u8>, usize) = (Vec::new(), 0);
    while let Some(chunk) = response.chunk().await? {
        held.extend_from_slice(&chunk);
        let mut start = 0;
        while let Some(line) = held.get(start..).and_then(|rest| {
            let end = memchr::memchr(b'\n', rest)?;
            rest.get(..end)
        }) {
            start += line.len() + 1;
            let item: Item = serde_json::from_slice(line)?;
            count += usize::from(item.id as usize == count);
        }
        held.drain(..start);
    }
    Ok(count)
}

async fn events(response: reqwest::Response) -> Result<usize, Error> {
    let mut events = pin!(SseByteStream::new(response.bytes_stream()));
    let mut count = 0;
    while let Some(event) = poll_fn(|cx| events.as_mut().poll_next(cx)).await {
        if let Some(data) = event?.data {
            let item: Item = serde_json::from_str(&data)?;
            count += usize::from(item.id as usize == count);
        }
    }
    Ok(count)
}
