//! An operation read from a request, for fakes: the reverse of writing it.

use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use crate::emit::client::request::query_string;
use crate::emit::client::request::{form_fields, header_style, spelling};
use crate::emit::client::{stream, xml};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{
    Body, CookieStyle, FieldRole, Location, Operation, PagingStyle, Parameter, Part, PartKind,
    Payload, Presence, QueryStyle, Shape, Type,
};
use crate::names::VariantName;
use crate::source::SpecStr;

/// A field, and how it is read.
struct Reading {
    field: Ident,
    read: TokenStream,
    presence: Presence,
}

/// The function that reads the operation.
pub(in crate::emit::client) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (option, some, inbound) = (
        scope.known(Known::Option),
        scope.known(Known::Some),
        scope.known(Known::Inbound),
    );
    // What takes whatever is left comes after those that know what they want.
    let (mut readings, last): (Vec<_>, Vec<_>) = operation
        .parameters
        .iter()
        .map(|parameter| parameter_reading(scope, parameter))
        .partition(|(_, turn)| *turn == Turn::First);
    readings.extend(last);
    let mut readings: Vec<Reading> = readings.into_iter().map(|(reading, _)| reading).collect();
    readings.extend(operation.body.as_ref().map(|body| Reading {
        field: ident::field(&body.name),
        read: body_line(scope, body),
        presence: Presence::Required,
    }));
    if readings.is_empty() {
        return quote! {
            fn receive(_: &mut #inbound) -> #option<Self> {
                #some(Self {})
            }
        };
    }
    // What the URL of the next page has in its query is the server's.
    let paging = operation.paging.as_ref();
    let is_linked = paging.is_some_and(|paging| {
        matches!(
            paging.style,
            PagingStyle::Link { .. } | PagingStyle::LinkHeader
        )
    });
    let any_query = is_linked.then(|| quote!(request.any_query();));
    let made = made(scope, &readings, &quote!(Self));
    quote! {
        fn receive(request: &mut #inbound) -> #option<Self> {
            #any_query
            #made
        }
    }
}

