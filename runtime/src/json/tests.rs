use serde_json::Value;

use super::*;

#[test]
fn whole_numbers_have_no_fraction() {
    for (value, written) in [
        (5.0_f64, "5"),
        (-7.0, "-7"),
        (0.5, "0.5"),
        (1_676_451_245.5, "1676451245.5"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (1e20, "100000000000000000000"),
        (1e300, "1e+300"),
    ] {
        let in_value = Value::from(value);
        assert_eq!(to_vec(&value).unwrap(), written.as_bytes());
        assert_eq!(text(&in_value), written);
        assert_eq!(number(in_value.as_number().unwrap()), written);
        let back: f64 = from_str(written).unwrap();
        assert_eq!(back.to_bits(), value.to_bits());
    }
    assert_eq!(to_vec(&0.1_f32).unwrap(), b"0.1");
    assert_eq!(to_vec(&[2.0_f32]).unwrap(), b"[2]");
    let nested = serde_json::json!({"a": [1.0, 1.5], "b": {"c": 2}});
    assert_eq!(text(&nested), r#"{"a":[1,1.5],"b":{"c":2}}"#);
}

/// The fast reader of serde_json is off by one bit for one in seven sums of prices.
#[test]
fn a_million_doubles_are_read_as_they_were_written() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for round in 0..1_000_000_u32 {
        let bits = next();
        let value = match round % 3 {
            0 => f64::from_bits(bits),
            1 => (bits % 10_000_000) as f64 / 100.0 + (bits >> 40) as f64 / 1000.0,
            _ => (bits >> 11) as f64 / (1_u64 << (bits % 53)) as f64,
        };
        if !value.is_finite() {
            continue;
        }
        let written = to_vec(&value).unwrap();
        let back: f64 = from_slice(&written).unwrap();
        let in_value: Value = from_slice(&written).unwrap();
        // A zero has no sign that matters.
        assert_eq!(back, value);
        assert_eq!(in_value.as_f64(), Some(value));
    }
}
