//! A model check: what is written in any place and style is read back the same, or refused before it is sent. Values
//! are random, of characters that mean something somewhere.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Inbound;
use super::tests::request;
use crate::client::request::expand;
use crate::client::{
    CookieStyle, FormField, HeaderStyle, Method, Multipart, OperationSpec, PathStyle, QueryStyle,
    RequestParts,
};

static SPEC: OperationSpec = OperationSpec::new("Op", Method::POST, "/a/{id}/b");

/// Random values, the same ones in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn text(&mut self) -> String {
        const CHARACTERS: &str = "ab01 ,;:.=&+%/\\?#[]{}|\"'<>~-_!$()*@^`éß日😀";
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let length = 1 + self.below(6);
        (0..length)
            .map(|_| characters[self.below(characters.len())])
            .collect()
    }

    fn number(&mut self) -> f64 {
        let digits = self.below(1_000_000) as f64;
        match self.below(3) {
            0 => digits,
            1 => digits / 100.0,
            _ => -digits / 3.0,
        }
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = 1 + self.below(3);
        (0..length).map(|_| item(self)).collect()
    }

    fn member(&mut self) -> Member {
        Member {
            text: self.text(),
            number: self.number(),
            flag: (self.below(2) == 0).then_some(self.below(2) == 0),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Member {
    text: String,
    number: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Lists {
    texts: Vec<String>,
    numbers: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Tree {
    member: Member,
    lists: Lists,
    members: Vec<Member>,
    words: BTreeMap<String, String>,
}

/// The number of times something came back, and the number of times it was refused.
#[derive(Default)]
struct Tally {
    same: u32,
    refused: u32,
}

impl Tally {
    fn add<T: PartialEq + Debug>(
        &mut self,
        how: &str,
        value: &T,
        sent: Option<Inbound>,
        read: impl FnOnce(&mut Inbound) -> Option<T>,
    ) {
        let Some(mut inbound) = sent else {
            self.refused += 1;
            return;
        };
        let found = read(&mut inbound);
        let (_, faults) = inbound.finish();
        assert!(faults.is_empty(), "{how}: {value:?}: {faults:?}");
        assert_eq!(found.as_ref(), Some(value), "{how}");
        self.same += 1;
    }
}

/// The request that a server received; none where it was refused.
fn sent(write: impl FnOnce(&mut RequestParts) -> bool) -> Option<Inbound> {
    let mut parts = RequestParts::new(&SPEC);
    if !write(&mut parts) {
        return None;
    }
    if parts.path_values.is_empty() {
        parts.path("id", "x").unwrap();
    }
    let path = expand("/a/{id}/b", &parts.path_values).unwrap();
    let segments: Vec<&str> = path.split('/').collect();
    assert_eq!(segments.len(), 4, "{path}");
    let mut headers: Vec<(String, String)> = parts
        .headers
        .iter()
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    if !parts.cookies.is_empty() {
        headers.push(("cookie".to_owned(), parts.cookies.clone()));
    }
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let body = parts
        .body
        .as_bytes()
        .map(<[u8]>::to_vec)
        .unwrap_or_default();
    let uri = format!("{path}?{}", parts.query);
    let mut inbound = request(&uri, &headers, std::str::from_utf8(&body).unwrap());
    inbound.path = vec![("id", segments[2].to_owned())];
    Some(inbound)
}

fn in_path<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    tally: &mut Tally,
    styles: &[PathStyle],
    value: &T,
) {
    for style in styles {
        let sent = sent(|parts| parts.path_as("id", *style, value).is_ok());
        tally.add(&format!("{style:?}"), value, sent, |inbound| {
            inbound.path_as("id", *style)
        });
    }
}

fn in_query<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    tally: &mut Tally,
    styles: &[QueryStyle],
    value: &T,
) {
    for style in styles {
        let sent = sent(|parts| parts.query_as("n", *style, value).is_ok());
        tally.add(&format!("{style:?}"), value, sent, |inbound| {
            inbound.query_as("n", *style)
        });
    }
}

fn in_header<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    tally: &mut Tally,
    styles: &[HeaderStyle],
    value: &T,
) {
    for style in styles {
        let sent = sent(|parts| parts.header_as("X-N", *style, value).is_ok());
        tally.add(&format!("{style:?}"), value, sent, |inbound| {
            inbound.header_as("X-N", *style)
        });
    }
}

fn in_cookie<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    tally: &mut Tally,
    styles: &[CookieStyle],
    value: &T,
) {
    for style in styles {
        let sent = sent(|parts| parts.cookie_as("n", *style, value).is_ok());
        tally.add(&format!("{style:?}"), value, sent, |inbound| {
            inbound.cookie_as("n", *style)
        });
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn in_form<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    tally: &mut Tally,
    fields: &[FormField],
    value: &T,
) {
    let sent = sent(|parts| parts.form(FORM, value, fields).is_ok());
    tally.add(&format!("{fields:?}"), value, sent, |inbound| {
        inbound.form(&[FORM], fields)
    });
}

const PATHS: [PathStyle; 6] = [
    PathStyle::Simple,
    PathStyle::SimpleExploded,
    PathStyle::Label,
    PathStyle::LabelExploded,
    PathStyle::Matrix,
    PathStyle::MatrixExploded,
];
const SPREAD: QueryStyle = QueryStyle::Form { explode: true };
const QUERIES: [QueryStyle; 4] = [
    QueryStyle::Form { explode: false },
    QueryStyle::SpaceDelimited,
    QueryStyle::PipeDelimited,
    QueryStyle::Json,
];
const HEADERS: [HeaderStyle; 3] = [
    HeaderStyle::Simple,
    HeaderStyle::SimpleExploded,
    HeaderStyle::Json,
];
const COOKIES: [CookieStyle; 2] = [CookieStyle::Form, CookieStyle::Json];

#[test]
fn plain_values_and_lists_come_back_from_every_place_and_style() {
    let (mut dice, mut tally) = (Dice(7), Tally::default());
    for _ in 0..400 {
        let (text, number) = (dice.text(), dice.number());
        let texts = dice.list(Dice::text);
        let numbers = dice.list(Dice::number);
        let nested = dice.list(|dice| dice.list(Dice::text));
        in_path(&mut tally, &PATHS, &text);
        in_path(&mut tally, &PATHS, &number);
        in_path(&mut tally, &PATHS, &texts);
        in_path(&mut tally, &PATHS, &numbers);
        in_path(&mut tally, &PATHS, &nested);
        let queries = [&QUERIES[..], &[SPREAD, QueryStyle::DeepObject]].concat();
        in_query(&mut tally, &queries, &text);
        in_query(&mut tally, &queries, &number);
        in_query(&mut tally, &queries, &texts);
        in_query(&mut tally, &queries, &numbers);
        in_query(&mut tally, &queries, &nested);
        let cookies = [&COOKIES[..], &[CookieStyle::FormExploded]].concat();
        in_cookie(&mut tally, &cookies, &text);
        in_cookie(&mut tally, &cookies, &number);
        in_cookie(&mut tally, &cookies, &texts);
        in_cookie(&mut tally, &cookies, &nested);
        // Spaces around a value belong to the line of the header.
        let trimmed = |text: &String| format!("<{text}>");
        in_header(&mut tally, &HEADERS, &trimmed(&text));
        in_header(&mut tally, &HEADERS, &number);
        in_header(&mut tally, &HEADERS, &numbers);
        in_header(
            &mut tally,
            &HEADERS,
            &texts.iter().map(trimmed).collect::<Vec<_>>(),
        );
        in_header(&mut tally, &[HeaderStyle::Json], &nested);
    }
    assert!(
        tally.same > 25_000 && tally.refused < tally.same / 8,
        "{} {}",
        tally.same,
        tally.refused
    );
}

#[test]
fn objects_come_back_from_every_place_and_style() {
    let (mut dice, mut tally) = (Dice(11), Tally::default());
    let deep = FormField::new("lists", QueryStyle::DeepObject);
    for _ in 0..400 {
        let member = dice.member();
        let lists = Lists {
            texts: dice.list(Dice::text),
            numbers: dice.list(Dice::number),
        };
        let tree = Tree {
            member: member.clone(),
            lists: lists.clone(),
            members: dice.list(Dice::member),
            words: [("a".to_owned(), dice.text()), ("b".to_owned(), dice.text())].into(),
        };
        in_path(
            &mut tally,
            &[&PATHS[..], &[PathStyle::Json]].concat(),
            &member,
        );
        in_path(&mut tally, &PATHS, &lists);
        in_path(&mut tally, &[PathStyle::Json], &tree);
        in_query(
            &mut tally,
            &[&QUERIES[..], &[QueryStyle::DeepObject]].concat(),
            &member,
        );
        in_query(
            &mut tally,
            &[QueryStyle::DeepObject, QueryStyle::Json],
            &lists,
        );
        in_query(
            &mut tally,
            &[QueryStyle::DeepObject, QueryStyle::Json],
            &tree,
        );
        in_query(&mut tally, &[QueryStyle::DeepObject, SPREAD], &tree.members);
        in_cookie(&mut tally, &COOKIES, &member);
        in_header(&mut tally, &[HeaderStyle::Json], &tree);
        for fields in [
            &[][..],
            &[deep],
            &[FormField::new("lists", QueryStyle::Json)],
        ] {
            in_form(&mut tally, fields, &tree);
        }
        let sent = sent(|parts| parts.query("n", &lists).is_ok());
        tally.add("members", &lists, sent, |inbound| {
            inbound.query_members("n", &["texts", "numbers"])
        });
    }
    assert!(
        tally.same > 9_000 && tally.refused < tally.same / 8,
        "{} {}",
        tally.same,
        tally.refused
    );
}

/// A line for `cargo xtask wire`: what was sent and what went in.
fn line(
    kind: &str,
    place: &str,
    value: &impl Serialize,
    write: impl FnOnce(&mut RequestParts) -> bool,
) -> Option<String> {
    let mut parts = RequestParts::new(&SPEC);
    if !write(&mut parts) {
        return None;
    }
    let media = parts
        .headers
        .iter()
        .find(|(name, _)| name == "content-type");
    let media = media.map(|(_, value)| value.to_str().unwrap().to_owned());
    let body = parts
        .body
        .as_bytes()
        .map(<[u8]>::to_vec)
        .unwrap_or_default();
    let sent = match place {
        "query" => parts.query,
        "cookie" => parts.cookies,
        "path" => expand("/a/{id}/b", &parts.path_values)
            .unwrap()
            .into_owned(),
        _ => String::from_utf8(body).unwrap(),
    };
    let between = match kind {
        "joined |" => "|",
        "joined space" => " ",
        _ => ",",
    };
    let kind = kind.split(' ').next();
    let media = media.unwrap_or_default();
    let line = serde_json::json!({
        "kind": kind, "place": place, "value": value, "sent": sent, "media": media, "between": between,
    });
    Some(line.to_string())
}

#[derive(Serialize)]
struct Named<'a, T> {
    n: &'a T,
}

