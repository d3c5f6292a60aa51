//! A server on loopback that does what a test tells it to, down to the bytes.
#![allow(dead_code, unreachable_pub)]

pub mod certificates;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use countersign_runtime::{BoxFuture, Clock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Which connection it came on, from 0.
    pub connection: usize,
    /// Which request of all it is, from 0.
    pub number: usize,
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The next action of the server on a connection.
#[derive(Clone, Debug)]
pub enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// Sends the bytes again and again until the client goes away.
    Flood(Vec<u8>),
    /// Closes both directions in good order.
    Close,
    /// Breaks the connection off.
    Reset,
    /// Says nothing more, and keeps the connection open.
    Hang,
}

/// A response with a length.
pub fn response(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

pub fn json(status: &str, body: &str) -> Vec<Step> {
    response(status, &[("Content-Type", "application/json")], body)
}

pub fn raw(bytes: impl AsRef<[u8]>) -> Vec<Step> {
    vec![Step::Send(bytes.as_ref().to_vec())]
}

type Script = dyn Fn(&Seen) -> Vec<Step> + Send + Sync;

/// The server; it ends with the test's runtime.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request by a script.
    pub async fn start(script: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::start_with(|_| Vec::new(), script).await
    }

    /// The same, with steps to take as soon as a connection is there (its number is given).
    pub async fn start_with(
        greeting: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static,
        script: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self {
            url,
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let (shared, script, greeting) = (server.clone(), Arc::new(script), Arc::new(greeting));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                let (shared, script, greeting) = (shared.clone(), script.clone(), greeting.clone());
                tokio::spawn(
                    async move { shared.serve(stream, number, &*greeting, &*script).await },
                );
            }
        });
        server
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn serve(
        &self,
        mut stream: TcpStream,
        connection: usize,
        greeting: &(dyn Fn(usize) -> Vec<Step> + Send + Sync),
        script: &Script,
    ) -> Option<()> {
        let mut held = Vec::new();
        stream.set_nodelay(true).ok()?;
        act(&mut stream, greeting(connection)).await?;
        loop {
            let mut seen = read_request(&mut stream, &mut held).await?;
            seen.connection = connection;
            {
                let mut all = self.seen.lock().unwrap();
                seen.number = all.len();
                all.push(seen.clone());
            }
            act(&mut stream, script(&seen)).await?;
        }
    }
}

/// Takes the steps; none: the connection is done with.
pub async fn act(stream: &mut TcpStream, steps: Vec<Step>) -> Option<()> {
    for step in steps {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await.ok()?,
            Step::Wait(time) => tokio::time::sleep(time).await,
            Step::Flood(bytes) => loop {
                stream.write_all(&bytes).await.ok()?;
                tokio::task::yield_now().await;
            },
            Step::Close => {
                stream.shutdown().await.ok()?;
                return None;
            }
            Step::Reset => {
                stream.set_zero_linger().ok()?;
                return None;
            }
            Step::Hang => std::future::pending().await,
        }
    }
    Some(())
}

async fn more(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 16 * 1024];
    let read = stream
        .read(&mut chunk)
        .await
        .ok()
        .filter(|read| *read > 0)?;
    held.extend_from_slice(&chunk[..read]);
    Some(())
}

async fn read_request(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<Seen> {
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
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen {
        line,
        headers,
        ..Seen::default()
    };
    if seen.header("transfer-encoding").is_some() {
        seen.body = read_chunks(stream, held).await?;
    } else {
        let length = seen
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        while held.len() < length {
            more(stream, held).await?;
        }
        seen.body = held.drain(..length).collect();
    }
    Some(seen)
}

async fn read_chunks(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            match held.windows(2).position(|window| window == b"\r\n") {
                Some(at) => break at,
                None => more(stream, held).await?,
            }
        };
        let size = usize::from_str_radix(std::str::from_utf8(&held[..end]).ok()?, 16).ok()?;
        while held.len() < end + size + 4 {
            more(stream, held).await?;
        }
        body.extend_from_slice(&held[end + 2..end + 2 + size]);
        held.drain(..end + size + 4);
        if size == 0 {
            return Some(body);
        }
    }
}

/// A clock whose pauses take no time, and which tells what they were.
#[derive(Clone, Default)]
pub struct Hurried {
    pub pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Hurried {
    pub fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

impl Clock for Hurried {
    fn pause(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.pauses.lock().unwrap().push(time);
        Box::pin(std::future::ready(()))
    }

    fn alarm(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn fraction(&self) -> f64 {
        1.0
    }
}
