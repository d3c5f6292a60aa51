//! Streams of items take constant memory.

use countersign_bench::streams::{Kind, Ours, StreamServer};
use countersign_bench::{Error, runtime};

/// The most bytes that are held at once while a stream is read.
fn most_bytes(items: usize, kind: Kind) -> Result<u64, Error> {
    let runtime = runtime()?;
    let server = StreamServer::start(items)?;
    let ours = Ours::new(&server)?;
    // Once, to open what is opened once.
    runtime.block_on(ours.read(kind))?;
    let mut outcome = Ok(0);
    let counted = allocation_counter::measure(|| outcome = runtime.block_on(ours.read(kind)));
    assert_eq!(outcome?, items);
    Ok(counted.bytes_max)
}

#[test]
fn a_stream_takes_as_much_memory_however_long_it_is() -> Result<(), Error> {
    for kind in Kind::ALL {
        let (short, long) = (most_bytes(2_000, kind)?, most_bytes(40_000, kind)?);
        assert!(
            long < short * 2 + 64 * 1024,
            "{kind:?}: {short} and {long} bytes"
        );
        assert!(long < 2 * 1024 * 1024, "{kind:?}: {long} bytes");
    }
    Ok(())
}
