//! Texts of the formats that documents have.

use super::{Arbitrary, Error, Result, Unstructured};

/// Tries the text of a format first, then those of all others, until one is taken.
pub(super) fn each<T>(
    u: &mut Unstructured<'_>,
    format: &str,
    take: impl Fn(&str) -> Option<T>,
) -> Result<T> {
    let first = of_format(u, format)?;
    if let Some(value) = first.and_then(|text| take(&text)) {
        return Ok(value);
    }
    for make in [
        date_time, date, time, decimal, whole, uuid, uri, email, cidr, ip, socket, plain,
    ] {
        if let Some(value) = take(&make(u)?) {
            return Ok(value);
        }
    }
    Err(Error::IncorrectFormat)
}

fn of_format(u: &mut Unstructured<'_>, format: &str) -> Result<Option<String>> {
    let make = match format {
        "date-time" => date_time,
        "date" => date,
        "time" => time,
        "decimal" | "double" | "float" => decimal,
        "uuid" => uuid,
        "uri" | "url" | "iri" => uri,
        "email" | "idn-email" => email,
        "cidr" | "ipv4network" | "ipvanynetwork" => cidr,
        "ip" | "ipv4" => ip,
        _ => return Ok(None),
    };
    make(u).map(Some)
}

fn between(u: &mut Unstructured<'_>, least: u32, most: u32) -> Result<u32> {
    u.int_in_range(least..=most)
}

pub(super) fn date(u: &mut Unstructured<'_>) -> Result<String> {
    let (year, month) = (between(u, 1900, 2200)?, between(u, 1, 12)?);
    Ok(format!("{year:04}-{month:02}-{:02}", between(u, 1, 28)?))
}

fn time(u: &mut Unstructured<'_>) -> Result<String> {
    let (hour, minute) = (between(u, 0, 23)?, between(u, 0, 59)?);
    Ok(format!("{hour:02}:{minute:02}:{:02}", between(u, 0, 59)?))
}

pub(super) fn date_time(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("{}T{}Z", date(u)?, time(u)?))
}

fn decimal(u: &mut Unstructured<'_>) -> Result<String> {
    let whole = i32::arbitrary(u)?;
    Ok(format!("{whole}.{:02}", between(u, 0, 99)?))
}

/// Small enough for every integer type, and not zero.
fn whole(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(between(u, 1, 100)?.to_string())
}

fn uuid(u: &mut Unstructured<'_>) -> Result<String> {
    let digits = format!("{:032x}", u128::arbitrary(u)?);
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    let parts = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ];
    Ok(parts.join("-"))
}

fn uri(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("https://example.com/{}", u32::arbitrary(u)?))
}

fn email(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("user{}@example.com", u16::arbitrary(u)?))
}

fn cidr(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("10.{}.0.0/16", u8::arbitrary(u)?))
}

fn ip(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("10.0.0.{}", u8::arbitrary(u)?))
}

fn socket(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("{}:{}", ip(u)?, u16::arbitrary(u)?))
}

fn plain(u: &mut Unstructured<'_>) -> Result<String> {
    String::arbitrary(u)
}
