//! The values of links: the parts of an answer or a request that the next call takes.

use proc_macro2::TokenStream;
use quote::quote;

use super::Names;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{LinkSource, LinkText, LinkValue, Operation, Presence, Step};

/// A value of a link, as an option.
pub(super) fn value_of(
    scope: &Scope<'_>,
    from: &Operation,
    names: &Names,
    value: &LinkValue,
) -> TokenStream {
    let of = scope.known(Known::Link);
    match value {
        LinkValue::Constant(json) => {
            let json = text(json.text());
            quote!(#of::constant(#json))
        }
        LinkValue::Found(source) => found(scope, from, names, source, &quote!(#of::value)),
        LinkValue::Text(parts) => {
            let parts = parts.iter().map(|part| match part {
                LinkText::Plain(plain) => {
                    let plain = text(plain.text());
                    quote!(#of::text(#plain))
                }
                LinkText::Found(source) => found(scope, from, names, source, &quote!(#of::text)),
            });
            quote!(#of::joined(&[#(#parts),*]))
        }
    }
}

/// The value that is found somewhere, turned into what is wanted: an option.
fn found(
    scope: &Scope<'_>,
    from: &Operation,
    names: &Names,
    source: &LinkSource,
    turn: &TokenStream,
) -> TokenStream {
    let answer = &names.answer;
    let place = match source {
        LinkSource::ResponseHeader(name) => {
            let (header, name) = (scope.known(Known::Header), text(name.text()));
            return quote!(#header::lenient(#answer.headers(), #name));
        }
        LinkSource::Status => return quote!(#turn(&#answer.status().as_u16())),
        LinkSource::Method => {
            let method = text(from.method.as_str());
            return quote!(#turn(#method));
        }
        LinkSource::Parameter(at) => {
            let Some(parameter) = from.parameters.get(*at) else {
                return quote!(#turn(""));
            };
            let name = ident::field(&parameter.name);
            Place {
                value: quote!(self.#name),
                is_held: true,
            }
            .then(parameter.presence == Presence::Required)
        }
        LinkSource::RequestBody(path) => {
            let Some(body) = &from.body else {
                return quote!(#turn(""));
            };
            let name = ident::field(&body.name);
            let place = Place {
                value: quote!(self.#name),
                is_held: true,
            };
            steps(place.then(body.required), path)
        }
        LinkSource::ResponseBody(path) => {
            let found = &names.found;
            let place = Place {
                value: quote!(#found),
                is_held: true,
            };
            if path.is_empty() {
                return quote!(#turn(#found));
            }
            steps(place, path)
        }
    };
    let value = place.value;
    match place.is_held {
        true => quote!(#turn(&#value)),
        false => quote!(#value.and_then(#turn)),
    }
}

/// A place that is always there, or an optional reference.
struct Place {
    value: TokenStream,
    is_held: bool,
}

impl Place {
    /// The place, where it is always there; else what may be in it.
    fn then(self, is_held: bool) -> Self {
        let value = self.value;
        match is_held {
            true => Self { value, is_held },
            false => Self {
                value: quote!(#value.as_ref()),
                is_held,
            },
        }
    }

    /// An optional part of it, by a method that yields a reference.
    fn optional(self, part: &TokenStream) -> Self {
        let value = self.value;
        let value = match self.is_held {
            true => quote!(#value #part),
            false => quote!(#value.and_then(|found| found #part)),
        };
        Self {
            value,
            is_held: false,
        }
    }
}

fn steps(start: Place, steps: &[Step]) -> Place {
    steps.iter().fold(start, |found, step| match step {
        Step::Field(name, Presence::Required) => {
            let (name, value) = (ident::field(name), found.value);
            let value = match found.is_held {
                true => quote!(#value.#name),
                false => quote!(#value.map(|found| &found.#name)),
            };
            Place { value, ..found }
        }
        Step::Field(name, _) => {
            let name = ident::field(name);
            found.optional(&quote!(.#name.as_ref()))
        }
        Step::Item(0) => found.optional(&quote!(.first())),
        Step::Item(at) => {
            let at = proc_macro2::Literal::usize_unsuffixed(*at);
            found.optional(&quote!(.get(#at)))
        }
        Step::Key(key) => {
            let key = text(key.text());
            found.optional(&quote!(.get(#key)))
        }
        Step::Value => found.optional(&quote!(.as_ref())),
    })
}
