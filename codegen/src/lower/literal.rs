//! Constants of a document, and whether they fit the type that they are given for.

use crate::ir::{Enum, Literal, Shape, Type, Types};
use crate::load::{Node, NumberValue, Value};
use crate::source::SpecStr;

use super::json;

/// The text of a node where text is expected: a number or a boolean is taken as it is written.
pub(super) fn text(node: &Node) -> Option<SpecStr> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.text.clone()),
        Value::Bool(value) => Some(SpecStr::new(if *value { "true" } else { "false" })),
        _ => None,
    }
}

/// A constant as it stands, whatever the type.
pub(super) fn plain(node: &Node) -> Literal {
    match &node.value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::String(text) => Literal::String(text.clone()),
        Value::Number(number) => match number.value {
            NumberValue::Int(value) => Literal::Int(value),
            NumberValue::Float(value) => Literal::Float(value),
        },
        Value::Sequence(_) | Value::Mapping(_) => Literal::Json(json::line(node)),
    }
}

/// A constant of type `ty`; none if it does not fit.
pub(super) fn of_type(node: &Node, ty: &Type, types: &Types) -> Option<Literal> {
    match (ty, &node.value) {
        (Type::Bool, Value::Bool(value)) => Some(Literal::Bool(*value)),
        (Type::Int(width), Value::Number(number)) => {
            let value = match number.value {
                NumberValue::Int(value) => Some(value),
                NumberValue::Float(value) => whole(value),
            };
            let fits = value.filter(|value| width.range().contains(value));
            fits.map(Literal::Int)
        }
        (Type::Float, Value::Number(number)) => Some(match number.value {
            NumberValue::Int(value) => Literal::Float(value as f64),
            NumberValue::Float(value) => Literal::Float(value),
        }),
        (Type::String | Type::Uuid | Type::DateTime | Type::Date | Type::Base64, _) => {
            text(node).map(Literal::String)
        }
        (Type::IpAddr | Type::Ipv4Addr | Type::Ipv6Addr | Type::External(_), _) => {
            text(node).map(Literal::String)
        }
        (Type::Secret(inner), _) => of_type(node, inner, types),
        (Type::Named(id), _) => match &types.get(*id).shape {
            Shape::Enum(choices) => position(node, choices).map(|at| Literal::Variant(*id, at)),
            _ => Some(Literal::Json(json::line(node))),
        },
        (Type::List(_) | Type::Tuple(_), Value::Sequence(_)) => {
            Some(Literal::Json(json::line(node)))
        }
        (Type::Map(_), Value::Mapping(_)) => Some(Literal::Json(json::line(node))),
        (Type::Json | Type::Boxed(_), _) => Some(Literal::Json(json::line(node))),
        (Type::Nullable(inner), _) => of_type(node, inner, types),
        _ => None,
    }
}

/// The position of a constant among those of an enum.
fn position(node: &Node, choices: &Enum) -> Option<usize> {
    let literal = plain(node);
    choices
        .variants
        .iter()
        .position(|variant| match (&variant.value, &literal) {
            (Literal::String(a), _) => text(node).as_ref() == Some(a),
            (a, b) => a == b,
        })
}

/// A float that is a whole number.
pub(super) fn whole(value: f64) -> Option<i128> {
    (value.fract() == 0.0 && value.abs() < 1e18).then_some(value as i128)
}
