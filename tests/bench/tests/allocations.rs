//! A call through a generated client allocates about as often as one written by hand.

use countersign_bench::{ByHand, Error, Generated, Operation, Server, Side, allocations, runtime};

/// The surplus that the client may have over the call by hand.
const BOUND: f64 = 1.10;

#[test]
fn a_call_allocates_as_one_by_hand() -> Result<(), Error> {
    let (runtime, server) = (runtime()?, Server::start()?);
    let (generated, by_hand) = (Generated::new(&server)?, ByHand::new(&server)?);
    for operation in Operation::ALL {
        let ours = allocations(&runtime, &generated, operation, 50)?;
        let theirs = allocations(&runtime, &by_hand, operation, 50)?;
        println!("{operation:?}: {ours:.1} allocations, {theirs:.1} by hand");
        assert!(theirs > 10.0, "{operation:?}: nothing was counted");
        assert!(
            ours <= theirs * BOUND,
            "{operation:?}: {ours:.1} allocations, {theirs:.1} by hand"
        );
    }
    Ok(())
}
