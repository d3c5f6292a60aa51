//! The security schemes of an API, and the credentials that fit them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{flow, sign_in};
use crate::emit::api_facts::CrateKind;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::emitter::Emitter;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{OAuthFlow, Scheme, SchemeKind};
use crate::package::SourceFile;

/// `security.rs`.
pub(super) fn file(emitter: Emitter<'_>) -> SourceFile<'_> {
    let scope = Scope::new(emitter, CrateKind::Client, None);
    let mut head = Doc::new(Depth::Item);
    head.paragraph("Who calls: the API's security schemes, and credentials for them.");
    if let Some(first) = emitter.api.schemes.first() {
        head.paragraph(&emitter.generated(first.origin));
    }
    let mut schemes: Vec<TokenStream> = Vec::new();
    let known = emitter.api.schemes.iter();
    let mut flows = flow::of_schemes(&scope).into_iter().peekable();
    for scheme in known.filter(|scheme| scheme.kind != SchemeKind::Unknown) {
        schemes.push(constant(&scope, scheme));
        schemes.extend(credential(&scope, scheme));
        while let Some((_, item)) = flows.next_if(|(of, _)| of.wire == scheme.wire) {
            schemes.push(item);
        }
    }
    schemes.extend(sign_in::items(&scope));
    SourceFile::new("security.rs", schemes, move || {
        let head = head.inner();
        vec![quote!(#head), scope.imports()]
    })
}

/// The scheme as the runtime knows it.
fn constant(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let wire = code(scheme.wire.text());
    let mut docs = Doc::of(&scheme.docs, Depth::Item, || format!("The scheme {wire}."));
    if scheme.kind == SchemeKind::MutualTls {
        docs.paragraph(
            "Give the client a certificate and its key by `Builder::client_certificate`. Without them, and without a \
             transport of your own that has them, a call that needs this scheme fails before anything is sent.",
        );
    }
    if scheme.deprecated {
        docs.paragraph("Deprecated.");
    }
    docs.paragraph(&format!(
        "Source: {}",
        code(&scope.emitter.place(scheme.origin))
    ));
    let of = scope.known(Known::Scheme);
    let (constant, name) = (
        ident::constant(scheme.name.as_str()),
        text(scheme.wire.text()),
    );
    let value = match &scheme.kind {
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
        SchemeKind::Bearer | SchemeKind::OpenIdConnect | SchemeKind::Unknown => {
            quote!(#of::bearer(#name))
        }
        SchemeKind::Http(scheme) => {
            let scheme = text(scheme.text());
            quote!(#of::http(#name, #scheme))
        }
        SchemeKind::MutualTls => quote!(#of::mutual_tls(#name)),
        SchemeKind::OAuth2(_) => quote!(#of::oauth2(#name)),
        SchemeKind::Basic => quote!(#of::basic(#name)),
    };
    quote! {
        #docs
        pub const #constant: #of = #value;
    }
}

/// The function that makes a credential. A client certificate is none: it belongs to the connection.
fn credential(scope: &Scope<'_>, scheme: &Scheme) -> Option<TokenStream> {
    let (constant, name) = (
        ident::constant(scheme.name.as_str()),
        ident::function(&scheme.name),
    );
    let docs = format!(" A credential for [`{constant}`].");
    let deprecated = scheme.deprecated.then(|| quote!(#[deprecated]));
    let credential = scope.known(Known::Credential);
    let (into, string) = (scope.known(Known::Into), scope.known(Known::String));
    let secret = || scope.known(Known::Secret);
    if let Some(flow) = scheme.client_credentials() {
        let docs = flow_docs(&docs, flow);
        let (secret, grant) = (secret(), scope.known(Known::ClientCredentials));
        let url = text(flow.token_url.text());
        return Some(quote! {
            #docs
            #deprecated
            pub fn #name(
                client_id: impl #into<#string>,
                client_secret: impl #into<#secret<#string>>,
                scopes: &[&str],
            ) -> #credential {
                let grant = #grant::new(#url, client_id, client_secret).scopes(scopes);
                #credential::client_credentials(#constant, grant)
            }
        });
    }
    Some(match &scheme.kind {
        SchemeKind::MutualTls => return None,
        SchemeKind::Basic => {
            let secret = secret();
            quote! {
                #[doc = #docs]
                #deprecated
                pub fn #name(user: impl AsRef<str>, password: impl #into<#secret<#string>>) -> #credential {
                    #credential::basic(#constant, user, password)
                }
            }
        }
        kind => {
            let secret = secret();
            let mut docs = Doc::new(Depth::Item);
            docs.paragraph(&format!("A credential for [`{constant}`]."));
            if matches!(kind, SchemeKind::HeaderKey(key) if key.text().eq_ignore_ascii_case("authorization"))
            {
                docs.paragraph(
                    "It is the whole value of `Authorization`: most servers expect `Bearer` and a space before a token.",
                );
            }
            if matches!(kind, SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect) {
                docs.paragraph(
                    "It holds one token and does not renew it: `Credential::oauth` does.",
                );
            }
            quote! {
                #docs
                #deprecated
                pub fn #name(secret: impl #into<#secret<#string>>) -> #credential {
                    #credential::new(#constant, secret)
                }
            }
        }
    })
}

/// The offer of an OAuth flow.
fn flow_docs(first: &str, flow: &OAuthFlow) -> Doc {
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(first.trim());
    docs.paragraph(&format!(
        "Tokens are asked for at {}, kept, and renewed before they expire.",
        code(flow.token_url.text())
    ));
    docs.paragraph(
        "A token has the scopes that are given here. Where none are given, it has those that the document names for the \
         operation, and one is kept for each set of them.",
    );
    flow::scopes(&mut docs, flow);
    docs
}
