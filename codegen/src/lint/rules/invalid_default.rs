#![doc = include_str!("../../diagnostic/rules/invalid-default.md")]

use crate::diagnostic::Code;
use crate::lint::Lint;

impl Lint<'_, '_> {
    /// Compares each default with its schema.
    pub(in crate::lint) fn invalid_defaults(&mut self) {
        let help = "fix the default or its schema";
        self.values(Code::InvalidDefault, "the default", help);
    }
}
