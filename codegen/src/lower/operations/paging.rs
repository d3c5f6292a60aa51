//! Paging, as `x-pagination` declares it.

use crate::diagnostic::Code;
use crate::ir::{Paging, Parameter, Payload, Presence, Responses, Shape, Struct, Type};
use crate::load::Node;
use crate::names::FieldName;

use super::super::Lowering;

/// A way through the success body: the fields that lead there, and what is found.
type Way = (Vec<FieldName>, Type);

impl<'a> Lowering<'a> {
    /// How to page through an operation; what does not fit its parameters and success body is said.
    pub(super) fn paging(
        &mut self,
        operation: &'a Node,
        parameters: &[Parameter],
        responses: &Responses,
    ) -> Option<Paging> {
        let node = operation.get("x-pagination")?;
        self.drain();
        let paging = self.read_paging(node, parameters, responses);
        if paging.is_none() {
            self.warn(
                Code::Pagination,
                node.span,
                "the pagination does not fit the operation",
                "name query parameters of it, and pointers into its success body; it is generated without paging",
            );
        }
        paging
    }

    fn read_paging(
        &self,
        node: &'a Node,
        parameters: &[Parameter],
        responses: &Responses,
    ) -> Option<Paging> {
        let parameter = |key: &str| {
            let wire = node.get(key).and_then(Node::as_str)?;
            parameters.iter().position(|parameter| {
                parameter.wire.text() == wire && parameter.presence == Presence::Optional
            })
        };
        let body = match responses.success.first().map(|success| &success.payload) {
            Some(Payload::Json(ty)) => ty,
            _ => return None,
        };
        let way = |key: &str| self.way(body, node.get(key).and_then(Node::as_str)?);
        let fields = |key: &str| way(key).map(|(fields, _)| fields);
        let (items, list) = way("items")?;
        let Type::List(item) = list else { return None };
        let item = *item;
        Some(match node.get("style").and_then(Node::as_str)? {
            "offset" => Paging::Offset {
                offset: parameter("offset")?,
                limit: parameter("limit")?,
                items,
                total: fields("total").unwrap_or_default(),
                item,
            },
            "range" => Paging::Range {
                range: parameter("range")?,
                items,
                total: fields("total").unwrap_or_default(),
                item,
            },
            "cursor" => Paging::Cursor {
                cursor: parameter("cursor")?,
                next: fields("next")?,
                items,
                item,
            },
            "link" => Paging::Link {
                next: fields("next")?,
                items,
                item,
            },
            _ => return None,
        })
    }

    fn way(&self, body: &Type, pointer: &str) -> Option<Way> {
        let mut at = body.clone();
        let mut fields = Vec::new();
        for segment in pointer.split('/').skip(1) {
            let (Type::Named(id) | Type::Boxed(id)) = at else {
                return None;
            };
            let Shape::Struct(Struct {
                fields: members, ..
            }) = &self.types.get(id).shape
            else {
                return None;
            };
            let member = members
                .iter()
                .find(|member| member.wire.text() == segment)?;
            fields.push(member.name.clone());
            at = member.ty.clone();
        }
        Some((fields, at))
    }
}
