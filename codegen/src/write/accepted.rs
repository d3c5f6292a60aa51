//! Which forms syn has read already, so that a file of ten thousand like items need not be parsed ten thousand times.
//!
//! Tokens take a form: a field with documentation, an attribute and a type, say. What text their names and literals
//! have makes no difference to syn. A form is what an element of a list is made of, groups within it by their
//! delimiters alone, and where the list stands; what is in the groups are forms of their own. An item whose forms syn
//! has all read in other items is one that syn would read.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::names::is_keyword;

/// The forms that syn has read.
#[derive(Debug, Default)]
pub(super) struct Accepted(HashSet<u64>);

impl Accepted {
    /// Has syn read items, unless it has read their like.
    ///
    /// # Errors
    /// What syn objects to.
    pub(super) fn check(&mut self, tokens: &TokenStream) -> Result<(), syn::Error> {
        let mut new = Vec::new();
        self.forms(tokens.clone(), 0, &mut new);
        if !new.is_empty() || cfg!(debug_assertions) {
            syn::parse2::<syn::File>(tokens.clone())?;
        }
        self.0.extend(new);
        Ok(())
    }

    /// Adds the forms that have not been read; `place` is where the list stands.
    fn forms(&self, tokens: TokenStream, place: u64, new: &mut Vec<u64>) {
        let mut groups: Vec<TokenStream> = Vec::new();
        let mut form = start(place);
        for token in tokens {
            let ends = feed(&token, &mut form);
            if let TokenTree::Group(group) = token {
                groups.push(group.stream());
            }
            if ends {
                self.end(std::mem::replace(&mut form, start(place)), &mut groups, new);
            }
        }
        self.end(form, &mut groups, new);
    }

    fn end(&self, form: DefaultHasher, groups: &mut Vec<TokenStream>, new: &mut Vec<u64>) {
        let form = form.finish();
        if !self.0.contains(&form) {
            new.push(form);
        }
        for (at, group) in groups.drain(..).enumerate() {
            let mut place = start(form);
            at.hash(&mut place);
            self.forms(group, place.finish(), new);
        }
    }
}

fn start(place: u64) -> DefaultHasher {
    let mut form = DefaultHasher::new();
    place.hash(&mut form);
    form
}

/// Takes a token into a form; whether an element ends with it.
fn feed(token: &TokenTree, form: &mut DefaultHasher) -> bool {
    match token {
        TokenTree::Ident(ident) => {
            let text = ident.to_string();
            // No keyword is longer, and all but one begin with a small letter.
            let may_be = text.len() <= 8
                && (text.starts_with(|c: char| c.is_ascii_lowercase()) || text == "Self");
            if may_be && is_keyword(&text) {
                text.hash(form);
            } else {
                0_u8.hash(form);
            }
            false
        }
        TokenTree::Literal(literal) => {
            // What kind of literal it is shows in how it begins.
            let first = literal.to_string().chars().next();
            first
                .map(|first| if first.is_ascii_digit() { '0' } else { first })
                .hash(form);
            false
        }
        TokenTree::Punct(punct) => {
            punct.as_char().hash(form);
            (punct.spacing() == proc_macro2::Spacing::Joint).hash(form);
            matches!(punct.as_char(), ',' | ';')
        }
        TokenTree::Group(group) => {
            let kind = match group.delimiter() {
                Delimiter::Parenthesis => 1_u8,
                Delimiter::Brace => 2,
                Delimiter::Bracket => 3,
                Delimiter::None => 4,
            };
            kind.hash(form);
            false
        }
    }
}
