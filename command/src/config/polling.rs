//! `[api.NAME.polling]`: which operations say how far something is, where the document does not say it or says it wrongly.

use std::collections::BTreeMap;

use countersign_codegen::settings::{PollingChoice, PollingSettings, PollingWords};
use serde::Deserialize;
use toml::Spanned;

use super::paging::Off;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct PollingTable {
    /// `false`: operations can be waited with only where the document or this table says so; `true` if left out
    infer: Option<bool>,
    /// the place and the words of a status, by `operationId`, or by a path
    #[cfg_attr(test, schemars(with = "BTreeMap<String, WordsChoice>"))]
    pub(super) operations: BTreeMap<String, Spanned<WordsChoice>>,
}

/// A value of `operations`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "expected `\"off\"`, or a table with `status`, `pending`, `succeeded` and `failed`"
)]
pub(super) enum WordsChoice {
    /// It does not say how far something is.
    Off(Off),
    /// In these words.
    As(WordsTable),
}

/// The members of `x-polling`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct WordsTable {
    status: String,
    #[serde(default)]
    pending: Vec<String>,
    #[serde(default)]
    succeeded: Vec<String>,
    #[serde(default)]
    failed: Vec<String>,
}

impl PollingTable {
    /// The settings that it makes.
    pub(super) fn settings(&self) -> PollingSettings {
        let choice = |choice: &WordsChoice| match choice {
            WordsChoice::Off(Off::Off) => PollingChoice::Off,
            WordsChoice::As(table) => PollingChoice::As(PollingWords {
                status: table.status.clone(),
                pending: table.pending.clone(),
                succeeded: table.succeeded.clone(),
                failed: table.failed.clone(),
            }),
        };
        let operations = self.operations.iter();
        PollingSettings {
            infer: self.infer.unwrap_or(true),
            operations: operations
                .map(|(key, table)| (key.clone(), choice(table.get_ref())))
                .collect(),
        }
    }
}
