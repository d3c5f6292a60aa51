//! Parameters: their names, and what is possible at their place.

use crate::diagnostic::Code;
use crate::load::Node;
use crate::specification::Edition;

use super::{Checker, word};

impl<'a> Checker<'a> {
    /// Looks at a parameter.
    pub(super) fn parameter(&mut self, node: &'a Node) {
        let Some(place) = node.get("in").and_then(Node::as_str) else {
            return;
        };
        if self.edition == Edition::V20 {
            if place != "body" {
                self.schema(node);
            }
        } else {
            self.style(node, place);
        }
        let name = node.get("name");
        if let Some(name) = name
            && let Some(text) = name.as_str()
        {
            match place {
                "header" => self.header_name(text, name.span),
                "cookie" if !super::name::is_token(text) => {
                    let message = format!("`{text}` is not a name for a cookie");
                    let help = "use letters, digits and hyphens";
                    self.warn(Code::HeaderName, name.span, message, help);
                }
                "path" if text.contains(['{', '}']) => {
                    let message = format!("the name `{text}` of a parameter has braces");
                    let help = "write the name alone: the braces belong to the path";
                    self.warn(Code::InvalidName, name.span, message, help);
                }
                _ => {}
            }
            if place == "header" {
                self.set_by_others(text, name.span);
            }
        }
        let required = node.get("required").and_then(Node::as_bool);
        if place == "path" && required != Some(true) {
            let message = "a parameter in the path needs `required: true`".to_owned();
            let span = node.get("required").map_or(node.span, |node| node.span);
            let help = ("add `required: true`", "it is read as required");
            self.note(Code::MissingKeyword, span, message, help);
        }
        if place == "querystring"
            && let Some(entry) = node
                .as_mapping()
                .and_then(|mapping| mapping.entry("schema"))
        {
            let message = "the whole query string is described by `content`, not by `schema`";
            let help = "write `content: {application/x-www-form-urlencoded: {schema: ...}}`";
            self.warn(Code::Exclusive, entry.key_span, message.to_owned(), help);
        }
    }

    /// Reports a header that the client sets by itself, so that the parameter is ignored.
    fn set_by_others(&mut self, name: &str, span: crate::source::Span) {
        let lower = name.to_ascii_lowercase();
        let (by, instead) = match lower.as_str() {
            "accept" => ("the media types of responses decide it", "it is ignored"),
            "content-type" => ("the media type of the body decides it", "it is ignored"),
            "authorization" => ("security schemes decide it", "it is ignored"),
            "content-length" | "connection" | "transfer-encoding" | "te" | "trailer"
            | "upgrade" | "keep-alive" => ("HTTP sets it itself", "it is ignored"),
            "host" => (
                "HTTP sets it itself",
                "a value of the caller takes its place",
            ),
            _ => return,
        };
        let message = format!("the header `{name}` is not a parameter: {by}");
        self.note(Code::NoEffect, span, message, ("leave it out", instead));
    }

    fn style(&mut self, node: &'a Node, place: &str) {
        let styles: &[&str] = match place {
            "path" => &["matrix", "label", "simple"],
            "header" => &["simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "cookie" if self.edition >= Edition::V32 => &["form", "cookie"],
            "cookie" => &["form"],
            _ => return,
        };
        if let Some(style) = node.get("style")
            && let Some(text) = style.as_str()
            && !styles.contains(&text)
        {
            let message = format!("`style: {text}` is not possible with `in: {place}`");
            let help = format!("write {}", word::one_of(styles.iter().copied()));
            self.warn(Code::UnknownStyle, style.span, message, help);
        }
        let percent = node.get("style").and_then(Node::as_str) == Some("cookie");
        if percent
            && place == "cookie"
            && let Some(entry) = node.as_mapping().and_then(|all| all.entry("allowReserved"))
        {
            let message = "`allowReserved` has no effect with `style: cookie`".to_owned();
            let help = "leave it out: nothing is percent-encoded";
            self.note(Code::NoEffect, entry.key_span, message, help);
        }
    }

    /// Looks at a header of Swagger 2.0, which describes its value without a schema.
    pub(super) fn schema_of_old_header(&mut self, node: &'a Node) {
        if self.edition == Edition::V20 {
            self.schema(node);
        }
    }
}
