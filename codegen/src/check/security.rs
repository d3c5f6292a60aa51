//! Security: requirements that are repeated, scopes, and the URLs that flows need.

use crate::diagnostic::{Code, Severity};
use crate::load::{Distinct, Node};
use crate::resolve::nearest;
use crate::specification::{Edition, FLOW_URLS, is_http_url};

use super::Checker;

impl<'a> Checker<'a> {
    /// Looks at the scopes that a requirement asks of a scheme: each is one of a flow.
    pub(super) fn scopes(&mut self, scheme: &str, list: &'a Node) {
        let root = self.documents.entry().written();
        let schemes = match self.edition {
            Edition::V20 => root.get("securityDefinitions"),
            _ => root
                .get("components")
                .and_then(|all| all.get("securitySchemes")),
        };
        let Some(scheme) = schemes.and_then(|schemes| schemes.get(scheme)) else {
            return;
        };
        if scheme.get("type").and_then(Node::as_str) != Some("oauth2") {
            return;
        }
        let flows = scheme.get("flows").map_or(&[][..], Node::entries);
        let flows = flows.iter().map(|entry| &entry.value);
        let scopes: Vec<&str> = std::iter::once(scheme)
            .chain(flows)
            .filter_map(|flow| flow.get("scopes"))
            .flat_map(Node::entries)
            .map(|entry| entry.key.text())
            .collect();
        for item in list.items() {
            let Some(scope) = item.as_str().filter(|scope| !scopes.contains(scope)) else {
                continue;
            };
            let message = format!("`{scope}` is not a scope of a flow of its security scheme");
            let help = match nearest(scope, scopes.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `{scope}` below `scopes` of a flow"),
            };
            self.note(Code::SecurityScheme, item.span, message, help);
        }
    }

    /// Looks at a list of requirements: each alternative stands there once.
    pub(super) fn repeated_requirements(&mut self, list: &'a Node) {
        let mut distinct = Distinct::default();
        let mut items = list.items().iter();
        let Some(repeated) = items.find(|item| !distinct.insert(item)) else {
            return;
        };
        let keys: Vec<&str> = repeated.entries().iter().map(|at| at.key.text()).collect();
        let message = match keys.join("` and `") {
            keys if keys.is_empty() => "a security requirement is repeated".to_owned(),
            keys => format!("`{keys}` is repeated in a list of security requirements"),
        };
        let help = "list each of them once; if they are of several schemes, give each scheme a name of its own";
        self.note(Code::SecurityScheme, repeated.span, message, help);
    }

    /// Looks at the URLs of a flow: those that it needs are there.
    pub(super) fn flow_urls(&mut self, name: &str, node: &'a Node) {
        let needed = FLOW_URLS.iter().find(|(flow, _)| *flow == name);
        for key in needed.map_or(&[][..], |(_, keys)| keys) {
            if node.get(key).is_none() && self.edition > Edition::V20 {
                let message = format!("the flow `{name}` needs `{key}`, which is missing");
                let severity = match name {
                    "implicit" => Severity::Note,
                    _ => Severity::Warning,
                };
                let help = format!("add `{key}`");
                self.push(Code::MissingKeyword, severity, node.span, message, help);
            }
        }
    }

    /// Looks at a flow: its URLs are http(s), or relative to the server.
    pub(super) fn flow(&mut self, node: &'a Node) {
        for key in [
            "authorizationUrl",
            "deviceAuthorizationUrl",
            "tokenUrl",
            "refreshUrl",
        ] {
            let Some(value) = node.get(key) else { continue };
            let Some(text) = value.as_str().filter(|text| super::kind::is_url(text)) else {
                continue;
            };
            if is_http_url(text) {
                continue;
            }
            let message = format!("`{key}` of a flow: expected an http(s) URL, found `{text}`");
            let severity = match key {
                "tokenUrl" => Severity::Warning,
                _ => Severity::Note,
            };
            let help = (
                "write a URL such as `https://auth.example.com/token`",
                match key {
                    "tokenUrl" => "the client asks for no token: it is given one",
                    _ => "it is not used",
                },
            );
            self.push(Code::InvalidUrl, severity, value.span, message, help);
        }
    }
}
