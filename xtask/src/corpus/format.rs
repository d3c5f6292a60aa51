//! Files that rustfmt would change: the layout engine promises to write as it does.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use countersign::failure::Failure;

use super::crates_of;

/// The number of files of both crates that rustfmt would change, by their common name.
pub(super) fn all(out: &Path, names: &[String]) -> Result<BTreeMap<String, usize>, Failure> {
    let mut counts = BTreeMap::new();
    for name in names {
        let mut count = 0;
        for krate in crates_of(name) {
            count += changed(&out.join(krate))?;
        }
        counts.insert(name.clone(), count);
    }
    Ok(counts)
}

/// The number of files of a crate that rustfmt would change.
fn changed(folder: &Path) -> Result<usize, Failure> {
    let failed = |error: std::io::Error| Failure::Failed(format!("rustfmt: {error}"));
    let rustfmt = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let found = Command::new(rustfmt)
        .args(["--edition", "2024", "--check", "-l", "src/lib.rs"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(failed)?;
    Ok(String::from_utf8_lossy(&found.stdout).lines().count())
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn files_that_rustfmt_would_change_are_counted() {
        let folder =
            std::env::temp_dir().join(format!("countersign-format-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        fs::write(folder.join("src/lib.rs"), "mod a;\nmod b;\n").expect("a file");
        fs::write(folder.join("src/a.rs"), "fn a() {}\n").expect("a file");
        fs::write(folder.join("src/b.rs"), "fn b( ) { }\n").expect("a file");
        let count = super::changed(&folder);
        fs::remove_dir_all(&folder).expect("the folder goes");
        assert_eq!(count.expect("rustfmt runs"), 1);
    }
}
