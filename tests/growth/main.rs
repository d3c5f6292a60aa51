//! The work for a document grows with its size, whichever list of it grows: a list of twice the length costs about twice
//! as much. Work is counted in allocations and their bytes, not in time.

mod lists;

use allocation_counter::measure;
use countersign_codegen::compare::Date;
use countersign_codegen::diagnostic::{Levels, Report};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::{Strictness, compare, lint, lowered};

use lists::LISTS;

/// The length of the shortest list.
const LENGTH: usize = 60;

/// The greatest growth for a doubling.
const AT_MOST: f64 = 2.25;

/// Allocations and their bytes of some work on a document.
fn work(text: &str, on: impl Fn(&Sources<'_>)) -> [f64; 2] {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let counted = measure(|| on(&sources));
    [counted.count_total as f64, counted.bytes_total as f64]
}

/// The lists for which some work grows faster than they do.
fn superlinear(on: impl Fn(&Sources<'_>)) -> Vec<String> {
    let mut found = Vec::new();
    for (name, document) in LISTS {
        let of = |times: usize| work(&document(LENGTH * times), &on);
        let (one, two, four) = (of(1), of(2), of(4));
        for (at, what) in ["allocations", "bytes"].iter().enumerate() {
            // The last doubling alone: what is the same for every document weighs least there.
            let growth = four[at] / two[at];
            if growth > AT_MOST {
                let all = [one[at], two[at], four[at]];
                found.push(format!("{name}: {what} {all:?}, {growth:.2} times"));
            }
        }
    }
    found
}

#[test]
fn generating_grows_with_the_document() {
    let found = superlinear(|sources| {
        let settings = countersign_tests::settings("case", "");
        let report = &mut Report::default();
        let generated =
            countersign_codegen::generate(sources, &settings, Strictness::Lenient, report);
        assert!(generated.is_some(), "{}", report.render(""));
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn linting_grows_with_the_document() {
    let found = superlinear(|sources| {
        lint::check(sources, &[], &Levels::default(), &mut Report::default());
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn comparing_grows_with_the_document() {
    let found = superlinear(|sources| {
        let read = || {
            let report = &mut Report::default();
            let lowered = lowered(sources, &[], Strictness::Lenient, report);
            lowered.unwrap_or_else(|| panic!("{}", report.render("")))
        };
        let (old, new) = (read(), read());
        let changes = compare(&old, &new, Date::from_days(0)).changes;
        assert!(changes.is_empty(), "{changes:?}");
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_grows_faster_is_found() {
    let found = superlinear(|sources| {
        let text = sources.files.read(sources.entry).expect("a document");
        let kept: Vec<_> = (0..text.len() / 64).map(|_| text.clone()).collect();
        assert!(!kept.is_empty());
    });
    assert!(found.len() >= LISTS.len(), "{found:#?}");
}
