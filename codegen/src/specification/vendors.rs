//! Extensions of other tools that change what is called or read, and that are not honoured.

/// An extension of another tool.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vendor {
    /// Its key, or how its keys begin if it ends in `-`.
    pub(crate) key: &'static str,
    /// The request.
    pub(crate) asks: &'static str,
    /// The text to write instead.
    pub(crate) help: &'static str,
    /// The harm of not honouring it.
    pub(crate) harm: Harm,
}

/// The harm of not honouring an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    /// Calls or types are others than the author meant.
    Calls,
    /// Names or comfort alone.
    Comfort,
}

const fn vendor_row(
    key: &'static str,
    harm: Harm,
    asks: &'static str,
    help: &'static str,
) -> Vendor {
    Vendor {
        key,
        asks,
        help,
        harm,
    }
}

use Harm::{Calls, Comfort};

#[rustfmt::skip]
const VENDORS: &[Vendor] = &[
    vendor_row("x-ms-paths",                  Calls,   "adds operations that differ in their query",       "give each operation a path of its own below `paths`"),
    vendor_row("x-ms-parameterized-host",     Calls,   "makes the host of parameters",                     "write `servers` with variables, or give a base URL"),
    vendor_row("x-ms-long-running-operation", Comfort, "asks callers to poll for the result",              "call `send_and_wait`"),
    vendor_row("x-ms-enum",                   Comfort, "names an enum and its values",                     "write `x-rust-name` and `x-enum-varnames`"),
    vendor_row("x-ms-client-name",            Comfort, "names an item in code",                            "write `x-rust-name`"),
    vendor_row("x-ms-client-flatten",         Comfort, "lifts members into the object around them",        "describe the members where they are read"),
    vendor_row("x-ms-parameter-grouping",     Comfort, "groups parameters",                                "set each parameter"),
    vendor_row("x-ms-skip-url-encoding",      Calls,   "sends a parameter as it is, without escapes",   "write `allowReserved: true`"),
    vendor_row("x-ms-header-collection-prefix", Calls,   "makes a map of headers that begin alike",       "describe each header"),
    vendor_row("x-ms-error-response",         Calls,   "makes a failure of a documented status",        "document failures with their own statuses"),
    vendor_row("x-ms-mutability",             Comfort, "says when a member can be set",                 "write `readOnly` or `writeOnly`"),
    vendor_row("x-ms-parameter-location",     Comfort, "moves a parameter to the client",               "set the parameter at each call"),
    vendor_row("x-ms-requestBody-name",       Comfort, "names the body in code",                        "set the body by the name `body`"),
    vendor_row("x-ms-odata",                  Comfort, "names the schema that filters are about",       "write filters as text"),
    vendor_row("x-ms-secret",                 Comfort, "marks a secret",                                "write `x-secret: true`"),
    vendor_row("x-speakeasy-ignore",          Comfort, "leaves an item out",                               "remove the item, or ignore what is generated for it"),
    vendor_row("x-speakeasy-retries",         Comfort, "sets how calls are retried",                       "set it on the client"),
    vendor_row("x-speakeasy-name-override",   Comfort, "names an item in code",                            "write `x-rust-name`"),
    vendor_row("x-speakeasy-enums",           Comfort, "names the values of an enum",                      "write `x-enum-varnames`"),
    vendor_row("x-speakeasy-",                Comfort, "changes the code of another generator",            "see whether an extension of ours says the same"),
    vendor_row("x-fern-streaming",            Comfort, "makes a stream of a response",                     "write `itemSchema` below the media type"),
    vendor_row("x-fern-",                     Comfort, "changes the code of another generator",            "see whether an extension of ours says the same"),
    vendor_row("x-codegen-request-body-name", Comfort, "names the body in code",                        "set the body by the name `body`"),
    vendor_row("x-enumNames",                 Comfort, "names the values of an enum",                   "write `x-enum-varnames`"),
    vendor_row("x-enum-names",                Comfort, "names the values of an enum",                   "write `x-enum-varnames`"),
    vendor_row("x-dropshot-pagination",       Comfort, "marks lists that come page by page",            "write `x-pagination`"),
    vendor_row("x-deprecation-message",       Comfort, "gives the reason of a deprecation",             "write it in the description"),
    vendor_row("x-deprecatedMessage",         Comfort, "gives the reason of a deprecation",             "write it in the description"),
    vendor_row("x-webhooks",                  Comfort, "describes requests that the server sends",      "write `webhooks`, since OpenAPI 3.1"),
    vendor_row("x-oneOf",                     Calls,   "lists alternatives",                            "write `oneOf`, since OpenAPI 3.0"),
    vendor_row("x-anyOf",                     Calls,   "lists alternatives",                            "write `anyOf`, since OpenAPI 3.0"),
    vendor_row("x-const",                     Calls,   "sets the only value",                           "write an `enum` with one value"),
    vendor_row("x-kubernetes-int-or-string",  Calls,   "allows whole numbers and strings",              "write `oneOf` with both"),
    vendor_row("x-kubernetes-preserve-unknown-fields", Comfort, "keeps members that are not described",          "write `additionalProperties: true`"),
    vendor_row("x-stainless-",                Comfort, "changes the code of another generator",         "see whether an extension of ours says the same"),
    vendor_row("x-go-",                       Comfort, "changes the code of a generator for Go",        "see whether an extension of ours says the same"),
    vendor_row("x-oapi-codegen-",             Comfort, "changes the code of a generator for Go",        "see whether an extension of ours says the same"),
    vendor_row("x-ogen-",                     Comfort, "changes the code of a generator for Go",        "see whether an extension of ours says the same"),
    vendor_row("x-omitempty",                 Comfort, "changes the code of a generator for Go",        "see whether an extension of ours says the same"),
];

/// The facts about an extension of another tool; none if it is harmless.
pub(crate) fn vendor(key: &str) -> Option<&'static Vendor> {
    VENDORS
        .iter()
        .find(|vendor| match vendor.key.strip_suffix('-') {
            Some(_) => key.starts_with(vendor.key),
            None => key == vendor.key,
        })
}

/// Extensions of other tools that only look like ours.
const HARMLESS: &[&str] = &["x-accepts"];

/// Extensions of other tools that are honoured.
const HONOURED: &[&str] = &[
    "x-discriminator-value",
    "x-ms-discriminator-value",
    "x-ms-pageable",
    "x-speakeasy-pagination",
    "x-fern-pagination",
];

/// Whether an extension of another tool is honoured, or is known to change nothing.
pub(crate) fn is_harmless(key: &str) -> bool {
    HARMLESS.contains(&key) || HONOURED.contains(&key)
}
