//! The content of nodes.

use crate::ir::XmlShape;
use crate::load::Node;
use crate::names::Words;
use crate::specification::Kinds;

use super::super::Lowering;
use super::super::merged::{AdditionalProperties, MergedSchema, SchemaSet};
use super::{Described, NotXml, Place, kinds};

impl<'a> Lowering<'a> {
    /// The content of a node that is not a list. What a reference leads to is described once, under a name.
    pub(super) fn xml_shape(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        depth: usize,
    ) -> Described<XmlShape> {
        let target = match schema.nodes.as_slice() {
            [node] if schema.skip.is_empty() => self.resolved.target(node),
            _ => None,
        };
        let Some(target) = target else {
            return self.xml_content(merged, depth);
        };
        if let Some(known) = self.xml.known.get(&target.node.id) {
            return match known {
                Some(at) => Ok(XmlShape::Named(*at)),
                None => Err(NotXml::new("it contains a schema that can't be XML")),
            };
        }
        // Plain values need no name.
        if !kinds(merged).has(Kinds::OBJECT) && merged.choices.is_empty() {
            return self.xml_content(merged, depth);
        }
        let name = target.pointer.last();
        let words = Words::of(name.map_or("schema", |name| name.text()));
        let at = self.xml.shapes.len();
        let origin = self.origin(target.node.span);
        self.xml.shapes.push((words, None, origin));
        self.xml.known.insert(target.node.id, Some(at));
        match self.xml_content(merged, depth) {
            Ok(shape) => {
                if let Some(slot) = self.xml.shapes.get_mut(at) {
                    slot.1 = Some(shape);
                }
                Ok(XmlShape::Named(at))
            }
            Err(why) => {
                self.xml.known.insert(target.node.id, None);
                Err(why)
            }
        }
    }

    fn xml_content(&mut self, merged: &MergedSchema<'a>, depth: usize) -> Described<XmlShape> {
        let own = self.xml_own(merged, depth)?;
        let mut all = own;
        for choice in merged.choices.clone() {
            let mut alternatives: Option<XmlShape> = None;
            for branch in choice.list.items() {
                let Some(shape) = self.xml_branch(branch, depth)? else {
                    continue;
                };
                alternatives = Some(match alternatives {
                    None => shape,
                    Some(known) => self.either(known, shape)?,
                });
            }
            if let Some(alternatives) = alternatives {
                all = match all {
                    XmlShape::Any => alternatives,
                    own => self.either(own, alternatives)?,
                };
            }
        }
        Ok(all)
    }

    /// An alternative; none for null.
    fn xml_branch(&mut self, branch: &'a Node, depth: usize) -> Described<Option<XmlShape>> {
        let schema = SchemaSet::one(branch);
        let merged = self.merged(&schema);
        if merged.kinds == Kinds::NULL {
            return Ok(None);
        }
        if kinds(&merged) == Kinds::ARRAY {
            return Err(NotXml::new(
                "an alternative is a list, which no element tells from others",
            ));
        }
        if depth > super::DEPTH {
            return Err(NotXml::new("it is nested too deeply"));
        }
        self.xml_shape(&schema, &merged, depth + 1).map(Some)
    }

    /// The shape of either: an object with the members of both, or a text of either kind.
    fn either(&self, one: XmlShape, other: XmlShape) -> Described<XmlShape> {
        Ok(match (self.open(one), self.open(other)) {
            (XmlShape::Any, _) | (_, XmlShape::Any) => XmlShape::Any,
            (XmlShape::Object(mut members, others), XmlShape::Object(more, more_others)) => {
                for (name, node) in more {
                    match members.iter().find(|(known, _)| *known == name) {
                        None => members.push((name, node)),
                        Some((_, known)) if known.form == node.form && known.name == node.name => {}
                        Some(_) => {
                            return Err(NotXml::new(format!(
                                "its alternatives have `{}` in different places",
                                name.text()
                            )));
                        }
                    }
                }
                XmlShape::Object(members, others.or(more_others))
            }
            (
                XmlShape::Scalar {
                    text,
                    number,
                    boolean,
                },
                XmlShape::Scalar {
                    text: more_text,
                    number: more_number,
                    boolean: more_boolean,
                },
            ) => XmlShape::Scalar {
                text: text || more_text,
                number: number || more_number,
                boolean: boolean || more_boolean,
            },
            _ => {
                return Err(NotXml::new(
                    "its alternatives are not all objects, or all plain values",
                ));
            }
        })
    }

    /// A shape that can be added to. One that is being made contains itself: nothing is known of it yet.
    fn open(&self, shape: XmlShape) -> XmlShape {
        match shape {
            XmlShape::Named(at) => {
                let known = self
                    .xml
                    .shapes
                    .get(at)
                    .and_then(|(_, shape, _)| shape.clone());
                known.map_or(XmlShape::Any, |shape| self.open(shape))
            }
            other => other,
        }
    }

    /// The shape of the schema without its alternatives.
    fn xml_own(&mut self, merged: &MergedSchema<'a>, depth: usize) -> Described<XmlShape> {
        let kinds = kinds(merged);
        if kinds.has(Kinds::ARRAY) {
            let why = match merged.tuple.is_empty() {
                true => "it is a list or something else, which no element tells apart",
                false => "it is a list with a schema for each position",
            };
            return Err(NotXml::new(why));
        }
        let plain = kinds.without(Kinds::OBJECT);
        if kinds.has(Kinds::OBJECT) {
            if !plain.is_none() {
                return Err(NotXml::new("it is an object or a plain value"));
            }
            return self.xml_object(merged, depth);
        }
        if plain.is_none() {
            return Ok(XmlShape::Any);
        }
        // All digits are in the text.
        let external = merged.format.and_then(|format| self.externals.get(format));
        let digits = external.is_some_and(|external| external.keeps_digits());
        let number = plain.has(Kinds::NUMBER) || plain.has(Kinds::INTEGER);
        Ok(XmlShape::Scalar {
            text: plain.has(Kinds::STRING) || (digits && number),
            number: number && !digits,
            boolean: plain.has(Kinds::BOOLEAN),
        })
    }

    fn xml_object(&mut self, merged: &MergedSchema<'a>, depth: usize) -> Described<XmlShape> {
        let mut members = Vec::with_capacity(merged.properties.len());
        for property in &merged.properties {
            let name = property.key;
            let node = self
                .xml_node(&property.schema, Place::Member(name.text()), depth + 1)
                .map_err(|NotXml(why)| NotXml(format!("`{}`: {why}", name.text())))?;
            members.push((name.clone(), node));
        }
        let others = match merged.additional {
            AdditionalProperties::Schema(schema) => {
                let schema = SchemaSet::one(schema);
                let merged = self.merged(&schema);
                if self::kinds(&merged) == Kinds::ARRAY {
                    return Err(NotXml::new("lists by name have no elements to wrap them"));
                }
                Some(Box::new(self.xml_shape(&schema, &merged, depth + 1)?))
            }
            AdditionalProperties::Anything => Some(Box::new(XmlShape::Any)),
            AdditionalProperties::Unsaid if members.is_empty() && merged.choices.is_empty() => {
                Some(Box::new(XmlShape::Any))
            }
            AdditionalProperties::Unsaid | AdditionalProperties::Closed => None,
        };
        Ok(XmlShape::Object(members, others))
    }
}
