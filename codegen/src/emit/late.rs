//! Tokens that are made where they are wanted: what `quote!` is given ready-made, it copies.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// A function that makes tokens.
pub(super) struct Late<F>(pub(super) F);

impl<F: Fn() -> TokenStream> ToTokens for Late<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}
