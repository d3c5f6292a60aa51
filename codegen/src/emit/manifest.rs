//! Dependencies that generated crates share.

use super::api_facts::Uses;
use crate::package::{Dependency, Origin};
use crate::settings::{Derived, Manifest, Runtime, Settings};

/// A crate that generated code may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stock {
    Serde,
    SerdeJson,
    Uuid,
}

/// The runtime, with the features that a crate needs.
pub(super) fn runtime(settings: &Settings, features: Vec<&'static str>) -> Dependency {
    let origin = match &settings.runtime {
        Runtime::Workspace => Origin::Workspace,
        Runtime::Path(path) => Origin::Path(path.clone()),
        Runtime::Vendored(folder) => Origin::Path(format!("{folder}/countersign-runtime")),
        Runtime::Version(version) => Origin::Version(version.clone()),
        Runtime::Git { url, at } => Origin::Git {
            url: url.clone(),
            at: at.clone(),
        },
    };
    Dependency {
        origin,
        default_features: false,
        features: features.into_iter().map(str::to_owned).collect(),
        optional: false,
    }
}

/// The version of the fake servers that goes with this generator.
const FAKE: &str = "0.1";

/// The fake servers, which stand below the runtime where that is in a folder.
pub(super) fn fake(settings: &Settings) -> Dependency {
    let origin = match &settings.runtime {
        Runtime::Workspace => Origin::Workspace,
        Runtime::Path(path) => Origin::Path(format!("{path}/fake")),
        Runtime::Vendored(folder) => Origin::Path(format!("{folder}/countersign-fake")),
        Runtime::Version(_) => Origin::Version(FAKE.to_owned()),
        Runtime::Git { url, at } => Origin::Git {
            url: url.clone(),
            at: at.clone(),
        },
    };
    Dependency {
        origin,
        default_features: true,
        features: Vec::new(),
        optional: true,
    }
}

/// A crate of others: the workspace's version where there is a workspace.
pub(super) fn dependency(settings: &Settings, stock: Stock) -> Dependency {
    let (version, features): (_, &[_]) = match stock {
        Stock::Serde => ("1", &[]),
        // Its fast reader is off by a bit for some numbers.
        Stock::SerdeJson => ("1", &["float_roundtrip"]),
        Stock::Uuid => ("1", &["serde"]),
    };
    let name = match stock {
        Stock::Serde => "serde",
        Stock::SerdeJson => "serde_json",
        Stock::Uuid => "uuid",
    };
    let is_shared = settings.manifest == Manifest::Member && settings.inherited.has(name);
    match is_shared {
        true => Dependency {
            origin: Origin::Workspace,
            default_features: true,
            features: Vec::new(),
            optional: false,
        },
        false => Dependency {
            origin: Origin::Version(version.to_owned()),
            default_features: true,
            features: features
                .iter()
                .map(|feature| (*feature).to_owned())
                .collect(),
            optional: false,
        },
    }
}

/// The crates of derive macros that the caller chose, which are only there with their features.
pub(super) fn derived(settings: &Settings) -> impl Iterator<Item = (String, Dependency)> {
    let optional = settings.has_features();
    settings.derives.iter().filter_map(move |derive| {
        let Derived::Macro {
            krate: Some(krate), ..
        } = &derive.what
        else {
            return None;
        };
        let dependency = Dependency {
            origin: Origin::Version(krate.version.clone()),
            default_features: true,
            features: krate.features.clone(),
            optional,
        };
        Some((krate.name.clone(), dependency))
    })
}

/// The features of further traits, each with what it needs.
pub(super) fn traits(settings: &Settings) -> impl Iterator<Item = (String, Vec<String>)> {
    settings.derives.iter().map(|derive| {
        let needs = match (&derive.what, derive.what.of_runtime()) {
            (_, Some(feature)) => vec![format!("countersign-runtime/{feature}")],
            (Derived::Macro { krate, .. }, None) => {
                let krate = krate.iter().map(|krate| format!("dep:{}", krate.name));
                krate.collect()
            }
            _ => Vec::new(),
        };
        (derive.feature.clone(), needs)
    })
}

/// The crates of the types that the caller chose. They are the caller's, so they are written out in full.
pub(super) fn external(uses: &Uses) -> impl Iterator<Item = (String, Dependency)> {
    uses.crates.values().map(|krate| {
        let dependency = Dependency {
            origin: Origin::Version(krate.version.clone()),
            default_features: true,
            features: krate.features.clone(),
            optional: false,
        };
        (krate.name.clone(), dependency)
    })
}
