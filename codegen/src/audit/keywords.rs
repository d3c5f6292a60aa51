//! Which keywords documents have, how often, and what each is to the generator.

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::load::{Documents, Entry};
use crate::specification::{self as specification, Edition, Object};

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
    for visited in check::objects(documents) {
        for entry in visited.node.entries() {
            ledger.enter(visited.object, visited.edition, entry);
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
