//! Security schemes, as documents declare them.

/// A security scheme of a document, as an operation asks for it. Credentials fit by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    kind: SchemeKind,
    scopes: &'static [&'static str],
}

/// The place of a scheme's credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key, at some place.
    ApiKey(KeyPlace),
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`; OAuth 2.0 and OpenID Connect end here too.
    Bearer,
    /// `Authorization` with another scheme.
    Http(&'static str),
    /// A client certificate, which belongs to the connection: no request carries anything.
    MutualTls,
}

/// Where a key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// In this header.
    Header(&'static str),
    /// In this query parameter.
    Query(&'static str),
    /// In this cookie.
    Cookie(&'static str),
}

impl Scheme {
    const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self {
            name,
            kind,
            scopes: &[],
        }
    }

    /// `http`, `bearer`.
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Bearer)
    }

    /// `http`, `basic`.
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Basic)
    }

    /// `http` with another scheme, such as `Digest`: the credential is all that follows it in the header.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::new(name, SchemeKind::Http(scheme))
    }

    /// `apiKey` in a header.
    pub const fn header_key(name: &'static str, header: &'static str) -> Self {
        Self::new(name, SchemeKind::ApiKey(KeyPlace::Header(header)))
    }

    /// `apiKey` in the query.
    pub const fn query_key(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, SchemeKind::ApiKey(KeyPlace::Query(parameter)))
    }

    /// `apiKey` in a cookie.
    pub const fn cookie_key(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, SchemeKind::ApiKey(KeyPlace::Cookie(cookie)))
    }

    /// `oauth2`: a bearer token, however it is had.
    pub const fn oauth2(name: &'static str) -> Self {
        Self::bearer(name)
    }

    /// `mutualTLS`: the client shows a certificate when it connects.
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self::new(name, SchemeKind::MutualTls)
    }

    /// Sets the scopes that an operation needs.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// The name in the document.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The place of the credential.
    pub const fn kind(&self) -> SchemeKind {
        self.kind
    }

    /// The scopes that the operation needs; empty: the document names none.
    pub const fn needed_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }
}
