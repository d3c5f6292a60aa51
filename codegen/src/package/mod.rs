//! A crate on its way from `emit` to `write`: its manifest as data, its source files as tokens.

mod manifest;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

pub use manifest::{CrateManifest, Dependency, Origin};

/// Files by their paths below one folder, `/`-separated.
pub type Tree = BTreeMap<String, String>;

/// A crate, still as tokens.
#[derive(Debug)]
pub struct CrateSource<'a> {
    /// Its manifest; modules of somebody's crate have none.
    pub manifest: Option<CrateManifest>,
    /// Its folder.
    pub folder: String,
    /// The text of its README.
    pub readme: String,
    /// Its source files, by their paths below `src/`, or below the folder of a module.
    pub files: Vec<SourceFile<'a>>,
}

/// A source file, still as tokens: those of each item are made when it is written and gone when the next one is, since
/// tokens take many times the memory of their text.
pub struct SourceFile<'a> {
    pub(crate) name: String,
    pub(crate) items: Box<dyn Iterator<Item = TokenStream> + 'a>,
    pub(crate) head: Box<dyn FnOnce() -> Vec<TokenStream> + 'a>,
}

impl<'a> SourceFile<'a> {
    /// A file of this name (`mfa_provider.rs`) with these items. What stands before them, imports for one thing, is
    /// asked for when they are written: only then is known what they need.
    pub fn new(
        name: impl Into<String>,
        items: impl IntoIterator<Item = TokenStream, IntoIter: 'a>,
        head: impl FnOnce() -> Vec<TokenStream> + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            items: Box::new(items.into_iter()),
            head: Box::new(head),
        }
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The same in a folder.
    pub(crate) fn below(mut self, folder: &str) -> Self {
        self.name = format!("{folder}/{}", self.name);
        self
    }

    /// The same with another name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.name = name.to_owned();
        self
    }

    /// Its name and all its items, what stands before them first.
    pub fn into_items(self) -> (String, Vec<TokenStream>) {
        let items: Vec<TokenStream> = self.items.map(flat).collect();
        let mut all = (self.head)();
        all.extend(items);
        (self.name, all)
    }
}

/// Tokens without groups that have no delimiters, which syn takes for operands.
fn flat(tokens: TokenStream) -> TokenStream {
    let flat = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => flat(group.stream()),
        TokenTree::Group(group) => {
            let inner = Group::new(group.delimiter(), flat(group.stream()));
            TokenTree::Group(inner).into()
        }
        token => token.into(),
    };
    tokens.into_iter().map(flat).collect()
}

impl fmt::Debug for SourceFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceFile")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
