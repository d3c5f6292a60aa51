#![doc = include_str!("../../diagnostic/rules/missing-operation-id.md")]

use crate::diagnostic::Code;
use crate::document_index::Site;
use crate::lint::Lint;
use crate::load::Node;
use crate::load::walk::ObjectKind;

impl Lint<'_, '_> {
    /// Operations that are named after their method and path.
    pub(in crate::lint) fn operation_ids(&mut self) {
        for site in self.index.sites() {
            let called = |around: &Site<'_>| around.kind == ObjectKind::Callback;
            if site.kind != ObjectKind::Operation || self.index.around(site).any(called) {
                continue;
            }
            let id = site.node.get("operationId").and_then(Node::as_str);
            if id.is_none_or(|id| id.trim().is_empty()) {
                self.say(
                    Code::MissingOperationId,
                    site.place(),
                    "the operation has no `operationId`",
                    "add one, an imperative such as `listPets`: it names the operation's type and the client's method, \
                     which are called after method and path otherwise",
                );
            }
        }
    }
}
