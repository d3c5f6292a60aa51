//! `[api.NAME.names]`: the names of operations.

use std::collections::BTreeMap;

use countersign_codegen::settings::NamingSettings;
use serde::Deserialize;
use toml::Spanned;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct NamesTable {
    shorten: bool,
    pub(super) operations: BTreeMap<String, Spanned<String>>,
}

impl NamesTable {
    /// The settings that it makes.
    pub(super) fn settings(&self) -> NamingSettings {
        let operations = self.operations.iter();
        let operations = operations.map(|(id, name)| (id.clone(), name.get_ref().clone()));
        NamingSettings {
            shorten: self.shorten,
            operations: operations.collect(),
        }
    }
}
