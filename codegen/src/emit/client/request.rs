//! How an operation puts its parameters and its body into a request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Body, Collection, Location, Operation, Parameter, Payload, QueryStyle};
use crate::source::SpecStr;

/// The function that fills in a request.
pub(super) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (result, parts, error) = (
        scope.known(Known::Result),
        scope.known(Known::RequestParts),
        scope.known(Known::RequestError),
    );
    let ok = scope.known(Known::Ok);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter_line(scope, parameter));
    let body = operation.body.as_ref().map(|body| body_lines(scope, body));
    let lines: TokenStream = parameters.chain(body).collect();
    let request = if lines.is_empty() {
        ident::plain("_request")
    } else {
        ident::plain("request")
    };
    quote! {
        fn request(&self, #request: &mut #parts) -> #result<(), #error> {
            #lines
            #ok(())
        }
    }
}

fn parameter_line(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let name = ident::field(&parameter.name);
    let wire = text(parameter.wire.text());
    match parameter.location {
        Location::Path(style) => {
            let style = path_style(scope, style);
            quote!(request.path(#wire, #style, &self.#name)?;)
        }
        Location::Query {
            style,
            allow_reserved,
        } => {
            let style = query_style(scope, style);
            let method = ident::plain(if allow_reserved {
                "query_reserved"
            } else {
                "query"
            });
            quote!(request.#method(#wire, #style, &self.#name)?;)
        }
        Location::Header { explode } => {
            let style = explosion(scope, explode);
            quote!(request.header(#wire, #style, &self.#name)?;)
        }
        Location::Cookie { explode } => {
            let style = explosion(scope, explode);
            quote!(request.cookie(#wire, #style, &self.#name)?;)
        }
    }
}

fn path_style(scope: &Scope<'_>, style: Collection) -> TokenStream {
    let of = scope.known(Known::PathStyle);
    match style {
        Collection::Simple { explode } => quote!(#of::Simple { explode: #explode }),
        Collection::Label { explode } => quote!(#of::Label { explode: #explode }),
        Collection::Matrix { explode } => quote!(#of::Matrix { explode: #explode }),
        Collection::Json => quote!(#of::Json),
    }
}

fn query_style(scope: &Scope<'_>, style: QueryStyle) -> TokenStream {
    let of = scope.known(Known::QueryStyle);
    match style {
        QueryStyle::Form { explode } => quote!(#of::Form { explode: #explode }),
        QueryStyle::SpaceDelimited => quote!(#of::SpaceDelimited),
        QueryStyle::PipeDelimited => quote!(#of::PipeDelimited),
        QueryStyle::DeepObject => quote!(#of::DeepObject),
        QueryStyle::Json => quote!(#of::Json),
    }
}

fn explosion(scope: &Scope<'_>, explode: bool) -> TokenStream {
    let of = scope.known(Known::Explode);
    if explode {
        quote!(#of::Yes)
    } else {
        quote!(#of::No)
    }
}

fn body_lines(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let name = ident::field(&body.name);
    let some = scope.known(Known::Some);
    let own = quote!(&self.#name);
    match (body.payloads.as_slice(), body.required) {
        ([(media, payload, _)], true) => payload_line(media, payload, &own),
        ([(media, payload, _)], false) => {
            let value = ident::plain("body");
            let line = payload_line(media, payload, &quote!(#value));
            quote!(if let #some(#value) = #own { #line })
        }
        (payloads, true) => chosen(body, payloads, &own),
        (payloads, false) => {
            let value = ident::plain("body");
            let lines = chosen(body, payloads, &quote!(#value));
            quote!(if let #some(#value) = #own { #lines })
        }
    }
}

type Offered = (SpecStr, Payload, crate::names::VariantName);

fn chosen(body: &Body, payloads: &[Offered], value: &TokenStream) -> TokenStream {
    let of: Ident = ident::ty(&body.enum_name);
    let arms = payloads.iter().map(|(media, payload, name)| {
        let name = ident::variant(name);
        let line = payload_line(media, payload, &quote!(body));
        quote!(#of::#name(body) => { #line })
    });
    quote!(match #value { #(#arms)* })
}

fn payload_line(media: &SpecStr, payload: &Payload, value: &TokenStream) -> TokenStream {
    let media = text(media.text());
    match payload {
        Payload::Empty => TokenStream::new(),
        Payload::Json(_) => quote!(request.json(#media, #value)?;),
        Payload::OptionalJson(_) => quote!(request.optional_json(#media, #value)?;),
        Payload::Form(_) => quote!(request.form(#media, #value)?;),
        Payload::Text => quote!(request.text(#media, #value)?;),
        Payload::Bytes => quote!(request.stream(#media, #value)?;),
        Payload::Multipart(..) => quote!(request.multipart(#media, #value.parts()?)?;),
    }
}
