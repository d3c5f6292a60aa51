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
    syntax: &'static str,
    documented: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern in the syntax of the `regex` crate, and as the document has it.
    pub const fn new(syntax: &'static str, documented: &'static str) -> Self {
        Self {
            syntax,
            documented,
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the document has it.
    pub const fn documented(&self) -> &'static str {
        self.documented
    }

    /// Whether the text matches. A pattern that does not compile allows everything: the server has the last word.
    pub fn allows(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.syntax).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}
