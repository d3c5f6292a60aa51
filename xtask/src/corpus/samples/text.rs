//! Text of a format, a pattern or a length.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::merged::Count;

/// The greatest length of text.
const LENGTH_AT_MOST: usize = 4096;
/// Text of no format: plain, empty, beyond ASCII, and what JSON must escape.
const PLAIN: [&str; 5] = ["text", "a b", "Zo\u{eb} \u{2602}", "", "\"quoted\"\n\\"];

/// Text, another one each `turn`; none if none was found that fits.
pub(super) fn text(
    format: Option<&str>,
    patterns: &[&str],
    length: Count,
    turn: usize,
) -> Option<String> {
    if let Some(pattern) = patterns.first() {
        return patterned(pattern, length, turn);
    }
    if let Some(examples) = format.and_then(examples) {
        return examples
            .get(turn % examples.len())
            .map(|text| (*text).to_owned());
    }
    if length.least > LENGTH_AT_MOST {
        return None;
    }
    let plain = PLAIN.get(turn % PLAIN.len()).copied().unwrap_or_default();
    let filled = plain.chars().chain(std::iter::repeat('x'));
    let letters = plain.chars().count().max(length.least).min(length.most);
    Some(filled.take(letters).collect())
}

fn examples(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "date-time" => &[
            "2024-02-29T12:30:45Z",
            "2021-06-01T08:00:00.123+02:00",
            "1999-12-31T23:59:59.5-05:30",
        ],
        "date" => &["2024-02-29", "1999-12-31"],
        "time" => &["12:30:45Z", "08:00:00+02:00"],
        "duration" => &["P1DT2H", "PT30S"],
        "uuid" => &[
            "0c1b6e3a-5f0e-4b7e-9d7f-2f8a3f6f0a11",
            "00000000-0000-4000-8000-000000000001",
        ],
        "email" | "idn-email" => &["ann@example.com"],
        "hostname" | "idn-hostname" => &["www.example.com"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "ip" => &["192.0.2.1", "2001:db8::1"],
        "uri" | "url" | "iri" => &["https://example.com/a?b=c", "urn:example:a"],
        "uri-reference" | "iri-reference" => &["/a/b?c"],
        "uri-template" => &["/a/{b}"],
        "json-pointer" => &["/a/0"],
        "relative-json-pointer" => &["1/a"],
        "regex" => &["^a+$"],
        "byte" | "base64" => &["aGVsbG8=", "AAECAw==", ""],
        "int64" | "int32" | "uint64" => &["42"],
        "decimal" => &["12.50"],
        _ => return None,
    })
}

/// Text that a pattern allows, shorter or longer until its length is right.
fn patterned(pattern: &str, length: Count, turn: usize) -> Option<String> {
    let regex = jsonschema_regex::to_rust_regex(pattern).ok()?;
    let hir = regex_syntax::parse(&regex).ok()?;
    let mut found = (0..40).map(|more| {
        let mut out = String::new();
        write(&hir, more + turn % 2, turn, &mut out);
        out
    });
    found.find(|text| {
        let letters = text.chars().count();
        letters >= length.least && letters <= length.most.min(LENGTH_AT_MOST)
    })
}

/// Writes what an expression allows, with `more` repetitions than are needed where it leaves that open.
fn write(hir: &Hir, more: usize, turn: usize, out: &mut String) {
    if out.len() > LENGTH_AT_MOST {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let mut starts = class
                .ranges()
                .iter()
                .map(regex_syntax::hir::ClassUnicodeRange::start);
            let readable = class.ranges().iter().find_map(|range| {
                ['a', 'A', '1', '-', '_', ' ']
                    .into_iter()
                    .find(|letter| (range.start()..=range.end()).contains(letter))
            });
            out.extend(readable.or_else(|| starts.next_back()));
        }
        HirKind::Class(Class::Bytes(class)) => {
            out.extend(
                class
                    .ranges()
                    .first()
                    .map(|range| char::from(range.start())),
            );
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            for _ in 0..(repetition.min as usize).saturating_add(more).min(most) {
                write(&repetition.sub, more, turn, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, turn, out),
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, more, turn, out);
            }
        }
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.get(turn % parts.len().max(1)) {
                write(part, more, turn, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Count = Count {
        least: 0,
        most: usize::MAX,
    };

    #[test]
    fn patterns_are_kept() {
        for pattern in ["^[0-9]{3}-(a|b)+$", r"^\w+@\w+\.com$", "x", r"^[^/]*$"] {
            let regex = jsonschema_regex::to_rust_regex(pattern).expect("a pattern");
            for turn in 0..4 {
                let text = text(None, &[pattern], ANY, turn).expect("text");
                let validator = jsonschema::validator_for(&serde_json::json!({"pattern": pattern}));
                assert!(
                    validator.expect("a schema").is_valid(&text.clone().into()),
                    "{regex}: {text}"
                );
            }
        }
    }

    #[test]
    fn lengths_are_kept() {
        let length = Count { least: 7, most: 9 };
        for turn in 0..6 {
            for patterns in [&[][..], &["^[a-z]*$"]] {
                let text = text(None, patterns, length, turn).expect("text");
                assert!((7..=9).contains(&text.chars().count()), "{text}");
            }
        }
    }
}
