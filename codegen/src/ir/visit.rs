//! Walks over types: where types stand in types, shapes, payloads and operations.

use super::{Operation, PartKind, Payload, Response, Responses, Shape, Type, TypeId, Types};

impl Type {
    /// Visits the type itself, then those that it is made of.
    pub fn each<'t>(&'t self, visit: &mut dyn FnMut(&'t Self)) {
        visit(self);
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Secret(inner) => {
                inner.each(visit);
            }
            Self::Tuple(items) => items.iter().for_each(|item| item.each(visit)),
            _ => {}
        }
    }

    /// The number of lists, maps, tuples and other types around types that are within each other in it.
    pub fn depth(&self) -> usize {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Secret(inner) => {
                1 + inner.depth()
            }
            Self::Tuple(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The number of types that it is made of.
    pub fn size(&self) -> usize {
        let mut size = 0;
        self.each(&mut |_| size += 1);
        size
    }

    /// Visits the types of the API that it names.
    pub fn each_named(&self, visit: &mut dyn FnMut(TypeId)) {
        self.each(&mut |part| part.named().into_iter().for_each(&mut *visit));
    }

    /// The type of the API that it is, boxed or not.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) | Self::Boxed(id) => Some(*id),
            _ => None,
        }
    }
}

impl Shape {
    /// Visits each type of a member, a branch or an alias, not those that it is made of.
    pub fn each_type<'s>(&'s self, visit: &mut dyn FnMut(&'s Type)) {
        match self {
            Self::Struct(body) => {
                body.fields.iter().for_each(|field| visit(&field.ty));
                body.additional.iter().for_each(|more| visit(&more.ty));
            }
            Self::Union(union) => union.branches.iter().for_each(|branch| visit(&branch.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => visit(ty),
            Self::Enum(_) => {}
        }
    }
}

impl PartKind {
    /// The type of a part of a multipart body; none for files.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Text(ty)
            | Self::Texts(ty)
            | Self::Json(ty)
            | Self::Jsons(ty)
            | Self::Header { ty, .. } => Some(ty),
            Self::File
            | Self::FileOrText
            | Self::Files
            | Self::FilesOrTexts
            | Self::Raw
            | Self::Others => None,
        }
    }
}

impl Payload {
    /// Visits each type that it carries, not those that it is made of.
    pub fn each_type<'p>(&'p self, visit: &mut dyn FnMut(&'p Type)) {
        match self {
            Self::Json(ty) | Self::OptionalJson(ty) | Self::Form(ty, _) | Self::Xml(ty, _) => {
                visit(ty)
            }
            Self::Stream(items) => visit(&items.ty),
            Self::Multipart(_, parts) => {
                let types = parts.iter().filter_map(|part| part.kind.ty());
                types.for_each(visit);
            }
            Self::Empty | Self::Text | Self::Bytes => {}
        }
    }
}

impl Responses {
    /// All of them, successes first.
    pub fn all(&self) -> impl Iterator<Item = &Response> {
        self.success.iter().chain(&self.errors)
    }
}

impl Operation {
    /// Visits each type that is sent, not those that it is made of.
    pub fn each_sent<'o>(&'o self, visit: &mut dyn FnMut(&'o Type)) {
        for parameter in &self.parameters {
            visit(&parameter.ty);
        }
        for (_, payload, _) in self.body.iter().flat_map(|body| &body.payloads) {
            payload.each_type(visit);
        }
    }

    /// Visits each type that is received, not those that it is made of.
    pub fn each_received<'o>(&'o self, visit: &mut dyn FnMut(&'o Type)) {
        for response in self.responses.all() {
            response.payload.each_type(visit);
            response.headers.iter().for_each(|header| visit(&header.ty));
        }
        self.streamed
            .iter()
            .for_each(|streamed| visit(&streamed.items.ty));
        self.paging.iter().for_each(|paging| visit(&paging.item));
    }
}

impl Types {
    /// All types that can be reached from some.
    pub fn reach(&self, roots: Vec<TypeId>) -> Vec<TypeId> {
        let mut seen = vec![false; self.len()];
        let mut work = roots;
        let mut reached = Vec::new();
        while let Some(id) = work.pop() {
            if seen.get(id.index()) != Some(&false) {
                continue;
            }
            seen[id.index()] = true;
            reached.push(id);
            self.get(id)
                .shape
                .each_type(&mut |ty| ty.each_named(&mut |id| work.push(id)));
        }
        reached
    }

    /// A type, with aliases followed to what they stand for.
    pub fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.followed(ty, |ty, shape| match (ty, shape) {
            (Type::Named(_), Shape::Alias(inner)) => Some(inner),
            _ => None,
        })
    }

    /// A type as it is on the wire: aliases and newtypes are what they are made of.
    pub fn on_the_wire<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.followed(ty, |_, shape| match shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => Some(inner),
            _ => None,
        })
    }

    // Rings of aliases are refused when references are resolved, and newtypes of themselves hold a list or a map in
    // between; the bound only keeps a mistake there from hanging.
    fn followed<'t>(
        &'t self,
        mut ty: &'t Type,
        next: impl Fn(&'t Type, &'t Shape) -> Option<&'t Type>,
    ) -> &'t Type {
        for _ in 0..self.len() {
            let shape = ty.named().map(|id| &self.get(id).shape);
            match shape.and_then(|shape| next(ty, shape)) {
                Some(inner) => ty = inner,
                None => break,
            }
        }
        ty
    }
}
