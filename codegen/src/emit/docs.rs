//! Doc comments: an author's prose, made inert, wrapped and free of surprises for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Docs, Origin};
use crate::source::SpecStr;

/// Where lines of prose are wrapped.
const WIDTH: usize = 96;

/// Longest documentation of one item, in bytes; the rest stays in the document.
const LONGEST: usize = 16_000;

/// The documentation of an item; `fallback` is said where its author says nothing.
pub(super) fn docs(docs: &Docs, fallback: &str) -> TokenStream {
    lines(&text(docs, fallback))
}

/// The documentation of an item that also says where it comes from.
pub(super) fn docs_with_source(docs: &Docs, fallback: &str, source: &str) -> TokenStream {
    let mut all = text(docs, fallback);
    all.extend([String::new(), format!("Source: `{}`.", inert(source).replace('`', "'"))]);
    lines(&all)
}

/// Documentation as lines.
pub(super) fn text(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |part: Vec<String>| {
        if !part.is_empty() {
            if !all.is_empty() {
                all.push(String::new());
            }
            all.extend(part);
        }
    };
    add(docs.summary.as_ref().map(prose).unwrap_or_default());
    add(docs.description.as_ref().map(prose).unwrap_or_default());
    if docs.summary.is_none() && docs.description.is_none() {
        add(vec![fallback.to_owned()]);
    }
    add(wrapped(&docs.notes.iter().map(|note| markdown(note.text())).collect::<Vec<_>>().join(" ")));
    add(examples(&docs.examples));
    add(docs.link.as_ref().map(link).unwrap_or_default());
    all
}

/// Lines as doc attributes, which are printed as `///`.
pub(super) fn lines(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// Lines as inner doc attributes, which are printed as `//!`.
pub(super) fn inner(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#![doc = #lines])* }
}

/// `spec/appgate-sdp/mfa_provider.yaml:12`
pub(super) fn place(api: &crate::ir::Api, prefix: &str, origin: &Origin) -> String {
    let path = api.documents.get(origin.span.document.index()).map_or("", crate::source::DocumentPath::as_str);
    format!("{prefix}{path}:{}", origin.line)
}

fn examples(examples: &[SpecStr]) -> Vec<String> {
    let short: Vec<String> = examples.iter().map(|example| inert(example.text())).filter(|text| text.len() <= 400).collect();
    match short.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("Example: {}", code(one))],
        many => vec![format!("Examples: {}", many.iter().map(|one| code(one)).collect::<Vec<_>>().join(", "))],
    }
}

/// Text as code: the fence is longer than any run of backticks in it.
fn code(text: &str) -> String {
    let flat = text.replace('\n', " ");
    let longest = flat.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{flat}{pad}{fence}")
}

fn link(url: &SpecStr) -> Vec<String> {
    let url = inert(url.text());
    let plain = url.starts_with("https://") || url.starts_with("http://");
    if plain && !url.contains(|c: char| c.is_whitespace() || "<>`[]()".contains(c)) {
        vec![format!("More: <{url}>")]
    } else {
        Vec::new()
    }
}

/// Controls and bidirectional overrides shown as escapes; line ends kept.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\r' => {}
            '\t' => out.push_str("    "),
            _ if is_risky(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
        if out.len() > LONGEST {
            out.push('…');
            break;
        }
    }
    out
}

