#![doc = include_str!("../../diagnostic/rules/invalid-example.md")]

use crate::diagnostic::Code;
use crate::lint::Lint;

impl Lint<'_, '_> {
    /// Compares each example with its schema.
    pub(in crate::lint) fn invalid_examples(&mut self) {
        let help = "fix the example or its schema: readers and tests rely on both";
        self.values(Code::InvalidExample, "the example", help);
        self.serialized("write the value as it is sent");
    }
}
