//! Mutations of documents that have everything: what the tables forbid is told, at its place.

use serde_json::{Map, Value as Json, json};

use super::{Wanted, documents};
use crate::diagnostic::Report;
use crate::load;
use crate::source::{DocumentPath, MemoryFiles, Sources};
use crate::specification::{self as specification, Edition, Field, Kind, Names, Need, Object};

const FULL: [(Edition, &str); 4] = [
    (
        Edition::V20,
        include_str!("../../tests/full/swagger-2.0.yaml"),
    ),
    (
        Edition::V30,
        include_str!("../../tests/full/openapi-3.0.yaml"),
    ),
    (
        Edition::V31,
        include_str!("../../tests/full/openapi-3.1.yaml"),
    ),
    (
        Edition::V32,
        include_str!("../../tests/full/openapi-3.2.yaml"),
    ),
];

/// The number of a hundred mutations that must be reported.
const TOLD_AT_LEAST: usize = 99;

/// The findings about a text, each with its pointer.
fn found(text: &str) -> Vec<(String, String)> {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    if let Some(loaded) = load::documents(&sources, &mut report) {
        documents(&loaded, Wanted::All, &mut report);
    }
    let findings = report.findings("").into_iter();
    findings
        .map(|found| (found.place.pointer.unwrap_or_default(), found.message))
        .collect()
}

fn tree(text: &str) -> Json {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let loaded = load::documents(&sources, &mut Report::default()).expect("a document");
    loaded.entry().written().to_json()
}

/// The objects of a tree, each with its pointer.
fn objects(
    value: &Json,
    object: Object,
    at: &str,
    edition: Edition,
    all: &mut Vec<(Object, String)>,
) {
    let Some(members) = value.as_object() else {
        return;
    };
    if members.contains_key("$ref") && object != Object::PathItem {
        return;
    }
    all.push((object, at.to_owned()));
    for (key, value) in members {
        let at = format!("{at}/{}", escaped(key));
        match (specification::field(object, edition, key), object.names()) {
            (Some(field), _) => below(value, field.kind, &at, edition, all),
            (None, Names::Paths | Names::Expressions) => {
                objects(value, Object::PathItem, &at, edition, all);
            }
            (None, Names::Statuses) => objects(value, Object::Response, &at, edition, all),
            _ => {}
        }
    }
}

fn below(value: &Json, kind: Kind, at: &str, edition: Edition, all: &mut Vec<(Object, String)>) {
    let mut each = |object, inner: Vec<(String, &Json)>| {
        for (key, value) in inner {
            objects(
                value,
                object,
                &format!("{at}/{}", escaped(&key)),
                edition,
                all,
            );
        }
    };
    let items = value.as_array().into_iter().flatten().enumerate();
    let items = items.map(|(at, item)| (at.to_string(), item)).collect();
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(key, value)| (key.clone(), value)).collect();
    match kind {
        Kind::List(object) => each(object, items),
        Kind::MapOf(object) => each(object, members),
        Kind::One(object) | Kind::BooleanOr(object) | Kind::OneOrList(object) => {
            objects(value, object, at, edition, all);
        }
        _ => {}
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A change of a document and the place where it must be told.
struct Mutation {
    what: String,
    at: String,
    document: Json,
}

/// Values of which those that are not of a kind are wrong.
fn wrong_values(kind: Kind) -> Vec<Json> {
    let fits = |value: &Json| match kind {
        Kind::Any => true,
        Kind::Text | Kind::Url => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Number | Kind::Size => value.is_number(),
        Kind::Choice(_) | Kind::Type | Kind::Choices(_) => false,
        Kind::Texts | Kind::Values | Kind::List(_) => value == &json!([]),
        Kind::TextMap | Kind::TextsMap | Kind::Map | Kind::MapOf(_) | Kind::One(_) => {
            value == &json!({})
        }
        Kind::BooleanOr(_) => value == &json!({}) || value.is_boolean(),
        Kind::OneOrList(_) => value == &json!({}) || value == &json!([]),
    };
    let values = [
        json!(null),
        json!(true),
        json!(5),
        json!("nonsense"),
        json!([]),
        json!({}),
        json!([5]),
    ];
    let is_true_schema =
        |value: &Json| matches!(kind, Kind::One(Object::Schema)) && value.is_boolean();
    let is_scopes = |value: &Json| matches!(kind, Kind::Values) && value.is_array();
    values
        .into_iter()
        .filter(|value| !fits(value) && !is_true_schema(value) && !is_scopes(value))
        .filter(|value| !(matches!(kind, Kind::Choices(_)) && value == &json!([])))
        .collect()
}

fn misspelt(key: &str) -> String {
    if key.len() <= 4 {
        return format!("{key}{}", key.chars().last().unwrap_or('x'));
    }
    let mut letters: Vec<char> = key.chars().collect();
    letters.remove(letters.len() / 2);
    letters.into_iter().collect()
}

/// Whether a key is about an object that says what this one says.
fn applies(field: &Field, members: &Map<String, Json>) -> bool {
    field.when.is_none_or(|(key, values)| {
        let found = members.get(key).and_then(Json::as_str);
        found.is_some_and(|found| values.contains(&found))
    })
}

/// The effort for an object: everything to the first of its kind, the most telling mutations to the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Everything,
    Most,
}

