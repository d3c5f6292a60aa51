//! Tokens as trees with their widths, which is what laying them out takes.

use std::fmt::Write as _;
use std::rc::Rc;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use rustc_hash::FxHashMap;

use super::mark::Mark;
use super::page::lines;
use super::spacing;
use crate::names::is_keyword;

/// A token or a group of tokens.
#[derive(Debug)]
pub(crate) enum Tree {
    /// A name, a keyword or a lifetime.
    Word(Rc<Text>),
    /// A literal.
    Literal(Text),
    /// One or more punctuation characters that belong together.
    Mark(Mark),
    /// Tokens between delimiters.
    Group(Group),
    /// Documentation: its lines, and what they document.
    Doc(String, Place),
}

/// Where documentation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before an item.
    Outer,
    /// At the head of a file.
    Inner,
}

/// The text of a token and its width in columns.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(super) width: usize,
    /// Whether it is a keyword, and whether something that stands by itself follows it.
    pub(crate) keyword: bool,
    pub(super) operator: bool,
}

impl Text {
    fn new(text: String) -> Self {
        let width = if text.is_ascii() {
            text.len()
        } else {
            text.chars().count()
        };
        Self {
            text,
            width,
            keyword: false,
            operator: false,
        }
    }

    /// The text of a name or a keyword.
    fn word(text: String) -> Self {
        // No keyword is longer, and all but one begin with a small letter.
        let may_be = text.len() <= 8
            && (text.starts_with(|first: char| first.is_ascii_lowercase()) || text == "Self");
        let keyword = may_be && is_keyword(&text);
        Self {
            operator: keyword && spacing::is_operator(&text),
            keyword,
            ..Self::new(text)
        }
    }
}

/// Tokens between delimiters.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) kind: Kind,
    pub(crate) trees: Vec<Tree>,
    /// The width of its content on one line.
    pub(super) width: usize,
    /// Whether its content can be on one line at all.
    pub(super) flat: bool,
}

/// Delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Paren,
    Bracket,
    Brace,
}

impl Kind {
    pub(crate) fn open(self) -> &'static str {
        match self {
            Self::Paren => "(",
            Self::Bracket => "[",
            Self::Brace => "{",
        }
    }

    pub(crate) fn close(self) -> &'static str {
        match self {
            Self::Paren => ")",
            Self::Bracket => "]",
            Self::Brace => "}",
        }
    }
}

impl Tree {
    /// Whether it is this word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if &*text.text == word)
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, mark: Mark) -> bool {
        matches!(self, Self::Mark(found) if *found == mark)
    }

    /// The group with these delimiters that it is.
    pub(super) fn group(&self, kind: Kind) -> Option<&Group> {
        match self {
            Self::Group(group) if group.kind == kind => Some(group),
            _ => None,
        }
    }
}

/// Makes trees of streams. The same words come again and again: each is kept once.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    words: FxHashMap<Box<str>, Rc<Text>>,
    written: String,
}

impl Trees {
    /// The trees of a stream.
    pub(crate) fn of(&mut self, stream: TokenStream) -> Vec<Tree> {
        let tokens = stream.into_iter();
        let mut trees = Vec::with_capacity(tokens.size_hint().0);
        self.add(tokens, &mut trees);
        trees
    }

    fn add(&mut self, tokens: IntoIter, trees: &mut Vec<Tree>) {
        let mut joint = String::new();
        let mut lifetime = "";
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    marks(&mut joint, trees);
                    lifetime = "'";
                }
                TokenTree::Punct(punct)
                    if joint.is_empty() && punct.spacing() == Spacing::Alone =>
                {
                    trees.extend(Mark::single(punct.as_char()).map(Tree::Mark));
                }
                TokenTree::Punct(punct) => {
                    joint.push(punct.as_char());
                    if punct.spacing() == Spacing::Alone {
                        marks(&mut joint, trees);
                    }
                }
                TokenTree::Ident(ident) => {
                    marks(&mut joint, trees);
                    let word = self.word(std::mem::take(&mut lifetime), &ident);
                    trees.push(Tree::Word(word));
                }
                TokenTree::Literal(literal) => {
                    marks(&mut joint, trees);
                    trees.push(Tree::Literal(Text::new(literal.to_string())));
                }
                TokenTree::Group(group) => {
                    marks(&mut joint, trees);
                    let (delimiter, stream) = (group.delimiter(), group.stream());
                    // A stream that is shared would be copied.
                    drop(group);
                    let kind = match delimiter {
                        Delimiter::Parenthesis => Kind::Paren,
                        Delimiter::Bracket => Kind::Bracket,
                        Delimiter::Brace => Kind::Brace,
                        Delimiter::None => {
                            self.add(stream.into_iter(), trees);
                            continue;
                        }
                    };
                    push_group(kind, self.of(stream), trees);
                }
            }
        }
        marks(&mut joint, trees);
    }

    /// The text of a name, a keyword or, with a mark before it, a lifetime.
    fn word(&mut self, mark: &str, ident: &Ident) -> Rc<Text> {
        self.written.clear();
        self.written.push_str(mark);
        // Writing to a string can't fail.
        let _ = write!(self.written, "{ident}");
        if let Some(known) = self.words.get(self.written.as_str()) {
            return Rc::clone(known);
        }
        let word = Rc::new(Text::word(self.written.clone()));
        self.words
            .insert(self.written.as_str().into(), Rc::clone(&word));
        word
    }
}

