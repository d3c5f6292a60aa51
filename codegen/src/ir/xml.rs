//! Values as XML: which member is an element, an attribute or text, and what it is called.

use super::Origin;
use crate::names::FunctionName;
use crate::source::SpecStr;

/// Descriptions of everything that travels as XML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Xml {
    /// Schemas that have a name, or are used in several places.
    pub shapes: Vec<XmlDef<XmlShape>>,
    /// Documents: their root elements.
    pub documents: Vec<XmlDef<XmlNode>>,
}

/// A description with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlDef<T> {
    /// The name of its constant.
    pub name: FunctionName,
    /// The description.
    pub of: T,
    /// Where it is described.
    pub origin: Origin,
}

/// The content of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum XmlShape {
    /// A text that may be one of these.
    Scalar {
        /// A text.
        text: bool,
        /// A number.
        number: bool,
        /// `true` or `false`.
        boolean: bool,
    },
    /// Items.
    List(Box<XmlNode>),
    /// Members by their names as JSON, and the content of others.
    Object(Vec<(SpecStr, XmlNode)>, Option<Box<XmlShape>>),
    /// Anything.
    Any,
    /// A description with a name, by its position in [`Xml::shapes`].
    Named(usize),
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlNode {
    /// The kind.
    pub form: XmlForm,
    /// Its name; none: any.
    pub name: Option<SpecStr>,
    /// Its namespace.
    pub namespace: Option<SpecStr>,
    /// The prefix that it is written with.
    pub prefix: Option<SpecStr>,
    /// The content.
    pub shape: XmlShape,
}

/// A kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlForm {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Text.
    Text,
    /// A CDATA section.
    Cdata,
    /// None of its own.
    None,
}
