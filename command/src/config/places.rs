//! The places of settings, for mistakes that only documents show.

use std::ops::Range;
use std::sync::Arc;

use countersign_codegen::diagnostic::{Code, Mistakes};
use countersign_codegen::source::DocumentPath;

use super::FILE;
use super::table::ApiTable;

/// The lists of the operations whose paging is set, and of those that can be waited with.
const PAGING: &str = "paging.operations";
const POLLING: &str = "polling.operations";

/// Where a file says what it says of one API.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    text: Arc<str>,
    document: Range<usize>,
    entries: Vec<(&'static str, String, Range<usize>)>,
}

impl Places {
    pub(super) fn of(table: &ApiTable, text: &Arc<str>) -> Self {
        let entries = table.entries();
        let entries = entries.map(|(list, entry)| (list, entry.get_ref().clone(), entry.span()));
        let paging = table.paging.operations.iter();
        let paging = paging.map(|(key, table)| (PAGING, key.clone(), table.span()));
        let polling = table.polling.operations.iter();
        let polling = polling.map(|(key, table)| (POLLING, key.clone(), table.span()));
        let names = table.names.operations.iter();
        let names = names.map(|(id, name)| ("names.operations", id.clone(), name.span()));
        let types = table.types.iter();
        let types = types.map(|(place, choice)| ("types", place.clone(), choice.span()));
        let entries = entries.chain(types);
        Self {
            text: Arc::clone(text),
            document: table.document.span(),
            entries: entries.chain(paging).chain(polling).chain(names).collect(),
        }
    }

    /// Says that the document does not exist.
    pub(crate) fn without_document(&self, document: &str) -> String {
        let what = format!("`{}` does not exist", document.escape_debug());
        let help = "write the path of the document, relative to this file";
        self.shown([(self.document.clone(), what)], help)
    }

    /// Says of entries of a selection, each with its list, that they match no operation.
    pub(crate) fn unmatched(&self, unmatched: &[(&'static str, String)]) -> String {
        let mistakes = unmatched.iter().map(|(list, entry)| {
            let place = self.place(list, entry);
            let entry = entry.escape_debug();
            let what = match *list {
                "types" => format!("`{entry}` in `types` is not the place of a schema"),
                "reading.optional" => format!("no schema has the member `{entry}`"),
                "newtypes.schemas" | "newtypes.places" => {
                    format!("`{entry}` in `{list}` matches no schema")
                }
                "credential.scheme" => format!("the document has no security scheme `{entry}`"),
                _ => format!("`{entry}` in `{list}` matches no operation"),
            };
            (place, what)
        });
        self.shown(mistakes, "see `countersign outline` for the operations")
    }

    /// Says of settings of operations, by their lists and keys, why they don't fit their operation.
    pub(crate) fn misfits(&self, misfits: &[(&'static str, String, String)]) -> String {
        let mistakes = misfits.iter().map(|(list, key, why)| {
            let subject = list.split('.').next().unwrap_or(list);
            let what = format!(
                "the {subject} of `{}` does not match the operation: {why}",
                key.escape_debug()
            );
            (self.place(list, key), what)
        });
        let help =
            "name parameters of the operation, pointers into its success body and values there";
        self.shown(mistakes, help)
    }

    fn place(&self, list: &str, entry: &str) -> Range<usize> {
        let mut entries = self.entries.iter();
        let found = entries.find(|(of, known, _)| *of == list && known == entry);
        found.map_or(0..0, |(.., place)| place.clone())
    }

    fn shown(
        &self,
        mistakes: impl IntoIterator<Item = (Range<usize>, String)>,
        help: &'static str,
    ) -> String {
        let Ok(path) = DocumentPath::new(FILE) else {
            return String::new();
        };
        let text = self.text.to_string();
        let mut found = Mistakes::new(path, text, Code::Configuration, help);
        for (place, what) in mistakes {
            found.add(place, &what);
        }
        found.into_report().unwrap_or_default().render("")
    }
}
