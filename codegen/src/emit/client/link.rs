//! Links as methods of the operation that is answered: each makes the call that follows.

mod value;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::value::value_of;
use super::arguments::{body_argument, is_borrowed, nullable};
use super::payload::body_type;
use super::{setters, success};
use crate::emit::client::asked::is_asked_for;
use crate::emit::deprecated::allowed;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::Argument;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::FieldTy;
use crate::ir::{Link, LinkSource, LinkText, LinkValue, Operation, Payload, Presence, Response};
use crate::names::TypeName;

/// The methods; nothing where an operation has no links.
pub(super) fn item(scope: &Scope<'_>, from: &Operation) -> Option<TokenStream> {
    let methods = from.links.iter().filter_map(|link| {
        let modules = scope.api.modules.iter().enumerate();
        let operations = modules.flat_map(|(at, module)| {
            let operations = module.operations.iter();
            operations.map(move |operation| (at, operation))
        });
        let mut operations = operations.filter(|(_, operation)| operation.receiver.is_none());
        let (home, to) = operations.find(|(_, operation)| operation.name == link.operation)?;
        Some(SharedTokens(method(scope, from, link, home, to)))
    });
    let methods: Vec<SharedTokens> = methods.collect();
    let name = ident::ty(&from.name);
    (!methods.is_empty()).then(|| quote!(impl #name { #(#methods)* }))
}

fn method(
    scope: &Scope<'_>,
    from: &Operation,
    link: &Link,
    home: usize,
    to: &Operation,
) -> TokenStream {
    let (option, some, response) = (
        scope.known(Known::Option),
        scope.known(Known::Some),
        scope.known(Known::Response),
    );
    let name = ident::function(&link.name);
    let of = path_of(scope, home, &link.operation);
    let docs = docs(link, to);
    let answered = success::ty(scope, from);
    let names = Names::of(to);
    let given = |at: usize| link.parameters.iter().find(|(given, _)| *given == at);
    let value = |value: &LinkValue| value_of(scope, from, &names, value);
    let (mut declared, mut lets, mut arguments) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sets, mut named) = (Vec::new(), Vec::new());
    let by_name = scope.api.is_by_name(to);
    for (at, parameter) in to.parameters.iter().enumerate() {
        let field = ident::field(&parameter.name);
        let ty = FieldTy(scope, &parameter.ty, Presence::Required);
        match (given(at), is_asked_for(scope, parameter)) {
            (Some((_, given)), true) => {
                let value = value(given);
                lets.push(quote!(let #field: #ty = #value?;));
                match (by_name, is_borrowed(scope, parameter), parameter.presence) {
                    (false, ..) => arguments.push(quote!(#field)),
                    (true, true, _) => named.push(quote!(#field: &#field)),
                    (true, false, Presence::Nullable) => named.push(quote!(#field: #some(#field))),
                    (true, false, _) => named.push(quote!(#field)),
                }
            }
            (None, true) => {
                let argument = Argument {
                    name: field.clone(),
                    ty: &parameter.ty,
                    presence: parameter.presence,
                };
                match (by_name, is_borrowed(scope, parameter)) {
                    (false, _) => {
                        declared.push(argument.declared(scope));
                        arguments.push(quote!(#field));
                    }
                    (true, true) => {
                        declared.push(quote!(#field: &str));
                        named.push(quote!(#field));
                    }
                    (true, false) => {
                        declared.push(argument.declared(scope));
                        named.push(argument.member(scope));
                    }
                }
            }
            (Some((_, given)), false) if parameter.presence.may_be_absent() => {
                let value = value(given);
                lets.push(quote!(let #field: #option<#ty> = #value;));
                let setter = ident::function(&setters::setter_name(to, parameter));
                sets.push((field, quote!(#setter)));
            }
            (_, false) => {}
        }
    }
    if by_name {
        let args = path_of(scope, home, &to.args_name);
        arguments.push(quote!(#args { #(#named),* }));
    }
    if let Some(body) = &to.body {
        let field = ident::field(&body.name);
        let ty = body_type(scope, body);
        let is_given = to.given_body().is_some();
        if let Some(given) = &link.body {
            let value = value(given);
            lets.push(match body.required {
                true => quote!(let #field: #ty = #value?;),
                false => quote!(let #field: #option<#ty> = #value;),
            });
        }
        match (is_given, &link.body) {
            (true, Some(_)) if nullable(scope, body).is_some() => {
                arguments.push(quote!(#field.flatten()));
            }
            (true, Some(_)) => arguments.push(quote!(#field)),
            (true, None) => {
                declared.push(body_argument(scope, body).0);
                arguments.push(quote!(#field));
            }
            (false, Some(_)) => sets.push((field.clone(), quote!(#field))),
            (false, None) => {}
        }
    }
    let uses_answer = values(link).any(|source| {
        matches!(
            source,
            LinkSource::ResponseBody(_) | LinkSource::ResponseHeader(_) | LinkSource::Status
        )
    });
    let uses_body = values(link).any(|source| matches!(source, LinkSource::ResponseBody(_)));
    let answer = match uses_answer {
        true => {
            let answer = &names.answer;
            quote!(#answer)
        }
        false => quote!(_),
    };
    let body = uses_body.then(|| body_of(scope, from, link, &names));
    let made = quote!(#of::new(#(#arguments),*));
    let linked = &names.linked;
    let made = match sets.is_empty() {
        true => quote!(#some(#made)),
        false => {
            let sets = sets.iter().map(|(field, setter)| {
                quote! {
                    if let #some(#field) = #field {
                        #linked = #linked.#setter(#field);
                    }
                }
            });
            quote! {
                let mut #linked = #made;
                #(#sets)*
                #some(#linked)
            }
        }
    };
    let receiver = match values(link).any(is_of_request) {
        true => quote!(&self,),
        false => quote!(),
    };
    let many = crate::emit::model::too_many(declared.len().saturating_add(2));
    let allowed = allowed(to);
    quote! {
        #docs
        #many
        #allowed
        pub fn #name(#receiver #answer: &#response<#answered>, #(#declared),*) -> #option<#of> {
            #body
            #(#lets)*
            #made
        }
    }
}

/// The path of an item of a linked operation.
fn path_of(scope: &Scope<'_>, home: usize, name: &TypeName) -> TokenStream {
    let name = ident::ty(name);
    match scope.is_of(home) {
        true => quote!(#name),
        false => {
            let root = scope.root();
            quote!(#root::#name)
        }
    }
}

/// Variables that no parameter of the linked operation is called like.
struct Names {
    /// The answer.
    answer: Ident,
    /// Its body.
    found: Ident,
    /// The call that is made.
    linked: Ident,
}

impl Names {
    fn of(to: &Operation) -> Self {
        let free = |wanted: &[&str]| {
            let is_free = |name: &&&str| {
                let mut parameters = to.parameters.iter();
                parameters.all(|parameter| parameter.name.as_str() != **name)
            };
            let name = wanted.iter().find(is_free);
            ident::plain(name.copied().unwrap_or("answer_of_the_first_call"))
        };
        Self {
            answer: free(&["answer", "response", "first_answer"]),
            found: free(&["answered", "answer_body", "first_body"]),
            linked: free(&["linked", "linked_call", "next_call"]),
        }
    }
}

fn docs(link: &Link, to: &Operation) -> Doc {
    let line = format!(
        "The call of [`{}`] that follows from an answer by the link {}; none where the answer lacks a value for it.",
        to.name,
        code(link.wire.text())
    );
    let mut docs = Doc::above(&link.docs, Depth::Member, &line);
    for (at, value) in &link.parameters {
        if let (Some(parameter), LinkValue::Constant(json)) = (to.parameters.get(*at), value) {
            docs.paragraph(&format!(
                "Sets {} to {}.",
                code(parameter.wire.text()),
                code(json.text())
            ));
        }
    }
    docs
}

fn is_of_request(source: &LinkSource) -> bool {
    matches!(
        source,
        LinkSource::Parameter(_) | LinkSource::RequestBody(_)
    )
}

fn values(link: &Link) -> impl Iterator<Item = &LinkSource> {
    let values = link.parameters.iter().map(|(_, value)| value);
    values.chain(&link.body).flat_map(|value| match value {
        LinkValue::Constant(_) => Vec::new(),
        LinkValue::Found(source) => vec![source],
        LinkValue::Text(parts) => parts
            .iter()
            .filter_map(|part| match part {
                LinkText::Found(source) => Some(source),
                LinkText::Plain(_) => None,
            })
            .collect(),
    })
}

/// The variable that holds the body of the answer.
fn body_of(scope: &Scope<'_>, from: &Operation, link: &Link, names: &Names) -> TokenStream {
    let none = scope.known(Known::None);
    let Names { answer, found, .. } = names;
    let responses = &from.responses.success;
    let of_status =
        |response: &&Response| response.status == link.status && response.payload != Payload::Empty;
    let optional = |response: Option<&Response>| {
        let payload = response.map(|response| &response.payload);
        matches!(payload, Some(Payload::OptionalJson(_)))
    };
    if !success::is_choice(from) {
        return match optional(responses.first()) {
            true => quote!(let #found = #answer.as_ref()?;),
            false => quote!(let #found = &**#answer;),
        };
    }
    let of = ident::ty(&from.success_name);
    let Some(response) = responses.iter().find(of_status) else {
        return quote!(return #none;);
    };
    let variant = ident::variant(&response.variant);
    let unwrapped = optional(Some(response)).then(|| quote!(let #found = #found.as_ref()?;));
    quote! {
        let #of::#variant(#found) = &**#answer else {
            return #none;
        };
        #unwrapped
    }
}
