//! The program under test, with an environment of its own.

use std::fmt;
use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;
use tokio::process::Command;

use crate::demo::Demo;

/// Secrets that the files in `providers/` refer to.
pub(crate) const SECRETS: [(&str, &str); 3] = [
    ("RADIUS_SECRET", "example-radius-secret"),
    ("DUO_INTEGRATION_KEY", "example-duo-integration-key"),
    ("DUO_SECRET_KEY", "example-duo-secret-key"),
];

/// A file of the guide.
pub(crate) fn provider(product: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers");
    let path = folder.join(format!("{product}.toml"));
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// A file of a test; it ends with the value.
pub(crate) fn file(text: &str) -> (NamedTempFile, String) {
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("written");
    let path = file.path().to_str().expect("a path in UTF-8").to_owned();
    (file, path)
}

/// A run to come.
pub(crate) struct Program(Command);

impl Program {
    /// With nothing in its environment.
    pub(crate) fn bare() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mfa-audit"));
        command.env_clear().kill_on_drop(true);
        Self(command)
    }

    /// With the environment of the demo.
    pub(crate) fn new(demo: &Demo) -> Self {
        let variables = demo.environment().iter();
        variables.fold(Self::bare(), |program, (name, value)| {
            program.with(name, value)
        })
    }

    /// With a variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Without a variable.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.env_remove(name);
        self
    }

    /// With the secrets of the guide.
    pub(crate) fn secrets(self) -> Self {
        let with = |program: Self, (name, value): &(&str, &str)| program.with(name, value);
        SECRETS.iter().fold(self, with)
    }

    /// Runs it to its end.
    pub(crate) async fn run(mut self, arguments: &[&str]) -> Said {
        let output = self.0.args(arguments).output().await;
        let output = output.expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let said = Said {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            status: output.status.code(),
        };
        assert!(!said.stderr.contains("panicked"), "{said}");
        said
    }
}

/// The state that a run left behind.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: Option<i32>,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.unwrap_or(-1);
        writeln!(f, "{}", self.stdout.trim_end())?;
        for line in self.stderr.lines() {
            writeln!(f, "! {line}")?;
        }
        writeln!(f, "= {status}")
    }
}
