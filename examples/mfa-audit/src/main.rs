//! The MFA providers of three products, in one place.
//!
//! A program as anybody would write it over the generated clients. `README.md` is the guide to it.
#![forbid(unsafe_code)]

mod cli;
mod config;
mod console;
mod create;
mod list;
mod problem;
mod product;
mod products;
mod reference;
mod table;

use std::process::ExitCode;

use appgate_sdp_client::countersign_runtime as runtime;
use clap::Parser as _;

use crate::cli::{Cli, Verb};
use crate::config::Settings;
use crate::problem::Problem;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli).await {
        Ok(code) => code,
        Err(problem) => {
            console::say(format_args!("error: {problem}"));
            ExitCode::from(problem.status())
        }
    }
}

async fn run(cli: &Cli) -> Result<ExitCode, Problem> {
    let settings = Settings::read(&cli.connection)?;
    match &cli.verb {
        Verb::List(options) => list::run(&settings, options).await,
        Verb::Create(options) => create::run(&settings, options).await,
    }
}
