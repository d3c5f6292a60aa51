//! Documents that are too large, too deep or made to be slow.

use std::time::{Duration, Instant};

use countersign_codegen::diagnostic::Report;
use countersign_codegen::source::{DocumentPath, Files, Sources, Text};

use crate::fixture::{at, json, load, load_one, tree};

#[test]
fn a_document_of_more_than_64_mib_is_refused() {
    let loaded = load(&[("a.yaml", vec![b' '; (64 << 20) + 1])]);
    assert_eq!(loaded.codes(), ["unreadable"]);
    assert!(loaded.documents.is_none());
}

/// Runs `work`, which must not take long even in a debug build on a busy machine.
fn quickly<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(10), "took {taken:?}");
    done
}

#[test]
fn deep_nesting_is_refused_and_never_overflows_the_stack() {
    let n = 10_000;
    let block: String = (0..n)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    for text in [
        format!("openapi: 3.0.3\nx: {}{}\n", "[".repeat(n), "]".repeat(n)),
        format!("openapi: 3.0.3\nx: {}\n", "[".repeat(n)),
        format!("openapi: 3.0.3\nx: {}\n", "{a: ".repeat(n)),
        format!("openapi: 3.0.3\nx:\n{}\n", "- ".repeat(n)),
        format!(
            "{{\"openapi\":\"3.0.3\",\"x\":{}{}}}",
            "[".repeat(n),
            "]".repeat(n)
        ),
        format!(
            "{{\"openapi\":\"3.0.3\",\"x\":{}1{}}}",
            "{\"a\":".repeat(n),
            "}".repeat(n)
        ),
        block,
    ] {
        let loaded = quickly(|| load_one("a.yaml", &text));
        assert_eq!(loaded.codes(), ["limit"], "{:.40}", text);
    }
    let deepest = |levels: usize| {
        format!(
            "openapi: 3.0.3\nx: {}{}\n",
            "[".repeat(levels),
            "]".repeat(levels)
        )
    };
    assert_eq!(
        load_one("a.yaml", &deepest(127)).codes(),
        Vec::<&str>::new()
    );
    assert_eq!(load_one("a.yaml", &deepest(128)).codes(), ["limit"]);
}

#[test]
fn aliases_have_a_budget() {
    let mut bomb = "openapi: 3.0.3\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let inner = format!("*a{}", level - 1);
        bomb.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [inner.as_str(); 10].join(",")
        ));
    }
    let loaded = quickly(|| load_one("a.yaml", &bomb));
    assert_eq!(loaded.codes(), ["limit"]);

    // Each alias adds a level: the depth counts what the copies hold.
    let mut tower = "openapi: 3.0.3\na0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(load_one("a.yaml", &tower).codes(), ["limit"]);
}

#[test]
fn long_lists_and_many_keys_are_no_trouble() {
    let values: String = (0..50_000).map(|n| format!("    - value{n}\n")).collect();
    let keys: String = (0..50_000).map(|n| format!("    key{n}: {n}\n")).collect();
    let loaded = quickly(|| tree(&format!("  enum:\n{values}  map:\n{keys}")));
    assert_eq!(at(loaded.x(), &["enum"]).items().len(), 50_000);
    assert_eq!(json(at(loaded.x(), &["map", "key49999"])), "49999");

    let same = "    same: 1\n".repeat(50_000);
    let loaded = quickly(|| tree(&format!("  map:\n{same}")));
    assert_eq!(loaded.codes(), ["duplicate-key"]);
    assert!(loaded.report.diagnostics()[0].related.len() < 20);
}

#[test]
fn hostile_keys_do_not_slow_the_sharing_of_texts() {
    let keys: String = (0..100_000)
        .map(|n| format!("\"{}\":1,", "a".repeat(n % 31) + &n.to_string()))
        .collect();
    let loaded = quickly(|| {
        load_one(
            "a.json",
            &format!("{{\"openapi\":\"3.0.3\",\"x\":{{{keys}\"\":1}}}}"),
        )
    });
    assert_eq!(loaded.x().entries().len(), 100_001);
}

#[test]
fn one_line_of_many_megabytes_has_its_columns() {
    let filler = "ä".repeat(1 << 20);
    let text = Text::new(
        DocumentPath::new("a.json").expect("a plain path"),
        format!("{filler}b\n{filler}{filler}"),
    );
    let length = u32::try_from(filler.len()).expect("it is short");
    quickly(|| {
        for step in 0..100_000 {
            let position = text.position(length + 2 + 2 * step);
            assert_eq!((position.line, position.column), (2, step + 1));
        }
        assert_eq!(text.position(length).column, (1 << 20) + 1);
        assert_eq!(text.position(2 * 700).column, 701);
        assert_eq!(text.position(2 * 700 + 1).column, 701);
    });
}

/// A folder in which every path holds the same text, as links to itself can give it.
struct Everywhere(&'static str);

impl Files for Everywhere {
    fn read(&self, _: &DocumentPath) -> Result<Vec<u8>, String> {
        Ok(self.0.as_bytes().to_vec())
    }
}

#[test]
fn a_folder_without_an_end_is_not_followed_for_ever() {
    for text in [
        "openapi: 3.0.3\npaths: {/: {$ref: a/b.yaml}}\n",
        "openapi: 3.0.3\npaths: {/: {$ref: a/b}, /a: {$ref: c/d}, /b: {$ref: e/f}}\n",
    ] {
        let entry = DocumentPath::new("a.yaml").expect("a plain path");
        let mut report = Report::default();
        let sources = Sources {
            entry: &entry,
            overlays: &[],
            files: &Everywhere(text),
        };
        let documents =
            quickly(|| countersign_codegen::load::documents(&sources, &mut report)).expect("them");
        assert!(documents.iter().count() <= 10_000);
    }
}
