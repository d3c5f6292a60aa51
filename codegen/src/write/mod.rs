//! From tokens to files: formatting, manifests, and how a tree of files differs from another.

mod drift;
mod format;
mod layout;
mod manifest;
mod syntax_cache;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

pub use drift::{Drift, drift};
pub(crate) use format::example;
pub use manifest::{CrateManifest, Dependency, Origin};

/// Files by their paths below one folder, `/`-separated.
pub type Tree = BTreeMap<String, String>;

/// A crate, still as tokens.
#[derive(Debug)]
pub struct CrateSource<'a> {
    /// Its manifest.
    pub manifest: CrateManifest,
    /// The text of its README.
    pub readme: String,
    /// Its source files, by their paths below `src/`.
    pub files: Vec<SourceFile<'a>>,
}

/// A source file, still as tokens: those of each item are made when it is written and gone when the next one is, since
/// tokens take many times the memory of their text.
pub struct SourceFile<'a> {
    name: String,
    items: Box<dyn Iterator<Item = TokenStream> + 'a>,
    head: Box<dyn FnOnce() -> Vec<TokenStream> + 'a>,
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

    /// Its name and all its items, what stands before them first.
    pub(crate) fn into_items(self) -> (String, Vec<TokenStream>) {
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

/// Tokens that are no Rust: a fault of the emitters, never of a document's author.
#[derive(Debug)]
pub struct Malformed {
    /// The file.
    pub file: String,
    /// The error of syn.
    pub why: String,
}

/// Tokens on one line, spaced as rustfmt would.
pub(crate) fn line(tokens: TokenStream) -> String {
    let mut text = String::new();
    layout::line(&layout::Trees::default().of(tokens), &mut text);
    text
}

/// Formats the files of crates. The folder of each is its name.
///
/// # Errors
/// Tokens that syn does not accept; then nothing at all is returned.
pub fn tree(crates: Vec<CrateSource<'_>>) -> Result<Tree, Malformed> {
    let mut tree = Tree::new();
    let mut formatter = format::Formatter::default();
    for source in crates {
        let folder = source.manifest.name.clone();
        tree.insert(format!("{folder}/Cargo.toml"), source.manifest.to_toml());
        tree.insert(format!("{folder}/README.md"), source.readme);
        for file in source.files {
            let path = format!("{folder}/src/{}", file.name);
            let text = formatter.file(&path, file)?;
            tree.insert(path, text);
        }
    }
    Ok(tree)
}
