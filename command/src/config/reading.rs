//! `[api.NAME.reading]`: the reading of answers that are not what the document says.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::Mistakes;
use countersign_codegen::ir::ReadingMode;
use countersign_codegen::settings::{MemberMode, ReadingSettings};
use serde::Deserialize;
use toml::Spanned;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ReadingTable {
    /// `strict`: answers that are not what the document says are errors; `tolerant`: what has one meaning alone is
    /// corrected and recorded. Left out, it is what `x-reading` at the root of the document says, else `tolerant` unless
    /// `deny-warnings` is on
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    mode: Option<Spanned<String>>,
    /// the mode of operations, by `operationId`
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    operations: BTreeMap<Spanned<String>, Spanned<String>>,
    /// the mode of members by their places in answers, as patterns of JSON pointers: `strict`, `tolerant` or
    /// `one-for-list`, where one value is read as a list of one as well
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    members: BTreeMap<Spanned<String>, Spanned<String>>,
    /// `true`: structs of answers keep members that the document does not name, in `extra`
    keep_unknown: bool,
}

/// The mode where nothing else is said. A document of your own is corrected where a server departs from it; one of somebody
/// else describes a server that is as it is.
pub(crate) fn reading_of(denies_warnings: bool) -> ReadingMode {
    match denies_warnings {
        true => ReadingMode::Strict,
        false => ReadingMode::Tolerant,
    }
}

impl ReadingTable {
    /// The ids of the operations that it names.
    pub(super) fn operations(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.operations.keys()
    }

    /// The settings, and what is wrong with them.
    pub(super) fn settings(
        &self,
        denies_warnings: bool,
        mistakes: &mut Mistakes,
    ) -> ReadingSettings {
        let mut mode = |name: &Spanned<String>| {
            let mode = ReadingMode::named(name.get_ref());
            if mode.is_none() {
                mistakes.add(name.span(), "expected `strict` or `tolerant`");
            }
            mode
        };
        let of_all = self.mode.as_ref().and_then(&mut mode);
        let operations = self.operations.iter();
        let operations =
            operations.filter_map(|(id, name)| Some((id.get_ref().clone(), mode(name)?)));
        let operations = operations.collect();
        let members = self.members.iter().filter_map(|(pattern, name)| {
            let mode = MemberMode::named(name.get_ref());
            if mode.is_none() {
                mistakes.add(
                    name.span(),
                    "expected `strict`, `tolerant` or `one-for-list`",
                );
            }
            Some((pattern, mode?))
        });
        // In the order of the file, since the last that fits counts.
        let mut members: Vec<(&Spanned<String>, MemberMode)> = members.collect();
        members.sort_by_key(|(pattern, _)| pattern.span().start);
        let members = members.into_iter();
        ReadingSettings {
            mode: of_all,
            otherwise: reading_of(denies_warnings),
            operations,
            members: members
                .map(|(pattern, mode)| (pattern.get_ref().clone(), mode))
                .collect(),
            keep_unknown: self.keep_unknown,
        }
    }
}
