//! Marks that tell the events of a server from each other.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Literal, Location, Mark, MarkPlace, Operation, Payload, Shape, Tagging, Type};
use crate::source::SpecStr;

use super::super::Lowering;
use super::Placed;

impl<'a> Lowering<'a> {
    /// Notes what tells an event from others: constants and enums in its body, headers and query.
    pub(super) fn mark(&self, operation: &mut Operation) {
        let mut marks = Vec::new();
        for parameter in &operation.parameters {
            let place = match parameter.location {
                Location::Header(_) => MarkPlace::Header,
                Location::Query { .. } => MarkPlace::Query,
                _ => continue,
            };
            let values = self.values_of(&parameter.ty, parameter.constant.as_ref());
            let name = parameter.wire.clone();
            marks.extend(values.map(|values| Mark {
                place,
                name,
                values,
            }));
        }
        let body = operation.body.as_ref().map(|body| body.payloads.as_slice());
        if let Some([(_, Payload::Json(ty) | Payload::Form(ty, _), _)]) = body {
            self.mark_members(ty, &mut marks);
        }
        if let Some(receiver) = &mut operation.receiver {
            receiver.marks = marks;
        }
    }

    fn mark_members(&self, ty: &Type, marks: &mut Vec<Mark>) {
        let Some(id) = self.unaliased(ty).named() else {
            return;
        };
        let mut mark = |name: &SpecStr, values| {
            marks.push(Mark {
                place: MarkPlace::Member,
                name: name.clone(),
                values,
            });
        };
        match &self.types.get(id).shape {
            Shape::Struct(body) => {
                for field in &body.fields {
                    let values = self.values_of(&field.ty, field.constant.as_ref());
                    values
                        .into_iter()
                        .for_each(|values| mark(&field.wire, values));
                }
            }
            Shape::Union(union) => {
                let tag = match &union.tagging {
                    Tagging::Internal(tag) | Tagging::Adjacent { tag, .. } => tag,
                    Tagging::External | Tagging::Untagged => return,
                };
                if union.branches.iter().all(|branch| !branch.default) {
                    let tags = union.branches.iter().flat_map(|branch| &branch.tags);
                    mark(tag, tags.cloned().collect());
                }
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }

    /// The texts that a value can be; none where it can be any.
    fn values_of(&self, ty: &Type, constant: Option<&Literal>) -> Option<Vec<SpecStr>> {
        let text = |literal: &Literal| match literal {
            Literal::String(text) => Some(text.clone()),
            Literal::Variant(id, at) => match &self.types.get(*id).shape {
                Shape::Enum(choices) => match &choices.variants.get(*at)?.value {
                    Literal::String(text) => Some(text.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        if let Some(constant) = constant {
            return text(constant).map(|text| vec![text]);
        }
        let id = self.unaliased(ty).named()?;
        let Shape::Enum(choices) = &self.types.get(id).shape else {
            return None;
        };
        let variants = choices.variants.iter();
        variants.map(|variant| text(&variant.value)).collect()
    }

    /// Says when nothing in their requests tells two events apart.
    pub(super) fn tell_receivers_apart(&mut self, operation: &Operation, known: &[Placed<'a>]) {
        let Some(own) = &operation.receiver else {
            return;
        };
        let alike = known.iter().find_map(|known| {
            let other = known.operation.receiver.as_ref()?;
            let is_alike = other.kind == own.kind
                && known.operation.method == operation.method
                && known.operation.path == operation.path
                && !own
                    .marks
                    .iter()
                    .any(|mark| other.marks.iter().any(|other| mark.excludes(other)));
            is_alike.then(|| (other.name.text().to_owned(), known.operation.origin))
        });
        let Some((other, origin)) = alike else { return };
        let message = format!(
            "nothing in their requests tells `{}` and `{other}` apart",
            own.name.text()
        );
        let found = Diagnostic::warning(Code::AmbiguousPath, operation.origin.span, message)
            .related(origin.span, "the other one")
            .help((
                "give each a member or a header with a `const` of its own, or a URL of its own",
                "the first whose body fits is received; `receive_named` takes one by its name",
            ));
        self.report.push(found);
    }
}
