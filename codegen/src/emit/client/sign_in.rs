//! Sign-ins: credentials that an operation of the API itself yields.

use proc_macro2::TokenStream;
use quote::quote;

use super::field_path::FieldPath;
use super::success::is_choice;
use crate::emit::docs::{Depth, Doc};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::allow_deprecated;
use crate::emit::scope::Scope;
use crate::ir::{Operation, Scheme, SignIn, Type};
use crate::names::{FunctionName, NameRequest, Scope as Names, Words};

/// A function for each scheme with a sign-in that yields a token.
pub(super) fn items(scope: &Scope<'_>) -> Vec<TokenStream> {
    let schemes = &scope.api.schemes;
    let made: Vec<(&Scheme, SignedIn<'_>)> = schemes
        .iter()
        .filter_map(|scheme| Some((scheme, SignedIn::of(scope, scheme.sign_in.as_ref()?)?)))
        .collect();
    let taken: Vec<&str> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let name_requests: Vec<NameRequest> = made
        .iter()
        .map(|(scheme, _)| name_request(scheme))
        .collect();
    let names = Names::new(&taken).assign(&name_requests, |words| {
        FunctionName::new(words).as_str().to_owned()
    });
    made.iter()
        .zip(&names)
        .map(|((scheme, signed_in), name)| {
            signed_in.function(scope, scheme, &FunctionName::new(name))
        })
        .collect()
}

/// The only one is `sign_in`; of several, each is named after its scheme.
fn name_request(scheme: &Scheme) -> NameRequest {
    let sign_in = Words::of("sign in");
    let full = sign_in.then(&Words::of(scheme.name.as_str()));
    NameRequest::named(scheme.wire.text(), vec![sign_in, full])
}

/// The operation that signs in, and the ways to what its success holds.
struct SignedIn<'a> {
    operation: &'a Operation,
    token: FieldPath<'a>,
    expires: Option<FieldPath<'a>>,
}

impl<'a> SignedIn<'a> {
    fn of(scope: &Scope<'a>, sign_in: &SignIn) -> Option<Self> {
        let mut operations = scope
            .api
            .modules
            .iter()
            .flat_map(|module| &module.operations);
        let operation = operations.find(|operation| operation.name == sign_in.operation)?;
        let token = FieldPath::by_pointer(scope, operation, sign_in.token.text())?;
        let expires = sign_in
            .expires
            .as_ref()
            .and_then(|expires| FieldPath::by_pointer(scope, operation, expires.text()));
        let is_token = match scope.resolved(token.found()?) {
            Type::String => true,
            Type::Secret(inner) => **inner == Type::String,
            _ => false,
        };
        is_token.then_some(Self {
            operation,
            token,
            expires: expires.filter(|field_path| {
                field_path
                    .found()
                    .is_some_and(|found| *scope.resolved(found) == Type::DateTime)
            }),
        })
    }

    fn function(&self, scope: &Scope<'_>, scheme: &Scheme, name: &FunctionName) -> TokenStream {
        let (constant, name) = (ident::constant(scheme.name.as_str()), ident::function(name));
        let (root, operation) = (scope.root(), ident::ty(&self.operation.name));
        let path = scope.root_text();
        let mut docs = Doc::new(Depth::Item);
        docs.paragraph(&format!(
            "A credential for [`{constant}`] that [`{operation}`]({path}::{operation}) yields. It is called at the first \
             need, ahead of expiry, and once more when the server refuses the token."
        ));
        let (credential, error) = (scope.known(Known::Credential), scope.known(Known::AnyError));
        let (success, token) = (self.success(scope), self.token(scope));
        let deprecated = self.is_deprecated().then(allow_deprecated);
        quote! {
            #docs
            #deprecated
            pub fn #name(operation: #root::#operation) -> #credential {
                #credential::sign_in(#constant, move |core| {
                    let operation = operation.clone();
                    async move {
                        let answer = core.call(operation).send().await.map_err(#error::from)?.into_inner();
                        #success
                        #token
                    }
                })
            }
        }
    }

    fn is_deprecated(&self) -> bool {
        self.operation.deprecated
            || self.token.is_deprecated()
            || self.expires.as_ref().is_some_and(FieldPath::is_deprecated)
    }

    /// Takes the success with the token out of an enum of successes.
    fn success(&self, scope: &Scope<'_>) -> Option<TokenStream> {
        let first = self.operation.responses.success.first();
        let first = first.filter(|_| is_choice(self.operation))?;
        let of = ident::ty(&self.operation.success_name);
        let (variant, err) = (ident::variant(&first.variant), scope.known(Known::Err));
        let root = scope.root();
        Some(quote! {
            let #root::#of::#variant(answer) = answer else {
                return #err("the sign-in was answered without a token".into());
            };
        })
    }

    /// The token, and until when it is good.
    fn token(&self, scope: &Scope<'_>) -> TokenStream {
        let (of, some, none, ok) = (
            scope.known(Known::Token),
            scope.known(Known::Some),
            scope.known(Known::None),
            scope.known(Known::Ok),
        );
        let secret = self.token.moved();
        let secret = if self.token.is_held() {
            secret
        } else {
            quote!(#secret.ok_or("the sign-in was answered without a token")?)
        };
        let Some(expires) = &self.expires else {
            return quote!(#ok(#of::new(#secret)));
        };
        let time = expires.borrowed();
        let time = if expires.is_held() {
            quote!(#time.timestamp())
        } else {
            quote!(#time.and_then(|expires| expires.timestamp()))
        };
        quote! {
            let expires = #time.and_then(|time| time.try_into().ok());
            let token = #of::new(#secret);
            #ok(match expires {
                #some(time) => token.expires_at(time),
                #none => token,
            })
        }
    }
}
