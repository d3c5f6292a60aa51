//! The verdict on a change for the version of a crate.

use std::fmt;

use super::{CrateKind, Effect};

/// Which part of a version has to grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// None: the crate is what it was.
    #[default]
    None,
    /// The third: callers see other words or nothing at all.
    Patch,
    /// The second: there is more for callers, and what compiled and ran does so still.
    Minor,
    /// The first: what compiled or ran may do so no more.
    Major,
}

impl Level {
    /// The verdict on an effect where the crate itself carries it.
    pub(super) fn of(effect: Effect) -> Self {
        match effect {
            Effect::None => Self::Patch,
            Effect::Additive => Self::Minor,
            Effect::Breaking => Self::Major,
        }
    }

    /// The version that follows, as cargo reads versions: before 1.0 the second part is raised for what breaks and the
    /// third for all else, and before 0.1 the third for everything.
    ///
    /// None if `version` is not `major.minor.patch`; a suffix is dropped.
    pub fn after(self, version: &str) -> Option<String> {
        let numbers = version.split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse::<u64>().ok());
        let (Some(major), Some(minor), Some(patch), None) = (
            numbers.next()?,
            numbers.next()?,
            numbers.next()?,
            numbers.next(),
        ) else {
            return None;
        };
        let next = |number: u64| number.checked_add(1);
        let (major, minor, patch) = match (self, major, minor) {
            (Self::None, ..) => (major, minor, patch),
            (_, 0, 0) => (0, 0, next(patch)?),
            (Self::Major, 0, _) => (0, next(minor)?, 0),
            (Self::Minor | Self::Patch, 0, _) | (Self::Patch, ..) => (major, minor, next(patch)?),
            (Self::Major, ..) => (next(major)?, 0, 0),
            (Self::Minor, ..) => (major, next(minor)?, 0),
        };
        Some(format!("{major}.{minor}.{patch}"))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// The verdict for each crate of an API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// For the crate of types.
    pub model: Level,
    /// For the crate of operations.
    pub client: Level,
}

impl Verdict {
    /// That of one crate.
    pub fn of(self, krate: CrateKind) -> Level {
        match krate {
            CrateKind::Model => self.model,
            CrateKind::Client => self.client,
        }
    }

    /// At least `level` for one crate.
    pub(super) fn raise(&mut self, krate: CrateKind, level: Level) {
        let own = match krate {
            CrateKind::Model => &mut self.model,
            CrateKind::Client => &mut self.client,
        };
        *own = (*own).max(level);
    }

    /// Whatever one of both asks for.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            model: self.model.max(other.model),
            client: self.client.max(other.client),
        }
    }

    /// The client shows the types of the model to its callers, so what breaks the model breaks the client as well, and
    /// a new model asks for a client that is built on it.
    pub(super) fn with_dependants(mut self) -> Self {
        let client = match self.model {
            Level::Major => Level::Major,
            Level::Minor | Level::Patch => Level::Patch,
            Level::None => Level::None,
        };
        self.raise(CrateKind::Client, client);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Level::{Major, Minor, None, Patch};

    #[test]
    fn versions_grow_as_cargo_reads_them() {
        for (level, before, after) in [
            (None, "1.2.3", "1.2.3"),
            (Patch, "1.2.3", "1.2.4"),
            (Minor, "1.2.3", "1.3.0"),
            (Major, "1.2.3", "2.0.0"),
            (Patch, "0.2.3", "0.2.4"),
            (Minor, "0.2.3", "0.2.4"),
            (Major, "0.2.3", "0.3.0"),
            (Major, "0.0.3", "0.0.4"),
            (Patch, "1.2.3-rc.1+build", "1.2.4"),
        ] {
            assert_eq!(
                level.after(before).as_deref(),
                Some(after),
                "{level} {before}"
            );
        }
        for broken in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "a.b.c",
            "18446744073709551615.0.0",
        ] {
            assert_eq!(Major.after(broken), Option::None, "{broken}");
        }
    }
}
