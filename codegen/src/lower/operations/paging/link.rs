//! Links: the URL of the next page, in the body or in the header `Link`.

use crate::ir::{Docs, Operation, Type};
use crate::load::Node;
use crate::source::SpecStr;

use super::super::super::Lowering;
use super::super::super::json;
use super::super::Found;
use super::super::media::{Family, family};
use super::answer::{Answered, Said};
use super::request::Asked;
use super::words::{NEXT_URL, has_word};

/// The document's words on members of an answer.
pub(super) struct Addresses<'l, 'a> {
    lowering: &'l Lowering<'a>,
    schema: Option<&'a Node>,
}

impl<'l, 'a> Addresses<'l, 'a> {
    pub(super) fn of(lowering: &'l Lowering<'a>, found: &Found<'a>) -> Self {
        let responses = found.node.get("responses").map(Node::entries);
        let mut responses = responses.unwrap_or_default().iter();
        let schema = responses
            .find(|entry| entry.key.text().starts_with('2'))
            .and_then(|entry| lowering.follow(&entry.value)?.get("content"))
            .and_then(|content| {
                let mut content = content.entries().iter();
                let is_json = |key: &str| family(key) == Some(Family::Json) || key.contains("*/*");
                let entry = content.find(|entry| is_json(entry.key.text()))?;
                lowering.follow(&entry.value)?.get("schema")
            });
        Self { lowering, schema }
    }

    /// Whether the document says that a member is a URL.
    pub(super) fn is_url(&self, said: &Said) -> bool {
        const FORMATS: &[&str] = &[
            "uri",
            "url",
            "uri-reference",
            "iri",
            "iri-reference",
            "uri-template",
            "link",
            "href",
        ];
        const WORDS: &[&str] = &[
            "url",
            "uri",
            "urls",
            "link",
            "href",
            "hyperlink",
            "links",
            "hypermedia",
        ];
        if NEXT_URL.contains(&&*said.name) || ["href", "url", "uri"].contains(&&*said.name) {
            return true;
        }
        let is_address = |text: &str| {
            let text = text.trim_matches('"');
            text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://")
        };
        self.nodes(&said.wires).into_iter().any(|node| {
            let text = |key: &str| node.get(key).and_then(Node::as_str);
            let examples = node.get("examples").map(Node::items).unwrap_or_default();
            let mut examples = node.get("example").into_iter().chain(examples);
            text("format").is_some_and(|format| FORMATS.contains(&format))
                || examples.any(|example| is_address(json::line(example).text()))
                || ["description", "title"]
                    .into_iter()
                    .filter_map(text)
                    .any(|text| has_word(text, WORDS))
        })
    }

    /// The schemas of a member, along names on the wire.
    fn nodes(&self, wires: &[String]) -> Vec<&'a Node> {
        let mut nodes: Vec<&'a Node> = self.schema.into_iter().collect();
        for wire in wires {
            let all = self.closure(nodes);
            let members = all
                .into_iter()
                .filter_map(|node| node.get("properties")?.get(wire));
            nodes = members.collect();
        }
        self.closure(nodes)
    }

    /// Schemas with what they refer to, and their parts.
    fn closure(&self, mut work: Vec<&'a Node>) -> Vec<&'a Node> {
        let mut nodes: Vec<&'a Node> = Vec::new();
        while let Some(node) = work.pop() {
            if nodes.len() > 32 || nodes.iter().any(|known| known.id == node.id) {
                continue;
            }
            nodes.push(node);
            work.extend(
                self.lowering
                    .resolved
                    .target(node)
                    .map(|target| target.node),
            );
            let parts = ["allOf", "anyOf", "oneOf"].into_iter();
            work.extend(parts.filter_map(|key| node.get(key)).flat_map(Node::items));
        }
        nodes
    }
}

/// The member of a page that is the URL of the next.
pub(super) fn link<'s>(
    asked: &Asked,
    answered: &'s Answered,
    addresses: &Addresses<'_, '_>,
) -> Option<&'s Said> {
    let texts = || {
        let said = answered.said.iter();
        said.filter(|said| matches!(said.ty, Type::String))
    };
    // These names say it all.
    let is_plain = |said: &Said| {
        NEXT_URL.contains(&&*said.name)
            || (said.holder == "next" && ["href", "url", "uri"].contains(&&*said.name))
            || (said.name == "next"
                && ["links", "urls"].contains(&&*said.holder)
                && asked.is_paged())
    };
    let is_told = |said: &Said| {
        ["next", "nextpage"].contains(&&*said.name) && asked.is_paged() && addresses.is_url(said)
    };
    let mut plain = texts().filter(|said| is_plain(said));
    if let Some(first) = plain.next() {
        return plain.next().is_none().then_some(first);
    }
    let mut told = texts().filter(|said| is_told(said));
    let first = told.next()?;
    told.next().is_none().then_some(first)
}

/// Whether the header `Link` of an answer has the URL of the next page.
pub(super) fn is_in_header(asked: &Asked, operation: &Operation) -> bool {
    let Some(success) = operation.responses.success.first() else {
        return false;
    };
    let mut headers = success.headers.iter();
    let Some(header) = headers.find(|header| header.wire.text().eq_ignore_ascii_case("link"))
    else {
        return false;
    };
    let is_told = || {
        let texts = texts(&header.docs).chain(texts(&success.docs));
        texts.into_iter().any(|text| has_word(text, &["next"]))
    };
    asked.is_paged() || is_told()
}

fn texts(docs: &Docs) -> impl Iterator<Item = &str> {
    let texts = docs.summary.iter().chain(&docs.description);
    texts.chain(&docs.examples).map(SpecStr::text)
}
