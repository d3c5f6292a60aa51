//! Media types: which a client speaks.

use crate::diagnostic::Code;
use crate::ir::OmittedKind;
use crate::load::{Entry, Node};
use crate::source::SpecStr;
use crate::specification::Kinds;

use super::super::Lowering;
use super::super::keywords;
use super::super::merged::SchemaSet;
use super::stream;

/// The family of a media type, as far as a client cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Json,
    /// Items, one after another.
    Stream,
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
        ("text", _) => Family::Text,
        ("application", subtype) if TEXTS.contains(&subtype) => Family::Text,
        _ if subtype.ends_with("+yaml") => Family::Text,
        ("*", "*") => Family::Json,
        _ => Family::Bytes,
    })
}

/// Media types of applications that are text, registered or not.
const TEXTS: &[&str] = &[
    "csv",
    "graphql",
    "html",
    "javascript",
    "jwt",
    "markdown",
    "plain",
    "sql",
    "text",
    "toml",
    "typescript",
    "x-sh",
    "x-yaml",
    "yaml",
];

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

/// A media type of a body or of a response, as a client speaks it.
#[derive(Clone)]
pub(super) struct Offer<'a> {
    pub(super) family: Family,
    /// The key, or what it was taken for.
    pub(super) media_type: SpecStr,
    /// Where it is listed.
    pub(super) entry: &'a Entry,
    /// Its description, a reference followed.
    pub(super) node: &'a Node,
}

impl<'a> Lowering<'a> {
    /// The media types of a body or a response that a client could speak, the preferred first.
    pub(super) fn offers(&mut self, content: &'a Node) -> Vec<Offer<'a>> {
        let mut offers: Vec<Offer<'a>> = content
            .entries()
            .iter()
            .filter_map(|entry| self.offer(entry))
            .collect();
        // A stable sort: of one family, the document's first.
        offers.sort_by_key(|offer| (offer.family, offer.media_type.text() == "*/*"));
        offers
    }

    fn offer(&mut self, entry: &'a Entry) -> Option<Offer<'a>> {
        let key = entry.key.text();
        let meant = meant(key);
        if meant != Some(key) {
            self.warn(
                Code::MediaType,
                entry.key_span,
                format!("`{key}` is not a media type"),
                match meant {
                    Some(meant) => (format!("write `{meant}`"), "it is read as that"),
                    None => (
                        "write one such as `application/json`".to_owned(),
                        "it is ignored",
                    ),
                },
            );
        }
        let (Some(meant), Some(node)) = (meant, self.follow(&entry.value)) else {
            self.omit(OmittedKind::MediaType, entry.key.clone(), entry.key_span);
            return None;
        };
        self.warn_encodings(node);
        Some(Offer {
            family: match stream::frames(meant, node) {
                Some(_) => Family::Stream,
                None => self.family_by_schema(family(meant)?, meant, node),
            },
            media_type: if meant == key {
                entry.key.clone()
            } else {
                SpecStr::new(meant)
            },
            node,
            entry,
        })
    }
}

impl<'a> Lowering<'a> {
    /// The family of a media type, where its schema says more than its name: bytes are bytes under JSON too, and of
    /// `*/*` the schema alone tells what it is.
    fn family_by_schema(&mut self, family: Family, media_type: &str, node: &'a Node) -> Family {
        if family != Family::Json {
            return family;
        }
        let is_range = essence(media_type).starts_with("*/");
        let Some(schema) = node.get("schema") else {
            return if is_range { Family::Bytes } else { family };
        };
        let Some(followed) = self.follow(schema) else {
            return family;
        };
        let merged = self.merged(&SchemaSet::one(followed));
        let is_text = merged.kinds == Kinds::STRING && merged.values.is_none();
        match merged.format {
            Some("binary") if is_text => Family::Bytes,
            Some("byte") if is_text && is_range => Family::Bytes,
            None if is_text && is_range && merged.is_file() => Family::Bytes,
            None if is_text && is_range && merged.choices.is_empty() => Family::Text,
            None if is_range && keywords::only_annotates(followed) => Family::Bytes,
            _ => Family::Json,
        }
    }

    /// Names what is said of parts by their position: parts are told apart by name.
    fn warn_encodings(&mut self, media: &'a Node) {
        let is_streamed = stream::frames("multipart/mixed", media).is_some();
        let schema = media.get("schema").and_then(|schema| self.follow(schema));
        let has_positions = schema.is_some_and(|schema| schema.get("prefixItems").is_some());
        let by_position = media
            .entries()
            .iter()
            .filter(|entry| match entry.key.text() {
                "prefixEncoding" | "itemEncoding" if has_positions => false,
                "prefixEncoding" => true,
                "itemEncoding" => !is_streamed,
                _ => false,
            });
        for entry in by_position {
            let said = format!("`{}` describes parts by their position", entry.key.text());
            self.warn(
                Code::NotGenerated,
                entry.key_span,
                said,
                "describe parts as properties of a `schema`; nothing is generated from their positions",
            );
        }
    }
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The media type that a key of `content` means: itself where it can be sent, else what it is likely to stand for.
fn meant(key: &str) -> Option<&str> {
    if is_legal(key) {
        return Some(key);
    }
    let essence = key.split(';').next().unwrap_or_default().trim();
    if is_legal(essence) {
        return Some(essence);
    }
    let essence = essence.to_ascii_lowercase();
    let known = [
        ("json", "application/json"),
        ("urlencoded", "application/x-www-form-urlencoded"),
        ("form-data", "multipart/form-data"),
    ];
    let known = known.iter().find(|(part, _)| essence.contains(part));
    // Nothing at all is what editors leave behind where JSON is meant.
    let nothing = essence.is_empty().then_some("application/json");
    known.map(|(_, meant)| *meant).or(nothing)
}

#[cfg(test)]
mod tests {
    use super::{Family, TEXTS, family};

    #[test]
    fn text_goes_by_many_names() {
        let known = TEXTS.iter().map(|subtype| format!("application/{subtype}"));
        let others = [
            "text/x-anything",
            "application/vnd.oai.openapi+yaml",
            "Application/Text; charset=utf-8",
        ];
        for media in known.chain(others.map(str::to_owned)) {
            assert!(matches!(family(&media), Some(Family::Text)), "{media}");
        }
        for media in [
            "application/pdf",
            "application/octet-stream",
            "image/svg+xml",
            "audio/plain",
        ] {
            assert!(matches!(family(media), Some(Family::Bytes)), "{media}");
        }
    }
}
