//! Faults 12 to 22: what comes is not HTTP.

use countersign_runtime::{Limit, TransportErrorKind as Kind};

use crate::support::{Step, raw};
use crate::{Case, OK, Outcome};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

fn protocol() -> Case {
    Case::both(Outcome::Transport(Kind::Protocol))
}

#[tokio::test]
async fn f12_status_line_garbage() {
    for line in [
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "\0\0\0\0\0\0\0\0\r\n\r\n",
    ] {
        protocol().run(move |_| raw(line)).await;
    }
}

#[tokio::test]
async fn f13_1xx_flood() {
    let steps = |_: &_| vec![Step::Flood(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec())];
    Case::repeated(Outcome::Transport(Kind::Timeout(Limit::Attempt)))
        .run(steps)
        .await;
}

#[tokio::test]
async fn f14_header_of_a_mebibyte() {
    let text = format!("{HEAD}X-Long: {}\r\n\r\n", "a".repeat(1024 * 1024));
    protocol().run(move |_| raw(&text)).await;
}

#[tokio::test]
async fn f15_ten_thousand_headers() {
    let many: String = (0..10_000).map(|at| format!("X-{at}: a\r\n")).collect();
    let text = format!("{HEAD}{many}\r\n");
    protocol().run(move |_| raw(&text)).await;
}

#[tokio::test]
async fn f16_line_breaks_in_a_header() {
    let text = format!(
        "{HEAD}X-A: a\rX-B: b\r\nContent-Length: {}\r\n\r\n{OK}",
        OK.len()
    );
    protocol().run(move |_| raw(&text)).await;
}

#[tokio::test]
async fn f17_no_length() {
    let steps = |_: &_| vec![Step::Send(format!("{HEAD}\r\n{OK}").into()), Step::Close];
    Case::both(Outcome::Good).run(steps).await;
}

#[tokio::test]
async fn f18_length_too_short() {
    let text = format!("{HEAD}Content-Length: {}\r\n\r\n{OK}", OK.len() - 1);
    Case::both(Outcome::Decode("$"))
        .run(move |_| raw(&text))
        .await;
}

#[tokio::test]
async fn f19_length_too_long() {
    let steps = |_: &_| {
        vec![
            Step::Send(format!("{HEAD}Content-Length: 99\r\n\r\n{OK}").into()),
            Step::Close,
        ]
    };
    Case::repeated(Outcome::Transport(Kind::Reset))
        .run(steps)
        .await;
}

#[tokio::test]
async fn f20_two_lengths() {
    let text = format!(
        "{HEAD}Content-Length: 5\r\nContent-Length: {}\r\n\r\n{OK}",
        OK.len()
    );
    protocol().run(move |_| raw(&text)).await;
}

#[tokio::test]
async fn f21_chunk_garbage() {
    let text = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{OK}\r\n0\r\n\r\n");
    protocol().run(move |_| raw(&text)).await;
}

#[tokio::test]
async fn f22_chunk_cut() {
    let text = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n13\r\n{}", &OK[..9]);
    let steps = move || vec![Step::Send(text.clone().into()), Step::Close];
    Case::repeated(Outcome::Transport(Kind::Reset))
        .run(move |_| steps())
        .await;
}
