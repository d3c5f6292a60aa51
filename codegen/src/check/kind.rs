//! Values of another kind than the specification says.

use crate::diagnostic::{Code, Severity};
use crate::load::{Node, NumberValue, Value};
use crate::specification::{Edition, Field, Kind, Kinds, Need, Object, Support};

use super::{Checker, word};

impl<'a> Checker<'a> {
    /// Whether a value is of a kind; what is in lists and objects of objects is looked at by itself.
    pub(super) fn fits(&self, kind: Kind, node: &Node) -> bool {
        let text = node.as_str();
        let mapping = node.as_mapping();
        match kind {
            Kind::Any => true,
            Kind::Text => text.is_some(),
            Kind::Url => text.is_some_and(is_url),
            Kind::Boolean => node.as_bool().is_some(),
            Kind::Number => node.as_number().is_some(),
            Kind::Size => is_size(node),
            Kind::Choice(values) => text.is_some_and(|text| values.contains(&text)),
            Kind::Texts => is_list(node) && node.items().iter().all(is_text),
            Kind::Choices(values) => {
                let listed = |item: &Node| item.as_str().is_some_and(|text| values.contains(&text));
                is_list(node) && node.items().iter().all(listed)
            }
            Kind::Values => is_list(node),
            Kind::TextMap => {
                mapping.is_some()
                    && node
                        .entries()
                        .iter()
                        .all(|entry| is_text(&entry.value) || entry.key.text().starts_with("x-"))
            }
            Kind::TextsMap => {
                let texts = |node: &Node| is_list(node) && node.items().iter().all(is_text);
                mapping.is_some() && node.entries().iter().all(|entry| texts(&entry.value))
            }
            Kind::Map => mapping.is_some(),
            Kind::Type => self.is_type(node),
            Kind::BooleanOr(_) => mapping.is_some() || node.as_bool().is_some(),
            Kind::One(object) => mapping.is_some() || self.may_be_boolean(object, node),
            Kind::List(_) => is_list(node),
            Kind::MapOf(_) => mapping.is_some(),
            Kind::OneOrList(_) => mapping.is_some() || is_list(node),
        }
    }

    /// Whether a schema is written as true or false, in a version that has such schemas.
    fn may_be_boolean(&self, object: Object, node: &Node) -> bool {
        object == Object::Schema && self.edition >= Edition::V31 && node.as_bool().is_some()
    }

    fn is_type(&self, node: &Node) -> bool {
        let named = |node: &Node| node.as_str().is_some_and(|name| self.is_type_name(name));
        match &node.value {
            Value::Sequence(items) => {
                self.edition >= Edition::V31 && !items.is_empty() && items.iter().all(named)
            }
            _ => named(node),
        }
    }

    fn is_type_name(&self, name: &str) -> bool {
        match name {
            "null" => self.edition >= Edition::V31,
            "file" => self.edition == Edition::V20,
            _ => Kinds::named(name).is_some(),
        }
    }

    /// Reports the value of a key that is of another kind.
    pub(super) fn wrong_kind(&mut self, object: Object, field: &Field, value: &'a Node) {
        let (key, kind) = (field.key, field.kind);
        if let (Kind::Type, Some(_)) | (Kind::Type, None) = (kind, value.as_str())
            && self.wrong_type(value)
        {
            return;
        }
        // Since 3.1 it is right, and it is read so in all versions.
        if kind == Kind::Type
            && !value.items().is_empty()
            && value
                .items()
                .iter()
                .all(|item| item.as_str().is_some_and(is_any_type))
        {
            let message = format!(
                "`type` is a list only since OpenAPI 3.1; this document is {}",
                self.edition.name()
            );
            let help = (
                "write one type, and `nullable: true` for null",
                "it is read as in OpenAPI 3.1",
            );
            self.note(Code::KeywordType, value.span, message, help);
            return;
        }
        if object == Object::Schema && key == "items" && !value.items().is_empty() {
            let message = "`items` is a list only in older drafts of JSON Schema".to_owned();
            let help = (
                "write `prefixItems`, since OpenAPI 3.1",
                "it is read as that",
            );
            self.note(Code::NotASchema, value.span, message, help);
            for item in value.items() {
                self.value_of(Object::Schema, item);
            }
            return;
        }
        let culprit = self.culprit(kind, value).unwrap_or(value);
        let found = found_word(culprit);
        let expected = match (kind, std::ptr::eq(culprit, value)) {
            (Kind::Texts | Kind::TextMap | Kind::TextsMap, false) => "a string".to_owned(),
            (Kind::Choices(values), false) => word::one_of(values.iter().copied()),
            (kind, _) => word::expected(kind),
        };
        let message = format!(
            "`{key}` of {}: expected {expected}, found {found}",
            word::owner(object)
        );
        let code = match (kind, culprit.as_str()) {
            (Kind::Choice(_) | Kind::Choices(_), Some(_)) => Code::UnknownValue,
            (Kind::Url, Some(_)) => Code::InvalidUrl,
            _ if kind == Kind::One(Object::Schema) => Code::NotASchema,
            _ => Code::KeywordType,
        };
        let help = match (object, key, culprit.as_bool()) {
            (Object::Schema, "required", Some(_)) => {
                "list the names of required members in the schema around them".to_owned()
            }
            _ => help(kind, culprit),
        };
        let severity = self.severity(object, field, culprit);
        self.push(code, severity, culprit.span, message, help);
    }

