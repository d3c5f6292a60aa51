//! Lists in pages: which operations are some, and how the next page is asked for.
//!
//! The settings know best, then our own extension, then those of other tools. Where nothing is said, paging is inferred,
//! but only where the request and the answer agree.

mod answer;
mod cursor;
mod declared;
mod infer;
mod link;
mod request;
mod vendor;
mod words;

use crate::diagnostic::Code;
use crate::ir::{Operation, Paging, Unpaged};
use crate::load::Node;
use crate::settings::PagingChoice;

use super::super::Lowering;
use super::Found;
use super::field_path::Misfit;
use declared::Declaration;

pub(super) use answer::body;
pub(super) use words::{AROUND, folded};

/// Our own extension.
const OWN: &str = "x-pagination";

/// The note of a declaration that can't be followed.
const NOTE: &str = "the operation is generated without paging";

impl<'a> Lowering<'a> {
    /// The pagination of an operation, or why there is none though it asks for a page; a declaration that does not match
    /// it is reported.
    pub(super) fn paging_of(
        &mut self,
        found: &Found<'a>,
        operation: &Operation,
    ) -> Result<Paging, Option<Unpaged>> {
        let node = found.node;
        let id = node.get("operationId").and_then(Node::as_str);
        if let Some((key, choice)) = self.settings.paging.choice(id, found.path.text()) {
            let PagingChoice::As(members) = choice else {
                return Err(None);
            };
            let (key, declaration) = (key.to_owned(), Declaration::of_settings(members, node));
            return match self.declared(&declaration, operation) {
                Ok(paging) => Ok(paging),
                Err(Misfit { what, .. }) => {
                    self.stats.misfits.push(("paging.operations", key, what));
                    Err(None)
                }
            };
        }
        if let Some(own) = node.get(OWN) {
            let paging = self.declared(&Declaration::own(own), operation);
            return self.or_misfit(
                paging,
                "the pagination does not match the operation",
                "name query parameters of the operation, and pointers into its success body",
            );
        }
        if let Some((key, said)) = self.vendor_declaration(node, operation) {
            let paging = match said {
                Ok(Some(declaration)) => self.declared(&declaration, operation),
                Ok(None) => return Err(None),
                Err(misfit) => Err(misfit),
            };
            let message = format!("`{key}` can't be followed");
            return self.or_misfit(
                paging,
                &message,
                "write `x-pagination`, or set it in `paging.operations` of the settings",
            );
        }
        match self.settings.paging.infer {
            true => self.inferred(found, operation),
            false => Err(None),
        }
    }

    fn or_misfit(
        &mut self,
        paging: Result<Paging, Misfit>,
        message: &str,
        help: &'static str,
    ) -> Result<Paging, Option<Unpaged>> {
        let Misfit { span, what } = match paging {
            Ok(paging) => return Ok(paging),
            Err(misfit) => misfit,
        };
        let message = format!("{message}: {what}");
        self.warn(Code::Pagination, span, message, (help, NOTE));
        Err(None)
    }
}
