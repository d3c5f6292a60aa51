//! Derives serde's traits for generated structs.
//!
//! serde's own derive macros write hundreds of lines for each struct, most of them for formats other than JSON, and a
//! crate of thousands of structs spends nine tenths of its build on them. These write a table of the members and one
//! call for each; what is done with them is shared, in `countersign_runtime::object`.
//!
//! They know the needs of generated structs, and a struct says them in the terms of the documents:
//! - a member of type `Option` or `Presence` may be absent, and is left out when it is;
//! - `#[wire(rename_all = "camelCase")]` and `#[wire(rename = "type")]` say what members are called;
//! - `#[wire(nullable)]`: an `Option` whose member is always there;
//! - `#[wire(read = "whole")]` and `"numeric"`: other spellings of a number that reading accepts;
//! - `#[wire(read = "any")]`: an `Option` whose member is a value like others when it is `null`;
//! - `#[wire(default = "5")]`: the JSON that a tolerant reading takes for a required member that was left out;
//! - `#[wire(reading = "one-for-list")]`: how a member is read where a server departs from the document;
//! - `#[wire(flatten)]`: the value's members stand beside the others, all that have no field or those that are named,
//!   as in `#[wire(flatten("folder", "snippet"))]`;
//! - `#[wire(keeps_digits)]` at a struct: numbers among those may have more digits than a float has;
//! - a struct around one unnamed value is written as the value.
//!
//! An enumeration has its values beside its variants: `#[wire("radius")]`, `#[wire(2)]`, `#[wire(2, "radius")]` for a
//! number that has a name, and `#[wire(unknown)]` for the variant that keeps what is not listed.

mod enumeration;
mod parse;
mod read;
mod rename;
mod write;

use proc_macro2::TokenStream;
use quote::quote;

use parse::{Input, Mistake};

/// Derives `serde::Deserialize`.
#[proc_macro_derive(Deserialize, attributes(wire))]
pub fn deserialize(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(item, read::implemented)
}

/// Derives `serde::Serialize`.
#[proc_macro_derive(Serialize, attributes(wire))]
pub fn serialize(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(item, write::implemented)
}

/// Derives `countersign_runtime::StringEnum`.
#[proc_macro_derive(StringEnum, attributes(wire))]
pub fn string_enum(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    written(enumeration::strings(item.into()))
}

/// Derives `countersign_runtime::IntegerEnum`. One that does not travel as `i32` says so: `#[wire(i64)]`.
#[proc_macro_derive(IntegerEnum, attributes(wire))]
pub fn integer_enum(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    written(enumeration::integers(item.into()))
}

fn derive(
    item: proc_macro::TokenStream,
    implemented: fn(&Input) -> TokenStream,
) -> proc_macro::TokenStream {
    written(Input::parse(item.into()).map(|input| implemented(&input)))
}

fn written(tokens: Result<TokenStream, Mistake>) -> proc_macro::TokenStream {
    match tokens {
        Ok(tokens) => tokens.into(),
        Err(Mistake(message)) => quote!(::core::compile_error!(#message);).into(),
    }
}
