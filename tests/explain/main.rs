//! Explanations: what is said of items of each kind, and what is said of names that nothing has.

mod paging;
mod polling;

use countersign_codegen::diagnostic::Report;
use countersign_codegen::explain::{self, Answer, Explanation};
use countersign_codegen::ir::Shape;
use countersign_codegen::source::{DocumentPath, Files, MemoryFiles, Sources};
use countersign_tests::Folder;

const PETS: &str = include_str!("pets.yaml");

fn answers(files: &dyn Files, name: &str, prefix: &str, paths: &[&str]) -> Vec<Answer> {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files,
    };
    let mut report = Report::default();
    let settings = countersign_tests::settings(name, prefix);
    explain::explain(&sources, &settings, paths, &mut report)
        .unwrap_or_else(|| panic!("{}", report.render(prefix)))
}

fn answer(path: &str) -> Answer {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry, PETS);
    answers(&files, "pets", "spec/pets/", &[path]).remove(0)
}

fn explanation(path: &str) -> Explanation {
    match answer(path) {
        Answer::Found(explanation) => *explanation,
        Answer::Unknown(near) => panic!("{path} is unknown; {near:?}"),
    }
}

/// The text of an explanation, but for the lines of Rust files, which move with every change of a template.
fn text(path: &str, width: usize) -> String {
    let text = explanation(path).text(width, "generated/");
    let mut parts = text.split(".rs:");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.fold(first, |text, part| text + ".rs:N" + part)
}

fn suggestions(path: &str) -> Vec<String> {
    match answer(path) {
        Answer::Unknown(near) => near,
        Answer::Found(explanation) => panic!("{path} is {}", explanation.subject),
    }
}

fn because(path: &str, what: &str) -> Vec<(String, Option<String>)> {
    let reasons = explanation(path).reasons.into_iter();
    reasons
        .filter(|reason| reason.what == what)
        .map(|reason| (reason.why, reason.at))
        .collect()
}

#[test]
fn items_of_each_kind_are_explained() {
    for (name, path) in [
        ("field", "Pet.name"),
        ("secret", "Pet.pin"),
        ("nullable", "Pet.chip"),
        ("boxed", "Parents.mother"),
        ("type", "Pet"),
        ("derived_type", "PetCollar"),
        ("union", "Home"),
        ("untagged_union", "Problem"),
        ("branch", "Home::Boat"),
        ("enum", "Kind"),
        ("value", "Kind::Dog"),
        ("operation", "POST /pets"),
        ("paged_operation", "listPets"),
        ("parameter", "ListPets.limit"),
    ] {
        insta::assert_snapshot!(name, text(path, 150));
    }
}

#[test]
fn where_there_is_little_room_rust_stands_below() {
    insta::assert_snapshot!("narrow", text("Pet.pin", 80));
}

#[test]
fn boxes_are_explained_by_the_cycle_that_they_close() {
    let boxed = ["Ancestor.parents", "Parents.mother", "Parents.father"]
        .map(|path| because(path, "boxed"))
        .concat();
    let cycles: Vec<&str> = boxed.iter().map(|(why, _)| why.as_str()).collect();
    let parents = "`Parents` contains itself: `Parents` -> `Ancestor` -> `Parents`; without the heap it would have no end";
    assert_eq!(cycles, [parents, parents]);
}

#[test]
fn names_are_explained_by_their_words_their_pins_and_those_that_collide() {
    let why = |path, what| because(path, what).remove(0).0;
    assert!(why("Pet.name", "called `name`").starts_with("these are the words"));
    assert!(why("Boat.name", "called `title`").starts_with("`x-rust-name`"));
    let spelt = explanation("Pet.full-name");
    let told = spelt
        .reasons
        .iter()
        .find(|reason| reason.why.contains("qualified"));
    assert!(told.is_some(), "{:?}", spelt.reasons);
    assert!(why("PetCollar", "called `PetCollar`").contains("after `Pet` and `collar`"));
}

#[test]
fn items_are_found_by_each_of_their_names() {
    for (one, other) in [
        ("POST /pets", "addPet"),
        ("post /pets", "AddPet"),
        ("add_pet", "AddPet"),
        ("Pet.pin", "PetInput.pin"),
        ("Kind.dog", "Kind::Dog"),
        ("Pet.full_name", "Pet.full_name"),
        ("Home.boat", "Home::Boat"),
    ] {
        assert_eq!(explanation(one).subject, explanation(other).subject);
    }
    assert_eq!(explanation("Pet").subject, "Pet: struct");
    assert_eq!(explanation("PetInput").subject, "PetInput: struct");
}

#[test]
fn a_near_miss_gets_suggestions() {
    assert_eq!(suggestions("Ancestors"), ["Ancestor"]);
    assert!(suggestions("Pet.nam").contains(&"Pet.name".to_owned()));
    assert_eq!(suggestions("Kind::Elephant"), ["Kind.Cat", "Kind.Dog"]);
    assert!(suggestions("PUT /pets").contains(&"POST /pets".to_owned()));
    assert!(suggestions("zzzzzzzz").is_empty());
}

#[test]
fn every_item_of_our_own_documents_can_be_explained() {
    for api in countersign_tests::APIS {
        let generated = countersign_tests::generate(api);
        let mut paths = Vec::new();
        for (_, def) in generated.api.types.iter() {
            paths.push(def.name.to_string());
            let members: Vec<String> = match &def.shape {
                Shape::Struct(body) => body
                    .fields
                    .iter()
                    .map(|field| field.name.to_string())
                    .collect(),
                Shape::Enum(choice) => choice
                    .variants
                    .iter()
                    .map(|it| it.name.to_string())
                    .collect(),
                Shape::Union(choice) => choice
                    .branches
                    .iter()
                    .map(|it| it.name.to_string())
                    .collect(),
                Shape::Alias(_) | Shape::Newtype(_) => Vec::new(),
            };
            paths.extend(
                members
                    .iter()
                    .map(|member| format!("{}.{member}", def.name)),
            );
        }
        for operation in generated
            .api
            .modules
            .iter()
            .flat_map(|module| &module.operations)
        {
            paths.push(format!("{} {}", operation.method, operation.path.text()));
            let parameters = operation.parameters.iter();
            paths.extend(parameters.map(|known| format!("{}.{}", operation.name, known.name)));
        }
        let files = Folder(countersign_tests::root().join("spec").join(api));
        let asked: Vec<&str> = paths.iter().map(String::as_str).collect();
        let answers = answers(&files, api, &format!("spec/{api}/"), &asked);
        assert_eq!(answers.len(), paths.len());
        for (path, answer) in paths.iter().zip(answers) {
            let Answer::Found(found) = answer else {
                panic!("{api} {path}: {answer:?}");
            };
            assert!(found.page.is_some(), "{api} {path} has no page");
            assert!(
                found.document.is_some(),
                "{api} {path} has no lines of a document"
            );
            assert!(!found.rust.is_empty(), "{api} {path} has no Rust");
            assert!(!found.reasons.is_empty(), "{api} {path} has no reasons");
            for excerpt in &found.rust {
                let file = generated.tree.get(&excerpt.file).expect("a generated file");
                let line = file.lines().nth(excerpt.line as usize - 1).expect("a line");
                let first = excerpt.lines.first().expect("an excerpt");
                assert_eq!(line.trim(), first.trim(), "{api} {path}");
            }
        }
    }
}
