//! The products: the one trait that they all implement, and the plain data that commands work on.

use std::fmt;

use clap::ValueEnum;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::criteria::{Criteria, Step};
use crate::problem::Problem;

/// The name of a product that has MFA providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Name {
    /// Appgate SDP.
    Appgate,
    /// Parallels RAS.
    Ras,
    /// Strata Cloud Manager.
    Strata,
}

impl Name {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Appgate, Self::Ras, Self::Strata];

    /// The variables of the environment that it takes to sign in.
    pub(crate) const fn variables(self) -> [&'static str; 3] {
        match self {
            Self::Appgate => ["APPGATE_URL", "APPGATE_USERNAME", "APPGATE_PASSWORD"],
            Self::Ras => ["RAS_URL", "RAS_USERNAME", "RAS_PASSWORD"],
            Self::Strata => ["STRATA_TSG_ID", "STRATA_CLIENT_ID", "STRATA_CLIENT_SECRET"],
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Appgate => "appgate",
            Self::Ras => "ras",
            Self::Strata => "strata",
        })
    }
}

/// A product. What one of them lacks is a [`Problem::Lacks`], which names it.
pub(crate) trait Product: Sized {
    const NAME: Name;

    /// The step that a change still needs before it is in force.
    const NEXT: Option<&'static str>;

    /// The reason of a product that has no criteria.
    const NO_CRITERIA: &'static str = "has no criteria of a provider";

    /// The settings of a provider, as files have them. What is not told or not written is absent.
    type Settings: Clone + DeserializeOwned + Serialize;

    /// The product that the environment names; none if it names none.
    fn connect(config: &Config) -> Result<Option<Self>, Problem>;

    /// Ends the session, if there is one.
    async fn sign_out(&self);

    /// All providers.
    async fn list(&self) -> Result<Vec<Provider>, Problem>;

    /// The settings of a provider, without its secrets.
    async fn settings(&self, id: &str) -> Result<Self::Settings, Problem>;

    /// Whether a provider with these settings can be asked for. Nothing is sent.
    fn check(settings: &Self::Settings) -> Result<(), Problem>;

    async fn create(&self, settings: &Self::Settings) -> Result<Provider, Problem>;

    /// Whether this update can be asked for. Nothing is sent.
    fn check_update(update: &Update<Self::Settings>) -> Result<(), Problem>;

    async fn update(&self, id: &str, update: &Update<Self::Settings>) -> Result<(), Problem>;

    async fn delete(&self, id: &str) -> Result<(), Problem>;

    /// Has the product connect to the servers of a provider, which need not exist yet.
    async fn test(&self, settings: &Self::Settings) -> Result<Reached, Problem>;

    /// The effect of [`apply`](Self::apply), in words. Nothing is sent.
    fn plan_apply(apply: &Apply) -> Result<String, Problem>;

    /// Puts staged changes in force.
    async fn apply(&self, apply: &Apply) -> Result<Applied, Problem>;

    /// Who has to use a provider.
    async fn criteria(&self, _id: &str) -> Result<Criteria, Problem> {
        Problem::lacks(Self::NAME, Self::NO_CRITERIA)
    }

    /// Whether this change can be asked for. Nothing is sent.
    fn check_criteria(_step: &Step) -> Result<(), Problem> {
        Problem::lacks(Self::NAME, Self::NO_CRITERIA)
    }

    async fn change_criteria(&self, _id: &str, _step: &Step) -> Result<(), Problem> {
        Problem::lacks(Self::NAME, Self::NO_CRITERIA)
    }
}

/// An MFA provider. What a product does not tell is absent; secrets are not among what is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Provider {
    /// Whose it is.
    pub(crate) product: Name,
    /// The name that administrators use.
    pub(crate) name: String,
    /// The kind of service, in the product's own word.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Whether it is in use.
    pub(crate) enabled: Option<bool>,
    /// The servers that it asks.
    pub(crate) servers: Vec<String>,
    /// Where in the product it is defined: a site, a folder, a snippet or a device.
    pub(crate) scope: Option<String>,
    /// When it was last changed, as the product writes it.
    pub(crate) changed: Option<String>,
    /// The name in the product.
    pub(crate) id: Option<String>,
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.product, self.name)?;
        match &self.id {
            Some(id) => write!(f, " ({})", id.escape_debug()),
            None => Ok(()),
        }
    }
}

/// New settings of a provider.
#[derive(Clone, Debug)]
pub(crate) struct Update<S> {
    /// The settings that the product tells.
    pub(crate) current: S,
    /// The settings of the file.
    pub(crate) change: S,
    /// Those of the file, and the current ones where the file has none.
    pub(crate) whole: S,
}

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    Yes,
    /// In the words of the product.
    No(String),
}

/// The staged changes that are to be in force.
#[derive(Clone, Debug)]
pub(crate) struct Apply {
    /// The folders to push.
    pub(crate) folders: Vec<String>,
    /// The accounts whose changes to push; those of all, if there is none.
    pub(crate) accounts: Vec<String>,
    /// What is being changed, for the log.
    pub(crate) description: Option<String>,
    /// For how long to wait for the end; not at all, if absent.
    pub(crate) wait: Option<std::time::Duration>,
}

/// The state of staged changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// They are in force, as the product says.
    InForce(Option<String>),
    /// A job puts them in force; nobody waits for it.
    Begun { job: Option<String> },
}
