//! Values that links hand from the answer of one call to the next.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value as another type has it: the same one, or a text for a number and a number for a text. None where it has none.
pub fn value<S: Serialize + ?Sized, T: DeserializeOwned>(found: &S) -> Option<T> {
    let value = serde_json::to_value(found).ok()?;
    if let Ok(read) = T::deserialize(&value) {
        return Some(read);
    }
    let other = match &value {
        Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(flag) => Value::String(flag.to_string()),
        _ => return T::deserialize(Value::Array(vec![value])).ok(),
    };
    T::deserialize(other)
        .or_else(|_| T::deserialize(Value::Array(vec![value])))
        .ok()
}

/// A plain value as text.
pub fn text<S: Serialize + ?Sized>(found: &S) -> Option<String> {
    match serde_json::to_value(found).ok()? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The text that parts make, as a type has it; none where a part is absent.
pub fn joined<T: DeserializeOwned>(parts: &[Option<String>]) -> Option<T> {
    let parts: Option<Vec<&str>> = parts.iter().map(Option::as_deref).collect();
    value(parts?.concat().as_str())
}

/// A value that is always the same, as JSON.
pub fn constant<T: DeserializeOwned>(json: &str) -> Option<T> {
    value(&serde_json::from_str::<Value>(json).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_what_the_next_call_takes() {
        assert_eq!(value::<_, String>(&7), Some("7".to_owned()));
        assert_eq!(value::<_, i64>("7"), Some(7));
        assert_eq!(value::<_, Vec<i64>>(&7), Some(vec![7]));
        assert_eq!(value::<_, Vec<String>>("a"), Some(vec!["a".to_owned()]));
        assert_eq!(value::<_, i64>("x"), None);
        let parts = [text("eq."), text(&7)];
        assert_eq!(joined::<String>(&parts), Some("eq.7".to_owned()));
        assert_eq!(joined::<String>(&[text("eq."), None]), None);
        assert_eq!(constant::<String>("5"), Some("5".to_owned()));
        assert_eq!(constant::<bool>("true"), Some(true));
    }
}
