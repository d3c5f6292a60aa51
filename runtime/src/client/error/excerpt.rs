//! Showing a part of what a server sent: on one line, bounded, and without secrets.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use crate::Secret;

/// The text in place of a secret.
const REDACTED: &str = "[redacted]";

/// Words in a member's name that make its value a secret, whatever the document says.
const TELLING: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "authorization",
    "cookie",
];

/// Knows which parts of a body are secrets: those that the client sent, and members whose name says so.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    known: Vec<Arc<Secret<String>>>,
    names: &'static [&'static str],
}

impl Redactor {
    pub(crate) fn new(
        known: impl IntoIterator<Item = Arc<Secret<String>>>,
        names: &'static [&'static str],
    ) -> Self {
        let mut known: Vec<_> = known.into_iter().collect();
        // The longest first: one secret may be a part of another.
        known.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
        Self { known, names }
    }

    /// The first part of a body, with escapes for what would not print.
    pub(crate) fn excerpt(&self, body: &[u8], limit: usize) -> String {
        // A secret that the cut would split must be whole when it is looked for.
        let margin = self
            .known
            .iter()
            .map(|secret| secret.expose().len())
            .max()
            .unwrap_or(0);
        let read = body
            .get(..limit.saturating_add(margin).saturating_mul(4))
            .unwrap_or(body);
        let text = self.members(&String::from_utf8_lossy(read));
        let text = self.values(&text);
        let mut shown = String::new();
        for letter in text.chars() {
            let escaped = letter.escape_debug();
            if shown.len().saturating_add(escaped.len()) > limit {
                shown.push('…');
                return shown;
            }
            match letter {
                '"' | '\'' | '\\' => shown.push(letter),
                _ => shown.extend(escaped),
            }
        }
        if read.len() < body.len() {
            shown.push('…');
        }
        shown
    }

    /// Text without the secrets that the client sent.
    pub(crate) fn values<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for secret in self.known.iter().map(|secret| secret.expose()) {
            let json = serde_json::to_string(secret).unwrap_or_default();
            let inner = json.trim_matches('"');
            for form in [secret.as_str(), inner] {
                // Replacing every `1` would say more about the secret than it hides.
                if form.len() >= 4 && text.contains(form) {
                    text = text.replace(form, REDACTED).into();
                }
            }
        }
        text
    }

    /// JSON, or something like it, without the values of telling members.
    fn members(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, string, after)) = next_string(rest) {
            out.push_str(before);
            out.push_str(string);
            rest = after;
            let colon = after.trim_start();
            let Some(value) = colon.strip_prefix(':').map(str::trim_start) else {
                continue;
            };
            if self.is_telling(string.trim_matches('"')) {
                out.push(':');
                out.push_str(REDACTED);
                rest = after_value(value);
            }
        }
        out.push_str(rest);
        out
    }

    fn is_telling(&self, name: &str) -> bool {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain = plain.to_ascii_lowercase();
        self.names.contains(&name) || TELLING.iter().any(|word| plain.contains(word))
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

/// Splits at the next JSON string: what is before, the string with its quotes, what is after.
fn next_string(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('"')?;
    let (before, from) = text.split_at(start);
    let end = string_end(from);
    let (string, after) = from.split_at(end);
    Some((before, string, after))
}

/// Where a string that starts here ends; where the text ends if it is cut off.
fn string_end(from: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in from.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at.saturating_add(1),
            _ => {}
        }
    }
    from.len()
}

/// The text after a JSON value of any kind, nested ones included.
fn after_value(value: &str) -> &str {
    let (mut depth, mut at) = (0_u32, 0_usize);
    while let Some(rest) = value.get(at..) {
        let Some(letter) = rest.chars().next() else {
            break;
        };
        let mut width = letter.len_utf8();
        match letter {
            '"' => width = string_end(rest),
            '{' | '[' => depth = depth.saturating_add(1),
            '}' | ']' | ',' if depth == 0 => return rest,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = at.saturating_add(width);
    }
    ""
}

/// A writer that stops after 4 KiB: an error must not fill a log.
pub(super) struct Bounded<'a, 'b> {
    to: &'a mut fmt::Formatter<'b>,
    left: usize,
}

impl<'a, 'b> Bounded<'a, 'b> {
    pub(super) fn new(to: &'a mut fmt::Formatter<'b>) -> Self {
        Self {
            to,
            left: 4096_usize.saturating_sub('…'.len_utf8()),
        }
    }
}

impl Write for Bounded<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.left == 0 {
            return Ok(());
        }
        if let Some(left) = self.left.checked_sub(text.len()) {
            self.left = left;
            return self.to.write_str(text);
        }
        let mut cuts = (0..=self.left).rev();
        let cut = cuts.find(|at| text.is_char_boundary(*at));
        self.left = 0;
        let cut = cut.and_then(|cut| text.get(..cut));
        self.to.write_str(cut.unwrap_or_default())?;
        self.to.write_char('…')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        Redactor::new(
            ["hunter2", "a\"b c", "12"].map(|secret| Arc::new(Secret::from(secret))),
            &["x"],
        )
    }

    fn shown(body: &str) -> String {
        redactor().excerpt(body.as_bytes(), 200)
    }

    #[test]
    fn what_the_client_sent_is_not_shown_again() {
        assert_eq!(shown("bad key hunter2!"), "bad key [redacted]!");
        assert_eq!(shown(r#"{"m":"a\"b c"}"#), r#"{"m":"[redacted]"}"#);
        assert_eq!(shown("port 12"), "port 12");
    }

    #[test]
    fn members_that_tell_are_emptied() {
        assert_eq!(
            shown(r#"{"id":1,"apiKey": "k","n":2}"#),
            r#"{"id":1,"apiKey":[redacted],"n":2}"#
        );
        assert_eq!(
            shown(r#"{"secrets":{"a":["}"]},"x":7,"y":7}"#),
            r#"{"secrets":[redacted],"x":[redacted],"y":7}"#
        );
        assert_eq!(
            shown(r#"{"okta_token":"cut of"#),
            r#"{"okta_token":[redacted]"#
        );
        assert_eq!(shown(r#"["token","b"]"#), r#"["token","b"]"#);
    }

    #[test]
    fn excerpts_are_short_and_printable() {
        assert_eq!(
            shown("<html>\r\n\u{1b}[31m\u{202e}"),
            r"<html>\r\n\u{1b}[31m\u{202e}"
        );
        assert_eq!(redactor().excerpt(b"abcdef", 4), "abcd…");
        assert_eq!(redactor().excerpt(&[0xff, b'a'], 9), "\u{fffd}a");
        // The secret starts before the cut and ends after it.
        assert_eq!(redactor().excerpt(b"xx hunter2", 5), "xx [r…");
    }
}
