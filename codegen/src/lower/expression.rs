//! Runtime expressions: `$request.body#/url`, `$response.header.Location`.

/// A runtime expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Expression<'t> {
    /// The URL of the request.
    Url,
    /// The method of the request.
    Method,
    /// The status of the response.
    StatusCode,
    /// A part of the request.
    Request(Source<'t>),
    /// A part of the response.
    Response(Source<'t>),
}

/// A part of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Source<'t> {
    /// A header.
    Header(&'t str),
    /// A parameter of the query.
    Query(&'t str),
    /// A parameter of the path.
    Path(&'t str),
    /// The body, or the value that a JSON pointer in it leads to.
    Body(Option<&'t str>),
}

impl<'t> Expression<'t> {
    /// Reads an expression.
    pub(in crate::lower) fn read(text: &'t str) -> Option<Self> {
        Some(match text {
            "$url" => Self::Url,
            "$method" => Self::Method,
            "$statusCode" => Self::StatusCode,
            _ => match text.strip_prefix("$request.") {
                Some(source) => Self::Request(Source::read(source)?),
                None => Self::Response(Source::read(text.strip_prefix("$response.")?)?),
            },
        })
    }

    /// The name of what it leads to: that of the parameter, or the last step of the pointer.
    pub(in crate::lower) fn name(self) -> &'t str {
        match self {
            Self::Url => "url",
            Self::Method => "method",
            Self::StatusCode => "status code",
            Self::Request(source) | Self::Response(source) => match source {
                Source::Header(name) | Source::Query(name) | Source::Path(name) => name,
                Source::Body(pointer) => {
                    let step = pointer.and_then(|pointer| pointer.rsplit('/').next());
                    step.filter(|step| !step.is_empty()).unwrap_or("body")
                }
            },
        }
    }
}

impl<'t> Source<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let named = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty());
        if let Some(name) = named("header.") {
            return Some(Self::Header(name));
        }
        if let Some(name) = named("query.") {
            return Some(Self::Query(name));
        }
        if let Some(name) = named("path.") {
            return Some(Self::Path(name));
        }
        let pointer = text.strip_prefix("body")?;
        match pointer.strip_prefix('#') {
            Some(pointer) if pointer.is_empty() || pointer.starts_with('/') => {
                Some(Self::Body(Some(pointer)))
            }
            None if pointer.is_empty() => Some(Self::Body(None)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_by_the_grammar_of_the_specification() {
        let body = |pointer| Some(Expression::Request(Source::Body(pointer)));
        assert_eq!(Expression::read("$request.body"), body(None));
        assert_eq!(Expression::read("$request.body#/a/b"), body(Some("/a/b")));
        assert_eq!(Expression::read("$request.body#"), body(Some("")));
        let header = Expression::read("$response.header.Location");
        assert_eq!(
            header,
            Some(Expression::Response(Source::Header("Location")))
        );
        assert_eq!(Expression::read("$url"), Some(Expression::Url));
        for wrong in [
            "$request",
            "$request.body/a",
            "$request.body#a",
            "$request.header.",
            "url",
            "$x",
        ] {
            assert_eq!(Expression::read(wrong), None, "{wrong}");
        }
        assert_eq!(
            Expression::Request(Source::Body(Some("/a/url"))).name(),
            "url"
        );
    }
}
