//! The maintainers' commands.

mod audit;
mod cli;
mod conformance;
mod console;
mod corpus;
mod diff;
mod disk;
mod explain;
mod failure;
mod foreign;
mod generate;
mod job;
mod lint;
mod measure;
mod name;
mod outline;
mod output;
mod place;
mod policy;
mod record;
mod review;
mod summary;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Generating makes millions of small allocations and keeps few of them: a third of the time without this.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::complain(&failure);
            failure.code()
        }
    }
}
