//! `delete`: an MFA provider less.

use std::process::ExitCode;

use super::{Go, announce, find, say_next};
use crate::cli::Delete;
use crate::config::Config;
use crate::problem::Problem;
use crate::product::Product;
use crate::session::{self, Command};

impl Command for Delete {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let deleted = session::with(config, async |product: &P| {
            let found = find(product, &self.on.provider).await?;
            let go = announce(&self.plan, &format!("delete {}", found.provider))?;
            if go == Go::On {
                product.delete(&found.id).await?;
            }
            Ok(go)
        });
        if deleted.await? == Go::On {
            say_next::<P>();
        }
        Ok(ExitCode::SUCCESS)
    }
}
