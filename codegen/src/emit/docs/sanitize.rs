//! Characters that have no place in source: shown by their number, or left out where they mean nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::source::has_byte;

/// The text with line ends made `\n`, tabs made spaces, and characters that would be invisible or would reorder what
/// a reader sees shown as `\u{..}`.
pub(in crate::emit) fn visible(text: &str) -> Cow<'_, str> {
    let odd = |byte| byte != b'\n' && !matches!(byte, b' '..=b'~');
    let bad = |letter: char| match letter {
        '\n' | ' '..='~' => false,
        _ => is_hidden(letter),
    };
    if !has_byte(text, odd) || !text.chars().any(bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\t' => out.push_str("    "),
            '\u{feff}' => {}
            '\n' => out.push('\n'),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            _ if is_hidden(letter) => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// Characters that are not seen, or that reorder or hide what is: controls, bidirectional ones too, line separators,
/// invisible operators, tags.
pub(super) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
