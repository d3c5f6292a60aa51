//! Schemas: keywords that contradict each other, or that have no effect on the type beside them.

use crate::diagnostic::Code;
use crate::load::{Entry, Node, Value};
use crate::specification::{Edition, Keyword, Keywords, Kinds, Support};

use super::Checker;
use super::word::kind_word;

/// Keywords of which two may contradict each other.
const BOUNDS: Keywords = Keywords::of(&[
    Keyword::MinLength,
    Keyword::MaxLength,
    Keyword::MinItems,
    Keyword::MaxItems,
    Keyword::MinProperties,
    Keyword::MaxProperties,
    Keyword::Minimum,
    Keyword::ExclusiveMinimum,
    Keyword::Maximum,
    Keyword::ExclusiveMaximum,
    Keyword::MultipleOf,
    Keyword::MinContains,
    Keyword::MaxContains,
]);

impl<'a> Checker<'a> {
    /// Looks at a schema.
    pub(super) fn schema(&mut self, node: &'a Node) {
        // Most schemas have few keywords, and there are many schemas: only what is there is looked at.
        let kinds = node.get("type").map_or(Kinds::NONE, types);
        let mut has = Keywords::default();
        for entry in node.entries() {
            if let Some(keyword) = Keyword::of(entry.key.text()) {
                has = has.with(keyword);
                self.effect(keyword, entry, kinds);
            }
        }
        if has.has(Keyword::Enum) {
            self.values(node, kinds);
        }
        if has.has_any(BOUNDS) {
            self.bounds(node);
        }
        if has.has(Keyword::Format) {
            self.format(node, kinds);
        }
        if has.has(Keyword::ReadOnly) && has.has(Keyword::WriteOnly) {
            self.access(node);
        }
        if has.has(Keyword::Secret) {
            self.secret(node, kinds);
        }
        if has.has(Keyword::Discriminator) {
            self.discriminator(node);
        }
        if has.has(Keyword::Pattern)
            && let Some(pattern) = node.get("pattern")
            && pattern.as_str() == Some("")
        {
            let message = "`pattern` is empty, so that every string matches".to_owned();
            self.note(Code::NoEffect, pattern.span, message, "leave it out");
        }
        if !has.has(Keyword::Items) {
            self.lists(node, kinds);
        }
    }

    /// Reports a limit on other types than the schema has.
    fn effect(&mut self, keyword: Keyword, entry: &'a Entry, kinds: Kinds) {
        let limits = keyword.limits();
        // Every whole number is a number.
        let is_whole = limits.has(Kinds::NUMBER) && kinds.has(Kinds::INTEGER);
        if kinds.is_none() || limits.is_none() || limits.has(kinds) || is_whole {
            return;
        }
        // Its place says more than the type: it chooses an alternative, or names members of others.
        if matches!(keyword, Keyword::Discriminator | Keyword::Required) {
            return;
        }
        let message = format!("`{}` has no effect on {}", keyword.name(), kind_word(kinds));
        let help = format!(
            "it limits {}; see whether `type` is right",
            kind_word(limits)
        );
        match keyword {
            // Members or items that nobody can send: the type is not what the author meant.
            Keyword::Properties | Keyword::Items => {
                self.warn(Code::NoEffect, entry.key_span, message, help);
            }
            _ => self.note(Code::NoEffect, entry.key_span, message, help),
        }
    }

    /// Reports a value that can be neither sent nor received.
    fn access(&mut self, node: &'a Node) {
        let set = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        if set("readOnly")
            && set("writeOnly")
            && let Some(entry) = node.as_mapping().and_then(|all| all.entry("writeOnly"))
        {
            let message = "a value has `readOnly` or `writeOnly`, and not both".to_owned();
            let help = "leave one of them out";
            self.warn(Code::Exclusive, entry.key_span, message, help);
        }
    }

