//! The time that a stream of items takes, beside reading it by hand in the same run: `cargo bench -p countersign-bench
//! --features timing --bench streams`.

use std::time::{Duration, Instant};

use countersign_bench::streams::{ITEMS, Kind, Ours, StreamServer, Theirs};
use countersign_bench::{Error, runtime};

/// The number of rounds of each side; they take turns.
const ROUNDS: usize = 31;

fn main() -> Result<(), Error> {
    let runtime = runtime()?;
    let server = StreamServer::start(ITEMS)?;
    let (ours, theirs) = (Ours::new(&server)?, Theirs::new(&server)?);
    for kind in Kind::ALL {
        let (mut our, mut their) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            our.push(timed(|| runtime.block_on(ours.read(kind)))?);
            their.push(timed(|| runtime.block_on(theirs.read(kind)))?);
        }
        let (our, their) = (median(our), median(their));
        let more = (our.as_secs_f64() / their.as_secs_f64() - 1.0) * 100.0;
        println!("{kind:?}: {ITEMS} items in {our:?}, by hand {their:?} ({more:+.1} %)");
    }
    Ok(())
}

fn timed(read: impl FnOnce() -> Result<usize, Error>) -> Result<Duration, Error> {
    let start = Instant::now();
    let count = read()?;
    if count != ITEMS {
        return Err(format!("{count} items instead of {ITEMS}").into());
    }
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
