//! The types of the crate `time`, by RFC 3339.

use std::fmt;

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use super::TextForm;

impl TextForm for OffsetDateTime {
    const EXPECTED: &'static str = "a date and time with an offset, by RFC 3339";

    fn read(text: &str) -> Option<Self> {
        Self::parse(text, &Rfc3339).ok()
    }

    /// An offset of seconds, which RFC 3339 has no form for, is written in UTC: the instant is the same.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match self.offset().seconds_past_minute() {
            0 => *self,
            _ => self.checked_to_offset(UtcOffset::UTC).ok_or(fmt::Error)?,
        };
        f.write_str(&value.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

impl TextForm for Date {
    const EXPECTED: &'static str = "a date by RFC 3339";

    fn read(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let month = Month::try_from(digits::<u8>(month, 2)?).ok()?;
        Self::from_calendar_date(digits(year, 4)?, month, digits(day, 2)?).ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !(0..=9999).contains(&self.year()) {
            return Err(fmt::Error);
        }
        let (year, month, day) = self.to_calendar_date();
        write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

/// A time of day has no offset in this crate: one of UTC is read and not kept, any other is refused.
impl TextForm for Time {
    const EXPECTED: &'static str = "a time of day in UTC or without an offset, by RFC 3339";

    fn read(text: &str) -> Option<Self> {
        let ends = ["Z", "z", "+00:00", "-00:00"];
        let plain = ends.iter().find_map(|end| text.strip_suffix(end));
        let (whole, fraction) = match plain.unwrap_or(text).split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (plain.unwrap_or(text), None),
        };
        let mut parts = whole.split(':');
        let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
        let second = parts.next().map_or(Some(0), |second| digits(second, 2));
        if parts.next().is_some() {
            return None;
        }
        let nanosecond = fraction.map_or(Some(0), nanoseconds)?;
        Self::from_hms_nano(hour, minute, second?, nanosecond).ok()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        match nanosecond {
            0 => Ok(()),
            _ => write!(f, ".{}", format!("{nanosecond:09}").trim_end_matches('0')),
        }
    }
}

/// A number of exactly so many digits.
fn digits<T: std::str::FromStr>(text: &str, count: usize) -> Option<T> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The nanoseconds of a fraction; further digits are less than one.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let plain = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nine = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction));
    plain.then(|| nine.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::AsText;

    use super::*;

    fn round<T: TextForm>(text: &str) -> Option<String> {
        let json = serde_json::to_string(text).unwrap();
        let read: AsText<T> = serde_json::from_str(&json).ok()?;
        assert_eq!(serde_json::to_value(&read).unwrap(), read.to_string());
        let again: AsText<T> = read.to_string().parse().unwrap();
        assert_eq!(again.to_string(), read.to_string());
        Some(read.to_string())
    }

    #[test]
    fn instants_keep_their_offset() {
        for text in [
            "2024-06-19T15:22:45Z",
            "2024-06-19T15:22:45.123456789+05:30",
            "1969-12-31T23:59:59-08:00",
        ] {
            assert_eq!(round::<OffsetDateTime>(text).as_deref(), Some(text));
        }
        for text in [
            "2024-06-19",
            "2024-06-19T15:22:45",
            "1718810565",
            "soon",
            "",
        ] {
            assert_eq!(round::<OffsetDateTime>(text), None, "{text}");
        }
    }

    #[test]
    fn dates_have_ten_characters() {
        for text in ["2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(round::<Date>(text).as_deref(), Some(text));
        }
        for text in [
            "2023-02-29",
            "2024-2-9",
            "24-02-09",
            "+2024-02-09",
            "2024-02-09T00:00:00Z",
        ] {
            assert_eq!(round::<Date>(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_and_without_an_offset_of_zero() {
        for (text, written) in [
            ("15:22:45", "15:22:45"),
            ("15:22", "15:22:00"),
            ("15:22:45.500", "15:22:45.5"),
            ("15:22:45Z", "15:22:45"),
            ("15:22:45.000000001+00:00", "15:22:45.000000001"),
        ] {
            assert_eq!(round::<Time>(text).as_deref(), Some(written));
        }
        for text in [
            "15:22:45+01:00",
            "25:00:00",
            "15",
            "15:22:45:1",
            "15:22:45.",
            "1:2:3",
        ] {
            assert_eq!(round::<Time>(text), None, "{text}");
        }
    }
}
