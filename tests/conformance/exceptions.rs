//! Where Prism is not followed, each with the reason.

use crate::asked::Asked;

/// The `Accept` header that replaces the client's.
///
/// Prism takes `Accept` to name one of the documented media types of the response, and refuses any other (406). A
/// Controller of Appgate SDP wants a type of its own, `application/vnd.appgate.peer-v23+json`, which names the version
/// of the API, and answers with `application/json` all the same. OpenAPI cannot say so.
pub(crate) fn accept(api: &str) -> Option<&'static str> {
    (api == "appgate-sdp").then_some("application/json")
}

/// Examples of responses that Prism finds wrong: API, operation, example, why it is right.
const EXAMPLES: [(&str, &str, &str, &str); 1] = [(
    "parallels-ras",
    "createEmailOtpMfa",
    "local_times",
    "RAS sends date-times without an offset, which RFC 3339 does not have; the client reads them",
)];

/// Why a request fails that is right; none if it is to succeed.
pub(crate) fn reason(api: &str, asked: &Asked) -> Option<&'static str> {
    let example = asked.example.as_deref()?;
    let found = EXAMPLES.iter().find(|(known, operation, name, _)| {
        (*known, *operation, *name) == (api, &asked.operation, example)
    });
    found.map(|(.., reason)| *reason)
}
