//! `cargo xtask conformance`: the clients against a mock server that nobody here wrote.
//!
//! Prism checks each request against the document and answers with its examples. The tests that send the requests are in
//! `tests/conformance`: this crate must not know what is generated.

mod prism;

use std::path::PathBuf;
use std::process::Command;

use crate::console::{self, Console};
use crate::failure::Failure;
use crate::workspace::Workspace;

use self::prism::{Installed, Server};

/// Installs Prism if need be, starts a server for each API, and runs the tests. Without Node there is nothing to run.
pub(crate) fn run() -> Result<(), Failure> {
    let workspace = Workspace::find();
    let prism = match Installed::find(&workspace.target().join("conformance"))? {
        Ok(prism) => prism,
        Err(lacking) => {
            console::print(format_args!("conformance: skipped: {lacking}\n"));
            return Ok(());
        }
    };
    let mut servers = Vec::new();
    for api in workspace.apis()? {
        let document = workspace.documents(&api).join("openapi.yaml");
        Console::Talkative.say(format_args!("{api}: starting Prism"));
        servers.push((variable(&api), prism.serve(&api, &document)?));
    }
    for (_, server) in &mut servers {
        server.wait()?;
    }
    test(&servers)
}

/// The variable that tells the tests where the server of an API is.
fn variable(api: &str) -> String {
    format!("PRISM_{}", api.to_uppercase().replace('-', "_"))
}

fn test(servers: &[(String, Server)]) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(cargo);
    command.args(["test", "--quiet", "--package=countersign-tests"]);
    command.args(["--test=conformance", "--", "--ignored", "--nocapture"]);
    for (name, server) in servers {
        command.env(name, server.url());
    }
    let status = command.status();
    let status = status.map_err(|error| Failure::Failed(format!("cargo: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        let what = "the clients and Prism disagree; what each server did is in target/conformance";
        Err(Failure::Failed(what.to_owned()))
    }
}
