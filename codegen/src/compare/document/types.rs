//! The types and the format of a schema, before and after.

use super::parts::Parts;
use crate::compare::Kind;
use crate::describe::plain;
use crate::load::Node;
use crate::specification::Kinds;

/// The JSON types that a schema allows; a schema without `type` allows all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Types(Kinds);

impl Types {
    pub(super) fn of(parts: &Parts<'_>) -> Self {
        let named = parts.all("type").into_iter().map(named);
        let all = named.fold(Kinds::ANY, |all, kinds| {
            Kinds::EACH
                .into_iter()
                .chain([Kinds::NULL])
                .filter(|kind| all.has(*kind) && kinds.has(*kind))
                .fold(Kinds::NONE, Kinds::with)
        });
        if parts.says("nullable") {
            return Self(all.with(Kinds::NULL));
        }
        Self(all)
    }

    fn within(self, other: Self) -> bool {
        self.0.without(other.0).is_none()
    }

    /// Which way the types have gone. Where everything is text, any other type is one more spelling of text.
    pub(super) fn relation(self, new: Self, is_text: bool) -> Option<Kind> {
        let is_nested = self.0.has(Kinds::ARRAY.with(Kinds::OBJECT));
        let is_any_text = is_text && new.0.has(Kinds::STRING) && !is_nested;
        match (self.within(new), new.within(self)) {
            (true, true) => None,
            (true, false) => Some(Kind::TypeWidened),
            (false, _) if is_any_text && !self.0.has(Kinds::STRING) => Some(Kind::TypeWidened),
            (false, true) => Some(Kind::TypeNarrowed),
            (false, false) => Some(Kind::TypeChanged),
        }
    }

    pub(super) fn shown(self, format: Option<&str>) -> String {
        let kinds = if self.0 == Kinds::ANY {
            "any value".to_owned()
        } else {
            let kinds = Kinds::EACH.into_iter().chain([Kinds::NULL]);
            // Every number may be whole.
            let is_told = |kind: &Kinds| {
                self.0.has(*kind) && !(*kind == Kinds::INTEGER && self.0.has(Kinds::NUMBER))
            };
            let words: Vec<&str> = kinds.filter(is_told).map(word).collect();
            words.join(" or ")
        };
        match format {
            Some(format) => format!("{kinds}, format {}", plain(format)),
            None => kinds,
        }
    }
}

/// The types that the value of `type` names; every integer is a number.
fn named(node: &Node) -> Kinds {
    let one = std::slice::from_ref(node);
    let names = if node.as_str().is_some() {
        one
    } else {
        node.items()
    };
    let kinds = names.iter().filter_map(|name| Kinds::named(name.as_str()?));
    let kinds = kinds.fold(Kinds::NONE, Kinds::with);
    if kinds.has(Kinds::NUMBER) {
        kinds.with(Kinds::INTEGER)
    } else {
        kinds
    }
}

fn word(kind: Kinds) -> &'static str {
    match kind {
        Kinds::NULL => "null",
        Kinds::BOOLEAN => "boolean",
        Kinds::INTEGER => "integer",
        Kinds::NUMBER => "number",
        Kinds::STRING => "string",
        Kinds::ARRAY => "array",
        _ => "object",
    }
}

pub(super) fn format<'a>(parts: &Parts<'a>) -> Option<&'a str> {
    let format = parts.first("format").and_then(Node::as_str);
    // It says how to show a value, not which values there are.
    format.filter(|format| *format != "password")
}

/// Which way a format has gone.
pub(super) fn format_relation(old: Option<&str>, new: Option<&str>) -> Option<Kind> {
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(_)) => Some(Kind::TypeNarrowed),
        (Some(_), None) => Some(Kind::TypeWidened),
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Some(Kind::TypeWidened),
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => {
            Some(Kind::TypeNarrowed)
        }
        _ => Some(Kind::TypeChanged),
    }
}
