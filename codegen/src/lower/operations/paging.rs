//! Paging, as `x-pagination` declares it.

use crate::diagnostic::Code;
use crate::ir::{Paging, Parameter, Payload, Presence, Responses, Type};
use crate::load::Node;
use crate::names::FieldName;

use super::super::Lowering;
use super::field_path::{FieldPath, Misfit, is_count, is_text};

impl<'a> Lowering<'a> {
    /// The pagination of an operation; a mismatch with its parameters and success body is reported.
    pub(super) fn paging(
        &mut self,
        operation: &'a Node,
        parameters: &[Parameter],
        responses: &Responses,
    ) -> Option<Paging> {
        let node = operation.get("x-pagination")?;
        self.drain();
        let reading = Reading {
            lowering: self,
            node,
            parameters,
            responses,
        };
        match reading.paging() {
            Ok(paging) => Some(paging),
            Err(Misfit { span, what }) => {
                self.warn(
                    Code::Pagination,
                    span,
                    format!("the pagination does not match the operation: {what}"),
                    ("name query parameters of the operation, and pointers into its success body", "the operation is generated without paging"),
                );
                None
            }
        }
    }
}

/// A declaration, and what it has to fit.
struct Reading<'r, 'a> {
    lowering: &'r Lowering<'a>,
    node: &'r Node,
    parameters: &'r [Parameter],
    responses: &'r Responses,
}

impl Reading<'_, '_> {
    fn paging(&self) -> Result<Paging, Misfit> {
        let FieldPath { fields, found } = self.field_path("items")?;
        let Type::List(item) = found else {
            return Err(self.misfit("items", "is not a list"));
        };
        let (items, item) = (fields, *item);
        Ok(match self.node.get("style").and_then(Node::as_str) {
            Some("offset") => Paging::Offset {
                offset: self.parameter("offset", is_count, "is not an integer")?,
                limit: self.parameter("limit", is_count, "is not an integer")?,
                items,
                total: self.total()?,
                item,
            },
            Some("range") => Paging::Range {
                range: self.parameter("range", is_text, "is not a string")?,
                items,
                total: self.total()?,
                item,
            },
            Some("cursor") => Paging::Cursor {
                cursor: self.parameter("cursor", is_text, "is not a string")?,
                next: self.next()?,
                items,
                item,
            },
            Some("link") => Paging::Link {
                next: self.next()?,
                items,
                item,
            },
            _ => return Err(self.misfit("style", "must be `offset`, `range`, `cursor` or `link`")),
        })
    }

    /// A parameter that may be left out, whose type holds a position.
    fn parameter(
        &self,
        key: &str,
        fits: fn(&Type) -> bool,
        otherwise: &str,
    ) -> Result<usize, Misfit> {
        let wire = self.node.get(key).and_then(Node::as_str);
        let found = self.parameters.iter().enumerate().find(|(_, parameter)| {
            Some(parameter.wire.text()) == wire && parameter.presence == Presence::Optional
        });
        match found {
            Some((at, parameter)) if fits(self.lowering.unaliased(&parameter.ty)) => Ok(at),
            Some(_) => Err(self.misfit(key, otherwise)),
            None => Err(self.misfit(key, "is not an optional parameter of the operation")),
        }
    }

    fn field_path(&self, key: &str) -> Result<FieldPath, Misfit> {
        let pointer = self.node.get(key).and_then(Node::as_str);
        let only = self.responses.only_success();
        let field_path = match only.map(|first| &first.payload) {
            Some(Payload::Json(body)) => {
                pointer.and_then(|pointer| self.lowering.field_path(body, pointer))
            }
            _ => None,
        };
        field_path.ok_or_else(|| self.misfit(key, "points to nothing in the success body"))
    }

    /// The way to the number of items on all pages; empty if none is named.
    fn total(&self) -> Result<Vec<FieldName>, Misfit> {
        if self.node.get("total").is_none() {
            return Ok(Vec::new());
        }
        let FieldPath { fields, found } = self.field_path("total")?;
        match self.lowering.unaliased(&found) {
            Type::Int(_) => Ok(fields),
            _ => Err(self.misfit("total", "does not point to an integer")),
        }
    }

    /// The way to what the next page is asked for by.
    fn next(&self) -> Result<Vec<FieldName>, Misfit> {
        let FieldPath { fields, found } = self.field_path("next")?;
        match is_text(self.lowering.unaliased(&found)) {
            true => Ok(fields),
            false => Err(self.misfit("next", "does not point to a string")),
        }
    }

    fn misfit(&self, key: &str, what: &str) -> Misfit {
        Misfit::of(self.node, key, what)
    }
}
