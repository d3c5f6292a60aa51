//! What an operation checks before it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{Checked, allow_deprecated, is_checked};
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Body, Operation, Part, PartKind, Payload};

/// The function that checks parameters and body; none where nothing is limited.
pub(super) fn function(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let mut statics = Vec::new();
    let mut checks = Vec::new();
    for parameter in &operation.parameters {
        let name = ident::field(&parameter.name);
        let checked = Checked {
            ident: parameter.name.as_str(),
            wire: parameter.wire.text(),
            value: quote!(&self.#name),
        };
        checked.add(
            scope,
            &parameter.ty,
            &parameter.constraints,
            &mut statics,
            &mut checks,
        );
    }
    checks.extend(
        operation
            .body
            .as_ref()
            .and_then(|body| body_check(scope, body)),
    );
    if checks.is_empty() {
        return None;
    }
    let check = scope.known(Known::Check);
    let deprecated = operation
        .parameters
        .iter()
        .any(|parameter| parameter.deprecated)
        .then(allow_deprecated);
    Some(quote! {
        #deprecated
        fn validate(&self, check: &mut #check) {
            #(#statics)*
            #(#checks)*
        }
    })
}

fn body_check(scope: &Scope<'_>, body: &Body) -> Option<TokenStream> {
    let [(_, payload, _)] = body.payloads.as_slice() else {
        return None;
    };
    let name = ident::field(&body.name);
    let wire = text(body.name.as_str());
    match payload {
        Payload::Json(ty) | Payload::Form(ty) | Payload::OptionalJson(ty)
            if is_checked(scope, ty) =>
        {
            Some(quote!(check.nested(#wire, &self.#name);))
        }
        Payload::Multipart(_, parts) if parts.iter().any(|part| is_part_checked(scope, part)) => {
            Some(quote!(check.nested(#wire, &self.#name);))
        }
        _ => None,
    }
}

/// Whether a part has limits.
pub(super) fn is_part_checked(scope: &Scope<'_>, part: &Part) -> bool {
    match &part.kind {
        PartKind::Text(ty) | PartKind::Texts(ty) | PartKind::Json(ty) => {
            !part.constraints.is_empty() || is_checked(scope, ty)
        }
        PartKind::File | PartKind::Files => false,
    }
}
