//! Multipart bodies: a struct with a field for each part.

use proc_macro2::TokenStream;
use quote::quote;

use super::request::header_style;
use super::validate::is_part_checked;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::literal;
use crate::emit::model::{Argument, Checked, is_operator, placeholders, too_many};
use crate::emit::scope::Scope;
use crate::emit::types::{FieldTy, text};
use crate::ir::{Operation, Part, PartKind, Payload, Presence, Type};
use crate::names::TypeName;

/// The structs of an operation's multipart bodies.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let payloads = operation.body.iter().flat_map(|body| &body.payloads);
    let forms = payloads.filter_map(|(_, payload, _)| match payload {
        Payload::Multipart(name, parts) => Some((name, parts)),
        _ => None,
    });
    forms
        .flat_map(|(name, parts)| form(scope, operation, name, parts))
        .collect()
}

fn form(
    scope: &Scope<'_>,
    operation: &Operation,
    name: &TypeName,
    parts: &[Part],
) -> Vec<TokenStream> {
    let docs = format!(" The parts that [`{}`] sends.", operation.name);
    let name = ident::ty(name);
    let default = parts.iter().all(is_optional).then(|| quote!(Default,));
    let fields = parts.iter().map(|part| field(scope, part));
    let new = new(scope, parts);
    let setters = parts
        .iter()
        .filter(|part| is_optional(part) && part.name.as_str() != "new")
        .map(|part| setter(scope, part));
    let validate = validate(scope, parts).map(|checks| {
        let (validate, check) = (scope.known(Known::Validate), scope.known(Known::Check));
        quote! {
            impl #validate for #name {
                fn validate(&self, check: &mut #check) { #checks }
            }
        }
    });
    let structure = quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    };
    let constructors = quote!(impl #name { #new #(#setters)* });
    [structure, constructors]
        .into_iter()
        .chain(validate)
        .collect()
}

fn is_optional(part: &Part) -> bool {
    part.presence.may_be_absent()
}

