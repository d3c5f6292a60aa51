//! Responses: one typed success, an error variant for each documented failure.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Docs, Header, Method, OmittedKind, Payload, Response, Responses, Status, Type};
use crate::load::{Entry, Node};
use crate::names::{FieldName, NameRequest, Scope, VariantName, Words};
use crate::source::{Span, SpecStr};
use crate::specification::Kinds;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::{Direction, Lowering, literal};
use super::LeftOut;
use super::media::{Family, Offer};
use super::parameter::{flag, is_token};
use super::stream;

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
                _ if status.is_informational() => self.warn(
                    Code::NotGenerated,
                    entry.key_span,
                    format!("`{}` is not a final status", entry.key.text()),
                    ("describe the final response", "this one is ignored"),
                ),
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

    fn status(&mut self, entry: &Entry) -> Option<Status> {
        let key = entry.key.text();
        let code = key
            .parse::<u16>()
            .ok()
            .filter(|code| key.len() == 3 && (100..=599).contains(code));
        let class = match key.as_bytes() {
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(digit - b'0'),
            _ => None,
        };
        let status = code
            .map(Status::Code)
            .or(class.map(Status::Class))
            .or((key == "default").then_some(Status::Default));
        if status.is_none() {
            self.warn(
                Code::UnknownStatus,
                entry.key_span,
                format!("`{key}` is not a status"),
                (
                    "use a code such as '404', a class such as '4XX', or `default`",
                    "the response is ignored",
                ),
            );
        }
        status
    }

    fn repeated_status(&mut self, entry: &Entry, first: Span) {
        let key = entry.key.text();
        let found = Diagnostic::warning(
            Code::DuplicateKey,
            entry.key_span,
            format!("`{key}` stands for the same statuses as a key above"),
        );
        let found = found
            .related(first, "the first one")
            .help(("remove one of them", "the first one is read"));
        self.report.push(found);
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
                ..default.clone()
            },
            None => Response {
                status: Status::Class(2),
                variant: VariantName::new(&Words::of("success")),
                payload: Payload::Empty,
                media_type: None,
                also: Vec::new(),
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
            headers: headers.clone(),
            docs: docs.clone(),
            origin: self.origin(entry.key_span),
        });
        responses.collect()
    }

    /// The payloads of a response, by media type; those that differ in the media type alone are one.
    fn contents(
        &mut self,
        node: &'a Node,
        status: Status,
        method: &Method,
        naming: &Naming,
    ) -> Vec<Content> {
        let bodiless = matches!(status, Status::Code(204 | 205 | 304)) || method.as_str() == "HEAD";
        let content = node.get("content").filter(|_| !bodiless);
        let offers = content
            .map(|content| self.offers(content))
            .unwrap_or_default();
        let success = status.is_success();
        let mut contents: Vec<Content> = Vec::new();
        let mut schemas: Vec<&'a Node> = Vec::new();
        for offer in offers {
            let schema = offer.node.get("schema");
            if let Some(first) = contents.first_mut()
                && (!success || self.is_another_notation(&offer, schema, &schemas))
            {
                first.also.push(offer.media_type);
                continue;
            }
            let naming = match contents.is_empty() {
                true => naming.clone(),
                false => naming.part(&media_words(offer.media_type.text())),
            };
            for (payload, media_type) in self.response_payloads(&offer, node, success, &naming) {
                match contents.iter_mut().find(|known| known.payload == payload) {
                    Some(known) => known.also.push(media_type),
                    None => contents.push(Content {
                        payload,
                        media_type: Some(media_type),
                        also: Vec::new(),
                    }),
                }
            }
            schemas.extend(schema);
        }
        if contents.is_empty() {
            contents.push(Content {
                payload: Payload::Empty,
                media_type: None,
                also: Vec::new(),
            });
        }
        contents
    }

    /// Whether a media type carries the same as those before it, in a notation for which no other type is made.
    fn is_another_notation(
        &mut self,
        offer: &Offer<'a>,
        schema: Option<&'a Node>,
        before: &[&'a Node],
    ) -> bool {
        if matches!(offer.family, Family::Xml | Family::Stream) {
            return true;
        }
        let Some(schema) = schema else { return false };
        let is_text = self
            .merged(&SchemaSet::one(schema))
            .likely_kinds()
            .has(Kinds::STRING);
        !is_text && before.iter().any(|known| literal::same(known, schema))
    }

    /// The payload of a media type. A text that may come in any type is one of JSON where it comes so.
    fn response_payloads(
        &mut self,
        offer: &Offer<'a>,
        response: &'a Node,
        success: bool,
        naming: &Naming,
    ) -> Vec<(Payload, SpecStr)> {
        let Offer {
            family,
            media_type,
            entry,
            node,
        } = offer;
        let schema = node.get("schema").map(SchemaSet::one);
        let merged = schema.as_ref().map(|schema| self.merged(schema));
        let kinds = merged
            .as_ref()
            .map_or(Kinds::NONE, MergedSchema::likely_kinds);
        let is_binary = merged
            .as_ref()
            .is_some_and(|merged| merged.format == Some("binary"));
        let is_any = media_type.text() == "*/*";
        let payload = match (family, schema) {
            (Family::Json | Family::Text | Family::Xml, _)
                if is_binary && kinds == Kinds::STRING =>
            {
                Payload::Bytes
            }
            (Family::Json, Some(_)) if is_any && kinds == Kinds::STRING => {
                let json = (
                    Payload::Json(Type::String),
                    SpecStr::new("application/json"),
                );
                return vec![json, (Payload::Text, media_type.clone())];
            }
            (Family::Json, schema) if is_any && schema.as_ref().is_none_or(is_empty) => {
                Payload::Bytes
            }
            (Family::Json, Some(schema)) => {
                let ty = self
                    .schema(&schema, Direction::Response, naming)
                    .into_type();
                if flag(response, "x-optional-body") {
                    Payload::OptionalJson(ty)
                } else {
                    Payload::Json(ty)
                }
            }
            (Family::Json, None) => Payload::Json(Type::Json),
            // Frameworks list every media type that they know beside one schema: what is not text is JSON.
            (Family::Text, Some(schema))
                if is_plain_text(media_type.text())
                    && (kinds.has(Kinds::OBJECT) || kinds.has(Kinds::ARRAY)) =>
            {
                Payload::Json(
                    self.schema(&schema, Direction::Response, naming)
                        .into_type(),
                )
            }
            (Family::Text | Family::Form, _) => Payload::Text,
            (Family::Xml, _) => {
                self.warn_xml(entry);
                Payload::Text
            }
            (Family::Stream, _) if success => match stream::frames(media_type.text(), node) {
                Some(frames) => {
                    Payload::Stream(self.items(frames, node, Direction::Response, naming))
                }
                None => Payload::Bytes,
            },
            (Family::Bytes | Family::Multipart | Family::Stream, _) => Payload::Bytes,
        };
        let payload = match payload {
            Payload::Bytes if !success => Payload::Text,
            other => other,
        };
        vec![(payload, media_type.clone())]
    }

    fn headers(&mut self, node: &'a Node, words: &Words) -> Vec<Header> {
        let entries = node.get("headers").map(Node::entries).unwrap_or_default();
        let mut legal: Vec<&'a Entry> = Vec::with_capacity(entries.len());
        for entry in entries {
            match entry.key.text() {
                // A name that no header can have was reported when documents were checked.
                name if !is_token(name) => {}
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
                continue;
            };
            let naming = Naming::operation(
                words.clone(),
                Words::of(entry.key.text()).then(&Words::of("header")),
            );
            let ty = match header.get("schema") {
                Some(schema) => {
                    self.schema(&SchemaSet::one(schema), Direction::Response, &naming)
                        .ty
                }
                None => Type::String,
            };
            headers.push(Header {
                name: FieldName::new(&name),
                wire: entry.key.clone(),
                ty,
                required: flag(header, "required"),
                docs: self.docs(&[header]),
                origin: self.origin(entry.key_span),
            });
        }
        headers
    }
}

