//! The names of all items, for the two rules about them.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use crate::diagnostic::Code;
use crate::document_index::DocumentIndex;
use crate::ir::{Enum, Literal, Operation, Shape, Struct, TypeDef};
use crate::load::walk::ObjectKind;
use crate::load::{Node, Value};
use crate::names::{FieldName, TypeName, VariantName, Words};
use crate::source::Span;

use super::Lint;
use super::rules::{poor_name, qualified_name};

/// The help of both rules about names.
const HELP: &str = "set a name with `x-rust-name` (for a value of an enum: `x-enum-varnames`)";

/// The objects of documents by where findings about them, and items made of them, point.
pub(super) struct Index<'a> {
    by_span: HashMap<Span, (&'a str, &'a Node)>,
    components: HashSet<Span>,
}

impl<'a> Index<'a> {
    fn of(documents: &DocumentIndex<'a>) -> Self {
        let mut index = Self {
            by_span: HashMap::new(),
            components: HashSet::new(),
        };
        for site in documents.sites() {
            for span in [site.node.span, site.place()] {
                index.by_span.entry(span).or_insert((site.key(), site.node));
            }
            if site.kind == ObjectKind::Schema && documents.is_component(site) {
                index.components.insert(site.node.span);
            }
        }
        index
    }

    fn node(&self, span: Span) -> Option<&'a Node> {
        self.by_span.get(&span).map(|(_, node)| *node)
    }

    fn name_override(&self, span: Span) -> Option<&'a str> {
        self.node(span)?.get("x-rust-name")?.as_str()
    }
}

/// A name, the text that it comes from, and where.
pub(super) struct Given<'g> {
    pub(super) name: &'g str,
    pub(super) text: &'g str,
    pub(super) place: Span,
    pub(super) what: &'static str,
    /// The name of the item if there were no other.
    pub(super) plain: String,
}

impl Lint<'_, '_> {
    /// Looks at the names of all items that have no name of their author.
    pub(super) fn names(&mut self) {
        let index = Index::of(self.index);
        let api = self.api;
        let mut said = HashSet::new();
        for (_, def) in api.types.iter() {
            self.type_name(&index, def, &mut said);
            match &def.shape {
                Shape::Struct(body) => self.fields(&index, body, &mut said),
                Shape::Enum(choice) => self.variants(&index, def, choice, &mut said),
                Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
            }
        }
        for operation in api.modules.iter().flat_map(|module| &module.operations) {
            self.operation(&index, operation, &mut said);
        }
    }

    fn type_name(&mut self, index: &Index<'_>, def: &TypeDef, said: &mut HashSet<Span>) {
        let span = def.origin.span;
        if index.name_override(span).is_some() || matches!(def.shape, Shape::Alias(_)) {
            return;
        }
        // One without a name of its own is told of where it stands.
        let Some((text, _)) = index
            .by_span
            .get(&span)
            .filter(|_| index.components.contains(&span))
        else {
            return;
        };
        let name = def.name.as_str();
        let plain = named::<TypeName>(text);
        // A type of requests beside one of responses.
        let plain = match name.strip_suffix("Input") {
            Some(rest) if rest == plain => name.to_owned(),
            _ => plain,
        };
        let what = "type";
        let place = span;
        self.judge(
            &Given {
                name,
                text,
                place,
                what,
                plain,
            },
            said,
        );
    }

    fn fields(&mut self, index: &Index<'_>, body: &Struct, said: &mut HashSet<Span>) {
        for field in &body.fields {
            let (name, text, place) = (field.name.as_str(), field.wire.text(), field.origin.span);
            if text.is_empty() || index.name_override(place).is_some() {
                continue;
            }
            let (plain, what) = (named::<FieldName>(text), "field");
            self.judge(
                &Given {
                    name,
                    text,
                    place,
                    what,
                    plain,
                },
                said,
            );
        }
    }

    fn variants(
        &mut self,
        index: &Index<'_>,
        def: &TypeDef,
        choice: &Enum,
        said: &mut HashSet<Span>,
    ) {
        let listed = index
            .node(def.origin.span)
            .and_then(|node| node.get("enum"));
        let listed = listed.map(Node::items).unwrap_or_default();
        let items: HashMap<&str, &Node> = listed
            .iter()
            .filter_map(|item| Some((as_text(item)?, item)))
            .collect();
        for variant in &choice.variants {
            let text = match &variant.value {
                Literal::String(text) => text.text().to_owned(),
                Literal::Int(value) => value.to_string(),
                _ => continue,
            };
            let item = items.get(text.as_str());
            let (None, Some(item)) = (&variant.label, item) else {
                continue;
            };
            let text = text.as_str();
            let name = variant.name.as_str();
            let plain = named::<VariantName>(text);
            // Without the words that it shares with its enum.
            let plain = if plain.ends_with(name) {
                name.to_owned()
            } else {
                plain
            };
            let (place, what) = (item.span, "variant");
            self.judge(
                &Given {
                    name,
                    text,
                    place,
                    what,
                    plain,
                },
                said,
            );
        }
    }

    fn operation(&mut self, index: &Index<'_>, operation: &Operation, said: &mut HashSet<Span>) {
        let Some(node) = index.node(operation.origin.span) else {
            return;
        };
        let id = node.get("operationId").filter(|id| id.as_str().is_some());
        let (Some(id), None) = (id, node.get("x-rust-name")) else {
            return;
        };
        let text = id.as_str().unwrap_or_default();
        self.judge(
            &Given {
                name: operation.name.as_str(),
                text,
                place: id.span,
                what: "operation",
                plain: named::<TypeName>(text),
            },
            said,
        );
        for parameter in &operation.parameters {
            let (text, place) = (parameter.wire.text(), parameter.origin.span);
            if index.name_override(place).is_some() {
                continue;
            }
            self.judge(
                &Given {
                    name: parameter.name.as_str(),
                    text,
                    place,
                    what: "parameter",
                    plain: named::<FieldName>(text),
                },
                said,
            );
        }
    }

    /// Reports a name once: one that is taken or one that reads poorly.
    fn judge(&mut self, given: &Given<'_>, said: &mut HashSet<Span>) {
        let finding = if given.name == given.plain || Words::of(given.text).is_too_long() {
            poor_name(given).map(|message| (Code::PoorName, message))
        } else {
            Some((Code::QualifiedName, qualified_name(given)))
        };
        if let Some((rule, message)) = finding
            && said.insert(given.place)
        {
            self.say(rule, given.place, message, HELP);
        }
    }
}

/// A name in one of the cases of Rust.
trait Cased: Display {
    fn of(words: &Words) -> Self;
}

impl Cased for TypeName {
    fn of(words: &Words) -> Self {
        Self::new(words)
    }
}

impl Cased for FieldName {
    fn of(words: &Words) -> Self {
        Self::new(words)
    }
}

impl Cased for VariantName {
    fn of(words: &Words) -> Self {
        Self::new(words)
    }
}

/// A constant as it is written.
fn as_text(constant: &Node) -> Option<&str> {
    match &constant.value {
        Value::String(text) => Some(text.text()),
        Value::Number(number) => Some(number.text.text()),
        _ => None,
    }
}

fn named<N: Cased>(text: &str) -> String {
    N::of(&Words::of(text)).to_string()
}
