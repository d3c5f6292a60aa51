//! The rules of types, their members and values.

use super::{Rule, told};
use crate::compare::Effect::{Additive, Breaking, None as Nothing};
use crate::compare::Kind;

/// The statement of a rule; none if the rule is of another kind.
pub(super) fn rule(kind: Kind) -> Option<Rule> {
    Some(match kind {
        Kind::TypeAdded => Rule::both(
            Nothing,
            Nothing,
            "What it is used for is listed where it is used.",
        ),
        Kind::TypeRemoved => Rule::both(
            Nothing,
            Nothing,
            "What it was used for is listed where it was used.",
        ),
        Kind::TypeRenamed => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; only code that names the type changes.",
        ),
        Kind::TypeMoved => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; only code that names the module changes.",
        ),
        Kind::RustNameChanged => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; only code that names it changes.",
        ),
        Kind::OrderChanged => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; constructors take their arguments in another order.",
        ),
        Kind::RequiredPropertyAdded => Rule::sided(
            told(
                Breaking,
                Additive,
                "Callers have to send it; requests without it may be refused.",
            ),
            told(
                Additive,
                Breaking,
                "Callers can read it and rely on it; new callers refuse responses of old servers that do not have it.",
            ),
        ),
        Kind::OptionalPropertyAdded => Rule::sided(
            told(Additive, Nothing, "Callers can send it and need not."),
            told(
                Additive,
                Nothing,
                "Callers can read it where it is there; those that do not know it ignore it.",
            ),
        ),
        Kind::RequiredPropertyRemoved => Rule::sided(
            told(
                Breaking,
                Breaking,
                "New servers ignore or reject it; old servers no longer get it from new callers.",
            ),
            told(Breaking, Nothing, "Callers that need it find it no longer."),
        ),
        Kind::OptionalPropertyRemoved => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Callers that send it do so in vain or are refused.",
            ),
            told(Breaking, Nothing, "Callers that read it find it no longer."),
        ),
        Kind::BecameRequired => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Callers that leave it out may be refused.",
            ),
            told(
                Additive,
                Breaking,
                "Callers can rely on it; new callers refuse responses of old servers that leave it out.",
            ),
        ),
        Kind::BecameOptional => Rule::sided(
            told(
                Additive,
                Breaking,
                "Callers may leave it out; old servers may refuse new requests that do.",
            ),
            told(
                Breaking,
                Nothing,
                "Callers that rely on it may find it absent.",
            ),
        ),
        Kind::BecameNullable => Rule::sided(
            told(Additive, Nothing, "Callers may send null."),
            told(
                Breaking,
                Nothing,
                "Callers that rely on a value may get null.",
            ),
        ),
        Kind::BecameNonNull => Rule::sided(
            told(Breaking, Nothing, "Callers that send null may be refused."),
            told(
                Additive,
                Breaking,
                "Callers can rely on a value; new callers refuse responses of old servers that have null.",
            ),
        ),
        Kind::BecameReadOnly => Rule::both(
            Nothing,
            Breaking,
            "Servers ignore it in requests; old servers miss it in new ones.",
        ),
        Kind::AccessChanged => Rule::both(
            Nothing,
            Nothing,
            "The properties that this adds to requests and responses, or removes from them, are listed beside it.",
        ),
        Kind::AdditionalPropertiesOpened => Rule::sided(
            told(Additive, Nothing, "Callers can send members of their own."),
            told(
                Additive,
                Nothing,
                "Callers can read members that the document does not name.",
            ),
        ),
        Kind::AdditionalPropertiesClosed => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Callers that send members of their own may be refused.",
            ),
            told(
                Breaking,
                Nothing,
                "Callers that read other members find none.",
            ),
        ),
        Kind::TypeChanged => Rule::sided(
            told(
                Breaking,
                Breaking,
                "The one side may refuse what the other sends.",
            ),
            told(
                Breaking,
                Breaking,
                "Callers may fail to read what servers of the other version answer.",
            ),
        ),
        Kind::TypeNarrowed => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Requests that were valid may be rejected.",
            ),
            told(
                Additive,
                Breaking,
                "Callers can rely on less variety; new callers may fail to read what old servers answer.",
            ),
        ),
        Kind::TypeWidened => Rule::sided(
            told(Additive, Nothing, "Callers can send more."),
            told(Breaking, Nothing, "Callers may get what they fail to read."),
        ),
        Kind::SecretMarked => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; crates no longer show or log it.",
        ),
        Kind::SecretUnmarked => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; crates show it like any other value.",
        ),
        Kind::ReadingChanged => Rule::both(
            Nothing,
            Nothing,
            "The document promises the same; crates read a number in other spellings beside the documented one.",
        ),
        Kind::DefaultAdded => Rule::sided(
            told(
                Additive,
                Nothing,
                "Callers know what holds if they leave it out.",
            ),
            told(
                Nothing,
                Nothing,
                "Callers know what holds where it is absent.",
            ),
        ),
        Kind::DefaultChanged => Rule::sided(
            told(
                Breaking,
                Breaking,
                "Requests that leave it out mean something else.",
            ),
            told(
                Nothing,
                Nothing,
                "Responses are what they were; callers that take an absent value for the default should take the new one.",
            ),
        ),
        Kind::DefaultRemoved => Rule::sided(
            told(
                Breaking,
                Nothing,
                "The document no longer says what holds for requests that leave it out.",
            ),
            told(
                Nothing,
                Nothing,
                "Responses are what they were; the meaning of an absent value is not documented any more.",
            ),
        ),
        Kind::ConstantChanged => Rule::sided(
            told(
                Breaking,
                Breaking,
                "The one side refuses the value that the other sends.",
            ),
            told(Breaking, Breaking, "Callers do not know what they get."),
        ),
        Kind::LimitNarrowed => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Callers may be refused with what was good so far; crates refuse it before it is sent.",
            ),
            told(
                Nothing,
                Breaking,
                "Callers get less variety; old servers may answer with more.",
            ),
        ),
        Kind::LimitWidened => Rule::sided(
            told(Additive, Nothing, "Callers can send more."),
            told(
                Breaking,
                Nothing,
                "Callers may get more than they provide for; crates do not check what they receive.",
            ),
        ),
        Kind::PatternAdded => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Callers may be refused with what was good so far; crates refuse it before it is sent.",
            ),
            told(
                Nothing,
                Breaking,
                "Callers get less variety; old servers may answer with more.",
            ),
        ),
        Kind::PatternChanged => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Not known to allow all that the old pattern does, so requests that were valid may be rejected.",
            ),
            told(
                Nothing,
                Nothing,
                "Callers keep the text as it is; crates do not check patterns of what they receive.",
            ),
        ),
        Kind::PatternRemoved => Rule::sided(
            told(Additive, Nothing, "Callers can send any text."),
            told(
                Nothing,
                Nothing,
                "Callers keep the text as it is; crates do not check patterns of what they receive.",
            ),
        ),
        Kind::EnumValueAdded => Rule::sided(
            told(Additive, Nothing, "Callers can send it."),
            told(
                Additive,
                Nothing,
                "Callers may get it; enumerations are open, so those that do not know it keep it as unknown.",
            ),
        ),
        Kind::EnumValueRemoved => Rule::sided(
            told(Breaking, Nothing, "Callers that send it may be refused."),
            told(
                Nothing,
                Nothing,
                "Callers do not get it any more; from an old server it is kept as unknown.",
            ),
        ),
        Kind::BranchAdded => Rule::sided(
            told(Additive, Nothing, "Callers can send it."),
            told(
                Additive,
                Nothing,
                "Callers may get it; those that do not know it keep it as it is.",
            ),
        ),
        Kind::BranchAddedToClosedUnion => Rule::sided(
            told(Additive, Nothing, "Callers can send it."),
            told(Breaking, Nothing, "Callers may get it and fail to read it."),
        ),
        Kind::BranchRemoved => Rule::sided(
            told(Breaking, Nothing, "Callers that send it may be refused."),
            told(
                Nothing,
                Breaking,
                "Callers do not get it any more; new callers do not know it when an old server answers so.",
            ),
        ),
        Kind::TagsChanged => Rule::sided(
            told(
                Breaking,
                Breaking,
                "Servers may not know what the others send.",
            ),
            told(Breaking, Breaking, "Callers may not know what they get."),
        ),
        Kind::DiscriminatorAdded => Rule::both(
            Nothing,
            Nothing,
            "A discriminator does not change which values are valid; readers choose by it.",
        ),
        Kind::DiscriminatorRemoved => Rule::both(
            Nothing,
            Nothing,
            "A discriminator does not change which values are valid; readers choose by members.",
        ),
        Kind::TaggingChanged => Rule::sided(
            told(
                Breaking,
                Breaking,
                "Servers do not understand what the others send.",
            ),
            told(
                Breaking,
                Breaking,
                "Callers do not understand what they get.",
            ),
        ),
        Kind::KeywordNarrowed => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Requests that were valid may be rejected; crates do not check this keyword.",
            ),
            told(
                Nothing,
                Breaking,
                "Callers get less variety; old servers may answer with more.",
            ),
        ),
        Kind::KeywordWidened => Rule::sided(
            told(Additive, Nothing, "Callers can send more."),
            told(
                Breaking,
                Nothing,
                "Callers may get values that the old document excludes.",
            ),
        ),
        Kind::KeywordChanged => Rule::sided(
            told(
                Breaking,
                Nothing,
                "Not judged: requests that were valid may be rejected.",
            ),
            told(
                Breaking,
                Breaking,
                "Not judged: callers may get values that the old document excludes.",
            ),
        ),
        Kind::Deprecated => Rule::both(
            Nothing,
            Nothing,
            "It works as before; callers should leave it in time.",
        ),
        Kind::DeprecationWithdrawn => {
            Rule::both(Nothing, Nothing, "It works as before, and stays.")
        }
        Kind::DocsChanged => Rule::both(Nothing, Nothing, "Nothing changes for callers."),
        Kind::Consequence => Rule::both(
            Nothing,
            Nothing,
            "The same is sent; code that names the item may have to change.",
        ),
        _ => return None,
    })
}
