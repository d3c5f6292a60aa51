//! Countersign's command as a library: what it does for a repository, and the verbs of its command line.
//!
//! A build script, or a program that a repository keeps for its own tasks, generates what a `countersign.toml` describes:
//!
//! ```no_run
//! # fn main() -> Result<(), countersign::Failure> {
//! let project = countersign::Project::from_file("countersign.toml")?;
//! project.generate()?.write()?;
//! # Ok(())
//! # }
//! ```
//!
//! Nothing that is fine already is touched. [`Generated::check`] tells whether what is committed is up to date.
//!
//! The feature `cli`, which is on by default, has the command line: the binary `countersign` is [`run`] and nothing
//! else, and a program with verbs of its own takes [`cli::Verb`] in among them.

#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "the verbs use it")
)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod console;
mod disk;
pub mod failure;
mod inputs;
pub mod job;
mod lock;
#[cfg(feature = "cli")]
mod measure;
pub mod name;
mod output;
mod place;
mod policy;
pub mod project;
mod record;
#[cfg(feature = "cli")]
pub mod summary;
mod vendored;
mod workspace;

pub use self::failure::Failure;
pub use self::project::{Generated, Project};

use std::process::ExitCode;

/// The page of the package: its example compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// Reads the command line of `countersign` and does what it asks for.
#[cfg(feature = "cli")]
pub fn run() -> ExitCode {
    use clap::Parser as _;
    finish(cli::Cli::parse().run())
}

/// The exit status of a command; a failure is printed.
pub fn finish(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::complain(&failure);
            failure.code()
        }
    }
}
