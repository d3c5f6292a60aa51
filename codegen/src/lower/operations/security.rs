//! Security: which schemes there are and which each operation needs.

use openapiv3::{APIKeyLocation, SecurityScheme};

use crate::diagnostic::Code;
use crate::ir::{
    Credential, Docs, Grant, ImplicitFlow, OAuthFlow, Operation, Payload, Scheme, SchemeKind,
    SignIn, Type,
};
use crate::load::{Distinct, Entry, Node};
use crate::names::{FunctionName, NameRequest, Scope, TypeName};
use crate::source::SpecStr;
use crate::specification::is_http_url;

use super::super::{Lowering, literal};
use super::field_path::Misfit;
use super::header_name::HeaderName;
use super::modules::Placed;
use super::parameter::is_token;

impl<'a> Lowering<'a> {
    fn scheme_entries(&self) -> &'a [Entry] {
        let components = self.documents.entry().root.get("components");
        components
            .and_then(|components| components.get("securitySchemes"))
            .map(Node::entries)
            .unwrap_or_default()
    }

    /// The names of the schemes of the document, in its order.
    pub(super) fn scheme_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.scheme_entries().iter().map(|entry| entry.key.text())
    }

    /// Every scheme of the document, used or not.
    pub(super) fn schemes(&mut self, placed: &[Placed<'a>]) -> Vec<Scheme> {
        let entries = self.scheme_entries();
        let name_requests: Vec<NameRequest> = entries
            .iter()
            .map(|entry| NameRequest::of(entry.key.text()))
            .collect();
        let names = Scope::default().assign(&name_requests, |words| {
            FunctionName::new(words).as_str().to_owned()
        });
        let mut schemes = Vec::with_capacity(entries.len());
        for (entry, words) in entries.iter().zip(names) {
            let node = self.follow(&entry.value).unwrap_or(&entry.value);
            schemes.push(Scheme {
                name: FunctionName::new(&words),
                wire: entry.key.clone(),
                kind: self.scheme_kind(node),
                sign_in: self.sign_in(node, placed),
                metadata_url: metadata_url(node),
                implicit: implicit(node),
                deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
                docs: self.scheme_docs(node),
                origin: self.origin(entry.key_span),
            });
        }
        schemes
    }

    /// The purpose of a scheme, and the sign-in for a token by a flow that the client does not know.
    fn scheme_docs(&mut self, node: &'a Node) -> Docs {
        let mut docs = self.docs(&[node]);
        let mut note = |what: &str, url: Option<SpecStr>| {
            let url = url.map(|url| url.text().replace('`', "'"));
            docs.notes
                .extend(url.map(|url| SpecStr::new(format!("{what} `{url}`."))));
        };
        note(
            "The implicit flow, which is for browsers, begins at",
            implicit(node).map(|flow| flow.authorization_url),
        );
        note(
            "The authorization server describes itself at",
            metadata_url(node),
        );
        docs
    }

    fn scheme_kind(&mut self, node: &'a Node) -> SchemeKind {
        if node.get("type").and_then(Node::as_str) == Some("mutualTLS") {
            return SchemeKind::MutualTls;
        }
        let read = serde_json::from_value::<SecurityScheme>(node.to_json());
        let name = |name: &str| {
            node.get("name")
                .and_then(literal::text)
                .filter(|_| is_token(name))
        };
        if let Ok(SecurityScheme::APIKey {
            location: APIKeyLocation::Header,
            name,
            ..
        }) = &read
            && !is_token(name)
            && let Some(meant) = HeaderName::of(name)
        {
            return self.meant(node, meant);
        }
        match read {
            Ok(SecurityScheme::APIKey {
                location,
                name: text,
                ..
            }) => match (location, name(&text)) {
                (APIKeyLocation::Query, _) => {
                    SchemeKind::QueryKey(crate::source::SpecStr::new(text))
                }
                (APIKeyLocation::Header, Some(name)) => SchemeKind::HeaderKey(name),
                (APIKeyLocation::Cookie, Some(name)) => SchemeKind::CookieKey(name),
                (_, None) => self.unusable(node, "its name can't be the name of a header"),
            },
            Ok(SecurityScheme::HTTP { scheme, .. }) if scheme.eq_ignore_ascii_case("basic") => {
                SchemeKind::Basic
            }
            Ok(SecurityScheme::HTTP { scheme, .. }) if scheme.eq_ignore_ascii_case("bearer") => {
                SchemeKind::Bearer
            }
            Ok(SecurityScheme::HTTP { scheme, .. }) if is_token(&scheme) => {
                self.warn(
                    Code::SecurityScheme,
                    node.span,
                    format!("what the HTTP scheme `{scheme}` needs is left to the caller"),
                    "give the credential all that follows the scheme's name in `Authorization`, or set that header",
                );
                SchemeKind::Http(crate::source::SpecStr::new(scheme))
            }
            Ok(SecurityScheme::HTTP { .. }) => self.unusable(node, "its HTTP scheme can't be sent"),
            Ok(SecurityScheme::OAuth2 { .. }) => SchemeKind::OAuth2(flows(node)),
            Ok(SecurityScheme::OpenIDConnect { .. }) => SchemeKind::OpenIdConnect,
            Err(_) if node.get("type").and_then(Node::as_str) == Some("oauth2") => {
                SchemeKind::OAuth2(flows(node))
            }
            Err(_) if node.get("type").and_then(Node::as_str) == Some("openIdConnect") => {
                SchemeKind::OpenIdConnect
            }
            // A reference whose target does not exist is reported already.
            Err(_) if self.resolved.is_reference(node) => SchemeKind::Bearer,
            Err(_) => self.unusable(
                node,
                "its type must be apiKey, http, oauth2, openIdConnect or mutualTLS",
            ),
        }
    }

    fn unusable(&mut self, node: &'a Node, why: &str) -> SchemeKind {
        self.warn(
            Code::SecurityScheme,
            node.span,
            format!("the security scheme can't be used: {why}"),
            (
                "fix the scheme, by an overlay if the document is not yours, or set what it needs by `Builder::header`",
                "what it needs is left to the caller, and no call asks for it",
            ),
        );
        SchemeKind::Unknown
    }

    /// The kind of a scheme whose key is named by more than a name, of which one reading makes sense.
    fn meant(&mut self, node: &'a Node, name: HeaderName) -> SchemeKind {
        let span = node.get("name").map_or(node.span, |name| name.span);
        let (help, note, kind) = match name {
            HeaderName::Key(name) => (
                format!("write `{name}`"),
                format!("it is read as `{name}`"),
                SchemeKind::HeaderKey(SpecStr::new(name)),
            ),
            HeaderName::Http(scheme) => (
                format!(
                    "write `type: http` and `scheme: {}`, which OpenAPI 3 has",
                    scheme.to_ascii_lowercase()
                ),
                format!("the credential is sent after `{scheme}` in `Authorization`"),
                match scheme.eq_ignore_ascii_case("bearer") {
                    true => SchemeKind::Bearer,
                    false => SchemeKind::Http(SpecStr::new(scheme)),
                },
            ),
        };
        self.warn(
            Code::SecurityScheme,
            span,
            "the name of the security scheme's header has more than a name".to_owned(),
            (help, note),
        );
        kind
    }

    fn sign_in(&mut self, node: &'a Node, placed: &[Placed<'a>]) -> Option<SignIn> {
        let hook = node.get("x-sign-in")?;
        let wanted = hook.get("operation").and_then(Node::as_str)?;
        let found = placed
            .iter()
            .find(|placed| placed.node.get("operationId").and_then(Node::as_str) == Some(wanted));
        let operation: Option<TypeName> = found.map(|placed| placed.operation.name.clone());
        if operation.is_none() {
            self.warn(
                Code::SecurityScheme,
                hook.span,
                format!("`{wanted}` is not an operation to sign in with"),
                (
                    "name an operationId of this document",
                    "no sign-in is generated",
                ),
            );
        }
        self.drain();
        if let Some(Misfit { span, what }) = self.misfit(hook, &found?.operation) {
            self.warn(
                Code::SecurityScheme,
                span,
                format!("the sign-in does not match its operation: {what}"),
                (
                    "name pointers into the operation's success body",
                    "no sign-in is generated",
                ),
            );
            return None;
        }
        Some(SignIn {
            operation: operation?,
            token: hook.get("token").and_then(literal::text)?,
            expires: hook.get("expires").and_then(literal::text),
        })
    }

    /// The part of a sign-in that does not match the success body of its operation.
    fn misfit(&self, hook: &Node, operation: &Operation) -> Option<Misfit> {
        let found = |key: &str| {
            let success = operation.responses.only_success()?;
            let Payload::Json(body) = &success.payload else {
                return None;
            };
            let field_path = self.field_path(body, hook.get(key).and_then(Node::as_str)?)?;
            Some(self.unaliased(&field_path.found).clone())
        };
        let is_token = match found("token") {
            Some(Type::Secret(inner)) => *inner == Type::String,
            Some(ty) => ty == Type::String,
            None => false,
        };
        if !is_token {
            return Some(Misfit::of(
                hook,
                "token",
                "does not point to a string in the success body",
            ));
        }
        let lasts = hook.get("expires").is_none() || found("expires") == Some(Type::DateTime);
        (!lasts).then(|| {
            Misfit::of(
                hook,
                "expires",
                "does not point to a date-time in the success body",
            )
        })
    }

    /// The security of an operation: its own list, or the document's.
    pub(super) fn security_of(&mut self, operation: &'a Node) -> Vec<Vec<Credential>> {
        let own = operation.get("security");
        let Some(list) = own.or_else(|| self.documents.entry().root.get("security")) else {
            return Vec::new();
        };
        // Frameworks that give several schemes one name list it several times.
        let mut distinct = Distinct::default();
        let items = list.items().iter();
        items
            .filter(|set| distinct.insert(set))
            .map(|set| self.requirement(set))
            .collect()
    }

    /// The scheme that a URI leads to, as OpenAPI 3.2 allows where no scheme has that name.
    fn scheme_by_uri(&self, uri: &str) -> Option<usize> {
        let entry = self.documents.entry();
        let (document, fragment) = uri.split_once('#')?;
        let own = document.is_empty() || entry.identity() == Some(document);
        let name = fragment
            .strip_prefix("/components/securitySchemes/")
            .filter(|_| own)?;
        let mut schemes = self.scheme_entries().iter();
        schemes.position(|known| known.key.text() == name)
    }

    fn requirement(&mut self, set: &'a Node) -> Vec<Credential> {
        let mut needed = Vec::new();
        for entry in set.entries() {
            let scheme = self
                .scheme_entries()
                .iter()
                .position(|known| known.key == entry.key)
                .or_else(|| self.scheme_by_uri(entry.key.text()));
            match scheme {
                Some(scheme) => {
                    let scopes = entry
                        .value
                        .items()
                        .iter()
                        .filter_map(literal::text)
                        .collect();
                    needed.push(Credential { scheme, scopes });
                }
                None => self.warn(
                    Code::SecurityScheme,
                    entry.key_span,
                    format!("`{}` is not a defined security scheme", entry.key.text()),
                    (
                        "define it below components/securitySchemes",
                        "it is not required",
                    ),
                ),
            }
        }
        needed
    }
}

