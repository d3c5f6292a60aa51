//! The root of a client crate: the client and what the runtime is told of the API.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{reading, servers};
use crate::emit::api_facts::CrateKind;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::emitter::Emitter;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{head, revision};
use crate::emit::modules::{Declared, Export, declared};
use crate::emit::scope::{Scope, path};
use crate::emit::types::text;
use crate::ir::{AcceptTemplate, Shape, Type};
use crate::package::SourceFile;
use crate::settings::Layout;

/// `lib.rs`.
pub(super) fn file<'a>(emitter: Emitter<'a>, program: Option<&[String]>) -> SourceFile<'a> {
    let scope = Scope::new(emitter, CrateKind::Client, None);
    let mut head = head(emitter, "Operations");
    if let Some(program) = program {
        let fence = match emitter.settings.layout {
            // The name of somebody's crate is not known.
            Layout::Module(_) => "```ignore",
            _ => "```no_run",
        };
        head.block(&fenced(fence, program));
    }
    let head = head.inner();
    let model =
        &emitter.api_facts.roots[usize::from(emitter.settings.layout == Layout::Crates)].model;
    let path = path(model);
    let own = match emitter.settings.layout {
        Layout::Crates => quote!(pub use ::#path as model;),
        _ => quote!(pub use #path;),
    };
    let own = quote!(#[doc(no_inline)] #own);
    let runtime = quote! {
        #[doc(no_inline)]
        pub use ::countersign_runtime;
        #[doc(no_inline)]
        pub use ::countersign_runtime::{Error, Response, Secret};
    };
    // rustfmt wants them in the order of their names.
    let exports = if model.as_str() < "countersign_runtime" {
        quote!(#own #runtime)
    } else {
        quote!(#runtime #own)
    };
    let mut items = vec![revision(emitter.settings), spec(&scope)];
    items.extend(client(&scope));
    SourceFile::new("lib.rs", items, move || {
        vec![quote!(#head), scope.imports(), exports, modules(emitter)]
    })
}

/// A block of code.
pub(in crate::emit) fn fenced(open: &str, lines: &[String]) -> Vec<String> {
    let open = std::iter::once(open.to_owned());
    open.chain(lines.iter().cloned())
        .chain(["```".to_owned()])
        .collect()
}

fn modules(emitter: Emitter<'_>) -> TokenStream {
    let api = emitter.api;
    let operations = api.modules.iter().enumerate();
    let operations = operations.filter(|(_, module)| !module.operations.is_empty());
    let module = |name, export| Declared {
        name,
        gate: None,
        export,
    };
    let operations = operations.map(|(at, operations)| Declared {
        gate: match operations.receives {
            true => emitter.feature("receivers"),
            false => emitter.api_facts.graph.gate(api, at),
        },
        ..module(ident::module(&operations.name), Export::All)
    });
    let security = (!api.schemes.is_empty()).then_some("security");
    let servers = (!api.servers.is_empty()).then_some("servers");
    let xml = (!api.xml.documents.is_empty()).then_some("xml");
    let others = security
        .into_iter()
        .chain(servers)
        .chain(xml)
        .map(|name| module(ident::plain(name), Export::Nothing));
    let fake = emitter.settings.fake.then(|| Declared {
        gate: Some(emitter.fake()),
        ..module(ident::plain("fake"), Export::Nothing)
    });
    declared(operations.chain(others).chain(fake).collect())
}

fn spec(scope: &Scope<'_>) -> TokenStream {
    let api = scope.api;
    let of = scope.known(Known::ApiSpec);
    let (name, version) = (text(&scope.emitter.settings.name), text(api.version.text()));
    let servers = (!api.servers.is_empty()).then(|| quote!(.servers(servers::SERVERS)));
    let accept = api.accept.as_ref().map(|template| accept(scope, template));
    let secrets = secrets(scope);
    let secrets = (!secrets.is_empty()).then(|| {
        let secrets = secrets.iter().map(|name| text(name));
        quote!(.secrets(&[#(#secrets),*]))
    });
    let reading = reading::settings(scope);
    quote! {
        static API: #of = #of::new(#name, #version) #servers #accept #secrets #reading;
    }
}

fn accept(scope: &Scope<'_>, template: &AcceptTemplate) -> TokenStream {
    let of = scope.known(Known::AcceptSpec);
    let media_type = text(template.media_type.text());
    let variables = template.variables.iter().map(|wanted| {
        servers::variable(
            scope,
            wanted.wire.text(),
            wanted.default.as_ref().map(|default| default.text()),
            &[],
        )
    });
    quote!(.accept(#of { media_type: #media_type, variables: &[#(#variables),*] }))
}

/// The wire names of members that hold secrets, so that excerpts of bodies leave them out.
fn secrets<'a>(scope: &Scope<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for (_, def) in scope.api.types.iter() {
        if let Shape::Struct(body) = &def.shape {
            let secret = body
                .fields
                .iter()
                .filter(|field| matches!(field.ty, Type::Secret(_)));
            found.extend(secret.map(|field| field.wire.text()));
        }
    }
    found
}

fn client(scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!("A client of {}.", code(scope.api.title.text())));
    docs.paragraph("Clones share connections, credentials and the budget for retries.");
    let (core, builder, of, from) = (
        scope.known(Known::Core),
        scope.known(Known::Builder),
        scope.known(Known::Operation),
        scope.known(Known::From),
    );
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct Client {
                core: #core,
            }
        },
        quote! {
            impl Client {
                /// Starts building a client.
                pub fn builder() -> #builder<Self> {
                    #builder::new(&API)
                }

                /// Calls an operation that was built as a value.
                pub fn call<O: #of>(&self, operation: O) -> Call<'_, O> {
                    self.core.call(operation).into()
                }
            }
        },
        // Setters can only be methods of a type of this crate.
        quote!(::countersign_runtime::own_call!();),
        quote! {
            impl #from<#core> for Client {
                fn from(core: #core) -> Self {
                    Self { core }
                }
            }
        },
        quote! {
            impl AsRef<#core> for Client {
                fn as_ref(&self) -> &#core {
                    &self.core
                }
            }
        },
    ]
}
