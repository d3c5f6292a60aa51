//! `create`: an MFA provider from a TOML file.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use crate::cli::{Create, Format};
use crate::config::Settings;
use crate::problem::Problem;
use crate::product::{Product, Provider};
use crate::products::{appgate, ras, strata};
use crate::{console, table};

/// The content of the file: a table for one of the products.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    appgate: Option<appgate::New>,
    ras: Option<ras::New>,
    strata: Option<strata::New>,
}

/// The provider to create.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Plan {
    Appgate(appgate::New),
    Ras(ras::New),
    Strata(strata::New),
}

/// Creates what the file says, or only checks it.
pub(crate) async fn run(settings: &Settings, options: &Create) -> Result<ExitCode, Problem> {
    let plan = read(&options.file)?;
    if options.dry_run {
        plan.check()?;
        console::print(format_args!("would create:\n\n{}", plan.show()?.trim_end()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let provider = plan.create(settings).await?;
    match options.format {
        Format::Table => console::print(table::render(&[provider]))?,
        Format::Json => {
            let json = serde_json::to_string_pretty(&provider);
            console::print(json.map_err(|error| Problem::Output(error.to_string()))?)?;
        }
    }
    if let Some(next) = plan.next() {
        console::say(next);
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Plan, Problem> {
    let text = fs::read_to_string(path).map_err(|error| Problem::file(path, error))?;
    let tables = toml::from_str(&text).map_err(|error: toml::de::Error| {
        // The error's own text has an excerpt of the file, which may be a secret that does not belong there.
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map(|before| before.matches('\n').count().saturating_add(1));
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        Problem::file(path, format_args!("{place}{}", error.message()))
    })?;
    match tables {
        Tables {
            appgate: Some(new),
            ras: None,
            strata: None,
        } => Ok(Plan::Appgate(new)),
        Tables {
            appgate: None,
            ras: Some(new),
            strata: None,
        } => Ok(Plan::Ras(new)),
        Tables {
            appgate: None,
            ras: None,
            strata: Some(new),
        } => Ok(Plan::Strata(new)),
        _ => Err(Problem::file(
            path,
            "it must have one of the tables [appgate], [ras] and [strata]",
        )),
    }
}

impl Plan {
    const fn product(&self) -> Product {
        match self {
            Self::Appgate(_) => Product::Appgate,
            Self::Ras(_) => Product::Ras,
            Self::Strata(_) => Product::Strata,
        }
    }

    /// Checks the request against the product's document, secrets included.
    fn check(&self) -> Result<(), Problem> {
        match self {
            Self::Appgate(new) => new.check(),
            Self::Ras(new) => new.check(),
            Self::Strata(new) => new.check(),
        }
    }

    /// The plan as it was understood, without secrets.
    fn show(&self) -> Result<String, Problem> {
        toml::to_string_pretty(self).map_err(|error| Problem::Output(error.to_string()))
    }

    async fn create(&self, settings: &Settings) -> Result<Provider, Problem> {
        let created = match self {
            Self::Appgate(new) => appgate::create(settings, new).await,
            Self::Ras(new) => ras::create(settings, new).await,
            Self::Strata(new) => strata::create(settings, new).await,
        };
        created?.ok_or_else(|| Problem::Incomplete {
            missing: self.product().variables().to_vec(),
        })
    }

    /// The step that the product still needs before the provider is in force.
    const fn next(&self) -> Option<&'static str> {
        match self {
            Self::Appgate(_) => None,
            Self::Ras(_) => Some("ras: apply the settings of the farm to make it effective"),
            Self::Strata(_) => {
                Some("strata: push the candidate configuration to make it effective")
            }
        }
    }
}
