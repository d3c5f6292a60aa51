//! Keywords of schemas that limit values: which way a change of each goes.

use super::Pair;
use super::parts::Parts;
use crate::compare::Kind;
use crate::describe::plain;
use crate::load::{Node, NumberValue, Value};
use crate::specification::{Child, Keyword, Kinds, Merge};

/// Keywords whose value is a limit.
pub(super) fn limits() -> impl Iterator<Item = Keyword> {
    let is_limit = |keyword: &Keyword| matches!(keyword.merge(), Merge::Greatest | Merge::Least);
    Keyword::ALL.iter().copied().filter(is_limit)
}

/// Keywords that allow less where they are present, by a schema or a value that is not a single limit. What types,
/// members and alternatives come to is compared by its own rules.
pub(super) fn assertions() -> impl Iterator<Item = Keyword> {
    let is_assertion = |keyword: &Keyword| {
        let has_own_rule = matches!(
            keyword,
            Keyword::Ref
                | Keyword::Type
                | Keyword::Format
                | Keyword::Enum
                | Keyword::Const
                | Keyword::Pattern
                | Keyword::Properties
                | Keyword::AdditionalProperties
                | Keyword::Required
                | Keyword::Items
                | Keyword::AllOf
                | Keyword::OneOf
                | Keyword::AnyOf
                | Keyword::Discriminator
                | Keyword::ContentEncoding
        );
        let is_limit = matches!(keyword.merge(), Merge::Greatest | Merge::Least);
        let is_name = keyword.child() == Child::Identifier;
        keyword.limits() != Kinds::NONE && !has_own_rule && !is_limit && !is_name
    };
    Keyword::ALL.iter().copied().filter(is_assertion)
}

/// The schemas of a keyword on both sides, where it has the same: what narrows one of them narrows the keyword.
pub(super) fn below<'a>(
    keyword: Keyword,
    old: &Parts<'a>,
    new: &Parts<'a>,
) -> Option<Vec<(String, Pair<'a>)>> {
    let suffix = |of: &str| match keyword {
        Keyword::Contains => "[?]".to_owned(),
        Keyword::PrefixItems => format!("[{of}]"),
        Keyword::PatternProperties => format!(".{}", plain(of)),
        keyword => format!(" {}", keyword.name()),
    };
    let pair = |of: &str, old: &'a Node, new: &'a Node| {
        let are_schemas = old.as_mapping().is_some() && new.as_mapping().is_some();
        are_schemas.then(|| (suffix(of), Pair { old, new }))
    };
    let (was, is) = (old.all(keyword.name()), new.all(keyword.name()));
    let ([was], [is]) = (was.as_slice(), is.as_slice()) else {
        return None;
    };
    match keyword {
        Keyword::Contains
        | Keyword::ContentSchema
        | Keyword::Else
        | Keyword::PropertyNames
        | Keyword::Then
        | Keyword::UnevaluatedItems
        | Keyword::UnevaluatedProperties => Some(vec![pair("", was, is)?]),
        Keyword::PrefixItems if was.items().len() == is.items().len() => {
            let items = was.items().iter().zip(is.items()).enumerate();
            items
                .map(|(at, (was, is))| pair(&at.to_string(), was, is))
                .collect()
        }
        Keyword::DependentSchemas | Keyword::PatternProperties
            if was.entries().len() == is.entries().len() =>
        {
            let entries = was.entries().iter();
            entries
                .map(|entry| {
                    let name = entry.key.text();
                    pair(name, &entry.value, is.get(name)?)
                })
                .collect()
        }
        _ => None,
    }
}

/// The tightest limit among the parts of a schema.
pub(super) fn tightest<'a>(parts: &Parts<'a>, keyword: Keyword) -> Option<(&'a Node, f64)> {
    let limits = parts
        .all(keyword.name())
        .into_iter()
        .filter_map(|node| Some((node, number(node)?)));
    limits.reduce(|one, other| {
        let is_tighter = match keyword.merge() {
            Merge::Greatest => other.1 > one.1,
            _ => other.1 < one.1,
        };
        if is_tighter { other } else { one }
    })
}

fn number(node: &Node) -> Option<f64> {
    let number = node.as_number()?;
    Some(match number.value {
        NumberValue::Int(value) => value as f64,
        NumberValue::Float(value) => value,
    })
}

