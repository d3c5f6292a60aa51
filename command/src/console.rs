//! Output for people: results on standard output, progress on standard error.

use std::fmt;
use std::io::{self, Write as _};

/// The amount of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// Each part that is left out or not read as well.
    Verbose,
    /// Progress, warnings and a summary.
    Normal,
    /// Errors and what was asked for.
    Quiet,
}

impl Console {
    /// A line about the way there.
    pub fn say(self, line: impl fmt::Display) {
        if self != Self::Quiet {
            complain(format_args!("{line}\n"));
        }
    }

    /// Text about the way there, as it stands.
    pub fn show(self, text: &str) {
        if self != Self::Quiet {
            complain(text);
        }
    }
}

/// A number of things, in words: `1 type`, `2 types`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

/// The result.
pub fn print(text: impl fmt::Display) {
    // Whoever reads this may have gone, which is no reason to fail.
    let _ = write!(io::stdout().lock(), "{text}");
}

/// The message.
pub fn complain(text: impl fmt::Display) {
    let _ = write!(io::stderr().lock(), "{text}");
}
