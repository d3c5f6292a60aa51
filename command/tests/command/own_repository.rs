//! The committed output of `examples/own-repository`.

use std::path::Path;

use crate::support::{assert_code, countersign, text};

/// With `COUNTERSIGN_UPDATE=1` it is written again.
#[test]
fn what_the_example_has_is_up_to_date() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/own-repository");
    for folder in [example.clone(), example.join("app")] {
        if std::env::var_os("COUNTERSIGN_UPDATE").is_some() {
            assert_code(&countersign(&folder, ["gen"]), 0);
        }
        let output = countersign(&folder, ["gen", "--check"]);
        let differs = text(&output.stdout);
        assert_eq!(
            output.status.code(),
            Some(0),
            "run it with COUNTERSIGN_UPDATE=1:\n{differs}"
        );
    }
}
