//! Names of the public items that an operation becomes.

use super::{Operation, Payload, Response};
use crate::names::TypeName;

impl Operation {
    /// Responses with headers; those that have the same ones share a struct. Parallel to
    /// [`header_names`](Self::header_names).
    pub fn header_sets(&self) -> Vec<Vec<&Response>> {
        let mut sets: Vec<Vec<&Response>> = Vec::new();
        for response in self.responses.all() {
            if response.headers.is_empty() {
                continue;
            }
            let same = sets
                .iter_mut()
                .find(|set| set.first().is_some_and(|first| are_alike(first, response)));
            match same {
                Some(set) => set.push(response),
                None => sets.push(vec![response]),
            }
        }
        sets
    }

    /// The name of the struct of a response's headers; none where it has none.
    pub fn headers_of(&self, response: &Response) -> Option<&TypeName> {
        let mut sets = self.header_sets().into_iter().zip(&self.header_names);
        let has = |set: &[&Response]| set.iter().any(|known| known.status == response.status);
        sets.find(|(set, _)| has(set)).map(|(_, name)| name)
    }

    /// The names that it takes: its own, and those of its enums and forms.
    pub fn own_names(&self) -> impl Iterator<Item = &str> {
        let own = [
            &self.name,
            &self.args_name,
            &self.error_name,
            &self.success_name,
        ];
        let body = self.body.as_ref();
        let payloads = body.into_iter().flat_map(|body| &body.payloads);
        let forms = payloads.filter_map(|(_, payload, _)| match payload {
            Payload::Multipart(name, _) => Some(name),
            _ => None,
        });
        let all = own
            .into_iter()
            .chain(body.map(|body| &body.enum_name))
            .chain(forms);
        all.map(TypeName::as_str)
    }

    /// The names of all its items: its own, and those of the structs of response headers.
    pub fn item_names(&self) -> impl Iterator<Item = &str> {
        let headers = self.header_names.iter().map(TypeName::as_str);
        self.own_names().chain(headers)
    }
}

fn are_alike(one: &Response, other: &Response) -> bool {
    let headers = |response: &Response| -> Vec<_> {
        let headers = response.headers.iter();
        headers
            .map(|header| (header.wire.clone(), header.ty.clone(), header.required))
            .collect()
    };
    headers(one) == headers(other)
}
