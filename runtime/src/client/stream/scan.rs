//! Where items of JSON end in bytes that hold one after another.

use memchr::memchr;

/// The separation of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// A line for each: JSON Lines and its kin.
    Lines,
    /// Each begins with the character RS: RFC 7464.
    Records,
    /// Each ends where its JSON ends.
    Values,
    /// Each is a part of a `multipart/mixed` body.
    Parts,
}

/// Where in an item the bytes so far have led to. Each byte is looked at once.
#[derive(Debug)]
pub(super) struct Scan {
    framing: Framing,
    depth: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before an item.
    Between,
    /// In an object or a list.
    Inside,
    /// In a number or a word, which ends where something else begins.
    Bare,
    /// In a text.
    Text,
    /// In a text, behind a backslash.
    Escaped,
}

/// The text before each record.
const RS: u8 = 0x1e;

/// Whether an item has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It goes on in the next bytes, if it has begun.
    Open,
    /// It ends here.
    End,
}

impl Scan {
    pub(super) const fn new(framing: Framing) -> Self {
        Self {
            framing,
            depth: 0,
            state: State::Between,
        }
    }

    /// The number of bytes that belong to the item, and whether it ends there.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Found) {
        if self.framing == Framing::Lines {
            return match memchr(b'\n', bytes) {
                Some(at) => (at.saturating_add(1), Found::End),
                None => (bytes.len(), Found::Open),
            };
        }
        for (at, byte) in bytes.iter().enumerate() {
            match self.step(*byte) {
                Step::On => {}
                Step::After => return self.end(at.saturating_add(1)),
                Step::Before => return self.end(at),
            }
        }
        (bytes.len(), Found::Open)
    }

    fn end(&mut self, at: usize) -> (usize, Found) {
        (self.depth, self.state) = (0, State::Between);
        (at, Found::End)
    }

    fn step(&mut self, byte: u8) -> Step {
        // A record that breaks off ends where the next one begins, whatever it is in.
        if byte == RS && self.framing == Framing::Records {
            return match self.state {
                State::Between => Step::On,
                _ => Step::Before,
            };
        }
        match (self.state, byte) {
            (State::Escaped, _) => self.state = State::Text,
            (State::Text, b'\\') => self.state = State::Escaped,
            (State::Text, b'"') => return self.closed(),
            (State::Text, _) => {}
            (State::Between, _) if byte.is_ascii_whitespace() => {}
            (State::Bare, _) if byte.is_ascii_whitespace() => return Step::After,
            (State::Bare, b'"' | b'{' | b'[') => return Step::Before,
            (_, b'"') => self.state = State::Text,
            (_, b'{' | b'[') => {
                self.depth = self.depth.saturating_add(1);
                self.state = State::Inside;
            }
            (State::Inside, b'}' | b']') => {
                self.depth = self.depth.saturating_sub(1);
                return self.closed();
            }
            (State::Between, _) => self.state = State::Bare,
            (State::Inside | State::Bare, _) => {}
        }
        Step::On
    }

    /// A text, a list or an object has been closed.
    fn closed(&mut self) -> Step {
        match self.depth {
            0 => Step::After,
            _ => {
                self.state = State::Inside;
                Step::On
            }
        }
    }
}

/// The meaning of a byte for the item.
enum Step {
    /// It belongs to the item, or to what comes before it.
    On,
    /// It is the last of the item.
    After,
    /// It is the first of the next.
    Before,
}

/// The JSON of an item; none where there is nothing but what stands between items.
///
/// # Errors
/// When a record is cut off: a number or a word is whole only where something follows it.
pub(super) fn json(framing: Framing, item: &[u8]) -> Result<Option<&[u8]>, &'static str> {
    let mut text = item.trim_ascii_start();
    while framing == Framing::Records && text.first() == Some(&RS) {
        text = text.get(1..).unwrap_or_default().trim_ascii_start();
    }
    let json = text.trim_ascii();
    let Some(first) = json.first() else {
        return Ok(None);
    };
    let closes_itself = matches!(first, b'{' | b'[' | b'"');
    let is_followed = text.last().is_some_and(u8::is_ascii_whitespace);
    if framing == Framing::Records && !closes_itself && !is_followed {
        return Err("the record is cut off");
    }
    Ok(Some(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a text that comes in chunks of a size.
    fn cut(framing: Framing, text: &str, size: usize) -> Vec<String> {
        let mut scan = Scan::new(framing);
        let (mut items, mut item) = (Vec::new(), Vec::new());
        for chunk in text.as_bytes().chunks(size) {
            let mut rest = chunk;
            while !rest.is_empty() {
                let (count, found) = scan.advance(rest);
                item.extend_from_slice(&rest[..count]);
                rest = &rest[count..];
                if found == Found::End {
                    items.push(std::mem::take(&mut item));
                }
            }
        }
        items.push(item);
        let shown = items.iter().map(|item| match json(framing, item) {
            Ok(json) => json.map(|json| String::from_utf8_lossy(json).into_owned()),
            Err(why) => Some(why.to_owned()),
        });
        shown.flatten().collect()
    }

    #[test]
    fn items_end_where_their_framing_says_however_they_come() {
        for (framing, text, items) in [
            (
                Framing::Lines,
                "{\"a\":1}\r\n\n [2] \n3",
                &["{\"a\":1}", "[2]", "3"][..],
            ),
            (
                Framing::Values,
                "{\"a\":\"}\\\"{\"}{}\n [1,[2]]\"x\"12 true{}",
                &[
                    "{\"a\":\"}\\\"{\"}",
                    "{}",
                    "[1,[2]]",
                    "\"x\"",
                    "12",
                    "true",
                    "{}",
                ],
            ),
            (
                Framing::Records,
                "\u{1e}{\"a\":\n1}\n\u{1e}12\n\u{1e}\u{1e}\"b\"\n",
                &["{\"a\":\n1}", "12", "\"b\""],
            ),
            (
                Framing::Records,
                "\u{1e}12\u{1e}{\"a\u{1e}[1]\n\u{1e}tru",
                &[
                    "the record is cut off",
                    "{\"a",
                    "[1]",
                    "the record is cut off",
                ],
            ),
            (Framing::Values, "1 {\"a\":", &["1", "{\"a\":"]),
        ] {
            for size in [1, 2, 3, 5, 100] {
                assert_eq!(cut(framing, text, size), items, "{framing:?} by {size}");
            }
        }
    }
}
