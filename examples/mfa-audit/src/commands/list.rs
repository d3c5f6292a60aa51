//! `list`: what the products have, and which of them could not be asked.

use std::process::ExitCode;

use serde::Serialize;

use crate::cli::{Format, List};
use crate::config::Config;
use crate::problem::Problem;
use crate::product::{Name, Product, Provider};
use crate::products::{Appgate, Ras, Strata};
use crate::session;
use crate::{console, table};

/// All that was found.
#[derive(Debug, Default, Serialize)]
struct Report {
    providers: Vec<Provider>,
    products: Vec<Standing>,
}

/// The outcome for one product.
#[derive(Debug, Serialize)]
struct Standing {
    product: Name,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
enum Outcome {
    /// It told so many providers.
    Listed { count: usize },
    /// It is not configured; these are the variables that it would take.
    Skipped { missing: [&'static str; 3] },
    /// It is configured and could not be asked.
    Failed { error: String },
}

/// Asks the products, all at once.
pub(crate) async fn run(config: &Config, options: &List) -> Result<ExitCode, Problem> {
    let mut report = Report::default();
    for (product, found) in ask(config, options.product).await {
        report.add(product, found);
    }
    match options.format {
        Format::Table if report.providers.is_empty() => {}
        Format::Table => console::print(table::providers(&report.providers))?,
        Format::Json => console::print_json(&report)?,
    }
    report.complain();
    report.verdict()
}

type Found = Result<Option<Vec<Provider>>, Problem>;

/// One product, or all; one that is slow or fails keeps none of the others waiting.
async fn ask(config: &Config, only: Option<Name>) -> Vec<(Name, Found)> {
    let (appgate, ras, strata) = tokio::join!(
        all::<Appgate>(config, only),
        all::<Ras>(config, only),
        all::<Strata>(config, only),
    );
    Name::ALL
        .into_iter()
        .zip([appgate, ras, strata])
        .filter_map(|(name, found)| Some((name, found?)))
        .collect()
}

/// The providers of a product; none if another is asked.
async fn all<P: Product>(config: &Config, only: Option<Name>) -> Option<Found> {
    if only.is_some_and(|only| only != P::NAME) {
        return None;
    }
    let list = async |product: &P| product.list().await;
    Some(session::with_configured(config, list).await)
}

impl Report {
    fn add(&mut self, product: Name, found: Found) {
        let outcome = match found {
            Ok(Some(providers)) => {
                let count = providers.len();
                self.providers.extend(providers);
                Outcome::Listed { count }
            }
            Ok(None) => Outcome::Skipped {
                missing: product.variables(),
            },
            Err(problem) => Outcome::Failed {
                error: problem.to_string(),
            },
        };
        self.products.push(Standing { product, outcome });
    }

    /// Says on standard error what the list lacks.
    fn complain(&self) {
        for Standing { product, outcome } in &self.products {
            match outcome {
                Outcome::Listed { count: 0 } => {
                    console::say(format_args!("{product}: has no MFA provider"));
                }
                Outcome::Listed { .. } => {}
                Outcome::Skipped { missing } => {
                    let missing = missing.join(", ");
                    console::say(format_args!("{product}: skipped; not set: {missing}"));
                }
                Outcome::Failed { error } => {
                    console::say(format_args!("{product}: failed: {error}"));
                }
            }
        }
    }

    /// Success if all that is configured was listed.
    fn verdict(&self) -> Result<ExitCode, Problem> {
        let outcomes = || self.products.iter().map(|standing| &standing.outcome);
        if outcomes().all(|outcome| matches!(outcome, Outcome::Skipped { .. })) {
            return Err(Problem::Nothing);
        }
        let failed = outcomes().any(|outcome| matches!(outcome, Outcome::Failed { .. }));
        Ok(if failed {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}
