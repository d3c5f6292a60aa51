//! `[api.NAME.names]`: the names of operations.

use std::collections::BTreeMap;

use countersign_codegen::settings::NamingSettings;
use serde::Deserialize;
use toml::Spanned;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct NamesTable {
    /// `true`: ids that a framework derived lose what it added, where what is left is the name of one operation
    /// alone. FastAPI's `read_item_items__item_id__get` becomes `read_item`, NestJS's `PetsController_findAll`
    /// becomes `find_all`. `init` sets it where a document has such ids.
    shorten: bool,
    /// names by `operationId`; an id that no operation has is an error at its line
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
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
