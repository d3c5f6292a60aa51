//! Faults 23 to 28: bodies that come too slowly, never end, or are compressed badly.

use std::io::Write;
use std::time::Duration;

use countersign_runtime::{Limit, TransportErrorKind as Kind};

use crate::support::{Step, response};
use crate::{Case, OK, Outcome};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn compressed(body: Vec<u8>) -> Vec<Step> {
    response(
        "200 OK",
        &[
            ("Content-Type", "application/json"),
            ("Content-Encoding", "gzip"),
        ],
        body,
    )
}

fn stalled() -> Case {
    Case::repeated(Outcome::Transport(Kind::Timeout(Limit::Stall)))
}

#[tokio::test]
async fn f23_body_byte_by_byte() {
    let steps = || {
        let mut steps = vec![Step::Send(
            format!("{HEAD}Content-Length: {}\r\n\r\n", OK.len()).into(),
        )];
        for byte in OK.bytes() {
            steps.extend([
                Step::Send(vec![byte]),
                Step::Wait(Duration::from_millis(30)),
            ]);
        }
        steps
    };
    stalled().run(move |_| steps()).await;
}

#[tokio::test]
async fn f24_body_stops_half_way() {
    let half = format!("{HEAD}Content-Length: {}\r\n\r\n{}", OK.len(), &OK[..9]);
    stalled()
        .run(move |_| vec![Step::Send(half.clone().into()), Step::Hang])
        .await;
}

#[tokio::test]
async fn f25_endless_body() {
    let steps = || {
        let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        vec![
            Step::Send(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").into()),
            Step::Flood(chunk),
        ]
    };
    Case::both(Outcome::TooLarge).run(move |_| steps()).await;
}

#[tokio::test]
async fn f26_gzip_bomb() {
    let bomb = gzip(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    Case::both(Outcome::TooLarge)
        .run(move |_| compressed(bomb.clone()))
        .await;
}

#[tokio::test]
async fn f27_gzip_cut() {
    let mut cut = gzip(OK.as_bytes());
    cut.truncate(cut.len() - 12);
    Case::both(Outcome::Transport(Kind::Encoding))
        .run(move |_| compressed(cut.clone()))
        .await;
}

#[tokio::test]
async fn f28_wrong_encoding() {
    Case::both(Outcome::Transport(Kind::Encoding))
        .run(|_| compressed(OK.into()))
        .await;
}

#[tokio::test]
async fn good_compression_is_undone() {
    let good = gzip(OK.as_bytes());
    Case::both(Outcome::Good)
        .run(move |_| compressed(good.clone()))
        .await;
}
