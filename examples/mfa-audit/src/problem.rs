//! Problems, in words that say what to do about them.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::product::Name;
use crate::runtime::{AnyError, BuildError, Error, Violations};

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Problem {
    /// None of the products is configured.
    Nothing,
    /// Only some of a product's variables are set.
    Incomplete { missing: Vec<&'static str> },
    /// A variable cannot be used.
    Variable { name: String, why: String },
    /// A file cannot be used.
    File { path: PathBuf, why: String },
    /// A setting is needed that the file does not have.
    Setting { product: Name, name: &'static str },
    /// The product has no such operation, or not for this.
    Lacks { product: Name, what: String },
    /// The product has no such provider, or several.
    Provider { product: Name, why: String },
    /// The request breaks the constraints of the product's document.
    Invalid(Violations),
    /// A client cannot be built.
    Client(BuildError),
    /// The product refused the call.
    Refused(Refusal),
    /// The call failed in another way.
    Call(AnyError),
    /// Staged changes did not come into force.
    Job { product: Name, why: String },
    /// The result cannot be written.
    Output(String),
}

/// The message of a product that refuses a call.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The operation and the status.
    what: String,
    /// The product's name for the request, for its support.
    request: Option<String>,
    /// The product's own words, a line for each.
    said: Vec<String>,
}

impl Problem {
    /// A file that cannot be read.
    pub(crate) fn file(path: &Path, why: impl fmt::Display) -> Self {
        Self::File {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }

    /// Something that the product does not have, and what to do instead.
    pub(crate) fn lacks<T>(product: Name, what: impl Into<String>) -> Result<T, Self> {
        let what = what.into();
        Err(Self::Lacks { product, what })
    }

    /// A result that cannot be written.
    pub(crate) fn output(error: impl fmt::Display) -> Self {
        Self::Output(error.to_string())
    }

    /// A call that failed. The words of the product are the same for all operations: none needs a `match` of its own.
    pub(crate) fn call<E>(error: Error<E>) -> Self
    where
        E: fmt::Debug + Send + Sync + 'static,
    {
        match error {
            Error::Invalid(violations) => Self::Invalid(violations),
            other => {
                let error = other.erase();
                Refusal::of(&error).map_or(Self::Call(error), Self::Refused)
            }
        }
    }

    /// The exit status: 2 for what the caller must change, 1 for what went wrong.
    pub(crate) const fn status(&self) -> u8 {
        match self {
            Self::Nothing
            | Self::Incomplete { .. }
            | Self::Variable { .. }
            | Self::File { .. }
            | Self::Setting { .. }
            | Self::Lacks { .. }
            | Self::Provider { .. }
            | Self::Invalid(_)
            | Self::Client(_) => 2,
            Self::Refused(_) | Self::Call(_) | Self::Job { .. } | Self::Output(_) => 1,
        }
    }
}

impl Refusal {
    /// The refusal of a call, or of the sign-in before it; none if the product said nothing.
    fn of(error: &AnyError) -> Option<Self> {
        let failed = match &**error {
            Error::Credential(error) => return Self::of(error.call()?),
            Error::Api(_, failed) | Error::Undocumented(failed) => failed,
            _ => return None,
        };
        let problem = failed.problem()?;
        let own = match (problem.message(), &problem.code) {
            (Some(message), Some(code)) => Some(format!("{message} ({code})")),
            (message, code) => message.or(code.as_deref()).map(str::to_owned),
        };
        let fields = problem.fields.iter();
        let fields = fields.map(|field| format!("{}: {}", field.field, field.message));
        Some(Self {
            what: format!("{}: {}", failed.operation(), failed.status()),
            request: failed.request_id().map(str::to_owned),
            said: own.into_iter().chain(fields).collect(),
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("no product is configured; set the variables of one"),
            Self::Incomplete { missing } => write!(f, "not set: {}", missing.join(", ")),
            Self::Variable { name, why } => write!(f, "{name}: {why}"),
            Self::File { path, why } => write!(f, "{}: {why}", path.display()),
            Self::Setting { product, name } => write!(f, "[{product}] needs `{name}`"),
            Self::Lacks { product, what } => write!(f, "{product} {what}"),
            Self::Provider { product, why } => write!(f, "{product}: {why}"),
            Self::Invalid(violations) => write!(
                f,
                "the request breaks its document, so nothing is sent: {violations}"
            ),
            Self::Client(error) => write!(f, "{error}"),
            Self::Refused(refusal) => write!(f, "{refusal}"),
            Self::Call(error) => write!(f, "{error}"),
            Self::Job { product, why } => write!(f, "{product}: {why}"),
            Self::Output(why) => write!(f, "the result cannot be written: {why}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(request) = &self.request {
            write!(f, " (request {})", request.escape_debug())?;
        }
        self.said
            .iter()
            .try_for_each(|line| write!(f, "\n  {line}"))
    }
}
