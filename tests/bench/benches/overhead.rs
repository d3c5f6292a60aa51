//! The time and the allocations of a call through a generated client, beside the same call written by hand.
//!
//! Criterion tells the time of each. What is held to the bar is the ratio that is printed last: the two take turns in
//! short rounds, so that whatever else the machine does falls on both.

use std::time::{Duration, Instant};

use countersign_bench::{ByHand, Error, Generated, Operation, Server, Side, allocations, runtime};
use criterion::{Bencher, Criterion};
use tokio::runtime::Runtime;

/// How many rounds each side gets, and how many calls make a round.
const ROUNDS: usize = 400;
const CALLS: u64 = 100;

fn time(
    runtime: &Runtime,
    side: &impl Side,
    operation: Operation,
    calls: u64,
) -> Result<Duration, Error> {
    runtime.block_on(async {
        let start = Instant::now();
        for _ in 0..calls {
            operation.call(side).await?;
        }
        Ok(start.elapsed())
    })
}

/// The two sides in turn: how much longer ours takes, as the median over the rounds, in per cent.
fn overhead(
    runtime: &Runtime,
    ours: &impl Side,
    theirs: &impl Side,
    operation: Operation,
) -> Result<f64, Error> {
    let mut ratios = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        // Who goes first takes turns too.
        let (ours, theirs) = if round.is_multiple_of(2) {
            let ours = time(runtime, ours, operation, CALLS)?;
            (ours, time(runtime, theirs, operation, CALLS)?)
        } else {
            let theirs = time(runtime, theirs, operation, CALLS)?;
            (time(runtime, ours, operation, CALLS)?, theirs)
        };
        ratios.push(ours.as_secs_f64() / theirs.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios.get(ROUNDS / 2).copied().unwrap_or(f64::NAN);
    Ok((median - 1.0) * 100.0)
}

fn main() -> Result<(), Error> {
    let (runtime, server) = (runtime()?, Server::start()?);
    let (generated, by_hand) = (Generated::new(&server)?, ByHand::new(&server)?);
    let mut criterion = Criterion::default().configure_from_args();
    for operation in Operation::ALL {
        let mut group = criterion.benchmark_group(format!("{operation:?}"));
        group.bench_function("by hand", |bencher| {
            measure(bencher, &runtime, &by_hand, operation)
        });
        group.bench_function("generated", |bencher| {
            measure(bencher, &runtime, &generated, operation);
        });
        group.finish();
    }
    criterion.final_summary();
    for operation in Operation::ALL {
        let ours = allocations(&runtime, &generated, operation, 1000)?;
        let theirs = allocations(&runtime, &by_hand, operation, 1000)?;
        let time = overhead(&runtime, &generated, &by_hand, operation)?;
        println!(
            "{operation:?}: time {time:+.1} %; allocations {ours:.1}, by hand {theirs:.1} ({:+.1} %)",
            (ours / theirs - 1.0) * 100.0
        );
    }
    Ok(())
}

fn measure(bencher: &mut Bencher<'_>, runtime: &Runtime, side: &impl Side, operation: Operation) {
    bencher.iter_custom(|calls| {
        // Criterion takes no errors; an absurd time cannot be overlooked.
        time(runtime, side, operation, calls).unwrap_or(Duration::MAX)
    });
}
