//! Looking through text for what JSON escapes, eight bytes at a time.

/// Where the first byte is that JSON escapes in a text: a quote, a backslash or a control character.
#[inline]
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    let passed = |rest: &[u8]| bytes.len().saturating_sub(rest.len());
    while let Some((word, after)) = rest.split_first_chunk() {
        let special = specials(u64::from_le_bytes(*word));
        if special != 0 {
            // The lowest mark is exact: only those behind a special byte may be wrong.
            return Some(passed(rest).saturating_add(special.trailing_zeros() as usize / 8));
        }
        rest = after;
    }
    let found = rest.iter().position(|byte| is_special(*byte));
    found.map(|found| passed(rest).saturating_add(found))
}

const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Marks special bytes among eight by their highest bits. Others that follow a special one may be marked as well.
const fn specials(word: u64) -> u64 {
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
    (control | quote | backslash) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each byte at each place of a text, behind and before each other.
    #[test]
    fn the_first_special_byte_is_found() {
        for length in 0..20 {
            for byte in 0..=u8::MAX {
                for at in 0..length {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    let expected = is_special(byte).then_some(at);
                    assert_eq!(first_special(&text), expected, "{byte} at {at} of {length}");
                    if at > 0 {
                        text[at - 1] = 0x80;
                        assert_eq!(first_special(&text), expected, "{byte} behind 0x80");
                        text[at - 1] = b'"';
                        assert_eq!(first_special(&text), Some(at - 1), "{byte} behind a quote");
                    }
                }
            }
        }
    }
}
