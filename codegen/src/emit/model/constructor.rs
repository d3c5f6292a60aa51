//! Constructors, which take what must be there, and setters for the rest.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::derives::{self, Wanted};
use crate::emit::deprecated::deprecated;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::known::{Known, PathForm};
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::{FieldTy, Ty, complexity};
use crate::emit::{ident, literal};
use crate::ir::{ExternalForm, Field, FieldRole, Literal, Presence, Shape, Struct, Type, TypeDef};
use crate::names::TypeName;

/// The constructor of a struct and, where it is sent, its setters.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, body: &Struct) -> TokenStream {
    match derives::serialize(&def.facts) {
        Wanted::Always => emitted(scope, def, body, Wanted::Always),
        Wanted::Symmetric => scope.gated(|| emitted(scope, def, body, Wanted::Symmetric)),
    }
}

fn emitted(scope: &Scope<'_>, def: &TypeDef, body: &Struct, gate: Wanted) -> TokenStream {
    let name = ident::ty(&def.name);
    let new = (!def.facts.default).then(|| SharedTokens(new(scope, &def.name, body)));
    let mut setters = body
        .fields
        .iter()
        .filter(|field| gate == Wanted::Always && has_setter(scope, field))
        .map(|field| SharedTokens(setter(scope, body, field)))
        .peekable();
    if new.is_none() && setters.peek().is_none() {
        return TokenStream::new();
    }
    let asks = body.fields.iter().any(|field| is_asked_for(scope, field));
    let default = (!asks && !def.facts.default).then(|| default(scope, &name, gate));
    let gate = derives::gate(scope, gate);
    quote! {
        #gate
        impl #name { #new #(#setters)* }

        #default
    }
}

/// Whether a constructor takes a field: it must be there and nothing is known to put there.
pub(in crate::emit) fn is_asked_for(scope: &Scope<'_>, field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
        && filled(scope, field).is_none()
}

/// Whether a constructor takes more than clippy likes.
pub(in crate::emit) fn too_many(arguments: usize) -> Option<TokenStream> {
    const MOST: usize = 7;
    (arguments > MOST).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "one for each that is required")]),
    )
}

/// A value that a function takes for a field or a parameter.
pub(in crate::emit) struct Argument<'a> {
    pub(in crate::emit) name: Ident,
    pub(in crate::emit) ty: &'a Type,
    pub(in crate::emit) presence: Presence,
}

