//! `Serialize`: a call for each member.

use proc_macro2::TokenStream;
use quote::quote;

use crate::parse::{Body, Input, Kind, Presence};

/// The impl.
pub(crate) fn implemented(input: &Input) -> TokenStream {
    let name = &input.name;
    let body = match &input.body {
        Body::Value(_) => quote!(::countersign_runtime::private::serde::Serialize::serialize(
            &self.0, serializer
        )),
        Body::Fields(fields) => {
            let calls = fields.iter().map(|field| {
                let name = &field.name;
                match &field.kind {
                    Kind::Member {
                        wire,
                        presence: Presence::Required,
                        ..
                    } => {
                        let wire = named(wire);
                        quote!(object.member(#wire, &self.#name)?;)
                    }
                    Kind::Member {
                        wire,
                        presence: Presence::Optional,
                        ..
                    } => {
                        let wire = named(wire);
                        quote!(object.optional(#wire, &self.#name)?;)
                    }
                    Kind::Member {
                        wire,
                        presence: Presence::ThreeWay,
                        ..
                    } => {
                        let wire = named(wire);
                        quote!(object.presence(#wire, &self.#name)?;)
                    }
                    Kind::Flattened { .. } => quote!(object.flattened(&self.#name)?;),
                }
            });
            let held = if fields.is_empty() {
                quote!(object)
            } else {
                quote!(mut object)
            };
            quote! {
                let #held = ::countersign_runtime::object::write(serializer)?;
                #(#calls)*
                object.end()
            }
        }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::countersign_runtime::private::serde::Serialize for #name {
            fn serialize<S: ::countersign_runtime::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #body
            }
        }
    }
}

/// The name of a member, with its JSON text where that is the name in quotes.
fn named(wire: &str) -> TokenStream {
    let has_escapes = wire.chars().any(|c| c < ' ' || c == '"' || c == '\\');
    let json = if has_escapes {
        String::new()
    } else {
        format!(",\"{wire}\":")
    };
    quote!(::countersign_runtime::object::Name::new(#wire, #json))
}
