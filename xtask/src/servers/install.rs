//! Servers, installed below `target` from their pins: packages of Debian, of Python or of Node.

use std::fs;
use std::process::Command;

use countersign::failure::Failure;

use crate::debian;
use crate::frameworks::{Place, app};

/// Installs what the folder of a server pins, unless it is there. Says what this machine lacks, if something.
pub(super) fn install(place: &Place) -> Result<Option<String>, Failure> {
    if let Some(lacking) = lacking(place)? {
        return Ok(Some(lacking));
    }
    let pinned = place.source.join("debian.txt");
    let python = place.source.join("requirements.txt");
    let node = place.source.join("package.json");
    if pinned.is_file() {
        let pins = fs::read_to_string(&pinned).map_err(|error| place.failed(error))?;
        if let Some(program) = debian::lacking() {
            return Ok(Some(format!("`{program}` is not here")));
        }
        let names = pins.lines().map(str::trim);
        let names = names.filter(|name| !name.is_empty() && !name.starts_with('#'));
        app::once(place, &[&pinned], || {
            debian::unpack(&place.out, names).map_err(|error| place.failed(error))
        })?;
    }
    if node.is_file() {
        if app::version("npm").is_none() {
            return Ok(Some("npm is not here".to_owned()));
        }
        app::modules(place, &node)?;
    }
    if python.is_file() {
        return app::venv(place, &python).map(|venv| venv.err());
    }
    Ok(None)
}

/// The needs of a server that this machine does not meet, as its `lacks.sh` says.
fn lacking(place: &Place) -> Result<Option<String>, Failure> {
    let script = place.source.join("lacks.sh");
    if !script.is_file() {
        return Ok(None);
    }
    let output = Command::new("bash").arg(script).output();
    let output = output.map_err(|error| place.failed(error))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((!said.is_empty()).then_some(said))
}
