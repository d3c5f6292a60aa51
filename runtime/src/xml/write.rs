//! From the value that JSON would be to a document of XML.

use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};

use super::read::INSTANCE;
use super::shape::{Form, Member, Name, Node, Shape};
use super::{DEPTH, XmlError, text};

/// Writes a document.
pub(super) fn document(value: &Value, root: &Node) -> Result<String, XmlError> {
    let mut output = Output {
        writer: Writer::new(Vec::new()),
        scopes: Vec::new(),
        depth: 0,
    };
    output.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = Node {
        form: Form::Element,
        ..*root
    };
    output.element(&root, value, root.name.local)?;
    String::from_utf8(output.writer.into_inner()).map_err(|error| XmlError::new(error.to_string()))
}

struct Output {
    writer: Writer<Vec<u8>>,
    /// The namespaces that are declared: prefix (empty: the default), IRI, and the depth of the element.
    scopes: Vec<(&'static str, &'static str, usize)>,
    depth: usize,
}

impl Output {
    fn event(&mut self, event: Event<'_>) -> Result<(), XmlError> {
        self.writer
            .write_event(event)
            .map_err(|error| XmlError::new(error.to_string()))
    }

    /// Writes an element with what it holds.
    fn element(&mut self, node: &Node, value: &Value, name: &str) -> Result<(), XmlError> {
        self.named(&node.name, name, node.shape, value)
            .map_err(|error| error.within(name))
    }

    fn named(
        &mut self,
        name: &Name,
        local: &str,
        shape: &Shape,
        value: &Value,
    ) -> Result<(), XmlError> {
        if self.depth >= DEPTH {
            return Err(XmlError::new(format!("it is deeper than {DEPTH} elements")));
        }
        if !is_name(local) {
            let local = local.escape_debug();
            return Err(XmlError::new(format!(
                "`{local}` can't be the name of an element"
            )));
        }
        let written = match name.prefix {
            Some(prefix) => format!("{prefix}:{local}"),
            None => local.to_owned(),
        };
        let mut start = BytesStart::new(written.clone());
        self.depth = self.depth.saturating_add(1);
        self.declare(&mut start, name);
        if value.is_null() {
            start.push_attribute(("xmlns:xsi", INSTANCE));
            start.push_attribute(("xsi:nil", "true"));
        }
        if let (Shape::Object(members, _), Value::Object(object)) = (shape, value) {
            self.attributes(&mut start, members, object)?;
        }
        self.event(Event::Start(start))?;
        self.content(shape, value)?;
        self.event(Event::End(BytesEnd::new(written)))?;
        let depth = self.depth;
        self.scopes.retain(|(_, _, declared)| *declared < depth);
        self.depth = depth.saturating_sub(1);
        Ok(())
    }

    /// Declares the namespace of a name, unless it is the one that holds here.
    fn declare(&mut self, start: &mut BytesStart<'_>, name: &Name) {
        let Some(namespace) = name.namespace else {
            return;
        };
        let prefix = name.prefix.unwrap_or_default();
        let mut known = self.scopes.iter().rev();
        let held = known.find(|(known, ..)| *known == prefix);
        if held.is_some_and(|(_, known, _)| *known == namespace) {
            return;
        }
        self.scopes.push((prefix, namespace, self.depth));
        match name.prefix {
            Some(prefix) => start.push_attribute((format!("xmlns:{prefix}").as_str(), namespace)),
            None => start.push_attribute(("xmlns", namespace)),
        };
    }

