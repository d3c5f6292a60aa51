//! Links: how one call follows from the answer to another.

use super::{Docs, Origin, Presence, Shape, Status, Type, Types};
use crate::names::{FieldName, FunctionName, TypeName};
use crate::source::SpecStr;

/// A call that follows from the answer to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The name of its method.
    pub name: FunctionName,
    /// Its name in the document.
    pub wire: SpecStr,
    /// The status of the response that has it.
    pub status: Status,
    /// The type of the operation that is called.
    pub operation: TypeName,
    /// Parameters of that operation, by position, and the values that they get.
    pub parameters: Vec<(usize, LinkValue)>,
    /// Its body.
    pub body: Option<LinkValue>,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A value that a link gives on.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// The same one always, as JSON.
    Constant(SpecStr),
    /// The value that is found somewhere.
    Found(LinkSource),
    /// Text with what is found in it.
    Text(Vec<LinkText>),
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkText {
    /// As it is.
    Plain(SpecStr),
    /// The value that is found somewhere.
    Found(LinkSource),
}

/// Where a value is found.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkSource {
    /// A parameter of the first call, by its position.
    Parameter(usize),
    /// Its body, or a part of it.
    RequestBody(Vec<Step>),
    /// The body of the answer, or a part of it.
    ResponseBody(Vec<Step>),
    /// A header of the answer.
    ResponseHeader(SpecStr),
    /// The method of the first call.
    Method,
    /// The status of the answer.
    Status,
}

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// To a member.
    Field(FieldName, Presence),
    /// To an item of a list.
    Item(usize),
    /// To the value of a key.
    Key(SpecStr),
    /// To what may be null.
    Value,
}

impl Types {
    /// The steps that a JSON pointer takes through a type, and the type of what it leads to; none where there is none.
    pub fn walk<'t>(&'t self, ty: &'t Type, pointer: &str) -> Option<(Vec<Step>, &'t Type)> {
        let mut steps = Vec::new();
        let mut found = self.bare(ty, &mut steps);
        for segment in pointer.split('/').skip(1) {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            found = match found {
                Type::List(item) => {
                    steps.push(Step::Item(segment.parse().ok()?));
                    item
                }
                Type::Map(value) => {
                    steps.push(Step::Key(SpecStr::new(segment)));
                    value
                }
                Type::Named(id) | Type::Boxed(id) => {
                    let Shape::Struct(body) = &self.get(*id).shape else {
                        return None;
                    };
                    let mut fields = body.fields.iter();
                    let field = fields.find(|field| field.wire.text() == segment)?;
                    steps.push(Step::Field(field.name.clone(), field.presence));
                    &field.ty
                }
                _ => return None,
            };
            found = self.bare(found, &mut steps);
        }
        Some((steps, found))
    }

    /// A type without aliases, and without null.
    fn bare<'t>(&'t self, ty: &'t Type, steps: &mut Vec<Step>) -> &'t Type {
        match self.resolved(ty) {
            Type::Nullable(inner) => {
                steps.push(Step::Value);
                self.bare(inner, steps)
            }
            other => other,
        }
    }
}
