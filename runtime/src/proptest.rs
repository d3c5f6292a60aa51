//! Strategies of proptest for types that are made of random bytes: what generated impls of its `Arbitrary` are.

use ::proptest::collection::vec;
use ::proptest::prelude::{Strategy, any};

pub use ::proptest::arbitrary::Arbitrary;
pub use ::proptest::strategy::BoxedStrategy;

use crate::arbitrary::Unstructured;

/// Most bytes of a value.
const ROOM: usize = 2048;

/// Values of a type. They become smaller with their bytes.
pub fn strategy<T>() -> BoxedStrategy<T>
where
    T: for<'a> crate::arbitrary::Arbitrary<'a> + std::fmt::Debug + 'static,
{
    let bytes = vec(any::<u8>(), 0..=ROOM);
    let made = |bytes: Vec<u8>| T::arbitrary(&mut Unstructured::new(&bytes)).ok();
    bytes
        .prop_filter_map("the bytes are of no value", made)
        .boxed()
}

/// Implements proptest's `Arbitrary` by that of the crate `arbitrary`.
#[macro_export]
macro_rules! proptest {
    ($name:ident) => {
        impl $crate::proptest::Arbitrary for $name {
            type Parameters = ();
            type Strategy = $crate::proptest::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                $crate::proptest::strategy()
            }
        }
    };
}
