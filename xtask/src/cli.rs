//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::console::Console;
use crate::corpus::{self, Corpus};
use crate::failure::Failure;
use crate::{audit, conformance, diff, explain, foreign, generate, lint, outline, review};

/// Commands for those who keep the documents and the generated crates.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Generate the crates of the APIs in `spec/`, or of any document with --spec.
    Gen(Box<Gen>),
    /// Print what the crates of APIs hold, a line for each item.
    Outline {
        /// Folders below `spec/`; all of them if none is named.
        apis: Vec<String>,
    },
    /// Tell what the documents in `spec/` say otherwise than at a revision, and what that means.
    Diff(diff::Diff),
    /// Write one page about what the documents in `spec/` say otherwise than at a revision.
    Review(review::Review),
    /// Say what is wrong or poor about documents, with its rule, place and cure.
    Lint(Box<Lint>),
    /// Prove that nothing was lost between page, document and crate.
    Audit {
        /// Folders below `spec/`; all of them if none is named.
        apis: Vec<String>,
        /// How the tables are written.
        #[arg(long, value_enum, default_value_t = Tables::Text)]
        format: Tables,
    },
    /// Say why an item is as it is: its page, its lines in the document, the Rust of it, and the reasons.
    Explain {
        /// The API, where several have such an item, and the item: `MfaProvider`, `MfaProvider.sharedSecret`,
        /// `Mode::Push`, `'POST /mfa-providers'`.
        #[arg(required = true, num_args = 1..=2, value_names = ["API", "PATH"])]
        path: Vec<String>,
        /// How wide document and Rust are side by side, in columns; below 100 they stand one under the other.
        #[arg(long, value_name = "COLUMNS", default_value_t = 160)]
        width: usize,
    },
    /// Run the generator on every document of a folder, and tell what came of it.
    Corpus(Corpus),
    /// Run the clients against Prism, which checks each request against the documents. Needs Node.
    Conformance,
}

/// `gen`.
#[derive(Args, Debug)]
pub(crate) struct Gen {
    /// Folders below `spec/`; all of them if none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Change nothing; name each missing, stale or orphaned file, and fail if there is one.
    #[arg(long)]
    pub(crate) check: bool,
    /// Generate every API, those that nothing has changed for as well.
    #[arg(long, conflicts_with = "spec")]
    pub(crate) full: bool,
    /// Print errors and nothing else.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    pub(crate) foreign: Foreign,
}

impl Gen {
    /// How much is said.
    pub(crate) fn console(&self) -> Console {
        if self.quiet {
            Console::Quiet
        } else {
            Console::Talkative
        }
    }
}

/// A document from anywhere.
#[derive(Args, Debug)]
pub(crate) struct Foreign {
    /// Any OpenAPI document: 3.0, 3.1 or Swagger 2.0, YAML or JSON.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "apis")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder for the two crates.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// What the crates are called: NAME-model and NAME-client. Made from the file's name if left out.
    #[arg(long, requires = "spec")]
    pub(crate) name: Option<String>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) root: Option<PathBuf>,
    /// The folder of `countersign-runtime`; the one of this workspace if left out.
    #[arg(
        long,
        value_name = "DIR",
        requires = "spec",
        conflicts_with = "runtime_version"
    )]
    pub(crate) runtime_path: Option<PathBuf>,
    /// The version of `countersign-runtime` in a registry.
    #[arg(long, value_name = "VERSION", requires = "spec")]
    pub(crate) runtime_version: Option<String>,
    /// A Rust type for a format: `--type date-time=jiff::Timestamp`. May be repeated.
    #[arg(long = "type", value_name = "FORMAT=TYPE", requires = "spec")]
    pub(crate) types: Vec<String>,
    /// Make errors of warnings. Always so for the APIs in `spec/`.
    #[arg(long, requires = "spec")]
    pub(crate) deny_warnings: bool,
    /// Write what came out to a file, as JSON.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) summary_json: Option<PathBuf>,
    /// A file of waivers: places where findings are admitted. For the APIs in `spec/` it is `spec/waivers.toml`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) waivers: Option<PathBuf>,
    /// Stop when more memory is used than this, in MiB.
    #[arg(long, value_name = "MIB", requires = "spec")]
    pub(crate) memory_limit: Option<u64>,
}

/// `lint`.
#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Folders below `spec/`; all of them if none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Another level for a rule: `--level derived-name=off`. May be repeated.
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    pub(crate) levels: Vec<String>,
    /// Any OpenAPI document instead of the APIs in `spec/`.
    #[arg(long, value_name = "FILE", conflicts_with = "apis")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) root: Option<PathBuf>,
    /// A file of levels and waivers. For the APIs in `spec/` it is `spec/waivers.toml`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) waivers: Option<PathBuf>,
    /// Fail if anything at all is found. Always so for the APIs in `spec/`.
    #[arg(long, requires = "spec")]
    pub(crate) deny_warnings: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with excerpts.
    Text,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// A list of findings.
    Json,
}

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tables {
    /// Aligned, for a terminal.
    Text,
    /// For a pull request; with the deviations.
    Markdown,
    /// Everything, for machines.
    Json,
}

impl Cli {
    /// Does what was asked for.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        match &self.verb {
            Verb::Gen(options) => match &options.foreign.spec {
                Some(spec) => foreign::run(options, spec),
                None => generate::run(options),
            },
            Verb::Lint(options) => lint::run(options),
            Verb::Explain { path, width } => explain::run(path, *width),
            Verb::Audit { apis, format } => audit::run(apis, *format),
            Verb::Outline { apis } => outline::run(apis),
            Verb::Diff(options) => diff::run(options),
            Verb::Review(options) => review::run(options),
            Verb::Corpus(options) => corpus::run(options),
            Verb::Conformance => conformance::run(),
        }
    }
}
