//! CommonMark read and written anew, in the few forms that rustdoc and clippy have nothing to say about.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::blocks::{Blocks, Nest};
use super::html::{self, Piece};
use super::inline::{Inline, autolink, longest_run, wrap};
use crate::describe::visible;
use crate::source::{has_byte, is_hidden};

/// The narrowest that nesting makes a paragraph.
const NARROWEST: usize = 40;

/// The lines of a text that may hold anything.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let text = visible(text);
    if is_prose(&text) {
        return prose(&text, width);
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = Writer::new(width);
    for event in Parser::new_ext(&text, options) {
        writer.event(event);
    }
    writer.finish()
}

/// Code as a fenced block that is not a test.
pub(super) fn fenced(code: &str) -> Vec<String> {
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    let mut lines = vec![format!("{fence}text")];
    lines.extend(
        code.trim_end_matches('\n')
            .lines()
            .map(|line| line.trim_end().to_owned()),
    );
    lines.push(fence);
    lines
}

/// Whether a text is plain paragraphs: nothing in it is Markdown.
fn is_prose(text: &str) -> bool {
    let is_symbol = |byte| {
        b"\\`*_[<>&~#|+="
            .iter()
            .fold(false, |is, symbol| is | (byte == *symbol))
    };
    !has_byte(text, is_symbol)
        && !text.contains("://")
        && text
            .lines()
            .all(|line| !line.ends_with(' ') && line.chars().next().is_none_or(char::is_alphabetic))
}

fn prose(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        if !lines.is_empty() && !paragraph.trim().is_empty() {
            lines.push(String::new());
        }
        wrap(paragraph.split_whitespace(), width, &mut lines);
    }
    lines
}

/// A link that is open.
struct Link {
    /// Where it leads, unless that is nowhere on the web.
    url: Option<String>,
    /// Where its text began.
    begun: usize,
    syntax: Syntax,
}

/// The syntax of a link. In HTML one may end anywhere, or nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Markdown,
    Html,
}

struct Writer {
    width: usize,
    blocks: Blocks,
    inline: Option<Inline>,
    code: Option<String>,
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    in_table: bool,
    links: Vec<Link>,
    /// The HTML of a block.
    markup: String,
    /// Inside of an autolink, whose text is its address.
    muted: bool,
}

