//! The security schemes of an API, and the credentials that fit them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::known::Known;
use crate::emit::plan::Krate;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::emit::{Emitter, ident};
use crate::ir::{Scheme, SchemeKind};
use crate::write::SourceFile;

/// `security.rs`.
pub(super) fn file(emitter: Emitter<'_>) -> SourceFile {
    let scope = emitter.scope(Krate::Client, None);
    let mut head = Doc::new(Depth::Item);
    head.paragraph("Who calls: the API's security schemes, and credentials for them.");
    let schemes: Vec<TokenStream> = emitter
        .api
        .schemes
        .iter()
        .map(|scheme| item(&scope, scheme))
        .collect();
    let (head, imports) = (head.inner(), scope.imports());
    let mut items = vec![quote!(#head), imports];
    items.extend(schemes);
    SourceFile {
        name: "security.rs".to_owned(),
        items,
    }
}

fn item(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let wire = code(scheme.wire.text());
    let mut docs = Doc::of(&scheme.docs, Depth::Item, || format!("The scheme {wire}."));
    docs.paragraph(&format!(
        "Source: {}",
        code(&scope.emitter.place(scheme.origin))
    ));
    let of = scope.known(Known::Scheme);
    let (constant, name) = (
        ident::constant(scheme.name.as_str()),
        text(scheme.wire.text()),
    );
    let value = value(scheme, &quote!(#of), &quote!(#name));
    let credential = credential(scope, scheme);
    quote! {
        #docs
        pub const #constant: #of = #value;

        #credential
    }
}

fn value(scheme: &Scheme, of: &TokenStream, name: &TokenStream) -> TokenStream {
    match &scheme.kind {
        SchemeKind::HeaderKey(key) => {
            let key = text(key.text());
            quote!(#of::header_key(#name, #key))
        }
        SchemeKind::QueryKey(key) => {
            let key = text(key.text());
            quote!(#of::query_key(#name, #key))
        }
        SchemeKind::CookieKey(key) => {
            let key = text(key.text());
            quote!(#of::cookie_key(#name, #key))
        }
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect => {
            quote!(#of::bearer(#name))
        }
        SchemeKind::Basic => quote!(#of::basic(#name)),
        SchemeKind::MutualTls => quote!(#of::mutual_tls(#name)),
    }
}

fn credential(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let credential = scope.known(Known::Credential);
    let (constant, name) = (
        ident::constant(scheme.name.as_str()),
        ident::function(&scheme.name),
    );
    let into = scope.known(Known::Into);
    let (secret, string) = (scope.known(Known::Secret), scope.known(Known::String));
    let docs = format!(" A credential for [`{constant}`].");
    match &scheme.kind {
        SchemeKind::Basic => quote! {
            #[doc = #docs]
            pub fn #name(user: impl #into<#string>, password: impl #into<#secret<#string>>) -> #credential {
                #credential::basic(#constant, user, password)
            }
        },
        SchemeKind::OAuth2(Some(flow)) => {
            let url = text(flow.token_url.text());
            quote! {
                #[doc = #docs]
                ///
                /// Tokens are asked for with the client's own ID and secret, kept, and renewed before they expire.
                pub fn #name(id: impl #into<#string>, secret: impl #into<#secret<#string>>) -> #credential {
                    #credential::client_credentials(#constant, #url, id, secret)
                }
            }
        }
        SchemeKind::MutualTls => TokenStream::new(),
        _ => quote! {
            #[doc = #docs]
            pub fn #name(token: impl #into<#secret<#string>>) -> #credential {
                #credential::token(#constant, token)
            }
        },
    }
}