/// The URL at which the authorization server describes itself.
fn metadata_url(node: &Node) -> Option<SpecStr> {
    let keys = ["openIdConnectUrl", "oauth2MetadataUrl"];
    let url = keys.iter().find_map(|key| node.get(key))?;
    literal::text(url).filter(|url| is_http_url(url.text()))
}

/// The implicit flow.
fn implicit(node: &Node) -> Option<ImplicitFlow> {
    let flow = node.get("flows")?.get("implicit")?;
    let scopes = flow.get("scopes").map(Node::entries).unwrap_or_default();
    Some(ImplicitFlow {
        authorization_url: flow.get("authorizationUrl").and_then(literal::text)?,
        scopes: scopes.iter().map(|entry| entry.key.clone()).collect(),
    })
}

/// The flows whose URLs the document has. What is missing is told by the check of all objects.
fn flows(node: &Node) -> Vec<OAuthFlow> {
    let flows = Grant::ALL.into_iter().filter_map(|grant| {
        let flow = node.get("flows")?.get(grant.key())?;
        let url = |key: &str| {
            let url = flow.get(key).and_then(literal::text);
            url.filter(|url| is_http_url(url.text()))
        };
        let scopes = flow.get("scopes").map(Node::entries).unwrap_or_default();
        let scope = |entry: &Entry| {
            let meaning = literal::text(&entry.value);
            (
                entry.key.clone(),
                meaning.unwrap_or_else(|| entry.key.clone()),
            )
        };
        let begins_at = match grant.begins_at() {
            Some(key) => Some(url(key)?),
            None => None,
        };
        let token_url = url("tokenUrl")?;
        let refresh_url = url("refreshUrl").filter(|refresh| *refresh != token_url);
        Some(OAuthFlow {
            grant,
            token_url,
            begins_at,
            refresh_url,
            scopes: scopes.iter().map(scope).collect(),
        })
    });
    flows.collect()
}
