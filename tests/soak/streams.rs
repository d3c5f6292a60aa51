//! A stream of events that is cut at random bytes, again and again: no event is lost, and none comes twice.
//!
//! The long version takes ten minutes: `cargo test -p countersign-tests --test soak streams -- --ignored --nocapture`.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use countersign_runtime::{
    Accept, ApiSpec, Builder, Core, Decoded, Event, EventData, ItemStream, Method, Operation,
    OperationSpec, Reconnect, Reply, RequestError, RequestParts, Statuses,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

static API: ApiSpec = ApiSpec::new("soak", "1");

/// The operation, as it would be generated.
#[derive(Clone)]
struct Watch;

impl Operation for Watch {
    type Success = ItemStream<Event<u64>>;
    type Failure = Infallible;

    const SPEC: OperationSpec = OperationSpec::new("Watch", Method::GET, "/events")
        .accept(Accept::Only("text/event-stream"))
        .items(&["text/event-stream"])
        .responses(Statuses::of(&[200]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.events("text/event-stream", EventData::Json).map(Ok)
    }
}

/// Numbers that look random, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit
    }
}

/// An event of this number: with comments, several lines of data and each kind of line break.
fn event(number: u64, dice: &mut Dice) -> String {
    let end = ["\n", "\r\n", "\r"][dice.below(3) as usize];
    let name = ["", "event: tick", ": a comment"][dice.below(3) as usize];
    let padding = " ".repeat(dice.below(40) as usize);
    let lines = [
        name.to_owned(),
        format!("id: {number}"),
        format!("data: {padding}"),
        format!("data:{number}"),
        "retry: 1".to_owned(),
        String::new(),
    ];
    let lines = lines.iter().enumerate();
    let lines = lines.filter(|(at, line)| *at > 0 || !line.is_empty());
    lines.map(|(_, line)| format!("{line}{end}")).collect()
}

/// Serves the stream until a time, and counts its connections.
async fn serve(listener: TcpListener, until: Instant, cuts: Arc<AtomicU64>) {
    let mut dice = Dice(7);
    while let Ok((stream, _)) = listener.accept().await {
        let budget = 1 + dice.below(6000);
        if answer(stream, until, budget as usize, &mut dice)
            .await
            .is_none()
        {
            cuts.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Answers one connection; none: it was cut.
async fn answer(
    mut stream: TcpStream,
    until: Instant,
    budget: usize,
    dice: &mut Dice,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let last = head
        .lines()
        .find_map(|line| line.strip_prefix("last-event-id: "));
    let mut number = last.map_or(0, |last| last.trim().parse::<u64>().expect("an id of ours"));
    let mut text =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            .to_owned();
    let mut sent = 0;
    loop {
        while text.len() < 2000 {
            number += 1;
            let event = event(number, dice);
            // A chunk need not end where an event does.
            let at = dice.below(event.len() as u64 - 1) as usize + 1;
            for part in [&event[..at], &event[at..]]
                .into_iter()
                .filter(|part| !part.is_empty())
            {
                text.push_str(&format!("{:x}\r\n{part}\r\n", part.len()));
            }
        }
        if Instant::now() > until {
            text.push_str("0\r\n\r\n");
            stream.write_all(text.as_bytes()).await.ok()?;
            return stream.shutdown().await.ok();
        }
        let rest = budget - sent;
        if text.len() >= rest {
            // The head is whole, or no stream would begin.
            let cut = if sent == 0 { rest.max(100) } else { rest };
            stream
                .write_all(&text.as_bytes()[..cut.min(text.len())])
                .await
                .ok()?;
            if dice.below(2) == 0 {
                stream.set_zero_linger().ok()?;
            }
            return None;
        }
        stream.write_all(text.as_bytes()).await.ok()?;
        sent += text.len();
        text.clear();
    }
}

async fn soak(time: Duration) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
    let cuts = Arc::new(AtomicU64::new(0));
    let server = tokio::spawn(serve(listener, Instant::now() + time, Arc::clone(&cuts)));
    let core: Core = Builder::new(&API)
        .base_url(url)
        .retry_budget(u32::MAX)
        .build()
        .expect("a client");
    let reconnect = Reconnect::new()
        .max_attempts(1000)
        .backoff(Duration::from_millis(1), Duration::from_millis(20));
    let call = core.call(Watch).reconnect(reconnect);
    let mut events = call.send().await.expect("a stream").into_inner();
    let mut count = 0;
    while let Some(event) = events.next().await.expect("an event") {
        count += 1;
        assert_eq!(event.data, count, "an event is lost, or came twice");
        assert_eq!(event.id.as_deref(), Some(count.to_string().as_str()));
    }
    let cuts = cuts.load(Ordering::Relaxed);
    println!("{count} events over {cuts} cuts in {time:?}");
    assert!(cuts > 10 && count > cuts, "{count} events, {cuts} cuts");
    server.abort();
}

#[tokio::test]
async fn no_event_is_lost_or_doubled_over_cuts() {
    soak(Duration::from_secs(3)).await;
}

#[tokio::test]
#[ignore = "takes ten minutes"]
async fn no_event_is_lost_or_doubled_in_ten_minutes() {
    soak(Duration::from_secs(600)).await;
}
