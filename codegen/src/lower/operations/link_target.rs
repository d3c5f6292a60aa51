//! The operations and parameters that links name.

use std::collections::HashMap;

use crate::ir::{Location, Operation};
use crate::load::Node;
use crate::source::Span;

use super::super::expression::Source;
use super::Placed;

/// The operations that links may lead to, by what links call them.
pub(super) struct Targets<'p, 'a> {
    by_id: HashMap<&'p str, usize>,
    placed: &'p [Placed<'a>],
}

/// Why no method can be made for a link.
pub(super) struct Unusable {
    pub(super) span: Span,
    pub(super) why: String,
}

impl Unusable {
    pub(super) fn at(node: &Node, why: impl Into<String>) -> Self {
        Self {
            span: node.span,
            why: why.into(),
        }
    }
}

impl<'p, 'a> Targets<'p, 'a> {
    pub(super) fn new(placed: &'p [Placed<'a>]) -> Self {
        let ids = placed.iter().enumerate().filter_map(|(at, placed)| {
            let id = placed.node.get("operationId")?.as_str()?;
            placed.operation.receiver.is_none().then_some((id, at))
        });
        Self {
            by_id: ids.collect(),
            placed,
        }
    }

    pub(super) fn find(&self, link: &Node) -> Result<&'p Placed<'a>, Unusable> {
        if let Some(id) = link.get("operationId") {
            let at = id.as_str().and_then(|id| self.by_id.get(id));
            return at.and_then(|at| self.placed.get(*at)).ok_or_else(|| {
                let id = id.as_str().unwrap_or_default();
                Unusable::at(link, format!("leads to `{id}`, which is not generated"))
            });
        }
        let Some(reference) = link.get("operationRef") else {
            return Err(Unusable::at(link, "names no operation"));
        };
        let text = reference.as_str().unwrap_or_default();
        self.by_pointer(text).ok_or_else(|| {
            Unusable::at(
                reference,
                format!("leads to `{text}`, which is not generated"),
            )
        })
    }

    /// The operation that a pointer such as `#/paths/~1pets~1{id}/get` names.
    fn by_pointer(&self, reference: &str) -> Option<&'p Placed<'a>> {
        let pointer = reference.split_once('#')?.1.strip_prefix("/paths/")?;
        let (path, method) = pointer.split_once('/')?;
        let path = path.replace("~1", "/").replace("~0", "~");
        let path = percent_decoded(&path);
        self.placed.iter().find(|placed| {
            placed.path.text() == path
                && placed.operation.receiver.is_none()
                && placed
                    .operation
                    .method
                    .as_str()
                    .eq_ignore_ascii_case(method)
        })
    }
}

/// A fragment of a URL without its escapes: braces of a path may be escaped there.
fn percent_decoded(text: &str) -> String {
    text.replace("%7B", "{")
        .replace("%7D", "}")
        .replace("%7b", "{")
        .replace("%7d", "}")
        .replace("%20", " ")
}

/// The parameter that a link names: `id`, or with its place, `path.id`.
pub(super) fn parameter_called(operation: &Operation, name: &str) -> Option<usize> {
    let plain = |name: &str| {
        let mut all = operation.parameters.iter();
        all.position(|known| known.wire.text() == name)
    };
    plain(name).or_else(|| {
        let (place, name) = name.split_once('.')?;
        let source = match place {
            "path" => Source::Path(name),
            "query" => Source::Query(name),
            "header" => Source::Header(name),
            "cookie" => return plain(name),
            _ => return None,
        };
        parameter_of(operation, source)
    })
}

pub(super) fn parameter_of(operation: &Operation, source: Source<'_>) -> Option<usize> {
    let mut all = operation.parameters.iter();
    all.position(|known| {
        let wire = known.wire.text();
        match (source, known.location) {
            (Source::Path(name), Location::Path(_) | Location::ReservedPath(_))
            | (Source::Query(name), Location::Query { .. }) => wire == name,
            (Source::Header(name), Location::Header(_)) => wire.eq_ignore_ascii_case(name),
            _ => false,
        }
    })
}
