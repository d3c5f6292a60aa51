//! Examples of calls, as documentation that compiles. Of a document's texts they have only those of plain letters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::arguments::{asked, is_borrowed};
use super::payload::payload_type;
use super::sample::{Sampled, argument, constructed, member};
use super::setters::setter_name;
use super::success::is_choice;
use crate::emit::emitter::Emitter;
use crate::emit::ident;
use crate::emit::scope::{Scope, path};
use crate::emit::types::{FieldTy, Ty};
use crate::ir::{Body, Operation, Payload, Type};
use crate::layout;
use crate::names::{FieldName, Words};
use crate::settings::Layout;

/// The parts of an example: statements that are shown, and around them hidden ones.
pub(super) struct Example<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) client: TokenStream,
    /// Values that a reader has already, as parameters of the hidden function.
    pub(super) given: Vec<TokenStream>,
    pub(super) before: TokenStream,
    pub(super) arguments: Vec<TokenStream>,
}

/// The lines of a code block; none if there is nothing to show.
pub(super) fn lines(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let example = Example::of(scope.emitter, operation);
    let Some(formatted) = layout::example(example.file(operation)) else {
        return Vec::new();
    };
    // The signature ends at the margin; what is shown stands below it, indented.
    let signature = formatted
        .iter()
        .position(|line| line.ends_with('{') && !line.starts_with(' '));
    let (hidden, body) = formatted.split_at(signature.map_or(0, |at| at + 1));
    // The name of somebody's crate is not known.
    let fence = match scope.emitter.settings.layout {
        Layout::Module(_) => "```ignore",
        _ => "```no_run",
    };
    let mut lines = vec![fence.to_owned()];
    lines.extend(
        hidden
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| format!("# {line}")),
    );
    lines.extend(body.iter().map(|line| match line.strip_prefix("    ") {
        Some("Ok(())") => "# Ok(())".to_owned(),
        Some(shown) => shown.to_owned(),
        None => format!("# {line}"),
    }));
    lines.push("```".to_owned());
    lines
}

impl<'a> Example<'a> {
    /// The parts of an example of an operation.
    pub(super) fn of(emitter: Emitter<'a>, operation: &Operation) -> Self {
        let mut example = Self {
            scope: Scope::outside(emitter),
            client: path(&emitter.api_facts.roots[1].client),
            given: Vec::new(),
            before: TokenStream::new(),
            arguments: Vec::new(),
        };
        match emitter.api.is_by_name(operation) {
            true => example.by_name(operation),
            false => example.parameters(operation),
        }
        if let Some(body) = operation.given_body() {
            example.body(body);
        }
        example
    }

