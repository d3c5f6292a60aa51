//! Whether what came back says all that a sample says.

use std::fmt;

use serde_json::Value;

/// A value of a sample that did not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    /// Where it stands, as a JSON pointer.
    pub(super) place: String,
    /// The result.
    pub(super) what: What,
}

/// The fate of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It is not there.
    Missing,
    /// Another value is there.
    Changed,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            What::Missing => "missing",
            What::Changed => "changed",
        };
        write!(f, "{what} at `{}`", self.place)
    }
}

/// Looks for every value of `sample` in `back`; what `back` has beyond that is left aside.
pub(super) fn kept(sample: &Value, back: &Value) -> Result<(), Loss> {
    compare(sample, back, &mut String::new())
}

fn compare(sample: &Value, back: &Value, place: &mut String) -> Result<(), Loss> {
    let loss = |place: &str, what| {
        Err(Loss {
            place: place.to_owned(),
            what,
        })
    };
    let length = place.len();
    match (sample, back) {
        (Value::Object(members), Value::Object(there)) => {
            for (name, value) in members {
                place.push('/');
                place.push_str(name);
                match there.get(name) {
                    Some(back) => compare(value, back, place)?,
                    None => return loss(place, What::Missing),
                }
                place.truncate(length);
            }
            Ok(())
        }
        (Value::Array(items), Value::Array(there)) if items.len() == there.len() => {
            for (at, (value, back)) in items.iter().zip(there).enumerate() {
                place.push_str(&format!("/{at}"));
                compare(value, back, place)?;
                place.truncate(length);
            }
            Ok(())
        }
        _ if same(sample, back) => Ok(()),
        _ => loss(place, What::Changed),
    }
}

/// Whether two scalars mean the same: numbers by value, moments whatever their offset.
fn same(sample: &Value, back: &Value) -> bool {
    match (sample, back) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::String(a), Value::String(b)) => {
            a == b || moment(a).is_some_and(|moment_of_a| Some(moment_of_a) == moment(b))
        }
        _ => sample == back,
    }
}

fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn losses_are_found_and_spellings_forgiven() {
        let sample = json!({"a": [1, {"b": "2024-01-01T01:00:00+01:00"}], "c": null});
        let back = json!({"a": [1.0, {"b": "2024-01-01T00:00:00Z"}], "c": null, "d": 1});
        assert_eq!(kept(&sample, &back), Ok(()));
        let loss = kept(&sample, &json!({"a": [1, {}], "c": null})).expect_err("a loss");
        assert_eq!(loss.to_string(), "missing at `/a/1/b`");
        let loss = kept(&json!([1, 2]), &json!([1])).expect_err("a loss");
        assert_eq!((loss.place.as_str(), loss.what), ("", What::Changed));
        assert!(kept(&json!({"c": null}), &json!({})).is_err());
    }
}
