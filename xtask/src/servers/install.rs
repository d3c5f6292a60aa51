//! Servers, installed below `target` from their pins: packages of Debian, of Python or of Node.

use std::fs;
use std::process::Command;

use countersign::failure::Failure;

use crate::frameworks::{Place, app};

/// Installs what the folder of a server pins, unless it is there. Says what this machine lacks, if something.
pub(super) fn install(place: &Place) -> Result<Option<String>, Failure> {
    if let Some(lacking) = lacking(place)? {
        return Ok(Some(lacking));
    }
    let debian = place.source.join("debian.txt");
    let python = place.source.join("requirements.txt");
    let node = place.source.join("package.json");
    if debian.is_file() {
        let pins = fs::read_to_string(&debian).map_err(|error| place.failed(error))?;
        for program in ["apt-get", "dpkg"] {
            if app::version(program).is_none() {
                return Ok(Some(format!("`{program}` is not here")));
            }
        }
        app::once(place, &[&debian], || unpack(place, &pins))?;
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

/// Downloads packages of Debian and unpacks them, without installing anything for the machine.
fn unpack(place: &Place, pins: &str) -> Result<(), Failure> {
    let packages = place.out.join("packages");
    for folder in [&packages, &place.out.join("root")] {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| place.failed(error))?;
        }
        fs::create_dir_all(folder).map_err(|error| place.failed(error))?;
    }
    let mut download = Command::new("apt-get");
    download.args(["download", "-qq"]).current_dir(&packages);
    let names = pins.lines().map(str::trim);
    download.args(names.filter(|name| !name.is_empty() && !name.starts_with('#')));
    app::finish(place, &mut download)?;
    for entry in fs::read_dir(&packages).map_err(|error| place.failed(error))? {
        let package = entry.map_err(|error| place.failed(error))?.path();
        let mut unpack = Command::new("dpkg");
        unpack.arg("-x").arg(package).arg(place.out.join("root"));
        app::finish(place, &mut unpack)?;
    }
    Ok(())
}