    /// The harm of a value of another kind.
    fn severity(&self, object: Object, field: &Field, value: &Node) -> Severity {
        let is_required = field.need == Need::Required;
        let harms = match (&value.value, field.support) {
            (_, Support::Documented | Support::Refused) => false,
            // As if it were not there, and often meant so.
            (Value::Null, _) => is_required || (object == Object::Root && field.key == "paths"),
            // Numbers are read as they are written where a string is expected, but for names.
            (Value::Number(_), _) if is_read_as_text(object, field) => false,
            _ => true,
        };
        if harms {
            Severity::Warning
        } else {
            Severity::Note
        }
    }

    /// The value in a list or an object that is not what it should be.
    fn culprit(&self, kind: Kind, value: &'a Node) -> Option<&'a Node> {
        match kind {
            Kind::Texts | Kind::Choices(_) => value.items().iter().find(|item| match kind {
                Kind::Choices(values) => !item.as_str().is_some_and(|text| values.contains(&text)),
                _ => !is_text(item),
            }),
            Kind::TextMap => {
                let mut values = value.entries().iter().map(|entry| &entry.value);
                values.find(|value| !is_text(value))
            }
            Kind::TextsMap => {
                let mut values = value.entries().iter().map(|entry| &entry.value);
                values.find(|value| !is_list(value) || !value.items().iter().all(is_text))
            }
            _ => None,
        }
    }

    /// Reports the value of `type` that names no type, if one of the names is to blame.
    fn wrong_type(&mut self, value: &'a Node) -> bool {
        let one = std::slice::from_ref(value);
        let names = match &value.value {
            Value::Sequence(items) if self.edition >= Edition::V31 && !items.is_empty() => items,
            Value::String(_) | Value::Null => one,
            _ => return false,
        };
        let wrong = |node: &&Node| !node.as_str().is_some_and(|name| self.is_type_name(name));
        let Some(wrong) = names.iter().find(wrong) else {
            return false;
        };
        let known: Vec<&str> = ["string", "number", "integer", "boolean", "array", "object"]
            .into_iter()
            .chain((self.edition >= Edition::V31).then_some("null"))
            .collect();
        let (message, help) = match wrong.as_str() {
            Some("null") => (
                format!("`null` is not a type in {}", self.edition.name()),
                "write the type of the value with `nullable: true`".to_owned(),
            ),
            Some("file") => (
                "`file` is not a type since OpenAPI 3.0".to_owned(),
                "write `type: string` with `format: binary`".to_owned(),
            ),
            Some(name) => {
                let meant = type_meant(name, &known);
                let instead = word::one_of(known.iter().copied());
                (
                    format!("`{name}` is not a type"),
                    match meant {
                        Some(meant) => format!("write `{meant}`"),
                        None => format!("write {instead}"),
                    },
                )
            }
            None => (
                format!("expected the name of a type, found {}", word::found(wrong)),
                if matches!(wrong.value, Value::Null) && self.edition >= Edition::V31 {
                    "write 'null' in quotes".to_owned()
                } else {
                    format!("write {}", word::one_of(known.iter().copied()))
                },
            ),
        };
        let instead = "the schema is read as if it had no type";
        // Null can only mean the type, with quotes or without, in whichever version.
        if matches!(wrong.value, Value::Null) || wrong.as_str() == Some("null") {
            self.note(Code::UnknownType, wrong.span, message, help);
        } else {
            self.warn(Code::UnknownType, wrong.span, message, (help, instead));
        }
        true
    }

    /// Reports a value that should be an object and is not.
    pub(super) fn not_an_object(&mut self, object: Object, node: &'a Node) {
        if self.may_be_boolean(object, node) {
            return;
        }
        let code = match object {
            Object::Schema => Code::NotASchema,
            _ => Code::KeywordType,
        };
        let message = format!(
            "expected {}, found {}",
            word::object_word(object),
            word::found(node)
        );
        let help = match object {
            Object::Schema => (
                "write an object",
                "it is read as a schema that allows any value",
            ),
            _ => ("write an object", "the value is ignored"),
        };
        let harmless = matches!(
            object,
            Object::Example | Object::Link | Object::Tag | Object::Deviation
        );
        let severity = match harmless {
            true => Severity::Note,
            false => Severity::Warning,
        };
        self.push(code, severity, node.span, message, help);
    }
}

/// Whether a number is read as it is written, where a string is expected.
fn is_read_as_text(object: Object, field: &Field) -> bool {
    matches!(
        (object, field.key),
        (Object::Info, _) | (Object::ServerVariable, _) | (Object::Root, "openapi" | "swagger")
    )
}

fn is_any_type(name: &str) -> bool {
    Kinds::named(name).is_some()
}

fn is_text(node: &Node) -> bool {
    node.as_str().is_some()
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::Sequence(_))
}

