//! Enums and their values.

use crate::ir::{Enum, EnumBase, Literal, TypeId, Variant};
use crate::load::{Node, Value};
use crate::source::Span;

use super::naming::Case;
use super::{Context, Explanation, Reason, said, words};

impl<'a> Context<'a> {
    /// Why a schema became an enum of values.
    pub(super) fn enum_reasons(
        &self,
        choice: &Enum,
        nodes: &[&'a Node],
        span: Span,
    ) -> Vec<Reason> {
        let keywords = ["enum", "const", "oneOf", "anyOf"];
        let entry = keywords.into_iter().find_map(|key| said(nodes, key));
        let place = entry.map_or(span, |entry| entry.key_span);
        let base = match choice.base {
            EnumBase::String => "texts",
            EnumBase::Int(_) => "whole numbers",
            EnumBase::Mixed => "values of several kinds",
        };
        let mut reasons = vec![
            self.reason("an enum", format!("the schema lists {base}"), place),
            self.reason(
                format!("open: `{}` keeps any other value", choice.unknown),
                "a list in a document is what is known today: a server may send more, and what is kept is sent back as it came",
                place,
            ),
        ];
        if let Some(labels) = said(nodes, "x-enum-varnames") {
            let why = match choice.base {
                EnumBase::String => "`x-enum-varnames` names them",
                _ => {
                    "`x-enum-varnames` names them; a reader takes the names as well as the numbers"
                }
            };
            reasons.push(self.reason("names of its values", why, labels.key_span));
        }
        reasons
    }

    /// A value of an enum.
    pub(super) fn variant(&self, owner: TypeId, variant: &'a Variant) -> Explanation {
        let def = self.api.type_def(owner);
        let site = self.site(def.origin.span);
        let nodes = self.applicable(def.origin.span);
        let value = words::literal(self.api, &variant.value);
        let listed = said(&nodes, "enum").map(|entry| &entry.value);
        let item = listed.and_then(|listed| {
            let mut items = listed.items().iter();
            items.position(|item| is(item, &variant.value))
        });
        let place = listed
            .zip(item)
            .and_then(|(listed, at)| listed.items().get(at));
        let span = place.map_or(def.origin.span, |item| item.span);
        let mut reasons = Vec::new();
        let what = format!("called `{}`", variant.name);
        match (&variant.label, said(&nodes, "x-enum-varnames")) {
            (Some(label), Some(labels)) => {
                let at = item.and_then(|at| labels.value.items().get(at));
                let why = format!("`x-enum-varnames` calls it `{}`", label.text());
                reasons.push(self.reason(what, why, at.map_or(labels.key_span, |at| at.span)));
            }
            _ => reasons.push(self.variant_name(variant, value.trim_matches('"'), span)),
        }
        let told = said(&nodes, "x-enum-descriptions").map(|entry| &entry.value);
        if let Some(said) = told.zip(item).and_then(|(told, at)| told.items().get(at)) {
            let why = "`x-enum-descriptions` describes it";
            reasons.push(self.reason("its documentation", why, said.span));
        }
        let heads = ["(", ",", " "].map(|end| format!("{}{end}", variant.name));
        Explanation {
            subject: format!("{}::{} = {value}", def.name, variant.name),
            page: site.and_then(|site| self.page(site)),
            means: vec![
                format!(
                    "A value of `{}`: `{}` in Rust, `{value}` on the wire.",
                    def.name, variant.name
                ),
                format!(
                    "It is one of {} that the document lists.",
                    self.count(owner)
                ),
            ],
            document: site.map(|site| match (listed, place) {
                (Some(_), Some(item)) => self.lines(item.span, item.span),
                _ => self.excerpt(site),
            }),
            rust: self.rust_member(owner, &heads),
            reasons,
        }
    }

    fn variant_name(&self, variant: &Variant, text: &str, span: Span) -> Reason {
        let plain = Case::Variant.of(text);
        let name = variant.name.as_str();
        if plain != name && plain.ends_with(name) {
            let why = format!("these are the words of `{text}` without those of its enum");
            return self.reason(format!("called `{name}`"), why, span);
        }
        self.name(name, text, Case::Variant, &[], span)
    }

    fn count(&self, owner: TypeId) -> usize {
        match &self.api.type_def(owner).shape {
            crate::ir::Shape::Enum(choice) => choice.variants.len(),
            _ => 0,
        }
    }
}

/// Whether a constant of a document is this value.
fn is(item: &Node, value: &Literal) -> bool {
    match (&item.value, value) {
        (Value::String(a), Literal::String(b)) => a == b,
        (Value::Number(number), Literal::String(text)) => number.text == *text,
        (Value::Number(number), Literal::Int(value)) => {
            number.value == crate::load::NumberValue::Int(*value)
        }
        (Value::Bool(a), Literal::Bool(b)) => a == b,
        _ => false,
    }
}
