//! Limits on a value, as the runtime's data.

use std::sync::Arc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::literal::{Float, Int};
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Constraints, Limits, Literal, Pattern};

/// `Limits::new().min_length(1)..`; none where nothing is limited. `pattern` is the name of the pattern's static.
pub(in crate::emit) fn limits(
    scope: &Scope<'_>,
    constraints: &Constraints,
    pattern: &Ident,
) -> Option<TokenStream> {
    let Limits {
        min_length,
        max_length,
        patterns,
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of,
        min_items,
        max_items,
        unique_items,
        min_properties,
        max_properties,
        items: _,
        places: _,
    } = &**constraints;
    let counts = [
        ("min_length", min_length),
        ("max_length", max_length),
        ("min_items", min_items),
        ("max_items", max_items),
        ("min_properties", min_properties),
        ("max_properties", max_properties),
    ];
    let bounds = [
        ("minimum", minimum),
        ("maximum", maximum),
        ("exclusive_minimum", exclusive_minimum),
        ("exclusive_maximum", exclusive_maximum),
        ("multiple_of", multiple_of),
    ];
    let counts = counts.into_iter().filter_map(|(name, count)| {
        let (name, count) = (ident::plain(name), Int((*count)?.into()));
        Some(quote!(.#name(#count)))
    });
    let bounds = bounds
        .into_iter()
        .filter_map(|(name, bound)| bounded(name, bound.as_ref()?));
    let unique = unique_items.then(|| quote!(.unique_items()));
    let pattern = (!patterns.is_empty()).then(|| quote!(.pattern(&#pattern)));
    let calls: TokenStream = counts.chain(bounds).chain(unique).chain(pattern).collect();
    if calls.is_empty() {
        return None;
    }
    let limits = scope.known(Known::Limits);
    Some(quote!(#limits::new()#calls))
}

fn bounded(name: &str, bound: &Literal) -> Option<TokenStream> {
    match bound {
        Literal::Int(value) => {
            let (name, value) = (ident::plain(name), Int(*value));
            Some(quote!(.#name(#value)))
        }
        Literal::Float(value) => {
            let (name, value) = (ident::plain(&format!("{name}_float")), Float::of(*value));
            Some(quote!(.#name(#value)))
        }
        _ => None,
    }
}

/// The static that holds a pattern; none where there is none.
pub(in crate::emit) fn pattern(
    scope: &Scope<'_>,
    constraints: &Constraints,
    name: &Ident,
) -> Option<TokenStream> {
    let (first, others) = constraints.patterns.split_first()?;
    let of = scope.known(Known::Pattern);
    let part = |pattern: &Arc<Pattern>| {
        let (regex, ecma) = (text(&pattern.regex), text(pattern.ecma.text()));
        quote!(#regex, #ecma)
    };
    let (first, others) = (part(first), others.iter().map(part));
    let others = (others.len() > 0).then(|| quote!(.and(&[#((#others)),*])));
    Some(quote!(static #name: #of = #of::new(#first)#others;))
}
