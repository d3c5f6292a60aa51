//! `format: date-time`, read the way servers really write it.

mod text;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::Offset;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use self::text::Text;

/// A date and a time of day by RFC 3339, with or without an offset from UTC: servers leave it out, and guessing one
/// would be worse than saying so.
///
/// Reads leniently (lower-case `t` and `z`, a space for the `T`, more than nine digits of a second) and writes the
/// text that it read, brought to RFC 3339. Two values that both have an offset are equal, and ordered, by instant.
///
/// An instant becomes one by `From`, for which the runtime has [`jiff`](crate::jiff).
#[derive(Clone)]
pub struct DateTime(Text);

impl DateTime {
    /// A date and time without an offset.
    pub fn from_civil(civil: civil::DateTime) -> Self {
        Self(Text::from(&*civil.to_string()))
    }

    /// The instant, where the offset is known.
    pub fn timestamp(&self) -> Option<Timestamp> {
        let (civil, offset) = self.parts();
        offset?.to_timestamp(civil).ok()
    }

    /// The date and time of day as written, whatever the offset.
    pub fn civil(&self) -> civil::DateTime {
        self.parts().0
    }

    /// The offset from UTC, where there is one.
    pub fn offset(&self) -> Option<Offset> {
        self.parts().1
    }

    /// It is kept as text, which is what is read and written.
    fn parts(&self) -> (civil::DateTime, Option<Offset>) {
        // The text was read when the value was made.
        parts(self.as_str()).unwrap_or((civil::DateTime::ZERO, None))
    }

    /// The RFC 3339 text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl From<Timestamp> for DateTime {
    fn from(instant: Timestamp) -> Self {
        Self(Text::from(&*instant.to_string()))
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.timestamp(), other.timestamp()) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            (None, None) => Some(self.parts().cmp(&other.parts())),
            _ => None,
        }
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.timestamp() {
            Some(instant) => instant.hash(state),
            None => self.civil().hash(state),
        }
    }
}

/// Text that is not a date and time by RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDateTime;

impl fmt::Display for NotDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a date and time by RFC 3339")
    }
}

impl std::error::Error for NotDateTime {}

impl FromStr for DateTime {
    type Err = NotDateTime;

    fn from_str(text: &str) -> Result<Self, NotDateTime> {
        let text = text.trim();
        if plain(text).is_some() {
            return Ok(Self(text.into()));
        }
        let text = rfc3339(text);
        parts(&text).ok_or(NotDateTime)?;
        Ok(Self(Text::from(&*text)))
    }
}

/// The date and time of day, and the offset, of a text by RFC 3339.
fn parts(text: &str) -> Option<(civil::DateTime, Option<Offset>)> {
    plain(text).or_else(|| other(text))
}

fn other(text: &str) -> Option<(civil::DateTime, Option<Offset>)> {
    let shortened = nanoseconds(text);
    let pieces = Pieces::parse(shortened.as_ref()).ok()?;
    let time = pieces
        .time()
        .filter(|_| pieces.time_zone_annotation().is_none());
    let offset = pieces.offset().map(|offset| match offset {
        PiecesOffset::Numeric(numeric) => numeric.offset(),
        _ => Offset::UTC,
    });
    Some((pieces.date().to_datetime(time?), offset))
}

/// Reads the form that most servers write in a fraction of the time that any other takes.
fn plain(text: &str) -> Option<(civil::DateTime, Option<Offset>)> {
    let (seconds, rest) = text.as_bytes().split_first_chunk::<19>()?;
    let [
        year @ ..,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = seconds
    else {
        return None;
    };
    let two = |tens, ones| i8::try_from(digits(&[tens, ones])?).ok();
    let (rest, offset) = match rest {
        [rest @ .., b'Z'] => (rest, Some(Offset::UTC)),
        [rest @ .., sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*n1, *n2])?);
            let seconds = hours
                .checked_mul(60)?
                .checked_add(minutes)?
                .checked_mul(60)?;
            let east = if *sign == b'+' {
                seconds
            } else {
                seconds.checked_neg()?
            };
            let offset = Offset::from_seconds(east).ok();
            (rest, Some(offset.filter(|_| hours < 24 && minutes < 60)?))
        }
        _ => (rest, None),
    };
    let nanoseconds = match rest {
        [] => 0,
        [b'.', fraction @ ..] => {
            let unit =
                10_i32.checked_pow(u32::try_from(9_usize.checked_sub(fraction.len())?).ok()?)?;
            digits(fraction)?
                .checked_mul(unit)
                .filter(|_| !fraction.is_empty())?
        }
        _ => return None,
    };
    let civil = civil::DateTime::new(
        i16::try_from(digits(year)?).ok()?,
        two(*m1, *m2)?,
        two(*d1, *d2)?,
        two(*h1, *h2)?,
        two(*n1, *n2)?,
        two(*s1, *s2)?,
        nanoseconds,
    );
    Some((civil.ok()?, offset))
}

