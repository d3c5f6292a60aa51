//! Servers: URLs with variables, and links between operations.

use crate::diagnostic::Code;
use crate::load::Node;
use crate::resolve::nearest;

use super::Checker;

impl<'a> Checker<'a> {
    /// Looks at a server: each variable of its URL is defined, and each that is defined is in its URL.
    pub(super) fn server(&mut self, node: &'a Node) {
        let Some(url) = node.get("url") else { return };
        let Some(text) = url.as_str() else { return };
        let variables = node.get("variables").map_or(&[][..], Node::entries);
        let used: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        for (at, name) in used.iter().enumerate() {
            if used.iter().take(at).any(|before| before == name) {
                let message = format!("the URL of a server has `{{{name}}}` twice");
                let help = "give each a name of its own";
                self.note(Code::Server, url.span, message, help);
            }
            if variables.iter().any(|entry| entry.key.text() == *name) {
                continue;
            }
            let message = format!("the URL of a server has `{{{name}}}`, which is not defined");
            let names = variables.iter().map(|entry| entry.key.text());
            let help = match nearest(name, names) {
                Some(meant) => format!("did you mean `{{{meant}}}`?"),
                None => format!("define `{name}` below `variables`"),
            };
            self.warn(Code::Server, url.span, message, help);
        }
        for entry in variables {
            let name = entry.key.text();
            if !used.contains(&name) {
                let message = format!("the variable `{name}` is not in the URL of its server");
                let help = format!("write `{{{name}}}` where it belongs, or leave it out");
                self.note(Code::Server, entry.key_span, message, help);
            }
        }
        self.port(url, text);
    }

    /// Reports a port that no host has.
    fn port(&mut self, url: &'a Node, text: &str) {
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let Some((_, port)) = host.rsplit_once(':').filter(|_| !host.ends_with(']')) else {
            return;
        };
        if port.contains('{') || (port.parse::<u16>().is_ok_and(|port| port > 0)) {
            return;
        }
        let message = format!("`{port}` is not a port");
        let help = "write a number from 1 to 65535";
        self.warn(Code::Server, url.span, message, help);
    }

    /// Looks at a variable of a server: its default is one of its values.
    pub(super) fn server_variable(&mut self, node: &'a Node) {
        let Some(values) = node.get("enum") else {
            return;
        };
        if matches!(values.value, crate::load::Value::Sequence(_)) && values.items().is_empty() {
            let message = "`enum` of a server variable is empty".to_owned();
            let help = "list the values, or leave `enum` out";
            self.warn(Code::EnumValue, values.span, message, help);
            return;
        }
        let Some(default) = node.get("default") else {
            return;
        };
        let Some(text) = default.as_str() else { return };
        if !values
            .items()
            .iter()
            .any(|value| value.as_str() == Some(text))
            && values.items().iter().all(|value| value.as_str().is_some())
        {
            let message = format!("the default `{text}` is not among the values of the variable");
            let help = "list it below `enum`, or take one that is";
            self.warn(Code::InvalidDefault, default.span, message, help);
        }
    }

    /// Looks at all links, once every operation is known.
    pub(super) fn operations_of_links(&mut self) {
        for link in std::mem::take(&mut self.links) {
            let Some(id) = link.get("operationId") else {
                continue;
            };
            let Some(text) = id.as_str() else { continue };
            if self.operations.contains(text) {
                continue;
            }
            let message = format!("the link names `{text}`, which is not an operation");
            let help = match nearest(text, self.operations.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name an `operationId` of this document".to_owned(),
            };
            self.note(Code::Link, id.span, message, help);
        }
    }
}
