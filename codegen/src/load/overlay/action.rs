//! The actions of an overlay, read and checked.

use super::{Applied, wrong};
use crate::diagnostic::Diagnostic;
use crate::load::reference::has_scheme;
use crate::load::{Document, Entry, Node, Value};
use crate::source::{DocumentPath, Span};

/// The version of the Overlay Specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    V10,
    V11,
}

/// A change to each node that a path selects.
pub(super) struct Action<'a> {
    pub(super) target: &'a Node,
    pub(super) change: Change<'a>,
}

/// The change of an action.
pub(super) enum Change<'a> {
    Update(&'a Node),
    /// Updates with what a path selects.
    Copy(&'a Node),
    Remove,
}

/// The members of an overlay.
const MEMBERS: [&str; 4] = ["overlay", "info", "extends", "actions"];
/// The members of an action.
const ACTION_MEMBERS: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// Reads an overlay of the document at `path`. There are no actions if it is not one.
pub(super) fn read<'a>(
    entry: &Node,
    path: &DocumentPath,
    overlay: &'a Document,
    findings: &mut Vec<Diagnostic>,
) -> (Edition, Vec<Action<'a>>) {
    let mut keep = |found: Box<Diagnostic>| findings.push(*found);
    let root = &overlay.root;
    let edition = match edition(root) {
        Ok(edition) => edition,
        Err(found) => {
            keep(found);
            return (Edition::V11, Vec::new());
        }
    };
    for check in [
        members(root, &MEMBERS),
        info(root),
        extends(root, entry, path, overlay),
    ] {
        check.unwrap_or_else(&mut keep);
    }
    let items = root.get("actions").map(Node::items).unwrap_or_default();
    if items.is_empty() {
        let span = member_or(root, "actions", root.span);
        keep(wrong(
            span,
            "expected a list of actions",
            "write `actions:` with at least one action",
        ));
    }
    let read = items.iter().map(|item| action(item, edition));
    let actions = read.filter_map(|read| read.map_err(&mut keep).ok());
    (edition, actions.collect())
}

fn edition(root: &Node) -> Applied<Edition> {
    let help = "write `overlay: 1.0.0` or `overlay: 1.1.0` at the top of the overlay";
    let Some(version) = root.get("overlay") else {
        return Err(wrong(root.span, "the file is not an overlay", help));
    };
    let text = match &version.value {
        Value::String(text) => text.text(),
        Value::Number(number) => number.text.text(),
        _ => "",
    };
    let mut parts = text.splitn(3, '.');
    match (parts.next(), parts.next()) {
        (Some("1"), Some("0")) => Ok(Edition::V10),
        (Some("1"), Some("1")) => Ok(Edition::V11),
        _ => Err(wrong(
            version.span,
            format!("`overlay: {text}` is not a supported version of overlays"),
            help,
        )),
    }
}

/// Whether there is nothing but these members and extensions.
fn members(node: &Node, known: &[&str]) -> Applied<()> {
    let unknown = |entry: &&Entry| {
        let key = entry.key.text();
        !known.contains(&key) && !key.starts_with("x-")
    };
    match node.entries().iter().find(unknown) {
        Some(entry) => Err(wrong(
            entry.key_span,
            format!(
                "expected {} or an extension, found `{}`",
                known.join(", "),
                entry.key.text()
            ),
            "correct or remove the key",
        )),
        None => Ok(()),
    }
}

fn info(root: &Node) -> Applied<()> {
    let info = root.get("info");
    let is_text = |key: &str| info.and_then(|info| info.get(key)).is_some_and(is_scalar);
    if is_text("title") && is_text("version") {
        return Ok(());
    }
    Err(wrong(
        member_or(root, "info", root.span),
        "expected `info` with a `title` and a `version`",
        "write `info: { title: ..., version: ... }`",
    ))
}

/// Whether the overlay is for this document, as far as it says.
fn extends(root: &Node, entry: &Node, path: &DocumentPath, overlay: &Document) -> Applied<()> {
    let Some(extends) = root.get("extends") else {
        return Ok(());
    };
    let Some(uri) = extends.as_str() else {
        return Err(wrong(
            extends.span,
            "`extends` is not text",
            "write the path or the URI of the document",
        ));
    };
    let called = entry.get("$self").and_then(Node::as_str);
    let fits = match has_scheme(uri) {
        // Nothing is fetched: only a document that says what it is called can be told apart.
        true => called.is_none_or(|called| called == uri || !has_scheme(called)),
        false => overlay.path.join(uri).is_ok_and(|named| named == *path),
    };
    if fits {
        return Ok(());
    }
    Err(wrong(
        extends.span,
        format!("the overlay is for `{uri}`, not for `{}`", path.as_str()),
        "use it with the document that it is for, or correct `extends`",
    ))
}

fn action(node: &Node, edition: Edition) -> Applied<Action<'_>> {
    if node.as_mapping().is_none() {
        return Err(wrong(
            node.span,
            "the action is not an object",
            "write an object with `target` and `update`, `copy` or `remove`",
        ));
    }
    members(node, &ACTION_MEMBERS)?;
    let target = path(node, "target")?.ok_or_else(|| {
        wrong(
            node.span,
            "the action has no `target`",
            "write a JSONPath of what to change",
        )
    })?;
    let copy = path(node, "copy")?;
    if let Some(copy) = copy.filter(|_| edition == Edition::V10) {
        return Err(wrong(
            copy.span,
            "`copy` is not an action of Overlay 1.0",
            "write `overlay: 1.1.0`",
        ));
    }
    let change = match (removes(node)?, node.get("update"), copy) {
        (true, ..) => Change::Remove,
        (false, Some(update), None) => Change::Update(update),
        (false, None, Some(copy)) => Change::Copy(copy),
        (false, ..) => {
            return Err(wrong(
                node.span,
                "expected one of `update`, `copy` and `remove: true`",
                "say what the action does",
            ));
        }
    };
    Ok(Action { target, change })
}

fn path<'a>(action: &'a Node, key: &str) -> Applied<Option<&'a Node>> {
    match action.get(key) {
        Some(node) if node.as_str().is_none() => Err(wrong(
            node.span,
            format!("`{key}` is not text"),
            "write a JSONPath",
        )),
        found => Ok(found),
    }
}

fn removes(action: &Node) -> Applied<bool> {
    let Some(remove) = action.get("remove") else {
        return Ok(false);
    };
    remove.as_bool().ok_or_else(|| {
        wrong(
            remove.span,
            "`remove` is not a boolean",
            "write `true` or `false`",
        )
    })
}

fn member_or(node: &Node, key: &str, otherwise: Span) -> Span {
    node.get(key).map_or(otherwise, |member| member.span)
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::String(_) | Value::Number(_))
}
