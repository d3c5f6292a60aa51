//! An HTTP/1.1 server on loopback that keeps each request and answers what a test tells it to.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Seen {
    /// A header's value; empty if it was not sent.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// The response to a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// These bytes; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, and then the end of the connection.
    BytesThenEnd(Vec<u8>),
    /// Never.
    Hang,
}

/// The bytes of a response, with the length that it claims to have.
fn bytes(status: u16, media_type: &str, length: usize, body: &str) -> Vec<u8> {
    let media_type = match media_type {
        "" => String::new(),
        media_type => format!("Content-Type: {media_type}\r\n"),
    };
    format!("HTTP/1.1 {status} -\r\n{media_type}X-Request-Id: r-1\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// A response with a body of this media type; empty: none is named.
pub(crate) fn answer(status: u16, media_type: &str, body: &str) -> Answer {
    Answer::Bytes(bytes(status, media_type, body.len(), body))
}

pub(crate) fn json(status: u16, body: &str) -> Answer {
    answer(status, "application/json", body)
}

/// A response without a body.
pub(crate) fn empty(status: u16) -> Answer {
    match status {
        204 => Answer::Bytes(b"HTTP/1.1 204 -\r\n\r\n".to_vec()),
        _ => answer(status, "", ""),
    }
}

/// A response of which only the first part of its body comes.
pub(crate) fn truncated(status: u16, body: &str) -> Answer {
    let length = body.len() + 10;
    Answer::BytesThenEnd(bytes(status, "application/json", length, body))
}

/// The server; it ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers every request alike.
    pub(crate) async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let server = Self {
            url: format!("http://{address}"),
            seen: Arc::default(),
        };
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, answer) = (shared.clone(), answer.clone());
                tokio::spawn(async move { shared.serve(stream, answer).await });
            }
        });
        server
    }

    /// The requests, in order.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no test panicked here").clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }

    async fn serve(&self, mut stream: TcpStream, answer: Answer) -> Option<()> {
        let mut held = Vec::new();
        loop {
            let seen = read(&mut stream, &mut held).await?;
            self.seen.lock().expect("no test panicked here").push(seen);
            match &answer {
                Answer::Bytes(bytes) => stream.write_all(bytes).await.ok()?,
                Answer::BytesThenEnd(bytes) => {
                    stream.write_all(bytes).await.ok()?;
                    return stream.shutdown().await.ok();
                }
                Answer::Hang => std::future::pending().await,
            }
        }
    }
}

async fn more(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(held).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}

/// Reads one request; none when the client has gone.
async fn read(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        if let Some(at) = held.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, held).await?;
    };
    let head = String::from_utf8_lossy(&held[..end]).into_owned();
    held.drain(..end + 4);
    let mut lines = head.split("\r\n");
    let line = lines.next()?.to_owned();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen {
        line,
        headers,
        body: Vec::new(),
    };
    let length = seen.header("content-length").parse().unwrap_or(0);
    while held.len() < length {
        more(stream, held).await?;
    }
    seen.body = held.drain(..length).collect();
    Some(seen)
}
