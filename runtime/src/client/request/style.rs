//! How OpenAPI spells parameters.

/// How a path parameter is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`; an object `k,v,l,w`.
    Simple,
    /// `a,b`; an object `k=v,l=w`.
    SimpleExploded,
    /// `.a,b`; an object `.k,v,l,w`.
    Label,
    /// `.a.b`; an object `.k=v.l=w`.
    LabelExploded,
    /// `;name=a,b`; an object `;name=k,v,l,w`.
    Matrix,
    /// `;name=a;name=b`; an object `;k=v;l=w`.
    MatrixExploded,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// How a query parameter is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a&name=b` exploded, else `name=a,b`; an object `k=v&l=w`, else `name=k,v,l,w`.
    Form {
        /// Whether lists and objects become several parameters.
        explode: bool,
    },
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[key]=value`.
    DeepObject,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// How a header is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`; an object `k,v,l,w`.
    Simple,
    /// `a,b`; an object `k=v,l=w`.
    SimpleExploded,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// How a cookie is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`; an object `name=k,v,l,w`.
    Form,
    /// `name=a; name=b`; an object `k=v; l=w`.
    FormExploded,
    /// JSON, because the parameter has a `content`.
    Json,
}
