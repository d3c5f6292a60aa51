//! Lines of a document with carets below what is meant, safe to print.

use std::fmt::Write as _;

use crate::source::{Span, Text};

/// How many characters of a line are shown; longer ones are cut around what is meant.
const WIDTH: usize = 120;
/// How many characters stand before what is meant in a line that is cut.
const LEAD: usize = 30;

/// Text that can be printed: control characters, bidirectional overrides and invisible characters show as `\u{..}`,
/// and a tab as spaces.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push_printable(&mut shown, character);
    }
    shown
}

fn push_printable(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push_str("    "),
        _ if character.is_control() || is_deceptive(character) => {
            // Writing to a string can't fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        }
        _ => shown.push(character),
    }
}

/// Whether a character reorders, breaks or hides text without showing itself.
fn is_deceptive(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
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
    let position = text.position(span.start);
    let line = text.line(position.line);
    let before = (position.column as usize).saturating_sub(1);
    let length = text
        .content()
        .get(span.start as usize..span.end as usize)
        .map_or(0, |meant| {
            meant
                .chars()
                .take_while(|character| !matches!(character, '\n' | '\r'))
                .count()
        });

    let cut = if line.chars().count() > WIDTH {
        before.saturating_sub(LEAD)
    } else {
        0
    };
    let mut shown = if cut > 0 {
        "...".to_owned()
    } else {
        String::new()
    };
    let mut start = shown.chars().count();
    let mut end = start;
    for (at, character) in line.chars().enumerate().skip(cut).take(WIDTH) {
        push_printable(&mut shown, character);
        if at < before {
            start = shown.chars().count();
        }
        if at < before + length {
            end = shown.chars().count();
        }
    }
    if line.chars().count() > cut + WIDTH {
        shown.push_str("...");
    }
    let sign = if mark == Mark::Primary { "^" } else { "-" };
    let marks = sign.repeat(end.saturating_sub(start).max(1));
    let label = printable(label);
    let number = position.line;
    let _ = writeln!(out, "{:gutter$} |", "");
    let _ = writeln!(out, "{number:gutter$} | {}", shown.trim_end());
    let below = format!("{:start$}{marks} {label}", "");
    let _ = writeln!(out, "{:gutter$} | {}", "", below.trim_end());
}