/// The number that these digits write.
fn digits(text: &[u8]) -> Option<i32> {
    text.iter().try_fold(0_i32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(digit.into())
    })
}

/// Upper-case letters and a `T`, which is all that separates lenient spellings from RFC 3339. Most servers need no
/// such leniency, and then nothing is copied.
fn rfc3339(text: &str) -> Cow<'_, str> {
    if text.as_bytes().get(10) == Some(&b'T') && !text.contains('z') {
        return Cow::Borrowed(text);
    }
    text.char_indices()
        .map(|(at, letter)| match letter {
            't' | ' ' | '_' if at == 10 => 'T',
            'z' => 'Z',
            _ => letter,
        })
        .collect::<String>()
        .into()
}

/// The text with no more digits of a second than can be told apart.
fn nanoseconds(text: &str) -> Cow<'_, str> {
    let Some((whole, rest)) = text.split_once('.') else {
        return Cow::Borrowed(text);
    };
    let end = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, offset) = rest.split_at(end);
    if digits.len() <= 9 {
        return Cow::Borrowed(text);
    }
    format!("{whole}.{digits:.9}{offset}").into()
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = DateTime;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date and time by RFC 3339")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<DateTime, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    #[test]
    fn writes_what_it_read() {
        for text in [
            "2024-06-19T15:22:45Z",
            "2024-06-19T15:22:45.000+00:00",
            "2024-06-19T15:22:45.1234567",
            "2024-06-19T15:22:45-04:30",
        ] {
            let json = format!("\"{text}\"");
            let read: DateTime = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
    }

    #[test]
    fn the_plain_spelling_is_read_as_any_other() {
        for plain_text in [
            "2024-06-19T15:22:45Z",
            "2024-06-19T15:22:45",
            "0001-01-01T00:00:00.1Z",
            "9999-12-31T23:59:59.999999999",
            "2024-02-29T00:00:00.000001Z",
            "2024-06-19T15:22:45+02:00",
            "2024-06-19T15:22:45.5-23:59",
            "2024-06-19T15:22:45-00:00",
        ] {
            let (civil, offset) = plain(plain_text).unwrap();
            // A space for the `T` is not plain.
            let other = plain_text.replacen('T', " ", 1);
            assert_eq!(plain(&other), None);
            let other = parse(&other);
            assert_eq!((civil, offset), other.parts(), "{plain_text}");
            assert_eq!(self::other(plain_text), Some((civil, offset)));
        }
        for other in [
            "2024-06-19T15:22:45.Z",
            "2024-06-19T15:22:45.1234567890Z",
            "2024-06-19T15:22:45+0200",
            "2024-06-19T15:22:45+02:60",
            "2024-06-19T15:22:45+24:00",
            "2024-06-19T15:22:60Z",
            "2023-02-29T15:22:45Z",
            "2024-06-19T24:00:00Z",
            "2024-06-19T1:22:45Z",
            "+024-06-19T15:22:45Z",
        ] {
            assert_eq!(plain(other), None, "{other}");
        }
    }

    #[test]
    fn lenient_spellings_become_rfc_3339() {
        assert_eq!(
            parse("2024-06-19 15:22:45z").as_str(),
            "2024-06-19T15:22:45Z"
        );
        assert_eq!(
            parse("2024-06-19t15:22:45.123456789012Z")
                .timestamp()
                .unwrap()
                .subsec_nanosecond(),
            123_456_789
        );
    }

    #[test]
    fn without_an_offset_there_is_no_instant() {
        let local = parse("2024-06-19T15:22:45");
        assert_eq!(local.offset(), None);
        assert_eq!(local.timestamp(), None);
        assert_eq!(local.civil(), civil::date(2024, 6, 19).at(15, 22, 45, 0));
        assert_eq!(local.partial_cmp(&parse("2024-06-19T15:22:45Z")), None);
        assert!(local < parse("2024-06-19T15:22:46"));
    }

    #[test]
    fn compares_by_instant() {
        assert_eq!(
            parse("2024-06-19T15:22:45Z"),
            parse("2024-06-19T17:22:45+02:00")
        );
        assert!(parse("2024-06-19T15:22:45Z") > parse("2024-06-19T16:22:45+02:00"));
        assert_eq!(
            DateTime::from(Timestamp::UNIX_EPOCH).as_str(),
            "1970-01-01T00:00:00Z"
        );
    }

    #[test]
    fn refuses_what_is_no_date_and_time() {
        for text in [
            "",
            "2024-06-19",
            "15:22:45",
            "2024-13-19T15:22:45Z",
            "2024-06-19T15:22:45Z[UTC]",
            "soon",
        ] {
            assert_eq!(text.parse::<DateTime>(), Err(NotDateTime), "{text}");
        }
    }
}
