//! The credentials of callers.

use super::Support::{Documented, Modelled};
use super::edition::{ALL, V3, V20, V30, V31, V32};
use super::field::Field;
use super::field::Kind::{Boolean, Choice, One, Text, TextMap, Url};
use super::field::Need::{Optional, Required};
use super::field::row;
use super::object::Object;

const TYPES_20: &[&str] = &["basic", "apiKey", "oauth2"];
const TYPES_30: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect"];
const TYPES_31: &[&str] = &["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];
const FLOWS_20: &[&str] = &["implicit", "password", "application", "accessCode"];

#[rustfmt::skip]
pub(super) const SECURITY_SCHEME: &[Field] = &[
    row("type",              Choice(TYPES_20),                       Required, V20,    Modelled),
    row("type",              Choice(TYPES_30),                       Required, V30,    Modelled),
    row("type",              Choice(TYPES_31),                       Required, V31,    Modelled),
    row("description",       Text,                                   Optional, ALL,    Documented),
    row("name",              Text,                                   Required, ALL,    Modelled).when("type", &["apiKey"]),
    row("in",                Choice(&["query", "header"]),           Required, V20,    Modelled).when("type", &["apiKey"]),
    row("in",                Choice(&["query", "header", "cookie"]), Required, V3,     Modelled).when("type", &["apiKey"]),
    row("scheme",            Text,                                   Required, V3,     Modelled).when("type", &["http"]),
    row("bearerFormat",      Text,                                   Optional, V3,     Documented).when("type", &["http"]),
    row("flows",             One(Object::OAuthFlows),                Required, V3,     Modelled).when("type", &["oauth2"]),
    row("openIdConnectUrl",  Url,                                    Required, V3,     Modelled).when("type", &["openIdConnect"]),
    row("oauth2MetadataUrl", Url,                                    Optional, V32,    Modelled).when("type", &["oauth2"]),
    row("deprecated",        Boolean,                                Optional, V32,    Modelled),
    row("flow",              Choice(FLOWS_20),                       Required, V20,    Modelled).when("type", &["oauth2"]).now("flows"),
    row("authorizationUrl",  Url,                                    Required, V20,    Modelled).when("flow", &["implicit", "accessCode"]).now("flows/<flow>"),
    row("tokenUrl",          Url,                                    Required, V20,    Modelled).when("flow", &["password", "application", "accessCode"]).now("flows/<flow>"),
    row("scopes",            TextMap,                                Optional, V20,    Documented).when("type", &["oauth2"]).now("flows/<flow>"),
];

#[rustfmt::skip]
pub(super) const OAUTH_FLOWS: &[Field] = &[
    row("implicit",            One(Object::OAuthFlow), Optional, V3,  Documented),
    row("password",            One(Object::OAuthFlow), Optional, V3,  Modelled),
    row("clientCredentials",   One(Object::OAuthFlow), Optional, V3,  Modelled),
    row("authorizationCode",   One(Object::OAuthFlow), Optional, V3,  Modelled),
    row("deviceAuthorization", One(Object::OAuthFlow), Optional, V32, Modelled),
    row("application",         One(Object::OAuthFlow), Optional, V20, Modelled).now("clientCredentials"),
    row("accessCode",          One(Object::OAuthFlow), Optional, V20, Modelled).now("authorizationCode"),
];

/// Which URLs a flow needs is decided by its key; see `FLOW_URLS`.
#[rustfmt::skip]
pub(super) const OAUTH_FLOW: &[Field] = &[
    row("authorizationUrl",       Url,     Optional, V3,  Modelled),
    row("deviceAuthorizationUrl", Url,     Optional, V32, Modelled),
    row("tokenUrl",               Url,     Optional, V3,  Modelled),
    row("refreshUrl",             Url,     Optional, V3,  Modelled),
    row("scopes",                 TextMap, Required, V3,  Modelled),
];

/// Whether a text is an http(s) URL, or one that is relative to the server.
pub(crate) fn is_http_url(text: &str) -> bool {
    if text.is_empty() || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once(':') else {
        return true;
    };
    let is_http = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
    let host = rest.strip_prefix("//");
    let has_host = host.is_some_and(|rest| !rest.starts_with('/') && !rest.is_empty());
    scheme.contains('/') || (is_http && has_host)
}

/// The URLs that each flow needs.
pub(crate) const FLOW_URLS: &[(&str, &[&str])] = &[
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    (
        "deviceAuthorization",
        &["deviceAuthorizationUrl", "tokenUrl"],
    ),
];
