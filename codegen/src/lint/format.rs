//! Formats that decide a Rust type: texts that the type could not be read from.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The expectation of a format, if a text does not meet it.
pub(super) fn broken(format: &str, text: &str) -> Option<&'static str> {
    let (fits, expected) = match format {
        "uuid" => (is_uuid(text), "a UUID"),
        "date" => (is_date(text), "a date of RFC 3339, such as 2025-03-04"),
        "date-time" => (
            is_date_time(text),
            "a date-time of RFC 3339, such as 2025-03-04T09:12:33Z",
        ),
        "byte" => (is_base64(text), "Base64"),
        "ipv4" => (text.parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
        "ipv6" => (text.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
        _ => return None,
    };
    (!fits).then_some(expected)
}

/// The least and the greatest whole number of a format.
pub(super) fn range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    lengths.eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Numbers of so many digits each, with these separators between them.
fn numbers<const N: usize>(text: &str, lengths: [usize; N], separator: char) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next().filter(|part| part.len() == length)?;
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

fn is_date(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, [4, 2, 2], '-') else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let offset = rest.find(['Z', 'z', '+', '-']).map(|at| rest.split_at(at));
    let Some((time, offset)) = offset else {
        return false;
    };
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_time = |text, lengths| {
        numbers(text, lengths, ':')
            .is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second <= 60)
    };
    let is_offset = match offset.split_at(1) {
        ("Z" | "z", "") => true,
        ("+" | "-", hours) => {
            numbers(hours, [2, 2], ':').is_some_and(|[hour, minute]| hour < 24 && minute < 60)
        }
        _ => false,
    };
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && is_time(whole, [2, 2, 2]) && is_fraction && is_offset
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len() - body.len() <= 2
        && text.len().is_multiple_of(4)
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn formats_are_told_from_what_is_not() {
        for (format, text) in [
            ("uuid", "4c07bc67-57ea-42dd-b702-c2d6c45419fc"),
            ("date", "2024-02-29"),
            ("date-time", "2025-03-04T09:12:33.101853Z"),
            ("date-time", "2025-03-04t09:12:33+02:00"),
            ("byte", "aGVsbG8="),
            ("ipv4", "192.0.2.1"),
            ("ipv6", "2001:db8::1"),
            ("email", "anything"),
        ] {
            assert_eq!(broken(format, text), None, "{format} {text}");
        }
        for (format, text) in [
            ("uuid", "4c07bc67"),
            ("date", "2023-02-29"),
            ("date", "2023-2-9"),
            ("date-time", "2025-03-04T09:12:33"),
            ("date-time", "2025-03-04"),
            ("date-time", "2025-03-04T09:12Z"),
            ("byte", "a"),
            ("ipv4", "192.0.2.256"),
            ("ipv6", "192.0.2.1"),
        ] {
            assert!(broken(format, text).is_some(), "{format} {text}");
        }
    }
}
