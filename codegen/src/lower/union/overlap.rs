//! Which branches of an untagged union can't be told apart.

use crate::diagnostic::{Code, Diagnostic};

use super::super::Lowering;
use super::super::merged::{AdditionalProperties, MergedSchema, Property};
use super::BranchPlan;
use crate::load::{Node, same};
use crate::specification::{Keyword, Kinds};

/// Most branches that are compared pair by pair.
const MOST: usize = 40;

impl Lowering<'_> {
    /// Says which two branches overlap; the first pair of a union is enough.
    pub(super) fn report_overlaps(&mut self, branches: &[BranchPlan<'_>]) {
        let branches = branches.get(..branches.len().min(MOST)).unwrap_or_default();
        for (at, one) in branches.iter().enumerate() {
            for other in branches.iter().skip(at + 1) {
                if overlap(&one.merged, &other.merged) {
                    let message = "two alternatives can't be distinguished";
                    let help = "add a discriminator, a constant or a required member to each";
                    let note =
                        "the alternative that matches most members wins; ties go to the first";
                    self.report.push(
                        Diagnostic::warning(Code::AmbiguousUnion, one.span, message)
                            .related(other.span, "the other")
                            .help((help, note)),
                    );
                    return;
                }
            }
        }
    }
}

/// Whether a value could be of both.
fn overlap(one: &MergedSchema<'_>, other: &MergedSchema<'_>) -> bool {
    if !one.choices.is_empty() || !other.choices.is_empty() {
        return false;
    }
    // What is listed is told from what is not.
    if one.values.is_some() || other.values.is_some() {
        return false;
    }
    let (kinds, others) = (one.likely_kinds(), other.likely_kinds());
    // What allows any value is for those that fit nothing else.
    if kinds.is_none() || others.is_none() {
        return kinds == others;
    }
    let both = kinds.narrowed(others);
    if both.is_none() {
        return false;
    }
    // Whole numbers are of the one that asks for them.
    if both == Kinds::INTEGER && kinds != others {
        return false;
    }
    if both != Kinds::OBJECT {
        let texts = |merged: &MergedSchema<'_>| {
            let pattern = merged.each(Keyword::Pattern).next().and_then(Node::as_str);
            (merged.format.map(str::to_owned), pattern.map(str::to_owned))
        };
        return both != Kinds::STRING
            || (texts(one) == texts(other) && one.values.is_none() && other.values.is_none());
    }
    let needs_unknown = |one: &MergedSchema<'_>, other: &MergedSchema<'_>| {
        one.required
            .iter()
            .any(|(key, _)| other.property(key.text()).is_none())
            && (matches!(other.additional, AdditionalProperties::Closed)
                || !other.properties.is_empty())
    };
    if needs_unknown(one, other) || needs_unknown(other, one) {
        return false;
    }
    let constants_differ = one.properties.iter().any(|property| {
        other.property(property.key.text()).is_some_and(|twin| {
            match (constant(property), constant(twin)) {
                (Some(a), Some(b)) => !same(a, b),
                _ => false,
            }
        })
    });
    !constants_differ
}

/// The first constant that a property lists.
fn constant<'a>(property: &Property<'a>) -> Option<&'a Node> {
    property.schema.nodes.iter().find_map(|node| {
        node.get("const")
            .or_else(|| node.get("enum").and_then(|values| values.items().first()))
    })
}
