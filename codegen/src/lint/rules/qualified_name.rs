#![doc = include_str!("../../diagnostic/rules/qualified-name.md")]

use crate::lint::names::Given;

/// The message about a name that another item has.
pub(in crate::lint) fn qualified_name(given: &Given<'_>) -> String {
    let Given {
        name,
        text,
        what,
        plain,
        ..
    } = given;
    format!("the {what} `{text}` is named `{name}` because `{plain}` is already in use")
}
