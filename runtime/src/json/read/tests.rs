use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::*;

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Plain {
    a: Option<i64>,
    b: Vec<f64>,
    #[serde(default)]
    c: BTreeMap<String, Kind>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
enum Kind {
    One,
    Two(u8),
    Three { d: bool },
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(untagged)]
enum Either {
    Number(i32),
    Text(String),
    List(Vec<Self>),
    Object(Plain),
}

#[derive(Debug, PartialEq, countersign_derive::Deserialize)]
struct Own {
    a: Option<i64>,
    b: Option<Vec<f64>>,
    c: Option<String>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Newtype(f32);

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Unit;

/// The reader takes nothing that serde_json does not take for the same value. Yields whether the reader took it.
#[track_caller]
fn agrees<T: DeserializeOwned + Debug>(text: &str) -> bool {
    let Some(value) = read::<T>(text) else {
        return false;
    };
    let theirs = serde_json::from_str::<T>(text);
    let theirs = theirs.map_err(|error| error.to_string());
    // The notation for people tells floats apart to the last bit.
    assert_eq!(
        format!("{:?}", Ok::<_, String>(value)),
        format!("{theirs:?}"),
        "{text}"
    );
    true
}

/// All types at once; yields how many took the text.
#[track_caller]
fn agree(text: &str) -> usize {
    [
        agrees::<Value>(text),
        agrees::<IgnoredAny>(text),
        agrees::<bool>(text),
        agrees::<Option<i64>>(text),
        agrees::<u64>(text),
        agrees::<i8>(text),
        agrees::<f64>(text),
        agrees::<Newtype>(text),
        agrees::<String>(text),
        agrees::<char>(text),
        agrees::<()>(text),
        agrees::<Unit>(text),
        agrees::<Vec<Option<f32>>>(text),
        agrees::<(u8, String)>(text),
        agrees::<BTreeMap<String, Value>>(text),
        agrees::<BTreeMap<u8, bool>>(text),
        agrees::<BTreeMap<Option<Kind>, IgnoredAny>>(text),
        agrees::<Plain>(text),
        agrees::<Own>(text),
        agrees::<Kind>(text),
        agrees::<Either>(text),
        agrees::<Box<str>>(text),
    ]
    .into_iter()
    .map(usize::from)
    .sum()
}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Kind {}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        format!("{self:?}").cmp(&format!("{other:?}"))
    }
}

/// Every text of up to five pieces.
#[test]
fn short_texts_are_read_as_serde_json_reads_them() {
    const PIECES: [&str; 21] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", " ", "0", "7", "-", ".", "e", "+", "null",
        "true", "\"a\"", "\"One\"", "\\u00e9", "é",
    ];
    let mut texts = vec![String::new()];
    let mut taken = 0;
    for _ in 0..4 {
        let longer = texts.iter().flat_map(|text| {
            let piece = move |piece: &&str| format!("{text}{piece}");
            PIECES.iter().map(piece)
        });
        texts = longer.collect();
        for text in &texts {
            taken += agree(text);
        }
    }
    assert!(taken > 3_000, "{taken}");
}

struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % count
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn text(&mut self, to: &mut String) {
        to.push('"');
        for _ in 0..self.below(4) {
            to.push_str(self.one(&[
                "a",
                "b",
                "name",
                "eightbytes and more",
                "é",
                "\u{1F600}",
                "\\n",
                "\\\"",
                "\\\\",
                "\\/",
                "\\u0041",
                "\\ud83d\\ude00",
                "\\ud83d",
                "\\udE00x",
                "\\u12",
                "\\x",
                "\n",
                "\u{7f}",
                "\\b\\f\\r\\t",
                "\\u0000",
            ]));
        }
        to.push('"');
    }

    fn number(&mut self, to: &mut String) {
        to.push_str(self.one(&["", "", "-"]));
        to.push_str(self.one(&[
            "0",
            "1",
            "12",
            "00",
            "255",
            "256",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "9999999999999999999",
            "",
            "340282350000000000000000000000000000000",
        ]));
        to.push_str(self.one(&[
            "",
            "",
            "",
            ".5",
            ".0",
            ".",
            ".1000000000000000055511151231257827",
        ]));
        to.push_str(self.one(&["", "", "", "e5", "E-7", "e+400", "e-400", "e", "e39", "e38"]));
    }

    fn value(&mut self, depth: usize, to: &mut String) {
        let space = |random: &mut Self, to: &mut String| {
            to.push_str(random.one(&["", "", "", " ", "\r\n\t"]));
        };
        space(self, to);
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => self.text(to),
            1 | 2 => self.number(to),
            3 | 4 => to.push_str(self.one(&["null", "true", "false", "nul", "\"One\""])),
            5 | 6 => {
                to.push('[');
                for at in 0..self.below(4) {
                    to.push_str(if at > 0 { "," } else { "" });
                    self.value(depth - 1, to);
                }
                to.push(']');
            }
            _ => {
                to.push('{');
                for at in 0..self.below(4) {
                    to.push_str(if at > 0 { "," } else { "" });
                    space(self, to);
                    match self.below(3) {
                        0 => self.text(to),
                        _ => to.push_str(self.one(&[
                            "\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"7\"", "\"One\"", "\"Two\"",
                        ])),
                    }
                    space(self, to);
                    to.push(':');
                    self.value(depth - 1, to);
                }
                to.push('}');
            }
        }
        space(self, to);
    }
}

