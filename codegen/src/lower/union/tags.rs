//! The tags that distinguish the alternatives of a union.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::Tagging;
use crate::load::{Node, Value};
use crate::source::SpecStr;

use super::super::merged::{Choice, MergedSchema, SchemaSet};
use super::super::{Lowering, literal};
use super::claims::{constants, mapped, tag_values, told_apart};
use super::keyed;
use super::{BranchPlan, UnionPlan};
use crate::specification::Kinds;

/// The depth of unions within unions where a tag is looked for, and the number of alternatives of such that are tried.
pub(super) const DEEPEST: usize = 4;
pub(super) const MOST_NESTED: usize = 4096;

/// The member that a discriminator names.
pub(super) fn property(discriminator: &Node) -> Option<SpecStr> {
    match &discriminator.value {
        Value::String(name) => Some(name.clone()),
        _ => discriminator.get("propertyName").and_then(literal::text),
    }
}

impl<'a> Lowering<'a> {
    /// Decides what kind of union it is.
    pub(super) fn plan_union(
        &mut self,
        merged: &MergedSchema<'a>,
        choice: &Choice<'a>,
        branches: &[&'a Node],
        looked: Vec<(SchemaSet<'a>, MergedSchema<'a>)>,
    ) -> UnionPlan<'a> {
        let has_names = branches
            .iter()
            .any(|branch| self.resolved.target(branch).is_some());
        if !has_names && let Some(plan) = self.adjacent(branches, &looked) {
            return plan;
        }
        if let Some(plan) = self.discriminated(choice, branches, &looked) {
            return plan;
        }
        if !merged.has_members()
            && let Some(plan) = self.keyed_or_unit(merged, branches, &looked)
        {
            return plan;
        }
        if let Some(plan) = self.adjacent(branches, &looked) {
            return plan;
        }
        let tag = self.constant_tag(&looked);
        let mut plans = self.branch_plans(branches, looked);
        for plan in &mut plans {
            plan.constant = keyed::texts(&plan.merged).and_then(|texts| match texts.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            });
        }
        match tag {
            Some((tag, values)) => {
                for (plan, values) in plans.iter_mut().zip(values) {
                    plan.tags = values;
                }
                UnionPlan {
                    tagging: Tagging::Internal(tag),
                    branches: plans,
                    open: true,
                }
            }
            None => {
                self.report_overlaps(&plans);
                UnionPlan {
                    tagging: Tagging::Untagged,
                    branches: plans,
                    open: true,
                }
            }
        }
    }

    /// By the document's own discriminator, if it tells every branch apart.
    fn discriminated(
        &mut self,
        choice: &Choice<'a>,
        branches: &[&'a Node],
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Option<UnionPlan<'a>> {
        let discriminator = choice.discriminator.or_else(|| inherited(looked))?;
        let tag = property(discriminator)?;
        let mut plans = self.branch_plans(branches, looked.to_vec());
        let mut claims = Vec::new();
        for (plan, branch) in plans.iter().zip(branches) {
            if !plan.merged.has_members()
                && !plan.merged.likely_kinds().has(Kinds::OBJECT)
                && plan.merged.choices.is_empty()
            {
                return None;
            }
            let target = self.resolved.target(branch);
            let name = target
                .as_ref()
                .and_then(|target| target.pointer.last())
                .cloned();
            let node = target.map_or(*branch, |target| target.node);
            let mut claim =
                self.claim(node, name.as_ref(), &plan.merged, Some(discriminator), &tag);
            self.claim_inner(&mut claim, &plan.schema, &plan.merged, discriminator, &tag);
            claims.push(claim);
        }
        let default = self.default_branch(discriminator, branches);
        // What is read as the default keeps whatever tag it came with.
        let own = default
            .and_then(|at| claims.get(at))
            .map(|claim| claim.mapped.clone());
        let tags = told_apart(claims, &mapped(Some(discriminator)))?;
        self.report_given_away(&plans, &tags, discriminator);
        let aliases = self.aliases(choice.list, branches, discriminator, &tags);
        let tags = tags.into_iter().zip(aliases).map(|(mut tags, aliases)| {
            tags.extend(aliases);
            tags
        });
        for (at, (plan, tags)) in plans.iter_mut().zip(tags).enumerate() {
            plan.tags = match &own {
                Some(own) if default == Some(at) => own.clone(),
                _ => tags,
            };
            plan.default = default == Some(at);
        }
        Some(UnionPlan {
            tagging: Tagging::Internal(tag),
            branches: plans,
            open: default.is_none(),
        })
    }

    /// The branch that a value belongs to whose tag is absent or is none of the others'.
    fn default_branch(&mut self, discriminator: &'a Node, branches: &[&'a Node]) -> Option<usize> {
        let named = discriminator.get("defaultMapping")?;
        let wanted = self.mapped_node(named);
        let is_wanted = |branch: &&Node| {
            let target = self.resolved.target(branch);
            target.map(|target| target.node.id) == wanted
        };
        let found = branches
            .iter()
            .position(is_wanted)
            .filter(|_| wanted.is_some());
        if found.is_none() {
            self.warn(
                Code::Malformed,
                named.span,
                "`defaultMapping` names none of the alternatives",
                "name one of them; a value without a known tag is kept as raw JSON",
            );
        }
        found
    }

    /// `{"type": constant, "data": value}` in every branch.
    fn adjacent(
        &mut self,
        branches: &[&'a Node],
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Option<UnionPlan<'a>> {
        let (tag, values) = self.constant_tag(looked)?;
        let (_, first) = looked.first()?;
        let content = first
            .properties
            .iter()
            .find(|property| *property.key != tag)?
            .key;
        let same = looked.iter().all(|(_, merged)| {
            merged.properties.len() == 2
                && merged.property(content.text()).is_some()
                && merged.requires(content.text())
                && merged
                    .property(tag.text())
                    .is_some_and(|tag| constants(&tag.schema).is_some())
        });
        if !same || values.iter().any(|values| values.len() != 1) {
            return None;
        }
        let mut plans = self.branch_plans(branches, looked.to_vec());
        for (plan, values) in plans.iter_mut().zip(values) {
            plan.schema = plan.merged.property(content.text())?.schema.clone();
            plan.tags = values;
        }
        let tagging = Tagging::Adjacent {
            tag,
            content: content.clone(),
        };
        Some(UnionPlan {
            tagging,
            branches: plans,
            open: true,
        })
    }

    /// A required member that lists texts of its own in every branch, and those texts: one for each branch if there is
    /// such a member.
    fn constant_tag(
        &mut self,
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Option<(SpecStr, Vec<Vec<SpecStr>>)> {
        let mut room = MOST_NESTED;
        let named = looked.iter().find(|(_, merged)| merged.has_members());
        let keys: Vec<&SpecStr> = match named {
            Some((_, named)) => named
                .properties
                .iter()
                .map(|property| property.key)
                .collect(),
            None => {
                let (schema, first) = looked.first()?;
                self.inner_keys(schema, first, DEEPEST, &mut room)?
            }
        };
        let mut several = None;
        for key in keys {
            let Some(values) = self.own_values(looked, key, &mut room) else {
                continue;
            };
            if values.iter().all(|values| values.len() == 1) {
                return Some((key.clone(), values));
            }
            several = several.or(Some((key.clone(), values)));
        }
        several
    }

    /// The members of the first alternative within a branch that is a union itself.
    fn inner_keys(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        depth: usize,
        room: &mut usize,
    ) -> Option<Vec<&'a SpecStr>> {
        if merged.has_members() {
            return Some(
                merged
                    .properties
                    .iter()
                    .map(|property| property.key)
                    .collect(),
            );
        }
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        *room = room.checked_sub(1)?;
        let schema = schema.with_branch(choice, choice.list.items().first()?);
        let merged = self.merged(&schema);
        self.inner_keys(&schema, &merged, depth.checked_sub(1)?, room)
    }

    /// The texts that a member may be in each branch, if none is in two of them.
    fn own_values(
        &mut self,
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
        key: &SpecStr,
        room: &mut usize,
    ) -> Option<Vec<Vec<SpecStr>>> {
        let mut taken: HashSet<SpecStr> = HashSet::new();
        let mut all = Vec::with_capacity(looked.len());
        for (schema, merged) in looked {
            let mut values = self.listed(schema, merged, key, DEEPEST, room)?;
            let mut own = HashSet::new();
            values.retain(|value| own.insert(value.clone()));
            if values.iter().any(|value| taken.contains(value)) {
                return None;
            }
            taken.extend(own);
            all.push(values);
        }
        Some(all)
    }

    /// The texts that a required member may be: those of every alternative, where a branch is a union itself.
    fn listed(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        key: &SpecStr,
        depth: usize,
        room: &mut usize,
    ) -> Option<Vec<SpecStr>> {
        if let Some(property) = merged.property(key.text()) {
            let values = merged.requires(key.text()).then_some(&property.schema);
            return tag_values(values?).filter(|values| !values.is_empty());
        }
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        let depth = depth.checked_sub(1)?;
        let mut all = Vec::new();
        for branch in choice.list.items() {
            *room = room.checked_sub(1)?;
            let schema = schema.with_branch(choice, branch);
            let merged = self.merged(&schema);
            all.extend(self.listed(&schema, &merged, key, depth, room)?);
        }
        (!all.is_empty()).then_some(all)
    }

    pub(super) fn branch_plans(
        &mut self,
        branches: &[&'a Node],
        looked: Vec<(SchemaSet<'a>, MergedSchema<'a>)>,
    ) -> Vec<BranchPlan<'a>> {
        let name_requests = self.branch_spellings(branches, &looked);
        let parts = branches.iter().zip(looked).zip(name_requests);
        parts
            .map(|((branch, (schema, merged)), name_request)| BranchPlan {
                schema,
                merged,
                name_request,
                tags: Vec::new(),
                default: false,
                constant: None,
                span: branch.span,
            })
            .collect()
    }
}

/// The discriminator of the schema that all alternatives build on.
fn inherited<'a>(looked: &[(SchemaSet<'a>, MergedSchema<'a>)]) -> Option<&'a Node> {
    let mut all = looked.iter().map(|(_, merged)| merged.discriminator);
    let first = all.next()??;
    all.all(|other| other.is_some_and(|other| other.id == first.id))
        .then_some(first)
}
