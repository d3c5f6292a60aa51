//! A schema with a discriminator on which others build by `allOf`: a union of those.

use crate::ir::{Tagging, Type};
use crate::load::Node;
use crate::names::NameRequest;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::schema::LoweredSchema;
use super::super::subtypes::Subtype;
use super::super::{Direction, Lowering, PendingKind};
use super::claims::{mapped, told_apart};
use super::tags;
use super::{BranchPlan, UnionPlan};

impl<'a> Lowering<'a> {
    /// A schema with a discriminator on which others build: a value of it is one of them.
    pub(in crate::lower) fn inherited(
        &mut self,
        merged: MergedSchema<'a>,
        subtypes: &[Subtype<'a>],
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let Some(tag) = merged.discriminator.and_then(tags::property) else {
            return LoweredSchema::of(Type::Named(self.enqueue(
                merged,
                direction,
                naming,
                PendingKind::Struct,
            )));
        };
        let discriminator = merged.discriminator;
        let mut claims = Vec::new();
        let mut branches: Vec<BranchPlan<'a>> = Vec::new();
        for subtype in subtypes {
            let (node, name) = (subtype.node, subtype.name);
            let schema = SchemaSet::one(node);
            let branch = self.merged(&schema);
            claims.push(self.claim(node, Some(name), &branch, discriminator, &tag));
            branches.push(BranchPlan {
                schema,
                merged: branch,
                name_request: NameRequest::of(name.text()),
                tags: Vec::new(),
                default: false,
                constant: None,
                span: node.span,
            });
        }
        // A mapping may name the base itself: a value that is nothing more.
        let own = self.own_branch(&merged);
        if let Some((own, base)) = own {
            claims.push(self.claim(base, None, &own.merged, discriminator, &tag));
            branches.push(own);
        }
        let tagging = match told_apart(claims, &mapped(discriminator)) {
            Some(tags) => {
                if let Some(discriminator) = discriminator {
                    self.report_given_away(&branches, &tags, discriminator);
                }
                for (plan, tags) in branches.iter_mut().zip(tags) {
                    plan.tags = tags;
                }
                Tagging::Internal(tag)
            }
            None => {
                self.report_overlaps(&branches);
                Tagging::Untagged
            }
        };
        let plan = UnionPlan {
            tagging,
            branches,
            open: true,
        };
        LoweredSchema::of(self.union(merged, direction, naming, plan))
    }

    /// An alternative that builds on the schema that lists it: it says all that stands beside the list.
    pub(super) fn building_on(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        branch: &'a Node,
    ) -> Option<(SchemaSet<'a>, MergedSchema<'a>)> {
        if !merged.has_members() {
            return None;
        }
        let own = SchemaSet::one(branch);
        let alone = self.merged(&own);
        let is_part = |node: &&'a Node| {
            let end = self.follow(node).map_or(node.id, |node| node.id);
            alone.nodes.iter().any(|part| part.id == end)
        };
        let is_all = schema.nodes.iter().all(is_part);
        is_all.then_some((own, alone))
    }

    /// The branch of a base that its own mapping names, and the base.
    fn own_branch(&mut self, merged: &MergedSchema<'a>) -> Option<(BranchPlan<'a>, &'a Node)> {
        let discriminator = merged.discriminator?;
        let base = *merged.nodes.first()?;
        let mapping = discriminator.get("mapping")?.entries();
        mapping
            .iter()
            .find(|entry| self.mapped_node(&entry.value) == Some(base.id))?;
        let schema = SchemaSet {
            skip: vec![discriminator.id],
            ..SchemaSet::one(base)
        };
        let branch = BranchPlan {
            merged: self.merged(&schema),
            schema,
            name_request: NameRequest::of("base"),
            tags: Vec::new(),
            default: false,
            constant: None,
            span: base.span,
        };
        Some((branch, base))
    }
}
