//! Which keywords documents have, how often, and what each is to the generator.

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::load::{Documents, Entry, Node};
use crate::specification::{self as specification, Edition, Kind, Names, Object};

use super::{Extent, Keyword};

/// The keywords that were counted.
struct KeywordTable<'r> {
    keywords: Vec<Keyword>,
    extent: Extent,
    report: &'r mut Report,
}

/// Counts the keywords of all documents. In documents of one's own, an extension that nothing reads is an error: what it
/// says would be ignored.
pub(super) fn of(documents: &Documents, extent: Extent, report: &mut Report) -> Vec<Keyword> {
    let mut ledger = KeywordTable {
        keywords: Vec::new(),
        extent,
        report,
    };
    for document in documents.iter() {
        let edition = check::edition(documents, document);
        let mut work = vec![(Object::Root, document.written())];
        while let Some((object, node)) = work.pop() {
            for entry in node.entries() {
                ledger.enter(object, edition, entry);
                work.extend(parts(object, edition, entry));
            }
        }
    }
    ledger
        .keywords
        .sort_by_key(|known| (known.object, known.keyword.clone()));
    ledger.keywords
}

impl KeywordTable<'_> {
    fn enter(&mut self, object: Object, edition: Edition, entry: &Entry) {
        let key = entry.key.text();
        // A reference is what the object is here.
        let known = match key {
            "$ref" => specification::field(Object::Reference, edition, key),
            _ => specification::field(object, edition, key),
        };
        let Some(field) = known else {
            // Other keys that are not known are reported when documents are checked.
            if key.starts_with("x-") && self.extent == Extent::All {
                let message = format!(
                    "`{key}` is not an extension that is read in this object: {}",
                    object.name()
                );
                let help = "check its spelling, or add it to the tables of the generator";
                let found = Diagnostic::error(Code::UnknownKeyword, entry.key_span, message);
                self.report.push(found.help(help));
            }
            return;
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
                role: field.support,
            }),
        }
    }
}

/// The objects that are in the value of a key.
fn parts(object: Object, edition: Edition, entry: &Entry) -> Vec<(Object, &Node)> {
    let value = &entry.value;
    let Some(field) = specification::field(object, edition, entry.key.text()) else {
        return match object.names() {
            Names::Paths | Names::Expressions => vec![(Object::PathItem, value)],
            Names::Statuses => vec![(Object::Response, value)],
            Names::Schemes | Names::None => Vec::new(),
        };
    };
    match field.kind {
        Kind::One(object) | Kind::BooleanOr(object) | Kind::OneOrList(object)
            if value.as_mapping().is_some() =>
        {
            vec![(object, value)]
        }
        Kind::List(object) | Kind::OneOrList(object) => {
            value.items().iter().map(|item| (object, item)).collect()
        }
        Kind::MapOf(object) => {
            let names = value.entries().iter();
            names.map(|name| (object, &name.value)).collect()
        }
        _ => Vec::new(),
    }
}