/// Which way a limit has moved; none if it has not.
pub(super) fn moved(keyword: Keyword, old: Option<f64>, new: Option<f64>) -> Option<Kind> {
    let is_narrower = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (Some(old), Some(new)) if old == new => return None,
        (Some(old), Some(new)) => (new > old) == (keyword.merge() == Merge::Greatest),
    };
    Some(if is_narrower {
        Kind::LimitNarrowed
    } else {
        Kind::LimitWidened
    })
}

/// Which way an assertion has gone; none if it is the same.
pub(super) fn asserted(keyword: Keyword, old: &[&Node], new: &[&Node]) -> Option<Kind> {
    let has_effect = |node: &&&Node| !says_nothing(keyword, node);
    let texts = |nodes: &[&Node]| -> Vec<String> {
        let mut texts: Vec<String> = nodes
            .iter()
            .filter(has_effect)
            .map(|node| canonical(node))
            .collect();
        texts.sort();
        texts
    };
    let (was, is) = (texts(old), texts(new));
    if was == is {
        return None;
    }
    let within = |one: &[String], other: &[String]| one.iter().all(|text| other.contains(text));
    Some(if within(&was, &is) {
        Kind::KeywordNarrowed
    } else if within(&is, &was) {
        Kind::KeywordWidened
    } else {
        judged(keyword, old, new)
    })
}

/// A value with which a keyword allows everything.
fn says_nothing(keyword: Keyword, value: &Node) -> bool {
    match (&value.value, keyword) {
        (Value::Bool(is_true), Keyword::UniqueItems) => !is_true,
        (Value::Bool(is_true), Keyword::Not) => !is_true,
        (Value::Bool(is_true), _) => *is_true,
        (Value::Mapping(_), Keyword::Not) => false,
        (Value::Mapping(mapping), Keyword::PropertyNames) => mapping
            .entries()
            .iter()
            .all(|entry| entry.key.text() == "type" && entry.value.as_str() == Some("string")),
        (Value::Mapping(mapping), _) => mapping.entries().is_empty(),
        (Value::Sequence(items), _) => items.is_empty(),
        _ => false,
    }
}

/// A change of a value from one that has an effect to another.
fn judged(keyword: Keyword, old: &[&Node], new: &[&Node]) -> Kind {
    let ([old], [new]) = (old, new) else {
        return Kind::KeywordChanged;
    };
    match keyword {
        // Every multiple of 6 is one of 3.
        Keyword::MultipleOf => match (number(old), number(new)) {
            (Some(was), Some(is)) if is != 0.0 && was % is == 0.0 => Kind::KeywordWidened,
            (Some(was), Some(is)) if was != 0.0 && is % was == 0.0 => Kind::KeywordNarrowed,
            _ => Kind::KeywordChanged,
        },
        Keyword::DependentRequired => {
            let needs = |node: &Node| -> Vec<(String, String)> {
                let entries = node.entries().iter();
                entries
                    .flat_map(|entry| {
                        let names = entry.value.items().iter().filter_map(Node::as_str);
                        names.map(|name| (entry.key.text().to_owned(), name.to_owned()))
                    })
                    .collect()
            };
            let (was, is) = (needs(old), needs(new));
            if was.iter().all(|need| is.contains(need)) {
                Kind::KeywordNarrowed
            } else if is.iter().all(|need| was.contains(need)) {
                Kind::KeywordWidened
            } else {
                Kind::KeywordChanged
            }
        }
        _ => Kind::KeywordChanged,
    }
}

/// A value as text that is the same for equal values, whatever the order of members; words for people left out.
pub(super) fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Mapping(mapping) => {
            let is_told =
                |key: &str| matches!(key, "description" | "title" | "example" | "examples");
            let entries = mapping.entries().iter();
            let mut members: Vec<String> = entries
                .filter(|entry| !(is_told(entry.key.text()) && entry.value.as_mapping().is_none()))
                .map(|entry| format!("{:?}:{}", entry.key.text(), canonical(&entry.value)))
                .collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        _ => node.to_json().to_string(),
    }
}

/// Whether every text matches a pattern, so that it says nothing.
pub(in crate::compare) fn matches_all(pattern: &str) -> bool {
    matches!(
        pattern,
        "" | "^" | "$" | ".*" | "^.*$" | "^.*" | ".*$" | "[\\s\\S]*" | "^[\\s\\S]*$"
    )
}
