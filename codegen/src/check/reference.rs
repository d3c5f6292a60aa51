//! References: what is beside them, and what they lead to.

use crate::diagnostic::Code;
use crate::load::pointer::{self, Found};
use crate::load::reference::Reference;
use crate::load::{Document, Node};
use crate::source::DocumentId;
use crate::specification::{Field, Object};

use super::{Checker, Target, word};

impl<'a> Checker<'a> {
    /// Whether an object is a reference; then what it leads to will be looked at.
    pub(super) fn is_reference(&mut self, object: Object, node: &'a Node) -> bool {
        let Some(value) = node.get("$ref") else {
            return false;
        };
        let Some(text) = value.as_str() else {
            let message = format!(
                "`$ref` in place of {}: expected a string, found {}",
                word::object_word(object),
                word::found(value)
            );
            let help = "write where the object is, such as '#/components/...'";
            self.warn(Code::KeywordType, value.span, message, help);
            return true;
        };
        self.target(object, text);
        true
    }

    /// Whether a whole object of names is a reference, which the specification does not have.
    pub(super) fn is_reference_to_map(&mut self, field: &Field, value: &'a Node) -> bool {
        let Some(entry) = value.as_mapping().and_then(|all| all.entry("$ref")) else {
            return false;
        };
        if entry.value.as_str().is_none() {
            return false;
        }
        let message = format!("`{}` can't be a reference as a whole", field.key);
        let help = (
            "write a reference for each name in it",
            "it is followed all the same",
        );
        self.note(Code::KeywordType, entry.key_span, message, help);
        true
    }

    /// Remembers what a reference leads to.
    pub(super) fn target(&mut self, object: Object, text: &'a str) {
        if self.targeted.insert((self.document.id, text)) {
            self.targets.push(Target {
                document: self.document.id,
                text,
                object,
            });
        }
    }

    /// The target of a reference in a document, in the tree as it was written.
    pub(super) fn find(
        &self,
        document: DocumentId,
        text: &str,
    ) -> Option<(&'a Document, &'a Node)> {
        let from = self.documents.document(document);
        let Reference::Local { file, fragment } = Reference::parse(text) else {
            return None;
        };
        let document = match file {
            "" => from,
            file => self.documents.at(&from.path.join(file).ok()?).ok()?,
        };
        if !document.is_complete() {
            return None;
        }
        let fragment = document.anchor(fragment).unwrap_or(fragment);
        match pointer::find(document.written(), fragment) {
            Found::Node(node) => Some((document, node)),
            Found::Lost { .. } => None,
        }
    }
}
