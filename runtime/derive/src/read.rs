//! `Deserialize`: a table of the members, where each goes, and what is made of them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::parse::{Body, Field, Input, Kind, Presence, Reading};

/// The impl.
pub(crate) fn implemented(input: &Input) -> TokenStream {
    let name = &input.name;
    let (object, body) = match &input.body {
        Body::Fields(fields) => (
            Some(object(input, fields)),
            quote!(::countersign_runtime::object::read(deserializer)),
        ),
        Body::Value(ty) => {
            let inner = quote!(<#ty as ::countersign_runtime::private::serde::Deserialize<'de>>);
            (
                None,
                quote!(::core::result::Result::map(#inner::deserialize(deserializer), Self)),
            )
        }
    };
    quote! {
        #object

        #[automatically_derived]
        impl<'de> ::countersign_runtime::private::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::countersign_runtime::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #body
            }
        }
    }
}

/// A field that stands for one member: its wire name, whether it may be absent, how it is written.
type Member<'a> = (&'a Field, &'a String, Presence, Reading);

fn object(input: &Input, fields: &[Field]) -> TokenStream {
    let name = &input.name;
    let text = name.to_string();
    let members: Vec<Member<'_>> = fields
        .iter()
        .filter_map(|field| match &field.kind {
            Kind::Member {
                wire,
                presence,
                reading,
                ..
            } => Some((field, wire, *presence, *reading)),
            Kind::Flattened { .. } => None,
        })
        .collect();
    let wires = members.iter().map(|(_, wire, ..)| wire);
    let flattens = members.len() < fields.len();
    let keeps_rest = flattens.then(|| {
        quote!(
            const KEEPS_REST: bool = true;
        )
    });
    let keeps_digits = input.keeps_digits.then(|| {
        quote!(
            const KEEPS_DIGITS: bool = true;
        )
    });
    let (required, defaults) = (required(&members), defaults(fields));
    let readings = readings(fields);
    let slots = slots(&members);
    let (held, rest) = (
        if members.is_empty() {
            quote!(_)
        } else {
            quote!(slots)
        },
        if flattens {
            quote!(mut rest)
        } else {
            quote!(_)
        },
    );
    let finish = finish(fields);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::countersign_runtime::object::Object for #name {
            const NAME: &'static str = #text;
            const MEMBERS: &'static [&'static str] = &[#(#wires),*];
            #keeps_rest
            #keeps_digits
            #required
            #defaults
            #readings

            #slots

            #[inline]
            fn finish<E: ::countersign_runtime::private::serde::de::Error>(
                #held: Self::Slots,
                #rest: ::countersign_runtime::object::Rest,
            ) -> ::core::result::Result<Self, E> {
                #finish
            }
        }
    }
}

