//! Examples of calls, as documentation that compiles. They are made from facts alone: no text of a document is in them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::asked::is_asked_for;
use super::payload::payload_type;
use super::sample::{argument, constructed};
use crate::emit::api_facts::CrateKind;
use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Body, Operation, Payload};
use crate::layout;

/// The parts of an example: statements that are shown, and around them hidden ones.
struct Example<'a> {
    scope: Scope<'a>,
    client: Ident,
    /// Values that a reader has already, as parameters of the hidden function.
    given: Vec<TokenStream>,
    before: TokenStream,
    arguments: Vec<TokenStream>,
}

/// The lines of a code block; none if there is nothing to show.
pub(super) fn lines(scope: &Scope<'_>, operation: &Operation) -> Vec<String> {
    let mut example = Example {
        scope: Scope::new(scope.emitter, CrateKind::Client, None),
        client: ident::plain(&format!("{}-client", scope.emitter.settings.name).replace('-', "_")),
        given: Vec::new(),
        before: TokenStream::new(),
        arguments: Vec::new(),
    };
    example.parameters(operation);
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        example.body(body);
    }
    let Some(formatted) = layout::example(example.file(operation)) else {
        return Vec::new();
    };
    // The signature ends at the margin; what is shown stands below it, indented.
    let signature = formatted
        .iter()
        .position(|line| line.ends_with('{') && !line.starts_with(' '));
    let (hidden, body) = formatted.split_at(signature.map_or(0, |at| at + 1));
    let mut lines = vec!["```no_run".to_owned()];
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

impl Example<'_> {
    fn parameters(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            if !is_asked_for(&self.scope, parameter) {
                continue;
            }
            let sample = argument(
                &self.scope,
                parameter.name.as_str(),
                &parameter.ty,
                parameter.presence,
            );
            match sample {
                Some(sample) => self.arguments.push(sample),
                None => {
                    let ty = Ty(&self.scope, &parameter.ty);
                    let ty = quote!(#ty);
                    self.give(parameter.name.as_str(), ty);
                }
            }
        }
    }

    fn body(&mut self, body: &Body) {
        let name = ident::field(&body.name);
        if let [(_, payload, _)] = body.payloads.as_slice() {
            match payload {
                Payload::Json(ty) | Payload::Form(ty, _) => {
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
        self.give(body.name.as_str(), ty);
    }

    /// Takes a value from the hidden function's parameters; one must not be called like the client.
    fn give(&mut self, name: &str, ty: TokenStream) {
        let name = if name == "client" {
            ident::plain("of_client")
        } else {
            ident::verbatim(name)
        };
        self.given.push(quote!(#name: #ty));
        self.arguments.push(quote!(#name));
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

    /// The call, with one optional parameter if there is one that can be written down.
    fn call(&self, operation: &Operation) -> TokenStream {
        let Self {
            scope,
            before,
            arguments,
            ..
        } = self;
        let method = ident::function(&operation.method_name);
        let optional = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.presence.may_be_absent() && !parameter.deprecated)
            .filter(|parameter| parameter.name.as_str() != "new");
        let with = optional
            .filter_map(|parameter| {
                let value = argument(
                    scope,
                    parameter.name.as_str(),
                    &parameter.ty,
                    parameter.presence,
                )?;
                let name = ident::field(&parameter.name);
                Some(quote!(.with(|operation| operation.#name(#value))))
            })
            .next();
        quote! {
            #before
            let answer = client.#method(#(#arguments),*) #with .send().await?;
        }
    }
}
