//! Operations and their parameters.

use crate::describe;
use crate::ir::{
    Credential, Idempotency, Location, Operation, Parameter, Payload, Presence, QueryStyle,
    Response, Type,
};
use crate::load::{Entry, Node};

use super::constraints::Direction;
use super::naming::Case;
use super::{Context, Explanation, Reason, boxing, said, words};

impl<'a> Context<'a> {
    /// An operation.
    pub(super) fn operation(&self, operation: &'a Operation) -> Explanation {
        let site = self.site(operation.origin.span);
        let (method, path) = (&operation.method, operation.path.text());
        let mut reasons = self.operation_name(operation);
        self.security(operation, &mut reasons);
        reasons.push(self.idempotency(operation));
        reasons.push(self.accept(operation));
        self.paging(operation, &mut reasons);
        reasons.extend(self.polling(operation));
        self.responses(operation, &mut reasons);
        Explanation {
            subject: format!("{method} {path}: {}", operation.name),
            page: site.and_then(|site| self.page(site)),
            means: self.operation_means(operation),
            document: site.map(|site| self.excerpt_without_examples(site)),
            rust: self.rust_operation(operation),
            reasons,
        }
    }

    fn node(&self, operation: &Operation) -> Option<&'a Node> {
        self.site(operation.origin.span).map(|site| site.node)
    }

    /// A keyword of an operation.
    pub(super) fn keyword(&self, operation: &Operation, key: &str) -> Option<&'a Entry> {
        self.node(operation)?.as_mapping()?.entry(key)
    }

    fn operation_means(&self, operation: &Operation) -> Vec<String> {
        let mut means = vec![match &operation.receiver {
            Some(receiver) => format!(
                "`{}` is what the server sends as `{}`: a receiver reads it.",
                operation.name,
                receiver.name.text()
            ),
            None => format!(
                "`{}` is the operation as a value, `client.{}(..)` makes and sends it.",
                operation.name, operation.method_name
            ),
        }];
        if let Some(streamed) = &operation.streamed {
            let items = Payload::Stream(streamed.items.clone());
            means.push(format!(
                "With `stream()` it is answered by {}, as `{}`.",
                words::carries(self.api, &items),
                streamed.media_type.text()
            ));
        }
        for link in &operation.links {
            means.push(format!(
                "`{}` makes the call of `{}` that follows.",
                link.name, link.operation
            ));
        }
        let parameters: Vec<String> = operation
            .parameters
            .iter()
            .map(|parameter| format!("`{}`", parameter.wire.text()))
            .collect();
        if !parameters.is_empty() {
            means.push(format!("It takes {}.", parameters.join(", ")));
        }
        if let Some(body) = &operation.body {
            let sent: Vec<String> = body
                .payloads
                .iter()
                .map(|(media, payload, _)| {
                    format!(
                        "{} as `{}`",
                        words::carries(self.api, payload),
                        media.text()
                    )
                })
                .collect();
            let may = if body.required {
                "It sends"
            } else {
                "It may send"
            };
            means.push(format!("{may} {}.", sent.join(", or ")));
        }
        let success = match operation.responses.success.as_slice() {
            [] => "It documents no success.".to_owned(),
            [first, rest @ ..] if rest.iter().all(|other| other.payload == first.payload) => {
                format!(
                    "On success it yields {}.",
                    words::carries(self.api, &first.payload)
                )
            }
            _ => format!(
                "On success it yields a `{}`, by status.",
                operation.success_name
            ),
        };
        means.push(success);
        if !operation.responses.errors.is_empty() {
            means.push(format!(
                "On failure it yields a `{}`, by status.",
                operation.error_name
            ));
        }
        if operation.deprecated {
            means.push("It is deprecated.".to_owned());
        }
        means
    }

    fn operation_name(&self, operation: &Operation) -> Vec<Reason> {
        let name = operation.name.as_str();
        let nodes: Vec<&'a Node> = self.node(operation).into_iter().collect();
        match self.keyword(operation, "operationId") {
            Some(id) => {
                let text = id.value.as_str().unwrap_or_default();
                vec![self.name(name, text, Case::Type, &nodes, id.key_span)]
            }
            None => {
                let why = "it has no `operationId`: it is called after its method and path";
                let place = self.site(operation.origin.span).map(|site| site.place());
                let place = place.unwrap_or(operation.origin.span);
                vec![self.reason(format!("called `{name}`"), why, place)]
            }
        }
    }

    fn security(&self, operation: &Operation, reasons: &mut Vec<Reason>) {
        let own = self.keyword(operation, "security");
        let root = &self.index.documents.entry().root;
        let entry = own.or_else(|| root.as_mapping()?.entry("security"));
        let Some(entry) = entry else {
            reasons.push(Reason {
                what: "no credentials".to_owned(),
                why: "neither the operation nor the document has `security`".to_owned(),
                at: None,
            });
            return;
        };
        let whose = if own.is_some() {
            "its own `security`"
        } else {
            "the document's `security`"
        };
        let alternatives: Vec<String> = operation
            .security
            .iter()
            .map(|needed| self.credentials(needed))
            .collect();
        let what = if alternatives.is_empty() {
            "no credentials".to_owned()
        } else {
            format!("credentials: {}", alternatives.join(", or "))
        };
        reasons.push(self.reason(what, format!("{whose} says so"), entry.key_span));
    }

    fn credentials(&self, needed: &[Credential]) -> String {
        if needed.is_empty() {
            return "none".to_owned();
        }
        let names: Vec<&str> = needed
            .iter()
            .filter_map(|credential| self.api.schemes.get(credential.scheme))
            .map(|scheme| scheme.wire.text())
            .collect();
        names.join(" and ")
    }

    fn idempotency(&self, operation: &Operation) -> Reason {
        let place = self.site(operation.origin.span).map(|site| site.place());
        let place = place.unwrap_or(operation.origin.span);
        let keyword = |key: &str| {
            self.keyword(operation, key)
                .map_or(place, |entry| entry.key_span)
        };
        match &operation.idempotency {
            Idempotency::Idempotent => {
                let why = "`x-idempotent` says that repeating it is safe";
                self.reason("repeated after a failure", why, keyword("x-idempotent"))
            }
            Idempotency::Key(header) => {
                let why = format!(
                    "a key of its own in `{}` makes repeating it safe",
                    header.text()
                );
                self.reason(
                    "repeated after a failure",
                    why,
                    keyword("x-idempotency-key"),
                )
            }
            Idempotency::Method if operation.method.is_idempotent() => {
                let why = format!("HTTP calls {} idempotent", operation.method);
                self.reason("repeated after a failure", why, place)
            }
            Idempotency::Method => {
                let why = format!(
                    "HTTP does not call {} idempotent, and the document says nothing else",
                    operation.method
                );
                self.reason("not repeated once it may have arrived", why, place)
            }
        }
    }

    fn accept(&self, operation: &Operation) -> Reason {
        let root = &self.index.documents.entry().root;
        let template = root.as_mapping().and_then(|root| root.entry("x-accept"));
        if let (true, Some(entry)) = (operation.accept_template, template) {
            let media_type = entry.value.get("media-type").and_then(Node::as_str);
            let what = format!("accepts `{}`", media_type.unwrap_or_default());
            return self.reason(what, "the document's `x-accept` says so", entry.key_span);
        }
        let types: Vec<&str> = operation.accept.iter().map(|media| media.text()).collect();
        let what = match types.as_slice() {
            [] => "accepts anything".to_owned(),
            types => format!("accepts `{}`", types.join(", ")),
        };
        match self.keyword(operation, "x-accept") {
            Some(entry) => self.reason(what, "its own `x-accept` says so", entry.key_span),
            None => Reason {
                what,
                why: "these are the media types of its responses".to_owned(),
                at: None,
            },
        }
    }

    fn responses(&self, operation: &Operation, reasons: &mut Vec<Reason>) {
        let documented = self.keyword(operation, "responses");
        let sides = [
            (&operation.responses.success, "a success"),
            (&operation.responses.errors, "a failure"),
        ];
        for (responses, side) in sides {
            for response in responses {
                let status = response.status.to_string();
                let entry = documented.and_then(|entry| {
                    let mut keys = entry.value.entries().iter();
                    keys.find(|entry| entry.key.text().eq_ignore_ascii_case(&status))
                });
                let place = entry.map_or(response.origin.span, |entry| entry.key_span);
                let what = format!("{status}: {side}, `{}`", response.variant);
                reasons.push(self.reason(what, self.outcome(response), place));
            }
        }
    }

    fn outcome(&self, response: &Response) -> String {
        let carries = words::carries(self.api, &response.payload);
        let mut said = match &response.media_type {
            Some(media) => format!("it carries {carries}, as `{}`", media.text()),
            None => format!("it carries {carries}"),
        };
        let payload = match &response.payload {
            Payload::Json(ty) | Payload::OptionalJson(ty) | Payload::Xml(ty, _) => Some(ty),
            _ => None,
        };
        if payload.is_some_and(boxing::is_boxed) {
            said.push_str("; it is large, so it is on the heap");
        }
        if !response.headers.is_empty() {
            let names: Vec<&str> = response
                .headers
                .iter()
                .map(|header| header.wire.text())
                .collect();
            said.push_str(&format!("; headers: {}", names.join(", ")));
        }
        said
    }

    /// A parameter of an operation.
    pub(super) fn parameter(
        &self,
        operation: &'a Operation,
        parameter: &'a Parameter,
    ) -> Explanation {
        let site = self.site(parameter.origin.span);
        let mut nodes: Vec<&'a Node> = site.map(|site| site.node).into_iter().collect();
        let schema = nodes.first().and_then(|node| node.get("schema"));
        nodes.extend(
            schema
                .into_iter()
                .flat_map(|schema| self.index.applicable(schema)),
        );
        let (name, wire, span) = (
            parameter.name.as_str(),
            parameter.wire.text(),
            parameter.origin.span,
        );
        let mut reasons = vec![self.name(name, wire, Case::Field, &nodes, span)];
        let required = matches!(parameter.presence, Presence::Required | Presence::Nullable);
        let place = said(&nodes, "required").map_or(span, |entry| entry.key_span);
        let (what, why) = match (required, &parameter.location) {
            (true, Location::Path(_) | Location::ReservedPath(_)) => {
                ("required", "a path has no gaps")
            }
            (true, _) => ("required", "`required: true` says so"),
            (false, _) => ("optional", "it does not say `required: true`"),
        };
        reasons.push(self.reason(what, why, place));
        self.type_reasons(&parameter.ty, &nodes, &mut reasons);
        if let (Some(default), Some(entry)) = (&parameter.default, said(&nodes, "default")) {
            let what = format!("default `{}`", words::literal(self.api, default));
            let why = "it is documented: a server takes it where the parameter is absent";
            reasons.push(self.reason(what, why, entry.key_span));
        }
        reasons.extend(self.style(parameter, &nodes));
        self.limits(
            &nodes,
            &parameter.constraints,
            &Direction::Sent,
            &mut reasons,
        );
        let shown = describe::present(self.api, &parameter.ty, parameter.presence);
        let direction = match parameter.location {
            Location::Path(_) | Location::ReservedPath(_) => "in the path",
            Location::QueryString(_) => "as the whole query",
            Location::Query { .. } => "in the query",
            Location::Header { .. } => "in a header",
            Location::Cookie { .. } => "in a cookie",
        };
        Explanation {
            subject: format!("{}.{wire}: {shown}", operation.name),
            page: site.and_then(|site| self.page(site)),
            means: vec![
                format!(
                    "A parameter of `{}`: `{name}` in Rust, `{wire}` on the wire, {direction}.",
                    operation.name
                ),
                format!("It holds {}.", words::holds(self.api, &parameter.ty)),
                words::presence(parameter.presence).to_owned(),
            ],
            document: site.map(|site| self.excerpt(site)),
            rust: self.rust_parameter(operation, name),
            reasons,
        }
    }

    /// The style of lists and objects in the query.
    fn style(&self, parameter: &Parameter, nodes: &[&'a Node]) -> Option<Reason> {
        let Location::Query { style, .. } = parameter.location else {
            return None;
        };
        let written = match style {
            QueryStyle::Form { explode: true } => "`name=a&name=b`",
            QueryStyle::Form { explode: false } => "`name=a,b`",
            QueryStyle::SpaceDelimited => "`name=a%20b`",
            QueryStyle::PipeDelimited => "`name=a%7Cb`",
            QueryStyle::DeepObject => "`name[key]=value`",
            QueryStyle::Json => "as JSON",
        };
        if !matches!(parameter.ty, Type::List(_) | Type::Map(_)) {
            return None;
        }
        let what = format!("lists and objects are written {written}");
        let mut keywords = ["explode", "style", "content"].into_iter();
        Some(match keywords.find_map(|key| said(nodes, key)) {
            Some(entry) => {
                let why = format!("`{}` says so", entry.key.text());
                self.reason(what, why, entry.key_span)
            }
            None => {
                let why = "this is the default of queries";
                self.reason(what, why, parameter.origin.span)
            }
        })
    }
}