#[test]
fn random_texts_are_read_as_serde_json_reads_them() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut taken = 0;
    for _ in 0..100_000 {
        let mut text = String::new();
        random.value(3, &mut text);
        // Now and then a piece is missing, or there twice.
        if random.below(4) == 0 {
            let at = random.below(text.len() + 1);
            let end = at + random.below(3);
            let piece = text.get(at..end).unwrap_or_default().to_owned();
            if text.is_char_boundary(at) {
                match random.below(2) {
                    0 => text.replace_range(at..at + piece.len(), ""),
                    _ => text.insert_str(at, &piece),
                }
            }
        }
        taken += agree(&text);
    }
    assert!(taken > 200_000, "{taken}");
}

/// The reader is of no use if it leaves everything to serde_json.
#[test]
fn what_servers_send_is_taken() {
    let body = r#" {"id":"b7","tags":["a","b\n\u00e9"],"n":[0,-7,1.5,1e3,9999999999999999999],"o":{},"x":null} "#;
    assert!(agrees::<Value>(body));
    assert!(agrees::<IgnoredAny>(body));
    assert!(agrees::<Own>(r#"{"z":[{}],"a":1,"b":[1,2.5],"c":"x"}"#));
    assert!(agrees::<Plain>(r#"{"a":null,"b":[],"c":{"x":"One"}}"#));
    let borrowed: Vec<Cow<'_, str>> = read(r#"["plain"]"#).unwrap();
    assert_eq!(borrowed, ["plain"]);
}

/// Members in every order, some of them left out, others between them, and names with and without escapes.
#[test]
fn members_come_in_any_order() {
    const MEMBERS: [&str; 6] = [
        r#""a":1"#,
        r#""b" : [2]"#,
        r#""c":"d""#,
        r#""ab":{"c":"a"}"#,
        r#""\u0061":3"#,
        r#""b":null"#,
    ];
    let mut taken = 0;
    for choice in 0..7_usize.pow(4) {
        let chosen = (0..4).map(|digit| choice / 7_usize.pow(digit) % 7);
        let members: Vec<&str> = chosen.filter_map(|at| MEMBERS.get(at).copied()).collect();
        let text = format!("{{{}}}", members.join(", "));
        taken += usize::from(agrees::<Own>(&text));
        agrees::<Vec<Own>>(&format!("[{text},{text}]"));
    }
    assert!(taken > 500, "{taken}");
}

/// A struct that another deserializer reads tells of its members too, and nobody takes them.
#[test]
fn what_nobody_expected_spoils_nothing() {
    for text in [r#"{"a":1}"#, r#"{"7":true}"#, r#"{"One":1}"#] {
        let _: Result<Own, _> = serde_json::from_str(text);
        agree(text);
    }
}

#[test]
fn what_is_deep_is_left_to_serde_json() {
    for depth in [99, 100, 101, 126, 127, 128, 10_000] {
        let list = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let object = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for text in [list, object] {
            assert_eq!(agrees::<IgnoredAny>(&text), depth <= 100, "{depth}");
            assert_eq!(agrees::<Value>(&text), depth <= 100, "{depth}");
        }
    }
}

/// Visitors may look away from an error, and then nothing else is read.
#[test]
fn a_reader_that_has_stopped_reads_no_more() {
    struct Careless;
    impl<'de> Visitor<'de> for Careless {
        type Value = Vec<u8>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Vec<u8>, A::Error> {
            let mut found = Vec::new();
            for _ in 0..4 {
                found.extend(items.next_element::<u8>().ok().flatten());
            }
            Ok(found)
        }
    }
    struct Bytes(#[allow(dead_code)] Vec<u8>);
    impl<'de> Deserialize<'de> for Bytes {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_seq(Careless).map(Self)
        }
    }
    assert!(read::<Bytes>("[1,2,3]").is_some());
    assert!(read::<Bytes>(r#"[1,"2",3]"#).is_none());
}
