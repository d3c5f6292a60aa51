//! `criteria`: who has to use a provider.

use std::process::ExitCode;

use super::{Go, announce, find, say_next};
use crate::cli::{Criteria, Format};
use crate::config::Config;
use crate::criteria::Step;
use crate::problem::Problem;
use crate::product::Product;
use crate::session::{self, Command};
use crate::{console, table};

impl Command for Criteria {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem> {
        let steps = self.steps();
        steps.iter().try_for_each(P::check_criteria)?;
        let done = session::with(config, async |product: &P| {
            let found = find(product, &self.on.provider).await?;
            let current = product.criteria(&found.id).await?;
            if steps.is_empty() {
                return Ok((current, Go::Stop));
            }
            let steps: Vec<_> = steps
                .iter()
                .filter_map(|step| current.needed(step))
                .collect();
            if steps.is_empty() {
                console::say(format_args!("{}: nothing to change", found.provider));
                return Ok((current, Go::Stop));
            }
            let lines: String = steps.iter().map(|step| format!("\n  {step}")).collect();
            let words = format!("change the criteria of {}:{lines}", found.provider);
            if announce(&self.plan, &words)? == Go::Stop {
                return Ok((current, Go::Stop));
            }
            for step in &steps {
                product.change_criteria(&found.id, step).await?;
            }
            Ok((product.criteria(&found.id).await?, Go::On))
        });
        let (criteria, changed) = done.await?;
        if !self.plan.dry_run {
            match self.format {
                Format::Table => console::print(table::criteria(&criteria))?,
                Format::Json => console::print_json(&criteria)?,
            }
        }
        if changed == Go::On {
            say_next::<P>();
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Criteria {
    /// The changes that the command line asks for: of members, then of what follows for them.
    fn steps(&self) -> Vec<Step> {
        let add = self.add.iter().cloned().map(Step::Add);
        let remove = self.remove.iter().cloned().map(Step::Remove);
        let access = self.access.map(Step::Access);
        let users = self.users.as_deref().map(|on| Step::Users(on == "on"));
        add.chain(remove).chain(access).chain(users).collect()
    }
}
