//! Types from outside, which the caller of the generator chose.

use std::sync::Arc;

/// A Rust type that the caller of the generator chose for a format.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct External {
    /// The format, or the place of the schema.
    pub format: String,
    /// The Rust path, such as `chrono::DateTime<chrono::Utc>`; the caller's, never a document's.
    pub path: String,
    /// The form of its values on the wire.
    pub form: ExternalForm,
    /// The crate that it is from, if the manifest is to have it.
    pub krate: Option<ExternalCrate>,
}

/// The form that values of a type from outside have on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExternalForm {
    /// That of the type's own serde impls.
    Own,
    /// Text that the runtime writes, since the type's own form is another one.
    Text,
    /// The same of a number, whose digits are all kept.
    Digits,
    /// A number whose digits are all kept.
    Number,
}

impl External {
    /// A type for a format, in the form that the runtime has for it.
    pub fn new(format: &str, path: &str, krate: Option<ExternalCrate>) -> Self {
        let plain: String = path.chars().filter(|letter| *letter != ' ').collect();
        let form = match plain.strip_prefix("::").unwrap_or(&plain) {
            "time::OffsetDateTime" | "time::Date" | "time::Time" => ExternalForm::Text,
            "rust_decimal::Decimal" => ExternalForm::Digits,
            _ => ExternalForm::Own,
        };
        Self {
            format: format.to_owned(),
            path: path.to_owned(),
            form,
            krate,
        }
    }

    /// The same where a schema is of numbers.
    pub(crate) fn of_numbers(self: &Arc<Self>) -> Arc<Self> {
        match self.form {
            ExternalForm::Digits => Arc::new(Self {
                form: ExternalForm::Number,
                ..Self::clone(self)
            }),
            _ => Arc::clone(self),
        }
    }

    /// The feature of the runtime that it needs.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        match self.form {
            ExternalForm::Own => None,
            ExternalForm::Text => Some("time"),
            ExternalForm::Digits | ExternalForm::Number => Some("decimal"),
        }
    }

    /// Whether numbers of it may have more digits than a float.
    pub(crate) fn keeps_digits(&self) -> bool {
        matches!(self.form, ExternalForm::Digits | ExternalForm::Number)
    }
}

/// A crate that the caller of the generator chose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExternalCrate {
    /// Its name.
    pub name: String,
    /// Its version in a registry.
    pub version: String,
    /// The features that are switched on.
    pub features: Vec<String>,
}
