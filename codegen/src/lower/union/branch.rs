//! The names of the alternatives of a union.

use rustc_hash::FxHashMap;

use crate::load::Node;
use crate::names::{NameRequest, Words};
use crate::source::SpecStr;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::{Lowering, json, literal};
use super::claims::{listed_texts, tag_values};
use crate::specification::Kinds;

impl<'a> Lowering<'a> {
    /// Names for the branches: of what they refer to, or a title, a constant, a lone member, or their JSON type.
    pub(super) fn branch_spellings(
        &mut self,
        branches: &[&'a Node],
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Vec<NameRequest> {
        let counts = Counts::of(looked);
        branches
            .iter()
            .zip(looked)
            .map(|(branch, (_, merged))| self.branch_spelling(branch, merged, looked, &counts))
            .collect()
    }

    fn branch_spelling(
        &self,
        branch: &'a Node,
        merged: &MergedSchema<'a>,
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
        counts: &Counts<'a>,
    ) -> NameRequest {
        if let Some(name_override) = branch.get("x-rust-name").and_then(literal::text) {
            return NameRequest::overridden(name_override.text(), name_override.text());
        }
        if let Some(target) = self.resolved.target(branch) {
            let naming = self.naming_of(target.node, target.document, &target.pointer);
            let text: Vec<&str> = target
                .pointer
                .iter()
                .map(|segment| segment.text())
                .collect();
            return NameRequest::named(
                text.join("/"),
                vec![naming.words(), naming.words().then(&Words::of("value"))],
            );
        }
        let mut names = Vec::new();
        let title = branch.get("title").and_then(literal::text);
        names.extend(title.map(|title| Words::of(title.text())));
        names.extend(telling_constant(merged, counts));
        names.extend(own_constants(merged));
        names.extend(self.telling_part(branch, looked));
        names.extend(format_words(merged));
        names.extend(self.item_words(merged));
        names.extend(self.choice_words(merged));
        let kind = merged.likely_kinds().only().map_or("value", Kinds::word);
        names.push(Words::of(kind));
        names.extend(
            telling_member(merged, counts).map(|member| Words::of("with").then(&Words::of(member))),
        );
        names.extend(telling_number(merged, counts));
        names.extend(described(branch));
        if !merged.properties.is_empty() {
            names.push(Words::of(kind).then(&Words::of(&member_list(merged))));
        }
        NameRequest::named(
            format!("{}#{}", member_list(merged), json::line(branch).text()),
            names,
        )
    }
}

impl<'a> Lowering<'a> {
    /// The first schema that the branch extends and no other does.
    fn telling_part(
        &self,
        branch: &'a Node,
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Option<Words> {
        let parts = branch.get("allOf")?.items().iter();
        let mut targets = parts.filter_map(|part| self.resolved.target(part));
        let is_own = |node: &Node| {
            let has =
                |merged: &MergedSchema<'a>| merged.nodes.iter().any(|other| other.id == node.id);
            looked.iter().filter(|(_, merged)| has(merged)).count() == 1
        };
        let target = targets.find(|target| is_own(target.node))?;
        let naming = self.naming_of(target.node, target.document, &target.pointer);
        Some(naming.words())
    }

    /// `CatOrDog`, where the alternatives of a union within have names.
    fn choice_words(&self, merged: &MergedSchema<'a>) -> Option<Words> {
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        let alternatives = choice.list.items().iter();
        let named = alternatives.map(|alternative| {
            let target = self.resolved.target(alternative)?;
            Some(
                self.naming_of(target.node, target.document, &target.pointer)
                    .words(),
            )
        });
        let named: Option<Vec<Words>> = named.collect();
        let named = named.filter(|named| named.len() <= MOST_JOINED)?;
        let or = Words::of("or");
        named
            .into_iter()
            .reduce(|all, words| all.then(&or).then(&words))
    }

    /// `PetList`, where the items have a name; `StringList`, where they are of one JSON type.
    fn item_words(&self, merged: &MergedSchema<'a>) -> Option<Words> {
        let items = merged.items?;
        let words = match self.resolved.target(items) {
            Some(target) => self
                .naming_of(target.node, target.document, &target.pointer)
                .words(),
            None => Words::of(Kinds::of(items.get("type")?).0.only()?.word()),
        };
        Some(words.then(&Words::of("list")))
    }
}

/// The number of alternatives whose names make one.
const MOST_JOINED: usize = 3;

/// The number of branches that have each member, each text that a member may be, and each number or boolean that it
/// must be.
struct Counts<'a> {
    members: FxHashMap<&'a str, usize>,
    texts: FxHashMap<(&'a str, &'a str), usize>,
    numbers: FxHashMap<(&'a str, SpecStr), usize>,
}

impl<'a> Counts<'a> {
    fn of(looked: &[(SchemaSet<'a>, MergedSchema<'a>)]) -> Self {
        let mut counts = Self {
            members: FxHashMap::default(),
            texts: FxHashMap::default(),
            numbers: FxHashMap::default(),
        };
        for property in looked.iter().flat_map(|(_, merged)| &merged.properties) {
            let key = property.key.text();
            *counts.members.entry(key).or_default() += 1;
            let texts = listed_texts(&property.schema).unwrap_or_default();
            for (at, text) in texts.iter().enumerate() {
                // A text that is listed twice is one.
                if at > 16 || !texts.iter().take(at).any(|before| before == text) {
                    *counts.texts.entry((key, text)).or_default() += 1;
                }
            }
            let mut values = tag_values(&property.schema).unwrap_or_default();
            values.sort_unstable();
            values.dedup();
            for value in values {
                *counts.numbers.entry((key, value)).or_default() += 1;
            }
        }
        counts
    }
}

/// The first member that no other branch has.
fn telling_member<'a>(merged: &MergedSchema<'a>, counts: &Counts<'a>) -> Option<&'a str> {
    let mut keys = merged.properties.iter().map(|property| property.key.text());
    keys.find(|key| counts.members.get(key) == Some(&1))
}

/// The texts that a member may be, if it may be none of them in any other branch: `RadiusOrLdap`. Required members
/// come first.
fn telling_constant<'a>(merged: &MergedSchema<'a>, counts: &Counts<'a>) -> Option<Words> {
    let (required, optional): (Vec<_>, Vec<_>) = merged
        .properties
        .iter()
        .partition(|property| merged.requires(property.key.text()));
    required.into_iter().chain(optional).find_map(|property| {
        let key = property.key.text();
        let own = listed_texts(&property.schema).filter(|own| matches!(own.len(), 1..=2))?;
        let is_own = |text: &&str| counts.texts.get(&(key, *text)) == Some(&1);
        (own.iter().all(is_own) && own.iter().all(|text| reads_well(text)))
            .then(|| Words::of(&own.join(" or ")))
    })
}

/// A member and the number or boolean that it is, if it is none of that in any other branch: `Kind1`.
fn telling_number(merged: &MergedSchema<'_>, counts: &Counts<'_>) -> Option<Words> {
    merged.properties.iter().find_map(|property| {
        let key = property.key.text();
        let own = tag_values(&property.schema)?;
        let [value] = own.as_slice() else { return None };
        let is_own = counts.numbers.get(&(key, value.clone())) == Some(&1);
        is_own.then(|| Words::of(&format!("{key} {}", value.text())))
    })
}

/// The one or two texts that a branch allows.
fn own_constants(merged: &MergedSchema<'_>) -> Option<Words> {
    let values = merged.values.as_ref().filter(|values| values.len() <= 2)?;
    let texts: Option<Vec<&str>> = values.iter().map(|value| value.as_str()).collect();
    let texts = texts.filter(|texts| !texts.is_empty())?;
    let says = |text: &&str| text.is_empty() || reads_well(text);
    let words = |text: &&str| {
        if text.is_empty() {
            "empty".to_owned()
        } else {
            (*text).to_owned()
        }
    };
    texts.iter().all(says).then(|| {
        let texts: Vec<String> = texts.iter().map(words).collect();
        Words::of(&texts.join(" or "))
    })
}

/// The first words of a short description.
fn described(branch: &Node) -> Option<Words> {
    let text = branch.get("description")?.as_str()?;
    let first = text.split(['.', '\n', ',', ';', ':', '(']).next()?.trim();
    let is_short = first.split_whitespace().count() <= 4 && first.len() <= 40;
    (is_short && reads_well(first)).then(|| Words::of(first))
}

/// Whether a text makes a name by which its value is known again.
fn reads_well(text: &str) -> bool {
    text.len() <= 40 && text.starts_with(|first: char| first.is_alphabetic())
}

/// The name of a format, if it says more than the type.
fn format_words(merged: &MergedSchema<'_>) -> Option<Words> {
    let format = merged.format?;
    Some(Words::of(match format {
        "uri" | "url" => "url",
        "byte" | "binary" => "bytes",
        _ if !reads_well(format) => return None,
        _ if Kinds::named(format).is_some() => return None,
        "int32" | "int64" | "float" | "double" | "number" => return None,
        _ => format,
    }))
}

fn member_list(merged: &MergedSchema<'_>) -> String {
    merged
        .properties
        .iter()
        .map(|property| property.key.text())
        .collect::<Vec<_>>()
        .join(" ")
}
