//! The request of an operation: its parameters and its body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{multipart, stream, xml};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{
    Body, Collection, CookieStyle, FormField, HeaderStyle, Location, Operation, Parameter, Payload,
    QueryString, QueryStyle,
};
use crate::source::SpecStr;

/// The function that fills in a request.
pub(super) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (result, parts, error) = (
        scope.known(Known::Result),
        scope.known(Known::RequestParts),
        scope.known(Known::RequestError),
    );
    let parameters: Vec<TokenStream> = operation
        .parameters
        .iter()
        .map(|parameter| parameter_line(scope, parameter))
        .collect();
    let silent = parameters.is_empty() && operation.body.is_none();
    let request = if silent { quote!(_) } else { quote!(request) };
    let ok = scope.known(Known::Ok);
    let last = operation
        .body
        .as_ref()
        .map_or(quote!(#ok(())), |body| body_line(scope, body));
    quote! {
        #[inline]
        fn request(&self, #request: &mut #parts) -> #result<(), #error> {
            #(#parameters)*
            #last
        }
    }
}

fn parameter_line(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let (name, wire) = (ident::field(&parameter.name), text(parameter.wire.text()));
    let (method, style) = match parameter.location {
        Location::Query {
            style,
            allow_reserved: true,
        } => {
            let style = query_style(scope, style);
            (ident::plain("query_allow_reserved"), quote!(#style,))
        }
        Location::Path(style) if parameter.may_be_empty => {
            let style = path_style(scope, style);
            (ident::plain("path_or_empty"), quote!(#style,))
        }
        Location::ReservedPath(style) => {
            let style = path_style(scope, style);
            (ident::plain("path_allow_reserved"), quote!(#style,))
        }
        Location::Cookie(style @ CookieStyle::ReservedForm { .. }) => {
            let style = cookie_style(scope, style);
            (ident::plain("cookie_allow_reserved"), quote!(#style,))
        }
        Location::QueryString(shared_tokens) => {
            let shared_tokens = query_string(scope, shared_tokens);
            let fields = form_fields(scope, &parameter.members);
            return quote!(request.query_string(#shared_tokens, #fields, &self.#name)?;);
        }
        location => spelling(scope, location),
    };
    quote!(request.#method(#wire, #style &self.#name)?;)
}

/// The function of the runtime for a parameter, and its style, with a comma, if not as OpenAPI has it by default.
pub(super) fn spelling(scope: &Scope<'_>, location: Location) -> (Ident, TokenStream) {
    let (function, style) = match location {
        Location::Path(Collection::Simple { explode: false })
        | Location::ReservedPath(Collection::Simple { explode: false }) => ("path", None),
        Location::QueryString(shared_tokens) => {
            ("query_string", Some(query_string(scope, shared_tokens)))
        }
        Location::Path(style) | Location::ReservedPath(style) => {
            ("path_as", Some(path_style(scope, style)))
        }
        Location::Query {
            style: QueryStyle::Form { explode: true },
            ..
        } => ("query", None),
        Location::Query { style, .. } => ("query_as", Some(query_style(scope, style))),
        Location::Header(HeaderStyle::Simple { explode: false }) => ("header", None),
        Location::Header(style) => ("header_as", Some(header_style(scope, style))),
        Location::Cookie(
            CookieStyle::Form { explode: true } | CookieStyle::ReservedForm { explode: true },
        ) => ("cookie", None),
        Location::Cookie(style) => ("cookie_as", Some(cookie_style(scope, style))),
    };
    let style = style.map(|style| quote!(#style,));
    (ident::plain(function), style.unwrap_or_default())
}

fn path_style(scope: &Scope<'_>, style: Collection) -> TokenStream {
    let of = scope.known(Known::PathStyle);
    let style = ident::plain(match style {
        Collection::Simple { explode: false } => "Simple",
        Collection::Simple { explode: true } => "SimpleExploded",
        Collection::Label { explode: false } => "Label",
        Collection::Label { explode: true } => "LabelExploded",
        Collection::Matrix { explode: false } => "Matrix",
        Collection::Matrix { explode: true } => "MatrixExploded",
        Collection::Json => "Json",
    });
    quote!(#of::#style)
}

pub(super) fn query_string(scope: &Scope<'_>, shared_tokens: QueryString) -> TokenStream {
    let of = scope.known(Known::QueryString);
    let shared_tokens = ident::plain(match shared_tokens {
        QueryString::Form => "Form",
        QueryString::Json => "Json",
        QueryString::Text => "Text",
    });
    quote!(#of::#shared_tokens)
}

pub(super) fn header_style(scope: &Scope<'_>, style: HeaderStyle) -> TokenStream {
    let of = scope.known(Known::HeaderStyle);
    let style = ident::plain(match style {
        HeaderStyle::Simple { explode: false } => "Simple",
        HeaderStyle::Simple { explode: true } => "SimpleExploded",
        HeaderStyle::Json => "Json",
    });
    quote!(#of::#style)
}

fn cookie_style(scope: &Scope<'_>, style: CookieStyle) -> TokenStream {
    let of = scope.known(Known::CookieStyle);
    let style = ident::plain(match style {
        CookieStyle::Form { explode: false } | CookieStyle::ReservedForm { explode: false } => {
            "Form"
        }
        CookieStyle::Form { explode: true } | CookieStyle::ReservedForm { explode: true } => {
            "FormExploded"
        }
        CookieStyle::Plain { explode: false } => "Plain",
        CookieStyle::Plain { explode: true } => "PlainExploded",
        CookieStyle::Json => "Json",
    });
    quote!(#of::#style)
}

/// The members of a form that are not serialized as their types have it by default.
pub(super) fn form_fields(scope: &Scope<'_>, fields: &[FormField]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let of = scope.known(Known::FormField);
        let (wire, style) = (text(field.wire.text()), query_style(scope, field.style));
        let reserved = field.allow_reserved.then(|| quote!(.allow_reserved()));
        quote!(#of::new(#wire, #style)#reserved)
    });
    quote!(&[#(#fields),*])
}

pub(super) fn query_style(scope: &Scope<'_>, style: QueryStyle) -> TokenStream {
    let of = scope.known(Known::QueryStyle);
    match style {
        QueryStyle::Form { explode } => quote!(#of::Form { explode: #explode }),
        QueryStyle::SpaceDelimited => quote!(#of::SpaceDelimited),
        QueryStyle::PipeDelimited => quote!(#of::PipeDelimited),
        QueryStyle::DeepObject => quote!(#of::DeepObject),
        QueryStyle::Json => quote!(#of::Json),
    }
}

/// Where a payload stands: `self.body`, or a variable that borrows it.
struct Place {
    path: TokenStream,
    borrowed: TokenStream,
}

/// Writes the body: the last expression of the function.
fn body_line(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let name = ident::field(&body.name);
    let own = Place {
        path: quote!(self.#name),
        borrowed: quote!(&self.#name),
    };
    let held = Place {
        path: quote!(body),
        borrowed: quote!(body),
    };
    let (some, none, ok) = (
        scope.known(Known::Some),
        scope.known(Known::None),
        scope.known(Known::Ok),
    );
    match body.payloads.as_slice() {
        [(media, payload, _)] if body.required => payload_line(scope, media, payload, &own),
        [(media, payload, _)] => {
            let line = payload_line(scope, media, payload, &held);
            quote!(match &self.#name { #some(body) => #line, #none => #ok(()), })
        }
        payloads => {
            let of = ident::ty(&body.enum_name);
            let arms = payloads.iter().map(|(media, payload, name)| {
                let (name, line) = (
                    ident::variant(name),
                    payload_line(scope, media, payload, &held),
                );
                let pattern = quote!(#of::#name(body));
                if body.required {
                    quote!(#pattern => #line,)
                } else {
                    quote!(#some(#pattern) => #line,)
                }
            });
            let absent = (!body.required).then(|| quote!(#none => #ok(()),));
            quote!(match &self.#name { #(#arms)* #absent })
        }
    }
}

fn payload_line(
    scope: &Scope<'_>,
    media: &SpecStr,
    payload: &Payload,
    place: &Place,
) -> TokenStream {
    let media = payload.sent_as(media.text());
    let is_plain = media == Payload::JSON;
    let media = text(media);
    let Place { path, borrowed } = place;
    match payload {
        Payload::Empty => {
            let ok = scope.known(Known::Ok);
            quote!(#ok(()))
        }
        Payload::Json(_) | Payload::OptionalJson(_) if is_plain => quote!(request.json(#borrowed)),
        Payload::Json(_) | Payload::OptionalJson(_) => quote!(request.json_as(#media, #borrowed)),
        Payload::Form(_, fields) => {
            let fields = form_fields(scope, fields);
            quote!(request.form(#media, #borrowed, #fields))
        }
        Payload::Xml(_, document) => {
            let document = xml::document(scope, *document);
            quote!(request.xml(#media, #document, #borrowed))
        }
        Payload::Text => quote!(request.text(#media, #borrowed)),
        Payload::Bytes => quote!(request.bytes(#media, #borrowed)),
        Payload::Stream(items) => {
            let (function, framing) = stream::written(scope, items);
            quote!(request.#function(#media, #framing, #borrowed))
        }
        Payload::Multipart(_, parts) => {
            let started = multipart::started(scope, parts);
            let parts = parts
                .iter()
                .map(|part| multipart::part_line(scope, part, path));
            quote! {{
                let mut form = #started;
                #(#parts)*
                request.multipart(#media, form)
            }}
        }
    }
}
