//! The keywords of a schema: which there are, what each is to us, and how versions spell the same thing.

use crate::load::{Node, NumberValue, Value};

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const NUMBER: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);

    /// Every type but null, in the order in which a reader tries them.
    pub(super) const EACH: [Self; 6] = [
        Self::OBJECT,
        Self::ARRAY,
        Self::BOOLEAN,
        Self::INTEGER,
        Self::NUMBER,
        Self::STRING,
    ];

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    /// What the value of `type` says; the second: a name that is no type.
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
        // Every integer is a number.
        if kinds.has(Self::NUMBER) {
            kinds = kinds.without(Self::INTEGER);
        }
        (kinds, wrong)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What both allow.
    pub(super) fn narrowed(self, other: Self) -> Self {
        let both = Self(self.0 & other.0);
        let whole = (self.has(Self::NUMBER) && other.has(Self::INTEGER))
            || (self.has(Self::INTEGER) && other.has(Self::NUMBER));
        if whole {
            both.with(Self::INTEGER)
        } else {
            both
        }
    }

    /// The single types in it.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        Self::EACH.into_iter().filter(move |kind| self.has(*kind))
    }

    /// The only type, if there is just one.
    pub(super) fn only(self) -> Option<Self> {
        let mut each = self.each();
        each.next().filter(|_| each.next().is_none())
    }

    /// What a variant that holds it is called.
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

/// What a keyword of a schema is to the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It decides the Rust type.
    Modelled,
    /// It is checked before a value is sent.
    Checked,
    /// It says something to people, or something that generated code need not know.
    Documented,
    /// It limits values in a way that no Rust type shows; said in a warning.
    NotExpressed,
}

/// The ledger of keywords: none is passed over in silence.
pub(crate) fn role(keyword: &str) -> Option<Role> {
    Some(match keyword {
        "type"
        | "format"
        | "enum"
        | "const"
        | "properties"
        | "required"
        | "additionalProperties"
        | "items"
        | "prefixItems"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "discriminator"
        | "nullable"
        | "readOnly"
        | "writeOnly"
        | "$ref"
        | "contentEncoding"
        | "contentMediaType"
        | "patternProperties"
        | "$defs"
        | "definitions"
        | "unevaluatedProperties" => Role::Modelled,
        "minLength" | "maxLength" | "pattern" | "minimum" | "maximum" | "exclusiveMinimum"
        | "exclusiveMaximum" | "multipleOf" | "minItems" | "maxItems" | "uniqueItems"
        | "minProperties" | "maxProperties" => Role::Checked,
        "title" | "description" | "default" | "example" | "examples" | "deprecated"
        | "externalDocs" | "xml" | "$comment" | "$id" | "$schema" | "$anchor" | "$vocabulary"
        | "id" | "summary" | "collectionFormat" | "allowEmptyValue" => Role::Documented,
        "not" | "if" | "then" | "else" | "dependentRequired" | "dependentSchemas"
        | "dependencies" | "contains" | "minContains" | "maxContains" | "propertyNames"
        | "unevaluatedItems" | "additionalItems" | "contentSchema" | "$dynamicRef"
        | "$dynamicAnchor" | "$recursiveRef" | "$recursiveAnchor" => Role::NotExpressed,
        _ if keyword.starts_with("x-") => Role::Documented,
        _ => return None,
    })
}

/// Whether a keyword says nothing about which values fit.
pub(super) fn is_annotation(keyword: &str) -> bool {
    matches!(role(keyword), Some(Role::Documented))
        || matches!(keyword, "readOnly" | "writeOnly" | "nullable")
}

/// Whether a schema only annotates: no keyword of it limits values.
pub(super) fn only_annotates(node: &Node) -> bool {
    node.as_mapping().is_some_and(|mapping| {
        mapping
            .entries()
            .iter()
            .all(|entry| is_annotation(entry.key.text()))
    }) || matches!(node.value, Value::Bool(true))
}
