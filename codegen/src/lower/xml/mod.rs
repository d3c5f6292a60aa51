//! Values as XML, by the XML Object.
//!
//! A description is made from schemas, beside the types: it names members as JSON does, so that one type serves both.
//! OpenAPI 3.2 gives a reference no node of its own, so that the component that it leads to names the element; older
//! versions name it after the property.

mod shape;

use rustc_hash::FxHashMap;

use crate::ir::{Origin, Xml, XmlDef, XmlForm, XmlNode, XmlShape};
use crate::load::{Node, NodeId, Version};
use crate::names::{FunctionName, NameRequest, Scope, Words};
use crate::source::SpecStr;
use crate::specification::Kinds;

use super::merged::{MergedSchema, SchemaSet};
use super::{Lowering, literal};

/// Descriptions on the way.
#[derive(Default)]
pub(super) struct XmlTables {
    shapes: Vec<(Words, Option<XmlShape>, Origin)>,
    documents: Vec<(Words, XmlNode, Origin)>,
    /// The descriptions of schemas that references lead to; none while it is being made, or where it can't be.
    known: FxHashMap<NodeId, Option<usize>>,
}

/// Why a schema can't be XML.
pub(super) struct NotXml(pub(super) String);

impl NotXml {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

type Described<T> = Result<T, NotXml>;

/// Where a node stands.
#[derive(Clone, Copy, PartialEq)]
enum Place<'t> {
    /// The root of a document.
    Root,
    /// A member, by its name.
    Member(&'t str),
    /// An item of a list; the name of the list.
    Item(Option<&'t str>),
}

/// The depth of schemas within schemas up to which XML is described.
const DEPTH: usize = 64;

impl<'a> Lowering<'a> {
    /// The description of a document, by its position. `words` name it where its schema has no name.
    pub(super) fn xml_document(
        &mut self,
        schema: &'a Node,
        words: &Words,
        is_written: bool,
    ) -> Described<usize> {
        let mut node = self.xml_node(&SchemaSet::one(schema), Place::Root, 0)?;
        node.form = XmlForm::Element;
        if node.name.is_none() && is_written {
            return Err(NotXml::new(
                "its root element has no name: give the schema an `xml.name`",
            ));
        }
        let named = self.resolved.target(schema);
        let words = named
            .and_then(|target| target.pointer.last().map(|name| Words::of(name.text())))
            .unwrap_or_else(|| words.clone());
        let words = words.then(&Words::of("document"));
        let described = self
            .resolved
            .target(schema)
            .map_or(schema, |target| target.node);
        let origin = self.origin(described.span);
        let same = |known: &(Words, XmlNode, Origin)| known.1 == node && known.0 == words;
        if let Some(at) = self.xml.documents.iter().position(same) {
            return Ok(at);
        }
        self.xml.documents.push((words, node, origin));
        Ok(self.xml.documents.len() - 1)
    }

    /// A node of a schema.
    fn xml_node(
        &mut self,
        schema: &SchemaSet<'a>,
        place: Place<'_>,
        depth: usize,
    ) -> Described<XmlNode> {
        if depth > DEPTH {
            return Err(NotXml::new("it is nested too deeply"));
        }
        let nodes = self.all_nodes(schema);
        let xml = nodes.iter().find_map(|node| node.get("xml"));
        let text = |key: &str| {
            let text = xml.and_then(|xml| xml.get(key)).and_then(literal::text);
            text.filter(|text| !text.text().is_empty())
        };
        let merged = self.merged(schema);
        let list = merged.items.filter(|_| kinds(&merged) == Kinds::ARRAY);
        let form = self.xml_form(xml, list.is_some(), kinds(&merged));
        let name = text("name").or_else(|| {
            let component = self.xml_component(schema);
            match place {
                Place::Root => component,
                _ if self.is_named_by_component(schema) && list.is_none() => component,
                Place::Member(name) => Some(SpecStr::new(name)),
                Place::Item(name) => name.map(SpecStr::new),
            }
        });
        if let Some(name) = &name
            && form != XmlForm::None
            && !is_name(name.text())
        {
            return Err(NotXml::new(format!(
                "`{}` can't be the name of an element",
                name.text()
            )));
        }
        let shape = match list {
            Some(items) => {
                // Items of a list without an element of its own are called after the property.
                let inferred = match (form, place) {
                    (XmlForm::None, Place::Member(name)) => Some(name),
                    (XmlForm::None, Place::Item(_)) => {
                        return Err(NotXml::new(
                            "a list of lists needs `wrapped` for the inner ones",
                        ));
                    }
                    _ => name.as_ref().map(SpecStr::text),
                };
                self.xml_list(items, inferred, form, depth)?
            }
            None => self.xml_shape(schema, &merged, depth)?,
        };
        Ok(XmlNode {
            form,
            name: name.filter(|_| !matches!(form, XmlForm::None | XmlForm::Text | XmlForm::Cdata)),
            namespace: text("namespace"),
            prefix: text("prefix").filter(|prefix| is_name(prefix.text())),
            shape,
        })
    }

    fn xml_list(
        &mut self,
        items: &'a Node,
        inferred: Option<&str>,
        form: XmlForm,
        depth: usize,
    ) -> Described<XmlShape> {
        let item = self.xml_node(&SchemaSet::one(items), Place::Item(inferred), depth + 1)?;
        let is_text = matches!(form, XmlForm::Attribute | XmlForm::Text | XmlForm::Cdata);
        if is_text && !matches!(item.shape, XmlShape::Scalar { .. }) {
            return Err(NotXml::new(
                "an attribute or a text can hold a list of plain values only",
            ));
        }
        if item.form != XmlForm::Element && !is_text {
            return Err(NotXml::new("items of a list have to be elements"));
        }
        Ok(XmlShape::List(Box::new(item)))
    }

    /// The kind of a node.
    fn xml_form(&self, xml: Option<&Node>, is_list: bool, kinds: Kinds) -> XmlForm {
        let flag =
            |key: &str| xml.and_then(|xml| xml.get(key)).and_then(Node::as_bool) == Some(true);
        let is_plain = !is_list && !kinds.has(Kinds::OBJECT);
        match xml
            .and_then(|xml| xml.get("nodeType"))
            .and_then(Node::as_str)
        {
            Some("element") => XmlForm::Element,
            Some("attribute") => XmlForm::Attribute,
            Some("text") => XmlForm::Text,
            Some("cdata") => XmlForm::Cdata,
            Some("none") if is_plain => XmlForm::Text,
            Some("none") => XmlForm::None,
            _ if flag("attribute") => XmlForm::Attribute,
            _ if is_list && !flag("wrapped") => XmlForm::None,
            _ => XmlForm::Element,
        }
    }

    /// Whether an element is called after the component and not after the property.
    fn is_named_by_component(&self, schema: &SchemaSet<'a>) -> bool {
        let [node] = schema.nodes.as_slice() else {
            return false;
        };
        self.version(node) == Version::OpenApi32 && self.resolved.is_reference(node)
    }

    /// The name of the component that a schema refers to, or is.
    fn xml_component(&self, schema: &SchemaSet<'a>) -> Option<SpecStr> {
        let [node] = schema.nodes.as_slice() else {
            return None;
        };
        let target = self.resolved.target(node)?;
        match &*target.pointer {
            [components, schemas, name]
                if components.text() == "components" && schemas.text() == "schemas" =>
            {
                Some(name.clone())
            }
            _ => None,
        }
    }

    /// All descriptions, with names.
    pub(super) fn xml_tables(&mut self) -> Xml {
        let XmlTables {
            shapes, documents, ..
        } = std::mem::take(&mut self.xml);
        let places = shapes.iter().map(|(words, _, origin)| (words, origin));
        let places = places.chain(documents.iter().map(|(words, _, origin)| (words, origin)));
        let requests = places.map(|(words, origin)| {
            let document = self.documents.document(origin.span.document);
            let text = format!(
                "{}{}",
                document.path.as_str(),
                self.documents.pointer(origin.span)
            );
            NameRequest::named(text, vec![words.clone(), words.then(&Words::of("schema"))])
        });
        let requests: Vec<NameRequest> = requests.collect();
        let names = Scope::default().assign(&requests, |words| {
            FunctionName::new(words).as_str().to_owned()
        });
        let mut names = names.iter().map(FunctionName::new);
        let mut xml = Xml::default();
        for ((_, shape, origin), name) in shapes.into_iter().zip(names.by_ref()) {
            let of = shape.unwrap_or(XmlShape::Any);
            xml.shapes.push(XmlDef { name, of, origin });
        }
        for ((_, of, origin), name) in documents.into_iter().zip(names) {
            xml.documents.push(XmlDef { name, of, origin });
        }
        xml
    }
}

/// The kinds of value, null aside.
fn kinds(merged: &MergedSchema<'_>) -> Kinds {
    merged.likely_kinds().without(Kinds::NULL)
}

/// Whether a text can be a name of XML, without a prefix.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let starts = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    starts && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '\u{b7}'))
}
