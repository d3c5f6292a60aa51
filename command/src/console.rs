//! What people see: results on standard output, the way there on standard error.

use std::fmt;
use std::io::{self, Write as _};

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// Progress, warnings and a summary as well.
    Normal,
    /// Errors and what was asked for.
    Quiet,
}

impl Console {
    /// A line about the way there.
    pub fn say(self, line: impl fmt::Display) {
        if self == Self::Normal {
            complain(format_args!("{line}\n"));
        }
    }

    /// Text about the way there, as it stands.
    pub fn show(self, text: &str) {
        if self == Self::Normal {
            complain(text);
        }
    }
}

/// What was asked for.
pub fn print(text: impl fmt::Display) {
    // Whoever reads this may have gone, which is no reason to fail.
    let _ = write!(io::stdout().lock(), "{text}");
}

/// What is wrong.
pub fn complain(text: impl fmt::Display) {
    let _ = write!(io::stderr().lock(), "{text}");
}
