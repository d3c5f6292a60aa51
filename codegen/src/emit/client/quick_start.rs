//! The first example of a client crate: a client with the API's own credentials, a call of its own with a documented
//! failure, and a list in pages.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::{self, Example};
use crate::emit::emitter::Emitter;
use crate::emit::ident;

use crate::emit::types::text;
use crate::ir::{AcceptVariable, Api, Operation, Payload, Response, SchemeKind, Status};
use crate::layout;

/// The program, which compiles; none for an API without an operation that an example can call.
pub(in crate::emit) fn program(emitter: Emitter<'_>) -> Option<Vec<String>> {
    let operations = || {
        let modules = emitter.api.modules.iter().filter(|module| !module.receives);
        let all = modules.flat_map(|module| &module.operations);
        all.filter(|operation| operation.streamed.is_none() && !operation.deprecated)
            .map(|operation| (operation, Example::of(emitter, operation)))
            .filter(|(_, example)| example.given.is_empty())
    };
    let (operation, example) = operations().min_by_key(|(operation, _)| rank(operation))?;
    let pages = match operation.paging {
        Some(_) => None,
        None => operations().find(|(operation, _)| is_plain_list(operation)),
    };
    let call = match operation.paging {
        Some(_) => list(operation, &example),
        None => call(operation, &example),
    };
    let model = pages.as_ref().map(|(_, example)| example.scope.imports());
    let model = [Some(example.scope.imports()), model].into_iter().flatten();
    let model = model.into_iter().find(|imports| !imports.is_empty());
    let pages = pages.map(|(operation, example)| list(operation, &example));
    let mut imports = vec![quote!(Client)];
    let error = (operation.paging.is_none())
        .then(|| told(operation))
        .flatten();
    if error.is_some() {
        let name = ident::ty(&operation.error_name);
        imports.push(quote!(Error));
        imports.push(quote!(#name));
    }
    let credential = credential(emitter, operation);
    let asks = credential.is_some() || !variables(emitter).is_empty();
    if credential.is_some() {
        imports.push(quote!(security));
    }
    let (client, build) = (&example.client, build(emitter, credential));
    let standard = asks.then(|| {
        let env = ident::plain("env");
        quote!(use std::#env;)
    });
    layout::program(quote! {
        #standard
        use #client::{#(#imports),*};
        #model

        async fn example() -> Result<(), Box<dyn std::error::Error>> {
            #build
            #call
            #pages
            Ok(())
        }
    })
}

/// The rank of an operation as an example of a call: the smaller, the better.
fn rank(operation: &Operation) -> impl Ord {
    let yields = operation.responses.only_success();
    let is_value = yields.is_some_and(|response| matches!(response.payload, Payload::Json(_)));
    (
        operation.method.as_str() != "GET",
        !is_value,
        operation.body.is_some(),
        told(operation).is_none(),
        operation.paging.is_some(),
        operation.parameters.len().min(3),
    )
}

/// A list in pages that asks for nothing.
fn is_plain_list(operation: &Operation) -> bool {
    operation.paging.is_some() && operation.body.is_none()
}

/// The failure that an example handles.
fn told(operation: &Operation) -> Option<&Response> {
    let errors = &operation.responses.errors;
    let is_not_found = |response: &&Response| response.status == Status::Code(404);
    errors.iter().find(is_not_found).or_else(|| errors.first())
}

/// The client, made with what the API asks for.
fn build(emitter: Emitter<'_>, credential: Option<TokenStream>) -> TokenStream {
    let api = emitter.api;
    let server = api.servers.first().map(|server| server.url.text());
    let has_host = server.is_some_and(|url| url.contains("://"));
    let base = (!has_host).then(|| {
        let base = text(&example_base(server.unwrap_or_default()));
        quote!(.base_url(#base))
    });
    let variables = variables(emitter).into_iter().map(|variable| {
        let wire = text(variable.wire.text());
        let value = environment(emitter, variable.name.as_str());
        quote!(.accept_variable(#wire, #value))
    });
    let credential = credential.map(|credential| quote!(.credential(#credential)));
    quote! {
        let client = Client::builder() #base #(#variables)* #credential .build()?;
    }
}

/// A base URL as a caller would give it: it has the path of the document's server, where that is a path alone.
fn example_base(server: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/-._~".contains(letter);
    let path = match server.starts_with('/') && server.chars().all(is_plain) {
        true => server.trim_end_matches('/'),
        false => "",
    };
    format!("https://api.example.com{path}")
}

/// The parts of the media type that callers have to choose.
fn variables(emitter: Emitter<'_>) -> Vec<&AcceptVariable> {
    let variables = emitter.api.accept.iter();
    let variables = variables.flat_map(|accept| &accept.variables);
    variables
        .filter(|variable| variable.default.is_none())
        .collect()
}

/// A credential that the operation takes.
fn credential(emitter: Emitter<'_>, operation: &Operation) -> Option<TokenStream> {
    let api: &Api = emitter.api;
    let alternatives = operation.security.iter();
    let schemes = alternatives.filter_map(|schemes| match schemes.as_slice() {
        [only] => api.schemes.get(only.scheme),
        _ => None,
    });
    let known = |kind: &SchemeKind| !matches!(kind, SchemeKind::Unknown | SchemeKind::MutualTls);
    let scheme = schemes
        .into_iter()
        .find(|scheme| known(&scheme.kind) && !scheme.deprecated)?;
    let name = ident::function(&scheme.name);
    let value = |what| environment(emitter, what);
    if scheme.client_credentials().is_some() {
        let (id, secret) = (value("client_id"), value("client_secret"));
        return Some(quote!(security::#name(#id, #secret, &[])));
    }
    Some(match &scheme.kind {
        SchemeKind::Basic => {
            let (user, password) = (value("user"), value("password"));
            quote!(security::#name(#user, #password))
        }
        _ => {
            let token = value("token");
            quote!(security::#name(#token))
        }
    })
}

/// A variable of the environment, named after the API.
fn environment(emitter: Emitter<'_>, what: &str) -> TokenStream {
    let name = format!("{}_{what}", emitter.settings.name).replace('-', "_");
    let name = text(&name.to_uppercase());
    quote!(env::var(#name)?)
}

/// A call, with a documented failure.
fn call(operation: &Operation, example: &Example<'_>) -> TokenStream {
    let Example {
        scope,
        before,
        arguments,
        ..
    } = example;
    let method = ident::function(&operation.method_name);
    let called = quote!(client.#method(#(#arguments),*).send().await);
    let (pattern, shown) = match example::result(scope, operation) {
        Some(name) => {
            let shown = text(&format!("{{{name}:?}}"));
            (quote!(#name), quote!(println!(#shown)))
        }
        None => (quote!(_), quote!(println!("done"))),
    };
    let Some(failure) = told(operation) else {
        let shown = example::result(scope, operation).map(|_| quote!(#shown;));
        return quote! {
            #before
            let #pattern = #called?;
            #shown
        };
    };
    let (error, variant) = (
        ident::ty(&operation.error_name),
        ident::variant(&failure.variant),
    );
    let holds = (failure.payload != Payload::Empty).then(|| quote!((_)));
    quote! {
        #before
        match #called {
            Ok(#pattern) => #shown,
            Err(Error::Api(#error::#variant #holds, answer)) => println!("{answer}"),
            Err(other) => return Err(other.into()),
        }
    }
}

/// All items of a list in pages.
fn list(operation: &Operation, example: &Example<'_>) -> TokenStream {
    let Example {
        before, arguments, ..
    } = example;
    let method = ident::function(&operation.method_name);
    quote! {
        #before
        let mut items = client.#method(#(#arguments),*).items();
        while let Some(item) = items.next().await? {
            println!("{item:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::example_base;

    #[test]
    fn an_example_has_the_path_of_a_server_that_is_a_path() {
        for (server, base) in [
            ("/v1.41", "https://api.example.com/v1.41"),
            ("/api/v2/", "https://api.example.com/api/v2"),
            ("/", "https://api.example.com"),
            ("", "https://api.example.com"),
            ("{base}/v1", "https://api.example.com"),
            ("/{version}", "https://api.example.com"),
            ("/a\"b```", "https://api.example.com"),
        ] {
            assert_eq!(example_base(server), base, "{server}");
        }
    }
}
