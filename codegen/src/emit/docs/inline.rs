//! Words of Markdown: escaped so that they stay text, and wrapped so that no line begins like a block.

use std::ops::Range;

use crate::describe::visible;

/// The longest value that documentation shows.
const SHOWN: usize = 200;

/// Text of a document as a code span.
pub(in crate::emit) fn code(text: &str) -> String {
    let mut text = visible(text).replace('\n', " ");
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    span(&text)
}

/// A code span with as many backticks as its content needs.
fn span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let edge = |letter: char| letter == '`' || letter == ' ';
    let is_apart = text.is_empty() || text.starts_with(edge) || text.ends_with(edge);
    let space = if is_apart { " " } else { "" };
    [&fence, space, text, space, &fence].concat()
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    if !text.contains('`') {
        return 0;
    }
    let runs = text.split(|letter| letter != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// A URL as a link to itself, if it is one that leads to the web.
pub(super) fn autolink(url: &str) -> Option<String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let plain = url.chars().all(|letter| {
        !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '<' | '>' | '\\' | '`')
    });
    (web && plain && url == visible(url)).then(|| format!("<{url}>"))
}

/// The words of a paragraph of ours; a code span is one word.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    // How many backticks opened the code span, and how many there were just now.
    let (mut open, mut run) = (0, 0);
    let mut begun = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'`' {
            run += 1;
            if bytes.get(at + 1) != Some(&b'`') {
                open = match open {
                    0 => run,
                    _ if open == run => 0,
                    _ => open,
                };
                run = 0;
            }
        } else if *byte == b' ' && open == 0 {
            words.push(&text[begun..at]);
            begun = at + 1;
        }
    }
    words.push(&text[begun..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Fills lines with words; a line never begins like a heading, a list, a quote or a rule.
pub(super) fn wrap<'w>(
    words: impl IntoIterator<Item = &'w str>,
    width: usize,
    lines: &mut Vec<String>,
) {
    let mut line = String::new();
    let mut columns = 0;
    for word in words {
        let length = word.chars().count();
        if columns > 0 && columns + 1 + length > width {
            lines.push(std::mem::replace(&mut line, String::with_capacity(width)));
            columns = 0;
        }
        if columns == 0 {
            guard(word, &mut line);
            columns = line.chars().count();
        } else {
            line.push(' ');
            line.push_str(word);
            columns += 1 + length;
        }
    }
    if columns > 0 {
        lines.push(line);
    }
}

/// Writes the first word of a line.
fn guard(word: &str, line: &mut String) {
    let all = |symbol: char| word.chars().all(|letter| letter == symbol);
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if word.starts_with(['#', '>', '|'])
        || word.starts_with(":-")
        || word == "+"
        || all('-')
        || all('=')
        || all('_')
        || all('*')
    {
        line.push('\\');
        line.push_str(word);
    } else if matches!(digits, "." | ")") && word.len() > 1 {
        line.push_str(&word[..word.len() - 1]);
        line.push('\\');
        line.push_str(digits);
    } else {
        line.push_str(word);
    }
}

/// Collects the inline content of one block.
#[derive(Default)]
pub(super) struct Inline {
    /// All words, without what is between them.
    text: String,
    /// Where each word stands, but for the last one, which is still open.
    words: Vec<Range<usize>>,
    /// The number of words before each forced line break.
    breaks: Vec<usize>,
    /// Inside of a link nothing else is linked, and brackets count.
    pub(super) in_link: bool,
    /// Inside of a table bars count.
    pub(super) in_table: bool,
}

impl Inline {
    /// Adds text that must stay text. It may come from a character reference, so it is looked through once more.
    pub(super) fn text(&mut self, text: &str) {
        let text = visible(text);
        let mut rest = &*text;
        while let Some(letter) = rest.chars().next() {
            let inert = rest.bytes().take_while(is_inert).count();
            if inert > 0 {
                self.text.push_str(&rest[..inert]);
                rest = &rest[inert..];
                continue;
            }
            if letter == 'h'
                && !self.in_link
                && let Some(url) = bare_url(rest)
                && let Some(link) = autolink(url)
            {
                let link = if self.in_table {
                    link.replace('|', "%7C")
                } else {
                    link
                };
                self.text.push_str(&link);
                rest = &rest[url.len()..];
                continue;
            }
            rest = &rest[letter.len_utf8()..];
            if letter.is_whitespace() {
                self.space();
            } else {
                self.letter(letter, rest.chars().next());
            }
        }
    }

    fn letter(&mut self, letter: char, next: Option<char>) {
        let before = self.word().chars().next_back();
        let touches = |side: Option<char>| side.is_some_and(|side| !side.is_whitespace());
        let joins = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let escaped = match letter {
            '`' | '[' | '~' => true,
            ']' => self.in_link,
            '|' => self.in_table,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '*' => touches(before) || touches(next),
            '_' => (touches(before) || touches(next)) && !(joins(before) && joins(next)),
            '<' => next
                .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => next.is_none_or(|next| next.is_alphanumeric() || next == '#'),
            _ => false,
        };
        if escaped {
            self.text.push('\\');
        }
        self.text.push(letter);
    }

    /// Adds Markdown that stands as it is.
    pub(super) fn mark(&mut self, mark: &str) {
        self.text.push_str(mark);
    }

    /// Adds a code span.
    pub(super) fn code(&mut self, text: &str) {
        let span = span(text);
        if self.in_table {
            self.text.push_str(&span.replace('|', "\\|"));
        } else {
            self.text.push_str(&span);
        }
    }

    fn word_begins(&self) -> usize {
        self.words.last().map_or(0, |word| word.end)
    }

    /// The word that is still open.
    fn word(&self) -> &str {
        self.text.get(self.word_begins()..).unwrap_or_default()
    }

    /// Ends the word.
    pub(super) fn space(&mut self) {
        if !self.word().is_empty() {
            self.words.push(self.word_begins()..self.text.len());
        }
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.space();
        let words = self.words.len();
        if words > self.breaks.last().copied().unwrap_or(0) {
            self.breaks.push(words);
        }
    }

    /// The length of the text, in bytes: to see whether some was added.
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    /// The words from one to another.
    fn words(&self, from: usize, to: usize) -> impl Iterator<Item = &str> {
        let words = self.words.get(from..to).unwrap_or_default();
        words.iter().filter_map(|word| self.text.get(word.clone()))
    }

    /// The content as lines.
    pub(super) fn lines(mut self, width: usize) -> Vec<String> {
        self.line_break();
        let mut lines: Vec<String> = Vec::new();
        let mut begun = 0;
        for end in &self.breaks {
            if let Some(line) = lines.last_mut() {
                line.push('\\');
            }
            wrap(self.words(begun, *end), width, &mut lines);
            begun = *end;
        }
        lines
    }

    /// The content as one line.
    pub(super) fn line(mut self) -> String {
        self.space();
        let words: Vec<&str> = self.words(0, self.words.len()).collect();
        words.join(" ")
    }
}

/// Whether a character is never escaped, ends no word and begins no URL.
fn is_inert(byte: &u8) -> bool {
    matches!(byte, b'a'..=b'g' | b'i'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b',' | b'\'' | b'"' | b'-')
}

/// The URL that a text begins with.
fn bare_url(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    let stop =
        |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '`' | '\\');
    let end = text.find(stop).unwrap_or(text.len());
    let url = text[..end].trim_end_matches([
        '.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '_', '|',
    ]);
    (url.len() > scheme.len()).then_some(url)
}
