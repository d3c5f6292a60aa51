//! The architecture's own rules: who may know whom, and what stands nowhere.

mod arrows;
mod calls;
mod length;
mod pages;
mod sources;
mod words;

use std::fs;
use std::path::PathBuf;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![countersign_tests::root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn nowhere(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        let code = without_comments(&text);
        for word in words {
            assert!(
                !code.contains(word),
                "{}: `{word}` does not belong here",
                path.display()
            );
        }
    }
}

#[test]
fn the_ir_knows_neither_openapi_nor_rust_syntax() {
    nowhere(
        "codegen/src/ir",
        &["openapiv3", "quote", "proc_macro2", "syn::", "serde"],
    );
}

#[test]
fn lowering_knows_no_rust_syntax_and_emission_no_documents() {
    nowhere("codegen/src/lower", &["quote!", "proc_macro2", "syn::"]);
    nowhere(
        "codegen/src/emit",
        &[
            "openapiv3",
            "crate::load",
            "crate::resolve",
            "crate::lower",
            "Report",
        ],
    );
}

#[test]
fn the_generator_touches_no_disk_and_no_network() {
    nowhere(
        "codegen/src",
        &[
            "std::fs",
            "TcpStream",
            "UdpSocket",
            "std::env",
            "std::process",
            "SystemTime",
        ],
    );
}

#[test]
fn no_identifier_is_glued_together() {
    nowhere("codegen/src", &["format_ident!"]);
    for folder in [
        "codegen/src/lower",
        "codegen/src/write",
        "codegen/src/load",
        "codegen/src/names",
    ] {
        nowhere(folder, &["Ident::new"]);
    }
}

#[test]
fn nothing_that_generates_depends_on_what_is_generated() {
    for manifest in [
        "codegen/Cargo.toml",
        "command/Cargo.toml",
        "xtask/Cargo.toml",
        "runtime/Cargo.toml",
    ] {
        let text =
            fs::read_to_string(countersign_tests::root().join(manifest)).expect("a manifest");
        assert!(
            !text.contains("generated/"),
            "{manifest} knows generated crates"
        );
        for api in countersign_tests::APIS {
            assert!(!text.contains(api), "{manifest} knows {api}");
        }
    }
}

/// A program's other HTTP clients stay as they are: cargo unifies features, so none of reqwest's may be ours.
#[test]
fn the_runtime_changes_no_client_of_others() {
    let manifest =
        fs::read_to_string(countersign_tests::root().join("runtime/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let reqwest = manifest["dependencies"]["reqwest"].as_table().unwrap();
    assert_eq!(reqwest["default-features"].as_bool(), Some(false));
    assert_eq!(reqwest["optional"].as_bool(), Some(true));
    assert!(!reqwest.contains_key("features"), "{reqwest:?}");
    for (name, on) in manifest["features"].as_table().unwrap() {
        let on = on
            .as_array()
            .unwrap()
            .iter()
            .filter_map(toml::Value::as_str);
        for feature in on.filter(|feature| feature.contains("reqwest")) {
            assert_eq!((name.as_str(), feature), ("reqwest", "dep:reqwest"));
        }
    }
}
