//! Counts of items and pages, in the types that documents give them.

use super::Position;

/// A count as a document has it: an integer, or a number that is whole.
pub trait Count {
    /// The count; none where it is negative or has a fraction.
    fn count(self) -> Option<u64>;
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl Count for $ty {
            fn count(self) -> Option<u64> {
                self.try_into().ok()
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 usize i8 i16 i32 i64);

impl Count for f64 {
    fn count(self) -> Option<u64> {
        Position::whole(self)
    }
}

/// The greatest whole number of which a float has all digits.
const MOST: u64 = 1 << 53;

impl Position {
    /// The count that a number is; none where it is negative, has a fraction, or is too large to be exact.
    pub fn whole(number: f64) -> Option<u64> {
        let is_whole = number.fract() == 0.0 && number >= 0.0;
        let count: u64 = is_whole.then(|| format!("{number:.0}").parse().ok())??;
        (count <= MOST).then_some(count)
    }

    /// A count as a number; none where that would not be exact.
    pub fn number(count: u64) -> Option<f64> {
        let is_exact = count <= MOST;
        is_exact.then(|| count.to_string().parse().ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_whole_are_counts() {
        for (number, count) in [
            (0.0, Some(0)),
            (20.0, Some(20)),
            (9_007_199_254_740_992.0, Some(MOST)),
            (1e300, None),
            (-1.0, None),
            (0.5, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(Position::whole(number), count, "{number}");
            if let Some(count) = count {
                assert_eq!(Position::number(count), Some(number));
            }
        }
        assert_eq!(Position::number(u64::MAX), None);
        assert_eq!((-1_i64).count(), None);
        assert_eq!(7_i32.count(), Some(7));
    }
}
