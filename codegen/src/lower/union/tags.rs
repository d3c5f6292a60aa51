//! The tags that distinguish the alternatives of a union.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::Tagging;
use crate::load::{Node, NodeId, Value};
use crate::names::Words;
use crate::source::SpecStr;

use super::super::merged::{Choice, MergedSchema, SchemaSet};
use super::super::{Lowering, literal};
use super::keyed;
use super::{BranchPlan, UnionPlan};
use crate::specification::Kinds;

/// The depth of unions within unions where a tag is looked for, and the number of alternatives of such that are tried.
const DEEPEST: usize = 4;
const MOST_NESTED: usize = 4096;

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
        let discriminator = choice.discriminator?;
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
            claims.push(self.claim(node, name.as_ref(), &plan.merged, Some(discriminator), &tag));
        }
        let default = self.default_branch(discriminator, branches);
        // What is read as the default keeps whatever tag it came with.
        let own = default
            .and_then(|at| claims.get(at))
            .map(|claim| claim.mapped.clone());
        let tags = told_apart(claims, &mapped(Some(discriminator)))?;
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

    /// Further names of each branch: those of listed references that lead to the same schema.
    fn aliases(
        &self,
        list: &'a Node,
        branches: &[&'a Node],
        discriminator: &'a Node,
        tags: &[Vec<SpecStr>],
    ) -> Vec<Vec<SpecStr>> {
        let mut taken: HashSet<SpecStr> = tags.iter().flatten().cloned().collect();
        taken.extend(mapped(Some(discriminator)));
        let mut names_below = |branch: &'a Node, own: &[SpecStr]| {
            let end = self.follow(branch)?.id;
            let name = self.resolved.target(branch)?.pointer.last().cloned()?;
            let named = own.contains(&name);
            let same = list
                .items()
                .iter()
                .filter(|item| named && self.follow(item).is_some_and(|node| node.id == end));
            let names = same
                .filter_map(referred_name)
                .filter(|name| taken.insert(name.clone()));
            Some(names.collect::<Vec<_>>())
        };
        let pairs = branches.iter().zip(tags);
        pairs
            .map(|(branch, own)| names_below(branch, own).unwrap_or_default())
            .collect()
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

    /// The values by which an alternative may be known.
    pub(super) fn claim(
        &self,
        node: &'a Node,
        name: Option<&SpecStr>,
        merged: &MergedSchema<'a>,
        discriminator: Option<&'a Node>,
        tag: &SpecStr,
    ) -> Claim {
        let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
        let mapped = mapping
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .filter(|entry| self.mapped_node(&entry.value) == Some(node.id))
            .map(|entry| entry.key.clone())
            .collect();
        let constants = merged
            .property(tag.text())
            .and_then(|property| constants(&property.schema))
            .unwrap_or_default();
        Claim {
            name: name.cloned(),
            mapped,
            constants,
        }
    }

    pub(super) fn mapped_node(&self, value: &'a Node) -> Option<NodeId> {
        self.resolved
            .mapping_target(value)
            .map(|target| target.node.id)
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
        let (_, named) = looked.iter().find(|(_, merged)| merged.has_members())?;
        let keys = named.properties.iter().map(|property| property.key);
        let mut several = None;
        let mut room = MOST_NESTED;
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
            return constants(values?).filter(|values| !values.is_empty());
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

/// The name at the end of a reference, before any alias is followed.
fn referred_name(branch: &Node) -> Option<SpecStr> {
    let (_, name) = branch.get("$ref")?.as_str()?.rsplit_once('/')?;
    Some(SpecStr::new(name))
}

/// The values by which an alternative may be known.
pub(super) struct Claim {
    /// The name of its component.
    pub(super) name: Option<SpecStr>,
    /// The tag values that the mapping has for it.
    pub(super) mapped: Vec<SpecStr>,
    /// The texts that its tag member lists.
    pub(super) constants: Vec<SpecStr>,
}

/// Every tag value that a discriminator maps, whatever it leads to.
pub(super) fn mapped(discriminator: Option<&Node>) -> Vec<SpecStr> {
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
    let entries = mapping.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.clone()).collect()
}

/// Tag values of which each leads to one branch. The mapping comes first; a branch that it does not name has the texts
/// that its own tag member lists, or its name alone where that is among them, or where others list the same. None if a
/// branch is left without.
pub(super) fn told_apart(claims: Vec<Claim>, mapped: &[SpecStr]) -> Option<Vec<Vec<SpecStr>>> {
    let listed: Vec<Vec<SpecStr>> = claims.iter().map(|claim| claim.constants.clone()).collect();
    let wanted: Vec<Vec<SpecStr>> = claims
        .iter()
        .map(|claim| wanted(claim, &listed, mapped))
        .collect();
    let named: HashSet<&SpecStr> = claims
        .iter()
        .zip(&wanted)
        .filter_map(|(claim, wanted)| claim.name.as_ref().filter(|name| wanted.contains(name)))
        .collect();
    let mut taken: HashSet<&SpecStr> = HashSet::new();
    let mut all = Vec::with_capacity(claims.len());
    for (claim, wanted) in claims.iter().zip(&wanted) {
        let own = |tag: &SpecStr| claim.mapped.contains(tag) || claim.name.as_ref() == Some(tag);
        let tags: Vec<&SpecStr> = wanted
            .iter()
            .filter(|tag| !taken.contains(tag) && (own(tag) || !named.contains(tag)))
            .collect();
        if tags.is_empty() {
            return None;
        }
        taken.extend(&tags);
        all.push(tags.into_iter().cloned().collect());
    }
    Some(all)
}

/// Most texts of one branch.
const MOST_TEXTS: usize = 8;

/// The tag values that a branch may have, before those that others have are left out.
fn wanted(claim: &Claim, listed: &[Vec<SpecStr>], mapped: &[SpecStr]) -> Vec<SpecStr> {
    if !claim.mapped.is_empty() {
        return claim.mapped.clone();
    }
    let free: Vec<SpecStr> = claim
        .constants
        .iter()
        .filter(|text| !mapped.contains(text))
        .cloned()
        .collect();
    let name = claim.name.as_ref().filter(|name| !mapped.contains(name));
    let shared = listed
        .iter()
        .filter(|other| **other == claim.constants)
        .count()
        > 1;
    let alike = |name: &SpecStr| {
        let plain = |text: &SpecStr| Words::of(text.text());
        free.iter().find(|text| plain(text) == plain(name)).cloned()
    };
    let own = name.filter(|name| free.contains(name)).cloned();
    let own = own.or_else(|| name.filter(|_| shared).and_then(alike));
    match own {
        Some(own) => vec![own],
        None if free.is_empty() || free.len() > MOST_TEXTS || (shared && name.is_some()) => {
            name.cloned().into_iter().collect()
        }
        None => free,
    }
}

/// The texts that a schema lists.
pub(super) fn constants(schema: &SchemaSet<'_>) -> Option<Vec<SpecStr>> {
    schema.nodes.iter().rev().find_map(|node| {
        let listed: Vec<&Node> = match node.get("const") {
            Some(value) => vec![value],
            None => node.get("enum")?.items().iter().collect(),
        };
        listed
            .into_iter()
            .map(|value| match &value.value {
                Value::String(text) => Some(text.clone()),
                _ => None,
            })
            .collect()
    })
}
