//! The checks that a value must pass before it is sent.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::constructor::allow_deprecated;
use super::limits::{limits, pattern};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{
    Branch, Constraints, ExternalForm, Field, FieldRole, Presence, Shape, Struct, Tagging, Type,
    TypeDef, Union,
};

/// The checks of a struct; none where nothing is limited.
pub(super) fn structure(scope: &Scope<'_>, def: &TypeDef, body: &Struct) -> Option<TokenStream> {
    if !def.facts.checked {
        return None;
    }
    let mut statics = Vec::new();
    let mut checks = Vec::new();
    for field in &body.fields {
        let name = ident::field(&field.name);
        let value = quote!(&self.#name);
        match field.role {
            FieldRole::Member => {
                let member = Checked {
                    ident: field.name.as_str(),
                    wire: field.wire.text(),
                    value,
                };
                member.add(
                    scope,
                    &field.ty,
                    &field.constraints,
                    &mut statics,
                    &mut checks,
                );
            }
            FieldRole::Flattened if is_checked(scope, &field.ty) => {
                checks.push(quote!(check.flattened(#value);));
            }
            FieldRole::Flattened => {}
        }
    }
    if let Some(additional) = &body.additional {
        let name = ident::field(&additional.name);
        checks.extend(each(
            scope,
            &quote!(&self.#name),
            additional.name.as_str(),
            &additional.ty,
            &additional.constraints,
        ));
        if is_checked(scope, &additional.ty) {
            checks.push(quote!(check.flattened(&self.#name);));
        }
    }
    if let Some(limits) = limits(scope, &body.constraints, &ident::constant("members")) {
        let (members, count) = (scope.known(Known::Members), count(body));
        checks.push(quote!(check.own_limits(&#members(#count), #limits);));
    }
    let deprecated = body
        .fields
        .iter()
        .any(|field| is_touched(scope, field) || is_counted(body, field))
        .then(allow_deprecated);
    Some(implemented(
        scope,
        def,
        quote!(#deprecated),
        quote!(#(#statics)* #(#checks)*),
        checks.is_empty(),
    ))
}

/// The number of members that a value has.
fn count(body: &Struct) -> TokenStream {
    let always = body
        .fields
        .iter()
        .filter(|field| !field.presence.may_be_absent());
    let always = Token::usize_unsuffixed(always.count());
    let others = body.fields.iter().filter_map(|field| {
        let name = ident::field(&field.name);
        match field.presence {
            Presence::Optional => Some(quote!(usize::from(self.#name.is_some()))),
            Presence::OptionalNullable => Some(quote!(usize::from(!self.#name.is_absent()))),
            Presence::Required | Presence::Nullable => None,
        }
    });
    let more = body.additional.as_ref().map(|more| {
        let name = ident::field(&more.name);
        quote!(self.#name.len())
    });
    let counts = [quote!(#always)].into_iter().chain(others).chain(more);
    quote!([#(#counts),*].iter().sum())
}

/// The checks of each item of a list, or of each value of a map; none where nothing is limited.
fn each(
    scope: &Scope<'_>,
    value: &TokenStream,
    ident: &str,
    item: &Type,
    constraints: &Constraints,
) -> Option<TokenStream> {
    let checks = within(scope, ident, item, constraints);
    (!checks.is_empty()).then(|| quote!(check.each_own(#value, |check, item| { #checks });))
}

/// The checks of `item`.
fn within(scope: &Scope<'_>, ident: &str, ty: &Type, constraints: &Constraints) -> TokenStream {
    let ident = format!("{ident}__item");
    let own = ident::constant(&ident);
    let mut checks = TokenStream::new();
    if is_measured(scope, ty) {
        checks.extend(pattern(scope, constraints, &own));
        let limited = limits(scope, constraints, &own);
        checks.extend(limited.map(|limits| quote!(check.own_limits(item, #limits);)));
    }
    if let Type::List(inner) | Type::Map(inner) = scope.resolved(ty) {
        checks.extend(each(
            scope,
            &quote!(item),
            &ident,
            inner,
            &constraints.items,
        ));
    }
    checks
}

/// Whether a deprecated member is looked at to count it.
fn is_counted(body: &Struct, field: &Field) -> bool {
    field.deprecated && !body.constraints.is_empty() && field.presence.may_be_absent()
}

fn is_touched(scope: &Scope<'_>, field: &Field) -> bool {
    field.deprecated && (!field.constraints.is_empty() || is_checked(scope, &field.ty))
}

/// The checks of a type around another.
pub(super) fn newtype(scope: &Scope<'_>, def: &TypeDef) -> Option<TokenStream> {
    def.facts.checked.then(|| {
        implemented(
            scope,
            def,
            TokenStream::new(),
            quote!(check.flattened(&self.0);),
            false,
        )
    })
}

/// The checks of a union: those of the branch that is held.
pub(super) fn union(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> Option<TokenStream> {
    if !def.facts.checked {
        return None;
    }
    let mut others = choice.unknown.is_some();
    let mut arms = Vec::new();
    for branch in &choice.branches {
        let checks = branch_checks(scope, choice, branch);
        if checks.is_empty() {
            others = true;
            continue;
        }
        let name = ident::variant(&branch.name);
        arms.push((quote!(Self::#name(value)), quote!(#(#checks)*)));
    }
    let unused = arms.is_empty();
    let body = match (arms.as_slice(), others) {
        ([(pattern, checks)], true) => quote!(if let #pattern = self { #checks }),
        ([(pattern, checks)], false) => quote!(let #pattern = self; #checks),
        _ => {
            let rest = others.then(|| quote!(_ => {}));
            let arms = arms
                .iter()
                .map(|(pattern, checks)| quote!(#pattern => { #checks }));
            quote!(match self { #(#arms)* #rest })
        }
    };
    Some(implemented(scope, def, TokenStream::new(), body, unused))
}

/// The checks of what a branch holds: under its tag where it has one, else as the value itself.
fn branch_checks(scope: &Scope<'_>, choice: &Union, branch: &Branch) -> Vec<TokenStream> {
    let place = match &choice.tagging {
        Tagging::External => branch.tags.first().map(|tag| tag.text()),
        Tagging::Adjacent { content, .. } => Some(content.text()),
        Tagging::Internal(_) | Tagging::Untagged => None,
    };
    let (mut statics, mut checks) = (Vec::new(), Vec::new());
    if branch.constant.is_some() {
        return statics;
    }
    match place {
        Some(wire) => {
            let held = Checked {
                ident: branch.name.as_str(),
                wire,
                value: quote!(value),
            };
            held.add(
                scope,
                &branch.ty,
                &branch.constraints,
                &mut statics,
                &mut checks,
            );
        }
        None => {
            let own = ident::constant(branch.name.as_str());
            if is_measured(scope, &branch.ty) {
                statics.extend(pattern(scope, &branch.constraints, &own));
                let limited = limits(scope, &branch.constraints, &own);
                checks.extend(limited.map(|limits| quote!(check.own_limits(value, #limits);)));
            }
            if let Type::List(item) | Type::Map(item) = scope.resolved(&branch.ty) {
                let (value, name) = (quote!(value), branch.name.as_str());
                checks.extend(each(scope, &value, name, item, &branch.constraints.items));
            }
            if is_checked(scope, &branch.ty) {
                checks.push(quote!(check.flattened(value);));
            }
        }
    }
    statics.extend(checks);
    statics
}

/// Whether a type has checks of its own, so that [`Checked`] values of it are looked into.
pub(in crate::emit) fn is_checked(scope: &Scope<'_>, ty: &Type) -> bool {
    if matches!(ty, Type::Tuple(_)) {
        return false;
    }
    let mut found = false;
    ty.each_named(&mut |id| found |= scope.api.type_def(id).facts.checked);
    found
}

/// A value that is checked under a name.
pub(in crate::emit) struct Checked<'a> {
    pub(in crate::emit) ident: &'a str,
    pub(in crate::emit) wire: &'a str,
    pub(in crate::emit) value: TokenStream,
}

impl Checked<'_> {
    /// Adds its checks, and the patterns that they need.
    pub(in crate::emit) fn add(
        &self,
        scope: &Scope<'_>,
        ty: &Type,
        constraints: &Constraints,
        statics: &mut Vec<TokenStream>,
        checks: &mut Vec<TokenStream>,
    ) {
        let Self { ident, wire, value } = self;
        let wire = text(wire);
        let own = ident::constant(ident);
        if is_measured(scope, ty) {
            statics.extend(pattern(scope, constraints, &own));
            let limited = limits(scope, constraints, &own);
            checks.extend(limited.map(|limits| quote!(check.limits(#wire, #value, #limits);)));
        }
        let items = &constraints.items;
        if !items.items.is_empty()
            && let Type::List(item) | Type::Map(item) = scope.resolved(ty)
        {
            let inner = within(scope, ident, item, items);
            if !inner.is_empty() {
                checks.push(quote!(check.each(#wire, #value, |check, item| { #inner });));
            }
        } else if !items.is_empty() && has_items(scope, ty) {
            let each = ident::constant(&format!("{ident}__item"));
            statics.extend(pattern(scope, items, &each));
            let limited = limits(scope, items, &each);
            checks.extend(limited.map(|limits| quote!(check.items(#wire, #value, #limits);)));
        }
        if is_checked(scope, ty) {
            checks.push(quote!(check.nested(#wire, #value);));
        }
    }
}

fn has_items(scope: &Scope<'_>, ty: &Type) -> bool {
    match scope.resolved(ty) {
        Type::List(item) | Type::Map(item) => is_measured(scope, item),
        _ => false,
    }
}

/// Whether the runtime can check values of a type against limits.
fn is_measured(scope: &Scope<'_>, ty: &Type) -> bool {
    match scope.resolved(ty) {
        Type::Nullable(inner) | Type::Secret(inner) => is_measured(scope, inner),
        Type::Named(id) | Type::Boxed(id) => match &scope.api.type_def(*id).shape {
            Shape::Enum(_) => true,
            Shape::Newtype(inner) => inner.is_plain(),
            _ => false,
        },
        Type::IpAddr | Type::Ipv4Addr | Type::Ipv6Addr | Type::Null | Type::Tuple(_) => false,
        Type::External(external) => external.form != ExternalForm::Own,
        _ => true,
    }
}

fn implemented(
    scope: &Scope<'_>,
    def: &TypeDef,
    attributes: TokenStream,
    body: TokenStream,
    unused: bool,
) -> TokenStream {
    let (validate, name) = (scope.known(Known::Validate), ident::ty(&def.name));
    if unused {
        return quote!(impl #validate for #name {});
    }
    let check = scope.known(Known::Check);
    quote! {
        impl #validate for #name {
            #attributes
            fn validate(&self, check: &mut #check) {
                #body
            }
        }
    }
}
