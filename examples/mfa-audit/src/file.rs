//! Files: the settings of a provider, in a table that is named after the product.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::problem::Problem;
use crate::product::Name;

/// A file whose product is known.
#[derive(Debug)]
pub(crate) struct File {
    path: PathBuf,
    text: String,
    product: Name,
}

impl File {
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(path).map_err(|error| Problem::file(path, error))?;
        let tables: BTreeMap<Name, IgnoredAny> = parse(path, &text)?;
        match Vec::from_iter(tables.into_keys())[..] {
            [product] => Ok(Self {
                path: path.to_owned(),
                text,
                product,
            }),
            _ => Err(Problem::file(
                path,
                "it must have one of the tables [appgate], [ras] and [strata]",
            )),
        }
    }

    pub(crate) const fn product(&self) -> Name {
        self.product
    }

    /// The settings, as this product has them.
    pub(crate) fn settings<S: DeserializeOwned>(&self) -> Result<S, Problem> {
        let mut tables: BTreeMap<Name, S> = parse(&self.path, &self.text)?;
        tables
            .remove(&self.product)
            .ok_or_else(|| Problem::file(&self.path, "it has no settings"))
    }
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        // The error's own text has an excerpt of the file, which may be a secret that does not belong there.
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map(|before| before.matches('\n').count().saturating_add(1));
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        Problem::file(path, format_args!("{place}{}", error.message()))
    })
}
