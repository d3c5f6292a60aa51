//! The document itself: components, servers and security schemes.

use super::parameter::Location;
use super::{Shared, Upgrade, entries, items, map_entries, map_values, take};
use crate::load::{Entry, Node, Value};
use crate::source::Span;

/// Where the API is served.
#[derive(Default)]
pub(super) struct Host {
    host: Option<Entry>,
    base_path: Option<Entry>,
}

impl Upgrade<'_> {
    /// Reshapes a whole document.
    pub(super) fn document(&mut self, root: Node) -> Node {
        let (id, span) = (root.id, root.span);
        let mut all = entries(root);
        self.host = Host {
            host: take(&mut all, "host"),
            base_path: take(&mut all, "basePath"),
        };
        let schemes = take(&mut all, "schemes");
        let servers = self.servers(schemes);
        all.retain(|entry| !matches!(entry.key.text(), "consumes" | "produces"));
        let all = self.with_components(all);
        let mut reshaped: Vec<Entry> = all
            .into_iter()
            .map(|entry| match entry.key.text() {
                "swagger" => self.renamed("openapi", entry),
                "paths" => Entry {
                    value: self.paths(entry.value),
                    ..entry
                },
                _ => entry,
            })
            .collect();
        reshaped.extend(servers);
        Node {
            id,
            ..self.object(span, reshaped)
        }
    }

    /// Moves `definitions`, `parameters`, `responses` and `securityDefinitions` below `components`.
    pub(super) fn with_components(&mut self, all: Vec<Entry>) -> Vec<Entry> {
        let mut components: Vec<Entry> = Vec::new();
        let mut kept: Vec<Entry> = Vec::new();
        for entry in all {
            match entry.key.text() {
                _ if entry.value.as_mapping().is_none() => kept.push(entry),
                "definitions" => {
                    let schemas = map_values(entry.value, |schema| self.schema(schema));
                    components.push(self.entry("schemas", entry.key_span, schemas));
                }
                "parameters" => components.extend(self.shared_parameters(entry)),
                "responses" => {
                    let produces = self.defaults.produces.clone();
                    let responses =
                        map_values(entry.value, |response| self.response(response, &produces));
                    components.push(self.entry("responses", entry.key_span, responses));
                }
                "securityDefinitions" => {
                    let schemes = map_values(entry.value, |scheme| self.security_scheme(scheme));
                    components.push(self.entry("securitySchemes", entry.key_span, schemes));
                }
                _ => kept.push(entry),
            }
        }
        if let Some(first) = components.first() {
            let at = first.key_span;
            if let Some(other) = take(&mut kept, "components") {
                components.extend(entries(other.value));
            }
            let components = self.object(at, components);
            kept.push(self.entry("components", at, components));
        }
        kept
    }

    /// Sorts the parameters that operations share into those that stay parameters and request bodies.
    fn shared_parameters(&mut self, list: Entry) -> Vec<Entry> {
        let (mut parameters, mut bodies) = (Vec::new(), Vec::new());
        let span = list.value.span;
        for entry in entries(list.value) {
            match entry.value.get("in").and_then(Node::as_str) {
                Some("body") => {
                    self.shared
                        .insert(entry.key.text().to_owned(), Shared::Body);
                    let consumes = self.defaults.consumes.clone();
                    let value = self.body_object(entry.value, &consumes);
                    bodies.push(Entry { value, ..entry });
                }
                Some("formData") => {
                    if let Some(field) = self.field(entry.value) {
                        self.shared
                            .insert(entry.key.text().to_owned(), Shared::Form(Box::new(field)));
                    }
                }
                _ => {
                    let location = Location::of(&entry.value);
                    let value = self.parameter(entry.value, location);
                    parameters.push(Entry { value, ..entry });
                }
            }
        }
        [("parameters", parameters), ("requestBodies", bodies)]
            .into_iter()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(key, entries)| {
                let value = self.object(span, entries);
                self.entry(key, list.key_span, value)
            })
            .collect()
    }

    /// The servers for these schemes; none if nothing is said about where the API is served.
    pub(super) fn servers(&mut self, schemes: Option<Entry>) -> Option<Entry> {
        let base = self.host.base_path.as_ref();
        let path = base
            .and_then(|entry| entry.value.as_str())
            .unwrap_or_default();
        let path = path.trim_end_matches('/').to_owned();
        let host = self.host.host.as_ref();
        let place = host.or(base).map(|entry| entry.value.span)?;
        let urls: Vec<(String, Span)> = match host.and_then(|entry| entry.value.as_str()) {
            None => vec![(
                if path.is_empty() {
                    "/".to_owned()
                } else {
                    path
                },
                place,
            )],
            Some(host) => {
                let schemes = schemes
                    .map(|schemes| items(schemes.value))
                    .unwrap_or_default();
                let spoken = schemes
                    .iter()
                    .filter_map(|scheme| Some((scheme.as_str()?, scheme.span)));
                let mut spoken: Vec<_> = spoken
                    .filter(|(scheme, _)| matches!(*scheme, "https" | "http"))
                    .collect();
                if spoken.is_empty() {
                    spoken.push(("https", place));
                }
                let url = |(scheme, span)| (format!("{scheme}://{host}{path}"), span);
                spoken.into_iter().map(url).collect()
            }
        };
        let servers = urls.into_iter().map(|(url, span)| {
            let url = self.text(span, &url);
            self.object_of("url", span, url)
        });
        let servers = Value::Sequence(servers.collect());
        let servers = self.node(place, servers);
        Some(self.entry("servers", place, servers))
    }

    fn security_scheme(&mut self, node: Node) -> Node {
        match node.get("type").and_then(Node::as_str) {
            Some("basic") => {
                let mut scheme = None;
                let node = map_entries(node, |entry| {
                    if entry.key.text() != "type" {
                        return entry;
                    }
                    let http = self.text(entry.value.span, "http");
                    let basic = self.text(entry.value.span, "basic");
                    scheme = Some(self.entry("scheme", entry.key_span, basic));
                    Entry {
                        value: http,
                        ..entry
                    }
                });
                match scheme {
                    Some(scheme) => self.with_entry(node, scheme),
                    None => node,
                }
            }
            Some("oauth2") => self.oauth2(node),
            _ => node,
        }
    }

    /// Moves what an OAuth 2 scheme says about its one flow below `flows`.
    fn oauth2(&mut self, node: Node) -> Node {
        let (id, span) = (node.id, node.span);
        let mut all = entries(node);
        let Some(flow) = take(&mut all, "flow") else {
            return Node {
                id,
                ..self.object(span, all)
            };
        };
        let name = match flow.value.as_str() {
            Some("accessCode") => "authorizationCode",
            Some("application") => "clientCredentials",
            Some(other) => other,
            None => "",
        };
        let is_about_flow =
            |entry: &Entry| matches!(entry.key.text(), "authorizationUrl" | "tokenUrl" | "scopes");
        let (said, mut kept): (Vec<Entry>, Vec<Entry>) = all.into_iter().partition(is_about_flow);
        let said = self.object(span, said);
        let flows = self.object_of(name, flow.value.span, said);
        kept.push(self.entry("flows", flow.key_span, flows));
        Node {
            id,
            ..self.object(span, kept)
        }
    }
}
