//! `[api.NAME.paging]`: how operations page, where the document does not say it or says it wrongly.

use std::collections::BTreeMap;

use countersign_codegen::settings::{PagingChoice, PagingSettings};
use serde::Deserialize;
use toml::Spanned;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct PagingTable {
    /// `false`: operations page only where the document or this table says so; `true` if left out
    infer: Option<bool>,
    /// how operations page, by `operationId`, or by method and path
    #[cfg_attr(test, schemars(with = "BTreeMap<String, ChoiceTable>"))]
    pub(super) operations: BTreeMap<String, Spanned<ChoiceTable>>,
}

/// A value of `operations`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "expected `\"off\"`, or a table with `style` and what goes with it: `offset`, `limit`, `page`, `size`, \
                 `first`, `range`, `cursor`, `next`, `last-item`, `items`, `total`, `pages`, `more` and `last`"
)]
pub(super) enum ChoiceTable {
    /// It does not page.
    Off(Off),
    /// In this way.
    As(Box<StyleTable>),
}

/// `"off"`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Off {
    Off,
}

/// The paging of an operation: the members of `x-pagination`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct StyleTable {
    style: String,
    offset: Option<String>,
    limit: Option<String>,
    page: Option<String>,
    size: Option<String>,
    first: Option<u64>,
    range: Option<String>,
    cursor: Option<String>,
    next: Option<String>,
    last_item: Option<String>,
    items: Option<String>,
    total: Option<String>,
    pages: Option<String>,
    more: Option<String>,
    last: Option<String>,
}

impl PagingTable {
    /// The settings that it makes.
    pub(super) fn settings(&self) -> PagingSettings {
        let choice = |table: &ChoiceTable| match table {
            ChoiceTable::Off(Off::Off) => PagingChoice::Off,
            ChoiceTable::As(style) => PagingChoice::As(style.members()),
        };
        let operations = self.operations.iter();
        PagingSettings {
            infer: self.infer.unwrap_or(true),
            operations: operations
                .map(|(key, table)| (key.clone(), choice(table.get_ref())))
                .collect(),
        }
    }
}

impl StyleTable {
    fn members(&self) -> Vec<(&'static str, String)> {
        let first = self.first.map(|first| first.to_string());
        let members = [
            ("style", Some(&self.style)),
            ("offset", self.offset.as_ref()),
            ("limit", self.limit.as_ref()),
            ("page", self.page.as_ref()),
            ("size", self.size.as_ref()),
            ("first", first.as_ref()),
            ("range", self.range.as_ref()),
            ("cursor", self.cursor.as_ref()),
            ("next", self.next.as_ref()),
            ("last-item", self.last_item.as_ref()),
            ("items", self.items.as_ref()),
            ("total", self.total.as_ref()),
            ("pages", self.pages.as_ref()),
            ("more", self.more.as_ref()),
            ("last", self.last.as_ref()),
        ];
        let set = members.into_iter();
        set.filter_map(|(key, value)| Some((key, value?.clone())))
            .collect()
    }
}