fn is_risky(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// Prose in CommonMark as lines: paragraphs wrapped, code kept, nothing that rustdoc would run, link or warn about.
fn prose(text: &SpecStr) -> Vec<String> {
    let text = inert(text.text());
    let mut out: Vec<String> = Vec::new();
    let mut paragraph: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if let Some(open) = &fence {
            let closes = bare.starts_with(open.as_str()) && bare.trim_matches(|c| c == '`' || c == '~').is_empty();
            out.push(if closes { open.clone() } else { line.to_owned() });
            if closes {
                fence = None;
            }
            continue;
        }
        if let Some(mark) = fence_mark(bare) {
            flush(&mut out, &mut paragraph);
            separate(&mut out);
            out.push(format!("{mark}text"));
            fence = Some(mark);
        } else if bare.is_empty() {
            flush(&mut out, &mut paragraph);
        } else if let Some((mark, rest)) = list_item(bare) {
            flush(&mut out, &mut paragraph);
            if out.last().is_some_and(|last| !last.is_empty() && !last.starts_with(['-', ' '])) {
                out.push(String::new());
            }
            hang(&mut out, &mark, &markdown(rest));
        } else if is_block(bare) {
            flush(&mut out, &mut paragraph);
            separate(&mut out);
            out.push(markdown(bare.trim_start_matches(['>', '|', ' ']).trim_end_matches('|')));
            out.push(String::new());
        } else {
            if paragraph.is_empty() && out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
            paragraph.push(markdown(bare));
        }
    }
    flush(&mut out, &mut paragraph);
    if let Some(mark) = fence {
        out.push(mark);
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

fn flush(out: &mut Vec<String>, paragraph: &mut Vec<String>) {
    if !paragraph.is_empty() {
        out.extend(wrapped(&paragraph.join(" ")));
        paragraph.clear();
    }
}

fn separate(out: &mut Vec<String>) {
    if out.last().is_some_and(|last| !last.is_empty()) {
        out.push(String::new());
    }
}

fn fence_mark(line: &str) -> Option<String> {
    ["```", "~~~"].iter().find(|mark| line.starts_with(**mark)).map(|mark| {
        let symbol = mark.chars().next().unwrap_or('`');
        line.chars().take_while(|c| *c == symbol).collect()
    })
}

/// An item of a list: its mark as rustdoc wants it, and its text.
fn list_item(line: &str) -> Option<(String, &str)> {
    for mark in ["- ", "* ", "+ ", "• "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return Some(("- ".to_owned(), rest.trim_start()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| ("- ".to_owned(), rest.trim_start()))
}

/// Headings, tables, quotations and rules: kept as lines of their own, without their marks.
fn is_block(line: &str) -> bool {
    line.starts_with(['#', '>', '|']) || line.bytes().all(|byte| b"-=*_ ".contains(&byte))
}

/// Wraps an item of a list, its further lines under its text.
fn hang(out: &mut Vec<String>, mark: &str, text: &str) {
    for (at, line) in wrapped_to(text, WIDTH - mark.len()).into_iter().enumerate() {
        out.push(format!("{}{line}", if at == 0 { mark } else { "  " }));
    }
}

fn wrapped(text: &str) -> Vec<String> {
    wrapped_to(text, WIDTH)
}

fn wrapped_to(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in pieces(text) {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        // A word that would begin a list or a heading must not begin a line.
        if length == 0 && !lines.is_empty() && starts_block(&word) {
            line.push('\\');
        }
        line.push_str(&word);
        length += letters;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Words, with code spans kept whole.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut in_code = false;
    for c in text.chars() {
        if c == '`' {
            in_code = !in_code;
        }
        if c.is_whitespace() && !in_code {
            if !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
        } else {
            piece.push(c);
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

fn starts_block(word: &str) -> bool {
    matches!(word, "-" | "+" | "*" | ">" | "|")
        || word.starts_with('#')
        || (word.ends_with(['.', ')']) && word.len() > 1 && word[..word.len() - 1].bytes().all(|byte| byte.is_ascii_digit()))
}

/// One line of CommonMark with what rustdoc would make links, HTML or warnings of escaped. Code spans stay.
fn markdown(line: &str) -> String {
    let balanced = line.matches('`').count().is_multiple_of(2) && !line.contains("``");
    let mut out = String::with_capacity(line.len() + 8);
    for (at, part) in line.split('`').enumerate() {
        let in_code = balanced && at % 2 == 1;
        if at > 0 {
            out.push_str(if balanced { "`" } else { "\\`" });
        }
        if in_code { out.push_str(part) } else { escape(part, &mut out) }
    }
    let heading = out.trim_start_matches('#');
    if heading.len() < out.len() { heading.trim_start().to_owned() } else { out }
}

fn escape(text: &str, out: &mut String) {
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let trimmed = bare.trim_matches(|c: char| "()[]<>,.;:!?\"'*_".contains(c));
        let url = trimmed.starts_with("https://") || trimmed.starts_with("http://");
        match word.find(trimmed).filter(|_| url && !trimmed.contains(['<', '>', '[', ']', '(', '\\'])) {
            Some(start) => {
                escape_marks(&word[..start], out);
                out.push('<');
                out.push_str(trimmed);
                out.push('>');
                escape_marks(&word[start + trimmed.len()..], out);
            }
            None => escape_marks(word, out),
        }
    }
}

fn escape_marks(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '[' | ']' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
}
