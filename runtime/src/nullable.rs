//! Required and nullable at once: the member must be there, but `null` will do.

use crate::Secret;

/// An argument of a constructor for a required and nullable member: a plain value, an option of it, or text.
pub trait IntoNullable<T> {
    /// The member's value, `None` for `null`.
    fn into_nullable(self) -> Option<T>;
}

impl<T> IntoNullable<T> for T {
    fn into_nullable(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoNullable<T> for Option<T> {
    fn into_nullable(self) -> Option<T> {
        self
    }
}

impl IntoNullable<String> for &str {
    fn into_nullable(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl IntoNullable<Secret<String>> for &str {
    fn into_nullable(self) -> Option<Secret<String>> {
        Some(self.into())
    }
}

impl IntoNullable<Secret<String>> for String {
    fn into_nullable(self) -> Option<Secret<String>> {
        Some(self.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(value: impl IntoNullable<String>) -> Option<String> {
        value.into_nullable()
    }

    #[test]
    fn text_goes_in_without_ceremony() {
        assert_eq!(name("a"), Some("a".to_owned()));
        assert_eq!(name("a".to_owned()), Some("a".to_owned()));
        assert_eq!(name(None), None);
    }
}
