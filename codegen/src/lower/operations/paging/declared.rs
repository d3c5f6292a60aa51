//! Paging as it is declared: by `x-pagination`, by an extension of another tool, or in the settings.

use std::borrow::Cow;

use crate::ir::{
    NextCursor, Operation, Paging, PagingBasis, PagingEnd, PagingFlag, PagingStyle, Parameter,
    Presence, Type,
};
use crate::load::{Node, NumberValue};
use crate::names::FieldName;
use crate::source::Span;

use super::super::super::Lowering;
use super::super::field_path::{FieldPath, Misfit, is_count, is_text};
use super::request::first_of;
use super::{OWN, answer};

/// A declaration: the members of `x-pagination`, whoever wrote them.
pub(super) struct Declaration<'d> {
    pub(super) basis: PagingBasis,
    /// Where it stands.
    pub(super) span: Span,
    members: Vec<Member<'d>>,
    /// The items are found by themselves where they are not named.
    pub(super) finds_items: bool,
}

/// A member, its value, and its place if it has one of its own.
struct Member<'d> {
    key: Cow<'d, str>,
    value: Cow<'d, str>,
    span: Option<Span>,
}

impl<'d> Declaration<'d> {
    pub(super) fn new(basis: PagingBasis, span: Span) -> Self {
        Self {
            basis,
            span,
            members: Vec::new(),
            finds_items: false,
        }
    }

    /// That of `x-pagination`.
    pub(super) fn own(node: &'d Node) -> Self {
        let mut own = Self::new(PagingBasis::Extension(OWN), node.span);
        let entries = node.entries().iter();
        own.members.extend(entries.filter_map(|entry| {
            let value = match entry.value.as_number().map(|number| &number.value) {
                Some(NumberValue::Int(number)) => Cow::Owned(number.to_string()),
                _ => Cow::Borrowed(entry.value.as_str()?),
            };
            Some(Member {
                key: Cow::Borrowed(entry.key.text()),
                value,
                span: Some(entry.value.span),
            })
        }));
        own
    }

    /// That of the settings, for an operation.
    pub(super) fn of_settings(members: &[(&'static str, String)], operation: &Node) -> Self {
        let mut settings = Self::new(PagingBasis::Settings, operation.span);
        settings.finds_items = true;
        for (key, value) in members {
            settings.set(key, value.clone(), None);
        }
        settings
    }

    pub(super) fn set(&mut self, key: &'static str, value: impl Into<String>, span: Option<Span>) {
        self.members.push(Member {
            key: Cow::Borrowed(key),
            value: Cow::Owned(value.into()),
            span,
        });
    }

    fn member(&self, key: &str) -> Option<&Member<'d>> {
        self.members.iter().find(|member| member.key == key)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.member(key).map(|member| &*member.value)
    }

    /// Says what a member is not, or that there is none.
    fn misfit(&self, key: &str, what: &str) -> Misfit {
        match self.member(key) {
            Some(member) => Misfit {
                span: member.span.unwrap_or(self.span),
                what: format!("its `{key}` {what}"),
            },
            None => Misfit {
                span: self.span,
                what: format!("it has no `{key}`"),
            },
        }
    }
}

impl Lowering<'_> {
    /// The pagination that a declaration means for its operation.
    pub(super) fn declared(
        &self,
        declaration: &Declaration<'_>,
        operation: &Operation,
    ) -> Result<Paging, Misfit> {
        let reading = Reading {
            lowering: self,
            declaration,
            operation,
        };
        reading.paging()
    }
}

/// A declaration, and what it has to fit.
struct Reading<'r, 'a> {
    lowering: &'r Lowering<'a>,
    declaration: &'r Declaration<'r>,
    operation: &'r Operation,
}

impl Reading<'_, '_> {
    fn paging(&self) -> Result<Paging, Misfit> {
        let (items, item) = self.items()?;
        let style = match self.declaration.get("style") {
            Some("offset") => {
                let offset = self.parameter("offset", is_count, "is not a number")?;
                PagingStyle::Offset {
                    offset,
                    limit: self.optional(&["limit", "size"], is_count, "is not a number")?,
                    first: self.first(offset)?.unwrap_or(0),
                }
            }
            Some("page") => {
                let page = self.parameter("page", is_count, "is not a number")?;
                PagingStyle::Page {
                    page,
                    size: self.optional(&["size", "limit"], is_count, "is not a number")?,
                    first: self.first(page)?,
                }
            }
            Some("range") => PagingStyle::Range {
                range: self.parameter("range", is_text, "is not a string")?,
            },
            Some("cursor") => PagingStyle::Cursor {
                cursor: self.parameter("cursor", is_text, "is not a string")?,
                next: match self.declaration.get("last-item") {
                    Some(_) => NextCursor::LastItem(self.last_item(&item)?),
                    None => NextCursor::Body(self.next()?),
                },
            },
            Some("link") => PagingStyle::Link { next: self.next()? },
            Some("link-header") => PagingStyle::LinkHeader,
            _ => {
                let what = "must be `offset`, `page`, `range`, `cursor`, `link` or `link-header`";
                return Err(self.misfit("style", what));
            }
        };
        Ok(Paging {
            style,
            items,
            item,
            end: PagingEnd {
                total: self.count("total")?,
                pages: self.count("pages")?,
                number: None,
                more: self.more()?,
                partly_filled: false,
            },
            basis: self.declaration.basis,
        })
    }

