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
