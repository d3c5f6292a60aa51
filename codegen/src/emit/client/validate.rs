//! The checks of an operation before it is sent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{Checked, is_checked};
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
    Some(quote! {
        fn validate(&self, check: &mut #check) {
            #(#statics)*
            #(#checks)*
        }
    })
}

fn body_check(scope: &Scope<'_>, body: &Body) -> Option<TokenStream> {
    let (name, wire) = (ident::field(&body.name), text(body.name.as_str()));
    if let [(_, payload, _)] = body.payloads.as_slice() {
        return is_payload_checked(scope, payload)
            .then(|| quote!(check.nested(#wire, &self.#name);));
    }
    let of = ident::ty(&body.enum_name);
    let some = scope.known(Known::Some);
    let checked = body
        .payloads
        .iter()
        .filter(|(_, payload, _)| is_payload_checked(scope, payload));
    let patterns: Vec<TokenStream> = checked
        .map(|(_, _, variant)| {
            let variant = ident::variant(variant);
            if body.required {
                quote!(#of::#variant(body))
            } else {
                quote!(#some(#of::#variant(body)))
            }
        })
        .collect();
    let all = body.required && patterns.len() == body.payloads.len();
    match patterns.as_slice() {
        [] => None,
        [one] => Some(quote!(if let #one = &self.#name { check.nested(#wire, body); })),
        patterns => {
            let rest = (!all).then(|| quote!(_ => {}));
            Some(quote!(match &self.#name { #(#patterns => check.nested(#wire, body),)* #rest }))
        }
    }
}

fn is_payload_checked(scope: &Scope<'_>, payload: &Payload) -> bool {
    match payload {
        Payload::Json(ty)
        | Payload::Form(ty, _)
        | Payload::Xml(ty, _)
        | Payload::OptionalJson(ty) => is_checked(scope, ty),
        Payload::Multipart(_, parts) => parts.iter().any(|part| is_part_checked(scope, part)),
        Payload::Stream(items) => is_checked(scope, &items.ty),
        Payload::Empty | Payload::Text | Payload::Bytes => false,
    }
}

/// Whether a part has limits.
pub(super) fn is_part_checked(scope: &Scope<'_>, part: &Part) -> bool {
    match &part.kind {
        PartKind::Text(ty)
        | PartKind::Texts(ty)
        | PartKind::Json(ty)
        | PartKind::Jsons(ty)
        | PartKind::Header { ty, .. } => !part.constraints.is_empty() || is_checked(scope, ty),
        PartKind::File
        | PartKind::FileOrText
        | PartKind::Files
        | PartKind::FilesOrTexts
        | PartKind::Raw
        | PartKind::Others => false,
    }
}