impl Argument<'_> {
    /// Its declaration: `name: impl Into<String>`.
    pub(in crate::emit) fn declared(&self, scope: &Scope<'_>) -> TokenStream {
        let Self { name, ty, .. } = self;
        let inner = Ty(scope, ty);
        match self.presence {
            Presence::Nullable => {
                let into = scope.known(Known::IntoNullable);
                quote!(#name: impl #into<#inner>)
            }
            Presence::OptionalNullable => {
                let (into, held) = (scope.known(Known::Into), FieldTy(scope, ty, self.presence));
                quote!(#name: impl #into<#held>)
            }
            Presence::Required | Presence::Optional => match scope.resolved(ty) {
                Type::Boxed(id) => {
                    let path = scope.type_path(*id);
                    quote!(#name: #path)
                }
                resolved if converts(scope, resolved) => {
                    let into = scope.known(Known::Into);
                    quote!(#name: impl #into<#inner>)
                }
                _ => quote!(#name: #inner),
            },
        }
    }

    /// The conversion of it, without its presence; none where it is used unchanged.
    fn converted(&self, scope: &Scope<'_>) -> Option<TokenStream> {
        let name = &self.name;
        match self.presence {
            Presence::Nullable => {
                let into = scope.known(Known::IntoNullable);
                Some(match into.form {
                    PathForm::Short => quote!(#name.into_nullable()),
                    PathForm::Full => quote!(#into::into_nullable(#name)),
                })
            }
            Presence::OptionalNullable => Some(quote!(#name.into())),
            Presence::Required | Presence::Optional => match scope.resolved(self.ty) {
                Type::Boxed(_) => {
                    let boxed = scope.known(Known::Box);
                    Some(quote!(#boxed::new(#name)))
                }
                resolved if converts(scope, resolved) => Some(quote!(#name.into())),
                _ => None,
            },
        }
    }

    /// Its member of a struct literal.
    pub(in crate::emit) fn member(&self, scope: &Scope<'_>) -> TokenStream {
        let name = &self.name;
        match self.converted(scope) {
            Some(value) => quote!(#name: #value),
            None => quote!(#name),
        }
    }

    /// The conversion of it.
    pub(in crate::emit) fn value(&self, scope: &Scope<'_>) -> TokenStream {
        let name = &self.name;
        self.converted(scope).unwrap_or_else(|| quote!(#name))
    }

    /// The body of its setter.
    pub(in crate::emit) fn set(&self, scope: &Scope<'_>) -> TokenStream {
        self.set_in(scope, &quote!(self))
    }

    /// The body of its setter, where it is a field of this place.
    pub(in crate::emit) fn set_in(&self, scope: &Scope<'_>, place: &TokenStream) -> TokenStream {
        let name = &self.name;
        let value = self.value(scope);
        match self.presence {
            Presence::Optional => {
                let some = scope.known(Known::Some);
                quote!(#place.#name = #some(#value);)
            }
            _ => quote!(#place.#name = #value;),
        }
    }
}

/// Types that other types turn into.
fn converts(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Secret(_) | Type::Json | Type::Base64 | Type::DateTime => true,
        Type::External(external) => external.form != ExternalForm::Own,
        Type::Named(id) => match &scope.api.type_def(*id).shape {
            Shape::Newtype(inner) => inner.is_plain(),
            _ => false,
        },
        _ => false,
    }
}

fn new(scope: &Scope<'_>, name: &TypeName, body: &Struct) -> TokenStream {
    let self_named = self_named(name);
    let asked: Vec<Argument<'_>> = body
        .fields
        .iter()
        .filter(|field| is_asked_for(scope, field))
        .map(taken)
        .collect();
    let members = body.fields.iter().map(|field| member(scope, field));
    let additional = body.additional.as_ref().map(|additional| {
        let (name, map) = (ident::field(&additional.name), scope.known(Known::BTreeMap));
        quote!(#name: #map::new())
    });
    let members = members.chain(additional);
    let declared = asked.iter().map(|taken| taken.declared(scope));
    let many = too_many(asked.len());
    let complex = complex(&asked);
    let names = body
        .fields
        .iter()
        .filter(|field| is_asked_for(scope, field));
    let placeholders = placeholders(names.map(|field| field.name.as_str()));
    let allowed = body
        .fields
        .iter()
        .any(|field| field.deprecated)
        .then(allow_deprecated);
    let docs = new_docs(scope, name, body);
    quote! {
        #docs
        #many
        #complex
        #placeholders
        #allowed
        #self_named
        pub fn new(#(#declared),*) -> Self {
            Self { #(#members),* }
        }
    }
}

/// Says what a constructor makes, and of what.
fn new_docs(scope: &Scope<'_>, name: &TypeName, body: &Struct) -> Doc {
    let fields = || body.fields.iter();
    let optional = fields().any(|field| {
        let may_be_absent = matches!(
            field.presence,
            Presence::Optional | Presence::OptionalNullable
        );
        may_be_absent && !field.tells
    });
    let has_filled = fields().any(|field| {
        let is_there = matches!(field.presence, Presence::Required | Presence::Nullable);
        field.tells || (is_there && filled(scope, field).is_some())
    });
    let asked = fields().filter(|field| is_asked_for(scope, field)).count();
    let mut said = format!("Creates a new {}", code(name.as_str()));
    said.push_str(match asked {
        0 => "",
        1 => " with its required member",
        _ => " with its required members",
    });
    let rest = match (optional, has_filled) {
        (true, true) => {
            "; optional members are unset, others have the value that the API documents"
        }
        (true, false) => "; optional members are unset",
        (false, true) => "; other members have the value that the API documents",
        (false, false) => "",
    };
    said.push_str(rest);
    said.push('.');
    let mut docs = Doc::new(Depth::Member);
    docs.paragraph(&said);
    docs
}

/// A type may be called like its constructor.
pub(in crate::emit) fn self_named(name: &TypeName) -> Option<TokenStream> {
    (name.as_str() == "New").then(
        || quote!(#[allow(clippy::self_named_constructors, reason = "named by the document")]),
    )
}

/// A constructor has to name every member, deprecated ones too.
pub(in crate::emit) fn allow_deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "deprecated members are sent all the same")])
}

fn complex(taken: &[Argument<'_>]) -> Option<TokenStream> {
    taken
        .iter()
        .map(|taken| complexity(taken.ty, taken.presence))
        .max()
        .and_then(super::field::complex)
}

fn taken(field: &Field) -> Argument<'_> {
    Argument {
        name: ident::field(&field.name),
        ty: &field.ty,
        presence: field.presence,
    }
}

fn member(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident::field(&field.name);
    let value = match field.presence {
        Presence::Optional if field.tells => {
            let value = filled(scope, field).unwrap_or_default();
            let some = scope.known(Known::Some);
            quote!(#some(#value))
        }
        Presence::Optional => {
            let none = scope.known(Known::None);
            quote!(#none)
        }
        Presence::OptionalNullable => {
            let presence = scope.known(Known::Presence);
            quote!(#presence::Absent)
        }
        Presence::Required | Presence::Nullable => match filled(scope, field) {
            Some(value) => value,
            None => return taken(field).member(scope),
        },
    };
    quote!(#name: #value)
}

/// The value in the document for a required field.
fn filled(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let literal = field.constant.as_ref().or(field.default.as_ref())?;
    match (field.presence, literal) {
        (Presence::Nullable, Literal::Null) => {
            let none = scope.known(Known::None);
            Some(quote!(#none))
        }
        (Presence::Nullable, _) => {
            let some = scope.known(Known::Some);
            literal::owned(scope, literal, &field.ty).map(|value| quote!(#some(#value)))
        }
        _ => literal::owned(scope, literal, &field.ty),
    }
}

fn has_setter(scope: &Scope<'_>, field: &Field) -> bool {
    let constant = field.constant.is_some() && field.presence == Presence::Required;
    !constant && !is_asked_for(scope, field)
}

fn setter(scope: &Scope<'_>, body: &Struct, field: &Field) -> TokenStream {
    let called = field
        .name
        .setter(body.fields.iter().map(|field| &field.name));
    let name = ident::function(&called);
    let docs = match field.role {
        FieldRole::Member => Doc::of_setter(field.name.as_str(), &field.docs),
        FieldRole::Flattened => {
            let mut docs = Doc::new(Depth::Member);
            docs.paragraph(&format!("Chooses {}.", code(field.name.as_str())));
            docs
        }
    };
    let taken = taken(field);
    let (declared, set) = (taken.declared(scope), taken.set(scope));
    let complex = complex(std::slice::from_ref(&taken));
    let allowed = field.deprecated.then(allow_deprecated);
    let deprecated = field.deprecated.then(|| deprecated(&field.docs));
    let operator = is_operator(called.as_str());
    quote! {
        #docs
        #deprecated
        #allowed
        #complex
        #operator
        #[must_use]
        pub fn #name(mut self, #declared) -> Self {
            #set
            self
        }
    }
}

/// A setter may be called like the method of an operator, or like no maintainer would call it.
pub(in crate::emit) fn is_operator(name: &str) -> Option<TokenStream> {
    const OPERATORS: [&str; 10] = [
        "add", "sub", "mul", "div", "rem", "shl", "shr", "bitand", "bitor", "bitxor",
    ];
    OPERATORS
        .contains(&name)
        .then(
            || quote!(#[allow(clippy::should_implement_trait, reason = "named after the member")]),
        )
        .or_else(|| placeholders([name]))
}

/// Arguments may be called like no maintainer would call them.
pub(in crate::emit) fn placeholders<'n>(
    names: impl IntoIterator<Item = &'n str>,
) -> Option<TokenStream> {
    const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];
    names
        .into_iter()
        .any(|name| PLACEHOLDERS.contains(&name))
        .then(|| quote!(#[allow(clippy::disallowed_names, reason = "as the document has them")]))
}

fn default(scope: &Scope<'_>, name: &Ident, gate: Wanted) -> TokenStream {
    let (gate, default) = (derives::gate(scope, gate), scope.known(Known::Default));
    quote! {
        #gate
        impl #default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}
