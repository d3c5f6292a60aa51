//! Words for kinds of values and of objects.

use crate::load::{Node, Value};
use crate::specification::{Kind, Kinds, Object};

/// The kind of a value, with its article.
pub(super) fn found(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
    }
}

/// The kind of a value that is expected, with its article.
pub(super) fn expected(kind: Kind) -> String {
    match kind {
        Kind::Any => "a value".to_owned(),
        Kind::Text => "a string".to_owned(),
        Kind::Url => "a URL".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Size => "a whole number from 0".to_owned(),
        Kind::Choice(values) => one_of(values.iter().copied()),
        Kind::Texts => "a list of strings".to_owned(),
        Kind::Choices(values) => format!("a list of {}", one_of(values.iter().copied())),
        Kind::Values => "a list".to_owned(),
        Kind::TextMap => "an object of strings".to_owned(),
        Kind::TextsMap => "an object of lists of strings".to_owned(),
        Kind::Map => "an object".to_owned(),
        Kind::Type => "the name of a type".to_owned(),
        Kind::BooleanOr(object) => format!("true, false or {}", object_word(object)),
        Kind::One(object) => object_word(object),
        Kind::List(object) => format!("a list, each item {}", object_word(object)),
        Kind::MapOf(object) => format!("an object of names, each with {}", object_word(object)),
        Kind::OneOrList(object) => format!("{} or a list of them", object_word(object)),
    }
}

/// An object, with its article.
pub(super) fn object_word(object: Object) -> String {
    let name = object.name();
    match object {
        Object::Info
        | Object::Components
        | Object::Paths
        | Object::Responses
        | Object::OAuthFlows
        | Object::Xml
        | Object::Items
        | Object::ExternalDocs => format!("an object ({name})"),
        _ => format!("{} object", with_article(name)),
    }
}

/// A noun with its article.
pub(super) fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'O', 'x']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// The place that a key belongs to: `an operation`, `the document`.
pub(super) fn owner(object: Object) -> String {
    match object {
        Object::Root => "the document".to_owned(),
        Object::Info | Object::Components | Object::Paths => format!("`{}`", object.name()),
        Object::Responses => "`responses`".to_owned(),
        Object::OAuthFlows => "`flows`".to_owned(),
        Object::Items => "`items`".to_owned(),
        Object::Xml => "`xml`".to_owned(),
        Object::ExternalDocs => "`externalDocs`".to_owned(),
        _ => with_article(object.name()),
    }
}

/// Values of which one is expected.
pub(super) fn one_of<'s>(values: impl Iterator<Item = &'s str>) -> String {
    let values: Vec<String> = values.map(|value| format!("`{value}`")).collect();
    match values.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// Types in the plural.
pub(super) fn kind_word(kinds: Kinds) -> String {
    words(kinds, |kind| match kind {
        Kinds::BOOLEAN => "booleans",
        Kinds::INTEGER => "whole numbers",
        Kinds::NUMBER => "numbers",
        Kinds::STRING => "strings",
        Kinds::ARRAY => "lists",
        Kinds::OBJECT => "objects",
        _ => "null",
    })
}

/// Types with their articles.
pub(super) fn kind_word_single(kinds: Kinds) -> String {
    words(kinds, |kind| match kind {
        Kinds::BOOLEAN => "a boolean",
        Kinds::INTEGER => "a whole number",
        Kinds::NUMBER => "a number",
        Kinds::STRING => "a string",
        Kinds::ARRAY => "a list",
        Kinds::OBJECT => "an object",
        _ => "null",
    })
}

fn words(kinds: Kinds, word: impl Fn(Kinds) -> &'static str) -> String {
    let mut words: Vec<&str> = kinds.each().map(&word).collect();
    if kinds.has(Kinds::NULL) {
        words.push("null");
    }
    words.join(" or ")
}
