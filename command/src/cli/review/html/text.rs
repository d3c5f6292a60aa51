//! Text of documents, made harmless and visible.

use countersign_codegen::source::is_hidden;
use maud::{Escaper, Render};
use std::fmt::Write as _;

use crate::cli::review::page::Text;

impl Render for Text {
    fn render_to(&self, buffer: &mut String) {
        piece(self.raw(), buffer);
    }
}

/// A part of a text.
pub(super) struct Piece<'a>(pub(super) &'a str);

impl Render for Piece<'_> {
    fn render_to(&self, buffer: &mut String) {
        piece(self.0, buffer);
    }
}

fn piece(text: &str, buffer: &mut String) {
    let mut escaper = Escaper::new(buffer);
    for letter in text.chars() {
        // Writing to a string can't fail.
        _ = if is_visible(letter) {
            escaper.write_char(letter)
        } else {
            write!(escaper, "\\u{{{:x}}}", u32::from(letter))
        };
    }
}

/// Whether a reader sees what is there. A reviewer is shown joiners too.
fn is_visible(letter: char) -> bool {
    letter == '\t' || !is_hidden(letter) && !matches!(letter, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup_and_all_of_it_is_seen() {
        for (text, expected) in [
            ("<b a=\"1\">&amp;", "&lt;b a=&quot;1&quot;&gt;&amp;amp;"),
            ("a\u{202e}b\0\r", "a\\u{202e}b\\u{0}\\u{d}"),
            ("caf\u{e9}\t\u{4f60}", "caf\u{e9}\t\u{4f60}"),
        ] {
            assert_eq!(Text::new(text).render().into_string(), expected);
        }
    }
}
