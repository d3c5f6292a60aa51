//! `show`: the settings of a provider.

use std::process::ExitCode;

use serde::Serialize;

use super::find;
use crate::cli::{Format, Show};
use crate::config::Config;
use crate::problem::Problem;
use crate::product::{Product, Provider};
use crate::session::{self, Command};
use crate::{console, plan, table};

/// A provider with its settings, for programs.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    provider: Provider,
    settings: toml::Table,
}

impl Command for Show {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let (provider, settings) = session::with(config, async |product: &P| {
            let found = find(product, &self.on.provider).await?;
            let settings = product.settings(&found.id).await?;
            Ok((found.provider, settings))
        })
        .await?;
        match self.format {
            Format::Table => {
                let id = table::plain(provider.id.as_deref().unwrap_or_default());
                let file = plan::file(P::NAME, &settings)?;
                console::print(format_args!("# ID: {id}\n{}", file.trim_end()))?;
            }
            Format::Json => {
                let settings = plan::table(&settings)?;
                console::print_json(&Shown { provider, settings })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
