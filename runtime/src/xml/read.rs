//! From a document of XML to the value that JSON would be.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use serde_json::{Map, Value};

use super::place::{Place, scalar};
use super::shape::{Form, Member, Node, Shape};
use super::{DEPTH, Scalars, XmlError, text};

/// The namespace of `nil`.
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Reads a document.
pub(super) fn document(text: &str, root: &Node) -> Result<Value, XmlError> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.trim_markup_names_in_closing_tags = true;
    let mut document = Document { reader, depth: 0 };
    let mut found = None;
    loop {
        match document.next()? {
            Token::Start(start) if found.is_none() => {
                if !root.name.is(&start.local, start.namespace.as_deref()) {
                    let message = format!(
                        "the root element is `{}`, expected `{}`",
                        start.local, root.name.local
                    );
                    return Err(XmlError::new(message));
                }
                let name = start.local.clone();
                let value = document
                    .root(start, root)
                    .map_err(|error| error.within(&name))?;
                found = Some(value);
            }
            Token::Start(_) => return Err(XmlError::new("there is more than one root element")),
            Token::Text(text) if !text.trim().is_empty() => {
                return Err(XmlError::new("there is text outside the root element"));
            }
            Token::Text(_) => {}
            Token::End => return Err(XmlError::new("an element ends that has not begun")),
            Token::Eof => return found.ok_or_else(|| XmlError::new("there is no root element")),
        }
    }
}

/// An element that begins.
struct Start {
    local: String,
    namespace: Option<String>,
    attributes: Vec<Attribute>,
    /// Marked as null.
    nil: bool,
}

struct Attribute {
    local: String,
    namespace: Option<String>,
    value: String,
}

/// A part of a document that counts.
enum Token {
    Start(Start),
    End,
    Text(String),
    Eof,
}

struct Document<'t> {
    reader: NsReader<&'t [u8]>,
    depth: usize,
}

