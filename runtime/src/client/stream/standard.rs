//! The parser of events, checked against the algorithm of the HTML standard written down step by step.

use std::time::Duration;

use super::parser::Parser;

/// An event: name, data, last id.
type Dispatched = (String, String, String);

/// The standard's algorithm, on the whole text at once: 9.2.6 and 9.2.5.
fn reference(bytes: &[u8]) -> (Vec<Dispatched>, String, Option<Duration>) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '\r' => {
                chars.next_if_eq(&'\n');
                lines.push(std::mem::take(&mut line));
            }
            '\n' => lines.push(std::mem::take(&mut line)),
            other => line.push(other),
        }
    }
    // What has no end of line belongs to an event that is not complete.
    let (mut data, mut event) = (String::new(), String::new());
    let (mut id_buffer, mut id) = (String::new(), String::new());
    let (mut events, mut reconnection) = (Vec::new(), None);
    for line in lines {
        if line.is_empty() {
            id.clone_from(&id_buffer);
            if data.is_empty() {
                event.clear();
                continue;
            }
            data.pop();
            let name = match event.is_empty() {
                true => "message".to_owned(),
                false => std::mem::take(&mut event),
            };
            events.push((name, std::mem::take(&mut data), id.clone()));
            continue;
        }
        if line.starts_with(':') {
            continue;
        }
        let (field, value) = match line.find(':') {
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (line.as_str(), ""),
        };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => event = value.to_owned(),
            "data" => {
                data += value;
                data.push('\n');
            }
            "id" if !value.contains('\0') => id_buffer = value.to_owned(),
            "retry" if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) => {
                reconnection = Some(Duration::from_millis(value.parse().unwrap_or(u64::MAX)));
            }
            _ => {}
        }
    }
    (events, id, reconnection)
}

/// The parser, fed in chunks.
fn parsed<'a>(
    chunks: impl Iterator<Item = &'a [u8]>,
) -> (Vec<Dispatched>, String, Option<Duration>) {
    let mut parser = Parser::new(String::new());
    let mut events = Vec::new();
    for chunk in chunks {
        let mut rest = chunk;
        while !rest.is_empty() {
            rest = &rest[parser.read(rest)..];
            events.extend(
                parser
                    .event()
                    .map(|raw| (raw.event.to_owned(), raw.data.to_owned(), raw.id.to_owned())),
            );
        }
    }
    (events, parser.last_id().to_owned(), parser.reconnection())
}

#[test]
fn events_are_read_as_the_standard_says() {
    let one = |text: &str| {
        let (events, ..) = parsed([text.as_bytes()].into_iter());
        let show = |(event, data, id): &Dispatched| format!("{event}|{data}|{id}");
        events.iter().map(show).collect::<Vec<_>>()
    };
    for (text, events) in [
        (
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            &["message|YHOO\n+2\n10|"][..],
        ),
        (
            ": test\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third",
            &["message|first|1", "message|second|"],
        ),
        ("data\n\ndata\ndata\n\ndata:", &["message||", "message|\n|"]),
        (
            "data:test\n\ndata: test\n\n",
            &["message|test|", "message|test|"],
        ),
        (
            "\u{feff}data: a\r\rdata: b\r\n\r\n\u{feff}data: c\n\n",
            &["message|a|", "message|b|"],
        ),
        (
            "event: add\ndata: 1\n\nevent: none\n\ndata: 2\n\n",
            &["add|1|", "message|2|"],
        ),
        (
            "id: a\0b\ndata: 1\n\nid: c\n\ndata: 2\n\n",
            &["message|1|", "message|2|c"],
        ),
        (
            "DATA: no\n data: no\ndata : no\ndata: yes\n\n",
            &["message|yes|"],
        ),
    ] {
        assert_eq!(one(text), events, "{text:?}");
    }
    let (_, _, retry) = parsed([&b"retry: 10\nretry: 1s\nretry:\n"[..]].into_iter());
    assert_eq!(retry, Some(Duration::from_millis(10)));
    // The id of an event that is not complete does not count.
    let (_, id, _) = parsed([&b"id: 1\ndata: a\n\nid: 2\ndata: b\n"[..]].into_iter());
    assert_eq!(id, "1");
}

/// Numbers that look random and are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

#[test]
fn random_texts_are_read_as_the_algorithm_does_however_they_are_cut() {
    const PIECES: [&[u8]; 24] = [
        b"data",
        b"data:",
        b"data: ",
        b"event:",
        b"event: add",
        b"id:",
        b"id: 7",
        b"id: a\0b",
        b"retry:",
        b"retry: 20",
        b"retry: x1",
        b":",
        b": note",
        b"\n",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb",
        b"\xff\xc3",
        "é".as_bytes(),
        b" ",
        b"x",
    ];
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for round in 0..20_000 {
        let count = chance.below(24);
        let bytes: Vec<u8> = (0..count)
            .flat_map(|_| PIECES[chance.below(PIECES.len())])
            .copied()
            .collect();
        let size = 1 + chance.below(9);
        let wanted = reference(&bytes);
        assert_eq!(
            parsed(bytes.chunks(size)),
            wanted,
            "round {round}: {bytes:?} by {size}"
        );
    }
}