    fn parameters(&mut self, operation: &Operation) {
        for parameter in asked(&self.scope, operation) {
            let value = match argument(&self.scope, &Sampled::of(parameter)) {
                Some(sample) => sample,
                None => {
                    let ty = Ty(&self.scope, &parameter.ty);
                    let ty = quote!(#ty);
                    self.give(parameter.name.as_str(), ty)
                }
            };
            self.arguments.push(value);
        }
    }

    fn by_name(&mut self, operation: &Operation) {
        let mut fields = Vec::new();
        for parameter in asked(&self.scope, operation) {
            let sampled = Sampled::of(parameter);
            let sample = match is_borrowed(&self.scope, parameter) {
                true => argument(&self.scope, &sampled),
                false => member(&self.scope, &sampled),
            };
            let value = match sample {
                Some(sample) => sample,
                None => {
                    let ty = FieldTy(&self.scope, &parameter.ty, parameter.presence);
                    let ty = quote!(#ty);
                    self.give(parameter.name.as_str(), ty)
                }
            };
            let name = ident::field(&parameter.name);
            let is_short = name == value.to_string();
            fields.push(match is_short {
                true => quote!(#name),
                false => quote!(#name: #value),
            });
        }
        let (client, name) = (&self.client, ident::ty(&operation.args_name));
        self.arguments.push(quote!(#client::#name { #(#fields),* }));
    }

    fn body(&mut self, body: &Body) {
        let name = ident::field(&body.name);
        if let [(_, payload, _)] = body.payloads.as_slice() {
            match payload {
                Payload::Json(ty) | Payload::Form(ty, _) | Payload::Xml(ty, _) => {
                    if let Some(made) = constructed(&self.scope, ty) {
                        self.before = quote!(let #name = #made;);
                        self.arguments.push(quote!(#name));
                        return;
                    }
                }
                Payload::Text => return self.arguments.push(quote!("text")),
                _ => {}
            }
        }
        let client = &self.client;
        let ty = match body.payloads.as_slice() {
            [(_, Payload::Multipart(form, _), _)] => {
                let form = ident::ty(form);
                quote!(#client::#form)
            }
            [(_, payload, _)] => payload_type(&self.scope, payload),
            _ => {
                let of = ident::ty(&body.enum_name);
                quote!(#client::#of)
            }
        };
        let given = self.give(body.name.as_str(), ty);
        self.arguments.push(given);
    }

    /// Takes a value from the hidden function's parameters; one must not be called like the client.
    fn give(&mut self, name: &str, ty: TokenStream) -> TokenStream {
        let name = if name == "client" {
            ident::plain("of_client")
        } else {
            ident::verbatim(name)
        };
        self.given.push(quote!(#name: #ty));
        quote!(#name)
    }

    /// All of it.
    fn file(&self, operation: &Operation) -> TokenStream {
        let Self {
            scope,
            client,
            given,
            ..
        } = self;
        let call = self.call(operation);
        let imports = scope.imports();
        quote! {
            #imports
            async fn example(client: #client::Client, #(#given),*) -> Result<(), Box<dyn std::error::Error>> {
                #call
                Ok(())
            }
        }
    }

    /// The call, with one optional parameter if the document has a value for one.
    fn call(&self, operation: &Operation) -> TokenStream {
        let Self {
            scope,
            before,
            arguments,
            ..
        } = self;
        let method = ident::function(&operation.method_name);
        let mut optional = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.presence.may_be_absent() && !parameter.deprecated);
        let with = optional.find_map(|parameter| {
            let sampled = Sampled::of(parameter);
            let value = sampled
                .is_documented(scope)
                .then(|| argument(scope, &sampled))??;
            let name = ident::function(&setter_name(operation, parameter));
            Some(quote!(.#name(#value)))
        });
        let result = result(scope, operation).map(|name| quote!(let #name =));
        quote! {
            #before
            #result client.#method(#(#arguments),*) #with .send().await?;
        }
    }
}

/// A variable for what a call yields; none if it yields nothing.
pub(super) fn result(scope: &Scope<'_>, operation: &Operation) -> Option<Ident> {
    let responses = &operation.responses.success;
    let first = responses.first()?;
    let is_choice = is_choice(operation);
    let name = match &first.payload {
        Payload::Empty if !is_choice => return None,
        Payload::Json(ty) | Payload::Xml(ty, _) if !is_choice => variable(scope, ty),
        _ => None,
    };
    let is_taken = |name: &str| name == "client" || name == "body";
    let name = name.filter(|name| !is_taken(name.as_str()));
    Some(name.map_or_else(|| ident::plain("response"), |name| ident::field(&name)))
}

/// A variable for a value of a type: `pet` for a `Pet`, `pets` for a list of them.
fn variable(scope: &Scope<'_>, ty: &Type) -> Option<FieldName> {
    let name = |id| Words::of(scope.api.type_name(id).as_str());
    match ty {
        Type::Named(id) | Type::Boxed(id) => Some(FieldName::new(&name(*id))),
        Type::List(item) => match **item {
            Type::Named(id) | Type::Boxed(id) => Some(FieldName::new(&name(id).plural())),
            _ => None,
        },
        _ => None,
    }
}
