//! The failure of a command, and its exit status.

use std::fmt;
use std::process::ExitCode;

use crate::output;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub enum Failure {
    /// The command line has invalid arguments. Exit status 2.
    Usage(String),
    /// Something is wrong, in one sentence without a full stop. Exit status 1.
    Failed(String),
    /// A rendered report of errors. Exit status 1.
    Rendered(String),
    /// A change of the weight that `--fail-on` names. Exit status 3.
    Weight(String),
}

impl Failure {
    /// The fault, without the word `error`.
    pub fn message(&self) -> &str {
        match self {
            Self::Usage(what) | Self::Failed(what) | Self::Rendered(what) | Self::Weight(what) => {
                what
            }
        }
    }

    /// The exit status.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) | Self::Rendered(_) => ExitCode::FAILURE,
            Self::Weight(_) => ExitCode::from(3),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) | Self::Failed(what) | Self::Weight(what) => {
                writeln!(f, "error: {what}")
            }
            Self::Rendered(text) => f.write_str(text),
        }
    }
}

impl From<output::Error> for Failure {
    fn from(error: output::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl std::error::Error for Failure {}
