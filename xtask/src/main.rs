//! The maintainers' commands.

mod cli;
mod conformance;
mod console;
mod corpus;
mod disk;
mod failure;
mod foreign;
mod generate;
mod job;
mod measure;
mod name;
mod outline;
mod output;
mod place;
mod summary;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console::complain(&failure);
            failure.code()
        }
    }
}
