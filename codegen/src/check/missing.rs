//! Parts that must be there and are not, and parts that exclude each other.

use crate::diagnostic::Code;
use crate::load::{Entry, Node, Version};
use crate::specification::{self as specification, Edition, Field, Object, Support};

use super::key::nearest_key;
use super::{Checker, word};

impl<'a> Checker<'a> {
    /// Reports what an object lacks, but for misspelled keys.
    pub(super) fn missing(&mut self, object: Object, node: &'a Node, unknown: &[&'a Entry]) {
        let required = specification::required(object, self.edition);
        let is_part = matches!(object, Object::Root | Object::Info)
            && self.document.version == Version::Fragment;
        for field in required {
            if is_part || node.get(field.key).is_some() || !applies(field, node) {
                continue;
            }
            let misspelt = |entry: &&&Entry| {
                let key = entry.key.text();
                nearest_key(key, std::iter::once(field.key)).is_some()
            };
            if unknown.iter().any(|entry| misspelt(&entry)) {
                continue;
            }
            self.lacks(object, node, field);
        }
        self.alternatives(object, node, unknown);
        for (one, other) in object.exclusions() {
            self.exclusive(object, node, one, other);
        }
    }

    fn lacks(&mut self, object: Object, node: &'a Node, field: &Field) {
        let because = match field.when {
            Some((key, _)) => match node.get(key).and_then(Node::as_str) {
                Some(value) => format!(" with `{key}: {value}`"),
                None => String::new(),
            },
            None => String::new(),
        };
        let message = format!(
            "{}{because} needs `{}`, which is missing",
            word::owner(object),
            field.key
        );
        let support = match (object, field.key) {
            // A client does well without them.
            (Object::Info | Object::Tag | Object::OAuthFlow, _)
            | (Object::Operation, "responses") => Support::Documented,
            _ => field.support,
        };
        let help = format!("add `{}`: {}", field.key, word::expected(field.kind));
        self.report(Code::MissingKeyword, support, head(node), message, help);
    }

    /// Reports an object that has none of the keys of which one must be there.
    fn alternatives(&mut self, object: Object, node: &'a Node, unknown: &[&'a Entry]) {
        if object == Object::Root {
            return self.containers(node, unknown);
        }
        let keys = object.alternatives();
        let keys = match self.edition {
            Edition::V20 => &[],
            _ => keys,
        };
        if keys.is_empty() || keys.iter().any(|key| node.get(key).is_some()) {
            return;
        }
        // What describes the value was written beside the name, or a key is misspelled, which is reported already.
        let said = |entry: &&Entry| {
            let key = entry.key.text();
            specification::field(Object::Schema, self.edition, key).is_some()
                || nearest_key(key, keys.iter().copied()).is_some()
        };
        if unknown.iter().any(said) {
            return;
        }
        let message = format!(
            "{} needs {}, and has neither",
            word::owner(object),
            word::one_of(keys.iter().copied())
        );
        let help = format!("add {}", word::one_of(keys.iter().copied()));
        let support = match object {
            Object::Link => Support::Documented,
            _ => Support::Modelled,
        };
        self.report(Code::MissingKeyword, support, head(node), message, help);
    }

    /// Since 3.1 a document needs not have paths, but one of three.
    fn containers(&mut self, node: &'a Node, unknown: &[&'a Entry]) {
        const CONTAINERS: [&str; 3] = ["paths", "components", "webhooks"];
        let has = |key: &&str| node.get(key).is_some();
        let misspelt =
            |entry: &&Entry| nearest_key(entry.key.text(), CONTAINERS.into_iter()).is_some();
        let is_part = self.document.version == Version::Fragment;
        if self.edition < Edition::V31
            || is_part
            || CONTAINERS.iter().any(has)
            || unknown.iter().any(misspelt)
        {
            return;
        }
        let message = "the document has none of `paths`, `components` and `webhooks`".to_owned();
        let help = ("add `paths`", "nothing is generated from an empty document");
        self.warn(Code::MissingKeyword, head(node), message, help);
    }

    fn exclusive(&mut self, object: Object, node: &'a Node, one: &str, other: &str) {
        let (Some(first), Some(second)) = (entry(node, one), entry(node, other)) else {
            return;
        };
        let has = |key| specification::field(object, self.edition, key);
        let (Some(field), Some(_)) = (has(one), has(other)) else {
            return;
        };
        let message = format!(
            "{} has `{one}` or `{other}`, and not both",
            word::owner(object)
        );
        let help = ("leave one of them out", format!("`{one}` is read"));
        // Both are found where the second one is.
        let span = first.key_span.max(second.key_span);
        self.report(Code::Exclusive, field.support, span, message, help);
    }
}

/// Whether a field is about an object that says what this one says.
fn applies(field: &Field, node: &Node) -> bool {
    field.when.is_none_or(|(key, values)| {
        node.get(key)
            .and_then(Node::as_str)
            .is_some_and(|value| values.contains(&value))
    })
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a Entry> {
    node.as_mapping()?.entry(key)
}

/// Where a whole object is shown.
pub(super) fn head(node: &Node) -> crate::source::Span {
    node.span
}
