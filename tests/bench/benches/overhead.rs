//! The time and the allocations of a call through a generated client, beside the same call written by hand.
//!
//! Client and server share a processor where the system lets them choose one: on two, how long the system takes to wake
//! the other one is most of a call, and differs by more than what is measured.
//!
//! Criterion tells the time of each. What is held to the bar is printed last: the two take turns in short rounds, so
//! that whatever else the machine does falls on both, and the time on a processor is told beside the time that passed.

use std::time::{Duration, Instant};

use countersign_bench::{ByHand, Error, Generated, Operation, Server, Side, allocations, runtime};
use criterion::{Bencher, Criterion};
use tokio::runtime::Runtime;

/// The number of rounds of each side, and of calls in a round.
const ROUNDS: usize = 1000;
const CALLS: u64 = 20;

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

/// The times of the rounds of a side.
#[derive(Default)]
struct Rounds {
    times: Vec<Duration>,
    /// The time of the thread on a processor, in the system and outside; nothing where the system does not tell.
    processor: Duration,
}

impl Rounds {
    fn run(
        &mut self,
        runtime: &Runtime,
        side: &impl Side,
        operation: Operation,
    ) -> Result<(), Error> {
        let before = on_processor();
        self.times.push(time(runtime, side, operation, CALLS)?);
        self.processor += on_processor().saturating_sub(before);
        Ok(())
    }

    /// The median.
    fn time(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times
            .get(times.len() / 2)
            .map_or(f64::NAN, Duration::as_secs_f64)
    }
}

/// The time this thread has been on a processor.
fn on_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The surplus of ours, in per cent: of time as it passes, and of the processor's. The two take turns.
fn overhead(
    runtime: &Runtime,
    ours: &impl Side,
    theirs: &impl Side,
    operation: Operation,
) -> Result<(f64, f64), Error> {
    let (mut our, mut their) = (Rounds::default(), Rounds::default());
    for _ in 0..ROUNDS {
        our.run(runtime, ours, operation)?;
        their.run(runtime, theirs, operation)?;
    }
    Ok((
        more(our.time(), their.time()),
        more(our.processor.as_secs_f64(), their.processor.as_secs_f64()),
    ))
}

/// The surplus of one over the other, in per cent.
fn more(ours: f64, theirs: f64) -> f64 {
    (ours / theirs - 1.0) * 100.0
}

/// Keeps this thread, and those that it starts, on one of the processors that it may run on.
#[cfg(target_os = "linux")]
fn stay_on_one_processor() -> Result<(), Error> {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;

    let this = Pid::from_raw(0);
    let allowed = sched_getaffinity(this)?;
    // The first one has the interrupts.
    let last = (0..CpuSet::count())
        .rev()
        .find(|at| matches!(allowed.is_set(*at), Ok(true)));
    let mut one = CpuSet::new();
    one.set(last.ok_or("no processor to run on")?)?;
    Ok(sched_setaffinity(this, &one)?)
}

#[cfg(not(target_os = "linux"))]
fn stay_on_one_processor() -> Result<(), Error> {
    Ok(())
}

fn main() -> Result<(), Error> {
    if let Err(why) = stay_on_one_processor() {
        println!("client and server may be on two processors: {why}");
    }
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
        let (time, processor) = overhead(&runtime, &generated, &by_hand, operation)?;
        println!(
            "{operation:?}: time {time:+.1} %, of the processor {processor:+.1} %; allocations {ours:.1}, by hand {theirs:.1} ({:+.1} %)",
            more(ours, theirs)
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
