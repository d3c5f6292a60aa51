//! The members that an object is likely to have, in their order: a name that is the expected one need not be looked
//! through for its end, nor looked up.
//!
//! Structs tell of their members before they are read. Which deserializer they are read by is not known there, so it is
//! kept with the thread until an object begins. That nobody took it does no harm: a name is taken only if it stands in the
//! text.

use std::cell::Cell;

thread_local! {
    static NEXT: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Tells of the members of the object that is read next, in the order in which they are expected. Their names need no
/// escapes.
#[inline]
pub(crate) fn expect(members: &'static [&'static str]) {
    NEXT.set(members);
}

/// Whether no name needs escapes.
pub(crate) const fn plain(names: &[&str]) -> bool {
    let mut names = names;
    while let Some((name, others)) = names.split_first() {
        let mut bytes = name.as_bytes();
        while let Some((byte, rest)) = bytes.split_first() {
            if *byte < 0x20 || *byte == b'"' || *byte == b'\\' {
                return false;
            }
            bytes = rest;
        }
        names = others;
    }
    true
}

/// The names that have not been found yet.
pub(super) struct Expected {
    names: &'static [&'static str],
    /// The names that may still be tried in vain. Members that come in another order soon use it up.
    tries: usize,
}

impl Expected {
    pub(super) const NOTHING: Self = Self {
        names: &[],
        tries: 0,
    };

    /// Those of the object that begins.
    #[inline]
    pub(super) fn take() -> Self {
        let names = NEXT.replace(&[]);
        let tries = names.len();
        Self { names, tries }
    }

    /// The name that the text begins with, up to its quote, if it is one of those that are expected next.
    #[inline]
    pub(super) fn found(&mut self, text: &[u8]) -> Option<&'static str> {
        let mut names = self.names;
        while let Some((name, others)) = names.split_first() {
            names = others;
            if text.get(name.len()) == Some(&b'"') && text.starts_with(name.as_bytes()) {
                self.names = names;
                return Some(name);
            }
            self.tries = self.tries.saturating_sub(1);
            if self.tries == 0 {
                self.names = &[];
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_order() {
        expect(&["id", "name", "notes", "type"]);
        let mut expected = Expected::take();
        assert_eq!(expected.found(br#"id":1"#), Some("id"));
        assert_eq!(expected.found(br#"notes":1"#), Some("notes"));
        assert_eq!(expected.found(br#"name":1"#), None);
        assert_eq!(expected.found(br#"type":1"#), Some("type"));
        assert_eq!(expected.found(br#"id":1"#), None);
        assert_eq!(Expected::take().found(br#"id":1"#), None);
    }

    #[test]
    fn another_order_is_soon_given_up() {
        expect(&["a", "b", "c"]);
        let mut expected = Expected::take();
        for _ in 0..4 {
            assert_eq!(expected.found(br#"z":1"#), None);
        }
        assert!(expected.names.is_empty());
    }

    #[test]
    fn names_with_escapes_are_told() {
        assert!(plain(&["id", "größe", ""]));
        for name in ["a\"", "\\", "\n"] {
            assert!(!plain(&["id", name]));
        }
    }
}
