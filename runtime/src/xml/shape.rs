//! The description of values as XML: data that generated crates have.

/// A node of a document: what it is called, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The kind of node.
    pub form: Form,
    /// Its name.
    pub name: Name,
    /// The content.
    pub shape: &'static Shape,
}

/// A kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// Text of the element around it.
    Text,
    /// Text of the element around it, written as a CDATA section.
    Cdata,
    /// None: what it holds stands in the element around it.
    None,
}

/// A name. An empty one is any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name without its prefix.
    pub local: &'static str,
    /// The namespace, where the document says one.
    pub namespace: Option<&'static str>,
    /// The prefix that it is written with.
    pub prefix: Option<&'static str>,
}

/// The content of a node.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text that is one of these.
    Scalar(Scalars),
    /// Items, each a node of its own.
    List(Node),
    /// Members, by name; others are nodes of this kind, called after their names.
    Object(&'static [Member], Option<&'static Shape>),
    /// Anything: elements with others in them are objects, and lists where they are repeated.
    Any,
}

/// The kinds of value that a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalars {
    /// A text.
    pub text: bool,
    /// A number.
    pub number: bool,
    /// `true` or `false`.
    pub boolean: bool,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name as JSON.
    pub name: &'static str,
    /// Its node.
    pub node: Node,
}

impl Shape {
    /// Text.
    pub const TEXT: Self = Self::Scalar(Scalars::of(true, false, false));
    /// A number.
    pub const NUMBER: Self = Self::Scalar(Scalars::of(false, true, false));
    /// A boolean.
    pub const BOOLEAN: Self = Self::Scalar(Scalars::of(false, false, true));
}

impl Scalars {
    /// Which of the kinds a text may be.
    pub const fn of(text: bool, number: bool, boolean: bool) -> Self {
        Self {
            text,
            number,
            boolean,
        }
    }
}

impl Node {
    /// An element of this name.
    pub const fn element(name: &'static str, shape: &'static Shape) -> Self {
        Self {
            form: Form::Element,
            name: Name {
                local: name,
                namespace: None,
                prefix: None,
            },
            shape,
        }
    }

    /// A value without a node of its own.
    pub const fn none(shape: &'static Shape) -> Self {
        Self::element("", shape).form(Form::None)
    }

    /// Sets the kind of node.
    #[must_use]
    pub const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Sets the namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.name.namespace = Some(namespace);
        self
    }

    /// Sets the prefix.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.name.prefix = Some(prefix);
        self
    }
}

impl Member {
    /// A member that is this node.
    pub const fn new(name: &'static str, node: Node) -> Self {
        Self { name, node }
    }
}

impl Name {
    /// Whether it is the name of what was found. A namespace counts where the document says one.
    pub(super) fn is(&self, local: &str, namespace: Option<&str>) -> bool {
        let same_name = self.local.is_empty() || self.local == local;
        same_name && self.namespace.is_none_or(|own| namespace == Some(own))
    }
}
