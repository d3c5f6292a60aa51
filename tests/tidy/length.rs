//! The length of source files: one that nobody holds in the head is split by topic.

use crate::sources;

/// The greatest number of lines.
const LONGEST: usize = 400;

#[test]
fn no_source_file_is_too_long() {
    let root = countersign_tests::root();
    let mut long = Vec::new();
    for folder in ["codegen/src", "command/src", "runtime", "xtask/src"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            if lines > LONGEST {
                let path = path.strip_prefix(&root).unwrap_or(&path).display();
                long.push(format!("{path}: {lines} lines"));
            }
        }
    }
    assert!(long.is_empty(), "split by topic:\n{}", long.join("\n"));
}
