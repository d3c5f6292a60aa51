//! Values that are nested more deeply than a style reaches. The specification leaves them open, so what is sent is said
//! when a client is generated.

use crate::diagnostic::Code;
use crate::ir::{Collection, CookieStyle, HeaderStyle, Location, QueryStyle};
use crate::load::Node;
use crate::specification::Kinds;

use super::super::Lowering;
use super::super::merged::{AdditionalProperties, MergedSchema, SchemaSet};
use super::super::naming::Naming;

/// The reach of a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Objects and lists of plain values.
    Plain,
    /// Objects whose members may be lists, too.
    Lists,
    /// Everything.
    All,
}

impl<'a> Lowering<'a> {
    /// Says when a parameter is nested more deeply than its style reaches.
    pub(super) fn warn_nested(
        &mut self,
        parameter: &'a Node,
        schema: &'a Node,
        location: Location,
        naming: &Naming,
    ) {
        let reach = reach(location);
        if reach == Reach::All || !self.is_nested(schema, reach, naming) {
            return;
        }
        let fix = match location {
            Location::Header(_) => (
                "describe it by `content` with `application/json`",
                "nested values are refused when they are sent",
            ),
            Location::Query { .. } => (
                "describe it by `content` with `application/json`, or use `style: deepObject`",
                "nested values are sent as JSON",
            ),
            Location::Path(_)
            | Location::ReservedPath(_)
            | Location::QueryString(_)
            | Location::Cookie(_) => (
                "describe it by `content` with `application/json`",
                "nested values are sent as JSON",
            ),
        };
        self.warn(
            Code::NestedParameter,
            parameter.span,
            "the parameter has lists or objects inside, for which its style has no form",
            fix,
        );
    }

    fn is_nested(&mut self, schema: &'a Node, reach: Reach, naming: &Naming) -> bool {
        let merged = self.seen_through(&SchemaSet::one(schema), naming);
        match merged.likely_kinds().only() {
            Some(Kinds::ARRAY) => merged
                .items
                .is_some_and(|items| self.is_composite(&SchemaSet::one(items), naming)),
            Some(Kinds::OBJECT) => self.has_nested_member(&merged, reach, naming),
            _ => false,
        }
    }

    fn has_nested_member(
        &mut self,
        merged: &MergedSchema<'a>,
        reach: Reach,
        naming: &Naming,
    ) -> bool {
        let mut members: Vec<SchemaSet<'a>> = merged
            .properties
            .iter()
            .map(|property| property.schema.clone())
            .collect();
        if let AdditionalProperties::Schema(values) = merged.additional {
            members.push(SchemaSet::one(values));
        }
        members.iter().any(|member| {
            let merged = self.seen_through(member, naming);
            match merged.likely_kinds().only() {
                Some(Kinds::ARRAY) if reach == Reach::Lists => merged
                    .items
                    .is_some_and(|items| self.is_composite(&SchemaSet::one(items), naming)),
                Some(Kinds::ARRAY | Kinds::OBJECT) => true,
                _ => false,
            }
        })
    }

    /// Whether a schema is of lists or objects.
    fn is_composite(&mut self, schema: &SchemaSet<'a>, naming: &Naming) -> bool {
        let merged = self.seen_through(schema, naming);
        matches!(
            merged.likely_kinds().only(),
            Some(Kinds::ARRAY | Kinds::OBJECT)
        )
    }
}

fn reach(location: Location) -> Reach {
    match location {
        Location::Query { style, .. } => match style {
            QueryStyle::Json | QueryStyle::DeepObject => Reach::All,
            QueryStyle::Form { explode: true } => Reach::Lists,
            _ => Reach::Plain,
        },
        Location::Cookie(
            CookieStyle::Form { explode: true }
            | CookieStyle::ReservedForm { explode: true }
            | CookieStyle::Plain { explode: true },
        ) => Reach::Lists,
        Location::Path(Collection::Json)
        | Location::ReservedPath(Collection::Json)
        | Location::QueryString(_)
        | Location::Header(HeaderStyle::Json)
        | Location::Cookie(CookieStyle::Json) => Reach::All,
        Location::Path(_)
        | Location::ReservedPath(_)
        | Location::Header(_)
        | Location::Cookie(_) => Reach::Plain,
    }
}
