//! `cargo xtask conformance`: the clients against a mock server that nobody here wrote.
//!
//! Prism checks each request against the document and answers with its examples. The tests that send the requests are in
//! `tests/conformance`: this crate must not know what is generated. The example program has a test of its own, with Prism
//! as a proxy between it and the fake servers.

mod prism;

use std::path::PathBuf;
use std::process::Command;

use countersign::console::{self, Console};
use countersign::failure::Failure;
use countersign::project::Project;

use self::prism::Installed;

/// Installs Prism if need be, starts a server for each API, and runs the tests. Without Node there is nothing to run.
pub(crate) fn run() -> Result<(), Failure> {
    let project = Project::find()?;
    let prism = match Installed::find(&project.target().join("conformance"))? {
        Ok(prism) => prism,
        Err(lacking) => {
            console::print(format_args!("conformance: skipped: {lacking}\n"));
            return Ok(());
        }
    };
    let mut servers = Vec::new();
    for api in project.apis() {
        let name = api.name();
        Console::Normal.say(format_args!("{name}: starting Prism"));
        servers.push((variable(name), prism.serve(name, api.document())?));
    }
    for (_, server) in &mut servers {
        server.wait()?;
    }
    let urls = servers
        .iter()
        .map(|(name, server)| (name.clone(), server.url()));
    let examples = Tests {
        package: "countersign-tests",
        target: "conformance",
        environment: urls.collect(),
    };
    examples.run()?;
    drop(servers);
    let program = Tests {
        package: "mfa-audit",
        target: "guide",
        environment: vec![("PRISM".to_owned(), prism.script().display().to_string())],
    };
    program.run()
}

/// The variable that tells the tests where the server of an API is.
fn variable(api: &str) -> String {
    format!("PRISM_{}", api.to_uppercase().replace('-', "_"))
}

/// Tests that are ignored unless they are told where Prism is.
#[derive(Debug)]
struct Tests {
    package: &'static str,
    target: &'static str,
    environment: Vec<(String, String)>,
}

impl Tests {
    fn run(self) -> Result<(), Failure> {
        let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
        let status = Command::new(cargo)
            .args(["test", "--quiet", "--package", self.package])
            .args(["--test", self.target, "--", "--ignored", "--nocapture"])
            .envs(self.environment)
            .status()
            .map_err(|error| Failure::Failed(format!("cargo: {error}")))?;
        if status.success() {
            return Ok(());
        }
        let what = "the clients and Prism disagree; what its servers did is in target/conformance";
        Err(Failure::Failed(what.to_owned()))
    }
}
