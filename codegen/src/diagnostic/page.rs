//! The pages of the rules: each a Markdown file of the rule's name in `rules/`.

use super::Code;

macro_rules! pages {
    ($($name:literal,)*) => {
        /// The page of each rule, by its name.
        const PAGES: &[(&str, &str)] = &[$(($name, include_str!(concat!("rules/", $name, ".md"))),)*];
    };
}

pages! {
    "ambiguous-path",
    "ambiguous-union",
    "configuration",
    "dangling-reference",
    "default-mismatch",
    "derived-name",
    "duplicate-key",
    "enum-value",
    "escaping-reference",
    "exclusive-keywords",
    "header-name",
    "ignored-sibling",
    "impossible-limits",
    "internal",
    "invalid-default",
    "invalid-example",
    "invalid-name",
    "invalid-pattern",
    "invalid-url",
    "keyword-type",
    "left-out",
    "limit",
    "link",
    "loose-reference",
    "malformed",
    "mapping",
    "media-type",
    "missing-description",
    "missing-keyword",
    "missing-operation-id",
    "missing-source",
    "nested-parameter",
    "no-effect",
    "not-a-schema",
    "not-expressed",
    "not-generated",
    "not-utf8",
    "overlay",
    "optional-body",
    "pagination",
    "polling",
    "plain-http",
    "plain-secret",
    "poor-name",
    "qualified-name",
    "raw-json",
    "reference-cycle",
    "remote-reference",
    "repeated-operation-id",
    "schema-identifier",
    "security-scheme",
    "server",
    "stale-deviation",
    "syntax",
    "tag",
    "unchecked-pattern",
    "undeclared-parameter",
    "undeclared-tag",
    "undefined-required",
    "unknown-format",
    "unknown-keyword",
    "unknown-source",
    "unknown-status",
    "unknown-style",
    "unknown-type",
    "unknown-value",
    "unreadable",
    "unused-component",
    "unused-page",
    "unused-tag",
    "upgrade-loss",
    "vendor-extension",
    "version",
    "waiver",
    "xml",
}

impl Code {
    /// The page of the rule in Markdown: the fault, why it matters, an example and the fix.
    pub fn page(self) -> Option<&'static str> {
        let found = PAGES.iter().find(|(name, _)| *name == self.name());
        found.map(|(_, page)| *page)
    }

    /// The rule of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
