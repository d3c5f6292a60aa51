//! Packages of Debian, unpacked below `target`: nothing is installed for the machine.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// The program of Debian that this machine lacks, if it lacks one.
pub(crate) fn lacking() -> Option<&'static str> {
    let programs = ["apt-get", "apt-cache", "dpkg"];
    programs.into_iter().find(|program| {
        let found = Command::new(program).arg("--version").output();
        !found.is_ok_and(|output| output.status.success())
    })
}

/// Downloads packages, and unpacks them into the folder `root` below `out`, which is made anew.
pub(crate) fn unpack<'p>(out: &Path, names: impl IntoIterator<Item = &'p str>) -> io::Result<()> {
    let (packages, root) = (out.join("packages"), out.join("root"));
    for folder in [&packages, &root] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    let mut download = Command::new("apt-get");
    download.args(["download", "-qq"]).args(names);
    finish(download.current_dir(&packages))?;
    for entry in fs::read_dir(&packages)? {
        let mut unpack = Command::new("dpkg");
        finish(unpack.arg("-x").arg(entry?.path()).arg(&root))?;
    }
    Ok(())
}

/// The packages that a package needs, and those that these need, whose names begin so.
pub(crate) fn needs(package: &str, beginnings: &[&str]) -> io::Result<Vec<String>> {
    let mut ask = Command::new("apt-cache");
    ask.args(["depends", "--recurse", "--no-recommends", "--no-suggests"]);
    ask.args([
        "--no-conflicts",
        "--no-breaks",
        "--no-replaces",
        "--no-enhances",
    ]);
    let output = ask.arg(package).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    // A name in the first column is a package that was looked at.
    let names = text
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_alphanumeric()));
    let names = names.filter(|name| beginnings.iter().any(|start| name.starts_with(start)));
    Ok(names.map(str::to_owned).collect())
}

fn finish(command: &mut Command) -> io::Result<()> {
    let program = command.get_program().display().to_string();
    if command.status()?.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("{program} failed")))
}
