//! What types are called.
//!
//! A component keeps its author's name. A type without a name of its own is called after its parent and what it is
//! to it. Names are judged level by level, components first, so that nothing depends on the order of discovery.

use crate::ir::TypeId;
use crate::load::Node;
use crate::names::{Scope, Spelling, TypeName, Words, case_word};
use crate::source::{DocumentId, SpecStr};

use super::{Lowering, View, literal};

/// What a type would like to be called.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub(super) base: Base,
    /// The author's `x-rust-name`.
    pub(super) pin: Option<SpecStr>,
    pub(super) view: View,
}

/// Where a name comes from.
#[derive(Clone, Debug)]
pub(super) enum Base {
    /// A name of the document: a component, a file, a reusable response.
    Component {
        text: SpecStr,
        document: DocumentId,
        suffix: Option<&'static str>,
    },
    /// What it is to another type.
    Member { parent: TypeId, part: Words },
    /// What it is to an operation.
    Operation { operation: Words, part: Words },
}

impl Naming {
    pub(super) fn member(parent: TypeId, part: Words) -> Self {
        Self {
            base: Base::Member { parent, part },
            pin: None,
            view: View::Whole,
        }
    }

    pub(super) fn operation(operation: Words, part: Words) -> Self {
        Self {
            base: Base::Operation { operation, part },
            pin: None,
            view: View::Whole,
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
                part: before.then(part),
            },
            Base::Operation {
                operation,
                part: before,
            } => Base::Operation {
                operation: operation.clone(),
                part: before.then(part),
            },
        };
        Self {
            base,
            pin: None,
            view: self.view,
        }
    }

    /// An item of the list that this names: the singular, or `.. Item`.
    pub(super) fn item(&self) -> Self {
        let single = match &self.base {
            Base::Member { part, .. } | Base::Operation { part, .. } => part.singular(),
            Base::Component { text, .. } => Words::of(text.text()).singular(),
        };
        let Some(single) = single else {
            return self.part(&Words::of("item"));
        };
        let base = match &self.base {
            Base::Member { parent, .. } => Base::Member {
                parent: *parent,
                part: single,
            },
            Base::Operation { operation, .. } => Base::Operation {
                operation: operation.clone(),
                part: single,
            },
            Base::Component { .. } => return self.part(&Words::of("item")),
        };
        Self {
            base,
            pin: None,
            view: self.view,
        }
    }

    /// The words that its variants need not repeat.
    pub(super) fn words(&self) -> Words {
        match (&self.pin, &self.base) {
            (Some(pin), _) => Words::of(pin.text()),
            (None, Base::Component { text, .. }) => Words::of(text.text()),
            (None, Base::Member { part, .. } | Base::Operation { part, .. }) => part.clone(),
        }
    }
}

impl Lowering<'_> {
    /// Gives every type its name.
    pub(super) fn name_types(&mut self) {
        let count = self.types.len();
        let mut words: Vec<Option<Words>> = vec![None; count];
        let mut scope = Scope::new(&["Self"]);
        let levels = self.levels();
        let deepest = levels.iter().copied().max().unwrap_or(0);
        for level in 0..=deepest {
            let at_level: Vec<usize> = (0..count)
                .filter(|at| levels.get(*at) == Some(&level))
                .collect();
            let spellings: Vec<Spelling> = at_level
                .iter()
                .map(|at| self.spelling(*at, &words))
                .collect();
            let judged = scope.judge(&spellings, |words| TypeName::new(words).as_str().to_owned());
            for (at, given) in at_level.into_iter().zip(judged) {
                if let Some(slot) = words.get_mut(at) {
                    *slot = Some(given);
                }
            }
        }
        for (def, words) in self.types.iter_mut().zip(&words) {
            if let Some(words) = words {
                def.name = TypeName::new(words);
            }
        }
    }

    /// How far each type is from a name of its author's: pinned names first, then components, then what is in them.
    fn levels(&self) -> Vec<usize> {
        let mut levels: Vec<usize> = Vec::with_capacity(self.namings.len());
        for naming in &self.namings {
            // A parent is added before its members, so its level is known.
            let level = match (&naming.pin, &naming.base) {
                (Some(_), _) => 0,
                (None, Base::Component { suffix: None, .. }) => 1,
                (None, Base::Component { .. } | Base::Operation { .. }) => 2,
                (None, Base::Member { parent, .. }) => levels
                    .get(parent.index())
                    .map_or(2, |level| (level + 1).max(3)),
            };
            levels.push(level);
        }
        levels
    }

    fn spelling(&self, at: usize, given: &[Option<Words>]) -> Spelling {
        let Some(naming) = self.namings.get(at) else {
            return Spelling::of("");
        };
        let view = |words: Words| match self.needs_suffix(at) {
            true => words.then(&Words::of("input")),
            false => words,
        };
        if let Some(pin) = &naming.pin {
            return Spelling::named(pin.text(), vec![view(Words::of(pin.text()))]);
        }
        match &naming.base {
            Base::Component {
                text,
                document,
                suffix,
            } => {
                let end = |words: Words| match suffix {
                    Some(suffix) => words.then(&Words::of(suffix)),
                    None => words,
                };
                let path = &self.documents.document(*document).path;
                let plain = Words::of(text.text());
                let mut names = vec![
                    plain.clone(),
                    Words::of(path.stem()).then(&plain),
                    Words::spelt(text.text()),
                ];
                names.extend(case_word(text.text()).map(|case| plain.then(&Words::of(case))));
                let names = names.into_iter().map(|words| view(end(words))).collect();
                Spelling::named(format!("{} {}", path.as_str(), text.text()), names)
            }
            Base::Member { parent, part } => {
                let owner = given
                    .get(parent.index())
                    .cloned()
                    .flatten()
                    .unwrap_or_else(|| Words::of("value"));
                // What both sides share is called after the type, not after one side of it.
                let owner = if self.needs_suffix(parent.index()) {
                    owner.without_last()
                } else {
                    owner
                };
                spread(&owner, part, view)
            }
            Base::Operation { operation, part } => spread(operation, part, view),
        }
    }

    /// Whether a request's type has a counterpart for responses, from which it must be told apart.
    fn needs_suffix(&self, at: usize) -> bool {
        self.namings
            .get(at)
            .is_some_and(|naming| naming.view == View::Request)
            && self.counterparts.get(at).copied().unwrap_or(false)
    }
}

fn spread(owner: &Words, part: &Words, view: impl Fn(Words) -> Words) -> Spelling {
    let plain = owner.then(part);
    let text = plain.iter().collect::<Vec<_>>().join(" ");
    let names = vec![view(plain.clone()), view(plain.then(&Words::of("value")))];
    Spelling::named(text, names)
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
            pin: node.get("x-rust-name").and_then(literal::text),
            view: View::Whole,
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
