//! The compiler's words about programs that are wrong in ways that the runtime has a hint for.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A list in pages, a stream, and an optional body.
const DOCUMENT: &str = "
openapi: 3.2.0
info: {title: Hinted, version: '1', description: Hints.}
servers: [{url: 'https://hinted.example.com'}]
paths:
  /cats:
    get:
      operationId: listCats
      summary: Lists cats.
      parameters: [{name: offset, in: query, schema: {type: integer}, description: The first.}]
      x-pagination: {style: offset, items: /cats, offset: offset}
      responses:
        '200':
          description: Cats.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cats'}}}
    post:
      operationId: addCat
      summary: Adds a cat.
      requestBody:
        description: The cat.
        content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}
      responses: {'204': {description: Added.}}
  /cats/calls:
    get:
      operationId: hearCats
      summary: Hears cats.
      responses:
        '200':
          description: Calls.
          content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Cat'}}}
  /nap:
    get:
      operationId: getNap
      summary: Gets a nap.
      x-polling: {status: /state, pending: [asleep]}
      responses:
        '200':
          description: The nap.
          content: {application/json: {schema: {$ref: '#/components/schemas/Nap'}}}
components:
  schemas:
    Cat: {type: object, description: A cat., properties: {name: {type: string, description: It.}}}
    Nap:
      type: object
      description: A nap.
      properties: {state: {type: string, enum: [asleep, awake], description: It.}}
    Cats:
      type: object
      description: Cats.
      required: [cats]
      properties: {cats: {type: array, description: The cats., items: {$ref: '#/components/schemas/Cat'}}}
";

/// A wrong program for each hint. None of them has the feature `blocking`.
const PROGRAM: &str = "
use hinted_client::{Client, countersign_runtime::Polling};

pub fn waits(client: &Client) {
    _ = client.add_cat(None).send_blocking();
}

pub fn takes_the_answer_as_it_came(client: &Client) {
    _ = client.add_cat(None).raw_blocking();
}

pub fn takes_it_as_it_arrives(client: &Client) {
    _ = client.add_cat(None).raw_stream_blocking();
}

pub fn reads_it_as_another_type(client: &Client) {
    _ = client.add_cat(None).read_as_blocking::<String>();
}

pub fn waits_for_more(client: &Client) {
    _ = client.add_cat(None).send_and_wait_blocking(Polling::new());
}

pub fn waits_for_the_end(client: &Client) {
    _ = client.get_nap().wait_blocking(Polling::new());
}

pub fn waits_for_items(client: &Client) {
    for _ in client.list_cats().items().blocking() {}
}

pub fn waits_for_pages(client: &Client) {
    for _ in client.list_cats().pages().blocking() {}
}

pub async fn waits_for_a_stream(client: &Client) {
    if let Ok(calls) = client.hear_cats().send().await {
        for _ in calls.into_inner().blocking() {}
    }
}

pub fn loops_over_items(client: &Client) {
    for _ in client.list_cats().items() {}
}

pub fn loops_over_pages(client: &Client) {
    for _ in client.list_cats().pages() {}
}

pub async fn loops_over_a_stream(client: &Client) {
    if let Ok(calls) = client.hear_cats().send().await {
        for _ in calls.into_inner() {}
    }
}

pub fn wants_pages(client: &Client) {
    _ = client.get_nap().pages();
}

pub fn waits_for_no_end(client: &Client) {
    _ = client.add_cat(None).wait(Polling::new());
}

pub fn chooses_no_stream(client: &Client) {
    _ = client.get_nap().stream();
}

pub fn passes_another_body(client: &Client) {
    _ = client.add_cat(7_u8);
}
";

/// The sentences of a hint, each cut where the compiler puts the name of a type.
type Hint = Vec<Vec<String>>;

/// The hints of the runtime, as its sources have them.
fn hints() -> Vec<Hint> {
    let mut found = Vec::new();
    let mut open = vec![countersign_tests::root().join("runtime/src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let mut hints = text.split("#[diagnostic::on_unimplemented(").skip(1);
        found.extend(hints.by_ref().map(|hint| {
            let (hint, _) = hint.split_once(")]").expect("the end of a hint");
            hint.lines().filter_map(sentence).collect()
        }));
    }
    found
}

/// The text of a line such as `label = \"it is not\"`.
fn sentence(line: &str) -> Option<Vec<String>> {
    let (_, text) = line.split_once(" = \"")?;
    let text = text.trim_end_matches([',', '"']).replace("\\\"", "\"");
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let parts = text.split('{').enumerate().map(|(at, part)| {
        let part = match part.split_once('}') {
            Some((_, rest)) if at > 0 => rest,
            _ => part,
        };
        part.replace('\u{1}', "{").replace('\u{2}', "}")
    });
    Some(parts.collect())
}

/// Whether a line of the compiler says it.
fn is_said(sentence: &[String], said: &str) -> bool {
    said.lines().any(|line| {
        let mut rest = line;
        sentence.iter().all(|part| match rest.find(part.as_str()) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    })
}

/// What the compiler says of the program.
fn said() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hints");
    _ = fs::remove_dir_all(&folder);
    for (path, text) in super::generate("hinted", DOCUMENT).tree {
        super::place(&folder, &path, &text);
    }
    let manifest = "[package]\nname = \"wrong\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                    [dependencies]\nhinted-client = { path = \"../hinted-client\", default-features = false }\n";
    super::place(&folder, "wrong/Cargo.toml", manifest);
    super::place(&folder, "wrong/src/lib.rs", PROGRAM);
    super::workspace_of(&folder, &["hinted-model", "hinted-client", "wrong"]);
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--package=wrong"])
        .args(["--color=never", "--message-format=human"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("../cases-target"))
        .output()
        .expect("cargo");
    assert!(!checked.status.success(), "the program is not wrong");
    String::from_utf8(checked.stderr).expect("text")
}

#[test]
fn each_hint_is_said_where_it_helps() {
    let said = said();
    let hints = hints();
    assert!(hints.len() >= 3, "{hints:?}");
    for sentence in hints.iter().flatten() {
        assert!(is_said(sentence, &said), "{sentence:?} is not in:\n{said}");
    }
    let errors = said.lines().filter(|line| line.starts_with("error["));
    let wrong = PROGRAM.matches("pub ").count();
    assert_eq!(errors.count(), wrong, "one error for each program:\n{said}");
    // None of the compiler's own sentences, which mislead here.
    for own in [
        "is not an iterator",
        "the trait bound",
        "does not implement",
    ] {
        let errors = said.lines().filter(|line| line.starts_with("error"));
        let found = errors.filter(|line| line.contains(own));
        assert_eq!(found.count(), 0, "{own}:\n{said}");
    }
}
