//! Security schemes: the URLs that their flows need.

use crate::diagnostic::{Code, Severity};
use crate::load::Node;
use crate::specification::{Edition, FLOW_URLS};

use super::Checker;

impl<'a> Checker<'a> {
    /// Looks at the URLs of a flow: those that it needs are there.
    pub(super) fn flow_urls(&mut self, name: &str, node: &'a Node) {
        let needed = FLOW_URLS.iter().find(|(flow, _)| *flow == name);
        for key in needed.map_or(&[][..], |(_, keys)| keys) {
            if node.get(key).is_none() && self.edition > Edition::V20 {
                let message = format!("the flow `{name}` needs `{key}`, which is missing");
                let severity = match name {
                    "clientCredentials" => Severity::Warning,
                    _ => Severity::Note,
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
            let Some((scheme, rest)) = text.split_once(':') else {
                continue;
            };
            let is_http = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
            let has_host = rest
                .strip_prefix("//")
                .is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty());
            if scheme.contains('/') || (is_http && has_host) {
                continue;
            }
            let message = format!("`{key}` of a flow: expected an http(s) URL, found `{text}`");
            let severity = match key {
                "tokenUrl" => Severity::Warning,
                _ => Severity::Note,
            };
            let help = "write a URL such as `https://auth.example.com/token`";
            self.push(Code::InvalidUrl, severity, value.span, message, help);
        }
    }
}