/// Reads everything, so that all that is wrong is found, and makes a struct of it.
fn made(scope: &Scope<'_>, readings: &[Reading], of: &TokenStream) -> TokenStream {
    let some = scope.known(Known::Some);
    if let [only] = readings {
        let read = &only.read;
        let member = member(scope, only, quote!(#read?));
        return quote!(#some(#of { #member }));
    }
    let reads = readings.iter().map(|reading| &reading.read);
    let members = readings.iter().enumerate().map(|(at, reading)| {
        let at = Token::usize_unsuffixed(at);
        member(scope, reading, quote!(read.#at?))
    });
    quote! {
        let read = (#(#reads,)*);
        #some(#of { #(#members,)* })
    }
}

/// The member of a struct literal that holds what was read.
fn member(scope: &Scope<'_>, reading: &Reading, read: TokenStream) -> TokenStream {
    let field = &reading.field;
    match reading.presence {
        Presence::OptionalNullable => {
            let presence = scope.known(Known::Presence);
            quote!(#field: #presence::or_absent(#read))
        }
        _ => quote!(#field: #read),
    }
}

/// When a parameter is read.
#[derive(PartialEq)]
enum Turn {
    First,
    Last,
}

fn parameter_reading(scope: &Scope<'_>, parameter: &Parameter) -> (Reading, Turn) {
    let wire = text(parameter.wire.text());
    let members = members(scope, &parameter.ty).map(|names| {
        let names = names.iter().map(|name| text(name));
        quote!(&[#(#names),*])
    });
    let (read, turn) = match (parameter.location, members) {
        (
            Location::Query {
                style: QueryStyle::Form { explode: true },
                ..
            },
            Some(members),
        ) => (quote!(request.query_members(#wire, #members)), Turn::Last),
        (Location::QueryString(shared_tokens), _) => {
            let shared_tokens = query_string(scope, shared_tokens);
            let fields = form_fields(scope, &parameter.members);
            (
                quote!(request.query_string(#wire, #shared_tokens, #fields)),
                Turn::Last,
            )
        }
        (
            Location::Cookie(
                CookieStyle::Form { explode: true }
                | CookieStyle::ReservedForm { explode: true }
                | CookieStyle::Plain { explode: true },
            ),
            Some(members),
        ) => (quote!(request.cookie_members(#wire, #members)), Turn::Last),
        (location, _) => {
            let (function, style) = spelling(scope, location);
            (quote!(request.#function(#wire, #style)), Turn::First)
        }
    };
    let field = ident::field(&parameter.name);
    let presence = parameter.presence;
    (
        Reading {
            field,
            read,
            presence,
        },
        turn,
    )
}

/// The members of an object, none by name where it may have any; `None` for what is not an object.
fn members<'a>(scope: &'a Scope<'_>, ty: &'a Type) -> Option<Vec<&'a str>> {
    let id = match scope.resolved(ty) {
        Type::Map(_) => return Some(Vec::new()),
        Type::Nullable(inner) => return members(scope, inner),
        Type::Named(id) | Type::Boxed(id) => *id,
        _ => return None,
    };
    match &scope.api.type_def(id).shape {
        Shape::Struct(body) => {
            let flattened = |role| role == FieldRole::Flattened;
            let is_open =
                body.additional.is_some() || body.fields.iter().any(|field| flattened(field.role));
            let names = body.fields.iter().map(|field| field.wire.text());
            Some(if is_open { Vec::new() } else { names.collect() })
        }
        Shape::Union(union) => {
            let mut branches = union.branches.iter();
            branches
                .all(|branch| members(scope, &branch.ty).is_some())
                .then(Vec::new)
        }
        Shape::Alias(inner) | Shape::Newtype(inner) => members(scope, inner),
        Shape::Enum(_) => None,
    }
}

fn body_line(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let line = match body.payloads.as_slice() {
        [(media, Payload::Json(_), _)] if media.text() == Payload::JSON && body.also.is_empty() => {
            quote!(request.json())
        }
        [(media, payload, _)] => payload_line(scope, &media_list(body, 0, media), payload),
        payloads => choice(scope, body, payloads),
    };
    if body.required {
        line
    } else {
        quote!(request.optional(|request| #line))
    }
}

/// One of several kinds of body, by the media type.
fn choice(
    scope: &Scope<'_>,
    body: &Body,
    payloads: &[(SpecStr, Payload, VariantName)],
) -> TokenStream {
    let (some, none, of) = (
        scope.known(Known::Some),
        scope.known(Known::None),
        ident::ty(&body.enum_name),
    );
    let lists = payloads
        .iter()
        .enumerate()
        .map(|(at, (media, ..))| media_list(body, at, media));
    let lists: Vec<TokenStream> = lists.collect();
    let root = scope.root();
    let arms = payloads
        .iter()
        .zip(&lists)
        .enumerate()
        .map(|(at, ((_, payload, name), list))| {
            let (at, name) = (Token::usize_unsuffixed(at), ident::variant(name));
            let line = payload_line(scope, list, payload);
            let boxed = matches!(payload, Payload::Multipart(..)).then(|| {
                let boxed = scope.known(Known::Box);
                quote!(.map(#boxed::new))
            });
            quote!(#some(#at) => #line #boxed.map(#root::#of::#name),)
        });
    quote! {{
        let kind = request.kind(&[#(#lists),*]);
        match kind {
            #(#arms)*
            _ => #none,
        }
    }}
}

/// The media types of a payload, by its position.
fn media_list(body: &Body, at: usize, media: &SpecStr) -> TokenStream {
    let also = body.also.iter().filter(|(of, _)| *of == at);
    let all = std::iter::once(media)
        .chain(also.map(|(_, media)| media))
        .map(|media| text(media.text()));
    quote!(&[#(#all),*])
}

fn payload_line(scope: &Scope<'_>, media: &TokenStream, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(request.nothing(#media)),
        Payload::Json(_) => quote!(request.value(#media)),
        Payload::Form(_, fields) if fields.is_empty() => quote!(request.value(#media)),
        Payload::Form(_, fields) => {
            let fields = form_fields(scope, fields);
            quote!(request.form(#media, #fields))
        }
        Payload::OptionalJson(_) => quote!(request.optional_value(#media)),
        Payload::Xml(_, document) => {
            let document = xml::document(scope, *document);
            quote!(request.xml(#media, #document))
        }
        Payload::Text => quote!(request.text(#media)),
        Payload::Bytes => quote!(request.bytes(#media)),
        Payload::Stream(items) => {
            let (function, framing) = stream::written(scope, items);
            quote!(request.#function(#media, #framing))
        }
        Payload::Multipart(name, parts) => {
            let name = ident::ty(name);
            let (others, named): (Vec<&Part>, Vec<&Part>) =
                parts.iter().partition(|part| part.kind == PartKind::Others);
            let readings = named.into_iter().chain(others);
            let readings = readings.map(|part| part_reading(scope, part));
            let readings: Vec<Reading> = readings.collect();
            let root = scope.root();
            let of = quote!(#root::#name);
            if readings.is_empty() {
                let some = scope.known(Known::Some);
                return quote!(request.multipart(#media, |_| #some(#of {})));
            }
            let made = made(scope, &readings, &of);
            quote!(request.multipart(#media, |parts| { #made }))
        }
    }
}

fn part_reading(scope: &Scope<'_>, part: &Part) -> Reading {
    let wire = text(part.wire.text());
    let (read, presence) = match &part.kind {
        PartKind::File | PartKind::FileOrText | PartKind::Raw if part.presence.may_be_absent() => {
            (quote!(parts.optional_file(#wire)), Presence::Optional)
        }
        PartKind::File | PartKind::FileOrText | PartKind::Raw => {
            (quote!(parts.file(#wire)), Presence::Required)
        }
        PartKind::Files | PartKind::FilesOrTexts => {
            (quote!(parts.files(#wire)), Presence::Required)
        }
        PartKind::Others => (quote!(parts.others()), Presence::Required),
        PartKind::Text(_) | PartKind::Texts(_) => (quote!(parts.text(#wire)), part.presence),
        PartKind::Json(_) => (quote!(parts.json(#wire)), part.presence),
        PartKind::Jsons(_) => (quote!(parts.json_items(#wire)), part.presence),
        PartKind::Header {
            part: of,
            name,
            style,
            ..
        } => {
            let (of, name, style) = (
                text(of.text()),
                text(name.text()),
                header_style(scope, *style),
            );
            (quote!(parts.header(#of, #name, #style)), part.presence)
        }
    };
    Reading {
        field: ident::field(&part.name),
        read,
        presence,
    }
}
