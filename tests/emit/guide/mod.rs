//! The pages of the guide: each block of Rust in them compiles in the frame of its page, and documents generate.
//!
//! A frame is the code around the blocks of a page, `guide/PAGE.rs`, with `/* block 1 */` for the first of them. Pages of
//! this workspace's own APIs are documentation tests of `tests/downstream`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use countersign_codegen::ir::{External, ExternalCrate};
use countersign_codegen::settings::NewtypeSettings;
use countersign_codegen::write::Tree;

/// The crate of all frames.
pub(crate) const NAME: &str = "guide";

/// The beginning of the reason for a block that is not compiled.
const REASON: &str = "<!-- not compiled: ";

/// The same for all blocks of a page.
const REASON_OF_PAGE: &str = "<!-- not compiled on this page: ";

/// What every frame has.
const HEAD: &str = "#![allow(dead_code, unused_imports, unused_variables, unused_mut)]\n\n\
    use pets_client::countersign_runtime::Credential;\n\
    use pets_client::{Client, model};\n\n\
    type AnyError = Box<dyn std::error::Error>;\n\n";

/// A block of a page.
struct Block {
    language: String,
    text: String,
    /// The last line before it that is not empty.
    before: String,
}

/// The blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut before, mut open): (&str, Option<Block>) = ("", None);
    for line in page.lines() {
        match (line.trim_start().strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(language), None) => {
                open = Some(Block {
                    language: language.to_owned(),
                    text: String::new(),
                    before: before.to_owned(),
                });
            }
            (None, Some(mut block)) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) if !line.is_empty() => before = line,
            (None, None) => {}
        }
    }
    blocks
}

/// The pages that people read, by name.
fn pages() -> BTreeMap<String, String> {
    let root = countersign_tests::root();
    let docs = fs::read_dir(root.join("docs")).expect("docs");
    let docs = docs.map(|entry| entry.expect("a page").path());
    let docs = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let more = ["README.md"].map(|path| root.join(path));
    let all = docs.chain(more).map(|path| {
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.expect("a name").to_owned();
        (name, fs::read_to_string(path).expect("a page"))
    });
    all.collect()
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("emit/guide")
}

/// The frame of a page, if it has one.
fn frame(page: &str) -> Option<String> {
    fs::read_to_string(here().join(format!("{page}.rs"))).ok()
}

/// The blocks of a page that are compiled in its frame.
fn compiled(page: &str) -> Vec<Block> {
    let blocks = blocks(page).into_iter();
    blocks.filter(|block| block.language == "rust").collect()
}

/// The crate of all frames, and the clients that they use.
pub(crate) fn files() -> Tree {
    let mut tree = Tree::new();
    for name in ["exports", "pets", "shop"] {
        let text = fs::read_to_string(here().join(format!("{name}.yaml"))).expect("a document");
        let generated = crate::generate_with(name, &text, |settings| {
            settings.prefix = "spec/".to_owned();
            if name == "shop" {
                settings.types = types();
                settings.api.newtypes = NewtypeSettings {
                    schemas: vec!["*Id".to_owned()],
                    ..NewtypeSettings::default()
                };
            }
        });
        tree.extend(generated.tree);
    }
    let mut modules = String::from("//! The blocks of the guide.\n\n");
    for (page, text) in pages() {
        let Some(mut frame) = frame(&page) else {
            continue;
        };
        for (at, block) in compiled(&text).iter().enumerate() {
            frame = frame.replace(&format!("/* block {} */", at + 1), &block.text);
        }
        let module = page.replace('-', "_").to_lowercase();
        modules.push_str(&format!("#[allow(dead_code)]\nmod {module};\n"));
        tree.insert(format!("{NAME}/src/{module}.rs"), format!("{HEAD}{frame}"));
    }
    tree.insert(format!("{NAME}/src/lib.rs"), modules);
    let runtime = countersign_tests::root().join("runtime").canonicalize();
    let runtime = runtime.expect("the runtime").display().to_string();
    let manifest = MANIFEST.replace("RUNTIME", &runtime);
    tree.insert(format!("{NAME}/Cargo.toml"), manifest);
    tree
}

const MANIFEST: &str = r#"[package]
name = "guide"
version = "1.0.0"
edition = "2024"

