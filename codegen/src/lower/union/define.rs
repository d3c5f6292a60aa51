//! The branches of a union, lowered once the types that they refer to are known.

use crate::ir::{Branch, Docs, Shape, Tagging, Type, TypeId, Union};
use crate::names::{NameRequest, Scope, VariantName};

use super::super::docs::limit_notes;
use super::super::enumeration::unknown_name;
use super::super::naming::Naming;
use super::super::schema::LoweredSchema;
use super::super::{Direction, Lowering};
use super::{BranchPlan, UnionPlan};

impl<'a> Lowering<'a> {
    /// Lowers the branches of a union.
    pub(in crate::lower) fn define_union(
        &mut self,
        id: TypeId,
        plan: UnionPlan<'a>,
        direction: Direction,
    ) {
        let UnionPlan {
            tagging,
            branches,
            open,
        } = plan;
        let branches = without_repeated(branches);
        let mut scope = Scope::new(&["Self"]);
        let name_requests: Vec<NameRequest> = branches
            .iter()
            .map(|branch| branch.name_request.clone())
            .collect();
        let names = scope.assign(&name_requests, |words| {
            VariantName::new(words).as_str().to_owned()
        });
        let inclusive = branches.iter().any(|branch| {
            let mut lists = branch
                .schema
                .nodes
                .iter()
                .filter_map(|node| node.get("anyOf"));
            lists.any(|list| branch.schema.skip.contains(&list.id))
        });
        let mut lowered = Vec::with_capacity(branches.len());
        for (branch, words) in branches.into_iter().zip(&names) {
            let naming = Naming::member(id, words.clone());
            let used = match &branch.constant {
                Some(_) => LoweredSchema::of(Type::String),
                None => self.schema(&branch.schema, direction, &naming),
            };
            let mut docs = self.docs(&branch.schema.nodes);
            docs.notes.extend(limit_notes(&used.constraints));
            let constraints = used.constraints.clone();
            // Null is said beside the union, where its alternatives are values as they stand.
            let ty = match tagging {
                Tagging::Untagged | Tagging::Internal(_) if branch.merged.nullable => used.ty,
                _ => used.into_type(),
            };
            // Branches that only differ in what nobody can tell are one; texts of two formats or patterns are two.
            let is_known = |(known, format): &(Branch, Option<&str>)| {
                known.ty == ty
                    && known.constraints == constraints
                    && known.constant == branch.constant
                    && *format == branch.merged.format
            };
            if branch.tags.is_empty() && lowered.iter().any(is_known) {
                continue;
            }
            let lone = Branch {
                name: VariantName::new(words),
                tags: branch.tags,
                default: branch.default,
                ty,
                constant: branch.constant,
                constraints,
                docs: Docs {
                    examples: Vec::new(),
                    ..docs
                },
                origin: self.origin(branch.span),
            };
            lowered.push((lone, branch.merged.format));
        }
        let unknown = open.then(|| unknown_name(&mut scope));
        self.types.get_mut(id).shape = Shape::Union(Union {
            tagging,
            branches: lowered.into_iter().map(|(branch, _)| branch).collect(),
            inclusive,
            unknown,
        });
    }
}

/// The branches without those that repeat an earlier one word by word, if no tag tells them apart.
fn without_repeated(branches: Vec<BranchPlan<'_>>) -> Vec<BranchPlan<'_>> {
    let mut kept: Vec<BranchPlan<'_>> = Vec::with_capacity(branches.len());
    for branch in branches {
        let repeats = |other: &BranchPlan<'_>| {
            other.tags.is_empty() && other.name_request.text == branch.name_request.text
        };
        if !branch.tags.is_empty() || !kept.iter().any(repeats) {
            kept.push(branch);
        }
    }
    kept
}
