//! The first sentence of what an author says, to be repeated where the whole would be too much.

use crate::ir::Docs;
use crate::source::SpecStr;

/// The longest sentence that is repeated, in bytes.
const LONGEST: usize = 160;

/// Endings that a sentence of an author doesn't have.
const ABBREVIATIONS: [&str; 8] = ["e.g", "i.e", "etc", "vs", "approx", "incl", "No", "resp"];

/// The first sentence, if it is plain prose; without its full stop.
pub(super) fn first(docs: &Docs) -> Option<String> {
    let said = docs.description.as_ref().or(docs.summary.as_ref())?;
    let paragraph = paragraph(said)?;
    let end = end(&paragraph);
    let sentence = paragraph.get(..end)?.trim_end();
    let is_short = (1..=LONGEST).contains(&sentence.len());
    // The attribute of a deprecated item has the rest.
    let is_word_alone = sentence
        .trim_matches('*')
        .eq_ignore_ascii_case("deprecated");
    let is_plain = is_short && !is_word_alone && is_closed(sentence);
    is_plain.then(|| sentence.to_owned())
}

/// The first paragraph in one line; none if it is something else than a paragraph.
fn paragraph(said: &SpecStr) -> Option<String> {
    let lines = said.text().trim().lines().map(str::trim);
    let mut text = String::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        if is_block(line) {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
        // A paragraph of many lines is not a sentence.
        if text.len() > 4 * LONGEST {
            break;
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Whether a text begins with a paragraph.
pub(super) fn is_prose(said: &str) -> bool {
    !said.lines().next().is_none_or(is_block)
}

/// Whether no letter of a sentence can mean anything to Markdown, so that it needn't be read as such.
pub(super) fn is_unmarked(sentence: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.'()-/;%".contains(&byte);
    sentence.bytes().all(is_plain)
}

/// Whether a line of Markdown is, or may be, no prose.
fn is_block(line: &str) -> bool {
    let starts = [
        '#', '>', '|', '-', '*', '+', '=', '~', '<', '`', '[', '!', ':',
    ];
    let is_numbered = || {
        let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        digits.len() < line.len() && digits.starts_with(['.', ')'])
    };
    let is_code = line.starts_with('`') && !line.starts_with("```");
    (line.starts_with(starts) && !is_code) || is_numbered()
}

/// The first sentence of a line, and what follows it.
pub(in crate::emit) fn split(text: &str) -> (&str, &str) {
    let (sentence, rest) = text.split_at(end(text));
    (sentence, rest.trim_start_matches(['.', ':', ' ']))
}

/// Where the first sentence ends, before its full stop.
fn end(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(". ")) {
        let stop = from + at;
        let before = text.get(..stop).unwrap_or_default();
        let word = before.rsplit([' ', '(']).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        if !ABBREVIATIONS.contains(&word) && !is_initial {
            return stop;
        }
        from = stop + 2;
    }
    text.trim_end_matches(['.', ':', ' ']).len()
}

/// Whether all that is opened in a sentence is closed in it.
fn is_closed(text: &str) -> bool {
    let count = |letter: u8| memchr::memchr_iter(letter, text.as_bytes()).count();
    let even = [b'`', b'*', b'"']
        .into_iter()
        .all(|mark| count(mark) % 2 == 0);
    let pairs = [(b'(', b')'), (b'[', b']'), (b'<', b'>'), (b'{', b'}')];
    even && pairs
        .into_iter()
        .all(|(open, close)| count(open) == count(close))
}

/// A sentence as it goes on after a colon: a word that is not a name begins with a small letter.
pub(super) fn continued(sentence: &str) -> String {
    const OPENING: [&str; 30] = [
        "A",
        "All",
        "An",
        "Any",
        "Defines",
        "Description",
        "Determines",
        "Each",
        "Every",
        "For",
        "How",
        "If",
        "Indicates",
        "Number",
        "Only",
        "Optional",
        "Set",
        "Sets",
        "Specifies",
        "The",
        "This",
        "Use",
        "Used",
        "What",
        "When",
        "Where",
        "Whether",
        "Which",
        "Who",
        "Why",
    ];
    // What a common noun is followed by; hardly any name is.
    const NEXT: [&str; 10] = [
        "for", "from", "in", "of", "on", "or", "that", "to", "when", "which",
    ];
    let mut words = sentence.split(' ');
    let (first, next) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let rest = first.get(1..).unwrap_or_default();
    let is_word = !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_lowercase());
    if OPENING.contains(&first) || (is_word && NEXT.contains(&next)) {
        let (head, rest) = sentence.split_at(1);
        return [&head.to_lowercase(), rest].concat();
    }
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_of(text: &str) -> Option<String> {
        first(&Docs {
            description: Some(SpecStr::new(text)),
            ..Docs::default()
        })
    }

    #[test]
    fn a_sentence_ends_where_a_reader_says() {
        for (text, sentence) in [
            ("Name of the provider.", "Name of the provider"),
            ("Ports, e.g. 1812. More.", "Ports, e.g. 1812"),
            ("Two\nlines. More", "Two lines"),
            ("Before a list:\n- one\n- two", "Before a list"),
            ("`code` first. More", "`code` first"),
        ] {
            assert_eq!(first_of(text).as_deref(), Some(sentence), "{text}");
        }
        for text in [
            "",
            "Deprecated. Use that.",
            "# Title",
            "- a list",
            "An [open. bracket]",
            "1. One",
            "```text\ncode\n```",
        ] {
            assert_eq!(first_of(text), None, "{text}");
        }
    }

    #[test]
    fn names_keep_their_capital_after_a_colon() {
        assert_eq!(continued("Whether it is on"), "whether it is on");
        assert_eq!(continued("Values that fit"), "values that fit");
        assert_eq!(continued("RADIUS servers"), "RADIUS servers");
        assert_eq!(continued("Österreich of old"), "Österreich of old");
    }
}
