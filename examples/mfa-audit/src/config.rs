//! The environment and the command line: addresses, credentials, certificates.

use std::env::{self, VarError};
use std::fs;
use std::time::Duration;

use crate::cli::Connection;
use crate::problem::Problem;
use crate::runtime::{Builder, Core, Timeouts};

/// The configuration that all clients share.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    certificates: Option<Vec<u8>>,
    timeout: Duration,
}

impl Config {
    /// Reads the file of certificates, if there is one.
    pub(crate) fn read(connection: &Connection) -> Result<Self, Problem> {
        let certificates = match &connection.ca {
            Some(path) => Some(fs::read(path).map_err(|error| Problem::file(path, error))?),
            None => None,
        };
        Ok(Self {
            certificates,
            timeout: Duration::from_secs(connection.timeout),
        })
    }

    /// Builds a client with these settings.
    pub(crate) fn build<C: From<Core>>(&self, builder: Builder<C>) -> Result<C, Problem> {
        let attempt = Duration::from_secs(30).min(self.timeout);
        let connect = Duration::from_secs(3).min(self.timeout);
        let timeouts = Timeouts::new()
            .connect(connect)
            .read(attempt)
            .attempt(attempt)
            .operation(self.timeout);
        let builder = builder.timeouts(timeouts);
        let builder = match &self.certificates {
            Some(pem) => builder.root_certificates(pem.clone()),
            None => builder,
        };
        builder.build().map_err(Problem::Client)
    }
}

/// A variable of the environment; an empty one counts as absent.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Problem> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Problem::Variable {
            name: name.to_owned(),
            why: "it is not UTF-8".to_owned(),
        }),
    }
}

/// The variables that a product needs together. None of them: the product is not configured.
///
/// # Errors
/// When some are there and some are not: whoever set them meant the product.
pub(crate) fn variables<const N: usize>(
    names: [&'static str; N],
) -> Result<Option<[String; N]>, Problem> {
    let mut found = Vec::with_capacity(N);
    let mut missing = Vec::new();
    for name in names {
        match variable(name)? {
            Some(value) => found.push(value),
            None => missing.push(name),
        }
    }
    if found.is_empty() {
        return Ok(None);
    }
    found
        .try_into()
        .map(Some)
        .map_err(|_| Problem::Incomplete { missing })
}
