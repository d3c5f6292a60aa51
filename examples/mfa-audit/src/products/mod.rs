//! The products, each over its generated client.

mod appgate;
mod ras;
mod strata;

pub(crate) use self::appgate::Appgate;
pub(crate) use self::ras::Ras;
pub(crate) use self::strata::Strata;
