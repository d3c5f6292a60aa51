//! A model check: a document with every kind of value in every place and style, and a test of its crates that sends
//! random values. The fake receives what was sent, and the client receives what the fake answers, or nothing is sent.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// The name of the case.
pub(crate) const NAME: &str = "everywhere";

/// A kind of value.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Kind {
    name: &'static str,
    /// The name of its schema.
    schema: &'static str,
    /// A random value of it, in Rust.
    value: &'static str,
    /// The same for a header, whose line has no room for spaces at its ends.
    in_header: &'static str,
}

impl Kind {
    fn is_object(self) -> bool {
        matches!(self.name, "thing" | "words")
    }

    /// Whether many of it are given by name.
    fn is_scalar(self) -> bool {
        !self.is_object() && !self.name.ends_with('s')
    }
}

const KINDS: [Kind; 9] = [
    Kind::of("text", "Text", "dice.text()", "dice.trimmed()"),
    Kind::of("whole", "Whole", "dice.whole()", "dice.whole()"),
    Kind::of("number", "Number", "dice.number()", "dice.number()"),
    Kind::of("flag", "Flag", "dice.flag()", "dice.flag()"),
    Kind::of("order", "Order", "order(dice)", "order(dice)"),
    Kind::of(
        "texts",
        "Texts",
        "dice.list(Dice::text)",
        "dice.list(Dice::trimmed)",
    ),
    Kind::of(
        "wholes",
        "Wholes",
        "dice.list(Dice::whole)",
        "dice.list(Dice::whole)",
    ),
    Kind::of("thing", "Thing", "thing(dice)", "thing(dice)"),
    Kind::of("words", "Words", "words(dice)", "words(dice)"),
];

impl Kind {
    pub(crate) const fn of(
        name: &'static str,
        schema: &'static str,
        value: &'static str,
        in_header: &'static str,
    ) -> Self {
        Self {
            name,
            schema,
            value,
            in_header,
        }
    }
}

/// A place and a style: the name of the parameter, and its keywords.
fn parameters(kind: Kind) -> Vec<(String, Value)> {
    let schema = json!({ "$ref": format!("#/components/schemas/{}", kind.schema) });
    let mut all = Vec::new();
    for (place, styles) in [
        ("path", &["simple", "label", "matrix"][..]),
        (
            "query",
            &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        ),
        ("header", &["simple"]),
        ("cookie", &["form"]),
    ] {
        for style in styles {
            for explode in [false, true] {
                // Members of several objects would meet; and these styles have one form alone.
                let is_none = match (place, *style) {
                    ("query", "form") | ("cookie", _) => kind.is_object() && explode,
                    ("query", "deepObject") => !explode || !kind.is_object(),
                    ("query", "spaceDelimited" | "pipeDelimited") => {
                        explode || !(kind.is_object() || kind.name.ends_with('s'))
                    }
                    _ => false,
                };
                if is_none {
                    continue;
                }
                let name = format!("{place}-{style}-{explode}");
                all.push((
                    name.clone(),
                    json!({ "name": name, "in": place, "required": true, "style": style, "explode": explode, "schema": schema }),
                ));
            }
        }
        let name = format!("{place}-json");
        all.push((
            name.clone(),
            json!({ "name": name, "in": place, "required": true, "content": { "application/json": { "schema": schema } } }),
        ));
    }
    all
}

/// The document.
pub(crate) fn document() -> String {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let schemas = json!({
        "Text": text(),
        "Whole": whole(),
        "Number": { "type": "number" },
        "Flag": { "type": "boolean" },
        "Order": { "type": "string", "enum": ["up", "a b,c", "ü/%2F"] },
        "Texts": { "type": "array", "items": text() },
        "Wholes": { "type": "array", "items": whole() },
        "Thing": { "type": "object", "required": ["text"], "properties": { "text": text(), "whole": whole(), "flag": { "type": "boolean" } } },
        "Words": { "type": "object", "additionalProperties": text() },
    });
    document_of(&KINDS, schemas)
}

