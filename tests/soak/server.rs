//! A server that fails every twentieth time, each time in another way, and keeps count of what it got.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The header that tells calls apart.
pub(crate) const CALL: &str = "x-call";

/// A way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is broken off.
    Reset,
    /// 503, as of a gateway.
    Unavailable,
    /// 429, with a delay that is over at once.
    TooManyRequests,
    /// Half of the body, and the end of the connection.
    Truncation,
    /// Half of the body, and then nothing more.
    Stall,
}

impl Fault {
    pub(crate) const ALL: [Self; 5] = [
        Self::Reset,
        Self::Unavailable,
        Self::TooManyRequests,
        Self::Truncation,
        Self::Stall,
    ];

    /// Drawn from the call's number and how often the server has got it: the same in each run.
    pub(crate) fn of(call: usize, before: u32) -> Option<Self> {
        let drawn = mixed((call as u64) << 8 | u64::from(before));
        let kind = (drawn >> 32) as usize % Self::ALL.len();
        (drawn % 100 < 5).then(|| Self::ALL[kind])
    }
}

/// Spreads the bits of a number (SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The server. It has room for all calls from the beginning, so that it does not grow.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Vec<AtomicU32>>,
    faults: Arc<Mutex<[u32; Fault::ALL.len()]>>,
}

impl Server {
    pub(crate) async fn start(calls: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let server = Self {
            url: format!("http://{address}/admin"),
            received: Arc::new((0..calls).map(|_| AtomicU32::new(0)).collect()),
            faults: Arc::default(),
        };
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = shared.clone();
                tokio::spawn(async move { shared.serve(stream).await });
            }
        });
        server
    }

    /// The number of times a call was received.
    pub(crate) fn received(&self, call: usize) -> u32 {
        self.received[call].load(Ordering::SeqCst)
    }

    /// The number of times the server failed in each way.
    pub(crate) fn faults(&self) -> [u32; Fault::ALL.len()] {
        *self.faults.lock().expect("no test panicked here")
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let mut held = Vec::with_capacity(4096);
        loop {
            let call = read(&mut stream, &mut held).await?;
            let before = self.received[call].fetch_add(1, Ordering::SeqCst);
            let fault = Fault::of(call, before);
            if let Some(fault) = fault {
                self.faults.lock().expect("no test panicked here")[fault as usize] += 1;
            }
            self.answer(&mut stream, call, fault).await?;
        }
    }

    /// Answers; none: the connection is done with.
    async fn answer(
        &self,
        stream: &mut TcpStream,
        call: usize,
        fault: Option<Fault>,
    ) -> Option<()> {
        let body = format!(r#"{{"name":"call-{call}","type":"Radius"}}"#);
        let whole = response("200 OK", &body);
        let half = &whole.as_bytes()[..whole.len() - body.len() / 2];
        match fault {
            None => stream.write_all(whole.as_bytes()).await.ok(),
            Some(Fault::Unavailable) => {
                let text = response("503 Service Unavailable", "{}");
                stream.write_all(text.as_bytes()).await.ok()
            }
            Some(Fault::TooManyRequests) => {
                let text = response("429 Too Many Requests\r\nRetry-After: 0", "{}");
                stream.write_all(text.as_bytes()).await.ok()
            }
            Some(Fault::Reset) => {
                stream.set_zero_linger().ok()?;
                None
            }
            Some(Fault::Truncation) => {
                stream.write_all(half).await.ok()?;
                stream.shutdown().await.ok()?;
                None
            }
            Some(Fault::Stall) => {
                stream.write_all(half).await.ok()?;
                // Until the client has had enough and goes away.
                let _ = stream.read(&mut [0]).await;
                None
            }
        }
    }
}

fn response(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Reads one request and says which call it is of; none when the client has gone.
async fn read(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<usize> {
    let end = loop {
        if let Some(at) = held.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, held).await?;
    };
    let head = String::from_utf8_lossy(&held[..end]).into_owned();
    let header = |wanted: &str| {
        head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let value = value.parse::<usize>().ok()?;
            name.eq_ignore_ascii_case(wanted).then_some(value)
        })
    };
    let length = header("content-length").unwrap_or(0);
    while held.len() < end + length {
        more(stream, held).await?;
    }
    held.drain(..end + length);
    header(CALL)
}

async fn more(stream: &mut TcpStream, held: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(held).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
