//! Unions within unions of one discriminator, and alternatives that its mapping leaves without a tag.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::load::{Node, NodeId};
use crate::source::SpecStr;

use super::super::Lowering;
use super::super::merged::{MergedSchema, SchemaSet};
use super::BranchPlan;
use super::claims::{Claim, mapped, told_apart};
use super::tags::{DEEPEST, MOST_NESTED, property};

/// The search for alternatives within alternatives.
struct Search<'s> {
    tag: &'s SpecStr,
    /// The number of alternatives that may still be looked at.
    room: usize,
    /// The schemas that they refer to.
    found: Vec<NodeId>,
}

impl<'a> Lowering<'a> {
    /// The tags of an alternative that is a list of alternatives itself: those of each of them.
    pub(super) fn claim_inner(
        &mut self,
        claim: &mut Claim,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        discriminator: &'a Node,
        tag: &SpecStr,
    ) {
        if merged.choices.is_empty() || merged.property(tag.text()).is_some() {
            return;
        }
        let mut search = Search {
            tag,
            room: MOST_NESTED,
            found: Vec::new(),
        };
        let tags = self.inner_tags(schema, merged, DEEPEST, &mut search);
        claim.is_list = true;
        claim.constants = tags.unwrap_or_default();
        let mapping = discriminator.get("mapping").map(Node::entries);
        for entry in mapping.unwrap_or_default() {
            let target = self.mapped_node(&entry.value);
            if target.is_some_and(|target| search.found.contains(&target)) {
                claim.mapped.push(entry.key.clone());
            }
        }
    }

    fn inner_tags(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        depth: usize,
        search: &mut Search<'_>,
    ) -> Option<Vec<SpecStr>> {
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        let depth = depth.checked_sub(1)?;
        let tag = search.tag;
        let discriminator = choice
            .discriminator
            .filter(|own| property(own).as_ref() == Some(tag));
        let mut claims = Vec::new();
        for branch in choice.list.items() {
            search.room = search.room.checked_sub(1)?;
            let target = self.resolved.target(branch);
            let name = target
                .as_ref()
                .and_then(|target| target.pointer.last())
                .cloned();
            let node = target.map_or(branch, |target| target.node);
            search.found.push(node.id);
            let schema = schema.with_branch(choice, branch);
            let merged = self.merged(&schema);
            let mut claim = self.claim(node, name.as_ref(), &merged, discriminator, tag);
            if !merged.choices.is_empty() && merged.property(tag.text()).is_none() {
                claim.is_list = true;
                let tags = self.inner_tags(&schema, &merged, depth, search);
                claim.constants = tags.unwrap_or_default();
            }
            claims.push(claim);
        }
        // Alternatives that share their one constant are told apart by another member.
        let are_constant = claims.iter().all(|claim| claim.constants.len() == 1);
        if discriminator.is_none() && are_constant {
            let mut known = HashSet::new();
            let constants = claims.into_iter().flat_map(|claim| claim.constants);
            return Some(
                constants
                    .filter(|text| known.insert(text.clone()))
                    .collect(),
            );
        }
        told_apart(claims, &mapped(discriminator)).map(|tags| tags.concat())
    }

    /// Says which alternative no tag leads to, since the mapping gives its name to another one.
    pub(super) fn report_given_away(
        &mut self,
        plans: &[BranchPlan<'a>],
        tags: &[Vec<SpecStr>],
        discriminator: &'a Node,
    ) {
        for (plan, _) in plans.iter().zip(tags).filter(|(_, tags)| tags.is_empty()) {
            let name = plan.name_request.text.as_str();
            let name = name.rsplit('/').next().unwrap_or(name);
            let span = discriminator
                .get("mapping")
                .map_or(discriminator.span, |mapping| mapping.span);
            let message = format!(
                "no value leads to `{name}`, whose name the mapping gives to another schema"
            );
            let help = (
                "add a value of its own to the mapping",
                "it can be sent, and is never read",
            );
            self.warn(Code::Mapping, span, message, help);
        }
    }
}
