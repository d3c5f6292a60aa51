//! `rust_decimal::Decimal`: text or a number, read and written digit by digit.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{NumberForm, TextForm};
use crate::validate::Measure;

impl TextForm for Decimal {
    const EXPECTED: &'static str = "a decimal of at most 28 digits";

    const READS_NUMBERS: bool = true;

    fn read(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        if !is_plain(mantissa) {
            return None;
        }
        let value = Self::from_str_exact(mantissa).ok()?;
        shifted(value, exponent)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl NumberForm for Decimal {
    fn measure(&self) -> Measure<'_> {
        let whole = self.is_integer().then(|| self.to_i128()).flatten();
        let float = || self.to_f64().map_or(Measure::Nothing, Measure::Float);
        whole.map_or_else(float, Measure::Integer)
    }
}

/// Whether text is digits, with a sign and a point at most.
fn is_plain(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// A value times a power of ten, if all of its digits have room.
fn shifted(value: Decimal, exponent: i32) -> Option<Decimal> {
    let scale = i32::try_from(value.scale()).ok()?;
    let scale = scale.checked_sub(exponent)?;
    let mantissa = value.mantissa();
    if mantissa == 0 || exponent == 0 {
        return Some(value);
    }
    if let Ok(scale) = u32::try_from(scale) {
        // The zeros at the end need no room.
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > Decimal::MAX_SCALE && mantissa.checked_rem(10) == Some(0) {
            (mantissa, scale) = (mantissa.checked_div(10)?, scale.checked_sub(1)?);
        }
        return Decimal::try_from_i128_with_scale(mantissa, scale).ok();
    }
    let power = 10_i128.checked_pow(scale.unsigned_abs())?;
    Decimal::try_from_i128_with_scale(mantissa.checked_mul(power)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::form::{AsNumber, AsText};
    use crate::{validate::Measured, wire};

    /// More digits than a float has.
    const LONG: &str = "12345678901234567.890123456789";

    #[test]
    fn numbers_and_text_are_read_digit_by_digit() {
        for text in [
            "0.1",
            "-19.99",
            "1812",
            "1.50",
            LONG,
            "79228162514264337593543950335",
        ] {
            let number: AsNumber<Decimal> = serde_json::from_str(text).unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
            assert_eq!(wire::to_vec(&number).unwrap(), text.as_bytes());
            let quoted = format!("\"{text}\"");
            assert_eq!(
                serde_json::from_str::<AsNumber<Decimal>>(&quoted).unwrap(),
                number
            );
            let written: AsText<Decimal> = serde_json::from_str(text).unwrap();
            assert_eq!(written.0, number.0);
            assert_eq!(serde_json::to_string(&written).unwrap(), quoted);
            assert_eq!(
                serde_json::from_str::<AsText<Decimal>>(&quoted).unwrap(),
                written
            );
        }
    }

    #[test]
    fn exponents_move_the_point() {
        for (text, plain) in [
            ("1e3", "1000"),
            ("1.5E+2", "150"),
            ("-25e-1", "-2.5"),
            (
                "10000000000000000000000000000e-28",
                "1.0000000000000000000000000000",
            ),
            ("100e-30", "0.0000000000000000000000000001"),
            ("0e99", "0"),
        ] {
            let read = Decimal::read(text).or_else(|| panic!("{text}"));
            assert_eq!(read, Decimal::read(plain), "{text}");
        }
        assert_eq!(Decimal::read("1e29"), None);
        assert_eq!(Decimal::read("1e-29"), None);
        assert_eq!(Decimal::read("1e99999999999"), None);
    }

    #[test]
    fn what_is_not_a_number_or_has_too_many_digits_is_refused() {
        for text in [
            "",
            "+1",
            ".5",
            "5.",
            "1_000",
            "0x1",
            " 1",
            "1,5",
            "NaN",
            "1e",
            "e1",
            "0.00000000000000000000000000001",
            "79228162514264337593543950336",
        ] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
        for json in ["null", "true", "[1]", "{}", "\"many\""] {
            let error = serde_json::from_str::<AsNumber<Decimal>>(json).unwrap_err();
            assert!(error.to_string().contains("expected a decimal"), "{error}");
        }
    }

    #[test]
    fn a_float_of_uncertain_digits_is_refused_rather_than_guessed() {
        let read = |value: Value| serde_json::from_value::<AsNumber<Decimal>>(value);
        assert_eq!(read(json!(19.99)).unwrap().to_string(), "19.99");
        assert_eq!(read(json!(7)).unwrap().to_string(), "7");
        assert!(read(serde_json::from_str(LONG).unwrap()).is_err());
    }

    #[test]
    fn limits_compare_numbers() {
        let measure = |text| {
            let number: AsNumber<Decimal> = serde_json::from_str(text).unwrap();
            match number.measure() {
                Measure::Integer(value) => value.to_string(),
                Measure::Float(value) => value.to_string(),
                _ => String::new(),
            }
        };
        assert_eq!(
            (measure("2.0"), measure("0.25")),
            ("2".into(), "0.25".into())
        );
    }
}
