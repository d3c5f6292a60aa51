//! Countersign's command as a library: the verbs that serve any repository.
//!
//! The binary `countersign` is [`run`] and nothing else. A program that has verbs of its own takes [`cli::Verb`] in
//! among them.

pub mod cli;
pub mod config;
pub mod console;
mod disk;
pub mod failure;
mod inputs;
pub mod job;
mod measure;
pub mod name;
mod output;
mod place;
mod policy;
pub mod project;
mod record;
pub mod summary;

use std::process::ExitCode;

use clap::Parser as _;

/// Reads the command line of `countersign` and does what it asks for.
pub fn run() -> ExitCode {
    finish(cli::Cli::parse().run())
}

/// The exit status of a command; a failure is printed.
pub fn finish(outcome: Result<(), failure::Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::complain(&failure);
            failure.code()
        }
    }
}
