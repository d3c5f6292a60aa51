//! The names that a client's calls have for themselves.

use std::collections::BTreeSet;
use std::fs;

use countersign_codegen::names::OF_CALL;

use crate::sources;

/// The names of the public functions in some lines.
fn functions<'t>(lines: impl Iterator<Item = &'t str>) -> BTreeSet<&'t str> {
    let names = lines.filter_map(|line| {
        let line = line.trim().strip_prefix("pub ")?;
        let line = line.trim_start_matches("const ");
        let name = line.trim_start_matches("async ").strip_prefix("fn ")?;
        name.split(['(', '<']).next()
    });
    names.collect()
}

#[test]
fn setters_avoid_every_method_of_a_call() {
    let texts = ["own_call.rs", "own_blocking_call.rs"].map(|file| {
        let path = countersign_tests::root()
            .join("runtime/src/client")
            .join(file);
        fs::read_to_string(path).expect("the type of calls")
    });
    let mut methods = functions(texts.iter().flat_map(|text| text.lines()));
    // `.await` has one too.
    methods.insert("into_future");
    assert_eq!(methods, BTreeSet::from(OF_CALL));
}

#[test]
fn calls_of_clients_have_every_method_of_the_runtime() {
    // These two take a call apart and put it together.
    let mut methods = BTreeSet::from(["of", "apart"].map(str::to_owned));
    methods.extend(OF_CALL.map(str::to_owned));
    let mut lacking = BTreeSet::new();
    for (_, text) in sources("runtime/src/client") {
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.starts_with("impl<") && line.contains("> Call<") && line.ends_with('{') {
                let block = lines.by_ref().take_while(|line| *line != "}");
                let found = functions(block).into_iter().map(str::to_owned);
                lacking.extend(found.filter(|name| !methods.contains(name)));
            }
        }
    }
    assert!(
        lacking.is_empty(),
        "own_call.rs and OF_CALL lack {lacking:?}"
    );
}
