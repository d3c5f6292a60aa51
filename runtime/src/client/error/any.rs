//! An error of any operation.

use std::any::Any;
use std::fmt;
use std::ops::Deref;

use super::Error;

/// A documented failure whose type has been forgotten.
pub struct Opaque(Box<dyn Failure>);

trait Failure: fmt::Debug + Any + Send + Sync {}

impl<E: fmt::Debug + Any + Send + Sync> Failure for E {}

impl Opaque {
    pub(crate) fn new(failure: impl fmt::Debug + Send + Sync + 'static) -> Self {
        Self(Box::new(failure))
    }

    /// The failure, if it is of this type.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        let failure: &dyn Any = &*self.0;
        failure.downcast_ref()
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a call of any operation failed: what functions that make several calls return. Has all that [`Error`] has.
///
/// ```
/// # use countersign_runtime::{AnyError, Error};
/// fn both(one: Result<(), Error<u8>>, two: Result<(), Error<String>>) -> Result<(), AnyError> {
///     one?;
///     two?;
///     Ok(())
/// }
/// ```
pub struct AnyError(Box<Error<Opaque>>);

impl<E: fmt::Debug + Send + Sync + 'static> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        Self(Box::new(error.map_api(Opaque::new)))
    }
}

impl AnyError {
    /// The error itself.
    pub fn into_inner(self) -> Error<Opaque> {
        *self.0
    }
}

impl Deref for AnyError {
    type Target = Error<Opaque>;

    fn deref(&self) -> &Error<Opaque> {
        &self.0
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
