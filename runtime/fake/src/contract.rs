//! The document's description of every call of an operation: credentials, `Accept`, the key of a repetition.

use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION};

use crate::played::Served;
use crate::problem::Reason;
use crate::received::Received;
use countersign_runtime::inbound::{Fault, Inbound, Place, captured};
use countersign_runtime::{
    Accept, AcceptSpec, ApiSpec, Idempotency, KeyPlace, OperationSpec, Scheme, SchemeKind, essence,
};
use countersign_runtime::{Check, Secret};

/// Reads an operation and checks its request against the document.
pub(crate) fn receive<O: Served>(
    api: &ApiSpec,
    mut request: Inbound,
) -> Result<Received<O>, Vec<Reason>> {
    let spec = const { &O::SPEC };
    let (_, fixed) = spec.path_and_query();
    request.pass_query(fixed);
    let credential = match credential(spec, &mut request) {
        Ok(credential) => credential,
        Err(fault) => {
            request.refuse(fault);
            None
        }
    };
    let headers = &request.head().headers;
    let others = [accept(api, spec, headers), replay_key(spec, headers)];
    others
        .into_iter()
        .flatten()
        .for_each(|fault| request.refuse(fault));
    let operation = O::receive(&mut request);
    if let Some(operation) = &operation {
        let mut check = Check::new();
        operation.validate(&mut check);
        if let Err(violations) = check.finish() {
            request.refuse(Fault::Constraints(violations));
        }
    }
    let (head, faults) = request.finish();
    match operation {
        Some(operation) if faults.is_empty() => Ok(Received {
            operation,
            head,
            credential,
            earlier: 0,
        }),
        _ => Err(faults.into_iter().map(Reason::from).collect()),
    }
}

/// The credential of the first alternative that the request has all of.
fn credential(
    spec: &OperationSpec,
    request: &mut Inbound,
) -> Result<Option<Secret<String>>, Fault> {
    let mut without = spec.security.is_empty();
    let mut held = None;
    for set in spec.security {
        without |= set.is_empty();
        // All of them are looked at, so that no key is left over as an unknown parameter.
        let found: Vec<_> = set.iter().map(|scheme| sent(scheme, request)).collect();
        let found: Option<Vec<_>> = found.into_iter().collect();
        held = held.or_else(|| found.and_then(|found| found.into_iter().next()));
    }
    if held.is_some() || without {
        return Ok(held.map(Secret::new));
    }
    let names = |set: &&[Scheme]| set.iter().map(|scheme| scheme.name()).collect();
    Err(Fault::Credential(spec.security.iter().map(names).collect()))
}

/// The credential that was sent for a scheme.
fn sent(scheme: &Scheme, request: &mut Inbound) -> Option<String> {
    let headers = &request.head().headers;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let authorized = |kind: &str| {
        let text = header(AUTHORIZATION.as_str())?;
        let (found, secret) = text.split_once(' ')?;
        found.eq_ignore_ascii_case(kind).then(|| secret.to_owned())
    };
    let found = match scheme.kind() {
        SchemeKind::ApiKey(KeyPlace::Header(name)) => header(name),
        SchemeKind::ApiKey(KeyPlace::Query(name)) => request.query_text(name),
        SchemeKind::ApiKey(KeyPlace::Cookie(name)) => request.cookie_text(name),
        SchemeKind::Basic => authorized("Basic"),
        SchemeKind::Bearer => authorized("Bearer"),
        SchemeKind::Http(kind) => authorized(kind),
        // A certificate belongs to the connection; no request shows it.
        SchemeKind::MutualTls => return Some(String::new()),
    };
    found.filter(|secret| !secret.is_empty())
}

/// Whether the request accepts something that the document offers.
fn accept(api: &ApiSpec, spec: &OperationSpec, headers: &HeaderMap) -> Option<Fault> {
    let found: Vec<_> = headers
        .get_all(ACCEPT)
        .iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    let found = (!found.is_empty()).then(|| found.join(","));
    let ranges = || {
        found
            .iter()
            .flat_map(|found| found.split(','))
            .map(str::trim)
    };
    let (documented, fits) = match (spec.accept, &api.accept) {
        // A request without the header takes anything.
        (Accept::Only(_), _) if found.is_none() => return None,
        (Accept::Only(documented), _) => {
            let offers = || documented.split(',').map(str::trim);
            let fits = ranges().any(|range| offers().any(|offer| takes(range, offer)));
            (documented, fits)
        }
        // The version is told by this header alone.
        (Accept::Api, Some(template)) => {
            let fits = ranges().any(|range| is_of(range, template));
            (template.media_type, fits)
        }
        (Accept::Api, None) => return None,
    };
    (!fits).then(|| Fault::Accept {
        found,
        documented: documented.to_owned(),
    })
}

/// Whether a range of media types has one in it.
fn takes(range: &str, offer: &str) -> bool {
    let (kind, offered) = (essence(range), essence(offer));
    let within = match kind.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => offered
            .split('/')
            .next()
            .is_some_and(|found| found.eq_ignore_ascii_case(kind)),
        None => kind.eq_ignore_ascii_case(offered) || offered.contains('*'),
    };
    let parameters = |media: &str| -> Vec<String> {
        let parameters = media.split(';').skip(1).map(str::trim);
        parameters
            .map(|encoded| encoded.replace('"', "").to_ascii_lowercase())
            .collect()
    };
    let offered = parameters(offer);
    let asked = parameters(range);
    within
        && asked
            .iter()
            .filter(|asked| !asked.starts_with("q=") && !asked.starts_with("charset="))
            .all(|asked| offered.contains(asked))
}

/// Whether a media type is the template with its variables filled in.
fn is_of(media: &str, template: &AcceptSpec) -> bool {
    let Some(values) = captured(template.media_type, media) else {
        return false;
    };
    values.iter().all(|(name, value)| {
        let variable = template
            .variables
            .iter()
            .find(|variable| variable.name == *name);
        variable.is_none_or(|known| known.values.is_empty() || known.values.contains(value))
    })
}

/// The key by which the server knows a repetition has to be there.
fn replay_key(spec: &OperationSpec, headers: &HeaderMap) -> Option<Fault> {
    match spec.idempotency {
        Idempotency::Key(name) if !headers.contains_key(name) => Some(Fault::Parameter {
            place: Place::Header,
            name: name.to_owned(),
            why: "is required".to_owned(),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_runtime::Variable;

    #[test]
    fn ranges_take_what_is_offered() {
        let versioned = "application/json; api-version=1.0";
        for (range, offer, fits) in [
            ("*/*;q=0.1", versioned, true),
            ("application/*", versioned, true),
            ("application/json", versioned, true),
            ("application/json; api-version=\"1.0\"", versioned, true),
            ("application/json; api-version=2.0", versioned, false),
            ("text/plain", versioned, false),
        ] {
            assert_eq!(takes(range, offer), fits, "{range}");
        }
    }

    #[test]
    fn a_template_takes_the_values_that_the_document_lists() {
        const VERSION: Variable = Variable {
            name: "v",
            default: None,
            values: &["1", "2"],
        };
        let template = AcceptSpec {
            media_type: "application/vnd.x-v{v}+json",
            variables: &[VERSION],
        };
        assert!(is_of("application/vnd.x-v2+json", &template));
        assert!(!is_of("application/vnd.x-v3+json", &template));
        assert!(!is_of("application/json", &template));
    }
}
