//! Many calls at once to a server that fails every twentieth time: none is lost, none is sent more often than the retry
//! rules allow, and memory stays flat.
//!
//! The long version takes a minute: `cargo test -p countersign-tests --test soak -- --ignored --nocapture`.

mod server;
mod streams;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use appgate_sdp_client::{Client, model, security};
use countersign_runtime::{Error, Stall, Timeouts};
use uuid::Uuid;

use crate::server::{CALL, Fault, Server};

const WORKERS: usize = 64;

/// The end of a call: after so many attempts, well or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    attempts: u32,
    result: Result<(), Failure>,
}

/// The meaning of a failure to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    Status(u16),
    /// The connection or the body broke off, or stalled.
    Broken,
    /// Anything else, which no fault of the server's explains.
    Other,
}

/// Every other call reads, the rest write.
const fn is_write(call: usize) -> bool {
    call % 2 == 1
}

fn client(server: &Server) -> Client {
    let stall = Stall {
        rate: 1,
        period: Duration::from_secs(2),
    };
    Client::builder()
        .base_url(&server.url)
        .accept_variable("apiVersion", 22)
        .credential(security::bearer_auth("a-session-token"))
        .timeouts(Timeouts::new().stall(Some(stall)))
        .build()
        .expect("a client")
}

async fn call(client: &Client, call: usize) -> End {
    let number = call.to_string();
    if is_write(call) {
        let provider = model::MfaProviderInput::new("RADIUS", model::MfaProviderType::Radius)
            .shared_secret("radius-shared-secret");
        let sent = client.create_mfa_provider(provider).header(CALL, number);
        end(call, sent.send().await)
    } else {
        let sent = client
            .get_mfa_provider(Uuid::from_u128(call as u128))
            .header(CALL, number);
        end(call, sent.send().await)
    }
}

fn end<E: std::fmt::Debug>(
    call: usize,
    answer: Result<countersign_runtime::Response<model::MfaProvider>, Error<E>>,
) -> End {
    match answer {
        Ok(provider) => End {
            attempts: provider.attempts(),
            // Somebody else's answer would be worse than none.
            result: match provider.name == format!("call-{call}") {
                true => Ok(()),
                false => Err(Failure::Other),
            },
        },
        Err(error) => End {
            attempts: error.attempts(),
            result: Err(match (&error, error.status()) {
                (Error::Transport(_), _) => Failure::Broken,
                (_, Some(status)) => Failure::Status(status.as_u16()),
                _ => Failure::Other,
            }),
        },
    }
}

/// Makes calls from many tasks at once. Says how they ended, and how memory grew after a tenth of them, in KiB.
async fn run(server: &Server, calls: usize) -> (Vec<End>, Option<i64>) {
    let client = client(server);
    let ends = Arc::new(Mutex::new(vec![None; calls]));
    let warm = resident_after(&client, &ends, 0..calls / 10).await;
    let done = resident_after(&client, &ends, calls / 10..calls).await;
    let ends = ends.lock().expect("no test panicked here");
    let ends = ends.iter().map(|end| end.expect("every call ends"));
    (
        ends.collect(),
        done.zip(warm).map(|(done, warm)| done - warm),
    )
}

async fn resident_after(
    client: &Client,
    ends: &Arc<Mutex<Vec<Option<End>>>>,
    calls: std::ops::Range<usize>,
) -> Option<i64> {
    let (next, last) = (Arc::new(AtomicUsize::new(calls.start)), calls.end);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (client, ends, next) = (client.clone(), Arc::clone(ends), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= last {
                        break;
                    }
                    let end = call(&client, number).await;
                    ends.lock().expect("no test panicked here")[number] = Some(end);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("no worker panics");
    }
    resident()
}

/// Memory that is in use, in KiB; none where the system does not tell.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Compares what a call's end was with what the server got and did.
fn check(server: &Server, call: usize, end: End) {
    let received = server.received(call);
    let faults: Vec<_> = (0..received)
        .map(|before| Fault::of(call, before))
        .collect();
    let told = format!("call {call}: {end:?}, received {received} times: {faults:?}");
    assert!(end.attempts <= 3, "{told}");
    // A connection that had died unnoticed costs an attempt without anything received; nothing else does.
    assert!(received <= end.attempts, "{told}");
    if is_write(call) {
        assert!(received <= 1, "{told}");
    }
    match end.result {
        // The last request was the good one, and each before it failed.
        Ok(()) => {
            assert_eq!(faults.last(), Some(&None), "{told}");
            let before = &faults[..faults.len() - 1];
            assert!(before.iter().all(Option::is_some), "{told}");
        }
        // Whatever was received failed, and what may be repeated was, as often as the rules have it.
        Err(failure) => {
            assert!(faults.iter().all(Option::is_some), "{told}");
            assert!(is_write(call) || end.attempts == 3, "{told}");
            let explained = match faults.last() {
                Some(Some(Fault::Unavailable)) => failure == Failure::Status(503),
                Some(Some(Fault::TooManyRequests)) => failure == Failure::Status(429),
                _ => failure == Failure::Broken,
            };
            assert!(explained, "{told}");
        }
    }
}

async fn soak(calls: usize, growth: i64) {
    let server = Server::start(calls).await;
    let start = Instant::now();
    let (ends, grown) = run(&server, calls).await;
    let time = start.elapsed();
    for (call, end) in ends.iter().enumerate() {
        check(&server, call, *end);
    }
    let received: u32 = (0..calls).map(|call| server.received(call)).sum();
    let faults = server.faults();
    let failed = ends.iter().filter(|end| end.result.is_err()).count();
    println!(
        "{calls} calls in {time:.1?}: {received} requests, {failed} calls failed, faults {:?}, memory {grown:?} KiB more",
        Fault::ALL.iter().zip(faults).collect::<Vec<_>>()
    );
    assert!(faults.iter().all(|count| *count > 0), "{faults:?}");
    if let Some(grown) = grown {
        assert!(grown < growth, "memory grew by {grown} KiB");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_calls() {
    soak(2_000, 16 * 1024).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute"]
async fn sixty_thousand_calls() {
    soak(60_000, 8 * 1024).await;
}
