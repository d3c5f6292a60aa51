//! Authorization servers, as a document describes them: the flows in which a user takes part, and issuers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Grant, OAuthFlow, Scheme};
use crate::names::{FunctionName, NameRequest, Scope as Names, Words};

/// A constant of a scheme.
enum Constant<'a> {
    Flow(&'a OAuthFlow),
    Issuer(&'a str),
}

/// The constants of each scheme: of its flows with a user, and of its issuer if that describes itself.
pub(super) fn of_schemes<'a>(scope: &Scope<'a>) -> Vec<(&'a Scheme, TokenStream)> {
    let schemes = &scope.emitter.api.schemes;
    let constants = schemes.iter().flat_map(|scheme| {
        let flows = with_user(scheme).map(Constant::Flow);
        let issuer = scheme.issuer().map(Constant::Issuer);
        flows.chain(issuer).map(move |constant| (scheme, constant))
    });
    let constants: Vec<(&Scheme, Constant<'_>)> = constants.collect();
    let taken: Vec<&str> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let requests: Vec<NameRequest> = constants
        .iter()
        .map(|(scheme, constant)| {
            let what = match constant {
                Constant::Flow(flow) => Words::of(flow.grant.key()),
                Constant::Issuer(_) => Words::of("issuer"),
            };
            let full = Words::of(scheme.name.as_str()).then(&what);
            let told_apart = full.then(&Words::of("flow"));
            NameRequest::named(scheme.wire.text(), vec![full, told_apart])
        })
        .collect();
    let names = Names::new(&taken).assign(&requests, |words| {
        FunctionName::new(words).as_str().to_owned()
    });
    let named = constants.iter().zip(&names);
    named
        .map(|((scheme, constant), name)| {
            let name = ident::constant(FunctionName::new(name).as_str());
            let item = match constant {
                Constant::Flow(found) => flow(scope, scheme, found, &name),
                Constant::Issuer(url) => issuer(scheme, url, &name),
            };
            (*scheme, item)
        })
        .collect()
}

/// The flows that the credential's own function does not go through.
pub(super) fn with_user(scheme: &Scheme) -> impl Iterator<Item = &OAuthFlow> {
    let flows = scheme.flows().iter();
    flows.filter(|flow| flow.grant != Grant::ClientCredentials)
}

fn flow(scope: &Scope<'_>, scheme: &Scheme, flow: &OAuthFlow, name: &syn::Ident) -> TokenStream {
    let of = ident::constant(scheme.name.as_str());
    let (kind, next) = match flow.grant {
        Grant::AuthorizationCode => (
            "authorization code flow",
            "`authorize` and `Loopback::sign_in` begin it",
        ),
        Grant::DeviceAuthorization => ("device authorization flow", "`device` begins it"),
        Grant::Password => ("password flow", "`password` goes through it"),
        Grant::ClientCredentials => ("client credentials flow", "the credential goes through it"),
    };
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!("The {kind} of [`{of}`]."));
    docs.paragraph(&format!(
        "`OAuth::from_flow` of `countersign-runtime` (feature `oauth`) makes a client of the authorization server from it, \
         and {next}."
    ));
    scopes(&mut docs, flow);
    let ty = scope.known(Known::OAuthFlow);
    let url = text(flow.token_url.text());
    let begins_at = flow.begins_at.as_ref().map(|url| {
        let url = text(url.text());
        match flow.grant {
            Grant::DeviceAuthorization => quote!(.device_authorization(#url)),
            _ => quote!(.authorization(#url)),
        }
    });
    let refresh = flow.refresh_url.as_ref().map(|url| {
        let url = text(url.text());
        quote!(.refresh(#url))
    });
    quote! {
        #docs
        pub const #name: #ty = #ty::new(#url) #begins_at #refresh;
    }
}

fn issuer(scheme: &Scheme, url: &str, name: &syn::Ident) -> TokenStream {
    let of = ident::constant(scheme.name.as_str());
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!("The issuer of the tokens of [`{of}`]."));
    docs.paragraph("It describes itself: `OAuth::discover` of `countersign-runtime` (feature `oauth`) makes a client of it.");
    let url = text(url);
    quote! {
        #docs
        pub const #name: &str = #url;
    }
}

/// The scopes of a flow, and what they allow.
pub(super) fn scopes(docs: &mut Doc, flow: &OAuthFlow) {
    let scopes = flow.scopes.iter().map(|(name, meaning)| {
        if name == meaning {
            format!("- {}", code(name.text()))
        } else {
            format!("- {}: {}", code(name.text()), code(meaning.text()))
        }
    });
    let scopes: Vec<String> = scopes.collect();
    if !scopes.is_empty() {
        docs.paragraph("Scopes:");
        docs.block(&scopes);
    }
}
