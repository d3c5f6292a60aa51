//! Tokens that others hold as they are: of a stream, `quote!` copies token by token, and again each time that what it
//! makes is given to another.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// A stream that is shared instead of copied.
pub(super) struct SharedTokens(pub(super) TokenStream);

impl ToTokens for SharedTokens {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Group::new(Delimiter::None, self.0.clone()));
    }
}
