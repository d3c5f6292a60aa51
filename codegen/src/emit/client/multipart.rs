//! Multipart bodies: a struct with a field for each part.

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::may_be_absent;
use super::validate::is_part_checked;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{Checked, Taken, is_operator, too_many};
use crate::emit::scope::Scope;
use crate::emit::types::{Held, text};
use crate::ir::{Operation, Part, PartKind, Payload, Presence, Type};
use crate::names::TypeName;

/// The structs of an operation's multipart bodies.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let bodies: TokenStream = operation
        .body
        .iter()
        .flat_map(|body| &body.payloads)
        .filter_map(|(_, payload, _)| match payload {
            Payload::Multipart(name, parts) => Some(form(scope, operation, name, parts)),
            _ => None,
        })
        .collect();
    (!bodies.is_empty()).then_some(bodies)
}

fn form(scope: &Scope<'_>, operation: &Operation, name: &TypeName, parts: &[Part]) -> TokenStream {
    let docs = format!(" The parts that [`{}`] sends.", operation.name);
    let name = ident::ty(name);
    let optional = parts.iter().all(|part| may_be_absent(part.presence));
    let default = optional.then(|| quote!(, Default));
    let compared = parts
        .iter()
        .all(|part| !matches!(part.kind, PartKind::File | PartKind::Files))
        .then(|| quote!(, PartialEq));
    let fields = parts.iter().map(|part| field(scope, part));
    let new = (!optional).then(|| new(scope, parts));
    let setters = parts
        .iter()
        .filter(|part| {
            may_be_absent(part.presence)
                && !matches!(part.name.as_str(), "new" | "default" | "parts")
        })
        .map(|part| setter(scope, part));
    let body = body(scope, parts);
    let validate = validate(scope, parts).map(|checks| {
        let (validate, check) = (scope.known(Known::Validate), scope.known(Known::Check));
        quote! {
            impl #validate for #name {
                fn validate(&self, check: &mut #check) { #checks }
            }
        }
    });
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug #default #compared)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }

        impl #name {
            #new
            #(#setters)*
            #body
        }

        #validate
    }
}