    fn items(&self) -> Result<(Vec<FieldName>, Type), Misfit> {
        if self.declaration.get("items").is_none() && self.declaration.finds_items {
            let found = answer::items(self.lowering, self.operation);
            return found.ok_or_else(|| self.misfit("items", ""));
        }
        let FieldPath { fields, found } = self.field_path("items")?;
        match self.lowering.unaliased(&found) {
            Type::List(item) => Ok((fields, (**item).clone())),
            _ => Err(self.misfit("items", "is not a list")),
        }
    }

    /// The number of the first page or item: as declared, or as the parameter says.
    fn first(&self, parameter: usize) -> Result<Option<u64>, Misfit> {
        match self.declaration.get("first") {
            Some("0") => Ok(Some(0)),
            Some("1") => Ok(Some(1)),
            Some(_) => Err(self.misfit("first", "is not 0 or 1")),
            None => Ok(self.operation.parameters.get(parameter).and_then(first_of)),
        }
    }

    /// A parameter that may be left out, whose type holds a position.
    fn parameter(
        &self,
        key: &str,
        fits: fn(&Type) -> bool,
        otherwise: &str,
    ) -> Result<usize, Misfit> {
        let wire = self.declaration.get(key);
        let is_named =
            |parameter: &Parameter| Some(parameter.wire.text()) == wire && self.may_stay(parameter);
        let mut found = self.operation.parameters.iter().enumerate();
        match found.find(|(_, parameter)| is_named(parameter)) {
            Some((at, parameter)) if fits(self.lowering.unaliased(&parameter.ty)) => Ok(at),
            Some(_) => Err(self.misfit(key, otherwise)),
            None => Err(self.misfit(key, "is not an optional parameter of the operation")),
        }
    }

    /// Whether a parameter can be left out, or is a number that has to be there.
    fn may_stay(&self, parameter: &Parameter) -> bool {
        parameter.presence == Presence::Optional
            || matches!(
                self.lowering.unaliased(&parameter.ty),
                Type::Int(_) | Type::Float
            )
    }

    /// A parameter that need not be named.
    fn optional(
        &self,
        keys: &[&str],
        fits: fn(&Type) -> bool,
        otherwise: &str,
    ) -> Result<Option<usize>, Misfit> {
        let mut keys = keys.iter();
        let named = keys.find(|key| self.declaration.get(key).is_some());
        named
            .map(|key| self.parameter(key, fits, otherwise))
            .transpose()
    }

    fn field_path(&self, key: &str) -> Result<FieldPath, Misfit> {
        let pointer = self.declaration.get(key);
        let body = answer::body(self.operation);
        let found = body
            .zip(pointer)
            .and_then(|(body, pointer)| self.lowering.field_path(body, pointer));
        found.ok_or_else(|| self.misfit(key, "points to nothing in the success body"))
    }

    /// The way to a number, if it is named.
    fn count(&self, key: &str) -> Result<Option<Vec<FieldName>>, Misfit> {
        if self.declaration.get(key).is_none() {
            return Ok(None);
        }
        let FieldPath { fields, found } = self.field_path(key)?;
        match self.lowering.unaliased(&found) {
            Type::Int(_) | Type::Float => Ok(Some(fields)),
            _ => Err(self.misfit(key, "does not point to a number")),
        }
    }

    /// The way to a flag, if it is named.
    fn more(&self) -> Result<Option<PagingFlag>, Misfit> {
        let keys = [("more", false), ("last", true)].into_iter();
        let mut named = keys.filter(|(key, _)| self.declaration.get(key).is_some());
        let Some((key, says_last)) = named.next() else {
            return Ok(None);
        };
        let FieldPath { fields, found } = self.field_path(key)?;
        match self.lowering.unaliased(&found) {
            Type::Bool => Ok(Some(PagingFlag { fields, says_last })),
            _ => Err(self.misfit(key, "does not point to a boolean")),
        }
    }

    /// The way to what the next page is asked for by.
    fn next(&self) -> Result<Vec<FieldName>, Misfit> {
        let FieldPath { fields, found } = self.field_path("next")?;
        match is_text(self.lowering.unaliased(&found)) {
            true if !fields.is_empty() => Ok(fields),
            _ => Err(self.misfit("next", "does not point to a string")),
        }
    }

    /// The field of an item by which the next page is asked for.
    fn last_item(&self, item: &Type) -> Result<FieldName, Misfit> {
        let name = self.declaration.get("last-item").unwrap_or_default();
        let name = name.trim_start_matches('/');
        let fields = self.lowering.types.fields_of(item).unwrap_or_default();
        let field = fields.iter().find(|field| field.wire.text() == name);
        let field = field.filter(|field| is_text(self.lowering.unaliased(&field.ty)));
        let field = field.map(|field| field.name.clone());
        field.ok_or_else(|| self.misfit("last-item", "is not a string of an item"))
    }

    fn misfit(&self, key: &str, what: &str) -> Misfit {
        self.declaration.misfit(key, what)
    }
}