[features]
all = ["fake", "receivers", "axum", "standard-webhooks"]
fake = ["pets-client/fake"]
receivers = ["pets-client/receivers"]
axum = ["pets-client/axum"]
standard-webhooks = ["pets-client/standard-webhooks"]

[dependencies]
axum = { version = "0.8", default-features = false }
bytes = "1"
countersign-runtime = { path = "RUNTIME", features = ["oauth"] }
exports-client = { path = "../exports-client", default-features = false, features = ["all", "hyper"] }
futures-core = "0.3"
http = "1"
pets-client = { path = "../pets-client", default-features = false, features = ["all", "blocking", "hyper"] }
rust_decimal = "1"
shop-client = { path = "../shop-client", default-features = false, features = ["all", "hyper"] }
standardwebhooks = "1"
time = "0.3"
"#;

fn types() -> Vec<External> {
    let of = |format: &str, path: &str, name: &str, version: &str| {
        let krate = ExternalCrate {
            name: name.to_owned(),
            version: version.to_owned(),
            features: Vec::new(),
        };
        External::new(format, path, Some(krate))
    };
    vec![
        of("date-time", "::time::OffsetDateTime", "time", "0.3"),
        of("decimal", "::rust_decimal::Decimal", "rust_decimal", "1"),
    ]
}

#[test]
fn no_block_of_the_guide_escapes() {
    let downstream = countersign_tests::root().join("tests/downstream/src/lib.rs");
    let downstream = fs::read_to_string(downstream).expect("documentation tests");
    let mut faults = Vec::new();
    for (page, text) in pages() {
        let tested = downstream.contains(&format!("/docs/{page}.md\")"));
        let frame = frame(&page);
        let compiled = compiled(&text);
        for block in blocks(&text) {
            let known =
                ["console", "rust", "text", "toml", "yaml"].contains(&block.language.as_str());
            let has_reason = block.before.starts_with(REASON) || text.contains(REASON_OF_PAGE);
            let excused = block.language == "rust,ignore" && has_reason;
            if !known && !excused {
                let first = block.text.lines().next().unwrap_or_default();
                faults.push(format!(
                    "{page}: a block of `{}` at `{first}`",
                    block.language
                ));
            }
        }
        if compiled.is_empty() || tested {
            continue;
        }
        let Some(frame) = frame else {
            faults.push(format!("{page}: it has no frame in tests/emit/guide"));
            continue;
        };
        for at in 1..=compiled.len() {
            if frame.matches(&format!("/* block {at} */")).count() != 1 {
                faults.push(format!("{page}: block {at} is not in its frame"));
            }
        }
        if frame.matches("/* block ").count() != compiled.len() {
            faults.push(format!("{page}: the frame has more blocks than the page"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn whole_documents_of_the_guide_generate() {
    let mut count = 0;
    for (page, text) in pages() {
        for block in blocks(&text) {
            if block.language == "yaml" && block.text.starts_with("openapi:") {
                let name = page.to_lowercase().replace('-', "_");
                crate::generate(&name, &block.text);
                count += 1;
            }
        }
    }
    assert!(count > 0);
}

/// What a README shows stands in the documentation of its crate, whose examples are tests.
#[test]
fn examples_of_generated_readmes_are_those_of_the_documentation() {
    let root = countersign_tests::root();
    let mut count = 0;
    for folder in ["generated", "examples/own-repository/crates"] {
        for entry in fs::read_dir(root.join(folder)).expect("crates") {
            let krate = entry.expect("a crate").path();
            let Ok(readme) = fs::read_to_string(krate.join("README.md")) else {
                continue;
            };
            let library = fs::read_to_string(krate.join("src/lib.rs")).expect("a library");
            let docs = library.lines().filter_map(|line| line.strip_prefix("//!"));
            let docs: Vec<&str> = docs
                .map(|line| line.strip_prefix(' ').unwrap_or(line))
                .collect();
            let docs = docs.join("\n");
            for block in blocks(&readme) {
                assert_eq!(block.language, "rust,no_run", "{}", krate.display());
                assert!(docs.contains(&block.text), "{}", krate.display());
                count += 1;
            }
        }
    }
    assert!(count >= 3, "{count}");
}
