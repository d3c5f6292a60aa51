//! The cases for other readers to agree with, written to a file.

use serde::Serialize;

use super::built::{Plain, built, built_members};
use super::values::{Dice, Lists};
use super::{FORM, SPEC, SPREAD};
use crate::client::request::expand;
use crate::client::{CookieStyle, FormField, Multipart, QueryStyle, RequestParts};

/// A line for `cargo xtask wire`: what was sent and what went in.
pub(super) fn line(
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
        "header" => {
            let mut found = parts.headers.iter();
            let sent = found.find(|(name, _)| name == "x-n");
            let sent = sent.map(|(_, value)| value.as_bytes().to_vec());
            String::from_utf8(sent?).ok()?
        }
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
        let plain = Plain {
            text: dice.text(),
            whole: whole as i64,
        };
        let wholes = dice.list(|dice| dice.number().trunc() as i64);
        all.extend(built(&text));
        all.extend(built(&as_whole));
        all.extend(built(&texts));
        all.extend(built(&wholes));
        all.extend(built_members(&plain));
    }
    let all: Vec<String> = all.into_iter().flatten().collect();
    assert!(all.len() > 1_500, "{}", all.len());
    let path = std::env::var("WIRE_CASES").expect("the file of cases");
    std::fs::write(path, all.join("\n")).unwrap();
}
