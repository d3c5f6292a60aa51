//! `create`: an MFA provider from a TOML file.

use std::process::ExitCode;

use super::{Go, announce, print, say_next};
use crate::cli::Create;
use crate::config::Config;
use crate::file::File;
use crate::plan;
use crate::problem::Problem;
use crate::product::Product;
use crate::session::{self, Command};

impl Command for (&Create, File) {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let (options, file) = self;
        let settings: P::Settings = file.settings()?;
        P::check(&settings)?;
        let words = plan::file(P::NAME, &settings)?;
        if announce(&options.plan, &format!("create:\n\n{}", words.trim_end()))? == Go::Stop {
            return Ok(ExitCode::SUCCESS);
        }
        let created = session::with(config, async |product: &P| product.create(&settings).await);
        print(&created.await?, options.format)?;
        say_next::<P>();
        Ok(ExitCode::SUCCESS)
    }
}
