//! The MFA providers of three products, in one place.
//!
//! A program as anybody would write it over the generated clients. `README.md` is the guide to it.
#![forbid(unsafe_code)]

mod cli;
mod commands;
mod config;
mod console;
mod criteria;
mod file;
mod plan;
mod problem;
mod product;
mod products;
mod session;
mod settings;
mod table;

use std::process::ExitCode;

use appgate_sdp_client::countersign_runtime as runtime;
use clap::Parser as _;

use crate::cli::{Cli, Verb};
use crate::config::Config;
use crate::problem::Problem;
use crate::session::dispatch;

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
    let config = Config::read(&cli.connection)?;
    match &cli.verb {
        Verb::List(list) => commands::list::run(&config, list).await,
        Verb::Show(show) => dispatch(show.on.product, &config, show).await,
        Verb::Create(create) => {
            let file = create.file.read()?;
            dispatch(file.product(), &config, &(create, file)).await
        }
        Verb::Update(update) => {
            let file = update.file.read()?;
            dispatch(file.product(), &config, &(update, file)).await
        }
        Verb::Delete(delete) => dispatch(delete.on.product, &config, delete).await,
        Verb::Test(test) => {
            let file = test.file.read()?;
            dispatch(file.product(), &config, &(test, file)).await
        }
        Verb::Apply(apply) => dispatch(apply.product, &config, apply).await,
        Verb::Criteria(criteria) => dispatch(criteria.on.product, &config, criteria).await,
    }
}
