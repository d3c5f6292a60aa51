//! Criteria: who has to use a provider.

use std::fmt;
use std::str::FromStr;

use clap::ValueEnum;
use serde::Serialize;

/// Who has to use a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Criteria {
    /// What follows when the criteria match.
    pub(crate) access: Option<Access>,
    pub(crate) criteria: Vec<Criterion>,
}

/// A kind of criterion, and what it lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Criterion {
    pub(crate) kind: Kind,
    /// Whether it counts.
    pub(crate) enabled: Option<bool>,
    /// How a client is compared with the members, in the product's own words.
    pub(crate) matches: Option<String>,
    pub(crate) members: Vec<String>,
}

/// What follows when criteria match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Access {
    /// The provider is allowed for those who match.
    Allow,
    /// The provider is denied to those who match.
    Deny,
}

/// The kinds of criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Users, groups and computers.
    User,
    /// The gateways that clients connect through.
    Gateway,
    /// Operating systems of clients.
    Os,
    /// Addresses of clients.
    Ip,
    /// Hardware IDs of clients.
    HardwareId,
    /// Names of clients.
    Device,
}

/// A member of a criterion, as the command line has it: `user=EXAMPLE\Staff`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) kind: Kind,
    pub(crate) value: String,
}

/// One change of criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Access(Access),
    /// Whether users, groups and computers count.
    Users(bool),
    Add(Member),
    Remove(Member),
}

impl Criteria {
    /// The step, if it would change something. A member that is there goes by the name that the product has for it.
    pub(crate) fn needed(&self, step: &Step) -> Option<Step> {
        let of = |kind| self.criteria.iter().find(move |known| known.kind == kind);
        let known = |member: &Member| {
            let mut members = of(member.kind)?.members.iter();
            members.find(|known| known.eq_ignore_ascii_case(&member.value))
        };
        match step {
            Step::Access(access) if self.access == Some(*access) => None,
            Step::Users(on) if of(Kind::User)?.enabled == Some(*on) => None,
            Step::Add(member) if known(member).is_some() => None,
            Step::Remove(member) => known(member).map(|name| {
                let (kind, value) = (member.kind, name.clone());
                Step::Remove(Member { kind, value })
            }),
            step => Some(step.clone()),
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Gateway => "gateway",
            Self::Os => "os",
            Self::Ip => "ip",
            Self::HardwareId => "hardware-id",
            Self::Device => "device",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Access(access) => write!(f, "access = {access}"),
            Self::Users(on) => write!(f, "users = {}", if *on { "on" } else { "off" }),
            Self::Add(Member { kind, value }) => write!(f, "add {kind} {value:?}"),
            Self::Remove(Member { kind, value }) => write!(f, "remove {kind} {value:?}"),
        }
    }
}

impl FromStr for Member {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, value) = text
            .split_once('=')
            .filter(|(_, value)| !value.is_empty())
            .ok_or("expected KIND=VALUE")?;
        Ok(Self {
            kind: Kind::from_str(kind, false).map_err(|_| {
                "expected one of the kinds user, gateway, os, ip, hardware-id and device".to_owned()
            })?,
            value: value.to_owned(),
        })
    }
}
