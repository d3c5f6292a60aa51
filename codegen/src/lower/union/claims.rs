//! The tag values by which each alternative of a discriminator is known.

use std::collections::HashSet;

use crate::ir::Literal;
use crate::load::{Node, NodeId};
use crate::names::Words;
use crate::source::SpecStr;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::{Lowering, literal};

/// Extensions of other tools that name the value of an alternative.
const VALUE: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

impl<'a> Lowering<'a> {
    /// Further names of each branch: those of listed references that lead to the same schema.
    pub(super) fn aliases(
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
        let mut mapped: Vec<SpecStr> = mapping
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .filter(|entry| self.mapped_node(&entry.value) == Some(node.id))
            .map(|entry| entry.key.clone())
            .collect();
        // Swagger 2.0 has no mapping: generators write the value at the alternative.
        if mapped.is_empty() {
            let own = VALUE.iter().find_map(|key| node.get(key));
            mapped.extend(own.and_then(literal::text));
        }
        let constants = merged
            .property(tag.text())
            .and_then(|property| tag_values(&property.schema))
            .unwrap_or_default();
        Claim {
            name: name.cloned(),
            mapped,
            constants,
            is_list: false,
        }
    }

    pub(super) fn mapped_node(&self, value: &'a Node) -> Option<NodeId> {
        self.resolved
            .mapping_target(value)
            .map(|target| target.node.id)
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
    /// Whether it is a list of alternatives itself, which `constants` are the tags of.
    pub(super) is_list: bool,
}

impl Claim {
    /// Whether the mapping leads from all that this alternative may be known by to others.
    fn is_given_away(&self, mapped: &[SpecStr], given: &[SpecStr]) -> bool {
        let is_known = self.name.is_some() || !self.constants.is_empty();
        is_known
            && self.name.iter().all(|name| mapped.contains(name))
            && self.constants.iter().all(|text| given.contains(text))
    }
}

/// Every tag value that a discriminator maps, whatever it leads to.
pub(super) fn mapped(discriminator: Option<&Node>) -> Vec<SpecStr> {
    let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
    let entries = mapping.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.clone()).collect()
}

/// Tag values of which each leads to one branch. The mapping comes first; a branch that it does not name has the texts
/// that its own tag member lists, or its name alone where that is among them, or where others list the same. None if a
/// branch is left without, unless the mapping leads from its name to another one.
pub(super) fn told_apart(claims: Vec<Claim>, mapped: &[SpecStr]) -> Option<Vec<Vec<SpecStr>>> {
    let listed: Vec<Vec<SpecStr>> = claims.iter().map(|claim| claim.constants.clone()).collect();
    // A mapping may lead to what an alternative holds: its constants stay its own.
    let given: Vec<SpecStr> = claims
        .iter()
        .flat_map(|claim| claim.mapped.clone())
        .collect();
    let wanted: Vec<Vec<SpecStr>> = claims
        .iter()
        .map(|claim| wanted(claim, &listed, mapped, &given))
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
        if tags.is_empty() && !claim.is_given_away(mapped, &given) {
            return None;
        }
        taken.extend(&tags);
        all.push(tags.into_iter().cloned().collect::<Vec<_>>());
    }
    all.iter().any(|tags| !tags.is_empty()).then_some(all)
}

/// Most texts of one branch.
const MOST_TEXTS: usize = 8;

/// The tag values that a branch may have, before those that others have are left out.
fn wanted(
    claim: &Claim,
    listed: &[Vec<SpecStr>],
    mapped: &[SpecStr],
    given: &[SpecStr],
) -> Vec<SpecStr> {
    if !claim.mapped.is_empty() && !claim.is_list {
        return claim.mapped.clone();
    }
    let free: Vec<SpecStr> = claim
        .constants
        .iter()
        .filter(|text| !given.contains(text))
        .cloned()
        .collect();
    // The tags of the alternatives within: the name is that of the list, and no value has it.
    let within = [&claim.mapped[..], &free].concat();
    if claim.is_list && !within.is_empty() {
        return within;
    }
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
    let texts = listed_texts(schema)?.into_iter();
    Some(texts.map(SpecStr::new).collect())
}

/// The same as they are in the document.
pub(super) fn listed_texts<'a>(schema: &SchemaSet<'a>) -> Option<Vec<&'a str>> {
    each_constant(schema, Node::as_str)
}

/// The tags that a schema lists: texts as they are, whole numbers and booleans as they are written.
pub(super) fn tag_values(schema: &SchemaSet<'_>) -> Option<Vec<SpecStr>> {
    each_constant(schema, |value| match literal::plain(value) {
        Literal::String(text) => Some(text),
        Literal::Int(number) => Some(SpecStr::new(number.to_string())),
        Literal::Float(number) if number.fract() == 0.0 => {
            Some(SpecStr::new(format!("{number:.0}")))
        }
        Literal::Bool(truth) => Some(SpecStr::new(truth.to_string())),
        _ => None,
    })
}

fn each_constant<'a, T>(
    schema: &SchemaSet<'a>,
    of: impl Fn(&'a Node) -> Option<T>,
) -> Option<Vec<T>> {
    schema.nodes.iter().rev().find_map(|node| {
        let listed = match node.get("const") {
            Some(value) => std::slice::from_ref(value),
            None => node.get("enum")?.items(),
        };
        listed.iter().map(&of).collect()
    })
}
