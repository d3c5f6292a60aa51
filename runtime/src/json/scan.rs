//! Looking through text for what JSON escapes, eight bytes at a time.

/// Where the first byte is that JSON escapes in a text: a quote, a backslash or a control character.
#[inline]
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    let mut passed: usize = 0;
    while let Some((word, after)) = rest.split_first_chunk() {
        let special = specials(u64::from_le_bytes(*word));
        if special != 0 {
            // The lowest mark is exact: only those behind a special byte may be wrong.
            return Some(passed.wrapping_add(special.trailing_zeros() as usize / 8));
        }
        rest = after;
        passed = passed.wrapping_add(8);
    }
    last_special(rest, passed)
}

/// The same for the few bytes that are left.
#[cold]
fn last_special(rest: &[u8], passed: usize) -> Option<usize> {
    let found = rest.iter().position(|byte| is_special(*byte));
    found.map(|found| passed.saturating_add(found))
}

/// Whether a text has nothing that JSON escapes.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let of_words = words
        .iter()
        .fold(0, |marks, word| marks | specials(u64::from_le_bytes(*word)));
    let of_rest = match bytes.last_chunk() {
        // The last eight bytes, some of which were looked at above.
        Some(word) => specials(u64::from_le_bytes(*word)),
        None => u64::from(rest.iter().any(|byte| is_special(*byte))),
    };
    of_words | of_rest == 0
}

const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Marks special bytes among eight by their highest bits. Others that follow a special one may be marked as well.
const fn specials(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES * 0x80;
    const BACKSLASHES: u64 = ONES * b'\\' as u64;
    // With its second bit turned, a quote is 0x20, which control characters stay below and nothing else comes to.
    let low = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ BACKSLASHES).wrapping_sub(ONES);
    (low | backslash) & !word & HIGH
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
                    assert_eq!(is_plain(&text), expected.is_none(), "{byte} at {at}");
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