    fn attributes(
        &mut self,
        start: &mut BytesStart<'_>,
        members: &[Member],
        object: &Map<String, Value>,
    ) -> Result<(), XmlError> {
        for Member { name, node } in members {
            let Some(value) = object.get(*name).filter(|value| !value.is_null()) else {
                continue;
            };
            match (node.form, node.shape, value) {
                (Form::Attribute, _, _) => {
                    let value = plain(value).map_err(|error| error.within(name))?;
                    allowed(&value).map_err(|error| error.within(name))?;
                    // An attribute without a prefix is in no namespace.
                    let written = match node.name.prefix {
                        Some(prefix) => {
                            self.declare(start, &node.name);
                            format!("{prefix}:{}", node.name.local)
                        }
                        None => node.name.local.to_owned(),
                    };
                    start.push_attribute((written.as_str(), value.as_str()));
                }
                (Form::None, Shape::Object(within, _), Value::Object(object)) => {
                    self.attributes(start, within, object)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes what an element holds.
    fn content(&mut self, shape: &Shape, value: &Value) -> Result<(), XmlError> {
        match (shape, value) {
            (_, Value::Null) => Ok(()),
            (Shape::Scalar(_), value) => self.text(&plain(value)?),
            (Shape::List(item), Value::Array(items)) => self.items(item, items),
            (Shape::List(_), _) => Err(XmlError::new("a list was expected")),
            (Shape::Object(members, others), Value::Object(object)) => {
                self.members(members, *others, object)
            }
            (Shape::Object(..), _) => Err(XmlError::new("an object was expected")),
            (Shape::Any, value) => self.any(value),
        }
    }

    fn items(&mut self, item: &Node, items: &[Value]) -> Result<(), XmlError> {
        items
            .iter()
            .try_for_each(|value| self.element(item, value, item.name.local))
    }

    fn members(
        &mut self,
        members: &[Member],
        others: Option<&'static Shape>,
        object: &Map<String, Value>,
    ) -> Result<(), XmlError> {
        for Member { name, node } in members {
            let Some(value) = object.get(*name) else {
                continue;
            };
            self.member(node, value)
                .map_err(|error| match error.path() {
                    "" => error.within(name),
                    _ => error,
                })?;
        }
        let Some(shape) = others else { return Ok(()) };
        let is_known = |name: &str| members.iter().any(|member| member.name == name);
        for (name, value) in object.iter().filter(|(name, _)| !is_known(name)) {
            self.other(name, shape, value)?;
        }
        Ok(())
    }

    fn member(&mut self, node: &Node, value: &Value) -> Result<(), XmlError> {
        match (node.form, node.shape, value) {
            (Form::Attribute, ..) => Ok(()),
            (Form::Element, ..) => self.element(node, value, node.name.local),
            (Form::Text | Form::Cdata | Form::None, _, Value::Null) => Ok(()),
            (Form::Text, ..) => self.text(&plain(value)?),
            (Form::Cdata, ..) => self.cdata(&plain(value)?),
            (Form::None, Shape::List(item), Value::Array(items)) => self.items(item, items),
            (Form::None, Shape::Object(members, others), Value::Object(object)) => {
                self.members(members, *others, object)
            }
            (Form::None, Shape::Scalar(_), value) => self.text(&plain(value)?),
            (Form::None, ..) => Err(XmlError::new(
                "it is of another kind than the document says",
            )),
        }
    }

    /// Writes a member that the document does not name.
    fn other(&mut self, name: &str, shape: &Shape, value: &Value) -> Result<(), XmlError> {
        let plain = Name {
            local: "",
            namespace: None,
            prefix: None,
        };
        match (shape, value) {
            (Shape::Any, Value::String(text)) if name == "$text" => self.text(text),
            (Shape::Any, Value::Array(items)) => items
                .iter()
                .try_for_each(|item| self.other(name, shape, item)),
            _ => self
                .named(&plain, name, shape, value)
                .map_err(|error| error.within(name)),
        }
    }

    fn any(&mut self, value: &Value) -> Result<(), XmlError> {
        match value {
            Value::Object(object) => self.members(&[], Some(&Shape::Any), object),
            Value::Array(items) => items
                .iter()
                .try_for_each(|item| self.other("item", &Shape::Any, item)),
            other => self.text(&plain(other)?),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        allowed(text)?;
        // A carriage return as it is would be read as the end of a line.
        let mut pieces = text.split('\r');
        let first = pieces.next().unwrap_or_default();
        self.event(Event::Text(BytesText::new(first)))?;
        for piece in pieces {
            self.event(Event::Text(BytesText::from_escaped("&#13;")))?;
            self.event(Event::Text(BytesText::new(piece)))?;
        }
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), XmlError> {
        allowed(text)?;
        BytesCData::escaped(text).try_for_each(|part| self.event(Event::CData(part)))
    }
}

/// A value as the text of a node; items of a list are apart by spaces.
fn plain(value: &Value) -> Result<String, XmlError> {
    if let Value::Array(items) = value {
        let items = items.iter().map(plain);
        return Ok(items.collect::<Result<Vec<String>, XmlError>>()?.join(" "));
    }
    let text = text::of(value);
    text.map(std::borrow::Cow::into_owned)
        .ok_or_else(|| XmlError::new("a text, a number or a boolean was expected"))
}

fn allowed(text: &str) -> Result<(), XmlError> {
    match text.chars().find(|c| !text::is_allowed(*c)) {
        None => Ok(()),
        Some(c) => Err(XmlError::new(format!(
            "XML does not allow the character {}",
            c.escape_unicode()
        ))),
    }
}

/// Whether a text can be the name of an element, without a prefix.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let starts = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    starts && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '\u{b7}'))
}