fn lines<T: Serialize>(
    kind: &str,
    value: &T,
    styles: &[(&str, QueryStyle)],
) -> Vec<Option<String>> {
    let mut lines = Vec::new();
    for (as_kind, style) in styles {
        let kind = if as_kind.is_empty() { kind } else { as_kind };
        lines.push(line(kind, "query", value, |parts| {
            parts.query_as("n", *style, value).is_ok()
        }));
        let fields = [FormField::new("n", *style)];
        let named = Named { n: value };
        lines.push(line(kind, "body", value, |parts| {
            parts.form(FORM, &named, &fields).is_ok()
        }));
    }
    lines
}

fn multipart<T: Serialize>(kind: &str, value: &T) -> Option<String> {
    line(kind, "body", value, |parts| {
        let mut form = Multipart::new();
        let written = match kind {
            "json" => form.json("n", value),
            "nested" => form.json_items("n", "application/json", value),
            _ => form.text("n", value),
        };
        written.is_ok() && parts.multipart("multipart/form-data", form).is_ok()
    })
}

/// Commas in items are told from those of the style before decoding, which readers of queries do first.
fn without(texts: &[String], character: char) -> Vec<String> {
    texts
        .iter()
        .map(|text| text.replace(character, "-"))
        .collect()
}

#[test]
#[ignore = "run by `cargo xtask wire`"]
fn cases_for_others_are_written() {
    let mut dice = Dice(23);
    let mut all = Vec::new();
    for _ in 0..60 {
        let (text, number) = (dice.text(), dice.number());
        let texts = dice.list(Dice::text);
        let members = dice.list(Dice::member);
        let lists = Lists {
            texts: texts.clone(),
            numbers: dice.list(Dice::number),
        };
        let deep = [("deep", QueryStyle::DeepObject)];
        all.extend(lines("repeated", &text, &[("", SPREAD)]));
        all.extend(lines("repeated", &texts, &[("", SPREAD)]));
        all.extend(lines("nested", &members, &[("", SPREAD)]));
        all.extend(lines("json", &lists, &[("", QueryStyle::Json)]));
        all.extend(lines(
            "joined",
            &without(&texts, ','),
            &[("", QueryStyle::Form { explode: false })],
        ));
        all.extend(lines(
            "joined |",
            &without(&texts, '|'),
            &[("", QueryStyle::PipeDelimited)],
        ));
        all.extend(lines(
            "joined space",
            &without(&texts, ' '),
            &[("", QueryStyle::SpaceDelimited)],
        ));
        all.extend(lines("deep", &members, &deep));
        all.extend(lines("deep", &lists, &deep));
        all.extend(lines("members", &lists, &[("", SPREAD)]));
        all.extend([multipart("repeated", &text), multipart("repeated", &texts)]);
        all.extend([multipart("json", &lists), multipart("nested", &members)]);
        all.push(line("repeated", "cookie", &text, |parts| {
            parts.cookie("n", &text).is_ok()
        }));
        all.push(line("json", "cookie", &lists, |parts| {
            parts.cookie_as("n", CookieStyle::Json, &lists).is_ok()
        }));
        all.push(line("repeated", "path", &text, |parts| {
            parts.path("id", &text).is_ok()
        }));
        let whole = number.trunc();
        let as_whole = serde_json::json!(whole as i64);
        all.push(line("repeated", "path", &as_whole, |parts| {
            parts.path("id", &whole).is_ok()
        }));
        all.push(line("repeated", "query", &as_whole, |parts| {
            parts.query("n", &whole).is_ok()
        }));
    }
    let all: Vec<String> = all.into_iter().flatten().collect();
    assert!(all.len() > 1_500, "{}", all.len());
    let path = std::env::var("WIRE_CASES").expect("the file of cases");
    std::fs::write(path, all.join("\n")).unwrap();
}
