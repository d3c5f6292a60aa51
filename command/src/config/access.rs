//! `[[api.NAME.credential]]`: credentials of operations that document none.

use countersign_codegen::settings::{AccessSettings, Attached, Filter};
use serde::Deserialize;
use toml::Spanned;

/// A table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CredentialTable {
    /// the name of a security scheme of the document
    #[cfg_attr(test, schemars(with = "String"))]
    scheme: Spanned<String>,
    /// tags
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    /// paths as the document has them; `*` is any part of a segment, `**` any number of segments
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    #[serde(default)]
    paths: Vec<Spanned<String>>,
    /// values of `operationId`
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    #[serde(default)]
    operations: Vec<Spanned<String>>,
    /// methods, in any case
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    #[serde(default)]
    methods: Vec<Spanned<String>>,
}

impl CredentialTable {
    /// The places of its entries, each with the name of its list.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
        let lists = [
            ("tags", &self.tags),
            ("paths", &self.paths),
            ("operations", &self.operations),
            ("methods", &self.methods),
        ];
        let lists = lists.into_iter();
        let entries =
            lists.flat_map(|(list, entries)| entries.iter().map(move |entry| (list, entry)));
        entries.chain([("credential.scheme", &self.scheme)])
    }

    fn attached(&self) -> Attached {
        let plain = |entries: &[Spanned<String>]| -> Vec<String> {
            entries
                .iter()
                .map(|entry| entry.get_ref().clone())
                .collect()
        };
        Attached {
            scheme: self.scheme.get_ref().clone(),
            operations: Filter {
                tags: plain(&self.tags),
                paths: plain(&self.paths),
                operations: plain(&self.operations),
                methods: plain(&self.methods),
            },
        }
    }
}

/// The settings of tables.
pub(super) fn settings(tables: &[CredentialTable]) -> AccessSettings {
    AccessSettings {
        attached: tables.iter().map(CredentialTable::attached).collect(),
    }
}
