//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::criteria::{Access, Member};
use crate::file::File;
use crate::problem::Problem;
use crate::product::Name;

/// Manage the MFA providers of Appgate SDP, Parallels RAS and Strata Cloud Manager.
///
/// Addresses and credentials come from the environment; `list` skips a product whose variables are absent.
#[derive(Debug, Parser)]
#[command(name = "mfa-audit")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// The access to the products.
#[derive(Args, Debug)]
pub(crate) struct Connection {
    /// Trust the certificates in this file (PEM) as well: of a private authority, or of a server that signed its own.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// The time limit of a call with its retries, in seconds.
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 60,
          value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List the MFA providers of all products that the environment names.
    List(List),
    /// Show the settings of an MFA provider, as a file for `create` and `update` has them.
    Show(Show),
    /// Create an MFA provider from a TOML file.
    Create(Create),
    /// Change the settings of an MFA provider to those of a TOML file.
    Update(Update),
    /// Delete an MFA provider.
    Delete(Delete),
    /// Have the product connect to the servers that a TOML file names.
    Test(Test),
    /// Put staged changes in force: apply settings at RAS, push the candidate configuration at Strata Cloud Manager.
    #[command(visible_alias = "push")]
    Apply(Apply),
    /// Show or change who has to use an MFA provider.
    Criteria(Criteria),
}

/// `list`.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Ask this product only.
    #[arg(long)]
    pub(crate) product: Option<Name>,
    /// Format of the list.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `show`.
#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) on: On,
    /// Format of the settings.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `create`.
#[derive(Args, Debug)]
pub(crate) struct Create {
    #[command(flatten)]
    pub(crate) file: Source,
    #[command(flatten)]
    pub(crate) plan: Plan,
    /// Format of the created provider.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `update`.
#[derive(Args, Debug)]
pub(crate) struct Update {
    /// The name or the ID of the provider.
    pub(crate) provider: String,
    #[command(flatten)]
    pub(crate) file: Source,
    #[command(flatten)]
    pub(crate) plan: Plan,
    /// Format of the changed provider.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `delete`.
#[derive(Args, Debug)]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) on: On,
    #[command(flatten)]
    pub(crate) plan: Plan,
}

/// `test`.
#[derive(Args, Debug)]
pub(crate) struct Test {
    #[command(flatten)]
    pub(crate) file: Source,
}

/// `apply`.
#[derive(Args, Debug)]
pub(crate) struct Apply {
    pub(crate) product: Name,
    /// A folder to push (Strata Cloud Manager). May be repeated.
    #[arg(long = "folder", value_name = "FOLDER")]
    pub(crate) folders: Vec<String>,
    /// Push the changes of this account only (Strata Cloud Manager). May be repeated.
    #[arg(long = "account", value_name = "ACCOUNT")]
    pub(crate) accounts: Vec<String>,
    /// What is being changed, for the product's log (Strata Cloud Manager).
    #[arg(long)]
    pub(crate) description: Option<String>,
    /// Wait for the end at most so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    pub(crate) wait: u64,
    /// Do not wait for the end.
    #[arg(long, conflicts_with = "wait")]
    pub(crate) no_wait: bool,
    #[command(flatten)]
    pub(crate) plan: Plan,
}

/// `criteria`.
#[derive(Args, Debug)]
pub(crate) struct Criteria {
    #[command(flatten)]
    pub(crate) on: On,
    /// Allow or deny the provider when its criteria match.
    #[arg(long)]
    pub(crate) access: Option<Access>,
    /// Whether users, groups and computers count.
    #[arg(long, value_name = "ON|OFF", value_parser = ["on", "off"])]
    pub(crate) users: Option<String>,
    /// Add a member, such as `user=EXAMPLE\Staff`, `gateway=192.0.2.10`, `os=windows`. May be repeated.
    #[arg(long, value_name = "KIND=VALUE")]
    pub(crate) add: Vec<Member>,
    /// Remove a member. May be repeated.
    #[arg(long, value_name = "KIND=VALUE")]
    pub(crate) remove: Vec<Member>,
    #[command(flatten)]
    pub(crate) plan: Plan,
    /// Format of the criteria.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// A provider of a product.
#[derive(Args, Debug)]
pub(crate) struct On {
    pub(crate) product: Name,
    /// The name or the ID of the provider.
    pub(crate) provider: String,
}

/// A file.
#[derive(Args, Debug)]
pub(crate) struct Source {
    /// The file with the settings. Secrets are written in it as `{ env = "NAME" }`.
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

impl Source {
    pub(crate) fn read(&self) -> Result<File, Problem> {
        File::read(&self.path)
    }
}

/// Whether to act on a plan.
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// Say what would change, with old and new values; change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Format of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}