fn is_size(node: &Node) -> bool {
    match node.as_number().map(|number| number.value) {
        Some(NumberValue::Int(value)) => value >= 0,
        Some(NumberValue::Float(value)) => value >= 0.0 && value.fract() == 0.0,
        None => false,
    }
}

/// Whether a text may be a URL, absolute or relative.
pub(super) fn is_url(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn found_word(node: &Node) -> String {
    match node.as_str() {
        Some(text) if text.chars().count() <= 60 => format!("`{text}`"),
        _ => match node.as_number() {
            Some(number) => format!("the number {}", number.text.text()),
            None => word::found(node).to_owned(),
        },
    }
}

/// The type that a name was most likely meant to be.
fn type_meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let other = match name.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "short" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "char" | "enum" => {
            Some("string")
        }
        "bool" => Some("boolean"),
        "list" | "set" | "tuple" => Some("array"),
        "map" | "dict" | "hash" | "json" | "struct" => Some("object"),
        _ => None,
    };
    let known = known.iter().copied();
    match other {
        Some(other) => known.into_iter().find(|known| *known == other),
        None => crate::resolve::nearest(name, known),
    }
}

/// The fix for a value of another kind.
fn help(kind: Kind, node: &Node) -> String {
    match (kind, &node.value) {
        (_, Value::Null) => "give the key a value, or leave it out".to_owned(),
        (Kind::Text | Kind::Texts | Kind::TextMap | Kind::Url, Value::Number(number)) => {
            format!("write it in quotes: '{}'", number.text.text())
        }
        (Kind::Text | Kind::Texts | Kind::TextMap | Kind::Url, Value::Bool(value)) => {
            format!("write it in quotes: '{value}'")
        }
        (Kind::Boolean, Value::String(text)) if matches!(text.text(), "true" | "false") => {
            "write it without quotes".to_owned()
        }
        (Kind::Number | Kind::Size, Value::String(text)) if text.text().parse::<f64>().is_ok() => {
            "write it without quotes".to_owned()
        }
        (Kind::Choice(values), Value::String(text)) => {
            match crate::resolve::nearest(text.text(), values.iter().copied()) {
                Some(meant) => format!("write `{meant}`"),
                None => format!("write {}", word::one_of(values.iter().copied())),
            }
        }
        (Kind::Url, Value::String(_)) => {
            "write a URL without spaces; `%20` stands for a space".to_owned()
        }
        (Kind::List(_) | Kind::Texts | Kind::Values, Value::String(_) | Value::Mapping(_)) => {
            "make it an item of a list: begin it with `- `".to_owned()
        }
        (Kind::MapOf(_), Value::Sequence(_)) => {
            "write names, each with its value, instead of list items".to_owned()
        }
        (kind, _) => format!("write {}", word::expected(kind)),
    }
}
