//! `pattern`, translated from ECMA-262 when the code was generated.

use std::sync::OnceLock;

use regex::Regex;

/// A pattern that text must match. Keep it in a static: it is compiled once, at first use.
///
/// ```
/// use countersign_runtime::validate::Pattern;
/// static NAME: Pattern = Pattern::new(r"^[0-9A-Za-z]+$", r"^[a-zA-Z\d]+$");
/// ```
#[derive(Debug)]
pub struct Pattern {
    first: Part,
    others: &'static [Part],
    compiled: OnceLock<Vec<Option<Regex>>>,
}

/// A pattern in the syntax of the `regex` crate, and as the document has it.
type Part = (&'static str, &'static str);

impl Pattern {
    /// A pattern in the syntax of the `regex` crate, and as the document has it.
    pub const fn new(syntax: &'static str, documented: &'static str) -> Self {
        Self {
            first: (syntax, documented),
            others: &[],
            compiled: OnceLock::new(),
        }
    }

    /// The same with others that text must match as well, each as in [`Pattern::new`].
    #[must_use]
    pub const fn and(mut self, others: &'static [(&'static str, &'static str)]) -> Self {
        self.others = others;
        self
    }

    /// Whether the text matches. A pattern that does not compile allows everything: the server has the last word.
    pub fn allows(&self, text: &str) -> bool {
        self.unmatched(text).is_none()
    }

    /// The first pattern that the text does not match, as the document has it.
    pub fn unmatched(&self, text: &str) -> Option<&'static str> {
        let parts = || std::iter::once(&self.first).chain(self.others);
        let compile = || parts().map(|(syntax, _)| Regex::new(syntax).ok()).collect();
        let compiled = self.compiled.get_or_init(compile);
        let mut pairs = parts().zip(compiled);
        let (part, _) = pairs.find(|(_, regex)| {
            let regex = regex.as_ref();
            regex.is_some_and(|regex| !regex.is_match(text))
        })?;
        Some(part.1)
    }
}
