//! The text of a date and time, which almost always is short.

/// The longest text that is kept in place: `2024-06-19T15:22:45.123456789Z`.
const SHORT: usize = 30;

/// A text that needs no memory of its own if it is short.
#[derive(Clone)]
pub(super) enum Text {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<str>),
}

impl Text {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Short { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).unwrap_or_default();
                // It was text when it was put there.
                std::str::from_utf8(text).unwrap_or_default()
            }
            Self::Long(text) => text,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(start), Ok(length)) => {
                start.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_come_back() {
        for length in 0..40 {
            let text = "é".repeat(length / 2) + &"a".repeat(length % 2);
            assert_eq!(Text::from(&*text).as_str(), text);
        }
        assert_eq!(size_of::<Text>(), 32);
    }
}
