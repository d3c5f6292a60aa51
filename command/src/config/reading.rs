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
    /// the mode of operations, by `operationId`; `one-for-list`, `list-for-one` and `json-text` are for the answer as a whole
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    operations: BTreeMap<Spanned<String>, Spanned<String>>,
    /// the mode of members by their places in answers, as patterns of JSON pointers, after an `operationId` and `#` for one
    /// operation alone: `strict`, `tolerant`, `one-for-list` (one value is a list of one as well), `list-for-one` (a list of
    /// one is its value) or `json-text` (a value is its JSON text where text is expected)
    #[cfg_attr(test, schemars(with = "BTreeMap<String, String>"))]
    members: BTreeMap<Spanned<String>, Spanned<String>>,
    /// members that are optional in answers although the document requires them, because the server leaves them out or sends
    /// `null`: `Schema.member`, `Schema.*`, `*.member`, or `#/components/schemas/Schema/properties/member`
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    optional: Vec<Spanned<String>>,
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
    /// Its entries that name something of the document, each with its list.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
        let operations = self.operations.keys();
        let operations = operations.map(|id| ("reading.operations", id));
        let members = self.members.keys();
        let members = members.map(|pattern| ("reading.members", pattern));
        let optional = self.optional.iter();
        let optional = optional.map(|member| ("reading.optional", member));
        operations.chain(members).chain(optional)
    }

    /// The settings, and what is wrong with them.
    pub(super) fn settings(
        &self,
        denies_warnings: bool,
        mistakes: &mut Mistakes,
    ) -> ReadingSettings {
        let of_all = self.mode.as_ref().and_then(|name| {
            let mode = ReadingMode::named(name.get_ref());
            if mode.is_none() {
                mistakes.add(name.span(), "expected `strict` or `tolerant`");
            }
            mode
        });
        let mut mode = |name: &Spanned<String>| {
            let mode = MemberMode::named(name.get_ref());
            if mode.is_none() {
                mistakes.add(
                    name.span(),
                    "expected `strict`, `tolerant`, `one-for-list`, `list-for-one` or `json-text`",
                );
            }
            mode
        };
        let operations = self.operations.iter();
        let operations =
            operations.filter_map(|(id, name)| Some((id.get_ref().clone(), mode(name)?)));
        let operations = operations.collect();
        let members = self.members.iter();
        let members = members.filter_map(|(pattern, name)| Some((pattern, mode(name)?)));
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
            optional: self
                .optional
                .iter()
                .map(|of| of.get_ref().clone())
                .collect(),
            keep_unknown: self.keep_unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_codegen::ir::ReadingMode;
    use countersign_codegen::settings::MemberMode;

    use crate::config::Config;

    const API: &str = "[api.a]\ndocument = 'a.yaml'\n";

    fn read(text: &str) -> Config {
        Config::parse(format!("{API}{text}"), "").expect("a sound file")
    }

    #[test]
    fn documents_of_others_are_read_tolerantly() {
        let mode = |text: &str| read(text).apis["a"].api.reading.otherwise;
        assert_eq!(mode(""), ReadingMode::Tolerant);
        assert_eq!(mode("deny-warnings = true\n"), ReadingMode::Strict);
        let strict = read("[api.a.reading]\nmode = 'strict'\n");
        assert_eq!(strict.apis["a"].api.reading.mode, Some(ReadingMode::Strict));
    }

    #[test]
    fn patterns_keep_the_order_of_the_file() {
        let text = "[api.a.reading]\nkeep-unknown = true\noperations = {b = 'strict'}\n\
                    members = {'/z' = 'strict', '/a' = 'one-for-list', '**/b' = 'tolerant'}\n";
        let config = read(text);
        let reading = &config.apis["a"].api.reading;
        assert!(reading.keep_unknown);
        assert_eq!(reading.operations, [("b".to_owned(), MemberMode::Strict)]);
        let members = [
            ("/z", MemberMode::Strict),
            ("/a", MemberMode::OneForList),
            ("**/b", MemberMode::Tolerant),
        ];
        let members = members.map(|(pattern, mode)| (pattern.to_owned(), mode));
        assert_eq!(reading.members, members);
    }

    #[test]
    fn wrong_modes_are_mistakes_at_their_lines() {
        let text =
            "[api.a.reading]\nmode = 'lax'\noperations = {b = 'no'}\nmembers = {c = 'one'}\n";
        let failure = Config::parse(format!("{API}{text}"), "").expect_err("a mistake");
        let shown = failure.to_string();
        for part in [
            "countersign.toml:4:8",
            "countersign.toml:5:19",
            "countersign.toml:6:16",
            "expected `strict` or `tolerant`",
            "expected `strict`, `tolerant`, `one-for-list`, `list-for-one` or `json-text`",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }

    #[test]
    fn credentials_are_attached_by_what_selects_operations() {
        let text = "[[api.a.credential]]\nscheme = 'bearer'\ntags = ['x']\n\
                    [[api.a.credential]]\nscheme = 'basic'\npaths = ['/v1/**']\noperations = ['c']\n";
        let config = read(text);
        let attached = &config.apis["a"].api.access.attached;
        assert_eq!(attached.len(), 2);
        assert_eq!(attached[0].operations.tags, ["x"]);
        assert_eq!(attached[1].scheme, "basic");
        assert_eq!(attached[1].operations.operations, ["c"]);
    }
}
