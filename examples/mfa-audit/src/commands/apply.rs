//! `apply`: staged changes in force.

use std::process::ExitCode;
use std::time::Duration;

use super::{Go, announce};
use crate::cli::Apply;
use crate::config::Config;
use crate::console;
use crate::problem::Problem;
use crate::product::{self, Applied, Product};
use crate::session::{self, Command};
use crate::table::plain;

impl Command for Apply {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let apply = product::Apply {
            folders: self.folders.clone(),
            accounts: self.accounts.clone(),
            description: self.description.clone(),
            wait: (!self.no_wait).then(|| Duration::from_secs(self.wait)),
        };
        if announce(&self.plan, &P::plan_apply(&apply)?)? == Go::Stop {
            return Ok(ExitCode::SUCCESS);
        }
        let applied = session::with(config, async |product: &P| product.apply(&apply).await);
        match applied.await? {
            Applied::InForce(None) => console::print("in force"),
            Applied::InForce(Some(words)) => {
                console::print(format_args!("in force: {}", plain(&words)))
            }
            Applied::Begun { job: Some(job) } => {
                console::print(format_args!("begun: job {}", plain(&job)))
            }
            Applied::Begun { job: None } => console::print("begun"),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}
