//! The event that a request is: by method and path, then by what marks it.

use std::cmp::Reverse;
use std::collections::HashMap;

use http::request::Parts as Head;
use serde_json::Value;

use super::super::Pairs;
use super::super::template::at_end;
use super::{EventSpec, Mark};
use crate::client::{essence, is_json};

/// An event that a request may be.
pub(super) struct Candidate {
    pub(super) at: usize,
    pub(super) name: &'static str,
    pub(super) path: Vec<(&'static str, String)>,
    /// The number of parts of the request that say that it is this one.
    score: usize,
}

/// The events that a request may be, the likeliest first.
pub(super) fn candidates(
    events: &'static [EventSpec],
    head: &Head,
    body: &[u8],
    is_called: impl Fn(&EventSpec) -> bool,
) -> Vec<Candidate> {
    let mut request = Request::new(head, body);
    let events = events.iter().enumerate();
    let mut found: Vec<Candidate> = events
        .filter(|(_, spec)| is_called(spec) && spec.operation.method == head.method)
        .filter_map(|(at, spec)| {
            let (path, query) = spec.operation.path_and_query();
            let fixed = Pairs::of_query(query);
            if !request.query.has_all(&fixed) {
                return None;
            }
            let (path, literal) = at_end(path, head.uri.path())?;
            let marked = request.marked(spec.marks)?;
            Some(Candidate {
                at,
                name: spec.name,
                path,
                score: literal.saturating_add(fixed.count()).saturating_add(marked),
            })
        })
        .collect();
    found.sort_by_key(|candidate| Reverse(candidate.score));
    found
}

/// The parts of a request that may mark it.
struct Request<'r> {
    head: &'r Head,
    query: Pairs,
    body: &'r [u8],
    /// The members of the body, once somebody asks for one.
    members: Option<HashMap<String, Value>>,
}

impl<'r> Request<'r> {
    fn new(head: &'r Head, body: &'r [u8]) -> Self {
        Self {
            head,
            query: Pairs::of_query(head.uri.query().unwrap_or_default()),
            body,
            members: None,
        }
    }

    /// The number of marks that the request has; none where one of them says that it is another event.
    fn marked(&mut self, marks: &[Mark]) -> Option<usize> {
        let mut count = 0_usize;
        for mark in marks {
            let (found, values) = match *mark {
                Mark::Member(name, values) => (self.member(name), values),
                Mark::Header(name, values) => (self.header(name), values),
                Mark::Query(name, values) => (self.query.first(name), values),
            };
            match found {
                Some(found) if values.contains(&found.as_str()) => {
                    count = count.saturating_add(1);
                }
                Some(_) => return None,
                None => {}
            }
        }
        Some(count)
    }

    fn header(&self, name: &str) -> Option<String> {
        let value = self.head.headers.get(name)?;
        Some(value.to_str().ok()?.trim().to_owned())
    }

    fn member(&mut self, name: &str) -> Option<String> {
        let members = match &mut self.members {
            Some(members) => members,
            none => none.insert(members(self.head, self.body).unwrap_or_default()),
        };
        match members.get(name)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// The members of a body that is an object of JSON, or a form.
fn members(head: &Head, body: &[u8]) -> Option<HashMap<String, Value>> {
    let media = head
        .headers
        .get(http::header::CONTENT_TYPE)?
        .to_str()
        .ok()?;
    let media = essence(media);
    if is_json(media) {
        return serde_json::from_slice(body).ok();
    }
    if media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let text = String::from_utf8_lossy(body);
        return Pairs::of_query(&text).into_form(&[]).ok()?.read().ok();
    }
    None
}