/// A document with these kinds of values everywhere.
pub(crate) fn document_of(kinds: &[Kind], schemas: Value) -> String {
    let mut paths = Map::new();
    for kind in kinds.iter().copied() {
        let schema = json!({ "$ref": format!("#/components/schemas/{}", kind.schema) });
        let held =
            json!({ "type": "object", "required": ["held"], "properties": { "held": schema } });
        let parameters = parameters(kind);
        let segments: Vec<String> = parameters
            .iter()
            .filter(|(name, _)| name.starts_with("path"))
            .map(|(name, _)| format!("{{{name}}}"))
            .collect();
        let listed: Vec<&Value> = parameters.iter().map(|(_, parameter)| parameter).collect();
        let answers = json!({ "200": { "description": "Ok.", "content": { "application/json": { "schema": schema } } } });
        for (body, media) in [
            ("json", "application/json"),
            ("form", "application/x-www-form-urlencoded"),
            ("parts", "multipart/form-data"),
        ] {
            let parameters = if body == "json" {
                listed.clone()
            } else {
                Vec::new()
            };
            let path = match body {
                "json" => format!("/{}/{}", kind.name, segments.join("/")),
                _ => format!("/{body}/{}", kind.name),
            };
            let content =
                json!({ media: { "schema": if body == "json" { &schema } else { &held } } });
            paths.insert(
                path,
                json!({ "post": {
                    "operationId": format!("try {} {body}", kind.name),
                    "parameters": parameters,
                    "requestBody": { "required": true, "content": content },
                    "responses": answers,
                } }),
            );
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Everywhere", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
    .to_string()
}

/// The test of its crates.
pub(crate) fn test() -> String {
    format!("{}{OWN}", test_of(NAME, &KINDS))
}

/// The test of crates of a document with these kinds of values; functions that make them are to be added.
pub(crate) fn test_of(name: &str, kinds: &[Kind]) -> String {
    let mut source = HEAD.replace("everywhere", &name.replace('-', "_"));
    for kind in kinds.iter().copied() {
        let Kind { name, value, .. } = kind;
        let capital = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        let borrowed = if value == "dice.text()" { "&" } else { "" };
        let arguments: Vec<String> = parameters(kind)
            .iter()
            .map(|(parameter, _)| {
                let value = match parameter.starts_with("header") {
                    true => kind.in_header,
                    false => value,
                };
                match kind.is_scalar() {
                    true => format!("{}: {borrowed}{value}", parameter.replace('-', "_")),
                    false => value.to_owned(),
                }
            })
            .collect();
        let arguments = match kind.is_scalar() {
            true => format!("Try{capital}JsonArgs {{ {} }}", arguments.join(", ")),
            false => arguments.join(", "),
        };
        for (body, made) in [
            ("Json", format!("{arguments}, {value}")),
            ("Form", format!("model::Try{capital}FormBody::new({value})")),
            ("Parts", format!("Try{capital}PartsForm::new({value})")),
        ] {
            // Writing to a string can't fail.
            _ = writeln!(
                source,
                "
#[test]
fn {name}_as_{}() {{
    check!(Try{capital}{body}, |dice| Try{capital}{body}::new({made}), |dice: &mut Dice| {value});
}}",
                body.to_lowercase()
            );
        }
    }
    source
}

const OWN: &str = r#"
fn order(dice: &mut Dice) -> model::Order {
    let texts = ["up", "a b,c", "ü/%2F"];
    texts[dice.below(3) as usize].parse().unwrap()
}

fn thing(dice: &mut Dice) -> model::Thing {
    let thing = model::Thing::new(dice.trimmed());
    let thing = if dice.flag() { thing.whole(dice.whole()) } else { thing };
    if dice.flag() { thing.flag(dice.flag()) } else { thing }
}

fn words(dice: &mut Dice) -> std::collections::BTreeMap<String, String> {
    let names = ["a", "b", "c"];
    names[..1 + dice.below(3) as usize].iter().map(|name| ((*name).to_owned(), dice.trimmed())).collect()
}
"#;

const HEAD: &str = r#"//! Random values of every kind through every place and style.
#![allow(dead_code)]


use everywhere_client::fake::{Outcome, Received, Server};
use everywhere_client::{model, *};

/// Random values, the same ones in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % count
    }

    fn text(&mut self) -> String {
        let letters: Vec<char> = "ab01 ,;:.=&+%/\\?#[]{}|\"'<>~-_!$()*@^`éß日😀".chars().collect();
        let length = 1 + self.below(6);
        (0..length).map(|_| letters[self.below(letters.len() as u64) as usize]).collect()
    }

    fn trimmed(&mut self) -> String {
        format!("<{}>", self.text())
    }

    fn whole(&mut self) -> i64 {
        let number = self.below(1 << 30) as i64;
        [number, -number, number << 33][self.below(3) as usize]
    }

    fn number(&mut self) -> f64 {
        let number = self.below(1 << 30) as f64;
        [number, -number / 3.0, number * 1e25][self.below(3) as usize]
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = 1 + self.below(3);
        (0..length).map(|_| item(self)).collect()
    }
}

/// Calls until enough went through; what is refused is never sent.
macro_rules! check {
    ($operation:ty, $make:expr, $answer:expr) => {{
        let make: fn(&mut Dice) -> $operation = $make;
        let (mut dice, mut same) = (Dice(7), 0);
        for _ in 0..200 {
            let operation = make(&mut dice);
            let expected = $answer(&mut dice);
            let given = expected.clone();
            let fake = Server::new()
                .on(move |_: Received<$operation>| Outcome::success(given.clone()));
            let sent = match fake.client().call(operation.clone()).send_blocking() {
                Ok(found) => {
                    assert_eq!(found.into_inner(), expected);
                    same += 1;
                    vec![operation]
                }
                Err(_) => Vec::new(),
            };
            assert_eq!(fake.calls::<$operation>(), sent);
        }
        assert!(same > 20, "{same}");
    }};
}
"#;
