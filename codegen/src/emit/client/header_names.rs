//! What the structs of response headers are called.

use std::collections::HashMap;

use super::headers::sets;
use crate::ir::{Api, Operation, Payload, Response, Status};
use crate::names::{NameRequest, Scope, TypeName, Words};

/// Names of structs of response headers, by operation and by the first status that has them.
pub(in crate::emit) struct HeaderNames(HashMap<(TypeName, Status), TypeName>);

impl HeaderNames {
    /// Names all of an API, beside its operations and their enums.
    pub(in crate::emit) fn of(api: &Api) -> Self {
        let operations = || api.modules.iter().flat_map(|module| &module.operations);
        let wanted: Vec<(&Operation, &Response)> = operations()
            .flat_map(|operation| {
                let first = sets(operation)
                    .into_iter()
                    .filter_map(|set| set.first().copied());
                first.map(move |response| (operation, response))
            })
            .collect();
        let taken: Vec<&str> = operations().flat_map(names_of).collect();
        let name_requests: Vec<NameRequest> = wanted
            .iter()
            .map(|(operation, response)| name_request(operation, response))
            .collect();
        let names = Scope::new(&taken).assign(&name_requests, |words| {
            TypeName::new(words).as_str().to_owned()
        });
        let keys = wanted
            .iter()
            .map(|(operation, response)| (operation.name.clone(), response.status));
        Self(keys.zip(names.iter().map(TypeName::new)).collect())
    }

    /// The name of the headers of a response.
    pub(in crate::emit) fn get(&self, operation: &Operation, status: Status) -> Option<&TypeName> {
        self.0.get(&(operation.name.clone(), status))
    }
}

/// Names of all public items that operations become.
pub(crate) struct OperationItems(HeaderNames);

impl OperationItems {
    /// Those of an API.
    pub(crate) fn of(api: &Api) -> Self {
        Self(HeaderNames::of(api))
    }

    /// Those of an operation: its type, its enums and forms, and the structs of its responses' headers.
    pub(crate) fn names<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = &'a str> {
        let headers = sets(operation).into_iter().filter_map(|set| {
            let first = set.first()?;
            self.0.get(operation, first.status).map(TypeName::as_str)
        });
        names_of(operation).chain(headers)
    }
}

/// The names that an operation takes: its own, and those of its enums and forms.
pub(in crate::emit) fn names_of(operation: &Operation) -> impl Iterator<Item = &str> {
    let own = [
        &operation.name,
        &operation.error_name,
        &operation.success_name,
    ];
    let body = operation.body.as_ref();
    let forms = body
        .into_iter()
        .flat_map(|body| &body.payloads)
        .filter_map(|(_, payload, _)| match payload {
            Payload::Multipart(name, _) => Some(name),
            _ => None,
        });
    let all = own
        .into_iter()
        .chain(body.map(|body| &body.enum_name))
        .chain(forms);
    all.map(TypeName::as_str)
}

/// `ListPetsHeaders` for the first, `ListPetsTooManyRequestsHeaders` where others differ.
fn name_request(operation: &Operation, response: &Response) -> NameRequest {
    let name = Words::of(operation.name.as_str());
    let variant = name.then(&Words::of(response.variant.as_str()));
    let headers = Words::of("headers");
    let full = [
        variant.then(&headers),
        variant.then(&Words::of("response headers")),
    ];
    let lone = sets(operation).len() == 1
        || operation
            .responses
            .success
            .first()
            .is_some_and(|first| first.status == response.status);
    let short = lone.then(|| name.then(&headers));
    let text = format!("{} {:?}", operation.name, response.status);
    NameRequest::named(text, short.into_iter().chain(full).collect())
}
