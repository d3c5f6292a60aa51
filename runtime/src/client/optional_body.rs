//! Optional bodies as arguments.

use bytes::Bytes;

use super::body::Body;
use super::stream::ItemStream;

/// An optional body as an argument: the body itself, an option of it, or `None`.
///
/// Text stands for a `String`, and whatever [`Body`] is made of for a `Body`.
#[diagnostic::on_unimplemented(
    message = "expected the body `{T}`, or `None` for no body, found `{Self}`",
    label = "this is not a `{T}`",
    note = "the body of this operation is optional: pass a `{T}`, or `None`",
    note = "where a `{T}` is one of several, `{T}::from(..)` makes it of one of them"
)]
pub trait IntoBody<T> {
    /// The body, if there is one.
    fn into_body(self) -> Option<T>;
}

impl<T> IntoBody<T> for T {
    fn into_body(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoBody<T> for Option<T> {
    fn into_body(self) -> Option<T> {
        self
    }
}

impl IntoBody<String> for &str {
    fn into_body(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl<T> IntoBody<ItemStream<T>> for Vec<T>
where
    ItemStream<T>: From<Self>,
{
    fn into_body(self) -> Option<ItemStream<T>> {
        Some(self.into())
    }
}

macro_rules! bytes {
    ($($ty:ty),*) => {$(
        impl IntoBody<Body> for $ty {
            fn into_body(self) -> Option<Body> {
                Some(self.into())
            }
        }
    )*};
}

bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

#[cfg(test)]
mod tests {
    use super::*;

    fn given<T>(body: impl IntoBody<T>) -> Option<T> {
        body.into_body()
    }

    #[test]
    fn a_body_is_given_as_it_is_or_as_an_option() {
        assert_eq!(given::<u8>(7), Some(7));
        assert_eq!(given::<u8>(Some(7)), Some(7));
        assert_eq!(given::<u8>(None), None);
        assert_eq!(given::<String>("a"), Some("a".to_owned()));
        assert!(given::<Body>(vec![1]).is_some());
        assert!(given::<Body>("text").is_some());
        assert!(given::<Body>(None).is_none());
    }
}
