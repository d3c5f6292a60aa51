//! Serialization of parameters, as OpenAPI has it.

/// The style of a path parameter.
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

/// The style of a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a&name=b` exploded, else `name=a,b`; an object `k=v&l=w`, else `name=k,v,l,w`.
    Form {
        /// Whether lists and objects become several parameters.
        explode: bool,
    },
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name[key]=value`; for lists see [`DeepLists`].
    DeepObject,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The form of a query that is one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryString {
    /// A form: the members of an object are parameters.
    Form,
    /// JSON.
    Json,
    /// Text.
    Text,
}

/// The style of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`; an object `k,v,l,w`.
    Simple,
    /// `a,b`; an object `k=v,l=w`.
    SimpleExploded,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The style of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`; an object `name=k,v,l,w`.
    Form,
    /// `name=a; name=b`; an object `k=v; l=w`.
    FormExploded,
    /// Like [`Form`](Self::Form), without escapes.
    Plain,
    /// Like [`FormExploded`](Self::FormExploded), without escapes.
    PlainExploded,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// A member of a form body that is not serialized as its type has it by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    pub(crate) name: &'static str,
    pub(crate) style: QueryStyle,
    pub(crate) allow_reserved: bool,
}

impl FormField {
    /// A member in this style.
    pub const fn new(name: &'static str, style: QueryStyle) -> Self {
        Self {
            name,
            style,
            allow_reserved: false,
        }
    }

    /// Leaves reserved characters and escapes in its values as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }
}

/// A list of plain values in the style `deepObject`, for which the specification has no form. Lists of
/// objects and of lists always have indices: `name[0][key]=value`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeepLists {
    /// `name[]=a&name[]=b`, as PHP, Rails and `qs` read it.
    #[default]
    Brackets,
    /// `name[0]=a&name[1]=b`
    Indices,
}
