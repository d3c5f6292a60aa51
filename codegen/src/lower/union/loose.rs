//! Alternatives that make no union: null, any JSON value, and members that are required together.

use crate::load::{Node, Value};
use crate::specification::{Keyword, Kinds};

use super::super::merged::{AdditionalProperties, Choice, MergedSchema, SchemaSet};
use super::super::{Lowering, keywords};

impl<'a> Lowering<'a> {
    /// Whether a branch allows null and nothing else.
    pub(super) fn is_null(&self, branch: &'a Node) -> bool {
        let Some(node) = self.follow(branch) else {
            return false;
        };
        let null = |node: &Node| matches!(node.value, Value::Null) || node.as_str() == Some("null");
        let is = |key: &str| match node.get(key).map(|value| (value, value.items())) {
            Some((_, [only])) => null(only),
            Some((value, [])) => null(value),
            _ => false,
        };
        is("type") || is("enum") || (node.get("const").is_some_and(null)) || is_any_or_null(node)
    }

    /// Whether alternatives allow every JSON value: one for each type, lists and objects of the same.
    pub(super) fn is_any_json(
        &mut self,
        choice: &Choice<'a>,
        branches: &[&'a Node],
        nullable: bool,
    ) -> bool {
        let mut kinds = Kinds::NONE;
        for branch in branches {
            let merged = self.merged(&SchemaSet::one(branch));
            let own = merged.likely_kinds();
            let again = |inner: Option<&'a Node>| {
                inner.is_none_or(|inner| {
                    keywords::only_annotates(inner) && inner.get("$ref").is_none()
                        || self.leads_to(vec![inner], choice.list.id)
                })
            };
            let values = match merged.additional {
                AdditionalProperties::Schema(values) => again(Some(values)),
                AdditionalProperties::Unsaid | AdditionalProperties::Anything => true,
                AdditionalProperties::Closed => false,
            };
            let plain = merged.nodes.iter().all(|node| {
                node.entries().iter().all(|entry| match entry.key.text() {
                    "type" | "items" | "additionalProperties" | "$ref" => true,
                    keyword => Keyword::is_annotation(keyword),
                })
            });
            if own.is_none() || !plain || !again(merged.items) || !values {
                return false;
            }
            kinds = kinds.with(own);
        }
        let all = [
            Kinds::OBJECT,
            Kinds::ARRAY,
            Kinds::BOOLEAN,
            Kinds::NUMBER,
            Kinds::STRING,
        ];
        nullable && all.into_iter().all(|kind| kinds.has(kind))
    }

    /// Whether the branches only say which members of the object around them are required together.
    pub(super) fn only_require(&self, merged: &MergedSchema<'a>, branches: &[&'a Node]) -> bool {
        merged.has_members()
            && branches.iter().all(|branch| {
                self.follow(branch).is_some_and(|node| {
                    node.entries().iter().all(|entry| match entry.key.text() {
                        "required" | "not" => true,
                        "type" => entry.value.as_str() == Some("object"),
                        "properties" => entry.value.entries().iter().all(|property| {
                            merged.property(property.key.text()).is_some()
                                && keywords::only_annotates(&property.value)
                        }),
                        keyword => Keyword::is_annotation(keyword),
                    })
                })
            })
    }
}

/// `{type: object, nullable: true}`, which generators put beside a reference for want of a null.
fn is_any_or_null(node: &Node) -> bool {
    node.get("nullable").and_then(Node::as_bool) == Some(true)
        && node.get("type").and_then(Node::as_str) == Some("object")
        && node.entries().iter().all(|entry| {
            let keyword = entry.key.text();
            keyword == "type" || Keyword::is_annotation(keyword)
        })
}
