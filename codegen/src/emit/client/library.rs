//! The root of a client crate: the client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::known::Known;
use crate::emit::model::head;
use crate::emit::plan::Krate;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::emit::{Emitter, ident};
use crate::ir::{AcceptTemplate, Module};
use crate::write::SourceFile;

/// `lib.rs`.
pub(super) fn file(emitter: Emitter<'_>) -> SourceFile {
    let api = emitter.api;
    let scope = emitter.scope(Krate::Client, None);
    let head = head(emitter, "Operations").inner();
    let modules = modules(emitter);
    let spec = spec(&scope);
    let client = client(&scope);
    let name = format!("{}-model", emitter.settings.name).replace('-', "_");
    let model = ident::plain(&name);
    let prelude = quote! {
        pub use countersign_runtime::{Error, Response, Secret};
        pub use #model as model;
    };
    let imports = scope.imports();
    let _ = api;
    SourceFile {
        name: "lib.rs".to_owned(),
        items: vec![quote!(#head), modules, imports, prelude, spec, client],
    }
}

fn modules(emitter: Emitter<'_>) -> TokenStream {
    let api = emitter.api;
    let operations = api
        .modules
        .iter()
        .filter(|module| !module.operations.is_empty())
        .map(|Module { name, .. }| {
            let name = ident::module(name);
            quote! {
                pub mod #name;
                #[doc(no_inline)]
                pub use self::#name::*;
            }
        });
    let security = (!api.schemes.is_empty()).then(|| {
        quote!(
            pub mod security;
        )
    });
    let servers = (!api.servers.is_empty()).then(|| {
        quote!(
            pub mod servers;
        )
    });
    quote!(#(#operations)* #security #servers)
}

fn spec(scope: &Scope<'_>) -> TokenStream {
    let api = scope.api;
    let of = scope.known(Known::ApiSpec);
    let (name, version) = (text(api.title.text()), text(api.version.text()));
    let servers = if api.servers.is_empty() {
        quote!(&[])
    } else {
        let servers = scope.known(Known::Servers);
        quote!(#servers::SERVERS)
    };
    let accept = match &api.accept {
        Some(template) => {
            let (some, template) = (scope.known(Known::Some), accept(scope, template));
            quote!(#some(#template))
        }
        None => {
            let none = scope.known(Known::None);
            quote!(#none)
        }
    };
    quote! {
        static API: #of = #of {
            name: #name,
            version: #version,
            servers: #servers,
            accept: #accept,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        };
    }
}

fn accept(scope: &Scope<'_>, template: &AcceptTemplate) -> TokenStream {
    let (of, variable) = (
        scope.known(Known::AcceptSpec),
        scope.known(Known::AcceptVariable),
    );
    let media_type = text(template.media_type.text());
    let variables = template.variables.iter().map(|wanted| {
        let name = text(wanted.wire.text());
        let default = match &wanted.default {
            Some(value) => {
                let (some, value) = (scope.known(Known::Some), text(value.text()));
                quote!(#some(#value))
            }
            None => {
                let none = scope.known(Known::None);
                quote!(#none)
            }
        };
        quote!(#variable { name: #name, default: #default })
    });
    quote!(#of { media_type: #media_type, variables: &[#(#variables),*] })
}

fn client(scope: &Scope<'_>) -> TokenStream {
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!("A client of {}.", code(scope.api.title.text())));
    docs.paragraph("Clones share connections, credentials and the budget for retries.");
    let (core, builder, call, of, from) = (
        scope.known(Known::Core),
        scope.known(Known::Builder),
        scope.known(Known::Call),
        scope.known(Known::Operation),
        scope.known(Known::From),
    );
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            core: #core,
        }

        impl Client {
            /// What a client needs to know before there is one.
            pub fn builder() -> #builder<Self> {
                #builder::new(&API)
            }

            /// Calls an operation that was made as a value.
            pub fn call<O: #of>(&self, operation: O) -> #call<'_, O> {
                self.core.call(operation)
            }
        }

        impl #from<#core> for Client {
            fn from(core: #core) -> Self {
                Self { core }
            }
        }

        impl AsRef<#core> for Client {
            fn as_ref(&self) -> &#core {
                &self.core
            }
        }
    }
}
