//! Paths, path items and operations.

use crate::diagnostic::Code;
use crate::load::{Entry, Node};
use crate::specification::Edition;

use super::Checker;

impl<'a> Checker<'a> {
    /// Looks at the name of a path.
    pub(super) fn path(&mut self, entry: &'a Entry) {
        let path = entry.key.text();
        let span = entry.key_span;
        if path == "$ref" {
            let message = "`paths` can't be a reference as a whole".to_owned();
            let help = (
                "write a reference for each path",
                "no operation is generated from it",
            );
            self.warn(Code::KeywordType, span, message, help);
            return;
        }
        if !path.starts_with('/') {
            let message = format!("the path `{path}` does not begin with `/`");
            let help = (
                format!("write `/{path}`"),
                "it is appended to the URL of the server",
            );
            self.warn(Code::InvalidName, span, message, help);
        }
        let without_query = path.split(['?', '#']).next().unwrap_or_default();
        if without_query.len() < path.len() {
            let message = format!("the path `{path}` has a query or a fragment");
            let help = match path.contains('?') {
                true => "declare what is behind `?` as parameters `in: query`",
                false => "give the path without what is behind `#`: no server sees it",
            };
            self.note(Code::InvalidName, span, message, help);
        }
        if without_query
            .split('/')
            .any(|segment| matches!(segment, "." | ".."))
        {
            let message = format!("the path `{path}` has the segment `.` or `..`");
            let help = (
                "write the path that it leads to",
                "its operations are left out: URLs with such segments are changed before they are sent",
            );
            self.warn(Code::InvalidName, span, message, help);
        }
        let mut names: Vec<&str> = Vec::new();
        for name in path
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
        {
            if names.contains(&name.0) {
                let message = format!("the path `{path}` has `{{{}}}` twice", name.0);
                let help = (
                    "give each a name of its own",
                    "each place has an argument of its own",
                );
                self.warn(Code::InvalidName, span, message, help);
                return;
            }
            names.push(name.0);
        }
    }

    /// Looks at a key of a callback: the URL that a request is sent to, with expressions in braces.
    pub(super) fn expression(&mut self, entry: &'a Entry) {
        let key = entry.key.text();
        let mut parts = key.split('{');
        let mut expressions = Vec::new();
        let first = parts.next().unwrap_or_default();
        let mut is_closed = !first.contains('}');
        if first.starts_with('$') {
            expressions.push(first);
        }
        for part in parts {
            match part.split_once('}') {
                Some((expression, rest)) if !rest.contains('}') => expressions.push(expression),
                _ => is_closed = false,
            }
        }
        let wrong = expressions.iter().find(|text| !is_expression(text));
        let (message, help) = match wrong {
            _ if !is_closed => (
                format!("`{key}` has a brace without its counterpart"),
                "write expressions as `{$request.body#/url}`",
            ),
            Some(wrong) => (
                format!("`{wrong}` is not a runtime expression"),
                "write one such as `$request.body#/url`, `$request.query.url` or `$response.header.Location`",
            ),
            None if expressions.is_empty() && !key.contains(['/', ':', '.']) => (
                format!("`{key}` of a callback is not a URL or an expression"),
                "put the URL that the request is sent to between the name of the callback and its methods",
            ),
            None => return,
        };
        self.note(Code::InvalidName, entry.key_span, message, help);
    }

    /// Looks at a path item: whether its parameters fit together.
    pub(super) fn path_item(&mut self, node: &'a Node) {
        self.parameters(node);
    }

    /// Looks at an operation.
    pub(super) fn operation(&mut self, node: &'a Node) {
        if let Some(id) = node.get("operationId").and_then(Node::as_str) {
            self.operations.insert(id);
        }
        self.parameters(node);
        let is_empty = node.get("responses").is_some_and(|responses| {
            responses.as_mapping().is_some() && responses.entries().is_empty()
        });
        if is_empty {
            let message = "`responses` of an operation is empty".to_owned();
            let span = node.get("responses").map_or(node.span, |node| node.span);
            let help = "add at least one status, or `default`";
            self.note(Code::MissingKeyword, span, message, help);
        }
    }

    /// Looks at a list of parameters: none twice, and a whole query string alone.
    fn parameters(&mut self, node: &'a Node) {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let items = node.get("parameters").map_or(&[][..], Node::items);
        let mut querystring: Option<&Node> = None;
        let mut query: Option<&Node> = None;
        for item in items {
            let target = item.get("$ref").and_then(Node::as_str);
            let found = target.and_then(|text| self.find(self.document.id, text));
            let parameter = found.map_or(item, |(_, node)| node);
            let (Some(name), Some(place)) = (
                parameter.get("name").and_then(Node::as_str),
                parameter.get("in").and_then(Node::as_str),
            ) else {
                continue;
            };
            if seen.contains(&(name, place)) {
                let message = format!("the parameter `{name}` in `{place}` is listed twice");
                let help = ("remove one of them", "the first is sent");
                self.warn(Code::Exclusive, item.span, message, help);
            }
            seen.push((name, place));
            match place {
                "querystring" if self.edition >= Edition::V32 => {
                    if querystring.is_some() {
                        let message = "a second parameter is the whole query string".to_owned();
                        let help = "keep one parameter with `in: querystring`";
                        self.warn(Code::Exclusive, item.span, message, help);
                    }
                    querystring = Some(item);
                }
                "query" => query = Some(item),
                _ => {}
            }
        }
        if let (Some(whole), Some(part)) = (querystring, query) {
            let message =
                "a parameter is the whole query string, and another one a part of it".to_owned();
            let span = whole.span.max(part.span);
            let help = "keep `in: querystring` or `in: query`";
            self.warn(Code::Exclusive, span, message, help);
        }
    }
}

/// Whether a text is a runtime expression of the specification, without braces.
fn is_expression(text: &str) -> bool {
    let message = text
        .strip_prefix("$request.")
        .or_else(|| text.strip_prefix("$response."));
    let Some(source) = message else {
        return matches!(text, "$url" | "$method" | "$statusCode");
    };
    let named = |place: &str| {
        let name = source.strip_prefix(place);
        name.is_some_and(|name| !name.is_empty())
    };
    let body = source.strip_prefix("body");
    body.is_some_and(|rest| rest.is_empty() || rest.starts_with("#/"))
        || ["header.", "query.", "path."].into_iter().any(named)
}
