//! Documentation: what an author wrote, made harmless, wrapped, and put into doc attributes.
//!
//! The text is hostile input. It is read as CommonMark and written anew ([`markdown`]), so that whatever it holds,
//! rustdoc sees prose, lists, tables and `text` blocks: no doctest, no HTML, no link to an item, no control character.

mod blocks;
mod html;
mod inline;
mod markdown;
mod sentence;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::describe::visible;
use crate::ir::Docs;
use crate::source::SpecStr;

pub(super) use inline::code;
pub(super) use sentence::split;
use sentence::{continued, first};

/// The indentation of an item's documentation, `/// ` included: the rest of 100 columns is for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// At the margin.
    Item,
    /// In the body of an item: fields, variants, methods.
    Member,
}

impl Depth {
    fn width(self) -> usize {
        match self {
            Self::Item => 96,
            Self::Member => 92,
        }
    }
}

/// The documentation of one item, block by block.
pub(super) struct Doc {
    /// The lines as an attribute has them: after a space, unless there is nothing in them.
    text: String,
    width: usize,
}

impl Doc {
    /// No documentation yet.
    pub(super) fn new(depth: Depth) -> Self {
        Self {
            text: String::new(),
            width: depth.width(),
        }
    }

    /// The author's text, or `otherwise` where there is none.
    pub(super) fn of(docs: &Docs, depth: Depth, otherwise: impl FnOnce() -> String) -> Self {
        let mut doc = Self::new(depth);
        doc.authored(docs, otherwise);
        doc
    }

    /// The documentation of a setter, with the author's first sentence about the member.
    pub(super) fn of_setter(name: &str, docs: &Docs) -> Self {
        let mut doc = Self::new(Depth::Member);
        match first(docs) {
            Some(sentence) => {
                let said = format!("Sets `{name}`: {}.", continued(&sentence));
                if sentence::is_unmarked(&sentence) {
                    doc.paragraph(&said);
                } else {
                    doc.markdown(&said);
                }
            }
            None => doc.paragraph(&format!("Sets `{name}`.")),
        }
        doc
    }

    /// The documentation of a response: its status, and the author's text.
    pub(super) fn of_response(status: &str, docs: &Docs) -> Self {
        let mut doc = Self::new(Depth::Member);
        let said = docs.description.as_ref().or(docs.summary.as_ref());
        let said = said
            .map(|said| said.text().trim())
            .filter(|said| !said.is_empty());
        let Some(said) = said else {
            doc.paragraph(&format!("Status {}.", code(status)));
            return doc;
        };
        // A list or a table has to stand by itself.
        if sentence::is_prose(said) {
            doc.markdown(&format!("{status}: {said}"));
        } else {
            doc.paragraph(&format!("Status {}.", code(status)));
            doc.markdown(said);
        }
        doc
    }

    /// The author's text, and a line of ours below; the line alone where there is not text.
    pub(super) fn above(docs: &Docs, depth: Depth, line: &str) -> Self {
        let mut is_described = true;
        let mut doc = Self::of(docs, depth, || {
            is_described = false;
            line.to_owned()
        });
        if is_described {
            doc.paragraph(line);
        }
        doc
    }

    /// Adds what the author says, or `otherwise` where nothing is said.
    pub(super) fn authored(&mut self, docs: &Docs, otherwise: impl FnOnce() -> String) {
        let summary = docs.summary.as_ref().map(SpecStr::text);
        let description = docs.description.as_ref().map(SpecStr::text);
        let before = self.text.len();
        if let Some(summary) = summary.filter(|summary| !says_again(summary, description)) {
            self.markdown(summary);
        }
        if let Some(description) = description {
            self.markdown(description);
        }
        if self.text.len() == before {
            self.paragraph(&otherwise());
        }
        let notes: Vec<&str> = docs.notes.iter().map(SpecStr::text).collect();
        if !notes.is_empty() {
            self.markdown(&notes.join(" "));
        }
        for example in &docs.examples {
            self.example(example.text());
        }
        if let Some(url) = docs
            .link
            .as_ref()
            .and_then(|link| inline::autolink(link.text()))
        {
            self.paragraph(&format!("See {url}."));
        }
    }

    /// Adds text that may hold anything.
    pub(super) fn markdown(&mut self, text: &str) {
        let lines = markdown::lines(text, self.width);
        self.block(&lines);
    }

    /// Adds a paragraph of ours: its Markdown stands, text from documents in it went through [`code`].
    pub(super) fn paragraph(&mut self, text: &str) {
        let mut lines = Vec::new();
        inline::wrap(inline::words(text), self.width, &mut lines);
        self.block(&lines);
    }

    /// Adds lines that stand as they are.
    pub(super) fn block(&mut self, lines: &[String]) {
        if !self.text.is_empty() && !lines.is_empty() {
            self.text.push_str("\n\n");
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(line);
            }
        }
    }

    fn example(&mut self, json: &str) {
        let text = visible(json);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if text.lines().nth(1).is_none() && text.chars().count() <= 70 {
            self.paragraph(&format!("Example: {}", code(text)));
        } else {
            let mut lines = vec!["Example:".to_owned(), String::new()];
            lines.extend(markdown::fenced(text));
            self.block(&lines);
        }
    }

    /// As the documentation of the file that it stands in.
    pub(super) fn inner(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        tokens.append(Punct::new('#', Spacing::Joint));
        tokens.append(Punct::new('!', Spacing::Alone));
        tokens.append(self.attribute());
        tokens
    }

    /// All lines as one attribute: the writer makes a comment of as many lines of it.
    fn attribute(&self) -> Group {
        let mut meta = TokenStream::new();
        meta.append(Ident::new("doc", Span::call_site()));
        meta.append(Punct::new('=', Spacing::Alone));
        meta.append(literal(&self.text));
        Group::new(Delimiter::Bracket, meta)
    }
}

/// A raw string where there is nothing that ends one: escaping letter by letter what the writer then reads letter by
/// letter took a tenth of the time.
fn literal(text: &str) -> Literal {
    let raw = memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_none() && !text.contains("\"#");
    let raw = raw
        .then(|| ["r#\"", text, "\"#"].concat().parse().ok())
        .flatten();
    raw.unwrap_or_else(|| Literal::string(text))
}

/// Whether a description begins with the summary.
fn says_again(summary: &str, description: Option<&str>) -> bool {
    let summary = summary.trim().trim_end_matches('.');
    description.is_some_and(|description| {
        description
            .trim_start()
            .strip_prefix(summary)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '\n', '\r', ' ']))
    })
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.text.is_empty() {
            tokens.append(Punct::new('#', Spacing::Alone));
            tokens.append(self.attribute());
        }
    }
}
