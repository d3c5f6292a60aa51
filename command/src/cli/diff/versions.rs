//! The versions that the generated crates have now.

use std::collections::BTreeMap;
use std::process::Command;

use countersign_codegen::compare::Comparison;
use countersign_codegen::compare::render::Subject;
use serde_json::Value;

use crate::console::Console;
use crate::project::Project;

/// Versions of crates, by name.
#[derive(Debug, Default)]
pub(crate) struct Versions(BTreeMap<String, String>);

impl Versions {
    /// As cargo has them. Where it has none, verdicts are told without versions.
    pub(crate) fn find(project: &Project) -> Self {
        match Self::ask(project) {
            Ok(versions) => versions,
            Err(why) => {
                let what = "the versions of the crates are not known";
                Console::Normal.say(format_args!("warning: {what}: {}", why.trim()));
                Self::default()
            }
        }
    }

    fn ask(project: &Project) -> Result<Self, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([
                "metadata",
                "--no-deps",
                "--offline",
                "--format-version",
                "1",
            ])
            .current_dir(project.root())
            .output()
            .map_err(|error| format!("cargo can't be run: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let packages = metadata.get("packages").and_then(Value::as_array);
        let versions = packages.into_iter().flatten().filter_map(|package| {
            let text = |key: &str| package.get(key)?.as_str().map(str::to_owned);
            Some((text("name")?, text("version")?))
        });
        Ok(Self(versions.collect()))
    }

    /// Has an API told with the versions of its crates.
    pub(crate) fn subject<T>(
        &self,
        name: &str,
        (old_prefix, prefix): (&str, &str),
        comparison: &Comparison,
        told: impl FnOnce(Subject<'_>) -> T,
    ) -> T {
        let version = |suffix: &str| self.0.get(&format!("{name}-{suffix}")).map(String::as_str);
        told(Subject {
            name,
            prefix,
            old_prefix,
            comparison,
            model: version("model"),
            client: version("client"),
        })
    }
}
