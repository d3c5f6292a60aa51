//! Optional and nullable at once: leaving a member out and sending `null` mean different things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Secret;

/// A member that may be left out and may be `null`.
///
/// Fields carry `#[serde(default, skip_serializing_if = "Presence::is_absent")]`, which is what keeps the first two
/// states apart. In a partial update [`Absent`](Self::Absent) leaves the value alone and [`Null`](Self::Null) clears it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence<T> {
    /// The member is left out.
    #[default]
    Absent,
    /// The member is there, and `null`.
    Null,
    /// The member is there, with a value.
    Present(T),
}

impl<T> Presence<T> {
    /// A value that may not be there, where nobody can send `null`: in a query, say.
    pub fn or_absent(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Present)
    }

    /// Whether the member is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is there, and `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the member has a value.
    pub const fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }

    /// The value, if there is one.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value to change in place, if there is one.
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one; absent and `null` become alike.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Present(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same state, with the value turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Presence<U> {
        match self {
            Self::Absent => Presence::Absent,
            Self::Null => Presence::Null,
            Self::Present(value) => Presence::Present(turn(value)),
        }
    }
}

impl<T> From<T> for Presence<T> {
    fn from(value: T) -> Self {
        Self::Present(value)
    }
}

/// `None` is `null`: whoever passes an option has decided to send the member.
impl<T> From<Option<T>> for Presence<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Present)
    }
}

impl From<&str> for Presence<String> {
    fn from(value: &str) -> Self {
        Self::Present(value.to_owned())
    }
}

impl From<&str> for Presence<Secret<String>> {
    fn from(value: &str) -> Self {
        Self::Present(value.into())
    }
}

impl From<String> for Presence<Secret<String>> {
    fn from(value: String) -> Self {
        Self::Present(value.into())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Presence<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// An absent member that is written all the same (in a list, say) becomes `null`: JSON has nothing closer.
impl<T: Serialize> Serialize for Presence<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Update {
        #[serde(default, skip_serializing_if = "Presence::is_absent")]
        note: Presence<String>,
    }

    #[test]
    fn three_states_survive_the_wire() {
        for (json, note) in [
            ("{}", Presence::Absent),
            (r#"{"note":null}"#, Presence::Null),
            (r#"{"note":"x"}"#, Presence::from("x")),
        ] {
            let update = Update { note };
            assert_eq!(serde_json::to_string(&update).unwrap(), json);
            assert_eq!(serde_json::from_str::<Update>(json).unwrap(), update);
        }
    }

    #[test]
    fn options_become_null_or_present() {
        assert_eq!(Presence::<i32>::from(None), Presence::Null);
        assert_eq!(Presence::<i32>::from(Some(1)), Presence::Present(1));
        assert_eq!(Presence::Present(1).map(|n| n + 1).into_option(), Some(2));
        assert_eq!(Presence::<i32>::default(), Presence::Absent);
    }
}
