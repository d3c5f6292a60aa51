//! Conditional requests, by RFC 9110: the version of what is asked for, and calls that depend on it.

use std::fmt;
use std::str::FromStr;

use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};

use super::call::Call;
use super::error::Error;
use super::operation::Operation;
use super::response::Response;

/// The version of something, as the server names it: the value of the header `ETag`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ETag {
    tag: String,
    is_weak: bool,
}

impl ETag {
    /// A version that is the same only if every byte is. None where a text can't be one.
    pub fn strong(tag: impl Into<String>) -> Option<Self> {
        let tag = tag.into();
        let is_tag = |byte: u8| byte == 0x21 || (0x23..=0x7e).contains(&byte) || byte >= 0x80;
        let is_weak = false;
        tag.bytes().all(is_tag).then_some(Self { tag, is_weak })
    }

    /// A version that is the same if what it means is. None where a text can't be one.
    pub fn weak(tag: impl Into<String>) -> Option<Self> {
        let strong = Self::strong(tag)?;
        Some(Self {
            is_weak: true,
            ..strong
        })
    }

    /// The text between the quotation marks.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Whether it tells what something means, and not its bytes.
    pub const fn is_weak(&self) -> bool {
        self.is_weak
    }

    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(ETAG)?;
        std::str::from_utf8(value.as_bytes()).ok()?.parse().ok()
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weak = if self.is_weak { "W/" } else { "" };
        write!(f, "{weak}\"{}\"", self.tag)
    }
}

/// A text is not the value of a header `ETag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAnETag;

impl fmt::Display for NotAnETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entity tag is a text in quotation marks, after `W/` if it is weak")
    }
}

impl std::error::Error for NotAnETag {}

impl FromStr for ETag {
    type Err = NotAnETag;

    fn from_str(text: &str) -> Result<Self, NotAnETag> {
        let text = text.trim();
        let (quoted, is_weak) = match text.strip_prefix("W/") {
            Some(quoted) => (quoted, true),
            None => (text, false),
        };
        let tag = quoted
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let found = tag.and_then(Self::strong).ok_or(NotAnETag)?;
        Ok(Self { is_weak, ..found })
    }
}

impl<O> Call<'_, O> {
    /// Asks for an answer only if there is another version than this: else the server answers 304, see
    /// [`send_if_modified`](Call::send_if_modified).
    pub fn if_none_match(self, version: &ETag) -> Self {
        self.header(IF_NONE_MATCH.as_str(), version.to_string())
    }

    /// Acts only on this version: if there is another by now, the server answers 412. It never is a weak one.
    pub fn if_match(self, version: &ETag) -> Self {
        self.header(IF_MATCH.as_str(), version.to_string())
    }

    /// Acts only if there is nothing yet: else the server answers 412.
    pub fn if_absent(self) -> Self {
        self.header(IF_NONE_MATCH.as_str(), "*")
    }
}

impl<O: Operation> Call<'_, O> {
    /// Sends the call like [`send`](Self::send); none where the server answers that nothing was modified (304).
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub fn send_if_modified(
        self,
    ) -> impl Future<Output = Result<Option<Response<O::Success>>, Error<O::Failure>>> + Send {
        let sent = self.send();
        async move {
            match sent.await {
                Ok(answer) => Ok(Some(answer)),
                Err(error) if error.is_not_modified() => Ok(None),
                Err(error) => Err(error),
            }
        }
    }
}

impl<T> Response<T> {
    /// The version of what was answered with, where the server names it.
    pub fn etag(&self) -> Option<ETag> {
        ETag::of(self.headers())
    }
}

impl<E> Error<E> {
    /// Whether the server answered that nothing was modified (304), as a call with
    /// [`if_none_match`](Call::if_none_match) asks.
    pub fn is_not_modified(&self) -> bool {
        self.status() == Some(StatusCode::NOT_MODIFIED)
    }

    /// Whether the server refused to act because what it has is of another version (412), as a call with
    /// [`if_match`](Call::if_match) asks.
    pub fn is_of_another_version(&self) -> bool {
        self.status() == Some(StatusCode::PRECONDITION_FAILED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_written() {
        for text in [r#""a-1""#, r#"W/"a""#, r#""""#] {
            assert_eq!(text.parse::<ETag>().unwrap().to_string(), text);
        }
        assert!(ETag::weak("a").unwrap().is_weak());
        assert_eq!(ETag::strong("a").unwrap().tag(), "a");
        for text in ["a", r#""a"#, r#"w/"a""#, "\"a b\"", "\"a\"b\"", ""] {
            assert_eq!(text.parse::<ETag>(), Err(NotAnETag), "{text}");
        }
        assert_eq!(ETag::strong("a\"b"), None);
        assert_eq!(ETag::strong("a\r\nb"), None);
    }
}
