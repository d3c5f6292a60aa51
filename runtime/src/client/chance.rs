//! Random bits, from what the standard library draws for its hash maps: enough for jitter, boundaries and
//! idempotency keys, none of which is a secret.

use std::hash::{BuildHasher, RandomState};

/// 64 random bits.
pub(crate) fn bits() -> u64 {
    RandomState::new().hash_one(0)
}

/// A random UUID, version 4.
pub(crate) fn uuid() -> String {
    let (high, low) = (bits(), bits());
    let version = (high & 0xffff_ffff_ffff_0fff) | 0x4000;
    let variant = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        version >> 32,
        (version >> 16) & 0xffff,
        version & 0xffff,
        variant >> 48,
        variant & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_have_the_form_of_a_uuid() {
        let (one, two) = (uuid(), uuid());
        assert_ne!(one, two);
        assert_eq!(one.len(), 36);
        assert_eq!(&one[14..15], "4");
        assert!("89ab".contains(&one[19..20]));
    }
}
