//! A model check: what is written in any place and style is read back the same, or refused before it is sent. Values
//! are random, of characters that mean something somewhere.

mod built;
mod cases;
mod values;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Inbound;
use super::tests::request;
use crate::client::request::expand;
use crate::client::{
    CookieStyle, FormField, HeaderStyle, Method, OperationSpec, PathStyle, QueryStyle, RequestParts,
};

use values::{Dice, Lists, Tree};

static SPEC: OperationSpec = OperationSpec::new("Op", Method::POST, "/a/{id}/b");

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
