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
    Flow(&'a OAuthFlow, Said),
    Issuer(&'a str),
}

/// The words on a flow: its name, and the methods of `OAuth` that go on from it.
type Said = (&'static str, &'static str);

/// The words on a flow with a user; the credential's own function goes through the other.
const fn said(grant: Grant) -> Option<Said> {
    match grant {
        Grant::ClientCredentials => None,
        Grant::AuthorizationCode => Some((
            "authorization code flow",
            "sign in by `authorize` or `Loopback::sign_in`",
        )),
        Grant::DeviceAuthorization => Some(("device authorization flow", "sign in by `device`")),
        Grant::Password => Some(("password flow", "sign in by `password`")),
    }
}

/// The constants of each scheme: of its flows with a user, and of its issuer if that describes itself.
pub(super) fn of_schemes<'a>(scope: &Scope<'a>) -> Vec<(&'a Scheme, TokenStream)> {
    let schemes = &scope.emitter.api.schemes;
    let constants = schemes.iter().flat_map(|scheme| {
        let flows = scheme.flows().iter();
        let flows = flows.filter_map(|flow| Some(Constant::Flow(flow, said(flow.grant)?)));
        let issuer = scheme.issuer().map(Constant::Issuer);
        flows.chain(issuer).map(move |constant| (scheme, constant))
    });
    let constants: Vec<(&Scheme, Constant<'_>)> = constants.collect();
    let taken: Vec<&str> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let requests: Vec<NameRequest> = constants
        .iter()
        .map(|(scheme, constant)| {
            let (what, more) = match constant {
                Constant::Flow(flow, _) => (flow.grant.key(), "flow"),
                Constant::Issuer(_) => ("issuer", "url"),
            };
            let full = Words::of(scheme.name.as_str()).then(&Words::of(what));
            let told_apart = full.then(&Words::of(more));
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
                Constant::Flow(found, said) => flow(scope, scheme, found, *said, &name),
                Constant::Issuer(url) => issuer(scheme, url, &name),
            };
            (*scheme, item)
        })
        .collect()
}

fn flow(
    scope: &Scope<'_>,
    scheme: &Scheme,
    flow: &OAuthFlow,
    (kind, next): Said,
    name: &syn::Ident,
) -> TokenStream {
    let of = ident::constant(scheme.name.as_str());
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!("The {kind} of [`{of}`]."));
    docs.paragraph(&format!(
        "Pass it to `OAuth::from_flow` (feature `oauth` of `countersign-runtime`), and {next}."
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
    docs.paragraph("It describes itself: pass it to `OAuth::discover` (feature `oauth` of `countersign-runtime`).");
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
