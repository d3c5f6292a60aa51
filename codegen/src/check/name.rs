//! Names that the specification does not allow where they are.

use crate::diagnostic::{Code, Severity};
use crate::load::{Entry, Node};
use crate::specification::{Edition, Field, Object, Support};

use super::Checker;

impl<'a> Checker<'a> {
    /// Looks at the names of an object of names.
    pub(super) fn names_of(&mut self, object: Object, field: &Field, value: &'a Node) {
        match (object, field.key) {
            (Object::Components, _) => {
                for entry in value.entries() {
                    self.component_name(field.key, entry);
                }
            }
            (Object::Response | Object::Encoding, "headers") => {
                for entry in value.entries() {
                    self.header_name(entry.key.text(), entry.key_span);
                }
            }
            (Object::PathItem, "additionalOperations") => {
                for entry in value.entries() {
                    self.method(entry);
                }
            }
            (Object::Parameter | Object::Header, "content") if value.entries().len() != 1 => {
                let message = format!(
                    "`content` of a parameter: expected one media type, found {}",
                    value.entries().len()
                );
                let help = "keep the media type that is sent";
                self.report(Code::KeywordType, field.support, value.span, message, help);
            }
            _ => {}
        }
    }

    fn component_name(&mut self, list: &str, entry: &'a Entry) {
        let name = entry.key.text();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !name.is_empty() && name.chars().all(fits) {
            return;
        }
        let wrong = name.chars().find(|c| !fits(*c));
        let message = match wrong {
            Some(' ') => format!("`{name}` is not a name for one of `{list}`: it has a space"),
            Some('\u{a0}') => {
                format!(
                    "`{name}` is not a name for one of `{list}`: it has a no-break space (U+00A0)"
                )
            }
            Some(c) if c.is_alphanumeric() || c.is_ascii_graphic() => {
                format!("`{name}` is not a name for one of `{list}`: it has `{c}`")
            }
            Some(c) => format!(
                "`{name}` is not a name for one of `{list}`: it has the character U+{:04X}",
                c as u32
            ),
            None => format!("a name for one of `{list}` is empty"),
        };
        let help = "use letters, digits, `.`, `-` and `_`";
        match wrong {
            // What looks like indentation makes other objects than those that are seen.
            Some(c) if c.is_whitespace() && c != ' ' && name.starts_with(c) => self.push(
                Code::InvalidName,
                Severity::Error,
                entry.key_span,
                message,
                "indent with plain spaces (U+0020)",
            ),
            Some(c) if c.is_whitespace() && c != ' ' => {
                self.warn(
                    Code::InvalidName,
                    entry.key_span,
                    message,
                    "write a plain name",
                );
            }
            _ => self.note(Code::InvalidName, entry.key_span, message, help),
        }
    }

    /// Reports a name that no header can have.
    pub(super) fn header_name(&mut self, name: &str, span: crate::source::Span) {
        if !is_token(name) {
            let message = format!("`{name}` is not a name for a header");
            let help = ("use letters, digits and hyphens", "the header is ignored");
            self.warn(Code::HeaderName, span, message, help);
        }
    }

    fn method(&mut self, entry: &'a Entry) {
        const FIXED: [&str; 9] = [
            "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
        ];
        let name = entry.key.text();
        if FIXED.contains(&name) {
            let message = format!("`{name}` has a key of its own in a path item");
            let help = format!(
                "write it as `{}` in the path item",
                name.to_ascii_lowercase()
            );
            self.warn(Code::InvalidName, entry.key_span, message, help);
        } else if !is_token(name) {
            let message = format!("`{name}` is not a method of HTTP");
            let help = (
                "use letters, digits and hyphens",
                "the operation is left out",
            );
            self.warn(Code::InvalidName, entry.key_span, message, help);
        }
    }

    /// Whether a key of responses is a status.
    pub(super) fn is_status(&self, key: &str) -> bool {
        let bytes = key.as_bytes();
        let is_code = matches!(bytes, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
        let is_class = matches!(bytes, [b'1'..=b'5', b'X', b'X']) && self.edition > Edition::V20;
        key == "default" || is_code || is_class
    }

    /// Reports a key of responses that is not a status.
    pub(super) fn status(&mut self, entry: &'a Entry) {
        let key = entry.key.text();
        let help = match key.to_ascii_uppercase().as_str() {
            "DEFAULT" => "write `default`".to_owned(),
            upper if self.is_status(upper) => format!("write `{upper}`"),
            _ => "write a status such as `200`, a class such as `4XX`, or `default`".to_owned(),
        };
        let message = format!("`{key}` is not a status");
        self.report(
            Code::UnknownStatus,
            Support::Modelled,
            entry.key_span,
            message,
            help,
        );
    }
}

/// Whether a text is a token of HTTP: the name of a header or of a method.
pub(super) fn is_token(text: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(token)
}
