//! `update`: other settings for an MFA provider.

use std::process::ExitCode;

use super::{Go, announce, find, print, say_next};
use crate::cli::Update;
use crate::config::Config;
use crate::console;
use crate::file::File;
use crate::problem::Problem;
use crate::product::{self, Product};
use crate::session::{self, Command};

impl Command for (&Update, File) {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let (options, file) = self;
        let change: P::Settings = file.settings()?;
        let changed = session::with(config, async |product: &P| {
            let found = find(product, &options.provider).await?;
            let current = product.settings(&found.id).await?;
            let update = product::Update::new(current, change)?;
            P::check_update(&update)?;
            let lines = update.lines()?;
            if lines.is_empty() {
                console::say(format_args!("{}: nothing to change", found.provider));
                return Ok(None);
            }
            let words = format!("update {}:\n{}", found.provider, lines.join("\n"));
            if announce(&options.plan, &words)? == Go::Stop {
                return Ok(None);
            }
            product.update(&found.id, &update).await?;
            // What the product has now, rather than what it was sent.
            find(product, &found.id).await.map(Some)
        });
        if let Some(found) = changed.await? {
            print(&found.provider, options.format)?;
            say_next::<P>();
        }
        Ok(ExitCode::SUCCESS)
    }
}
