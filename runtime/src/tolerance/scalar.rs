//! Values that are written otherwise than their type is.

use std::any::type_name;

/// Whether text is a number of JSON's grammar.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

/// Whether a number is written without a fraction.
pub(super) fn is_integer(number: &str) -> bool {
    !number.contains(['.', 'e', 'E'])
}

/// A boolean that is written as a number or as text.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "True" | "TRUE" => Some(true),
        "0" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Whether a type is that of numbers in any notation, which are read as whatever comes.
pub(super) fn is_any_number<T>() -> bool {
    type_name::<T>() == type_name::<crate::read::Number>()
}

/// The meaning of a type that is written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Text,
    DateTime,
    Date,
    /// Any four digits are Base64, which a number does not mean.
    Base64,
}

impl Meaning {
    /// The meaning of a type. The names of types of this build are compared with each other, but for those of crates
    /// that this one does not know.
    pub(super) fn of<T>() -> Self {
        let name = type_name::<T>();
        // A type of others in the form of a document.
        let inner = name.strip_prefix("countersign_runtime::form::AsText<");
        let name = inner
            .and_then(|inner| inner.strip_suffix('>'))
            .unwrap_or(name);
        if name == type_name::<crate::Base64>() {
            return Self::Base64;
        }
        #[cfg(feature = "datetime")]
        if name == type_name::<crate::DateTime>() || name == type_name::<jiff::Timestamp>() {
            return Self::DateTime;
        }
        #[cfg(feature = "datetime")]
        if name == type_name::<crate::Date>() {
            return Self::Date;
        }
        if name.starts_with("chrono::datetime::DateTime<")
            || name == "time::offset_date_time::OffsetDateTime"
        {
            return Self::DateTime;
        }
        match name {
            "chrono::naive::date::NaiveDate" | "time::date::Date" => Self::Date,
            _ => Self::Text,
        }
    }
}

/// An instant by RFC 3339 of a number of seconds or of milliseconds since 1970: the years from 1990 to 2100 are apart
/// in the two, and what is neither has no one meaning.
#[cfg(feature = "datetime")]
pub(super) fn date_time(number: &str) -> Option<String> {
    epoch(number).map(|instant| instant.to_string())
}

/// A date of such a number: the midnight that it begins with, in UTC. Any other time is in two dates, by the zone.
#[cfg(feature = "datetime")]
pub(super) fn date(number: &str) -> Option<String> {
    let instant = epoch(number)?;
    let midnight = instant.as_second().rem_euclid(86_400) == 0 && instant.subsec_nanosecond() == 0;
    let date = jiff::tz::Offset::UTC.to_datetime(instant).date();
    midnight.then(|| date.to_string())
}

/// The date of a date and time. A time in UTC that is midnight somewhere else may mean another date.
#[cfg(feature = "datetime")]
pub(super) fn date_of(text: &str) -> Option<String> {
    if text.parse::<crate::Date>().is_ok() {
        return None;
    }
    let written: crate::DateTime = text.parse().ok()?;
    let time = written.civil().time();
    let midnight = time == jiff::civil::Time::midnight();
    let elsewhere = time.minute() % 15 == 0 && time.second() == 0 && time.subsec_nanosecond() == 0;
    let shifted = written.offset().is_some() && elsewhere && !midnight;
    (!shifted).then(|| written.civil().date().to_string())
}

#[cfg(feature = "datetime")]
fn epoch(number: &str) -> Option<jiff::Timestamp> {
    const SECONDS: std::ops::Range<i64> = 631_152_000..4_102_444_800;
    const MILLISECONDS: std::ops::Range<i64> = 631_152_000_000..4_102_444_800_000;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = whole.parse().ok()?;
    if SECONDS.contains(&whole) {
        let digits = format!("{:0<9}", fraction.get(..9).unwrap_or(fraction));
        return jiff::Timestamp::new(whole, digits.parse().ok()?).ok();
    }
    let milliseconds = MILLISECONDS.contains(&whole) && fraction.bytes().all(|digit| digit == b'0');
    milliseconds.then(|| jiff::Timestamp::from_millisecond(whole).ok())?
}

#[cfg(not(feature = "datetime"))]
pub(super) fn date_time(_: &str) -> Option<String> {
    None
}

#[cfg(not(feature = "datetime"))]
pub(super) fn date(_: &str) -> Option<String> {
    None
}

#[cfg(not(feature = "datetime"))]
pub(super) fn date_of(_: &str) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_jsons_grammar() {
        for text in ["0", "-1", "10", "1.5", "1e3", "-0.1E+10"] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "", "+1", "01", ".5", "5.", "1e", "0x1", "NaN", "1_000", " 1", "1,5", "--1",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[cfg(feature = "datetime")]
    #[test]
    fn only_what_is_one_instant_is_taken() {
        assert_eq!(
            date_time("1718810565").as_deref(),
            Some("2024-06-19T15:22:45Z")
        );
        assert_eq!(
            date_time("1718810565123").as_deref(),
            Some("2024-06-19T15:22:45.123Z")
        );
        assert_eq!(
            date_time("1718810565.5").as_deref(),
            Some("2024-06-19T15:22:45.5Z")
        );
        for number in [
            "0",
            "1",
            "-1",
            "20240619",
            "20240619152245",
            "1718810565123456",
            "1e9",
        ] {
            assert_eq!(date_time(number), None, "{number}");
        }
        assert_eq!(date("1718755200").as_deref(), Some("2024-06-19"));
        assert_eq!(date("1718810565"), None);
        assert_eq!(
            date_of("2024-06-19T00:00:00Z").as_deref(),
            Some("2024-06-19")
        );
        assert_eq!(
            date_of("2024-06-19T15:22:45Z").as_deref(),
            Some("2024-06-19")
        );
        assert_eq!(date_of("2024-06-18T22:00:00Z"), None);
        assert_eq!(date_of("2024-06-18"), None);
        assert_eq!(date_of("soon"), None);
    }
}
