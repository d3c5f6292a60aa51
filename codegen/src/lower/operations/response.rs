//! Responses: one typed success, an error variant for each documented failure.

use crate::diagnostic::Code;
use crate::ir::{Docs, Header, Method, OmittedKind, Payload, Response, Responses, Status, Type};
use crate::load::{Entry, Node};
use crate::names::{FieldName, NameRequest, Scope, VariantName, Words};
use crate::source::SpecStr;

use super::super::Lowering;
use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::LeftOut;
use super::parameter::{flag, is_token};
use super::status::{name_variants, part, reason};

impl<'a> Lowering<'a> {
    /// All documented responses of an operation.
    pub(super) fn responses(
        &mut self,
        operation: &'a Node,
        words: &Words,
        method: &Method,
    ) -> Result<Responses, LeftOut<'a>> {
        let mut responses = Responses::default();
        for entry in operation
            .get("responses")
            .map(Node::entries)
            .unwrap_or_default()
        {
            if entry.key.text().starts_with("x-") {
                continue;
            }
            let Some(status) = self.status(entry) else {
                self.omit(OmittedKind::Response, entry.key.clone(), entry.key_span);
                continue;
            };
            // A class may be written in two ways: `4XX`, `4xx`.
            if let Some(known) = responses.all().find(|known| known.status == status) {
                let first = known.origin.span;
                self.repeated_status(entry, first);
                continue;
            }
            let mut found = self.response(entry, status, words, method);
            match status {
                _ if status.is_success() => responses.success.append(&mut found),
                _ if status.is_informational() => {
                    self.omit(OmittedKind::Response, entry.key.clone(), entry.key_span);
                    self.warn(
                        Code::NotGenerated,
                        entry.key_span,
                        format!("`{}` is not a final status", entry.key.text()),
                        ("describe the final response", "this one is ignored"),
                    );
                }
                _ => responses.errors.append(&mut found),
            }
        }
        responses.success.sort_by_key(|response| response.status);
        responses.errors.sort_by_key(|response| response.status);
        if responses.success.is_empty() {
            responses
                .success
                .push(self.implied_success(operation, &responses));
        }
        name_variants(&mut responses.success);
        name_variants(&mut responses.errors);
        Ok(responses)
    }

    /// Where no success is documented, `default` describes it too; else any 2xx will do.
    fn implied_success(&self, operation: &'a Node, responses: &Responses) -> Response {
        let default = responses
            .errors
            .iter()
            .find(|response| response.status == Status::Default);
        match default {
            Some(default) => Response {
                status: Status::Class(2),
                variant: VariantName::new(&Words::of(reason(Status::Class(2)))),
                payload: match &default.payload {
                    // A failure is text to be read by people; a success is whatever bytes it is.
                    Payload::Text if !default.media_type.as_ref().is_some_and(is_text) => {
                        Payload::Bytes
                    }
                    payload => payload.clone(),
                },
                ..default.clone()
            },
            None => Response {
                status: Status::Class(2),
                variant: VariantName::new(&Words::of("success")),
                payload: Payload::Empty,
                media_type: None,
                also: Vec::new(),
                xml: None,
                headers: Vec::new(),
                docs: Docs::default(),
                origin: self.origin(operation.span),
            },
        }
    }

    /// A response: one for each kind of content, where a success has several.
    fn response(
        &mut self,
        entry: &'a Entry,
        status: Status,
        words: &Words,
        method: &Method,
    ) -> Vec<Response> {
        let target = self.resolved.target(&entry.value);
        let node = self.follow(&entry.value).unwrap_or(&entry.value);
        let naming = match &target {
            Some(target) => self.naming_of(target.node, target.document, &target.pointer),
            None => Naming::operation(words.clone(), part(status)),
        };
        let contents = self.contents(node, status, method, &naming);
        let (headers, docs) = (self.headers(node, words), self.docs(&[node]));
        let responses = contents.into_iter().map(|content| Response {
            status,
            variant: VariantName::new(&Words::of(reason(status))),
            payload: content.payload,
            media_type: content.media_type,
            also: content.also,
            xml: content.xml,
            headers: headers.clone(),
            docs: docs.clone(),
            origin: self.origin(entry.key_span),
        });
        responses.collect()
    }

    fn headers(&mut self, node: &'a Node, words: &Words) -> Vec<Header> {
        let entries = node.get("headers").map(Node::entries).unwrap_or_default();
        let mut legal: Vec<&'a Entry> = Vec::with_capacity(entries.len());
        for entry in entries {
            match entry.key.text() {
                // A name that no header can have was reported when documents were checked.
                name if !is_token(name) => {
                    self.omit(OmittedKind::Header, entry.key.clone(), entry.key_span);
                }
                // The specification leaves it to `content`.
                name if name.eq_ignore_ascii_case("content-type") => {}
                _ => legal.push(entry),
            }
        }
        let name_requests: Vec<NameRequest> = legal
            .iter()
            .map(|entry| NameRequest::of(entry.key.text()))
            .collect();
        let names = Scope::default().assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut headers = Vec::with_capacity(legal.len());
        for (entry, name) in legal.into_iter().zip(names) {
            let Some(header) = self.follow(&entry.value) else {
                self.omit(OmittedKind::Header, entry.key.clone(), entry.key_span);
                continue;
            };
            let naming = Naming::operation(
                words.clone(),
                Words::of(entry.key.text()).then(&Words::of("header")),
            );
            let (schema, is_json) = self.header_schema(header);
            let ty = match schema {
                Some(schema) => {
                    self.schema(&SchemaSet::one(schema), self.inward(), &naming)
                        .ty
                }
                None => Type::String,
            };
            headers.push(Header {
                name: FieldName::new(&name),
                wire: entry.key.clone(),
                ty,
                is_json,
                required: flag(header, "required"),
                docs: self.docs(&[header]),
                origin: self.origin(entry.key_span),
            });
        }
        headers
    }
}

fn is_text(media_type: &SpecStr) -> bool {
    media_type.text().trim_start().starts_with("text/")
}
