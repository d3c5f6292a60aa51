//! The length of source files: one that nobody holds in the head is split by topic.

use crate::sources;

/// The greatest number of lines.
const LONGEST: usize = 400;

/// Files that are one thing: a macro with all methods of a call, which cannot be split.
const WHOLE: [&str; 1] = ["runtime/src/client/own_call.rs"];

#[test]
fn no_source_file_is_too_long() {
    let root = countersign_tests::root();
    let mut long = Vec::new();
    for folder in ["codegen/src", "command/src", "runtime", "xtask/src"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            let path = path.strip_prefix(&root).unwrap_or(&path).display();
            let path = path.to_string();
            match WHOLE.contains(&path.as_str()) {
                true => assert!(
                    lines > LONGEST,
                    "{path} is short by now: take it off the list"
                ),
                false if lines > LONGEST => long.push(format!("{path}: {lines} lines")),
                false => {}
            }
        }
    }
    assert!(long.is_empty(), "split by topic:\n{}", long.join("\n"));
}
