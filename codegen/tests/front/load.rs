//! The meaning of YAML and JSON, and the texts that are refused.

use countersign_codegen::load::{Node, NumberValue, Value, Version};

use crate::fixture::{at, json, load, load_one, tree};

#[test]
fn plain_scalars_mean_what_yaml_1_2_says() {
    let loaded = tree(
        "  text: [no, on, off, yes, n, y, 2024-01-01, 12:30:45, 1_000, 0b1, .inf, -.INF, .nan, 1e, '.', '-', +, 1.2.3, 0o8, 0xg, tRUE, nULL]\n  \
         bools: [true, True, TRUE, false, False, FALSE]\n  \
         nulls: [null, Null, NULL, ~, ]\n  \
         ints: [0, -1, +7, 012, 0o14, 0xFF, 170141183460469231731687303715884105727]\n  \
         floats: [1.0, -.5, 1., 1e3, 6E-2, 170141183460469231731687303715884105728]\n  \
         quoted: ['1', \"true\", 'null', \"\"]\n  \
         empty:\n",
    );
    assert_eq!(loaded.findings(), Vec::<String>::new());
    let x = loaded.x();
    for item in x.get("text").expect("text").items() {
        assert!(item.as_str().is_some(), "{item:?}");
    }
    let bools: Vec<_> = at(x, &["bools"])
        .items()
        .iter()
        .map(|item| item.as_bool())
        .collect();
    assert_eq!(bools, [true, true, true, false, false, false].map(Some));
    for item in at(x, &["nulls"]).items() {
        assert!(matches!(item.value, Value::Null), "{item:?}");
    }
    let numbers = |key: &str| -> Vec<_> {
        let number = |item: &Node| item.as_number().map(|number| number.value);
        at(x, &[key]).items().iter().map(number).collect()
    };
    let ints = [0, -1, 7, 12, 12, 255, i128::MAX].map(|value| Some(NumberValue::Int(value)));
    assert_eq!(numbers("ints"), ints);
    let floats = [1.0, -0.5, 1.0, 1000.0, 0.06, 1.701_411_834_604_692_3e38];
    assert_eq!(
        numbers("floats"),
        floats.map(|value| Some(NumberValue::Float(value)))
    );
    assert_eq!(json(at(x, &["ints", "3"])), "012");
    assert_eq!(json(at(x, &["quoted"])), r#"["1","true","null",""]"#);
    assert!(matches!(at(x, &["empty"]).value, Value::Null));
}

#[test]
fn keys_are_text_by_their_spelling() {
    let loaded = tree(
        "  200: a\n  4XX: b\n  true: c\n  null: d\n  ~: e\n  012: f\n  1.0: g\n  '': h\n  2024-01-01: i\n  : j\n",
    );
    assert_eq!(
        loaded.codes(),
        ["duplicate-key"],
        "the empty key stands twice"
    );
    let keys: Vec<_> = loaded
        .x()
        .entries()
        .iter()
        .map(|entry| entry.key.text())
        .collect();
    assert_eq!(
        keys,
        [
            "200",
            "4XX",
            "true",
            "null",
            "~",
            "012",
            "1.0",
            "",
            "2024-01-01"
        ]
    );
}

#[test]
fn json_numbers_keep_their_spelling() {
    let loaded = load_one(
        "a.json",
        r#"{"openapi":"3.0.0","x":[1,-0,1.0,1e2,123456789012345678901234567890]}"#,
    );
    assert_eq!(
        json(loaded.x()),
        "[1,-0,1.0,1e2,123456789012345678901234567890]"
    );
    let loaded = load_one("a.json", r#"{"openapi":"3.0.0","x":1e999}"#);
    assert_eq!(
        loaded.findings(),
        ["warning limit a.json:1:24 the number `1e999` is beyond 64-bit floating point"]
    );
}

#[test]
fn merge_keys_add_what_the_object_lacks() {
    let loaded = tree(
        "  a: &a {one: 1, both: a}\n  b: &b {two: 2, both: b}\n  single: {<<: *a, own: x}\n  several:\n    one: mine\n    <<: [*a, *b]\n  name: {'<<': *a}\n",
    );
    assert_eq!(loaded.findings(), Vec::<String>::new());
    let x = loaded.x();
    assert_eq!(
        json(at(x, &["single"])),
        r#"{"one":1,"both":"a","own":"x"}"#
    );
    assert_eq!(
        json(at(x, &["several"])),
        r#"{"one":"mine","both":"a","two":2}"#
    );
    assert_eq!(json(at(x, &["name"])), r#"{"<<":{"one":1,"both":"a"}}"#);
    let loaded = tree("  <<: text\n  a: 1\n");
    assert_eq!(
        loaded.findings(),
        ["error syntax api.yaml:3:7 only an object can be merged with `<<`"]
    );
}

#[test]
fn every_duplicate_key_is_found_with_all_its_places() {
    let loaded = tree("  a: 1\n  b: {c: 1, c: 2}\n  a: 2\n  'a': 3\n");
    assert_eq!(
        loaded.findings(),
        [
            "error duplicate-key api.yaml:4:13 the key `c` is repeated in one object",
            "error duplicate-key api.yaml:5:3 the key `a` is repeated in one object",
        ]
    );
    let related = &loaded.report.diagnostics()[1].related;
    let slices: Vec<_> = related
        .iter()
        .map(|(span, label)| (loaded.slice(*span), label.as_str()))
        .collect();
    assert_eq!(
        slices,
        [("a", "first defined here"), ("'a'", "repeated here")]
    );
    assert_eq!(
        json(loaded.x()),
        r#"{"a":1,"b":{"c":1}}"#,
        "the first one stays"
    );

    let many: String = (0..40).map(|n| format!("\"k{}\":{n},", n % 39)).collect();
    let loaded = load_one(
        "a.json",
        &format!("{{\"openapi\":\"3.0.0\",\"x\":{{{many}\"\":0}}}}"),
    );
    assert_eq!(loaded.codes(), ["duplicate-key"]);
    assert!(loaded.report.diagnostics()[0].message.contains("`k0`"));
}

#[test]
fn tags_of_the_core_schema_count_and_others_are_refused() {
    let loaded = tree(
        "  - !!str 12\n  - !!int 12\n  - !!float 1\n  - !!bool true\n  - !!null\n  - !!seq [a]\n  - !!map {a: b}\n  - ! 12\n",
    );
    assert_eq!(loaded.findings(), Vec::<String>::new());
    assert_eq!(
        json(loaded.x()),
        r#"["12",12,1,true,null,["a"],{"a":"b"},"12"]"#
    );
    for tagged in [
        "!!binary aGk=",
        "!local x",
        "!!timestamp 2024-01-01",
        "!!set {a}",
        "!!int x",
        "!!str [a]",
        "!!python/object x",
    ] {
        assert_eq!(
            tree(&format!("  a: {tagged}\n")).codes(),
            ["tag"],
            "{tagged}"
        );
    }
}

#[test]
fn one_document_stands_in_a_file() {
    assert_eq!(
        load_one("a.yaml", "---\nopenapi: 3.0.3\n...\n").codes(),
        Vec::<&str>::new()
    );
    let loaded = load_one("a.yaml", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n");
    assert_eq!(
        loaded.findings(),
        ["error limit a.yaml:2:1 a second YAML document starts here"]
    );
}

#[test]
fn a_byte_order_mark_is_skipped_and_other_encodings_are_refused() {
    let loaded = load(&[("a.yaml", b"\xEF\xBB\xBFopenapi: 3.0.3\n".as_slice())]);
    assert_eq!(loaded.codes(), Vec::<&str>::new());
    assert_eq!(loaded.slice(loaded.root().entries()[0].key_span), "openapi");
    let loaded = load(&[("a.json", b"\xEF\xBB\xBF{\"openapi\": \"3.0.3\"}".as_slice())]);
    assert_eq!(loaded.codes(), Vec::<&str>::new());
    let loaded = load(&[(
        "a.yaml",
        b"openapi: 3.0.3\ninfo:\n  title: caf\xE9\n".as_slice(),
    )]);
    assert_eq!(
        loaded.findings(),
        ["error not-utf8 a.yaml:3:13 byte 33 of the document is not UTF-8"]
    );
    let utf16: Vec<u8> = "\u{feff}openapi: 3.0.3"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let loaded = load(&[("a.yaml", utf16)]);
    assert_eq!(loaded.codes(), ["not-utf8"]);
    assert!(loaded.report.diagnostics()[0].help.contains("UTF-16"));
}

#[test]
fn json_like_text_that_is_no_json_is_read_as_yaml() {
    let loaded = load_one("a.yaml", "{openapi: 3.0.3, x: [1, two,],}\n");
    assert_eq!(loaded.codes(), Vec::<&str>::new());
    assert_eq!(json(loaded.x()), r#"[1,"two"]"#);
    let loaded = load_one("a.json", "{\"openapi\": \"3.0.3\",\n \"x\": [1 2}");
    assert_eq!(
        loaded.findings(),
        ["error syntax a.json:2:10 invalid JSON: expected `,` or `]`"]
    );
}

#[test]
fn syntax_errors_have_a_place_and_a_cure() {
    for (text, place) in [
        ("openapi: 3.0.3\ninfo:\n\ttitle: x\n", "3:1"),
        ("openapi: 3.0.3\nx: a: b\n", "2:5"),
        ("openapi: 3.0.3\nx: [a\ny: b\n", "3:2"),
        ("openapi: 3.0.3\nx: \"a\n", "2:4"),
        ("openapi: 3.0.3\nx: *nowhere\n", "2:4"),
        ("openapi: 3.0.3\nx: @a\n", "2:4"),
        ("openapi: 3.0.3\n? [a]\n: b\n", "2:3"),
        ("openapi: 3.0.3\nx: &x [*x]\n", "2:8"),
    ] {
        let loaded = load_one("a.yaml", text);
        assert!(loaded.documents.is_none());
        let [found] = loaded.report.diagnostics() else {
            panic!("{text:?}: {:?}", loaded.findings());
        };
        assert!(!found.help.is_empty());
        assert!(
            loaded.findings()[0].starts_with(&format!("error syntax a.yaml:{place} ")),
            "{:?}",
            loaded.findings()
        );
    }
}

#[test]
fn what_is_broken_in_one_file_does_not_hide_what_is_broken_in_another() {
    let entry = "openapi: 3.0.3\npaths:\n  /a: {$ref: 'a.yaml'}\n  /b: {$ref: 'b.yaml'}\n  /c: {$ref: 'c.yaml'}\n  \"x\n";
    let loaded = load(&[
        ("api.yaml", entry),
        ("a.yaml", "x: [\n"),
        ("b.yaml", "{\"a\":1,\"a\":2}"),
        ("c.yaml", "- -\n"),
    ]);
    assert!(loaded.documents.is_none());
    assert_eq!(loaded.codes(), ["syntax", "syntax", "duplicate-key"]);
}

#[test]
fn the_version_is_found_or_asked_for() {
    for (text, version) in [
        ("openapi: 3.0.3", Version::OpenApi30),
        ("openapi: '3.0'", Version::OpenApi30),
        ("openapi: 3.0", Version::OpenApi30),
        ("openapi: 3.1.0-rc1", Version::OpenApi31),
        ("openapi: 3.1", Version::OpenApi31),
        ("openapi: 3.2.0", Version::OpenApi32),
        ("swagger: '2.0'", Version::Swagger2),
        ("swagger: 2.0", Version::Swagger2),
        ("{\"swagger\": \"2.0\"}", Version::Swagger2),
    ] {
        let loaded = load_one("a.yaml", text);
        assert_eq!(loaded.codes(), Vec::<&str>::new(), "{text}");
        assert_eq!(loaded.documents().entry().version, version, "{text}");
    }
    for (text, message) in [
        (
            "openapi: 4.0.0",
            "found `openapi: 4.0.0`, which is not supported",
        ),
        (
            "swagger: '1.2'",
            "found `swagger: 1.2`, which is not supported",
        ),
        ("openapi: [3]", "found no version, which is not supported"),
        (
            "info: {}",
            "not an OpenAPI document: found neither `openapi` nor `swagger` among its keys",
        ),
        ("", "not an OpenAPI document: found an empty document"),
        ("{}", "not an OpenAPI document: found an empty object"),
        ("- a", "not an OpenAPI document: found a list"),
        ("text", "not an OpenAPI document: found no object"),
    ] {
        let loaded = load_one("a.yaml", text);
        assert!(loaded.documents.is_none(), "{text}");
        let [found] = loaded.report.diagnostics() else {
            panic!("{text}: {:?}", loaded.findings());
        };
        assert_eq!(
            (found.code.name(), found.message.as_str()),
            ("version", message)
        );
        assert!(found.help.contains("3.1.0"));
    }
}

#[test]
fn a_missing_entry_is_said() {
    let loaded = load(&[(
        "api.yaml",
        "openapi: 3.0.3\npaths: {/a: {$ref: gone.yaml}}\n",
    )]);
    assert_eq!(
        loaded.codes(),
        Vec::<&str>::new(),
        "what is missing is said where references are followed"
    );
    let missing = countersign_codegen::source::DocumentPath::new("none.yaml").expect("a path");
    let files = countersign_codegen::source::MemoryFiles::default();
    let mut report = countersign_codegen::diagnostic::Report::default();
    let sources = countersign_codegen::source::Sources {
        entry: &missing,
        overlays: &[],
        files: &files,
    };
    assert!(countersign_codegen::load::documents(&sources, &mut report).is_none());
    assert!(report.render("").starts_with(
        "error[unreadable]: the document can't be read: there is no such file\n --> none.yaml\n"
    ));
}
