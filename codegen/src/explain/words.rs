//! Decisions, in plain words.

use crate::ir::{Access, Api, Framing, Literal, Payload, Presence, Type};

/// The content of a type: `a list of texts that are never shown` would be too clever, so each part is said on its own.
pub(super) fn holds(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Bool => "true or false".to_owned(),
        Type::Int(_) => "a whole number".to_owned(),
        Type::Float => "a number".to_owned(),
        Type::String => "a text".to_owned(),
        Type::Uuid => "a UUID".to_owned(),
        Type::DateTime => "a date with a time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::IpAddr => "an IP address".to_owned(),
        Type::Ipv4Addr => "an IPv4 address".to_owned(),
        Type::Ipv6Addr => "an IPv6 address".to_owned(),
        Type::Base64 => "bytes, in Base64 on the wire".to_owned(),
        Type::Json => "any JSON value".to_owned(),
        Type::Null => "null".to_owned(),
        Type::List(item) => format!("a list, each item {}", holds(api, item)),
        Type::Map(value) => format!(
            "an object whose keys are data, each value {}",
            holds(api, value)
        ),
        Type::Tuple(items) => format!("a list of just {} items", items.len()),
        Type::Nullable(inner) => format!("{} or null", holds(api, inner)),
        Type::Secret(inner) => format!(
            "{} that is never shown and wiped when dropped",
            holds(api, inner)
        ),
        Type::Named(id) => with_article(api.type_name(*id).as_str()),
        Type::Boxed(id) => format!("{}, on the heap", with_article(api.type_name(*id).as_str())),
        Type::External(external) => with_article(&external.path),
    }
}

/// A name with `a` or `an` before it.
pub(super) fn with_article(name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']);
    format!("{} `{name}`", if vowel { "an" } else { "a" })
}

/// The number of items, with the right plural.
pub(super) fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
}

/// Whether a member must be there, as a sentence.
pub(super) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "It is always there and never null.",
        Presence::Optional => "It may be absent.",
        Presence::Nullable => "It is always there and may be null.",
        Presence::OptionalNullable => "It may be absent and it may be null, which are two things.",
    }
}

/// Which way a member travels, as a sentence.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::ReadWrite => "It is sent both ways.",
        Access::ReadOnly => "It is sent to the client only.",
        Access::WriteOnly => "It is sent to the server only.",
    }
}

/// A constant as it is written.
pub(super) fn literal(api: &Api, literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(text) => format!("{:?}", text.text()),
        Literal::Json(text) => text.text().to_owned(),
        Literal::Variant(id, at) => match &api.type_def(*id).shape {
            crate::ir::Shape::Enum(choice) => match choice.variants.get(*at) {
                Some(variant) => format!("{}::{}", api.type_name(*id), variant.name),
                None => String::new(),
            },
            _ => String::new(),
        },
    }
}

/// The content of a body.
pub(super) fn carries(api: &Api, payload: &Payload) -> String {
    match payload {
        Payload::Empty => "nothing".to_owned(),
        Payload::Json(ty) => format!("JSON, {}", holds(api, ty)),
        Payload::OptionalJson(ty) => format!("JSON, {}, or nothing at all", holds(api, ty)),
        Payload::Form(ty, _) => format!("a form, {}", holds(api, ty)),
        Payload::Multipart(_, parts) => format!("{} parts", parts.len()),
        Payload::Xml(ty, _) => format!("XML, {}", holds(api, ty)),
        Payload::Text => "a text".to_owned(),
        Payload::Bytes => "bytes, streamed".to_owned(),
        Payload::Stream(items) => {
            let each = match items.framing {
                Framing::Lines => "a line of JSON for each item",
                Framing::Records => "a record of JSON for each item",
                Framing::Values => "a value of JSON for each item",
                Framing::Parts => "a part of JSON for each item",
                Framing::Events(_) => "a server-sent event for each item",
            };
            format!("{each}, {}", holds(api, &items.ty))
        }
    }
}
