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
    /// Create an MFA provider from a TOML file.
    Create(Create),
}

/// `list`.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Ask this product only.
    #[arg(long)]
    pub(crate) product: Option<Product>,
    /// Format of the list.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// `create`.
#[derive(Args, Debug)]
pub(crate) struct Create {
    /// The file of the provider to create. Secrets are written in it as `{ env = "NAME" }`.
    pub(crate) file: PathBuf,
    /// Check the file and say what would be created; send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Format of the created provider.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
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
