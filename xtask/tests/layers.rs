//! The dependencies of the generator and the model crates: nothing that speaks HTTP.

use std::path::Path;
use std::process::Command;

/// Crates that open connections or describe what goes over them.
const HTTP: &[&str] = &[
    "attohttpc",
    "curl",
    "h2",
    "http",
    "hyper",
    "hyper-util",
    "isahc",
    "reqwest",
    "rustls",
    "socket2",
    "surf",
    "tokio",
    "ureq",
];

/// The names of all crates that `package` stands on, itself included.
fn tree(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges=normal,build",
            "--prefix=none",
            "--format={p}",
        ])
        .arg(format!("--package={package}"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    lines.lines().map(first).collect()
}

fn assert_no_http(package: &str) {
    let crates = tree(package);
    assert!(crates.iter().any(|name| name == package), "{crates:?}");
    let http: Vec<_> = crates
        .iter()
        .filter(|name| HTTP.contains(&name.as_str()))
        .collect();
    assert!(http.is_empty(), "{package} stands on {http:?}");
}

#[test]
fn the_generator_can_not_reach_the_network() {
    assert_no_http("countersign-codegen");
    assert_no_http("countersign");
    assert_no_http("xtask");
}

#[test]
fn models_have_no_http() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut models = 0;
    for folder in std::fs::read_dir(spec).expect("documents") {
        let folder = folder.expect("a folder");
        if folder.path().join("openapi.yaml").is_file() {
            assert_no_http(&format!("{}-model", folder.file_name().to_string_lossy()));
            models += 1;
        }
    }
    assert!(models > 0);
}

#[test]
fn the_generator_does_not_stand_on_what_it_generates() {
    for package in ["countersign-codegen", "countersign", "xtask"] {
        let ours = tree(package)
            .into_iter()
            .filter(|name| name.ends_with("-model") || name.ends_with("-client"));
        assert_eq!(ours.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
