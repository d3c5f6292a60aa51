//! Plans: old and new values side by side, before anything changes. No secret is among them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::problem::Problem;
use crate::product::{Name, Update};

impl<S: Clone + Serialize + DeserializeOwned> Update<S> {
    /// The settings of a file in place of the current ones, each member as a whole.
    pub(crate) fn new(current: S, change: S) -> Result<Self, Problem> {
        let mut whole = table(&current)?;
        whole.extend(table(&change)?);
        Ok(Self {
            whole: whole.try_into().map_err(Problem::output)?,
            current,
            change,
        })
    }

    /// A line for each value that changes; there is none if nothing does.
    pub(crate) fn lines(&self) -> Result<Vec<String>, Problem> {
        let (old, new) = (leaves(&self.current)?, leaves(&self.whole)?);
        let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let changed = keys
            .into_iter()
            .filter(|key| old.get(*key) != new.get(*key));
        Ok(changed
            .map(|key| {
                let secret = new.get(key).is_some_and(|value| value.starts_with(SECRET));
                let old = match old.get(key) {
                    Some(old) => old,
                    None if secret => "(not told)",
                    None => "(not set)",
                };
                let new = new.get(key).map_or("(left out)", String::as_str);
                format!("  {key}: {old} -> {new}")
            })
            .collect())
    }
}

/// The settings as a file has them.
pub(crate) fn file<S: Serialize>(product: Name, settings: &S) -> Result<String, Problem> {
    let named = BTreeMap::from([(product, settings)]);
    toml::to_string_pretty(&named).map_err(Problem::output)
}

/// The settings, for programs.
pub(crate) fn table<S: Serialize>(settings: &S) -> Result<Table, Problem> {
    Table::try_from(settings).map_err(Problem::output)
}

/// The start of a reference to a secret, which is the only table of this form.
const SECRET: &str = "{ env =";

/// The values by their names, with dots between the names of tables.
fn leaves<S: Serialize>(settings: &S) -> Result<BTreeMap<String, String>, Problem> {
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), table(settings)?)];
    while let Some((prefix, table)) = open.pop() {
        for (key, value) in table {
            let key = format!("{prefix}{key}");
            match value {
                Value::Table(inner) if !inner.contains_key("env") => {
                    open.push((format!("{key}."), inner));
                }
                value => {
                    found.insert(key, shown(&value));
                }
            }
        }
    }
    Ok(found)
}

/// A value on one line.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(members) => {
            let mut text = String::new();
            for (key, value) in members {
                let start = if text.is_empty() { "{ " } else { ", " };
                let _ = write!(text, "{start}{key} = {}", shown(value));
            }
            text + " }"
        }
        value => value.to_string(),
    }
}
