//! Names of the structs of response headers.

use crate::ir::{Api, Operation, Response};
use crate::names::{NameRequest, Scope, TypeName, Words};

/// Names all of an API, beside its operations and their enums.
pub(super) fn assign(api: &mut Api) {
    let operations = || api.modules.iter().flat_map(|module| &module.operations);
    let taken: Vec<&str> = operations().flat_map(Operation::own_names).collect();
    let wanted = operations().map(|operation| {
        let sets = operation.header_sets();
        let first = sets.iter().filter_map(|set| set.first());
        let requests = first.map(|response| request(operation, response, sets.len()));
        requests.collect::<Vec<NameRequest>>()
    });
    let wanted: Vec<Vec<NameRequest>> = wanted.collect();
    let counts: Vec<usize> = wanted.iter().map(Vec::len).collect();
    let requests: Vec<NameRequest> = wanted.into_iter().flatten().collect();
    let names =
        Scope::new(&taken).assign(&requests, |words| TypeName::new(words).as_str().to_owned());
    let mut names = names.iter().map(TypeName::new);
    let operations = api.modules.iter_mut();
    let operations = operations.flat_map(|module| &mut module.operations);
    for (operation, count) in operations.zip(counts) {
        operation.header_names = names.by_ref().take(count).collect();
    }
}

/// `ListPetsHeaders` for the first, `ListPetsTooManyRequestsHeaders` where others differ.
fn request(operation: &Operation, response: &Response, sets: usize) -> NameRequest {
    let name = Words::of(operation.name.as_str());
    let variant = name.then(&Words::of(response.variant.as_str()));
    let headers = Words::of("headers");
    let full = [
        variant.then(&headers),
        variant.then(&Words::of("response headers")),
    ];
    let success = operation.responses.success.first();
    let lone = sets == 1 || success.is_some_and(|first| first.status == response.status);
    let short = lone.then(|| name.then(&headers));
    let text = format!("{} {:?}", operation.name, response.status);
    NameRequest::named(text, short.into_iter().chain(full).collect())
}
