//! Rustdoc leads back to the documents: each type of a model, each operation, and each field that another document
//! than the type's describes.

use std::collections::BTreeMap;
use std::fs;

use crate::sources;

/// A place that rustdoc names: the document, and the line from 1.
type Place = (String, usize);

/// What follows `Source:` in a line of documentation, also where it is wrapped onto the next.
fn place(lines: &[&str], at: usize) -> Option<Place> {
    let text = lines.get(at)?.trim().strip_prefix("/// ")?;
    let rest = text.strip_prefix("Source:")?.trim();
    let rest = if rest.is_empty() {
        lines.get(at + 1)?.trim().strip_prefix("/// ")?
    } else {
        rest
    };
    let (document, line) = rest.trim_matches('`').rsplit_once(':')?;
    Some((document.to_owned(), line.parse().ok()?))
}

/// The places in each generated source file: of its items, and of the fields of each item.
fn places() -> Vec<(Option<Place>, Vec<Place>, String)> {
    let mut found = Vec::new();
    for (path, text) in sources("generated") {
        let lines: Vec<&str> = text.lines().collect();
        let (mut of_item, mut of_fields) = (None, Vec::new());
        for (at, line) in lines.iter().enumerate() {
            match place(&lines, at) {
                Some(place) if line.starts_with("///") => of_item = Some(place),
                Some(place) => of_fields.push(place),
                None => {}
            }
            if *line == "}" || (line.starts_with("pub ") && line.ends_with(['}', ';'])) {
                let opening = lines[..=at].iter().rev();
                let mut opening = opening.filter(|line| line.starts_with("pub "));
                let name = opening.next().copied().unwrap_or_default();
                let shown = format!("{}: {name}", path.display());
                found.push((of_item.take(), std::mem::take(&mut of_fields), shown));
            }
        }
    }
    found
}

#[test]
fn places_are_there() {
    let mut documents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    for (of_item, of_fields, shown) in places() {
        for (document, line) in of_item.iter().chain(&of_fields) {
            let lines = documents.entry(document.clone()).or_insert_with(|| {
                let path = countersign_tests::root().join(document);
                let text = fs::read_to_string(path).expect("a document");
                text.lines().map(str::to_owned).collect()
            });
            let text = lines.get(line - 1).map_or("", |line| line.trim());
            let says = !text.is_empty() && !text.starts_with('#');
            assert!(says, "{shown}: {document}:{line} says nothing");
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn types_of_models_say_where_they_are_described() {
    for (path, text) in sources("generated") {
        let is_model = path.to_string_lossy().contains("-model/src/");
        if !is_model || path.ends_with("lib.rs") {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if !["pub struct ", "pub enum ", "pub type "]
                .iter()
                .any(|start| line.starts_with(start))
            {
                continue;
            }
            let above = lines[..at].iter().rev().take_while(|line| !line.is_empty());
            let names = above
                .filter(|line| line.starts_with("/// Source: `spec/"))
                .count();
            assert_eq!(names, 1, "{}: {line}", path.display());
        }
    }
}

#[test]
fn fields_say_where_they_are_described_if_that_is_another_document() {
    let mut count = 0;
    for (of_item, of_fields, shown) in places() {
        let Some((own, _)) = of_item else {
            assert_eq!(of_fields, [], "{shown}");
            continue;
        };
        for (document, _) in of_fields {
            assert_ne!(document, own, "{shown}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
