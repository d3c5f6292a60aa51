#![doc = include_str!("../../diagnostic/rules/optional-body.md")]

use crate::diagnostic::Code;
use crate::ir::{Field, FieldRole, Operation, Payload, Presence, Type};
use crate::lint::Lint;
use crate::source::Span;

/// Methods whose requests are about their body.
const METHODS: [&str; 3] = ["POST", "PUT", "PATCH"];

impl Lint<'_, '_> {
    /// Bodies that may be left out though each form of them has members that must be there.
    pub(in crate::lint) fn optional_bodies(&mut self) {
        let modules = self.api.modules.iter();
        let operations = modules.flat_map(|module| &module.operations);
        let found = operations.filter_map(|operation| self.optional_body(operation));
        let found: Vec<Span> = found.collect();
        for span in found {
            self.say(
                Code::OptionalBody,
                span,
                "the body may be left out, and its members may not",
                "add `required: true` to `requestBody`, unless a request without a body is meant",
            );
        }
    }

    fn optional_body(&self, operation: &Operation) -> Option<Span> {
        let body = operation.body.as_ref().filter(|body| !body.required)?;
        let is_about_body = METHODS.contains(&operation.method.as_str());
        let is_sent = operation.receiver.is_none();
        let must_be_filled = body.payloads.iter().all(|(_, payload, _)| match payload {
            Payload::Json(ty) | Payload::Form(ty, _) => self.must_be_filled(ty),
            _ => false,
        });
        (is_about_body && is_sent && must_be_filled).then_some(body.origin.span)
    }

    fn must_be_filled(&self, ty: &Type) -> bool {
        let is_required = |field: &Field| {
            field.role == FieldRole::Member
                && field.presence == Presence::Required
                && field.constant.is_none()
                && field.default.is_none()
        };
        let fields = self.api.types.fields_of(ty).unwrap_or_default();
        fields.iter().any(is_required)
    }
}
