//! Servers: where an API is found, unless a caller knows better.

use crate::diagnostic::Code;
use crate::ir::{Server, ServerVariable};
use crate::load::Node;

use super::super::{Lowering, literal};

impl<'a> Lowering<'a> {
    /// The servers of an object, or of the one around it; those that can't be used are said and left out.
    pub(super) fn servers_of(&mut self, own: &'a Node, around: &'a Node) -> Vec<Server> {
        let list = own.get("servers").or_else(|| around.get("servers"));
        let mut servers = Vec::new();
        for node in list.map(Node::items).unwrap_or_default() {
            servers.extend(self.server(node));
        }
        servers
    }

    fn server(&mut self, node: &'a Node) -> Option<Server> {
        let url = node.get("url").and_then(literal::text)?;
        let mut variables = Vec::new();
        for entry in node.get("variables").map(Node::entries).unwrap_or_default() {
            let values = entry.value.get("enum").map(Node::items).unwrap_or_default();
            let values: Vec<_> = values.iter().filter_map(literal::text).collect();
            let default = entry
                .value
                .get("default")
                .and_then(literal::text)
                .or_else(|| values.first().cloned());
            if let Some(default) = default {
                let docs = self.docs(&[&entry.value]);
                variables.push(ServerVariable {
                    wire: entry.key.clone(),
                    default,
                    values,
                    docs,
                });
            }
        }
        let why = unusable(url.text(), &variables)?;
        if let Err(why) = why {
            let help = match is_host_and_port(url.text()) {
                true => format!("write `http://{0}` or `https://{0}`", url.text()),
                false => {
                    "write an http(s) URL or a path, without user information, query and fragment"
                        .to_owned()
                }
            };
            self.warn(
                Code::Server,
                node.span,
                format!("the server can't be used: {why}"),
                (
                    help,
                    "it is left out; without another server, callers must give a base URL",
                ),
            );
            return None;
        }
        Some(Server {
            name: node.get("name").and_then(literal::text),
            url,
            variables,
            docs: self.docs(&[node]),
            origin: self.origin(node.span),
        })
    }
}

/// Says what is wrong with a server. None at all: `/`, which says nothing.
fn unusable(url: &str, variables: &[ServerVariable]) -> Option<Result<(), &'static str>> {
    if url.trim().is_empty() || url == "/" {
        return None;
    }
    let mut filled = url.to_owned();
    for variable in variables {
        filled = filled.replace(
            &format!("{{{}}}", variable.wire.text()),
            variable.default.text(),
        );
    }
    if filled.contains(['{', '}']) {
        return Some(Err("one of its variables is not defined"));
    }
    if filled
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '\\' | '<' | '>' | '`'))
    {
        return Some(Err("it has characters that are not allowed in URLs"));
    }
    if filled.contains(['?', '#']) {
        return Some(Err("it has a query or a fragment"));
    }
    let (scheme, rest) = match filled.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None if filled.starts_with("//") => ("https", filled.trim_start_matches('/')),
        None if is_host_and_port(&filled) => return Some(Err("it has no scheme")),
        None if filled.contains(':') => return Some(Err("its scheme is neither http nor https")),
        None => return Some(Ok(())),
    };
    let authority = rest.split('/').next().unwrap_or_default();
    Some(match () {
        () if !matches!(scheme, "http" | "https") => Err("its scheme is neither http nor https"),
        () if authority.is_empty() => Err("it has no host"),
        () if authority.contains('@') => Err("it holds user information"),
        () => Ok(()),
    })
}

/// Whether a text begins with a host and a port, as in `127.0.0.1:8055/v1`.
fn is_host_and_port(url: &str) -> bool {
    let authority = url.split('/').next().unwrap_or_default();
    authority.rsplit_once(':').is_some_and(|(host, port)| {
        let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte);
        is_port && !host.is_empty() && host.bytes().all(is_host)
    })
}
