//! JSON types in documents: those that `type` names, and those of values.

use crate::load::{Node, NumberValue, Value};
use crate::specification::{Keyword, Kinds};

impl Kinds {
    /// The kinds in the value of `type`; the second: a name that is not a type.
    pub(super) fn of(node: &Node) -> (Self, Option<&Node>) {
        let mut kinds = Self::NONE;
        let mut wrong = None;
        let one = std::slice::from_ref(node);
        let names = if let Value::Sequence(items) = &node.value {
            items
        } else {
            one
        };
        for name in names {
            match name.as_str().and_then(Self::named) {
                Some(kind) => kinds = kinds.with(kind),
                None if matches!(name.value, Value::Null) => kinds = kinds.with(Self::NULL),
                None => wrong = Some(name),
            }
        }
        (kinds, wrong)
    }

    /// The name of a variant that holds it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::BOOLEAN => "boolean",
            Self::INTEGER => "integer",
            Self::NUMBER => "number",
            Self::STRING => "string",
            Self::ARRAY => "list",
            Self::OBJECT => "object",
            _ => "value",
        }
    }
}

/// A single JSON type, as others than the lowering see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonKind(Kinds);

impl JsonKind {
    /// The types that the value of `type` names.
    pub(crate) fn all_of(keyword: &Node) -> Vec<Self> {
        let (kinds, _) = Kinds::of(keyword);
        let null = Some(Kinds::NULL).filter(|null| kinds.has(*null));
        kinds.each().chain(null).map(Self).collect()
    }

    /// The type of a value.
    pub(crate) fn of(value: &Node) -> Self {
        Self(match &value.value {
            Value::Null => Kinds::NULL,
            Value::Bool(_) => Kinds::BOOLEAN,
            Value::Number(number) if is_whole(number.value) => Kinds::INTEGER,
            Value::Number(_) => Kinds::NUMBER,
            Value::String(_) => Kinds::STRING,
            Value::Sequence(_) => Kinds::ARRAY,
            Value::Mapping(_) => Kinds::OBJECT,
        })
    }

    /// Whether a value is of this type. Every integer is a number.
    pub(crate) fn fits(self, value: &Node) -> bool {
        let Self(is) = Self::of(value);
        self.0 == is || (self.0 == Kinds::NUMBER && is == Kinds::INTEGER)
    }

    /// The type with its article.
    pub(crate) fn word(self) -> &'static str {
        match self.0 {
            Kinds::NULL => "null",
            Kinds::BOOLEAN => "a boolean",
            Kinds::INTEGER => "a whole number",
            Kinds::NUMBER => "a number",
            Kinds::STRING => "a text",
            Kinds::ARRAY => "a list",
            _ => "an object",
        }
    }
}

fn is_whole(number: NumberValue) -> bool {
    match number {
        NumberValue::Int(_) => true,
        NumberValue::Float(value) => value.fract() == 0.0,
    }
}

/// Whether a schema only annotates: no keyword of it limits values.
pub(super) fn only_annotates(node: &Node) -> bool {
    node.as_mapping().is_some_and(|mapping| {
        mapping
            .entries()
            .iter()
            .all(|entry| Keyword::is_annotation(entry.key.text()))
    }) || matches!(node.value, Value::Bool(true))
}

/// Whether no value satisfies a schema because it says so: `false`, or `not` of what allows anything, as tools write
/// JavaScript's `undefined`.
pub(super) fn allows_nothing(node: &Node) -> bool {
    let not = node.get("not").is_some_and(only_annotates);
    let is_undefined = node.get("type").and_then(Node::as_str) == Some("undefined");
    not || is_undefined || matches!(node.value, Value::Bool(false))
}
