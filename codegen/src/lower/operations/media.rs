//! Media types: which a client speaks.

use crate::load::{Entry, Node};

/// What a media type carries, as far as a client cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
    Xml,
}

/// The family of a media type; parameters and case don't count.
pub(super) fn family(media_type: &str) -> Option<Family> {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    Some(match (kind, subtype) {
        ("application" | "text", "json" | "x-json" | "vnd.api" | "jose+json") => Family::Json,
        _ if subtype.ends_with("+json") => Family::Json,
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", _) => Family::Multipart,
        (_, "xml") => Family::Xml,
        _ if subtype.ends_with("+xml") && kind != "image" => Family::Xml,
        ("text", "event-stream") => Family::Bytes,
        ("text", _) => Family::Text,
        ("application", "yaml" | "x-yaml" | "jwt" | "javascript" | "graphql" | "sql" | "toml") => {
            Family::Text
        }
        ("*", "*") => Family::Json,
        _ => Family::Bytes,
    })
}

/// Whether a text can be sent as a media type: type, subtype and well-formed parameters.
pub(super) fn is_legal(media_type: &str) -> bool {
    let mut parts = media_type.split(';');
    let essence = parts.next().unwrap_or_default().trim();
    let token = |text: &str| super::parameter::is_token(text);
    let legal = essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype));
    legal
        && parts.all(|parameter| {
            parameter.trim().is_empty()
                || parameter.split_once('=').is_some_and(|(name, value)| {
                    token(name.trim())
                        && value
                            .trim()
                            .trim_matches('"')
                            .bytes()
                            .all(|byte| (0x20..0x7f).contains(&byte) && byte != b'"')
                })
        })
}

/// The media types of a body or a response that a client could speak, the preferred first.
pub(super) fn ranked(content: &Node) -> Vec<(Family, &Entry)> {
    let mut ranked: Vec<(Family, &Entry)> = content
        .entries()
        .iter()
        .filter(|entry| is_legal(entry.key.text()) || entry.key.text() == "*/*")
        .filter_map(|entry| family(entry.key.text()).map(|family| (family, entry)))
        .collect();
    // A stable sort: of one family, the document's first.
    ranked.sort_by_key(|(family, entry)| (*family, entry.key.text() == "*/*"));
    ranked
}
