//! The rules of APIs, operations, parameters and responses.

use super::Rule;
use crate::compare::Effect::{Additive, Breaking, None as Nothing};
use crate::compare::Kind;

/// The statement of a rule; none if the rule is of another kind.
pub(super) fn rule(kind: Kind) -> Option<Rule> {
    Some(match kind {
        Kind::ApiAdded => Rule::both(Additive, Nothing, "Callers can begin to use it."),
        Kind::ApiRemoved => Rule::both(Breaking, Nothing, "Callers can use it no longer."),
        Kind::ServerAdded => Rule::both(Additive, Nothing, "Callers can turn to one more server."),
        Kind::ServerRemoved => Rule::both(
            Breaking,
            Nothing,
            "Callers that turn to this server have to turn to another.",
        ),
        Kind::ServerChanged => Rule::both(
            Breaking,
            Nothing,
            "Callers that rely on what was there may reach another server or none.",
        ),
        Kind::SchemeAdded => Rule::both(
            Additive,
            Nothing,
            "Callers can have credentials of one more kind; operations say where they are needed.",
        ),
        Kind::SchemeRemoved => Rule::both(
            Breaking,
            Nothing,
            "Credentials of this kind are of no use any more.",
        ),
        Kind::SchemeChanged => Rule::both(
            Breaking,
            Breaking,
            "Servers do not find the credentials where the others send them.",
        ),
        Kind::FlowChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests with a token stay the same; only the way to get one changes.",
        ),
        Kind::SignInChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests with the credential are what they were; clients get it in another way.",
        ),
        Kind::AcceptChanged => Rule::both(
            Breaking,
            Breaking,
            "Callers ask for another media type, which a server of the other version may not have.",
        ),
        Kind::VersionChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests and responses are what the other changes make of them.",
        ),
        Kind::OperationAdded => Rule::both(
            Additive,
            Nothing,
            "Callers can call it; servers that keep to the old document do not know it.",
        ),
        Kind::OperationRemoved => Rule::both(Breaking, Nothing, "Callers can call it no longer."),
        Kind::DeprecatedOperationRemoved => Rule::both(
            Nothing,
            Nothing,
            "Callers were told to stop using it, and had until its `x-sunset`.",
        ),
        Kind::WebhookAdded => Rule::both(
            Nothing,
            Nothing,
            "Receivers get it only if they register for it.",
        ),
        Kind::WebhookRemoved => Rule::both(Breaking, Nothing, "Receivers wait for it in vain."),
        Kind::SunsetAnnounced => Rule::both(
            Nothing,
            Nothing,
            "It works as before; callers know until when.",
        ),
        Kind::SunsetShortened => Rule::both(
            Breaking,
            Nothing,
            "Callers that planned for the day in the old document have less time, or do not know how much.",
        ),
        Kind::StabilityLowered => Rule::both(
            Breaking,
            Nothing,
            "Callers rely on a promise that is not made any more.",
        ),
        Kind::OperationRenamed => Rule::both(
            Nothing,
            Nothing,
            "Requests are the same; only code that names the operation changes.",
        ),
        Kind::OperationMoved => Rule::both(
            Nothing,
            Nothing,
            "Requests are the same; only code that names the module changes.",
        ),
        Kind::OperationPathChanged => Rule::both(
            Breaking,
            Breaking,
            "Callers that call it as before do not find it.",
        ),
        Kind::RequiredParameterAdded => Rule::both(
            Breaking,
            Additive,
            "Callers have to send it; requests without it may be refused.",
        ),
        Kind::OptionalParameterAdded => {
            Rule::both(Additive, Nothing, "Callers can send it and need not.")
        }
        Kind::RequiredParameterRemoved => Rule::both(
            Breaking,
            Breaking,
            "New servers ignore or reject it; old servers no longer get it from new callers.",
        ),
        Kind::OptionalParameterRemoved => Rule::both(
            Breaking,
            Nothing,
            "Callers that send it do so in vain or are refused.",
        ),
        Kind::ParameterSpellingChanged => Rule::both(
            Breaking,
            Breaking,
            "Servers do not find it where the others send it.",
        ),
        Kind::PathParameterRenamed => Rule::both(
            Nothing,
            Nothing,
            "URLs are the same; only code that names the parameter changes.",
        ),
        Kind::RequiredBodyAdded => Rule::both(
            Breaking,
            Nothing,
            "Callers have to send a body; requests without one may be refused.",
        ),
        Kind::OptionalBodyAdded => Rule::both(
            Additive,
            Nothing,
            "Callers can send a body and need not; in Rust they pass it or `None`.",
        ),
        Kind::BodyRemoved => Rule::both(
            Breaking,
            Breaking,
            "Callers send a body in vain or are refused; old servers may miss it in new requests.",
        ),
        Kind::BodyKindChanged => Rule::both(
            Breaking,
            Breaking,
            "The one side does not understand what the other sends.",
        ),
        Kind::RequestMediaTypeAdded => Rule::both(
            Additive,
            Nothing,
            "Callers can send bodies of this media type too.",
        ),
        Kind::RequestMediaTypeRemoved => Rule::both(
            Breaking,
            Nothing,
            "Callers that send bodies of this media type may be refused.",
        ),
        Kind::RequestMediaTypeChanged => Rule::both(
            Breaking,
            Breaking,
            "Servers may refuse bodies that are labelled as the other version of the document has it.",
        ),
        Kind::AlikeSuccessStatusAdded => Rule::both(
            Additive,
            Nothing,
            "Callers read any status of success as the documented one whose body fits.",
        ),
        Kind::SuccessStatusAdded => Rule::both(
            Breaking,
            Nothing,
            "Callers may get a success whose body they can't read.",
        ),
        Kind::SuccessStatusRemoved => Rule::both(
            Nothing,
            Breaking,
            "Callers do not see this success any more; new callers read it as another one when an old server answers so.",
        ),
        Kind::ErrorStatusAdded => Rule::both(
            Additive,
            Nothing,
            "An undocumented failure is now reported by name.",
        ),
        Kind::ErrorStatusRemoved => Rule::both(
            Nothing,
            Nothing,
            "If the server still sends the failure, it is reported as undocumented.",
        ),
        Kind::ResponseBodyAdded => Rule::both(
            Additive,
            Breaking,
            "Callers can read a body; new callers miss it in responses of old servers.",
        ),
        Kind::ResponseBodyRemoved => {
            Rule::both(Breaking, Nothing, "Callers that read the body find none.")
        }
        Kind::ResponseMediaTypeAdded => Rule::both(
            Additive,
            Nothing,
            "Callers can ask for responses of this media type too.",
        ),
        Kind::ResponseMediaTypeRemoved => Rule::both(
            Breaking,
            Nothing,
            "Callers that ask for responses of this media type may be refused.",
        ),
        Kind::ResponseMediaTypeChanged => Rule::both(
            Breaking,
            Breaking,
            "Callers ask for another media type than servers of the other version have, and do not know what they get.",
        ),
        Kind::ResponseHeaderAdded => {
            Rule::both(Additive, Nothing, "Callers can read it where it is sent.")
        }
        Kind::ResponseHeaderRemoved => {
            Rule::both(Breaking, Nothing, "Callers that read it find it no longer.")
        }
        Kind::SecurityNarrowed => Rule::both(
            Breaking,
            Nothing,
            "Callers whose credentials were enough may be refused.",
        ),
        Kind::SecurityWidened => Rule::both(
            Additive,
            Nothing,
            "Callers can use other credentials or fewer.",
        ),
        Kind::ReplayChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests are the same; clients repeat them more often or less when they fail.",
        ),
        Kind::PagingChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests are the same; clients walk through lists in another way or not at all.",
        ),
        Kind::PollingChanged => Rule::both(
            Nothing,
            Nothing,
            "Requests are the same; clients wait for another end or not at all.",
        ),
        _ => return None,
    })
}