/// The members that must be there.
fn required(members: &[Member<'_>]) -> Option<TokenStream> {
    let required = members
        .iter()
        .filter(|(_, _, presence, _)| *presence == Presence::Required);
    let wires: Vec<&String> = required.map(|(_, wire, ..)| *wire).collect();
    (!wires.is_empty()).then(|| {
        quote!(
            const REQUIRED: &'static [&'static str] = &[#(#wires),*];
        )
    })
}

/// The defaults of members that must be there.
fn defaults(fields: &[Field]) -> Option<TokenStream> {
    let rows = fields.iter().filter_map(|field| match &field.kind {
        Kind::Member {
            wire,
            presence: Presence::Required,
            default: Some(json),
            ..
        } => Some(quote!((#wire, #json))),
        _ => None,
    });
    let rows: Vec<TokenStream> = rows.collect();
    (!rows.is_empty()).then(|| {
        quote!(
            const DEFAULTS: &'static [(&'static str, &'static str)] = &[#(#rows),*];
        )
    })
}

/// How members are read where a server departs from the document.
fn readings(fields: &[Field]) -> Option<TokenStream> {
    let rows = fields.iter().filter_map(|field| match &field.kind {
        Kind::Member {
            wire,
            tolerance: Some(reading),
            ..
        } => Some(quote!((#wire, #reading))),
        _ => None,
    });
    let rows: Vec<TokenStream> = rows.collect();
    (!rows.is_empty()).then(|| {
        quote!(
            const READINGS: &'static [(&'static str, &'static str)] = &[#(#rows),*];
        )
    })
}

/// Where members go while they are read.
fn slots(members: &[Member<'_>]) -> TokenStream {
    if members.is_empty() {
        return quote! {
            type Slots = ::countersign_runtime::object::Nothing;

            #[inline]
            fn slots() -> Self::Slots {
                ::countersign_runtime::object::Nothing
            }
        };
    }
    let types = members.iter().map(|(field, ..)| &field.ty);
    let nothing = members.iter().map(|_| quote!(::core::option::Option::None));
    let arms = members.iter().enumerate().map(|(at, (.., reading))| {
        let at = Literal::usize_unsuffixed(at);
        let read = match reading {
            Reading::Exact => quote!(read),
            Reading::Whole => quote!(read_whole),
            Reading::Numeric => quote!(read_numeric),
            Reading::Any => quote!(read_any),
        };
        quote!(#at => member.#read(&mut slots.#at),)
    });
    quote! {
        type Slots = (#(::core::option::Option<#types>,)*);

        #[inline]
        fn slots() -> Self::Slots {
            (#(#nothing,)*)
        }

        fn member<'de, A: ::countersign_runtime::private::serde::de::MapAccess<'de>>(
            slots: &mut Self::Slots,
            at: usize,
            member: ::countersign_runtime::object::Member<'_, A>,
        ) -> ::core::result::Result<(), A::Error> {
            match at {
                #(#arms)*
                _ => member.skip(),
            }
        }
    }
}

/// The value made of the members: required ones are taken out together, so that there is one way out.
fn finish(fields: &[Field]) -> TokenStream {
    let mut at = 0;
    let (mut required, mut values, mut flattened) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let name = &field.name;
        match &field.kind {
            Kind::Member { wire, presence, .. } => {
                let slot = Literal::usize_unsuffixed(at);
                at += 1;
                if *presence == Presence::Required {
                    let held = format_ident!("held_{}", at);
                    values.push(quote!(#name: #held));
                    required.push((wire, slot, held));
                } else {
                    values.push(
                        quote!(#name: ::core::option::Option::unwrap_or_default(slots.#slot)),
                    );
                }
            }
            Kind::Flattened { optional, names } => {
                let held = format_ident!("flat_{}", flattened.len());
                let take = if *optional {
                    quote!(take_optional)
                } else {
                    quote!(take)
                };
                flattened.push((
                    names.is_empty(),
                    quote!(let #held = rest.#take(&[#(#names),*])?;),
                ));
                values.push(quote!(#name: #held));
            }
        }
    }
    // What takes all that is left comes after what takes its own.
    flattened.sort_by_key(|(takes_all, _)| *takes_all);
    let flattened = flattened.iter().map(|(_, taken)| taken);
    let required = (!required.is_empty()).then(|| {
        let checks = required
            .iter()
            .map(|(_, slot, _)| quote!(slots.#slot.is_none()));
        let absent = required
            .iter()
            .map(|(wire, slot, _)| quote!((#wire, slots.#slot.is_none())));
        let patterns = required
            .iter()
            .map(|(_, _, held)| quote!(::core::option::Option::Some(#held)));
        let slots = required.iter().map(|(_, slot, _)| quote!(slots.#slot));
        quote! {
            if #(#checks)||* {
                return ::core::result::Result::Err(
                    ::countersign_runtime::object::missing(&[#(#absent),*]),
                );
            }
            let (#(#patterns,)*) = (#(#slots,)*) else {
                return ::core::result::Result::Err(::countersign_runtime::object::missing(&[]));
            };
        }
    });
    quote! {
        #required
        #(#flattened)*
        ::core::result::Result::Ok(Self { #(#values),* })
    }
}
