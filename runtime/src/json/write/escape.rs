//! Text in quotes.

use std::fmt;

use crate::json::scan::{first_special, is_plain};

/// Writes text in quotes, with escapes where JSON asks for them.
pub(super) fn quoted(to: &mut Vec<u8>, text: &str) {
    to.reserve(text.len().saturating_add(2));
    to.push(b'"');
    escaped(to, text);
    to.push(b'"');
}

/// Takes text bit by bit, for values that format themselves.
pub(super) struct Escaping<'a>(pub(super) &'a mut Vec<u8>);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escaped(self.0, text);
        Ok(())
    }
}

fn escaped(to: &mut Vec<u8>, text: &str) {
    if is_plain(text.as_bytes()) {
        to.extend_from_slice(text.as_bytes());
    } else {
        with_escapes(to, text);
    }
}

#[cold]
fn with_escapes(to: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = first_special(rest) {
        let (plain, tail) = rest.split_at(at);
        to.extend_from_slice(plain);
        let Some((byte, tail)) = tail.split_first() else {
            return;
        };
        escape(to, *byte);
        rest = tail;
    }
    to.extend_from_slice(rest);
}

#[cold]
fn escape(to: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        _ => {
            let digit = |bits: u8| HEX.get(usize::from(bits & 0xF)).copied().unwrap_or(b'0');
            to.extend_from_slice(b"\\u00");
            to.extend_from_slice(&[digit(byte >> 4), digit(byte)]);
            return;
        }
    };
    to.extend_from_slice(&[b'\\', short]);
}
