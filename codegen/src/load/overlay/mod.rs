//! Overlays 1.0 and 1.1: changes to the entry document that are in files of their own.
//!
//! They are applied before references are followed, since they may add some. A node that an overlay adds keeps its place
//! in the overlay, so that findings point at what is to be changed.

mod action;
mod merge;
mod target;

use super::build::{Arena, DEPTH_AT_MOST, NODES_AT_MOST};
use super::{Document, Node};
use crate::diagnostic::{Advice, Code, Diagnostic};
use crate::source::{DocumentPath, Span};
use action::{Action, Change, Edition};
use target::Location;

/// The result of a step, or what is wrong with the overlay.
type Applied<T> = Result<T, Box<Diagnostic>>;

/// Applies the actions of an overlay to the tree of the document at `path`, in their order.
pub(super) fn apply(
    root: &mut Node,
    path: &DocumentPath,
    overlay: &Document,
    arena: &mut Arena,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let (edition, actions) = action::read(root, path, overlay, &mut findings);
    for action in actions {
        if let Err(finding) = run(root, edition, &action, arena) {
            findings.push(*finding);
        }
    }
    findings
}

fn run(root: &mut Node, edition: Edition, action: &Action<'_>, arena: &mut Arena) -> Applied<()> {
    let (mut locations, value) = {
        let json = root.to_json();
        let locations = target::select(&json, action.target)?;
        let value = match action.change {
            Change::Remove => None,
            Change::Update(value) => Some(value.clone()),
            Change::Copy(path) => Some(copied(root, &json, path)?),
        };
        (locations, value)
    };
    if locations.is_empty() {
        let message = "the target of the action is nowhere in the document";
        return Err(wrong(
            action.target.span,
            message,
            "correct the path, or remove the action",
        ));
    }
    let Some(value) = value else {
        // The last items first, and what is within others before them: the other locations stay what they are.
        locations.sort_unstable_by(|one, other| other.cmp(one));
        return locations
            .iter()
            .try_for_each(|location| remove(root, location, action.target.span));
    };
    bounded(&value, &locations, action, arena)?;
    merge::alike(root, &locations, action.target.span)?;
    for location in &locations {
        if let Some(node) = target::find(root, location) {
            merge::update(node, merge::renumbered(&value, arena), edition)?;
        }
    }
    Ok(())
}

/// The one node that a path selects.
fn copied(root: &mut Node, json: &serde_json::Value, path: &Node) -> Applied<Node> {
    let locations = target::select(json, path)?;
    match locations.as_slice() {
        [only] => Ok(target::find(root, only).map_or_else(|| path.clone(), |node| node.clone())),
        several => Err(wrong(
            path.span,
            format!("expected one node to copy, found {}", several.len()),
            "write a path that selects exactly one node",
        )),
    }
}

fn remove(root: &mut Node, location: &Location, at: Span) -> Applied<()> {
    let Some((last, around)) = location.split_last() else {
        return Err(wrong(
            at,
            "the whole document can't be removed",
            "name a part of the document",
        ));
    };
    if let Some(parent) = target::find(root, around) {
        target::remove(parent, last);
    }
    Ok(())
}

/// Whether the tree stays as small as documents have to be.
fn bounded(
    value: &Node,
    locations: &[Location],
    action: &Action<'_>,
    arena: &Arena,
) -> Applied<()> {
    let (size, height) = merge::extent(value);
    let depth = locations.iter().map(Vec::len).max().unwrap_or(0);
    let nodes = size.saturating_mul(locations.len());
    let nodes = nodes.saturating_add(arena.count() as usize);
    if depth.saturating_add(height) <= DEPTH_AT_MOST && nodes <= NODES_AT_MOST as usize {
        return Ok(());
    }
    let message = format!(
        "with the action, the document has more than {DEPTH_AT_MOST} levels or {NODES_AT_MOST} nodes"
    );
    let found = Diagnostic::error(Code::Limit, action.target.span, message);
    Err(Box::new(found.help("add less to the document")))
}

/// An overlay that can't be applied.
fn wrong(span: Span, message: impl Into<String>, help: impl Into<Advice>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::Overlay, span, message).help(help))
}
