//! Formats that look like a known one, or that are of another type.

use crate::diagnostic::Code;
use crate::load::Node;
use crate::resolve::nearest_within;
use crate::specification::Kinds;

use super::Checker;
use super::word::kind_word;

impl<'a> Checker<'a> {
    /// Reports a format that looks like a known one.
    pub(super) fn format(&mut self, node: &'a Node, kinds: Kinds) {
        let Some(format) = node.get("format") else {
            return;
        };
        let Some(text) = format.as_str() else { return };
        if FORMATS.iter().any(|(known, _)| *known == text) {
            self.format_type(format, text, kinds);
            return;
        }
        let meant = ALIKE
            .iter()
            .find(|(alike, _)| alike.eq_ignore_ascii_case(text))
            .map(|(_, meant)| *meant);
        let message = format!("`{text}` is not a known format");
        let help = |meant| {
            let instead = "it is read as if it were not there";
            (format!("did you mean `{meant}`?"), instead)
        };
        // Documents may have formats of their own: only what can hardly be one is reported as a mistake.
        if let Some(meant) = meant {
            self.note(Code::UnknownFormat, format.span, message, help(meant));
            return;
        }
        // Short names are near to each other by chance.
        if text.len() <= 4 || OTHERS.contains(&text) {
            return;
        }
        let names = FORMATS.iter().map(|(known, _)| *known);
        if let Some(meant) = nearest_within(1, text, names) {
            self.warn(Code::UnknownFormat, format.span, message, help(meant));
        }
    }

    fn format_type(&mut self, format: &'a Node, text: &str, kinds: Kinds) {
        let known = FORMATS.iter().find(|(known, _)| *known == text);
        let Some((_, of)) = known else { return };
        let whole = of.has(Kinds::NUMBER) && kinds.has(Kinds::INTEGER);
        if kinds.is_none() || of.has(kinds) || whole {
            return;
        }
        // Whole numbers in strings are common, and read.
        if of.has(Kinds::INTEGER) && kinds.has(Kinds::STRING.with(Kinds::NUMBER)) {
            return;
        }
        let message = format!("`format: {text}` has no effect on {}", kind_word(kinds));
        let help = format!("it is a format of {}", kind_word(*of));
        self.note(Code::NoEffect, format.span, message, help);
    }
}

/// The formats that decide a type or are checked, and the types that they are formats of.
const FORMATS: &[(&str, Kinds)] = &[
    ("int8", Kinds::INTEGER),
    ("int16", Kinds::INTEGER),
    ("int32", Kinds::INTEGER),
    ("int64", Kinds::INTEGER),
    ("uint8", Kinds::INTEGER),
    ("uint16", Kinds::INTEGER),
    ("uint32", Kinds::INTEGER),
    ("uint64", Kinds::INTEGER),
    ("float", Kinds::NUMBER),
    ("double", Kinds::NUMBER),
    ("decimal", Kinds::NUMBER.with(Kinds::STRING)),
    ("byte", Kinds::STRING),
    ("binary", Kinds::STRING),
    ("date", Kinds::STRING),
    ("date-time", Kinds::STRING),
    ("time", Kinds::STRING),
    ("duration", Kinds::STRING),
    ("uuid", Kinds::STRING),
    ("uri", Kinds::STRING),
    ("uri-reference", Kinds::STRING),
    ("uri-template", Kinds::STRING),
    ("url", Kinds::STRING),
    ("iri", Kinds::STRING),
    ("iri-reference", Kinds::STRING),
    ("email", Kinds::STRING),
    ("idn-email", Kinds::STRING),
    ("hostname", Kinds::STRING),
    ("idn-hostname", Kinds::STRING),
    ("ipv4", Kinds::STRING),
    ("ipv6", Kinds::STRING),
    ("password", Kinds::STRING),
    ("regex", Kinds::STRING),
    ("json-pointer", Kinds::STRING),
];

/// Formats that are known to be others than those that they look like.
const OTHERS: &[&str] = &[
    "bytes",
    "uint",
    "uint128",
    "int128",
    "uuid4",
    "uuid7",
    "uris",
    "emails",
    "time-local",
    "ipv4-network",
    "decimal128",
    "int16u",
    "int32u",
    "int64u",
    "hostnames",
    "regexp",
];

/// Formats that other tools write, for those that are known.
const ALIKE: &[(&str, &str)] = &[
    ("datetime", "date-time"),
    ("date_time", "date-time"),
    ("dateTime", "date-time"),
    ("guid", "uuid"),
    ("uuid4", "uuid"),
    ("long", "int64"),
    ("integer", "int32"),
    ("base64", "byte"),
    ("e-mail", "email"),
];
