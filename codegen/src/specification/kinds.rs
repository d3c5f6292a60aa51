//! Sets of JSON types.

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Kinds(u8);

impl Kinds {
    /// No type.
    pub const NONE: Self = Self(0);
    /// Null.
    pub const NULL: Self = Self(1);
    /// Booleans.
    pub const BOOLEAN: Self = Self(2);
    /// Whole numbers.
    pub const INTEGER: Self = Self(4);
    /// All numbers.
    pub const NUMBER: Self = Self(8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Lists.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// Every type.
    pub const ANY: Self = Self(127);

    /// Every type but null, in the order in which a reader tries them.
    pub const EACH: [Self; 6] = [
        Self::OBJECT,
        Self::ARRAY,
        Self::BOOLEAN,
        Self::INTEGER,
        Self::NUMBER,
        Self::STRING,
    ];

    /// The type of a name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    /// Whether any type of `other` is in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it is empty.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether it is one type.
    pub const fn is_single(self) -> bool {
        self.0.is_power_of_two()
    }

    /// The types of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The types that both allow; every integer is a number.
    #[must_use]
    pub const fn narrowed(self, other: Self) -> Self {
        let both = Self(self.0 & other.0);
        let whole = (self.has(Self::NUMBER) && other.has(Self::INTEGER))
            || (self.has(Self::INTEGER) && other.has(Self::NUMBER));
        if whole {
            both.with(Self::INTEGER)
        } else {
            both
        }
    }

    /// The single types in it, null aside.
    pub fn each(self) -> impl Iterator<Item = Self> {
        Self::EACH.into_iter().filter(move |kind| self.has(*kind))
    }

    /// The only type, if there is just one.
    pub fn only(self) -> Option<Self> {
        let mut each = self.each();
        each.next().filter(|_| each.next().is_none())
    }
}
