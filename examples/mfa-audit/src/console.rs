//! The output: results on standard output, all else on standard error.

use std::fmt;
use std::io::{self, ErrorKind, Write as _};

use serde::Serialize;

use crate::problem::Problem;

/// A result, with a line's end. Whoever reads it may stop early, which is not a failure.
pub(crate) fn print(result: impl fmt::Display) -> Result<(), Problem> {
    match writeln!(io::stdout().lock(), "{result}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::output(error)),
        _ => Ok(()),
    }
}

/// A result for programs.
pub(crate) fn print_json(result: &impl Serialize) -> Result<(), Problem> {
    print(serde_json::to_string_pretty(result).map_err(Problem::output)?)
}

/// A line that is not a result. There is nowhere to say that it could not be written.
pub(crate) fn say(line: impl fmt::Display) {
    writeln!(io::stderr().lock(), "{line}").ok();
}
