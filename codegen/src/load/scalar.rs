//! The meaning of a plain scalar by the core schema of YAML 1.2, and nothing more: `no`, `on`, dates and times are text.

use super::NumberValue;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The finding for a number that has no finite value.
pub(super) fn too_large(text: &str, span: Span) -> Diagnostic {
    let message = format!("the number `{text}` is beyond 64-bit floating point");
    Diagnostic::warning(Code::Limit, span, message).help((
        "write a number that fits, or leave the limit out",
        "it is read as the largest one",
    ))
}

/// The value that a number is read as that has no finite one.
pub(super) fn largest(text: &str) -> NumberValue {
    match text.starts_with('-') {
        true => NumberValue::Float(f64::MIN),
        false => NumberValue::Float(f64::MAX),
    }
}

/// The meaning of a scalar's spelling.
pub(super) enum Meaning {
    Null,
    Bool(bool),
    Number(NumberValue),
    /// A number that no 64-bit floating point number comes near.
    TooLarge,
    Text,
}

/// The meaning of the plain scalar `text`.
pub(super) fn plain(text: &str) -> Meaning {
    match text.as_bytes().first() {
        None => Meaning::Null,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => number(text),
        Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => match text {
            "~" | "null" | "Null" | "NULL" => Meaning::Null,
            "true" | "True" | "TRUE" => Meaning::Bool(true),
            "false" | "False" | "FALSE" => Meaning::Bool(false),
            _ => Meaning::Text,
        },
        Some(_) => Meaning::Text,
    }
}

/// The number that `text` is, if it is one: `.inf` and `.nan` are text, since JSON has no such numbers.
pub(super) fn number(text: &str) -> Meaning {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    match notation(text) {
        Notation::Other => Meaning::Text,
        Notation::Whole => match text.parse() {
            Ok(value) => Meaning::Number(NumberValue::Int(value)),
            Err(_) => float(text),
        },
        Notation::Fraction => float(text),
    }
}

fn radix(digits: &str, radix: u32) -> Meaning {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Meaning::Text;
    }
    match i128::from_str_radix(digits, radix) {
        Ok(value) => Meaning::Number(NumberValue::Int(value)),
        Err(_) => Meaning::TooLarge,
    }
}

fn float(text: &str) -> Meaning {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Meaning::Number(NumberValue::Float(value)),
        Ok(_) => Meaning::TooLarge,
        Err(_) => Meaning::Text,
    }
}

enum Notation {
    Whole,
    Fraction,
    Other,
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn notation(text: &str) -> Notation {
    let (whole, text) = split_digits(text.strip_prefix(['+', '-']).unwrap_or(text));
    let (fraction, text) = match text.strip_prefix('.') {
        Some(text) => split_digits(text),
        None if text.is_empty() && !whole.is_empty() => return Notation::Whole,
        None => ("", text),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Notation::Other;
    }
    let Some(exponent) = text.strip_prefix(['e', 'E']) else {
        return if text.is_empty() {
            Notation::Fraction
        } else {
            Notation::Other
        };
    };
    match split_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) {
        (digits, "") if !digits.is_empty() => Notation::Fraction,
        _ => Notation::Other,
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|digit: char| !digit.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}
