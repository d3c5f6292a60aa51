//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::product::Product;

/// Lists the MFA providers of Appgate SDP, Parallels RAS and Strata Cloud Manager, and creates one.
///
/// Addresses and credentials come from the environment; a product whose variables are absent is skipped.
#[derive(Debug, Parser)]
#[command(name = "mfa-audit")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    #[command(flatten)]
    pub(crate) connection: Connection,
}

/// How the products are reached.
#[derive(Args, Debug)]
pub(crate) struct Connection {
    /// Trust the certificates in this file (PEM) as well: of a private authority, or of a server that signed its own.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// How long a call may take with its retries, in seconds.
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 60,
          value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// List the MFA providers of all products that the environment names.
    List(List),
    /// Create an MFA provider from a TOML file.
    Create(Create),
}

/// `list`.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Ask this product only.
    #[arg(long)]
    pub(crate) product: Option<Product>,
    /// How to write the list.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `create`.
#[derive(Args, Debug)]
pub(crate) struct Create {
    /// What to create. Secrets stand in it as `{ env = "NAME" }`.
    pub(crate) file: PathBuf,
    /// Check the file and say what would be created; send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to write what was created.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}