/// What a part holds: a value, several, or a file.
fn held(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let file = || scope.known(Known::FilePart);
    let vec = || scope.known(Known::Vec);
    let inner = match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) => return held_type(scope, ty, part.presence),
        PartKind::Texts(ty) => {
            return held_type(scope, &Type::List(Box::new(ty.clone())), part.presence);
        }
        PartKind::File => {
            let file = file();
            quote!(#file)
        }
        PartKind::Files => {
            let (vec, file) = (vec(), file());
            quote!(#vec<#file>)
        }
    };
    if part.presence == Presence::Required {
        inner
    } else {
        let option = scope.known(Known::Option);
        quote!(#option<#inner>)
    }
}

fn held_type(scope: &Scope<'_>, ty: &Type, presence: Presence) -> TokenStream {
    let held = Held(scope, ty, presence);
    quote!(#held)
}

fn field(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let docs = Doc::of(&part.docs, Depth::Member, || {
        format!("The part {}.", code(part.wire.text()))
    });
    let (name, held) = (ident::field(&part.name), held(scope, part));
    quote!(#docs pub #name: #held)
}

/// A part as a function takes it: declared, and turned into what the field holds.
fn taken(scope: &Scope<'_>, part: &Part) -> (TokenStream, TokenStream) {
    let name = ident::field(&part.name);
    match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) => {
            let taken = Taken {
                name,
                ty,
                presence: part.presence,
            };
            (taken.declared(scope), taken.value(scope))
        }
        PartKind::Texts(_) | PartKind::Files => {
            let inner = held(
                scope,
                &Part {
                    presence: Presence::Required,
                    ..part.clone()
                },
            );
            (quote!(#name: #inner), quote!(#name))
        }
        PartKind::File => {
            let (into, file) = (scope.known(Known::Into), scope.known(Known::FilePart));
            (quote!(#name: impl #into<#file>), quote!(#name.into()))
        }
    }
}

fn new(scope: &Scope<'_>, parts: &[Part]) -> TokenStream {
    let (required, optional): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| !may_be_absent(part.presence));
    let taken: Vec<_> = required.iter().map(|part| taken(scope, part)).collect();
    let declared = taken.iter().map(|(declared, _)| declared);
    let members = required.iter().zip(&taken).map(|(part, (_, value))| {
        let name = ident::field(&part.name);
        // `name: name` would be more than is needed.
        if value.to_string() == name.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let absent = optional.iter().map(|part| {
        let (name, value) = (ident::field(&part.name), absent(scope, part.presence));
        quote!(#name: #value)
    });
    let many = too_many(required.len());
    quote! {
        /// Takes what is required.
        #many
        pub fn new(#(#declared),*) -> Self {
            Self { #(#members,)* #(#absent,)* }
        }
    }
}

fn absent(scope: &Scope<'_>, presence: Presence) -> TokenStream {
    if presence == Presence::OptionalNullable {
        let presence = scope.known(Known::Presence);
        quote!(#presence::Absent)
    } else {
        let none = scope.known(Known::None);
        quote!(#none)
    }
}

fn setter(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let name = ident::field(&part.name);
    let docs = format!(" Sets `{}`.", part.name);
    let operator = is_operator(part.name.as_str());
    let (declared, value) = taken(scope, part);
    let value = if part.presence == Presence::OptionalNullable
        && matches!(part.kind, PartKind::Text(_) | PartKind::Json(_))
    {
        value
    } else {
        let some = scope.known(Known::Some);
        quote!(#some(#value))
    };
    quote! {
        #[doc = #docs]
        #operator
        #[must_use]
        pub fn #name(mut self, #declared) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn body(scope: &Scope<'_>, parts: &[Part]) -> TokenStream {
    let (multipart, result, error, ok) = (
        scope.known(Known::Multipart),
        scope.known(Known::Result),
        scope.known(Known::RequestError),
        scope.known(Known::Ok),
    );
    let lines = parts.iter().map(|part| {
        let (name, wire) = (ident::field(&part.name), text(part.wire.text()));
        let media = match &part.media_type {
            Some(media) => {
                let (some, media) = (scope.known(Known::Some), text(media.text()));
                quote!(#some(#media))
            }
            None => {
                let none = scope.known(Known::None);
                quote!(#none)
            }
        };
        let method = ident::plain(match part.kind {
            PartKind::File => "file",
            PartKind::Files => "files",
            PartKind::Text(_) => "text",
            PartKind::Texts(_) => "texts",
            PartKind::Json(_) => "json",
        });
        quote!(.#method(#wire, #media, &self.#name)?)
    });
    quote! {
        fn parts(&self) -> #result<#multipart, #error> {
            #ok(#multipart::new()#(#lines)*)
        }
    }
}

fn validate(scope: &Scope<'_>, parts: &[Part]) -> Option<TokenStream> {
    if !parts.iter().any(|part| is_part_checked(scope, part)) {
        return None;
    }
    let (mut statics, mut checks) = (Vec::new(), Vec::new());
    for part in parts {
        let name = ident::field(&part.name);
        let checked = Checked {
            ident: part.name.as_str(),
            wire: part.wire.text(),
            value: quote!(&self.#name),
        };
        match &part.kind {
            PartKind::Text(ty) | PartKind::Json(ty) => {
                checked.add(scope, ty, &part.constraints, &mut statics, &mut checks);
            }
            PartKind::Texts(ty) => {
                let list = Type::List(Box::new(ty.clone()));
                checked.add(scope, &list, &part.constraints, &mut statics, &mut checks);
            }
            PartKind::File | PartKind::Files => {}
        }
    }
    Some(quote!(#(#statics)* #(#checks)*))
}
