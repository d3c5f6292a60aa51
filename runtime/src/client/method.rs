//! The methods of operations.

use std::fmt;

/// The method of an operation: one of HTTP's own, or another by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Method(&'static str);

macro_rules! methods {
    ($($name:ident)*) => {$(
        #[doc = concat!(" `", stringify!($name), "`")]
        pub const $name: Self = Self(stringify!($name));
    )*};
}

impl Method {
    methods! { GET HEAD POST PUT PATCH DELETE OPTIONS TRACE QUERY }

    /// Another method, sent as it is written here. A name that HTTP does not allow is refused when it is sent.
    pub const fn other(name: &'static str) -> Self {
        Self(name)
    }

    /// As it is sent.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether HTTP says that a request may be repeated.
    pub(crate) fn is_idempotent(self) -> bool {
        [
            Self::GET,
            Self::HEAD,
            Self::PUT,
            Self::DELETE,
            Self::OPTIONS,
            Self::TRACE,
            Self::QUERY,
        ]
        .contains(&self)
    }

    /// As the `http` crate has it; none if HTTP does not allow the name.
    #[doc(hidden)]
    pub fn to_http(self) -> Option<http::Method> {
        http::Method::from_bytes(self.0.as_bytes()).ok()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl PartialEq<http::Method> for Method {
    fn eq(&self, other: &http::Method) -> bool {
        self.0 == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_sent_as_it_is_written() {
        for name in ["GET", "QUERY", "COPY", "get-x"] {
            let method = Method::other(name);
            assert_eq!(method.to_http().unwrap().as_str(), name);
            assert_eq!(method, method.to_http().unwrap());
        }
        assert_eq!(Method::other("QUERY"), Method::QUERY);
        assert!(Method::other("a b").to_http().is_none());
        assert!(Method::QUERY.is_idempotent() && !Method::other("query").is_idempotent());
    }
}
