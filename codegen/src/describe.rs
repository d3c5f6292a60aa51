//! Decisions about an API in words: types as Rust has them, values, payloads, and text that is safe to show.
//!
//! The outline, comparisons, explanations and documentation use the same words.

use std::borrow::Cow;

use crate::ir::{
    Api, Framing, IntWidth, Literal, PagingStyle, Payload, Presence, Shape, Type, Variant,
};
use crate::source::{has_byte, is_hidden};

/// A payload, with the type that it carries.
pub(crate) fn carried(api: &Api, payload: &Payload) -> String {
    match payload {
        Payload::Empty => "()".to_owned(),
        Payload::Json(ty) => shown(api, ty),
        Payload::OptionalJson(ty) => format!("{}?", shown(api, ty)),
        Payload::Form(ty, _) => format!("form {}", shown(api, ty)),
        Payload::Multipart(name, _) => format!("multipart {name}"),
        Payload::Xml(ty, _) => format!("xml {}", shown(api, ty)),
        Payload::Text => "text".to_owned(),
        Payload::Bytes => "bytes".to_owned(),
        Payload::Stream(items) => match items.framing {
            Framing::Events(_) => format!("events {}", shown(api, &items.ty)),
            _ => format!("stream {}", shown(api, &items.ty)),
        },
    }
}

/// The paging of a list, as the way to the next page.
pub(crate) fn paged(style: &PagingStyle) -> &'static str {
    match style {
        PagingStyle::Offset { .. } => "an offset",
        PagingStyle::Page { .. } => "the number of a page",
        PagingStyle::Range { .. } => "a range",
        PagingStyle::Cursor { .. } => "a cursor",
        PagingStyle::Link { .. } => "the URL of the next page",
        PagingStyle::LinkHeader => "the URL of the next page in `Link`",
    }
}

/// A field's type as Rust has it, with its presence.
pub(crate) fn present(api: &Api, ty: &Type, presence: Presence) -> String {
    let inner = shown(api, ty);
    match presence {
        Presence::Required => inner,
        Presence::Optional => format!("Option<{inner}>"),
        Presence::Nullable => format!("Nullable<{inner}>"),
        Presence::OptionalNullable => format!("Presence<{inner}>"),
    }
}

/// A type as Rust has it, without paths.
pub(crate) fn shown(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int(width) => int(*width).to_owned(),
        Type::Float => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Uuid => "Uuid".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::IpAddr => "IpAddr".to_owned(),
        Type::Ipv4Addr => "Ipv4Addr".to_owned(),
        Type::Ipv6Addr => "Ipv6Addr".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::Json => "Value".to_owned(),
        Type::Null => "()".to_owned(),
        Type::List(item) => format!("Vec<{}>", shown(api, item)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| shown(api, item)).collect();
            format!("({})", items.join(", "))
        }
        Type::Map(value) => format!("Map<{}>", shown(api, value)),
        Type::Nullable(inner) => format!("Option<{}>", shown(api, inner)),
        Type::Secret(inner) => format!("Secret<{}>", shown(api, inner)),
        Type::Named(id) => api.type_name(*id).to_string(),
        Type::Boxed(id) => format!("Box<{}>", api.type_name(*id)),
        Type::External(external) => external.path.clone(),
    }
}

/// A constant of an enum, with its label.
pub(crate) fn value(variant: &Variant) -> String {
    let value = match &variant.value {
        Literal::String(text) => quoted(text.text()),
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Json(text) => plain(text.text()),
        Literal::Variant(..) => variant.name.to_string(),
    };
    match &variant.label {
        Some(label) => format!("{value} {}", quoted(label.text())),
        None => value,
    }
}

/// A constant.
pub(crate) fn literal(api: &Api, literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(text) => quoted(text.text()),
        Literal::Json(text) => plain(text.text()),
        Literal::Variant(id, at) => match &api.type_def(*id).shape {
            Shape::Enum(choice) => choice
                .variants
                .get(*at)
                .map_or_else(String::new, |variant| variant.name.to_string()),
            _ => String::new(),
        },
    }
}

/// Text on one line, nothing in it that a terminal would obey.
pub(crate) fn plain(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// Text in quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text))
}

/// The name of an integer type.
pub(crate) fn int(width: IntWidth) -> &'static str {
    match width {
        IntWidth::I8 => "i8",
        IntWidth::I16 => "i16",
        IntWidth::I32 => "i32",
        IntWidth::I64 => "i64",
        IntWidth::U8 => "u8",
        IntWidth::U16 => "u16",
        IntWidth::U32 => "u32",
        IntWidth::U64 => "u64",
    }
}

/// The text with line ends made `\n`, tabs made spaces, and characters that would be invisible or would reorder what
/// a reader sees shown as `\u{..}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let odd = |byte| byte != b'\n' && !matches!(byte, b' '..=b'~');
    let bad = |letter: char| match letter {
        '\n' | ' '..='~' => false,
        _ => is_hidden(letter),
    };
    if !has_byte(text, odd) || !text.chars().any(bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\t' => out.push_str("    "),
            '\u{feff}' => {}
            '\n' => out.push('\n'),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            _ if is_hidden(letter) => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}
