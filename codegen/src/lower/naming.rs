//! The names of types.
//!
//! A component keeps its author's name. A type without a name of its own is called after its parent and what it is
//! to it. Names are judged level by level, components first, so that nothing depends on the order of discovery.

use crate::ir::TypeId;
use crate::load::Node;
use crate::names::Words;
use crate::source::{DocumentId, SpecStr};

use super::{Direction, Lowering, literal};

/// The name that a type asks for.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub(super) base: Base,
    /// The author's `x-rust-name`.
    pub(super) name_override: Option<SpecStr>,
    pub(super) direction: Direction,
    /// Other places of the same type.
    pub(super) also: Vec<Base>,
}

/// Where a name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// A name of the document: a component, a file, a reusable response.
    Component {
        text: SpecStr,
        document: DocumentId,
        suffix: Option<&'static str>,
    },
    /// Its relation to another type.
    Member { parent: TypeId, part: Part },
    /// Its relation to an operation.
    Operation { operation: Words, part: Part },
}

/// The relation of a type to its owner.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub(super) words: Words,
    /// Other words for it, where a neighbour has these: `pets item` for `pet`.
    pub(super) or: Option<Words>,
}

impl Part {
    fn of(words: Words) -> Self {
        Self { words, or: None }
    }
}

impl Naming {
    /// The name of the component that it is of.
    pub(super) fn component(&self) -> Option<&SpecStr> {
        match &self.base {
            Base::Component { text, .. } => Some(text),
            _ => None,
        }
    }

    pub(super) fn member(parent: TypeId, part: Words) -> Self {
        Self {
            base: Base::Member {
                parent,
                part: Part::of(part),
            },
            name_override: None,
            direction: Direction::Both,
            also: Vec::new(),
        }
    }

    pub(super) fn operation(operation: Words, part: Words) -> Self {
        Self {
            base: Base::Operation {
                operation,
                part: Part::of(part),
            },
            name_override: None,
            direction: Direction::Both,
            also: Vec::new(),
        }
    }

    /// A part of what this names: the item of a list, a branch.
    pub(super) fn part(&self, part: &Words) -> Self {
        let base = match &self.base {
            Base::Component {
                text,
                document,
                suffix,
            } => {
                let text = format!(
                    "{} {}",
                    text.text(),
                    part.iter().collect::<Vec<_>>().join(" ")
                );
                Base::Component {
                    text: SpecStr::new(text),
                    document: *document,
                    suffix: *suffix,
                }
            }
            Base::Member {
                parent,
                part: before,
            } => Base::Member {
                parent: *parent,
                part: Part::of(before.words.then(part)),
            },
            Base::Operation {
                operation,
                part: before,
            } => Base::Operation {
                operation: operation.clone(),
                part: Part::of(before.words.then(part)),
            },
        };
        Self {
            base,
            name_override: None,
            direction: self.direction,
            also: Vec::new(),
        }
    }

    /// Another part of the operation in place of this one; of what has a name of its own, a part.
    pub(super) fn instead(&self, part: &Words) -> Self {
        match &self.base {
            Base::Operation { operation, .. } => Self {
                direction: self.direction,
                ..Self::operation(operation.clone(), part.clone())
            },
            Base::Component { .. } | Base::Member { .. } => self.part(part),
        }
    }

    /// Its words by themselves.
    pub(super) fn plain(&self) -> Words {
        match &self.base {
            Base::Component { text, suffix, .. } => {
                let words = Words::of(text.text());
                match suffix.filter(|suffix| words.iter().last() != Some(suffix)) {
                    Some(suffix) => words.then(&Words::of(suffix)),
                    None => words,
                }
            }
            Base::Member { part, .. } => part.words.clone(),
            Base::Operation { operation, part } => operation.then(&part.words),
        }
    }

    /// An item of the list that this names: the singular, or `.. Item`.
    pub(super) fn item(&self) -> Self {
        let single = |part: &Part| {
            Some(Part {
                words: part.words.singular()?,
                or: Some(part.words.then(&Words::of("item"))),
            })
        };
        let base = match &self.base {
            Base::Member { parent, part } => single(part).map(|part| Base::Member {
                parent: *parent,
                part,
            }),
            Base::Operation { operation, part } => single(part).map(|part| Base::Operation {
                operation: operation.clone(),
                part,
            }),
            Base::Component { .. } => None,
        };
        let Some(base) = base else {
            return self.part(&Words::of("item"));
        };
        Self {
            base,
            name_override: None,
            direction: self.direction,
            also: Vec::new(),
        }
    }

    /// Whether it is the name of the same component.
    pub(super) fn is_component(&self, other: &Self) -> bool {
        match (&self.base, &other.base) {
            (
                Base::Component {
                    text,
                    document,
                    suffix: None,
                },
                Base::Component {
                    text: other,
                    document: of,
                    suffix: None,
                },
            ) => text == other && document == of,
            _ => false,
        }
    }

    /// The words that its variants need not repeat.
    pub(super) fn words(&self) -> Words {
        match (&self.name_override, &self.base) {
            (Some(name_override), _) => Words::of(name_override.text()),
            (None, Base::Component { text, .. }) => Words::of(text.text()),
            (None, Base::Member { part, .. } | Base::Operation { part, .. }) => part.words.clone(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// The name that a place in a document gives to the schema there.
    pub(super) fn naming_of(
        &self,
        node: &'a Node,
        document: DocumentId,
        pointer: &[SpecStr],
    ) -> Naming {
        let texts: Vec<&str> = pointer.iter().map(SpecStr::text).collect();
        let (text, suffix) = match texts.as_slice() {
            [] => (
                self.documents.document(document).path.stem().to_owned(),
                None,
            ),
            ["components", "schemas", name] => ((*name).to_owned(), None),
            ["components", "responses", name, ..] => ((*name).to_owned(), Some("response")),
            ["components", "requestBodies", name, ..] => ((*name).to_owned(), Some("body")),
            ["components", "parameters" | "headers", name, ..] => {
                ((*name).to_owned(), Some("parameter"))
            }
            ["components", "schemas", rest @ ..] | rest => (readable(rest), None),
        };
        let base = Base::Component {
            text: SpecStr::new(text),
            document,
            suffix,
        };
        Naming {
            base,
            name_override: node.get("x-rust-name").and_then(literal::text),
            direction: Direction::Both,
            also: Vec::new(),
        }
    }
}

/// A pointer as words: what says nothing about meaning is left out.
fn readable(segments: &[&str]) -> String {
    let telling: Vec<&str> = segments
        .iter()
        .filter(|segment| {
            !matches!(
                **segment,
                "properties"
                    | "schema"
                    | "content"
                    | "components"
                    | "schemas"
                    | "definitions"
                    | "$defs"
                    | "paths"
                    | "allOf"
                    | "oneOf"
                    | "anyOf"
                    | "application/json"
            )
        })
        .map(|segment| if *segment == "items" { "item" } else { segment })
        .collect();
    if telling.is_empty() {
        segments.join(" ")
    } else {
        telling.join(" ")
    }
}
