//! `list`: what the products have, and which of them could not be asked.

use std::process::ExitCode;

use serde::Serialize;

use crate::cli::{Format, List};
use crate::config::Settings;
use crate::problem::Problem;
use crate::product::{Product, Provider};
use crate::{console, products, table};

/// All that was found.
#[derive(Debug, Default, Serialize)]
struct Report {
    providers: Vec<Provider>,
    products: Vec<Standing>,
}

/// The outcome for one product.
#[derive(Debug, Serialize)]
struct Standing {
    product: Product,
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
pub(crate) async fn run(settings: &Settings, options: &List) -> Result<ExitCode, Problem> {
    let mut report = Report::default();
    for (product, found) in ask(settings, options.product).await {
        report.add(product, found);
    }
    match options.format {
        Format::Table if report.providers.is_empty() => {}
        Format::Table => console::print(table::render(&report.providers))?,
        Format::Json => console::print(report.json()?)?,
    }
    report.complain();
    report.verdict()
}

type Found = Result<Option<Vec<Provider>>, Problem>;

/// One product, or all; one that is slow or fails keeps none of the others waiting.
async fn ask(settings: &Settings, only: Option<Product>) -> Vec<(Product, Found)> {
    let asked = |product| async move {
        match only {
            Some(only) if only != product => None,
            _ => Some((product, products::list(product, settings).await)),
        }
    };
    let [appgate, ras, strata] = Product::ALL.map(asked);
    let (appgate, ras, strata) = tokio::join!(appgate, ras, strata);
    [appgate, ras, strata].into_iter().flatten().collect()
}

impl Report {
    fn add(&mut self, product: Product, found: Found) {
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

    fn json(&self) -> Result<String, Problem> {
        serde_json::to_string_pretty(self).map_err(|error| Problem::Output(error.to_string()))
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
