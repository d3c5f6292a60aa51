//! Rustdoc leads back to the documents: each type of a model, each operation, and each field that another document
//! than the type's describes.

use std::collections::BTreeMap;

use crate::sources;

/// A place that rustdoc names: the document, and the JSON pointer in it.
type Place = (String, String);

/// The text behind `Source:` in a line of documentation, also where it is wrapped onto the next.
fn place(lines: &[&str], at: usize) -> Option<Place> {
    let text = lines.get(at)?.trim().strip_prefix("/// ")?;
    let rest = text.strip_prefix("Source:")?.trim();
    let rest = if rest.is_empty() {
        lines.get(at + 1)?.trim().strip_prefix("/// ")?
    } else {
        rest
    };
    let (document, pointer) = rest.trim_matches('`').split_once('#')?;
    Some((document.to_owned(), pointer.to_owned()))
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

/// The documents of all APIs, by their paths from the root of the workspace.
fn documents() -> BTreeMap<String, serde_json::Value> {
    let apis = countersign_tests::APIS.into_iter();
    let documents = apis.flat_map(|api| {
        let documents = countersign_tests::generate(api).documents;
        let named = documents.iter().map(|document| {
            let path = format!("spec/{api}/{}", document.path.as_str());
            (path, document.root.to_json())
        });
        named.collect::<Vec<_>>()
    });
    documents.collect()
}

#[test]
fn places_are_there() {
    let documents = documents();
    let mut count = 0;
    for (of_item, of_fields, shown) in places() {
        for (document, pointer) in of_item.iter().chain(&of_fields) {
            let place = documents.get(document);
            let place = place.and_then(|root| root.pointer(pointer));
            assert!(
                place.is_some(),
                "{shown}: nothing is at {document}#{pointer}"
            );
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
            let names = above.filter(|line| line.starts_with("/// Source:")).count();
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
