//! The command line: a file or folder for each verb, with its options beside what it does.

mod audit;
mod diff;
mod document;
mod explain;
mod generate;
mod lint;
mod outline;
mod review;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// OpenAPI documents into Rust crates.
#[derive(Debug, Parser)]
#[command(name = "countersign", bin_name = "countersign")]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// The verbs that serve any repository.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Generate the crates of the APIs of `countersign.toml`, or of any document with --spec.
    Gen(Box<generate::Gen>),
    /// Print the items of the generated crates, a line for each.
    Outline(outline::Outline),
    /// Compare the documents with an earlier revision and classify every change.
    Diff(diff::Diff),
    /// Write an HTML report of the changes since a revision.
    Review(review::Review),
    /// Report errors and poor style, each with rule, location and fix.
    Lint(Box<lint::Lint>),
    /// Prove that nothing was lost between page, document and crate.
    Audit(audit::Audit),
    /// Explain an item: its page, its lines in the document, the Rust of it, and the reasons.
    Explain(explain::Explain),
}

impl Cli {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        self.verb.run()
    }
}

impl Verb {
    /// Does what was asked for.
    ///
    /// # Errors
    /// If it can't be done, or if what was checked is not as it should be.
    pub fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Gen(options) => generate::run(options),
            Self::Outline(options) => outline::run(options),
            Self::Diff(options) => diff::run(options),
            Self::Review(options) => review::run(options),
            Self::Lint(options) => lint::run(options),
            Self::Audit(options) => audit::run(options),
            Self::Explain(options) => explain::run(options),
        }
    }
}
