//! `countersign corpus`: each document by itself, and the tables of what came of them.

use std::fs;
use std::process::Command;

const SOUND: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '204': {description: None.}
";

#[test]
fn documents_are_generated_or_refused_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    };
    put(
        "runtime/Cargo.toml",
        "[package]\nname = 'countersign-runtime'\n",
    );
    put("countersign.toml", "[runtime]\npath = 'runtime'\n");
    put("documents/a/pets.yaml", SOUND);
    put("documents/b/pets.yaml", &SOUND.replace("3.0.3", "9.0"));
    put("documents/c/part.yaml", "type: object\n");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["corpus", "documents", "--out", "out", "--jobs", "2"])
        .current_dir(folder.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let page = String::from_utf8_lossy(&output.stdout);
    for line in [
        "# 2 documents",
        "| generated | 1 of 2 (50.00 %) |",
        "| crashed | 0 |",
        "| 1 | version |",
    ] {
        assert!(page.contains(line), "{line} in\n{page}");
    }
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("text");
    let table = read("out/corpus.tsv");
    let lines: Vec<_> = table.lines().skip(1).collect();
    assert!(
        lines[0].starts_with("a/pets.yaml\tgenerated\t-\t0\t"),
        "{table}"
    );
    assert!(lines[1].starts_with("b/pets.yaml\trefused\t-\t"), "{table}");
    assert_eq!(read("out/corpus.md"), page);
    assert!(folder.path().join("out/a-pets-client/Cargo.toml").is_file());
    assert!(!folder.path().join("out/.runs").exists());
}