/// The type of a part: a value, several, or a file. Several files need no `Option`: none at all are an empty list.
fn held(scope: &Scope<'_>, part: &Part) -> TokenStream {
    match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) | PartKind::Header { ty, .. } => {
            held_type(scope, ty, part.presence)
        }
        PartKind::Texts(ty) | PartKind::Jsons(ty) => {
            held_type(scope, &Type::List(Box::new(ty.clone())), part.presence)
        }
        PartKind::File | PartKind::FileOrText | PartKind::Raw if is_optional(part) => {
            let (option, file) = (scope.known(Known::Option), scope.known(Known::FilePart));
            quote!(#option<#file>)
        }
        PartKind::File | PartKind::FileOrText | PartKind::Raw => {
            let file = scope.known(Known::FilePart);
            quote!(#file)
        }
        PartKind::Files | PartKind::FilesOrTexts => {
            let (vec, file) = (scope.known(Known::Vec), scope.known(Known::FilePart));
            quote!(#vec<#file>)
        }
        PartKind::Others => {
            let (vec, file) = (scope.known(Known::Vec), scope.known(Known::FilePart));
            let string = scope.known(Known::String);
            quote!(#vec<(#string, #file)>)
        }
    }
}

fn held_type(scope: &Scope<'_>, ty: &Type, presence: Presence) -> TokenStream {
    let held = FieldTy(scope, ty, presence);
    quote!(#held)
}

fn field(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let docs = Doc::of(&part.docs, Depth::Member, || match &part.kind {
        PartKind::Others => "The parts, by their names.".to_owned(),
        PartKind::Header { part, name, .. } => format!(
            "The header {} of the part {}.",
            code(name.text()),
            code(part.text())
        ),
        _ => format!("The part {}.", code(part.wire.text())),
    });
    let (name, held) = (ident::field(&part.name), held(scope, part));
    quote!(#docs pub #name: #held)
}

/// A part as a function takes it.
struct Given {
    /// As it is declared.
    declared: TokenStream,
    /// The type of the field.
    value: TokenStream,
    /// The field in a struct literal.
    member: TokenStream,
}

fn given(scope: &Scope<'_>, part: &Part) -> Given {
    let name = ident::field(&part.name);
    match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) | PartKind::Header { ty, .. } => {
            let presence = part.presence;
            let taken = Argument { name, ty, presence };
            Given {
                declared: taken.declared(scope),
                value: taken.value(scope),
                member: taken.member(scope),
            }
        }
        PartKind::Texts(_)
        | PartKind::Jsons(_)
        | PartKind::Files
        | PartKind::FilesOrTexts
        | PartKind::Others => {
            let presence = Presence::Required;
            let ty = held(
                scope,
                &Part {
                    presence,
                    ..part.clone()
                },
            );
            Given {
                declared: quote!(#name: #ty),
                value: quote!(#name),
                member: quote!(#name),
            }
        }
        PartKind::File | PartKind::FileOrText | PartKind::Raw => {
            let (into, file) = (scope.known(Known::Into), scope.known(Known::FilePart));
            Given {
                declared: quote!(#name: impl #into<#file>),
                value: quote!(#name.into()),
                member: quote!(#name: #name.into()),
            }
        }
    }
}

fn new(scope: &Scope<'_>, parts: &[Part]) -> TokenStream {
    let (optional, required): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| is_optional(part));
    let (constant, required): (Vec<&Part>, Vec<&Part>) = required
        .into_iter()
        .partition(|part| only_value(scope, part).is_some());
    let constant = constant.into_iter().map(|part| {
        let (name, value) = (ident::field(&part.name), only_value(scope, part));
        quote!(#name: #value)
    });
    let (headers, required): (Vec<&Part>, Vec<&Part>) = required
        .into_iter()
        .partition(|part| matches!(part.kind, PartKind::Header { .. }));
    let required = [required, headers].concat();
    let given: Vec<Given> = required.iter().map(|part| given(scope, part)).collect();
    let declared = given.iter().map(|given| &given.declared);
    let members = given.iter().map(|given| &given.member);
    let absent = optional.iter().map(|part| {
        let (name, value) = (ident::field(&part.name), absent(scope, part));
        quote!(#name: #value)
    });
    let many = too_many(required.len());
    let placeholders = placeholders(required.iter().map(|part| part.name.as_str()));
    quote! {
        /// Takes what is required.
        #many
        #placeholders
        pub fn new(#(#declared),*) -> Self {
            Self { #(#members,)* #(#constant,)* #(#absent,)* }
        }
    }
}

/// The only value that a part can have.
fn only_value(scope: &Scope<'_>, part: &Part) -> Option<TokenStream> {
    match (&part.constant, &part.kind) {
        (Some(value), PartKind::Text(ty) | PartKind::Json(ty)) => literal::owned(scope, value, ty),
        _ => None,
    }
}

/// Whether none at all are an empty list.
fn is_several(part: &Part) -> bool {
    matches!(
        part.kind,
        PartKind::Files | PartKind::FilesOrTexts | PartKind::Others
    )
}

fn absent(scope: &Scope<'_>, part: &Part) -> TokenStream {
    if is_several(part) {
        let vec = scope.known(Known::Vec);
        quote!(#vec::new())
    } else if part.presence == Presence::OptionalNullable {
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
    let Given {
        declared, value, ..
    } = given(scope, part);
    let shared_tokens = is_several(part) || part.presence == Presence::OptionalNullable;
    let value = if shared_tokens {
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

/// Adds a part to `form`; the struct of parts stands at `place`.
pub(super) fn part_line(scope: &Scope<'_>, part: &Part, place: &TokenStream) -> TokenStream {
    let (name, wire) = (ident::field(&part.name), text(part.wire.text()));
    let media = part.media_type.as_ref().map(|media| text(media.text()));
    let is_either = matches!(part.kind, PartKind::FileOrText | PartKind::FilesOrTexts);
    let add = |file: TokenStream| match &media {
        Some(media) if part.kind == PartKind::Raw => quote!(form.raw(#wire, #media, #file);),
        Some(media) if is_either => quote!(form.part_as(#wire, #media, #file);),
        None if is_either => quote!(form.part(#wire, #file);),
        Some(media) => quote!(form.file_as(#wire, #media, #file);),
        None => quote!(form.file(#wire, #file);),
    };
    match (&part.kind, &media) {
        (
            PartKind::Header {
                part,
                name: header,
                style,
                ..
            },
            _,
        ) => {
            let (part, header) = (text(part.text()), text(header.text()));
            let style = header_style(scope, *style);
            quote!(form.header(#part, #header, #style, &#place.#name)?;)
        }
        (PartKind::File | PartKind::FileOrText | PartKind::Raw, _) if is_optional(part) => {
            let (some, add) = (scope.known(Known::Some), add(quote!(file)));
            quote!(if let #some(file) = &#place.#name { #add })
        }
        (PartKind::File | PartKind::FileOrText | PartKind::Raw, _) => add(quote!(&#place.#name)),
        (PartKind::Files | PartKind::FilesOrTexts, _) => {
            let add = add(quote!(file));
            quote!(for file in &#place.#name { #add })
        }
        (PartKind::Others, _) => {
            quote!(for (name, part) in &#place.#name { form.part(name, part); })
        }
        (PartKind::Text(_) | PartKind::Texts(_), Some(media)) => {
            let some = scope.known(Known::Some);
            quote!(form.text_as(#wire, #some(#media), &#place.#name)?;)
        }
        (PartKind::Text(_) | PartKind::Texts(_), None) => quote!(form.text(#wire, &#place.#name)?;),
        (PartKind::Json(_), Some(media)) if is_multipart(part) => {
            let types = part.nested.iter().map(|(member, media)| {
                let (member, media) = (text(member.text()), text(media.text()));
                quote!((#member, #media))
            });
            quote!(form.nested(#wire, #media, &[#(#types),*], &#place.#name)?;)
        }
        (PartKind::Json(_), Some(media)) => quote!(form.json_as(#wire, #media, &#place.#name)?;),
        (PartKind::Json(_), None) => quote!(form.json(#wire, &#place.#name)?;),
        (PartKind::Jsons(_), Some(media)) => {
            quote!(form.json_items(#wire, #media, &#place.#name)?;)
        }
        (PartKind::Jsons(_), None) => quote!(form.items(#wire, &#place.#name)?;),
    }
}

/// Whether a part is a multipart body itself.
fn is_multipart(part: &Part) -> bool {
    let media = part.media_type.as_ref();
    media.is_some_and(|media| media.text().to_ascii_lowercase().starts_with("multipart/"))
}

/// The body that parts are added to.
pub(super) fn started(scope: &Scope<'_>, parts: &[Part]) -> TokenStream {
    let of = scope.known(Known::Multipart);
    match parts.iter().any(|part| part.position.is_some()) {
        true => quote!(#of::positional()),
        false => quote!(#of::new()),
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
            PartKind::Text(ty) | PartKind::Json(ty) | PartKind::Header { ty, .. } => {
                checked.add(scope, ty, &part.constraints, &mut statics, &mut checks);
            }
            PartKind::Texts(ty) | PartKind::Jsons(ty) => {
                let list = Type::List(Box::new(ty.clone()));
                checked.add(scope, &list, &part.constraints, &mut statics, &mut checks);
            }
            PartKind::File
            | PartKind::FileOrText
            | PartKind::Files
            | PartKind::FilesOrTexts
            | PartKind::Raw
            | PartKind::Others => {}
        }
    }
    Some(quote!(#(#statics)* #(#checks)*))
}
