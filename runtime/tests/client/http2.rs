//! HTTP/2: a server that says for sure that it did not look at a request, and one that leaves it open.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use countersign_runtime::{Error, TransportErrorKind};
use h2::Reason;
use http::{Method, Response};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;

use crate::sample::*;
use crate::support::Hurried;
use crate::support::certificates::{Authority, acceptor};

/// The fate of a connection's first request.
#[derive(Clone, Copy)]
enum Fate {
    /// Answered, as all that follow.
    Answered,
    /// Its stream is reset for this reason; the next ones are answered.
    Reset(Reason),
    /// The connection goes away and names the last stream that it looked at: this one, or none.
    GoneAway { looked_at: bool, reason: Reason },
}

struct Server {
    url: String,
    authority: Authority,
    /// The methods that came, on all connections.
    seen: Arc<Mutex<Vec<Method>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// The first connection has this fate, all others answer.
    async fn start(first: Fate) -> Self {
        let authority = Authority::new();
        let acceptor = acceptor(&authority.sign("localhost", |_| {}), None, &[b"h2"]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self {
            url: format!("https://localhost:{port}"),
            authority,
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let (seen, connections) = (server.seen.clone(), server.connections.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let stream = acceptor.accept(stream).await.unwrap();
                let fate = match connections.fetch_add(1, Ordering::SeqCst) {
                    0 => first,
                    _ => Fate::Answered,
                };
                let seen = seen.clone();
                tokio::spawn(async move {
                    match fate {
                        Fate::GoneAway { looked_at, reason } => {
                            go_away(stream, looked_at, reason, &seen).await;
                        }
                        Fate::Answered => answer(stream, None, &seen).await,
                        Fate::Reset(reason) => answer(stream, Some(reason), &seen).await,
                    }
                });
            }
        });
        server
    }

    fn client(&self) -> Client {
        Client::builder()
            .base_url(&self.url)
            .root_certificates(self.authority.pem.clone())
            .no_proxy()
            .clock(Hurried::default())
            .credential(security::bearer("t0ken-t0ken"))
            .build()
            .unwrap()
    }

    fn seen(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

async fn answer(stream: TlsStream<TcpStream>, reset: Option<Reason>, seen: &Mutex<Vec<Method>>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let mut reset = reset;
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        seen.lock().unwrap().push(request.method().clone());
        if let Some(reason) = reset.take() {
            respond.send_reset(reason);
            continue;
        }
        let head = Response::builder()
            .header("content-type", "application/json")
            .body(())
            .unwrap();
        let mut body = respond.send_response(head, false).unwrap();
        let answer = Bytes::from_static(br#"{"id":1,"name":"a"}"#);
        body.send_data(answer, true).unwrap();
    }
}

/// Frame by frame, since a well-behaved server would not name a lower stream than it has seen.
async fn go_away(
    mut stream: TlsStream<TcpStream>,
    looked_at: bool,
    reason: Reason,
    seen: &Mutex<Vec<Method>>,
) {
    const HEADERS: u8 = 1;
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.unwrap();
    stream.write_all(&frame(4, &[])).await.unwrap();
    let number = loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.unwrap();
        let [a, b, c, kind, _, number @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        stream.read_exact(&mut payload).await.unwrap();
        if kind == HEADERS {
            break u32::from_be_bytes(number);
        }
    };
    seen.lock().unwrap().push(Method::POST);
    let last = if looked_at { number } else { 0 };
    let farewell = [last.to_be_bytes(), u32::from(reason).to_be_bytes()].concat();
    stream.write_all(&frame(7, &farewell)).await.unwrap();
    stream.shutdown().await.unwrap();
}

/// A frame of the connection itself.
fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    let mut frame = vec![0, 0, length, kind, 0, 0, 0, 0, 0];
    frame.extend_from_slice(payload);
    frame
}

fn new_server() -> NewServer {
    NewServer {
        name: "radius".into(),
        shared_secret: None,
    }
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = Server::start(Fate::Answered).await;
    let client = server.client();
    for _ in 0..3 {
        let created = client.create_server(new_server()).send().await.unwrap();
        assert_eq!((created.id, created.attempts()), (1, 1));
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    assert_eq!(server.seen(), 3);
}

#[tokio::test]
async fn a_refused_stream_is_sent_again_whatever_the_method() {
    let server = Server::start(Fate::Reset(Reason::REFUSED_STREAM)).await;
    let created = server.client().create_server(new_server()).send().await;
    assert_eq!(created.unwrap().attempts(), 2);
    assert_eq!(*server.seen.lock().unwrap(), [Method::POST, Method::POST]);
}

#[tokio::test]
async fn a_stream_that_was_reset_for_another_reason_is_not_sent_again() {
    for reason in [Reason::INTERNAL_ERROR, Reason::CANCEL] {
        let server = Server::start(Fate::Reset(reason)).await;
        let error = server.client().create_server(new_server()).send().await;
        let error = error.unwrap_err();
        assert_eq!((error.attempts(), server.seen()), (1, 1), "{error:?}");
        // Reading is safe to repeat.
        let server = Server::start(Fate::Reset(reason)).await;
        let got = server.client().get_server("1").send().await.unwrap();
        assert_eq!((got.attempts(), server.seen()), (2, 2));
    }
}

#[tokio::test]
async fn a_stream_above_the_last_one_looked_at_is_sent_again() {
    let server = Server::start(Fate::GoneAway {
        looked_at: false,
        reason: Reason::NO_ERROR,
    })
    .await;
    let created = server.client().create_server(new_server()).send().await;
    assert_eq!(created.unwrap().attempts(), 2);
    assert_eq!(
        (server.connections.load(Ordering::SeqCst), server.seen()),
        (2, 2)
    );
}

#[tokio::test]
async fn a_stream_that_may_have_been_looked_at_is_not_sent_again() {
    let server = Server::start(Fate::GoneAway {
        looked_at: true,
        reason: Reason::NO_ERROR,
    })
    .await;
    let error = server.client().create_server(new_server()).send().await;
    let Err(Error::Transport(error)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.kind(), TransportErrorKind::Reset, "{error:?}");
    assert_eq!(
        (server.connections.load(Ordering::SeqCst), server.seen()),
        (1, 1)
    );
}
