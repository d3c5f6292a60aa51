//! Lines of a document with carets below what is meant, safe to print.

use std::fmt::Write as _;

use crate::source::{Span, Text, is_hidden};

/// The number of characters of a line that are shown; longer lines are cut around the span.
const WIDTH: usize = 120;
/// The number of characters before the span in a line that is cut.
const LEAD: usize = 30;

/// Text that can be printed: control characters, bidirectional overrides and invisible characters show as `\u{..}`,
/// and a tab as spaces.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push_printable(&mut shown, character);
    }
    shown
}

fn push_printable(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push_str("    "),
        _ if is_hidden(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

/// The mark below what is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `^^^`, for what a finding is about.
    Primary,
    /// `---`, for other places that matter.
    Related,
}

/// Writes the line at which `span` starts, with a mark and a label below what is meant of it.
pub(super) fn write(
    out: &mut String,
    text: &Text,
    span: Span,
    mark: Mark,
    label: &str,
    gutter: usize,
) {
    let (before, rest) = text.line_around(span.start);
    let meant = (span.end.saturating_sub(span.start)) as usize;
    let is_long = before.len() + rest.len() > WIDTH;

    let lead = before
        .char_indices()
        .rev()
        .nth(LEAD)
        .map_or(0, |(at, _)| at);
    let mut shown = String::new();
    if is_long && lead > 0 {
        shown.push_str("...");
        shown.push_str(&printable(before.get(lead..).unwrap_or_default()));
    } else {
        shown.push_str(&printable(before));
    }
    let start = shown.chars().count();
    let mut end = start;
    let mut characters = rest.char_indices();
    for (at, character) in characters
        .by_ref()
        .take(if is_long { WIDTH - LEAD } else { WIDTH })
    {
        push_printable(&mut shown, character);
        if at < meant {
            end = shown.chars().count();
        }
    }
    if characters.next().is_some() {
        shown.push_str("...");
    }

    let number = text.position(span.start).line;
    let sign = if mark == Mark::Primary { "^" } else { "-" };
    let below = format!(
        "{:start$}{} {}",
        "",
        sign.repeat((end - start).max(1)),
        printable(label)
    );
    // Writing to a string can't fail.
    let _ = writeln!(out, "{:gutter$} |", "");
    let _ = writeln!(out, "{number:gutter$} | {}", shown.trim_end());
    let _ = writeln!(out, "{:gutter$} | {}", "", below.trim_end());
}
