//! Faults 1 to 11: no connection, or none that is secure.

use std::time::Duration;

use countersign_runtime::{Limit, TransportErrorKind as Kind};
use rcgen::{CertificateParams, date_time_ymd};

use crate::support::certificates::{Authority, serve};
use crate::support::{Hurried, Server as Loopback, Step, json};
use crate::{Case, OK, Outcome, builder, timeouts};

#[tokio::test]
async fn f01_dns_failure() {
    let patient = timeouts()
        .attempt(Duration::from_secs(9))
        .connect(Duration::from_secs(9));
    let builder = builder("https://nowhere.invalid", &Hurried::default());
    let client = builder.timeouts(patient).build().unwrap();
    Case::unsent(Outcome::Transport(Kind::Dns))
        .calls(&client)
        .await;
}

#[tokio::test]
async fn f02_refused() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = builder(&format!("http://{free}"), &Hurried::default())
        .build()
        .unwrap();
    Case::unsent(Outcome::Transport(Kind::Connect))
        .calls(&client)
        .await;
}

#[tokio::test]
async fn f03_reset_before_headers() {
    Case::repeated(Outcome::Transport(Kind::Reset))
        .run(|_| vec![Step::Reset])
        .await;
}

#[tokio::test]
async fn f04_reset_during_headers() {
    let half = || {
        vec![
            Step::Send(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec()),
            Step::Reset,
        ]
    };
    Case::repeated(Outcome::Transport(Kind::Reset))
        .run(move |_| half())
        .await;
}

#[tokio::test]
async fn f05_reset_after_headers() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 19\r\n\r\n";
    let steps = move || {
        vec![
            Step::Send(head.into()),
            Step::Wait(Duration::from_millis(20)),
            Step::Reset,
        ]
    };
    Case::repeated(Outcome::Transport(Kind::Reset))
        .run(move |_| steps())
        .await;
}

#[tokio::test]
async fn f06_black_hole() {
    let steps = |_: &_| vec![Step::Hang];
    Case::repeated(Outcome::Transport(Kind::Timeout(Limit::Attempt)))
        .run(steps)
        .await;
}

#[tokio::test]
async fn f07_slow_connect() {
    // A backlog that is full: the system answers no more attempts to connect.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let held: Vec<_> = (0..3)
        .map(|_| tokio::spawn(tokio::net::TcpStream::connect(address)))
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let client = builder(&format!("http://{address}"), &Hurried::default())
        .build()
        .unwrap();
    Case::unsent(Outcome::Transport(Kind::Timeout(Limit::Connect)))
        .calls(&client)
        .await;
    held.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn f08_tls_wrong_host() {
    distrusted("other.example", |_| {}).await;
}

#[tokio::test]
async fn f09_tls_expired() {
    distrusted("localhost", |params| {
        params.not_after = date_time_ymd(2001, 1, 1)
    })
    .await;
}

/// A server whose certificate is from a trusted authority, and bad all the same.
async fn distrusted(name: &str, change: impl FnOnce(&mut CertificateParams)) {
    let authority = Authority::new();
    let url = serve(&authority.sign(name, change), None).await;
    let client = builder(&url, &Hurried::default())
        .root_certificates(authority.pem)
        .build()
        .unwrap();
    Case::unsent(Outcome::Transport(Kind::Tls))
        .calls(&client)
        .await;
}

#[tokio::test]
async fn f10_tls_unknown_ca() {
    let url = serve(&Authority::new().sign("localhost", |_| {}), None).await;
    let client = builder(&url, &Hurried::default()).build().unwrap();
    Case::unsent(Outcome::Transport(Kind::Tls))
        .calls(&client)
        .await;
}

#[tokio::test]
async fn f11_tls_handshake_cut() {
    for end in [Step::Close, Step::Reset] {
        let server = Loopback::start_with(move |_| vec![end.clone()], |_| json("200 OK", OK)).await;
        let client = builder(&server.url.replace("http:", "https:"), &Hurried::default())
            .build()
            .unwrap();
        Case::unsent(Outcome::Transport(Kind::Tls))
            .calls(&client)
            .await;
    }
}
