//! The arguments of a call: by position, or by name where a reader could not tell them apart.

use super::{Api, Body, Location, Operation, Parameter, Shape, Type};

/// The number of required parameters of like type from which on all are given by name.
const MANY: usize = 4;

/// Types that a compiler takes for one another in a call.
#[derive(PartialEq)]
enum Like<'a> {
    /// `"text"` is both, a string and a secret.
    Text,
    /// `1` is a number of any width.
    Whole,
    Same(&'a Type),
}

impl Operation {
    /// The body that a call takes as an argument: one that is required, or that HTTP expects with this method. Others
    /// are set.
    pub fn given_body(&self) -> Option<&Body> {
        self.body
            .as_ref()
            .filter(|body| body.required || !self.method.is_without_body())
    }

    /// The body that a call has a setter for.
    pub fn set_body(&self) -> Option<&Body> {
        match self.given_body() {
            Some(_) => None,
            None => self.body.as_ref(),
        }
    }
}

impl Api {
    /// Whether the required parameters of an operation are given by name: four or more scalars of like type could be
    /// swapped unnoticed.
    pub fn is_by_name(&self, operation: &Operation) -> bool {
        let asked = operation.parameters.iter().filter(|one| is_asked_for(one));
        let likes: Vec<Like<'_>> = asked.filter_map(|one| self.like(&one.ty)).collect();
        likes.iter().any(|like| {
            let same = likes.iter().filter(|other| *other == like);
            same.count() >= MANY
        })
    }

    /// The kind of a scalar; none for others.
    fn like<'a>(&'a self, ty: &'a Type) -> Option<Like<'a>> {
        let ty = self.types.resolved(ty);
        match ty {
            Type::String => Some(Like::Text),
            Type::Secret(inner) if **inner == Type::String => Some(Like::Text),
            Type::Int(_) => Some(Like::Whole),
            Type::Named(id) => match self.type_def(*id).shape {
                Shape::Enum(_) | Shape::Newtype(_) => Some(Like::Same(ty)),
                _ => None,
            },
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) => {
                None
            }
            Type::Json | Type::Null | Type::Secret(_) => None,
            other => Some(Like::Same(other)),
        }
    }
}

/// Whether a parameter must be given, whatever its default can be written as.
fn is_asked_for(parameter: &Parameter) -> bool {
    let is_in_path = matches!(
        parameter.location,
        Location::Path(_) | Location::ReservedPath(_)
    );
    !parameter.presence.may_be_absent()
        && parameter.constant.is_none()
        && (parameter.default.is_none() || is_in_path)
}
