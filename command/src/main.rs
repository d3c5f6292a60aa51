//! The command `countersign`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Generating makes millions of small allocations and keeps few of them: a third of the time without this.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    countersign::run()
}
