//! `test`: whether the product reaches the servers that a file names.

use std::process::ExitCode;

use crate::cli::Test;
use crate::config::Config;
use crate::console;
use crate::file::File;
use crate::problem::Problem;
use crate::product::{Product, Reached};
use crate::session::{self, Command};

impl Command for (&Test, File) {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let settings: P::Settings = self.1.settings()?;
        let reached = session::with(config, async |product: &P| product.test(&settings).await);
        match reached.await? {
            Reached::Yes => {
                console::print("reached")?;
                Ok(ExitCode::SUCCESS)
            }
            Reached::No(why) => {
                console::print(format_args!("not reached: {}", why.escape_debug()))?;
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
