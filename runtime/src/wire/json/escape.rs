//! Text in quotes.

use std::fmt;

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

/// Where the first byte is that needs an escape: a quote, a backslash or a control character.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut words = bytes.chunks_exact(8);
    let mut at = 0_usize;
    for word in &mut words {
        if let Ok(word) = <[u8; 8]>::try_from(word)
            && has_special(u64::from_le_bytes(word))
        {
            break;
        }
        at = at.saturating_add(8);
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest.iter().position(|byte| is_special(*byte));
    found.map(|found| at.saturating_add(found))
}

const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Whether one of eight bytes is special. It may say so of others that follow a special one, never of a word without.
const fn has_special(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES * 0x80;
    const QUOTES: u64 = ONES * b'"' as u64;
    const BACKSLASHES: u64 = ONES * b'\\' as u64;
    /// The high bit of each byte that is zero.
    const fn zero(word: u64) -> u64 {
        word.wrapping_sub(ONES) & !word
    }
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = zero(word ^ QUOTES);
    let backslash = zero(word ^ BACKSLASHES);
    (control | quote | backslash) & HIGH != 0
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