/// Adds the marks that joint characters make.
fn marks(joint: &mut String, trees: &mut Vec<Tree>) {
    let mut rest = joint.as_str();
    while let Some(mark) = Mark::first(rest) {
        rest = rest.get(mark.text().len()..).unwrap_or("");
        trees.push(Tree::Mark(mark));
    }
    joint.clear();
}

/// Adds a group, or the documentation that it is the attribute of.
fn push_group(kind: Kind, mut inner: Vec<Tree>, trees: &mut Vec<Tree>) {
    if kind == Kind::Bracket {
        let attribute = match trees.as_slice() {
            [.., Tree::Mark(Mark::Pound), Tree::Mark(Mark::Not)] => Some((Place::Inner, 2)),
            [.., Tree::Mark(Mark::Pound)] => Some((Place::Outer, 1)),
            _ => None,
        };
        let documented = attribute.and_then(|of| Some((of, documentation(&inner)?)));
        if let Some(((place, marks), text)) = documented {
            trees.truncate(trees.len() - marks);
            return push_doc(text, place, trees);
        }
    }
    if is_listed(kind, &inner, trees) && inner.last().is_some_and(|last| last.is_mark(Mark::Comma))
    {
        inner.pop();
    }
    let (width, flat) = spacing::measure(&inner, kind);
    trees.push(Tree::Group(Group {
        kind,
        trees: inner,
        width,
        flat,
    }));
}

/// Words that call nothing: what is in parentheses after them is a tuple, or a pattern or a type in parentheses.
const BEFORE_A_TUPLE: [&str; 14] = [
    "as", "break", "else", "for", "if", "in", "let", "match", "move", "mut", "pub", "ref",
    "return", "while",
];

/// Whether a comma at the end means nothing: not so in a tuple of one, and who knows in a macro call.
fn is_listed(kind: Kind, inner: &[Tree], before: &[Tree]) -> bool {
    match kind {
        Kind::Brace | Kind::Bracket => true,
        Kind::Paren => {
            let commas = inner
                .iter()
                .filter(|tree| tree.is_mark(Mark::Comma))
                .count();
            let is_called = match before.last() {
                Some(Tree::Mark(Mark::Gt)) => true,
                Some(word @ Tree::Word(_)) => {
                    !BEFORE_A_TUPLE.iter().any(|known| word.is_word(known))
                }
                _ => false,
            };
            commas > 1 || is_called
        }
    }
}

/// Adds documentation to that which stands before it.
fn push_doc(text: String, place: Place, trees: &mut Vec<Tree>) {
    match trees.last_mut() {
        Some(Tree::Doc(lines, of)) if *of == place => {
            lines.push('\n');
            lines.push_str(&text);
        }
        _ => trees.push(Tree::Doc(text, place)),
    }
}

/// The text of `doc = ".."`, if `///` can say it.
fn documentation(inner: &[Tree]) -> Option<String> {
    let [doc, Tree::Mark(Mark::Eq), Tree::Literal(literal)] = inner else {
        return None;
    };
    let text = doc
        .is_word("doc")
        .then(|| unescaped(&literal.text))
        .flatten()?;
    let plain = |line: &str| line.is_empty() || line.starts_with(' ');
    (lines(&text).all(plain) && memchr::memchr(b'\r', text.as_bytes()).is_none()).then_some(text)
}

/// The text of a string literal, raw or with no more escapes than documentation needs; none if it has others.
fn unescaped(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let inner = raw.trim_start_matches('#');
        let hashes = raw.len() - inner.len();
        let inner = inner.get(1..inner.len().checked_sub(hashes + 1)?)?;
        return Some(inner.to_owned());
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(inner.to_owned());
    }
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                plain @ ('\\' | '"' | '\'') => text.push(plain),
                'u' => {
                    let (code, rest) = letters.as_str().strip_prefix('{')?.split_once('}')?;
                    text.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                    letters = rest.chars();
                }
                _ => return None,
            },
            _ => text.push(letter),
        }
    }
    Some(text)
}
