//! Numbers within limits.

use serde_json::Value;

/// The limits of a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Range {
    least: Option<f64>,
    most: Option<f64>,
    above: Option<f64>,
    below: Option<f64>,
    step: Option<f64>,
}

impl Range {
    /// Takes in a keyword, if it limits numbers.
    pub(super) fn take(&mut self, key: &str, value: &Value) {
        let Some(value) = value.as_f64() else { return };
        let greater = |known: Option<f64>| Some(known.map_or(value, |known| known.max(value)));
        let less = |known: Option<f64>| Some(known.map_or(value, |known| known.min(value)));
        match key {
            "minimum" => self.least = greater(self.least),
            "maximum" => self.most = less(self.most),
            "exclusiveMinimum" => self.above = greater(self.above),
            "exclusiveMaximum" => self.below = less(self.below),
            "multipleOf" => self.step = Some(value),
            _ => {}
        }
    }

    pub(super) fn is_limited(&self) -> bool {
        let limits = [self.least, self.most, self.above, self.below, self.step];
        limits.iter().any(Option::is_some)
    }

    fn allows(&self, value: f64) -> bool {
        self.least.is_none_or(|least| value >= least)
            && self.most.is_none_or(|most| value <= most)
            && self.above.is_none_or(|above| value > above)
            && self.below.is_none_or(|below| value < below)
            && self.step.is_none_or(|step| {
                let times = value / step;
                (times - times.round()).abs() < 1e-9
            })
    }

    /// A whole number, another one each `turn`; none if none fits.
    pub(super) fn integer(&self, format: Option<&str>, turn: usize) -> Option<Value> {
        let (least, most) = width(format);
        let fits = |value: &i64| (least..=most).contains(value) && self.allows(*value as f64);
        let step = self.step.unwrap_or(1.0).max(1.0);
        let near = |limit: Option<f64>| {
            limit.into_iter().flat_map(move |limit| {
                let first = (limit / step).floor() * step;
                [first, first + step, first - step, limit.ceil()].map(|value| value as i64)
            })
        };
        let limits = [self.least, self.most, self.above, self.below];
        let wide = if format.is_none_or(|format| format == "int64") {
            // What a double can't hold.
            9_007_199_254_740_993
        } else {
            most
        };
        let usual = [1, 0, 42, -7, wide, least.max(-most), step as i64];
        let fitting: Vec<i64> = usual
            .into_iter()
            .chain(limits.into_iter().flat_map(near))
            .filter(fits)
            .collect();
        let chosen = fitting.get(turn % fitting.len().max(1));
        chosen.map(|value| Value::from(*value))
    }

    /// A number, another one each `turn`; none if none fits.
    pub(super) fn number(&self, format: Option<&str>, turn: usize) -> Option<Value> {
        let middle = self
            .least
            .or(self.above)
            .zip(self.most.or(self.below))
            .map(|(a, b)| a.midpoint(b));
        let step = self.step.map(|step| step * 3.0);
        let usual = [Some(0.5), Some(12.25), Some(0.0), Some(-3.75), Some(1e9)];
        // A fraction that has no exact binary form, where the width is that of a double.
        let fine = (format != Some("float")).then_some(0.1);
        let limits = [self.least, self.most, middle, step, fine];
        let near = [
            self.above.map(|above| above + 1.0),
            self.below.map(|below| below - 1.0),
        ];
        let fitting: Vec<f64> = usual
            .into_iter()
            .chain(limits)
            .chain(near)
            .flatten()
            .filter(|value| self.allows(*value))
            .collect();
        let chosen = fitting.get(turn % fitting.len().max(1));
        chosen.map(|value| Value::from(*value))
    }
}

fn width(format: Option<&str>) -> (i64, i64) {
    match format {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => (0, i64::MAX),
        _ => (i64::MIN, i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_keep_their_limits() {
        let mut range = Range::default();
        range.take("minimum", &json!(10));
        range.take("exclusiveMaximum", &json!(30));
        range.take("multipleOf", &json!(5));
        let all: Vec<_> = (0..8)
            .filter_map(|turn| range.integer(Some("int32"), turn))
            .collect();
        assert!(
            !all.is_empty()
                && all
                    .iter()
                    .all(|value| [10, 15, 20, 25].contains(&value.as_i64().unwrap_or(0)))
        );
        range.take("maximum", &json!(9));
        assert_eq!(range.integer(None, 0), None);
        assert_eq!(range.number(None, 0), None);
    }
}