/// The mutations of one object.
fn mutations(
    whole: &Json,
    object: Object,
    at: &str,
    edition: Edition,
    extent: Extent,
) -> Vec<Mutation> {
    let mut all = Vec::new();
    let Some(members) = whole.pointer(at).and_then(Json::as_object) else {
        return all;
    };
    let mut add = |what: String, place: String, change: &dyn Fn(&mut Map<String, Json>)| {
        let mut document = whole.clone();
        if let Some(members) = document.pointer_mut(at).and_then(Json::as_object_mut) {
            change(members);
            all.push(Mutation {
                what,
                at: place,
                document,
            });
        }
    };
    let fields = || {
        let fields = object.tables().into_iter().flatten();
        fields.filter(move |field| edition.is_in(field.editions))
    };
    for field in fields() {
        let key = field.key;
        let place = format!("{at}/{}", escaped(key));
        let is_version = object == Object::Root && matches!(key, "openapi" | "swagger");
        if key == "$ref" || is_version {
            continue;
        }
        if let Some(value) = members.get(key) {
            let wrong = misspelt(key);
            if !key.starts_with("x-") {
                let place = format!("{at}/{}", escaped(&wrong));
                add(format!("{key} misspelled"), place, &|members| {
                    members.remove(key);
                    members.insert(wrong.clone(), value.clone());
                });
            }
            if field.need == Need::Required && applies(field, members) {
                add(format!("{key} missing"), at.to_owned(), &|members| {
                    members.remove(key);
                });
            }
        }
        let is_enough = extent == Extent::Most && !members.contains_key(key);
        if !applies(field, members) || is_enough {
            continue;
        }
        let values = wrong_values(field.kind);
        let most = match extent {
            Extent::Everything => values.len(),
            Extent::Most => 2,
        };
        for wrong in values.into_iter().take(most) {
            add(format!("{key}: {wrong}"), place.clone(), &|members| {
                members.insert(key.to_owned(), wrong.clone());
            });
        }
    }
    // Keys of Swagger 2.0.
    let old = object.tables().into_iter().flatten();
    let old = old.filter(|_| extent == Extent::Everything);
    for field in old.filter(|field| edition > Edition::V20 && field.now.is_some()) {
        let key = field.key;
        if specification::field(object, edition, key).is_none() {
            let place = format!("{at}/{}", escaped(key));
            add(format!("{key} of Swagger 2.0"), place, &|members| {
                members.insert(key.to_owned(), json!({}));
            });
        }
    }
    for (one, other) in object.exclusions() {
        let known = |key| specification::field(object, edition, key);
        let (Some(first), Some(second)) = (known(one), known(other)) else {
            continue;
        };
        if members.contains_key(*one) || members.contains_key(*other) {
            add(format!("{one} and {other}"), at.to_owned(), &|members| {
                for field in [first, second] {
                    let value = || sample(field.kind);
                    members.entry(field.key).or_insert_with(value);
                }
            });
        }
    }
    // JSON Schema has readers ignore keys that they don't know.
    let is_open = object == Object::Schema && edition >= Edition::V31;
    if object.names() == Names::None && !is_open {
        let place = format!("{at}/frobnicate");
        add("an unknown key".to_owned(), place, &|members| {
            members.insert("frobnicate".to_owned(), json!(1));
        });
    }
    all
}

fn sample(kind: Kind) -> Json {
    match kind {
        Kind::Text | Kind::Url => json!("https://example.com"),
        Kind::Boolean => json!(true),
        Kind::List(_) => json!([]),
        _ => json!({}),
    }
}

#[test]
fn full_documents_have_every_object_and_nothing_to_tell() {
    for (edition, text) in FULL {
        assert_eq!(found(text), [], "{}", edition.name());
        let mut all = Vec::new();
        objects(&tree(text), Object::Root, "", edition, &mut all);
        for object in Object::ALL {
            let fields = object.tables().into_iter().flatten();
            let mut fields = fields.filter(|field| !field.key.starts_with("x-"));
            let is_ours = object.name().starts_with("x-");
            if is_ours || !fields.any(|field| edition.is_in(field.editions)) {
                continue;
            }
            // A reference is where the object is that it stands for.
            let has = object == Object::Reference || all.iter().any(|(known, _)| *known == object);
            // Swagger 2.0 knows the names of flows, and has no object for them.
            let only_newer = object == Object::OAuthFlows && edition == Edition::V20;
            assert!(
                has || only_newer,
                "{}: no {}",
                edition.name(),
                object.name()
            );
        }
    }
}

#[test]
fn what_the_tables_forbid_is_told_at_its_place() {
    // Each version for itself, at once: there are thousands of mutations.
    std::thread::scope(|scope| {
        for (edition, text) in FULL {
            scope.spawn(move || tell(edition, text));
        }
    });
}

fn tell(edition: Edition, text: &str) {
    let whole = tree(text);
    let mut all = Vec::new();
    objects(&whole, Object::Root, "", edition, &mut all);
    let mut missed = Vec::new();
    let mut count = 0;
    let mut met = Vec::new();
    for (object, at) in all {
        let extent = match met.contains(&object) {
            true => Extent::Most,
            false => Extent::Everything,
        };
        met.push(object);
        for mutation in mutations(&whole, object, &at, edition, extent) {
            count += 1;
            let place = format!("#{}", mutation.at);
            let told = found(&mutation.document.to_string());
            let below = format!("{place}/");
            if !told
                .iter()
                .any(|(pointer, _)| *pointer == place || pointer.starts_with(&below))
            {
                missed.push(format!("{place}: {}: {told:?}", mutation.what));
            }
        }
    }
    let told = count - missed.len();
    println!("{}: {told} of {count}", edition.name());
    assert!(
        told * 100 >= count * TOLD_AT_LEAST,
        "{}: {told} of {count} told\n{}",
        edition.name(),
        missed.join("\n")
    );
    assert!(count > 500, "{}: {count}", edition.name());
}
