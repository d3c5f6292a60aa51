//! The time that reading and writing JSON takes, beside serde's derive macros and serde_json in the same run: `cargo bench
//! -p countersign-bench --features timing --bench codec`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use countersign_bench::codec::{ByHand, Codec, Generated, SIZES, body};
use countersign_bench::{Error, count};

/// The number of rounds of each side; they take turns, and which is first changes each time.
const ROUNDS: usize = 401;

/// About how many bytes a round reads or writes.
const BYTES: usize = 500_000;

fn main() -> Result<(), Error> {
    for providers in SIZES {
        let body = body(providers);
        let times = BYTES.div_ceil(body.len());
        let read = compare(
            || repeat(times, || Generated::read(&body)),
            || repeat(times, || ByHand::read(&body)),
        )?;
        let (ours, theirs) = (Generated::read(&body)?, ByHand::read(&body)?);
        let write = compare(
            || repeat(times, || ours.write()),
            || repeat(times, || theirs.write()),
        )?;
        println!(
            "{} bytes: read {read:.2}, allocations {:.2}; write {write:.2}, allocations {:.2}",
            body.len(),
            count(|| Generated::read(&body))? / count(|| ByHand::read(&body))?,
            count(|| ours.write())? / count(|| theirs.write())?,
        );
    }
    Ok(())
}

fn repeat<T>(times: usize, mut work: impl FnMut() -> Result<T, Error>) -> Result<Duration, Error> {
    let start = Instant::now();
    for _ in 0..times {
        black_box(work()?);
    }
    Ok(start.elapsed())
}

/// The median of the rounds' ratios.
fn compare(
    mut ours: impl FnMut() -> Result<Duration, Error>,
    mut theirs: impl FnMut() -> Result<Duration, Error>,
) -> Result<f64, Error> {
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let (our, their) = if round % 2 == 0 {
            let our = ours()?;
            (our, theirs()?)
        } else {
            let their = theirs()?;
            (ours()?, their)
        };
        ratios.push(our.as_secs_f64() / their.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    Ok(ratios.get(ROUNDS / 2).copied().unwrap_or(f64::NAN))
}
