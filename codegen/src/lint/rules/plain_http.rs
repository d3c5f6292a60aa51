#![doc = include_str!("../../diagnostic/rules/plain-http.md")]

use crate::diagnostic::Code;
use crate::load::walk::ObjectKind;
use crate::load::{Entry, Node};

use crate::lint::Lint;

/// Members of OAuth flows that are URLs.
const OAUTH: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

impl<'a> Lint<'a, '_> {
    /// Servers and sign-in URLs with plain `http`, but for those on the machine itself.
    pub(in crate::lint) fn servers(&mut self) {
        for site in self.index.sites() {
            let has_servers = matches!(
                site.kind,
                ObjectKind::Root | ObjectKind::PathItem | ObjectKind::Operation
            );
            let servers = site.node.get("servers").filter(|_| has_servers);
            for server in servers.map(Node::items).unwrap_or_default() {
                let Some(url) = server.get("url").filter(|url| url.as_str().is_some()) else {
                    continue;
                };
                self.plain(
                    url,
                    &filled(server, url.as_str().unwrap_or_default()),
                    "server",
                );
            }
            if site.kind == ObjectKind::SecurityScheme {
                let flows = site
                    .node
                    .get("flows")
                    .map(Node::entries)
                    .unwrap_or_default();
                let urls =
                    |flow: &'a Entry| OAUTH.into_iter().filter_map(|key| flow.value.get(key));
                for url in flows.iter().flat_map(urls) {
                    self.plain(url, url.as_str().unwrap_or_default(), "sign-in URL");
                }
            }
        }
    }

    fn plain(&mut self, at: &Node, url: &str, what: &str) {
        let Some(rest) = url.strip_prefix("http://") else {
            return;
        };
        if is_local(rest) {
            return;
        }
        self.say(
            Code::PlainHttp,
            at.span,
            format!("the {what} uses plain `http`"),
            "use `https`: credentials and data are sent unprotected",
        );
    }
}

/// A URL with the defaults of its variables in their places.
fn filled(server: &Node, url: &str) -> String {
    let variables = server
        .get("variables")
        .map(Node::entries)
        .unwrap_or_default();
    variables.iter().fold(url.to_owned(), |url, variable| {
        let default = variable.value.get("default").and_then(Node::as_str);
        match default {
            Some(value) => url.replace(&format!("{{{}}}", variable.key.text()), value),
            None => url,
        }
    })
}

/// Whether what follows the scheme names the machine itself.
fn is_local(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.starts_with("[::1]") {
        return true;
    }
    let host = authority.split(':').next().unwrap_or_default();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "0.0.0.0"
}
