//! Traits that nothing implements: where they are asked for, the compiler says what to write instead.

use super::paging::{Items, Pages, Paginated};
use super::stream::ItemStream;

/// The feature `blocking`, where it is off.
#[diagnostic::on_unimplemented(
    message = "calls that block need the feature `blocking`",
    label = "the feature `blocking` is off",
    note = "add `features = [\"blocking\"]` to the client crate in Cargo.toml, or write `.send().await` in async code"
)]
pub trait Blocking {
    /// Never called.
    fn never<T>(self) -> T;
}

/// The iterators that wait, where the feature is off.
#[cfg(not(feature = "blocking"))]
mod off {
    use std::iter::{self, Empty};

    use super::{Blocking, ItemStream, Items, Pages, Paginated};
    use crate::client::error::Error;
    use crate::client::operation::Operation;
    use crate::client::response::Response;
    use crate::client::stream::StreamError;

    type Page<O> = Result<Response<<O as Operation>::Success>, Error<<O as Operation>::Failure>>;

    impl<O: Paginated> Items<'_, O> {
        #[doc(hidden)]
        pub fn blocking(self) -> Empty<Result<O::Item, Error<O::Failure>>>
        where
            O: Blocking,
        {
            iter::empty()
        }
    }

    impl<O: Paginated> Pages<'_, O> {
        #[doc(hidden)]
        pub fn blocking(self) -> Empty<Page<O>>
        where
            O: Blocking,
        {
            iter::empty()
        }
    }

    impl<T> ItemStream<T> {
        #[doc(hidden)]
        pub fn blocking(self) -> Empty<Result<T, StreamError>>
        where
            T: Blocking,
        {
            iter::empty()
        }
    }
}

/// A loop of `for` over what arrives bit by bit.
#[diagnostic::on_unimplemented(
    message = "pages and items arrive one after another, and a `for` loop can't wait for them",
    label = "this is not an iterator",
    note = "in async code, write `while let Some(item) = items.next().await? {{ .. }}`",
    note = "elsewhere, turn on the feature `blocking` and write `for item in items.blocking()`"
)]
pub trait Waited {
    /// Never called.
    fn never<T>() -> T;
}

// The bound is on the operation, not on the iterator: else the compiler would say its own sentence.
#[doc(hidden)]
impl<O: Paginated + Waited> Iterator for Items<'_, O> {
    type Item = O::Item;

    fn next(&mut self) -> Option<Self::Item> {
        O::never()
    }
}

#[doc(hidden)]
impl<O: Paginated + Waited> Iterator for Pages<'_, O> {
    type Item = O::Success;

    fn next(&mut self) -> Option<Self::Item> {
        O::never()
    }
}

#[doc(hidden)]
impl<T: Waited> Iterator for ItemStream<T> {
    type Item = T;

    fn next(&mut self) -> Option<Self::Item> {
        T::never()
    }
}
