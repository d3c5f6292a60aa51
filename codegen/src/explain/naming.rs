//! Why an item has its name.

use crate::ir::{Shape, Type, TypeDef, TypeId};
use crate::load::Node;
use crate::names::{FieldName, TypeName, VariantName, Words};
use crate::source::Span;

use super::{Context, Reason, said};

/// A case of Rust.
#[derive(Clone, Copy)]
pub(super) enum Case {
    Type,
    Field,
    Variant,
}

impl Case {
    /// The words of a text in this case.
    pub(super) fn of(self, text: &str) -> String {
        let words = Words::of(text);
        match self {
            Self::Type => TypeName::new(&words).to_string(),
            Self::Field => FieldName::new(&words).to_string(),
            Self::Variant => VariantName::new(&words).to_string(),
        }
    }
}

impl<'a> Context<'a> {
    /// Why something of a document is called `name`: its author pinned it, or its words in the case of Rust.
    pub(super) fn name(
        &self,
        name: &str,
        text: &str,
        case: Case,
        nodes: &[&'a Node],
        span: Span,
    ) -> Reason {
        let what = format!("called `{name}`");
        if let Some(name_override) = said(nodes, "x-rust-name") {
            return self.reason(what, "`x-rust-name` pins it", name_override.key_span);
        }
        let plain = case.of(text);
        let why = if plain == name {
            format!("these are the words of `{text}`, in the case that Rust has")
        } else if Words::of(text).is_too_long() {
            format!("`{plain}`, the words of `{text}`, is too long, so words are left out")
        } else {
            format!("`{plain}`, the words of `{text}`, is already in use, so it was qualified")
        };
        self.reason(what, why, span)
    }

    /// Why a type has its name.
    pub(super) fn type_name(&self, id: TypeId, def: &TypeDef) -> Vec<Reason> {
        let name = def.name.as_str();
        let span = def.origin.span;
        let mut reasons = Vec::new();
        let plain = match (self.is_input(id), name.strip_suffix("Input")) {
            (true, Some(plain)) => {
                let why = "requests have a type of their own, which ends in `Input`";
                reasons.push(self.reason(format!("called `{name}`"), why, span));
                plain
            }
            _ => name,
        };
        match (self.component(def), self.site(span)) {
            (Some(key), Some(site)) => {
                let nodes = [site.node];
                reasons.push(self.name(plain, key, Case::Type, &nodes, site.place()));
            }
            (_, Some(site)) if site.node.get("x-rust-name").is_some() => {
                reasons.push(self.name(plain, plain, Case::Type, &[site.node], span));
            }
            _ => {
                if let Some(overridden) = self.overridden_beside(plain, "rust-name", span) {
                    reasons.push(overridden);
                    return reasons;
                }
                let why = match self.parent(id) {
                    Some((parent, member)) => format!(
                        "the schema has no name of its own: it is called after `{parent}` and `{member}`"
                    ),
                    None => {
                        "the schema has no name of its own: it is called after its place".to_owned()
                    }
                };
                reasons.push(self.reason(format!("called `{plain}`"), why, span));
            }
        }
        reasons
    }

    /// The `x-one-of` that pins the name of what is made of a list of alternatives.
    pub(super) fn overridden_beside(&self, name: &str, key: &str, span: Span) -> Option<Reason> {
        let around = self.around_list(span)?.node;
        let name_override = around.get("x-one-of")?.as_mapping()?.entry(key)?;
        let why = format!("`{key}` of `x-one-of` pins it");
        Some(self.reason(format!("called `{name}`"), why, name_override.key_span))
    }

    /// Whether it is the side of a schema that requests use, beside one for responses.
    pub(super) fn is_input(&self, id: TypeId) -> bool {
        let facts = &self.api.type_def(id).facts;
        facts.sent
            && !self.counterparts(id).is_empty()
            && self.api.type_name(id).as_str().ends_with("Input")
    }

    /// The type that a type is a member of, and the member.
    fn parent(&self, id: TypeId) -> Option<(String, String)> {
        let name = self.api.type_name(id).as_str();
        let is_parent = |parent: &TypeDef| name.starts_with(parent.name.as_str());
        let mut all = self
            .api
            .types
            .iter()
            .filter(|(parent, def)| *parent != id && is_parent(def));
        all.find_map(|(_, def)| {
            let member = match &def.shape {
                Shape::Struct(body) => {
                    let mut fields = body.fields.iter();
                    let field = fields.find(|field| names(&field.ty, id))?;
                    match field.wire.text() {
                        "" => field.name.to_string(),
                        wire => wire.to_owned(),
                    }
                }
                Shape::Union(choice) => {
                    let mut branches = choice.branches.iter();
                    branches
                        .find(|branch| names(&branch.ty, id))?
                        .name
                        .to_string()
                }
                Shape::Alias(ty) | Shape::Newtype(ty) if names(ty, id) => "item".to_owned(),
                _ => return None,
            };
            Some((def.name.to_string(), member))
        })
    }
}

/// Whether a type stands in another.
fn names(ty: &Type, id: TypeId) -> bool {
    match ty {
        Type::Named(named) | Type::Boxed(named) => *named == id,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            names(inner, id)
        }
        Type::Tuple(items) => items.iter().any(|item| names(item, id)),
        _ => false,
    }
}
