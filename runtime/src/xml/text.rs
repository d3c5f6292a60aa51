//! The text of a document, whatever its encoding, and values as text.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::Scalars;

/// The text of a document: by its byte order mark, by the encoding that it declares, or UTF-8.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let declared = declared(bytes).and_then(encoding_rs::Encoding::for_label);
    match declared {
        Some(encoding) => encoding.decode(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}

/// The label in `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = memchr::memchr(b'>', head)?;
    let head = head.get(..end)?;
    let at = memchr::memmem::find(head, b"encoding")?;
    let rest = head.get(at..)?.strip_prefix(b"encoding")?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let quote = rest
        .first()
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''))?;
    rest.get(1..)?.split(|byte| *byte == quote).next()
}

/// A text as the value that it can be.
pub(super) fn value(text: String, kinds: Scalars) -> Value {
    let plain = text.trim();
    if kinds.boolean {
        match plain {
            "true" => return Value::Bool(true),
            "false" => return Value::Bool(false),
            "1" if !kinds.number && !kinds.text => return Value::Bool(true),
            "0" if !kinds.number && !kinds.text => return Value::Bool(false),
            _ => {}
        }
    }
    if kinds.number
        && let Some(number) = number(plain)
    {
        return Value::Number(number);
    }
    Value::String(text)
}

/// A number as XML Schema writes it: with a sign, and zeros before it.
fn number(text: &str) -> Option<Number> {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    Number::from_f64(text.parse().ok().filter(|_| is_number)?)
}

/// A plain value as text; none for what is not plain.
pub(super) fn of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether XML 1.0 allows a character.
pub(super) const fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_is_decoded_as_it_declares() {
        assert_eq!(decoded("<a>é</a>".as_bytes()), "<a>é</a>");
        let latin = b"<?xml version='1.0' encoding = 'ISO-8859-1'?><a>\xe9</a>";
        assert!(decoded(latin).ends_with("<a>é</a>"));
        let wide: Vec<u8> = "\u{feff}<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(&wide), "<a>é</a>");
    }

    #[test]
    fn a_text_is_what_its_kinds_allow() {
        let value = |text: &str, kinds| value(text.to_owned(), kinds);
        let (text, number) = (
            Scalars::of(true, false, false),
            Scalars::of(false, true, false),
        );
        assert_eq!(value("5", text), json!("5"));
        assert_eq!(value(" 05 ", number), json!(5));
        assert_eq!(value("-7", number), json!(-7));
        assert_eq!(value("+1.5e3", number), json!(1500.0));
        assert_eq!(value("NaN", number), json!("NaN"));
        assert_eq!(value("inf", number), json!("inf"));
        assert_eq!(value("1", Scalars::of(false, false, true)), json!(true));
        assert_eq!(value("1", Scalars::of(false, true, true)), json!(1));
        assert_eq!(value("x", Scalars::of(true, true, true)), json!("x"));
    }
}
