//! The maintainers' commands.

mod apply;
mod disk;
mod foreign;
mod generate;
mod outline;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Commands for those who keep the documents and the generated crates.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Generate the crates of the APIs in `spec/`, or of any document with --spec.
    Gen(Gen),
    /// Print what the crates of an API will hold, a line for each item.
    Outline {
        /// A folder below `spec/`.
        api: String,
    },
}

#[derive(Args)]
struct Gen {
    /// Folders below `spec/`; all of them if none is named.
    apis: Vec<String>,
    /// Change nothing; name each missing, stale or orphaned file, and fail if there is one.
    #[arg(long, conflicts_with = "spec")]
    check: bool,
    /// Print errors and nothing else.
    #[arg(long)]
    quiet: bool,
    /// Take warnings for errors. Always so for the APIs in `spec/`.
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    foreign: Foreign,
}

/// A document from anywhere.
#[derive(Args)]
struct Foreign {
    /// Any OpenAPI document: 3.0, 3.1 or Swagger 2.0, YAML or JSON.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "apis")]
    spec: Option<PathBuf>,
    /// The folder for the two crates.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// What the crates are called: NAME-model and NAME-client. Made from the file's name if left out.
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    root: Option<PathBuf>,
    /// The folder of `countersign-runtime`; the one of this workspace if left out.
    #[arg(
        long,
        value_name = "DIR",
        requires = "spec",
        conflicts_with = "runtime_version"
    )]
    runtime_path: Option<PathBuf>,
    /// The version of `countersign-runtime` in a registry.
    #[arg(long, value_name = "VERSION", requires = "spec")]
    runtime_version: Option<String>,
    /// A Rust type for a format: `--type date-time=chrono::DateTime<chrono::Utc>`.
    #[arg(long = "type", value_name = "FORMAT=TYPE", requires = "spec")]
    types: Vec<String>,
    /// Write what was generated and left out as JSON.
    #[arg(long, value_name = "FILE", requires = "spec")]
    summary_json: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().verb {
        Verb::Gen(options) if options.foreign.spec.is_some() => foreign::run(&options),
        Verb::Gen(options) => generate::run(&options),
        Verb::Outline { api } => outline::run(&api),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprint!("{failure}");
            ExitCode::FAILURE
        }
    }
}
