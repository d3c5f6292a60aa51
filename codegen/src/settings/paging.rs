//! The paging of operations, as the caller of the generator knows it better.

use super::keyed;

/// The paging of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingSettings {
    /// Whether it is inferred where no extension says it.
    pub infer: bool,
    /// Operations, each by its id, or by a path that begins with `/` and may have `*` and `**` in it.
    pub operations: Vec<(String, PagingChoice)>,
}

impl Default for PagingSettings {
    fn default() -> Self {
        Self {
            infer: true,
            operations: Vec::new(),
        }
    }
}

/// The paging of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingChoice {
    /// Not at all.
    Off,
    /// By the members of `x-pagination`, each with its value.
    As(Vec<(&'static str, String)>),
}

impl PagingSettings {
    /// The choice for an operation, with its key. An id is nearer than a path.
    pub fn choice(&self, id: Option<&str>, path: &str) -> Option<(&str, &PagingChoice)> {
        keyed::choice(&self.operations, id, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_nearer_than_a_path() {
        let settings = PagingSettings {
            infer: true,
            operations: vec![
                ("/pets/**".to_owned(), PagingChoice::Off),
                ("listToys".to_owned(), PagingChoice::As(Vec::new())),
                ("gone".to_owned(), PagingChoice::Off),
            ],
        };
        let key = |id, path| settings.choice(id, path).map(|(key, _)| key);
        assert_eq!(key(Some("listPets"), "/pets"), Some("/pets/**"));
        assert_eq!(key(Some("listToys"), "/pets/{id}/toys"), Some("listToys"));
        assert_eq!(key(None, "/owners"), None);
        let operations = [(Some("listToys"), "/pets/{id}/toys"), (None, "/owners")];
        assert_eq!(
            keyed::unmatched(&settings.operations, &operations),
            ["gone"]
        );
    }
}
