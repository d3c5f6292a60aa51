//! Where keys and values stand.

use crate::fixture::{at, json, load_one, nodes, tree};

#[test]
fn spans_are_exact_in_yaml() {
    let loaded = tree(
        "  plain: value # note\n  'quoted': \"a\\tb\"\n  block: |\n    one\n    two\n\n\n  folded: >-\n    é\n  list:\n  - 1\n  - two:\n      {a: [b, c], d: }\n  nothing:\n  end: ~\n",
    );
    let x = loaded.x();
    let slices: Vec<_> = x
        .entries()
        .iter()
        .map(|entry| (loaded.slice(entry.key_span), loaded.slice(entry.value.span)))
        .collect();
    assert_eq!(
        slices,
        [
            ("plain", "value"),
            ("'quoted'", "\"a\\tb\""),
            ("block", "one\n    two"),
            ("folded", "é"),
            ("list", "- 1\n  - two:\n      {a: [b, c], d: }"),
            ("nothing", ""),
            ("end", "~"),
        ]
    );
    assert_eq!(
        loaded.slice(at(x, &["list", "1"]).span),
        "two:\n      {a: [b, c], d: }"
    );
    assert_eq!(
        loaded.slice(at(x, &["list", "1", "two", "a"]).span),
        "[b, c]"
    );
    assert_eq!(at(x, &["block"]).as_str(), Some("one\ntwo\n"));
    assert!(loaded.slice(x.span).ends_with("end: ~"));
}

#[test]
fn spans_are_exact_in_json() {
    let text = "{ \"openapi\" : \"3.0.0\",\n \"x\" :{ \"k\\\"ey\" :\t[ 1.50 , true,null, \"é\\u0041\" ] , \"o\":{ } } }";
    let loaded = load_one("a.json", text);
    let x = loaded.x();
    let entry = x.entries().first().expect("an entry");
    assert_eq!(entry.key.text(), "k\"ey");
    assert_eq!(loaded.slice(entry.key_span), "\"k\\\"ey\"");
    let items: Vec<_> = entry
        .value
        .items()
        .iter()
        .map(|item| loaded.slice(item.span))
        .collect();
    assert_eq!(items, ["1.50", "true", "null", "\"é\\u0041\""]);
    assert_eq!(
        loaded.slice(entry.value.span),
        "[ 1.50 , true,null, \"é\\u0041\" ]"
    );
    assert_eq!(loaded.slice(at(x, &["o"]).span), "{ }");
    assert_eq!(loaded.slice(loaded.root().span), text);
    assert_eq!(at(x, &["k\"ey", "3"]).as_str(), Some("éA"));
}

#[test]
fn places_have_pointers_into_the_text_as_written() {
    let loaded = tree("  a/b:\n    c~d: [1, {e: f}]\n    g:\n");
    let documents = loaded.documents();
    let x = loaded.x();
    let entry = &x.entries()[0];
    assert_eq!(documents.pointer(entry.key_span), "#/x/a~1b");
    assert_eq!(
        documents.pointer(at(x, &["a/b", "c~d", "1", "e"]).span),
        "#/x/a~1b/c~0d/1/e"
    );
    assert_eq!(
        documents.pointer(at(x, &["a/b", "c~d"]).span),
        "#/x/a~1b/c~0d"
    );
    assert_eq!(documents.pointer(at(x, &["a/b", "g"]).span), "#/x/a~1b/g");
    assert_eq!(documents.pointer(loaded.root().span), "#");
    let position = documents.position(at(x, &["a/b", "c~d", "1", "e"]).span);
    assert_eq!((position.line, position.column), (4, 18));
}

#[test]
fn every_node_has_its_own_number() {
    let loaded = tree("  base: &base {a: [1, 2]}\n  again: *base\n  more: {<<: *base, b: 3}\n");
    let mut all = Vec::new();
    nodes(loaded.root(), &mut all);
    let mut ids: Vec<_> = all.iter().map(|node| node.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all.len());
    assert!(loaded.documents().node_count() >= all.len());
}

#[test]
fn aliases_are_copied_out_and_keep_the_place_of_the_anchor() {
    let loaded =
        tree("  base: &base {a: [1, two]}\n  again: *base\n  &name key: &n 5\n  *name : *n\n");
    let x = loaded.x();
    assert_eq!(
        json(x),
        r#"{"base":{"a":[1,"two"]},"again":{"a":[1,"two"]},"key":5}"#
    );
    assert_eq!(loaded.codes(), ["duplicate-key"], "`*name` is `key` again");
    assert_eq!(at(x, &["again", "a"]).span, at(x, &["base", "a"]).span);
    assert_ne!(at(x, &["again", "a"]).id, at(x, &["base", "a"]).id);
}

#[test]
fn an_object_ends_behind_an_alias() {
    let loaded = tree("  base: &base {a: 1}\n  user:\n    b: 2\n    c: *base\n  last: 3\n");
    assert_eq!(
        loaded.slice(at(loaded.x(), &["user"]).span),
        "b: 2\n    c: *base"
    );
    let b = at(loaded.x(), &["user", "b"]).span;
    assert_eq!(loaded.documents().pointer(b), "#/x/user/b");
}
