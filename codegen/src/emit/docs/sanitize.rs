//! Characters that have no place in source: shown by their number, or left out where they mean nothing.

use std::borrow::Cow;

use crate::source::{has_byte, is_hidden};

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
            _ if is_hidden(letter) => out.extend(letter.escape_unicode()),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}
