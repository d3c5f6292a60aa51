//! Names of crates that settings add to manifests.

/// The name of a crate, if cargo would take it and no generated crate needs it for something else.
pub(super) fn checked(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let is_ours =
        ["serde", "serde_json", "uuid"].contains(&name) || name.starts_with("countersign");
    match (is_name, is_ours) {
        (true, false) => Ok(name.to_owned()),
        (true, true) => Err(format!(
            "generated crates have `{name}` already: write the path of the type alone"
        )),
        (false, _) => Err(format!(
            "`{}` is not the name of a crate",
            name.escape_debug()
        )),
    }
}