    /// Reports secrets that are not kept: only strings that are not one of a few values are.
    fn secret(&mut self, node: &'a Node, kinds: Kinds) {
        let Some(entry) = node.as_mapping().and_then(|all| all.entry("x-secret")) else {
            return;
        };
        let has = |key| node.get(key).is_some();
        let what = if !kinds.is_none() && !kinds.has(Kinds::STRING) {
            kind_word(kinds)
        } else if has("enum") {
            "the values of an enum".to_owned()
        } else if has("oneOf") || has("anyOf") {
            "alternatives".to_owned()
        } else {
            return;
        };
        if entry.value.as_bool() == Some(true) {
            let message = format!("`x-secret` has no effect on {what}");
            let help = "it hides strings: describe the value as one, or mark the strings in it";
            self.warn(Code::NoEffect, entry.key_span, message, help);
        }
    }

    /// Looks at the names of required members: none twice.
    pub(super) fn required(&mut self, node: &'a Node) {
        let items = node.get("required").map_or(&[][..], Node::items);
        let mut seen: Vec<&str> = Vec::new();
        for item in items {
            let Some(name) = item.as_str() else { continue };
            if seen.contains(&name) {
                let message = format!("`{name}` is required twice");
                self.note(Code::EnumValue, item.span, message, "remove one of them");
            }
            if items.len() <= 64 {
                seen.push(name);
            }
        }
    }

    /// Reports lists without a description of their items, where one must be there.
    fn lists(&mut self, node: &'a Node, kinds: Kinds) {
        if kinds == Kinds::ARRAY
            && self.edition <= Edition::V30
            && node.get("items").is_none()
            && node.get("$ref").is_none()
        {
            let span = node.get("type").map_or(node.span, |node| node.span);
            let message = "a list needs `items`, which is missing".to_owned();
            let help = (
                "add `items`, the schema of each item",
                "items are kept as raw JSON",
            );
            self.report(Code::MissingKeyword, Support::Modelled, span, message, help);
        }
    }

    /// Looks at a discriminator: its mapping leads to alternatives.
    fn discriminator(&mut self, node: &'a Node) {
        let Some(discriminator) = node.get("discriminator") else {
            return;
        };
        let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
        let lists = ["oneOf", "anyOf"];
        let alternatives: Vec<&str> = lists
            .iter()
            .filter_map(|key| node.get(key))
            .flat_map(Node::items)
            .filter_map(|item| item.get("$ref").and_then(Node::as_str))
            .collect();
        // Without a list of alternatives, any schema that builds on this one is one.
        if alternatives.is_empty() {
            return;
        }
        for entry in mapping {
            let Some(text) = entry.value.as_str() else {
                continue;
            };
            let is_listed = alternatives.iter().any(|alternative| {
                *alternative == text || alternative.rsplit('/').next() == Some(text)
            });
            if is_listed || self.same_target(text, &alternatives) {
                continue;
            }
            let message = format!("the mapping names `{text}`, which is not an alternative");
            let help = "list it below `oneOf`, or map to one that is listed";
            self.warn(Code::Mapping, entry.value.span, message, help);
        }
    }

    /// Whether a text leads where one of the references leads.
    fn same_target(&self, text: &str, references: &[&str]) -> bool {
        let here = self.document.id;
        let Some((_, target)) = self.find(here, text) else {
            // Dangling references are reported elsewhere.
            return true;
        };
        let mut seen: Vec<&Node> = Vec::new();
        let mut work: Vec<&str> = references.to_vec();
        while let Some(reference) = work.pop() {
            let Some((document, node)) = self.find(here, reference) else {
                continue;
            };
            if std::ptr::eq(node, target) {
                return true;
            }
            // An alternative may be a list of alternatives itself.
            let is_new = seen.iter().all(|other| other.id != node.id);
            if document.id == here && seen.len() < MOST_LISTS && is_new {
                seen.push(node);
                let lists = ["oneOf", "anyOf"]
                    .into_iter()
                    .filter_map(|key| node.get(key));
                let inner = lists.flat_map(Node::items);
                work.extend(inner.filter_map(|item| item.get("$ref").and_then(Node::as_str)));
            }
        }
        false
    }
}

/// Most lists of alternatives within others that are searched for a schema.
const MOST_LISTS: usize = 256;

/// The types that the value of `type` names.
fn types(node: &Node) -> Kinds {
    let one = std::slice::from_ref(node);
    let names = match &node.value {
        Value::Sequence(items) => items,
        _ => one,
    };
    let named = names.iter().filter_map(|name| Kinds::named(name.as_str()?));
    named.fold(Kinds::NONE, Kinds::with)
}
