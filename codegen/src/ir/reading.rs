//! The reading of answers that are not what the document says.

/// The reading of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadingMode {
    /// They are errors.
    #[default]
    Strict,
    /// Departures with one meaning are corrected.
    Tolerant,
}

impl ReadingMode {
    /// The mode of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "strict" => Some(Self::Strict),
            "tolerant" => Some(Self::Tolerant),
            _ => None,
        }
    }

    /// The name in documents and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Tolerant => "tolerant",
        }
    }
}

/// The reading of members, or of answers as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberMode {
    /// Departures are errors.
    Strict,
    /// Departures are corrected.
    Tolerant,
    /// The same, and one value is a list of one.
    OneForList,
    /// The same, and a list of one value is that value.
    ListForOne,
    /// The same, and a value is its JSON text where text is expected.
    JsonText,
}

impl MemberMode {
    const ALL: [Self; 5] = [
        Self::Strict,
        Self::Tolerant,
        Self::OneForList,
        Self::ListForOne,
        Self::JsonText,
    ];

    /// The mode of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// The name in documents and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Tolerant => "tolerant",
            Self::OneForList => "one-for-list",
            Self::ListForOne => "list-for-one",
            Self::JsonText => "json-text",
        }
    }

    /// The mode of answers that have it as a whole.
    pub fn mode(self) -> ReadingMode {
        match self {
            Self::Strict => ReadingMode::Strict,
            _ => ReadingMode::Tolerant,
        }
    }

    /// The same, if it is about the shape of one value.
    pub fn shape(self) -> Option<Self> {
        match self {
            Self::Strict | Self::Tolerant => None,
            shape => Some(shape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MemberMode;
    use crate::specification::READINGS;

    #[test]
    fn modes_are_what_documents_may_say() {
        let names = MemberMode::ALL.map(MemberMode::name);
        assert_eq!(names, READINGS);
    }
}