/// One kind of content of a response.
struct Content {
    payload: Payload,
    media_type: Option<SpecStr>,
    also: Vec<SpecStr>,
}

fn is_plain_text(media_type: &str) -> bool {
    media_type.split(';').next().unwrap_or_default().trim() == "text/plain"
}

fn is_empty(schema: &SchemaSet<'_>) -> bool {
    schema.nodes.iter().all(|node| node.entries().is_empty())
}

/// The name of a media type among others.
fn media_words(media_type: &str) -> Words {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    Words::of(match essence.split_once('/') {
        Some(("text", "plain")) => "text",
        Some(("application", "octet-stream")) | Some(("*", _)) => "bytes",
        Some((kind, "*")) => kind,
        Some((_, subtype)) => subtype,
        None => essence,
    })
}

/// Statuses of one reason phrase (428 and a class) still need names of their own, and so do further media types of one
/// status.
fn name_variants(responses: &mut [Response]) {
    let mut seen = HashSet::new();
    let name_requests: Vec<NameRequest> = responses
        .iter()
        .map(|response| {
            let plain = Words::of(reason(response.status));
            let text = format!("{:?}", response.status);
            if !seen.insert(response.status)
                && let Some(media_type) = &response.media_type
            {
                let media = media_words(media_type.text());
                let text = format!("{text} {}", media_type.text());
                return NameRequest::named(text, vec![media.clone(), plain.then(&media)]);
            }
            let told = plain.then(&Words::of(&text));
            NameRequest::named(text, vec![plain, told])
        })
        .collect();
    let names = Scope::new(&["Self"]).assign(&name_requests, |words| {
        VariantName::new(words).as_str().to_owned()
    });
    for (response, words) in responses.iter_mut().zip(names) {
        response.variant = VariantName::new(&words);
    }
}

/// The role of an unnamed type in an operation: `CreatePetResponse`, `CreatePetNotFoundResponse`.
fn part(status: Status) -> Words {
    match status {
        Status::Code(200 | 201) => Words::of("response"),
        other => Words::of(reason(other)).then(&Words::of("response")),
    }
}

/// The reason phrase of a status: RFC 9110 and the registry that it founds.
fn reason(status: Status) -> &'static str {
    match status {
        Status::Default => "default",
        Status::Class(1) => "informational",
        Status::Class(2) => "success",
        Status::Class(3) => "redirection",
        Status::Class(4) => "client error",
        Status::Class(_) => "server error",
        Status::Code(code) => phrase(code),
    }
}

fn phrase(code: u16) -> &'static str {
    match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        226 => "im used",
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        305 => "use proxy",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        418 => "im a teapot",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        505 => "http version not supported",
        506 => "variant also negotiates",
        507 => "insufficient storage",
        508 => "loop detected",
        511 => "network authentication required",
        other => match other / 100 {
            2 => "success",
            3 => "redirection",
            4 => "client error",
            _ => "server error",
        },
    }
}
