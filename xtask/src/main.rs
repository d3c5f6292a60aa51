//! The maintainers' commands: those of `countersign`, and what only this workspace needs.

mod conformance;
mod corpus;
mod debian;
mod frameworks;
mod packages;
mod program;
mod servers;
mod suite;
mod wasm;
mod wire;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use countersign::cli::Verb;
use mimalloc::MiMalloc;

/// Generating makes millions of small allocations and keeps few of them: a third of the time without this.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Commands for those who keep the documents and the generated crates.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    #[command(flatten)]
    Verb(Verb),
    /// Run the generator on every document of a folder, and report what came of it.
    Corpus(corpus::Corpus),
    /// Run the clients against Prism, which checks each request against the documents. Needs Node.
    Conformance,
    /// Call servers that frameworks of others run through clients made from their documents. Needs Python and Node.
    Frameworks(frameworks::Frameworks),
    /// Call servers that others wrote through clients made from their documents. Needs Debian and Python.
    Servers(servers::Servers),
    /// Send the valid instances of the JSON Schema Test Suite through generated models and back.
    Suite(suite::Suite),
    /// Package all that would be published, and build a repository of somebody's own with it. Needs tar.
    Packages,
    /// Compile the crates, and a client with streams and uploads, for browsers. Needs the target of rustup, or Debian.
    Wasm,
    /// Have implementations of others read what the runtime sends. Needs Node and Python.
    Wire,
}

fn main() -> ExitCode {
    countersign::finish(match Cli::parse().task {
        Task::Verb(verb) => verb.run(),
        Task::Corpus(options) => corpus::run(&options),
        Task::Conformance => conformance::run(),
        Task::Frameworks(options) => frameworks::run(&options),
        Task::Servers(options) => servers::run(&options),
        Task::Suite(options) => suite::run(&options),
        Task::Packages => packages::run(),
        Task::Wasm => wasm::run(),
        Task::Wire => wire::run(),
    })
}
