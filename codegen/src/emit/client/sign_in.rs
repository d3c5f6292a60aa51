//! Sign-ins: credentials that an operation of the API itself yields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{Depth, Doc};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Scheme, SignIn};
use crate::names::{FunctionName, Scope as Names, Spelling, Words};

/// A function for each scheme with a sign-in.
pub(super) fn items(scope: &Scope<'_>) -> Vec<TokenStream> {
    let schemes = &scope.api.schemes;
    let with: Vec<(&Scheme, &SignIn)> = schemes
        .iter()
        .filter_map(|scheme| Some((scheme, scheme.sign_in.as_ref()?)))
        .collect();
    let taken: Vec<&str> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let spellings: Vec<Spelling> = with.iter().map(|(scheme, _)| spelling(scheme)).collect();
    let names = Names::new(&taken).judge(&spellings, |words| {
        FunctionName::new(words).as_str().to_owned()
    });
    with.iter()
        .zip(&names)
        .map(|((scheme, sign_in), name)| item(scope, scheme, sign_in, &FunctionName::new(name)))
        .collect()
}

/// The only one is `sign_in`; of several, each is named after its scheme.
fn spelling(scheme: &Scheme) -> Spelling {
    let sign_in = Words::of("sign in");
    let full = sign_in.then(&Words::of(scheme.name.as_str()));
    Spelling::named(scheme.wire.text(), vec![sign_in, full])
}

fn item(scope: &Scope<'_>, scheme: &Scheme, sign_in: &SignIn, name: &FunctionName) -> TokenStream {
    let constant = ident::constant(scheme.name.as_str());
    let operation = ident::ty(&sign_in.operation);
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!(
        "A credential for [`{constant}`] that [`{operation}`](crate::{operation}) yields: it is called at the first \
         need, ahead of expiry, and once more when the server refuses the token."
    ));
    let (credential, name) = (scope.known(Known::Credential), ident::function(name));
    let token = text(sign_in.token.text());
    let expires = match &sign_in.expires {
        Some(expires) => {
            let (some, expires) = (scope.known(Known::Some), text(expires.text()));
            quote!(#some(#expires))
        }
        None => {
            let none = scope.known(Known::None);
            quote!(#none)
        }
    };
    quote! {
        #docs
        pub fn #name(operation: crate::#operation) -> #credential {
            #credential::by_operation(#constant, operation, #token, #expires)
        }
    }
}
