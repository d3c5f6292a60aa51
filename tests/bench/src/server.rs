//! A server on loopback that is quick enough not to be what is measured.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

const PROVIDER: &str = r#"{"id":"4c07bc67-57ea-42dd-b702-c2d6c45419fc","name":"RADIUS","notes":"Created for a benchmark.","created":"2024-01-02T03:04:05.123456Z","updated":"2024-02-03T04:05:06.123456Z","tags":["developer","api-created"],"type":"Radius","hostnames":["radius-1.example.com","radius-2.example.com"],"port":1812,"inputType":"Masked","authenticationProtocol":"CHAP","timeout":6,"mode":"Challenge","useUserPassword":false}"#;

/// A server that answers every request with the same provider. Its threads end with their connections.
#[derive(Debug)]
pub struct Server {
    url: String,
}

impl Server {
    /// Starts on a free port.
    ///
    /// # Errors
    /// When there is none.
    pub fn start() -> io::Result<Self> {
        Self::observed(|_| ())
    }

    /// Starts on a free port, and hands on every request as it came.
    ///
    /// # Errors
    /// When there is none.
    pub fn recording() -> io::Result<(Self, Receiver<Vec<u8>>)> {
        let (sender, requests) = channel();
        // Who does not listen any more misses nothing.
        let server = Self::observed(move |request| drop(sender.send(request.to_vec())))?;
        Ok((server, requests))
    }

    fn observed(observe: impl Fn(&[u8]) + Clone + Send + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/admin", listener.local_addr()?);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let observe = observe.clone();
                thread::spawn(move || serve(stream, observe));
            }
        });
        Ok(Self { url })
    }

    /// The base URL.
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn serve(mut stream: TcpStream, observe: impl Fn(&[u8])) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Wed, 25 Nov 2026 00:00:00 GMT\r\nContent-Length: {}\r\n\r\n{PROVIDER}",
        PROVIDER.len()
    );
    let mut held = Vec::with_capacity(8192);
    let mut chunk = [0; 8192];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        held.extend_from_slice(chunk.get(..read).unwrap_or_default());
        while let Some(length) = request_length(&held).filter(|length| *length <= held.len()) {
            observe(held.get(..length).unwrap_or_default());
            held.drain(..length);
            stream.write_all(answer.as_bytes())?;
        }
    }
}

/// The length of the first request, if its head is complete.
fn request_length(held: &[u8]) -> Option<usize> {
    let head = held.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(held.get(..head)?).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let length = value.trim().parse::<usize>().ok()?;
        name.eq_ignore_ascii_case("content-length")
            .then_some(length)
    });
    Some(head + length.unwrap_or(0))
}
