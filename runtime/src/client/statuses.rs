//! The statuses that documents have for responses.

use std::fmt;

/// A status as documents name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status: `404`.
    Code(u16),
    /// All statuses that start with this digit and are not documented by themselves: `4XX`.
    Class(u8),
    /// All statuses that are not documented otherwise: `default`.
    Default,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A set of statuses, classes of statuses, and the rest.
///
/// ```
/// use countersign_runtime::{Status, Statuses};
///
/// let documented = Statuses::of(&[200, 404]).and_classes(&[4]).and_default();
/// assert_eq!(documented.status_of(404), Some(Status::Code(404)));
/// assert_eq!(documented.status_of(410), Some(Status::Class(4)));
/// assert_eq!(documented.status_of(500), Some(Status::Default));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statuses {
    codes: &'static [u16],
    classes: &'static [u8],
    default: bool,
}

impl Statuses {
    /// The empty set.
    pub const NONE: Self = Self::of(&[]);

    /// All successes: 200 to 299.
    pub const SUCCESS: Self = Self::NONE.and_classes(&[2]);

    /// A set of single statuses.
    pub const fn of(codes: &'static [u16]) -> Self {
        Self {
            codes,
            classes: &[],
            default: false,
        }
    }

    /// Adds classes of statuses: 4 stands for 400 to 499.
    #[must_use]
    pub const fn and_classes(mut self, classes: &'static [u8]) -> Self {
        self.classes = classes;
        self
    }

    /// Adds all statuses that are not in the set otherwise.
    #[must_use]
    pub const fn and_default(mut self) -> Self {
        self.default = true;
        self
    }

    /// Whether it has no status at all.
    pub(crate) const fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.classes.is_empty() && !self.default
    }

    /// The narrowest member that covers a status: itself, its class, or the default.
    pub fn status_of(&self, code: u16) -> Option<Status> {
        if self.codes.contains(&code) {
            return Some(Status::Code(code));
        }
        let is_own = |class: &&u8| code.checked_div(100) == Some(u16::from(**class));
        match self.classes.iter().find(is_own) {
            Some(class) => Some(Status::Class(*class)),
            None => self.default.then_some(Status::Default),
        }
    }

    /// Its members: single statuses, then classes, then the default.
    #[cfg(feature = "inbound")]
    #[doc(hidden)]
    pub fn iter(&self) -> impl Iterator<Item = Status> + Clone {
        let codes = self.codes.iter().copied().map(Status::Code);
        let classes = self.classes.iter().copied().map(Status::Class);
        codes
            .chain(classes)
            .chain(self.default.then_some(Status::Default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_member_covers_a_status() {
        let all = Statuses::of(&[200, 404]).and_classes(&[4]);
        assert_eq!(all.status_of(200), Some(Status::Code(200)));
        assert_eq!(all.status_of(404), Some(Status::Code(404)));
        assert_eq!(all.status_of(499), Some(Status::Class(4)));
        assert_eq!(all.status_of(201), None);
        assert_eq!(all.and_default().status_of(201), Some(Status::Default));
        assert_eq!(Statuses::NONE.status_of(200), None);
        assert_eq!(Statuses::SUCCESS.status_of(226), Some(Status::Class(2)));
        assert_eq!(Statuses::SUCCESS.status_of(300), None);
    }
}
