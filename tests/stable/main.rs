//! Nothing changes in the generated crates but what changed in the document.

mod document;

use std::collections::BTreeMap;

use countersign_codegen::Strictness;
use countersign_codegen::write::Tree;
use document::{Document, Schema};

fn tree(text: &str) -> Tree {
    let documents = [("openapi.yaml", text)];
    let generated = countersign_tests::generate_text(&documents, Strictness::Lenient);
    generated.unwrap_or_else(|report| panic!("{report}")).0.tree
}

/// The lines of each file, but for imports: they are filled like prose.
fn lines(tree: &Tree) -> BTreeMap<&str, Vec<&str>> {
    tree.iter()
        .map(|(path, text)| {
            let mut is_import = false;
            let kept = text.lines().filter(|line| {
                is_import |= line.starts_with("use ") || line.starts_with("pub use ");
                let keep = !is_import;
                is_import &= !line.ends_with(';');
                keep
            });
            (path.as_str(), kept.collect())
        })
        .collect()
}

/// The lines that `new` has beside those of `old`, by file; none may be lost or changed.
fn added<'a>(old: &Tree, new: &'a Tree) -> Vec<&'a str> {
    let (old, new) = (lines(old), lines(new));
    let mut added = Vec::new();
    for (path, new) in &new {
        let mut rest = old.get(path).into_iter().flatten().peekable();
        for line in new {
            if rest.next_if_eq(&line).is_none() {
                added.push(*line);
            }
        }
        assert_eq!(rest.next(), None, "{path} lost this line, or it moved");
    }
    let gone: Vec<_> = old.keys().filter(|path| !new.contains_key(*path)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    added
}

#[test]
fn a_comment_changes_nothing() {
    let text = Document::new().text();
    let old = tree(&text);
    for at in 0..=text.lines().count() {
        let mut all: Vec<&str> = text.lines().collect();
        all.insert(at, "# A note.");
        assert!(
            tree(&all.join("\n")) == old,
            "a comment before line {}",
            at + 1
        );
    }
}

#[test]
fn moving_schemas_and_paths_moves_their_items_alone() {
    let document = Document::new();
    let old = tree(&document.text());
    for turn in 1..document.schemas.len() {
        let mut moved = document.clone();
        moved.schemas.rotate_left(turn);
        moved.paths.rotate_left(turn);
        let new = tree(&moved.text());
        let sorted = |tree: &Tree| -> BTreeMap<String, Vec<String>> {
            let own = |lines: Vec<&str>| {
                let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            let lines = lines(tree).into_iter();
            lines
                .map(|(path, lines)| (path.to_owned(), own(lines)))
                .collect()
        };
        assert_eq!(sorted(&old), sorted(&new));
    }
}

#[test]
fn an_operation_adds_its_own_lines_alone() {
    let document = Document::new();
    let old = tree(&document.text());
    let path = "
  /visits:
    post:
      operationId: addVisit
      tags: [pets]
      summary: Add a visit.
      responses:
        '204': {description: It was added.}
";
    for at in 0..=document.paths.len() {
        let mut longer = document.clone();
        longer.paths.insert(at, path.to_owned());
        let new = tree(&longer.text());
        assert!(added(&old, &new).len() > 20);
    }
}

#[test]
fn a_property_adds_its_own_lines_alone() {
    let document = Document::new();
    let old = tree(&document.text());
    for schema in 0..document.schemas.len() {
        for at in 0..=document.schemas[schema].properties.len() {
            let mut longer = document.clone();
            let property = "weight: {description: Its weight., type: integer}".to_owned();
            longer.schemas[schema].properties.insert(at, property);
            let new = tree(&longer.text());
            let added = added(&old, &new);
            assert!((2..=12).contains(&added.len()), "{added:#?}");
        }
    }
}

#[test]
fn a_schema_adds_its_own_lines_alone() {
    let document = Document::new();
    let old = tree(&document.text());
    for at in 0..=document.schemas.len() {
        let mut longer = document.clone();
        let properties = vec!["at: {description: When it was., type: string}".to_owned()];
        let name = "Visit";
        longer.schemas.insert(at, Schema { name, properties });
        let new = tree(&longer.text());
        assert!(added(&old, &new).len() > 5);
    }
}
