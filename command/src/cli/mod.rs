//! The command line: a file or folder for each verb, with its options beside what it does.

mod audit;
mod diff;
mod document;
mod explain;
mod generate;
mod init;
mod lint;
mod outline;
mod propose;
mod review;
mod rule;
mod shell;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::SCHEMA;
use crate::console;
use crate::failure::Failure;

/// The end of every page of help.
const EXAMPLES: &str = "\
Examples:
  countersign init openapi.yaml        write a countersign.toml for a document
  countersign gen                      generate the crates that it describes
  countersign gen --check              fail if they are out of date, as in CI
  countersign lint                     report what is wrong or poor about the documents
  countersign diff v1.2                classify every change since a tag
  countersign explain Pet.name         explain why an item is as it is

Exit status:
  0  done; nothing is wrong
  1  something is wrong: with a document, with countersign.toml, or on disk
  2  the arguments are invalid
  3  `diff --fail-on`: there is a change of that weight";

/// OpenAPI documents into Rust crates.
#[derive(Debug, Parser)]
#[command(name = "countersign", bin_name = "countersign", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Own,
}

/// The verbs of the command `countersign`.
#[derive(Debug, Subcommand)]
enum Own {
    /// Write a countersign.toml for a document.
    Init(init::Init),
    #[command(flatten)]
    Verb(Verb),
    /// Print the JSON Schema of countersign.toml, for editors.
    Schema,
    /// Print completions for a shell: `source <(countersign completions bash)`.
    Completions(shell::Completions),
    /// Write man pages to a folder.
    Man(shell::Man),
}

/// The verbs that serve any repository.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Generate the crates of the APIs of `countersign.toml`, or of any document with --spec.
    Gen(Box<generate::Gen>),
    /// Print the items of the generated crates, a line for each.
    Outline(Box<outline::Outline>),
    /// Compare the documents with an earlier revision and classify every change.
    Diff(diff::Diff),
    /// Write an HTML report of the changes since a revision.
    Review(review::Review),
    /// Report errors and poor style, each with rule, location and fix.
    Lint(Box<lint::Lint>),
    /// Prove that nothing was lost between page, document and crate.
    Audit(Box<audit::Audit>),
    /// Explain an item: its page, its lines in the document, the Rust of it, and the reasons.
    Explain(Box<explain::Explain>),
    /// Print the page of a rule: the fault, why it matters, an example and the fix.
    Rule(rule::Rule),
}

impl Cli {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        match &self.verb {
            Own::Init(options) => init::run(options),
            Own::Verb(verb) => verb.run(),
            Own::Schema => {
                console::print(SCHEMA);
                Ok(())
            }
            Own::Completions(options) => {
                shell::completions(options, Self::command());
                Ok(())
            }
            Own::Man(options) => shell::man(options, Self::command()),
        }
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
            Self::Rule(options) => rule::run(options),
        }
    }
}
