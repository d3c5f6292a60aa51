//! Manifests of the runtime's crates, complete in themselves: what they take from their workspace is written out.

use toml::{Table, Value};

/// The keys of a package that a repository needs.
const PACKAGE: [&str; 6] = [
    "name",
    "description",
    "version",
    "edition",
    "rust-version",
    "license",
];

/// The manifest of a crate, by its own and that of its workspace.
pub(super) fn standalone(
    own: &str,
    workspace: &str,
    command: &str,
) -> Result<String, toml::de::Error> {
    let (own, workspace): (Table, Table) = (toml::from_str(own)?, toml::from_str(workspace)?);
    let workspace = workspace.get("workspace").and_then(Value::as_table);
    let shared = |table: &str, key: &str| workspace?.get(table)?.get(key).cloned();
    let command = command.replace(['\n', '\r'], " ");
    let mut out = format!(
        "# Generated, like all of this crate. It is the source of Countersign's runtime, written by `{command}`.\n"
    );
    let package = own.get("package").and_then(Value::as_table);
    out.push_str("\n[package]\n");
    for key in PACKAGE {
        let value = package.and_then(|package| package.get(key));
        let value = match value {
            Some(Value::Table(_)) => shared("package", key),
            value => value.cloned(),
        };
        if let Some(value) = value {
            out.push_str(&format!("{key} = {value}\n"));
        }
    }
    out.push_str("publish = false\n");
    // Its tests stay where they are, and so do the tools that they need.
    out.push_str("\n[lib]\ntest = false\ndoctest = false\n");
    let lib = own.get("lib").and_then(Value::as_table);
    if let Some(macros) = lib.and_then(|lib| lib.get("proc-macro")) {
        out.push_str(&format!("proc-macro = {macros}\n"));
    }
    if let Some(features) = own.get("features").and_then(Value::as_table) {
        out.push_str(&format!("\n[features]\n{features}"));
    }
    out.push_str("\n[dependencies]\n");
    let dependencies = own.get("dependencies").and_then(Value::as_table);
    for (name, value) in dependencies.into_iter().flatten() {
        let base = shared("dependencies", name);
        out.push_str(&format!("{name} = {}\n", dependency(name, value, base)));
    }
    // Other lints than those that it is checked with don't concern a copy.
    out.push_str("\n[lints.clippy]\nall = { level = \"allow\", priority = -1 }\n");
    Ok(out)
}

/// A dependency, with what the workspace's own table has of it.
fn dependency(name: &str, own: &Value, shared: Option<Value>) -> Value {
    let table = |value: &Value| match value {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    let own = table(own);
    if !own.contains_key("workspace") {
        return Value::Table(own);
    }
    let mut merged = shared.as_ref().map(table).unwrap_or_default();
    if merged.contains_key("path") {
        merged.insert("path".to_owned(), format!("../{name}").into());
        merged.remove("version");
    }
    for (key, value) in own {
        match (key.as_str(), merged.get_mut(&key), value) {
            ("workspace", ..) => {}
            ("features", Some(Value::Array(features)), Value::Array(more)) => features.extend(more),
            (_, _, value) => {
                merged.insert(key, value);
            }
        }
    }
    Value::Table(merged)
}
