//! Calendar dates, as `x-sunset` has them.

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads a full date of RFC 3339, or the date of a date-time; none if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.trim().get(..10)?;
        let rest = text.trim().get(10..)?;
        if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
            return None;
        }
        let mut parts = date.split('-');
        let mut part = |width: usize| {
            let digits = parts.next().filter(|part| part.len() == width)?;
            digits
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then_some(digits)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let date = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        ((1..=12).contains(&date.month) && (1..=date.days()).contains(&date.day)).then_some(date)
    }

    /// The date that is a number of days after 1 January 1970 (the civil calendar, Gregorian throughout).
    pub fn from_days(days: u32) -> Self {
        let mut date = Self {
            year: 1970,
            month: 1,
            day: 1,
        };
        let mut left = days;
        while left >= date.days_of_year() && date.year < 9999 {
            left -= date.days_of_year();
            date.year += 1;
        }
        while left >= u32::from(date.days()) && date.month < 12 {
            left -= u32::from(date.days());
            date.month += 1;
        }
        date.day = u8::try_from(left + 1).unwrap_or(1).min(date.days());
        date
    }

    fn is_leap(self) -> bool {
        self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400))
    }

    fn days_of_year(self) -> u32 {
        if self.is_leap() { 366 } else { 365 }
    }

    fn days(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.is_leap() => 29,
            2 => 28,
            _ => 31,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for good in ["2024-02-29", "9999-12-31", "2026-11-30T10:00:00Z"] {
            assert!(Date::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "2023-02-29",
            "2026-13-01",
            "2026-1-1",
            "tomorrow",
            "2026-11-300",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_787, "2026-11-30"),
        ] {
            assert_eq!(Some(Date::from_days(days)), Date::parse(text), "{days}");
        }
    }
}
