//! Single versions of the specification, and the sets of them that tables name.

use super::Versions;

/// A version of the specification, without its last number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    V20,
    V30,
    V31,
    V32,
}

impl Edition {
    /// Every edition, the oldest first.
    pub(crate) const ALL: [Self; 4] = [Self::V20, Self::V30, Self::V31, Self::V32];

    /// As users see it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V20 => "Swagger 2.0",
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
            Self::V32 => "OpenAPI 3.2",
        }
    }

    /// The first edition of a set.
    pub(crate) fn first_of(versions: Versions) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|edition| edition.is_in(versions))
    }

    /// Whether it is in a set.
    pub(crate) fn is_in(self, versions: Versions) -> bool {
        versions.has(Versions(1 << self as u8))
    }
}

/// Every edition.
pub(super) const ALL: Versions = Versions::ALL;
/// Swagger 2.0 alone.
pub(super) const V20: Versions = Versions::ONLY_20;
/// OpenAPI 3.0 alone.
pub(super) const V30: Versions = Versions::ONLY_30;
/// Swagger 2.0 and OpenAPI 3.0.
pub(super) const TO_30: Versions = Versions::UNTIL_30;
/// Before OpenAPI 3.2.
pub(super) const TO_31: Versions = Versions(1 | 2 | 4);
/// OpenAPI 3.0 and 3.1.
pub(super) const V30_31: Versions = Versions(2 | 4);
/// OpenAPI 3.0 and later.
pub(super) const V3: Versions = Versions::FROM_30;
/// OpenAPI 3.1 and later.
pub(super) const V31: Versions = Versions::FROM_31;
/// OpenAPI 3.2 and later.
pub(super) const V32: Versions = Versions::FROM_32;
