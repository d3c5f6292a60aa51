//! Completions for shells and pages for `man`, made of the command line itself.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;

use crate::console;
use crate::failure::Failure;

/// `completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

/// `man`.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The folder for the pages, such as `/usr/local/share/man/man1`.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Prints the completions of a command for a shell.
pub(super) fn completions(options: &Completions, mut command: Command) {
    let mut out = Vec::new();
    clap_complete::generate(options.shell, &mut command, "countersign", &mut out);
    console::print(String::from_utf8_lossy(&out));
}

/// Writes a page for a command, and one for each of its verbs.
pub(super) fn man(options: &Man, command: Command) -> Result<(), Failure> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::Failed(format!("{}: {error}", path.display()))
    };
    fs::create_dir_all(&options.out).map_err(|error| failed(&options.out, error))?;
    clap_mangen::generate_to(command, &options.out).map_err(|error| failed(&options.out, error))
}
