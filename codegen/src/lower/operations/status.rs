//! Statuses: the keys of responses, and their reason phrases as names.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Response, Status};
use crate::load::Entry;
use crate::names::{NameRequest, Scope, VariantName, Words};
use crate::source::Span;

use super::super::Lowering;
use super::content::media_words;

impl Lowering<'_> {
    pub(super) fn status(&mut self, entry: &Entry) -> Option<Status> {
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

    pub(super) fn repeated_status(&mut self, entry: &Entry, first: Span) {
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
}

/// Statuses of one reason phrase (428 and a class) still need names of their own, and so do further media types of one
/// status.
pub(super) fn name_variants(responses: &mut [Response]) {
    let mut names = HashSet::new();
    // The reason phrases are names already, but for those that stand twice.
    if responses
        .iter()
        .all(|response| names.insert(response.variant.as_str()))
    {
        return;
    }
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
pub(super) fn part(status: Status) -> Words {
    match status {
        Status::Code(200 | 201) => Words::of("response"),
        other => Words::of(reason(other)).then(&Words::of("response")),
    }
}

/// The reason phrase of a status: RFC 9110 and the registry that it founds.
pub(super) fn reason(status: Status) -> &'static str {
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
