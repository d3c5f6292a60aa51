//! Tokens as trees with their widths, which is what laying them out takes.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::spacing;
use crate::names::is_keyword;

/// A token or a group of tokens.
#[derive(Debug)]
pub(in crate::write) enum Tree {
    /// A name, a keyword or a lifetime.
    Word(Text),
    /// A literal.
    Literal(Text),
    /// One or more punctuation characters that belong together.
    Mark(&'static str),
    /// Tokens between delimiters.
    Group(Group),
    /// Documentation: its lines, and what they document.
    Doc(String, Place),
}

/// Where documentation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::write) enum Place {
    /// Before an item.
    Outer,
    /// At the head of a file.
    Inner,
}

/// The text of a token and its width in columns.
#[derive(Debug)]
pub(in crate::write) struct Text {
    pub(in crate::write) text: String,
    pub(super) width: usize,
    /// Whether it is a keyword, and whether something that stands by itself follows it.
    pub(in crate::write) keyword: bool,
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
pub(in crate::write) struct Group {
    pub(in crate::write) kind: Kind,
    pub(in crate::write) trees: Vec<Tree>,
    /// How wide its content is on one line.
    pub(super) width: usize,
    /// Whether its content can be on one line at all.
    pub(super) flat: bool,
}

/// Delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::write) enum Kind {
    Paren,
    Bracket,
    Brace,
}

impl Kind {
    pub(super) fn open(self) -> &'static str {
        match self {
            Self::Paren => "(",
            Self::Bracket => "[",
            Self::Brace => "{",
        }
    }

    pub(super) fn close(self) -> &'static str {
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
    pub(super) fn is_mark(&self, mark: &str) -> bool {
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

/// The trees of a stream.
pub(in crate::write) fn trees(stream: TokenStream) -> Vec<Tree> {
    let mut trees = Vec::new();
    let mut joint = String::new();
    let mut lifetime = false;
    for token in stream {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                marks(&mut joint, &mut trees);
                lifetime = true;
            }
            TokenTree::Punct(punct) if joint.is_empty() && punct.spacing() == Spacing::Alone => {
                trees.extend(single(punct.as_char()).map(Tree::Mark));
            }
            TokenTree::Punct(punct) => {
                joint.push(punct.as_char());
                if punct.spacing() == Spacing::Alone {
                    marks(&mut joint, &mut trees);
                }
            }
            TokenTree::Ident(ident) => {
                marks(&mut joint, &mut trees);
                let text = if std::mem::take(&mut lifetime) {
                    format!("'{ident}")
                } else {
                    ident.to_string()
                };
                trees.push(Tree::Word(Text::word(text)));
            }
            TokenTree::Literal(literal) => {
                marks(&mut joint, &mut trees);
                trees.push(Tree::Literal(Text::new(literal.to_string())));
            }
            TokenTree::Group(group) => {
                marks(&mut joint, &mut trees);
                let (delimiter, stream) = (group.delimiter(), group.stream());
                // A stream that is shared would be copied.
                drop(group);
                let inner = self::trees(stream);
                match delimiter {
                    Delimiter::Parenthesis => push_group(Kind::Paren, inner, &mut trees),
                    Delimiter::Bracket => push_group(Kind::Bracket, inner, &mut trees),
                    Delimiter::Brace => push_group(Kind::Brace, inner, &mut trees),
                    Delimiter::None => trees.extend(inner),
                }
            }
        }
    }
    marks(&mut joint, &mut trees);
    trees
}

/// Punctuation of several characters.
const LONG: &[&str] = &[
    "..=", "::", "->", "=>", "..", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=",
];

/// Punctuation of one.
const SINGLE: &str = "#!:;,.<>=&|?-+*/@$%^~";

/// The mark that is this character.
fn single(character: char) -> Option<&'static str> {
    let at = SINGLE.find(character)?;
    SINGLE.get(at..at + 1)
}

/// Adds the marks that joint characters make.
fn marks(joint: &mut String, trees: &mut Vec<Tree>) {
    let mut rest = joint.as_str();
    while let Some(first) = rest.chars().next() {
        let long = LONG.iter().find(|mark| rest.starts_with(**mark)).copied();
        let Some(mark) = long.or_else(|| single(first)) else {
            break;
        };
        rest = rest.get(mark.len()..).unwrap_or("");
        trees.push(Tree::Mark(mark));
    }
    joint.clear();
}

/// Adds a group, or the documentation that it is the attribute of.
fn push_group(kind: Kind, mut inner: Vec<Tree>, trees: &mut Vec<Tree>) {
    if kind == Kind::Bracket {
        let attribute = match trees.as_slice() {
            [.., Tree::Mark("#"), Tree::Mark("!")] => Some((Place::Inner, 2)),
            [.., Tree::Mark("#")] => Some((Place::Outer, 1)),
            _ => None,
        };
        let documented = attribute.and_then(|of| Some((of, documentation(&inner)?)));
        if let Some(((place, marks), text)) = documented {
            trees.truncate(trees.len() - marks);
            return push_doc(text, place, trees);
        }
    }
    if is_listed(kind, &inner, trees) && inner.last().is_some_and(|last| last.is_mark(",")) {
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

/// Whether a comma at the end means nothing: not so in a tuple of one, and who knows in a macro call.
fn is_listed(kind: Kind, inner: &[Tree], before: &[Tree]) -> bool {
    match kind {
        Kind::Brace | Kind::Bracket => true,
        Kind::Paren => {
            let commas = inner.iter().filter(|tree| tree.is_mark(",")).count();
            commas > 1 || matches!(before.last(), Some(Tree::Word(_) | Tree::Mark(">")))
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
    let [doc, Tree::Mark("="), Tree::Literal(literal)] = inner else {
        return None;
    };
    let text = doc
        .is_word("doc")
        .then(|| unescaped(&literal.text))
        .flatten()?;
    let plain = |line: &str| line.is_empty() || line.starts_with(' ');
    (text.split('\n').all(plain) && !text.contains('\r')).then_some(text)
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