impl Writer {
    fn new(width: usize) -> Self {
        Self {
            width,
            blocks: Blocks::default(),
            inline: None,
            code: None,
            rows: Vec::new(),
            row: Vec::new(),
            in_table: false,
            links: Vec::new(),
            markup: String::new(),
            muted: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None if self.muted => {}
                None => self.inline().text(&text),
            },
            Event::Code(text) => self.inline().code(&text),
            // A tag may go over several lines, each of which is an event.
            Event::Html(html) => self.markup.push_str(&html),
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.inline().space(),
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.flush();
                self.blocks.push(vec!["***".to_owned()], false);
            }
            Event::TaskListMarker(done) => self.inline().text(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline().text(&text);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline().mark("*"),
            Tag::Strong => self.inline().mark("**"),
            Tag::Strikethrough => self.inline().mark("~~"),
            Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                ..
            } if self.links.is_empty() => {
                let inline = self.inline();
                match autolink(&dest_url) {
                    Some(link) => inline.mark(&link),
                    None => inline.text(&dest_url),
                }
                self.muted = true;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.open_link(&dest_url, Syntax::Markdown);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => self.open(Nest::Quote),
            Tag::List(first) => self.open(Nest::List(first)),
            Tag::Item => self.open(Nest::Item),
            Tag::Table(_) => {
                self.flush();
                self.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => self.row.clear(),
            Tag::TableCell => self.inline = None,
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline().mark("*"),
            TagEnd::Strong => self.inline().mark("**"),
            TagEnd::Strikethrough => self.inline().mark("~~"),
            TagEnd::Link | TagEnd::Image if self.muted => self.muted = false,
            TagEnd::Link | TagEnd::Image => {
                self.close_html_links();
                self.close_link();
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.markup);
                self.html(&html);
                self.flush();
            }
            TagEnd::Heading(level) => self.heading(level as usize),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.blocks.push(fenced(&code), false);
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::TableCell => {
                let cell = self.ended().map(Inline::line);
                self.row.push(cell.unwrap_or_default());
            }
            TagEnd::TableHead | TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => self.table(),
            _ => self.flush(),
        }
    }

    fn inline(&mut self) -> &mut Inline {
        let in_table = self.in_table;
        let in_link = !self.links.is_empty();
        let inline = self.inline.get_or_insert_default();
        inline.in_table = in_table;
        inline.in_link = in_link;
        inline
    }

    fn line_break(&mut self) {
        if self.in_table {
            self.inline().space();
        } else {
            self.inline().line_break();
        }
    }

    fn html(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text) => self.inline().text(&text),
                Piece::Link(url) => self.open_link(&url, Syntax::Html),
                Piece::LinkEnd if self.is_in_html_link() => self.close_link(),
                Piece::LinkEnd => {}
                Piece::Break => self.line_break(),
            }
        }
    }

    fn open_link(&mut self, url: &str, syntax: Syntax) {
        let web = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        let leads = web && self.links.is_empty();
        let inline = self.inline();
        let begun = inline.length();
        if leads {
            inline.mark("[");
        }
        self.links.push(Link {
            url: leads.then(|| escape_url(url)),
            begun,
            syntax,
        });
    }

    fn is_in_html_link(&self) -> bool {
        let last = self.links.last();
        last.is_some_and(|link| link.syntax == Syntax::Html)
    }

    fn close_html_links(&mut self) {
        while self.is_in_html_link() {
            self.close_link();
        }
    }

    /// The inline content of the block that ends, if there is any.
    fn ended(&mut self) -> Option<Inline> {
        self.close_html_links();
        self.inline.take()
    }

    fn close_link(&mut self) {
        let Some(Link { url, begun, .. }) = self.links.pop() else {
            return;
        };
        let inline = self.inline();
        let Some(url) = url else { return };
        if inline.length() == begun + 1 {
            inline.mark("link");
        }
        inline.mark(&format!("]({url})"));
    }

    fn heading(&mut self, level: usize) {
        let Some(inline) = self.ended() else {
            return;
        };
        let line = inline.line();
        if !line.is_empty() {
            let line = line.replace('#', "\\#");
            self.blocks.push(
                vec![format!("{} {line}", "#".repeat(level.clamp(1, 6)))],
                false,
            );
        }
    }

    fn table(&mut self) {
        self.in_table = false;
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.first().map_or(0, Vec::len);
        let mut lines = Vec::with_capacity(rows.len() + 1);
        for (at, row) in rows.iter().enumerate() {
            lines.push(format!("| {} |", row.join(" | ")));
            if at == 0 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        self.blocks.push(lines, false);
    }

    /// Ends the paragraph, if there is one.
    fn flush(&mut self) {
        if let Some(inline) = self.ended() {
            let width = self
                .width
                .saturating_sub(2 * self.blocks.depth())
                .max(NARROWEST);
            let lines = inline.lines(width);
            self.blocks.push(lines, false);
        }
    }

    fn open(&mut self, nest: Nest) {
        self.flush();
        self.blocks.open(nest);
    }

    fn close(&mut self) {
        self.flush();
        self.blocks.close();
    }

    fn finish(mut self) -> Vec<String> {
        self.flush();
        self.blocks.finish()
    }
}

/// A URL without what would end it, or is not seen.
fn escape_url(url: &str) -> String {
    let is_plain = |letter: char| {
        !(letter.is_whitespace() || is_hidden(letter) || "()<>\"\\`|".contains(letter))
    };
    let mut out = String::with_capacity(url.len());
    for letter in url.chars() {
        if is_plain(letter) {
            out.push(letter);
            continue;
        }
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
