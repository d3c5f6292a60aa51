//! Which keywords stand in documents, how often, and what each is.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::load::walk::{self, ObjectKind};
use crate::load::{Documents, Entry, Node};

use super::Keyword;
use super::ledger::{Below, Object};

/// A keyword that stands in an object.
struct KeywordTable<'r> {
    keywords: Vec<Keyword>,
    report: &'r mut Report,
}

/// Counts the keywords of all documents; an unknown one is an error.
pub(super) fn of(documents: &Documents, report: &mut Report) -> Vec<Keyword> {
    let mut ledger = KeywordTable {
        keywords: Vec::new(),
        report,
    };
    for document in documents.iter() {
        let mut work = vec![(Object::ObjectKind(ObjectKind::Root), &document.root)];
        while let Some((object, node)) = work.pop() {
            for entry in node.entries() {
                let below = ledger.enter(object, entry);
                work.extend(parts(below, &entry.value));
            }
        }
    }
    ledger
        .keywords
        .sort_by_key(|known| (known.object, known.keyword.clone()));
    ledger.keywords
}

impl KeywordTable<'_> {
    fn enter(&mut self, object: Object, entry: &Entry) -> Below {
        let key = entry.key.text();
        let Some((role, below)) = object.keyword(key) else {
            // What is unknown in a schema is said when it is lowered, but for extensions.
            if object != Object::ObjectKind(ObjectKind::Schema) || key.starts_with("x-") {
                let message = format!(
                    "the ledger has no keyword `{key}` for this object: {}",
                    object.name()
                );
                let help = "remove it; what it says would be passed over in silence";
                let found = Diagnostic::error(Code::UnknownKeyword, entry.key_span, message);
                self.report.push(found.help(help));
            }
            return Below::Data;
        };
        let known = self
            .keywords
            .iter_mut()
            .find(|known| known.object == object.name() && known.keyword == key);
        match known {
            Some(known) => known.uses += 1,
            None => self.keywords.push(Keyword {
                object: object.name(),
                keyword: key.to_owned(),
                uses: 1,
                role,
            }),
        }
        below
    }
}

/// The objects that stand in the value of a keyword.
fn parts(below: Below, value: &Node) -> Vec<(Object, &Node)> {
    match below {
        Below::Data => Vec::new(),
        Below::One(object) if value.as_mapping().is_some() => vec![(object, value)],
        Below::One(object) | Below::List(object) => {
            value.items().iter().map(|item| (object, item)).collect()
        }
        Below::Map(object) => {
            let names = value.entries().iter();
            let names = names.filter(|name| match object {
                Object::ObjectKind(kind) => walk::is_name(kind, name.key.text()),
                _ => true,
            });
            names.map(|name| (object, &name.value)).collect()
        }
    }
}