impl Document<'_> {
    fn next(&mut self) -> Result<Token, XmlError> {
        loop {
            let event = self
                .reader
                .read_event()
                .map_err(|error| self.broken(&error))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > DEPTH {
                        return Err(XmlError::new(format!("it is deeper than {DEPTH} elements")));
                    }
                    Token::Start(self.start(&start)?)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Token::End
                }
                Event::Text(text) => Token::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Token::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Token::Text(character(&reference)?.into()),
                Event::Eof if self.depth > 0 => {
                    return Err(XmlError::new("it ends within an element"));
                }
                Event::Eof => Token::Eof,
                // Empty elements are expanded. A document type is not read: its entities are not known.
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {
                    continue;
                }
            });
        }
    }

    fn broken(&self, error: &quick_xml::Error) -> XmlError {
        let at = self.reader.error_position();
        XmlError::new(format!("it is not well-formed XML at byte {at}: {error}"))
    }

    fn start(&self, start: &BytesStart<'_>) -> Result<Start, XmlError> {
        let resolver = self.reader.resolver();
        let (resolved, local) = resolver.resolve_element(start.name());
        let namespace = namespace(&resolved)?;
        let mut attributes = Vec::new();
        let mut nil = false;
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| XmlError::new(error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (resolved, local) = resolver.resolve_attribute(attribute.key);
            let namespace = self::namespace(&resolved)?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| XmlError::new(error.to_string()))?;
            let local: &str = local.as_ref();
            if namespace.as_deref() == Some(INSTANCE) {
                nil |= local == "nil" && matches!(&*value, "true" | "1");
                continue;
            }
            attributes.push(Attribute {
                local: local.to_owned(),
                namespace,
                value: value.into_owned(),
            });
        }
        let local: &str = local.as_ref();
        Ok(Start {
            local: local.to_owned(),
            namespace,
            attributes,
            nil,
        })
    }

    /// Reads the root: a list there has an element of its own, whatever the document says.
    fn root(&mut self, start: Start, root: &Node) -> Result<Value, XmlError> {
        self.content(start, root.shape)
    }

    /// Reads what an element holds, to its end.
    fn content(&mut self, start: Start, shape: &Shape) -> Result<Value, XmlError> {
        if start.nil {
            self.skip()?;
            return Ok(Value::Null);
        }
        match shape {
            Shape::Scalar(kinds) => Ok(text::value(self.text()?, *kinds)),
            Shape::List(item) => self.items(item),
            Shape::Object(members, others) => self.object(start, members, *others),
            Shape::Any => self.any(start),
        }
    }

    /// The text of an element. Elements in it are ignored.
    fn text(&mut self) -> Result<String, XmlError> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Token::Text(more) => text.push_str(&more),
                Token::Start(_) => self.skip()?,
                Token::End | Token::Eof => return Ok(text),
            }
        }
    }

    /// Ignores the rest of an element.
    fn skip(&mut self) -> Result<(), XmlError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next()?, Token::Eof) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The items of a list that has an element of its own.
    fn items(&mut self, item: &Node) -> Result<Value, XmlError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Token::Start(start) if item.name.is(&start.local, start.namespace.as_deref()) => {
                    let step = format!("{}[{}]", start.local, items.len());
                    let value = self.content(start, item.shape);
                    items.push(value.map_err(|error| error.within(&step))?);
                }
                Token::Start(_) => self.skip()?,
                Token::Text(_) => {}
                Token::End | Token::Eof => return Ok(Value::Array(items)),
            }
        }
    }

    fn object(
        &mut self,
        start: Start,
        members: &[Member],
        others: Option<&'static Shape>,
    ) -> Result<Value, XmlError> {
        let mut object = Map::new();
        for attribute in &start.attributes {
            let namespace = attribute.namespace.as_deref();
            let is_it = |node: &Node| {
                node.form == Form::Attribute && node.name.is(&attribute.local, namespace)
            };
            if let Some(place) = Place::find(members, &is_it, 0) {
                let value = scalar(attribute.value.clone(), place.node.shape);
                place.put(&mut object, value)?;
            }
        }
        let mut content = String::new();
        let mut has_text = false;
        loop {
            match self.next()? {
                Token::Text(text) => {
                    content.push_str(&text);
                    has_text = true;
                }
                Token::Start(start) => self.member(start, members, others, &mut object)?,
                Token::End | Token::Eof => break,
            }
        }
        let is_text = |node: &Node| matches!(node.form, Form::Text | Form::Cdata);
        if let Some(place) = Place::find(members, &is_text, 0)
            && (has_text || !matches!(place.node.shape, Shape::Scalar(Scalars { text: false, .. })))
        {
            let value = scalar(content, place.node.shape);
            place.put(&mut object, value)?;
        }
        Ok(Value::Object(object))
    }

    /// Reads an element in an object.
    fn member(
        &mut self,
        start: Start,
        members: &[Member],
        others: Option<&'static Shape>,
        object: &mut Map<String, Value>,
    ) -> Result<(), XmlError> {
        let step = start.local.clone();
        let namespace = start.namespace.clone();
        let is_it = |node: &Node| match (node.form, node.shape) {
            (Form::Element, _) => node.name.is(&step, namespace.as_deref()),
            (Form::None, Shape::List(item)) => item.name.is(&step, namespace.as_deref()),
            _ => false,
        };
        if let Some(place) = Place::find(members, &is_it, 0) {
            let shape = match (place.node.form, place.node.shape) {
                (Form::None, Shape::List(item)) => item.shape,
                (_, shape) => shape,
            };
            let value = self
                .content(start, shape)
                .map_err(|error| error.within(&step))?;
            return place
                .put(object, value)
                .map_err(|error| error.within(&step));
        }
        let Some(others) = others else {
            return self.skip();
        };
        let value = self
            .content(start, others)
            .map_err(|error| error.within(&step))?;
        match (object.get_mut(&step), others) {
            (Some(Value::Array(items)), Shape::Any) => items.push(value),
            (Some(first), Shape::Any) => {
                *first = Value::Array(vec![first.take(), value]);
            }
            (Some(_), _) => return Err(XmlError::new("it is there more than once").within(&step)),
            (None, _) => _ = object.insert(step, value),
        }
        Ok(())
    }

    /// Reads an element of which nothing is known.
    fn any(&mut self, start: Start) -> Result<Value, XmlError> {
        let mut object = Map::new();
        for attribute in start.attributes {
            object.insert(attribute.local, Value::String(attribute.value));
        }
        let mut text = String::new();
        loop {
            match self.next()? {
                Token::Text(more) => text.push_str(&more),
                Token::Start(start) => self.member(start, &[], Some(&Shape::Any), &mut object)?,
                Token::End | Token::Eof => break,
            }
        }
        if object.is_empty() {
            return Ok(Value::String(text));
        }
        if !text.trim().is_empty() {
            object.insert("$text".to_owned(), Value::String(text));
        }
        Ok(Value::Object(object))
    }
}

fn namespace(resolved: &ResolveResult<'_>) -> Result<Option<String>, XmlError> {
    match resolved {
        ResolveResult::Unbound => Ok(None),
        ResolveResult::Bound(Namespace(namespace)) => Ok(Some((*namespace).to_owned())),
        ResolveResult::Unknown(prefix) => Err(XmlError::new(format!(
            "the prefix `{}` is not declared",
            prefix.escape_debug()
        ))),
    }
}

/// The character of a reference: by its number, or by one of the five names.
fn character(reference: &BytesRef<'_>) -> Result<char, XmlError> {
    let refused = |error: quick_xml::Error| XmlError::new(error.to_string());
    if let Some(character) = reference.resolve_char_ref().map_err(refused)? {
        return Ok(character);
    }
    let name = reference.xml10_content();
    Ok(match &*name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        other => {
            let other = other.escape_debug();
            return Err(XmlError::new(format!(
                "the entity `{other}` is not one of XML's own"
            )));
        }
    })
}
