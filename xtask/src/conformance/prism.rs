//! Prism: installed in a folder of its own, started and stopped.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use countersign::console::Console;
use countersign::failure::Failure;

const PACKAGE: &str = "@stoplight/prism-cli";

/// The last version that runs on Node 18 and 20, too.
const VERSION: &str = "5.14.2";

/// The oldest Node that it runs on.
const NODE: u32 = 18;

/// The time that a server may take to listen: it reads all documents first.
const PATIENCE: Duration = Duration::from_secs(90);

/// Prism, ready to be started.
#[derive(Debug)]
pub(super) struct Installed {
    folder: PathBuf,
}

/// The programs that this machine lacks; it says why nothing was run.
pub(super) type Lacking = String;

impl Installed {
    /// Prism in this folder; installs it unless it is there in the right version.
    ///
    /// # Errors
    /// When there is Node, and Prism cannot be installed.
    pub(super) fn find(folder: &Path) -> Result<Result<Self, Lacking>, Failure> {
        let found = version("node").and_then(|node| match major(&node) {
            Some(major) if major >= NODE => Some(()),
            _ => None,
        });
        if found.is_none() {
            return Ok(Err(format!("Node {NODE} or newer is not here")));
        }
        let prism = Self {
            folder: folder.to_owned(),
        };
        if prism.installed().as_deref() == Some(VERSION) {
            return Ok(Ok(prism));
        }
        if version("npm").is_none() {
            return Ok(Err("npm is not here".to_owned()));
        }
        prism.install()?;
        Ok(Ok(prism))
    }

    fn package(&self) -> PathBuf {
        self.folder.join("node_modules").join(PACKAGE)
    }

    /// The script that Node runs.
    pub(super) fn script(&self) -> PathBuf {
        self.package().join("dist").join("index.js")
    }

    /// The version that is there.
    fn installed(&self) -> Option<String> {
        let text = fs::read_to_string(self.package().join("package.json")).ok()?;
        let manifest: Value = serde_json::from_str(&text).ok()?;
        manifest.get("version")?.as_str().map(str::to_owned)
    }

    fn install(&self) -> Result<(), Failure> {
        Console::Normal.say(format_args!("installing {PACKAGE} {VERSION}"));
        fs::create_dir_all(&self.folder).map_err(|error| failed("its folder", &error))?;
        let status = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(&self.folder)
            .arg(format!("{PACKAGE}@{VERSION}"))
            .stdout(Stdio::null())
            .status()
            .map_err(|error| failed("npm", &error))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::Failed(format!(
                "{PACKAGE} {VERSION} cannot be installed"
            )))
        }
    }

    /// Starts a server for a document. It need not listen yet; see [`Server::wait`].
    pub(super) fn serve(&self, name: &str, document: &Path) -> Result<Server, Failure> {
        let log = self.folder.join(format!("{name}.log"));
        let file = File::create(&log).map_err(|error| failed("its log", &error))?;
        let same = file
            .try_clone()
            .map_err(|error| failed("its log", &error))?;
        let address = free_address().map_err(|error| failed("a port for it", &error))?;
        let child = Command::new("node")
            .arg(self.script())
            .args(["mock", "--errors", "--host"])
            .arg(address.ip().to_string())
            .arg("--port")
            .arg(address.port().to_string())
            .arg(document)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(same)
            .spawn()
            .map_err(|error| failed("Node", &error))?;
        Ok(Server {
            child,
            address,
            log,
        })
    }
}

/// A running server; it is stopped when dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it listens.
    ///
    /// # Errors
    /// When it ends before, or takes too long.
    pub(super) fn wait(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        while TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_err() {
            let ended = !matches!(self.child.try_wait(), Ok(None));
            if ended || start.elapsed() > PATIENCE {
                let log = self.log.display();
                let what = format!("Prism does not listen; {log} says why");
                return Err(Failure::Failed(what));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already can't be stopped, which is just as well.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The version of a program, if it is here.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// The major version of `v20.1.2`.
fn major(version: &str) -> Option<u32> {
    let digits = version.trim().trim_start_matches('v').split('.').next()?;
    digits.parse().ok()
}

/// A port that was free a moment ago.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

fn failed(what: &str, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("Prism: {what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v8\n"), Some(8));
        assert_eq!(major("no such thing"), None);
    }

    #[test]
    fn a_program_that_is_not_here_has_no_version() {
        assert_eq!(version("no-such-program-is-here"), None);
    }
}
