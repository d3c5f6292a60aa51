//! Bodies of XML.

use crate::diagnostic::Code;
use crate::ir::Payload;
use crate::load::Entry;
use crate::names::Words;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::xml::NotXml;
use super::super::{Direction, Lowering};
use super::media::Offer;

impl<'a> Lowering<'a> {
    /// A body of XML: a type, where its schema can be XML; else text.
    pub(super) fn xml_payload(
        &mut self,
        offer: &Offer<'a>,
        schema: Option<SchemaSet<'a>>,
        direction: Direction,
        naming: &Naming,
    ) -> Payload {
        let is_written = direction == self.outward() || self.turned;
        let described = match offer.node.get("schema") {
            None => Err(NotXml("it has no schema".to_owned())),
            Some(node) => self.xml_document(node, &document_words(naming), is_written),
        };
        match (described, schema) {
            (Ok(document), Some(schema)) => Payload::Xml(
                self.schema(&schema, direction, naming).into_type(),
                document,
            ),
            (Err(NotXml(why)), _) => {
                self.warn_xml(offer.entry, &why);
                Payload::Text
            }
            (Ok(_), None) => Payload::Text,
        }
    }

    /// Says that something can't be XML.
    fn warn_xml(&mut self, entry: &Entry, why: &str) {
        self.warn(
            Code::Xml,
            entry.key_span,
            format!("no type is generated for `{}`: {why}", entry.key.text()),
            (
                "describe it as the XML Object allows, or offer JSON as well",
                "it is sent and received as text",
            ),
        );
    }
}

/// The name of a document whose schema has none.
fn document_words(naming: &Naming) -> Words {
    naming.plain()
}
