//! Unions: how a reader tells alternatives apart, and why so.

use crate::describe;
use crate::ir::{Branch, Shape, Tagging, TypeId, Union};
use crate::load::Node;
use crate::source::Span;

use super::naming::Case;
use super::{Context, Explanation, Reason, boxing, said, words};

impl<'a> Context<'a> {
    /// Why alternatives are told apart as they are.
    pub(super) fn union_reasons(
        &self,
        id: TypeId,
        choice: &Union,
        nodes: &[&'a Node],
        span: Span,
    ) -> Vec<Reason> {
        let list = ["oneOf", "anyOf"]
            .into_iter()
            .find_map(|key| said(nodes, key));
        let place = list.map_or(span, |entry| entry.key_span);
        let mut reasons = Vec::new();
        if let Some(entry) = list {
            let why = format!("`{}` lists alternatives", entry.key.text());
            reasons.push(self.reason("an enum", why, entry.key_span));
        }
        let (what, why) = match &choice.tagging {
            Tagging::External if self.is_flattened(id) => (
                "distinguished by the member that is present".to_owned(),
                "each alternative adds one required member to those of the object around the list".to_owned(),
            ),
            Tagging::External => (
                "distinguished by the name of their only member".to_owned(),
                "each alternative is an object with one member of its own".to_owned(),
            ),
            Tagging::Internal(tag) => {
                reasons.push(self.tagged(tag.text(), nodes, place));
                self.open(choice, place, &mut reasons);
                return reasons;
            }
            Tagging::Adjacent { tag, content } => (
                format!("distinguished by `{}`", tag.text()),
                format!("in each alternative it has a constant of its own, and `{}` holds the value", content.text()),
            ),
            Tagging::Untagged => (
                "distinguished by their shape".to_owned(),
                "no discriminator and no member with constants tells them apart: JSON types and required members do".to_owned(),
            ),
        };
        reasons.push(self.reason(what, why, place));
        self.open(choice, place, &mut reasons);
        reasons
    }

    fn tagged(&self, tag: &str, nodes: &[&'a Node], place: Span) -> Reason {
        let what = format!("distinguished by `{tag}`");
        match said(nodes, "discriminator") {
            Some(entry) => self.reason(what, "the discriminator names it", entry.key_span),
            None => {
                let why = "in each alternative it is required and has a constant of its own";
                self.reason(what, why, place)
            }
        }
    }

    fn open(&self, choice: &Union, place: Span, reasons: &mut Vec<Reason>) {
        if let Some(unknown) = &choice.unknown {
            let what = format!("open: `{unknown}` keeps what no alternative knows");
            let why = "a server may send alternatives that are documented later";
            reasons.push(self.reason(what, why, place));
        }
    }

    /// Whether a union spreads its members among those of a struct.
    fn is_flattened(&self, id: TypeId) -> bool {
        let mut types = self.api.types.iter();
        types.any(|(_, def)| match &def.shape {
            Shape::Struct(body) => body.fields.iter().any(|field| {
                field.role == crate::ir::FieldRole::Flattened
                    && field.ty == crate::ir::Type::Named(id)
            }),
            _ => false,
        })
    }

    /// An alternative of a union.
    pub(super) fn branch(&self, owner: TypeId, branch: &'a Branch) -> Explanation {
        let def = self.api.type_def(owner);
        let span = branch.origin.span;
        let site = self.site(span);
        let nodes = self.applicable(span);
        let mut reasons = Vec::new();
        let tags: Vec<String> = branch
            .tags
            .iter()
            .map(|tag| format!("`{}`", tag.text()))
            .collect();
        let text = match (branch.tags.first(), said(&nodes, "title")) {
            (Some(tag), _) => tag.text().to_owned(),
            (None, Some(title)) => title.value.as_str().unwrap_or_default().to_owned(),
            (None, None) => branch.name.to_string(),
        };
        let plain = Case::Variant.of(&text);
        let what = format!("called `{}`", branch.name);
        let why = if plain == branch.name.as_str() {
            format!("these are the words of `{text}`")
        } else {
            "it is called after the schema that it leads to".to_owned()
        };
        reasons.push(self.reason(what, why, span));
        if !tags.is_empty() {
            let why = "these values of the tag lead to it; the first is written";
            reasons.push(self.reason(format!("tag {}", tags.join(", ")), why, span));
        }
        if let Some(why) = boxing::why(self.api, owner, &branch.ty) {
            reasons.push(self.reason("boxed", why, span));
        }
        self.type_reasons(&branch.ty, &nodes, &mut reasons);
        self.limits(
            &nodes,
            &branch.constraints,
            &self.direction(owner),
            &mut reasons,
        );
        let heads = ["(", ",", " "].map(|end| format!("{}{end}", branch.name));
        Explanation {
            subject: format!(
                "{}::{}: {}",
                def.name,
                branch.name,
                describe::shown(self.api, &branch.ty)
            ),
            page: site.and_then(|site| self.page(site)),
            means: vec![
                format!("An alternative of `{}`.", def.name),
                format!("It holds {}.", words::holds(self.api, &branch.ty)),
            ],
            document: Some(site.map_or_else(|| self.lines(span, span), |site| self.excerpt(site))),
            rust: self.rust_member(owner, &heads),
            reasons,
        }
    }
}
