//! A server that is running; it is stopped when dropped.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The time that a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(180);

#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts a program whose first line of output is the URL that it listens on.
    ///
    /// # Errors
    /// With the reason, if it can't be started, ends, or says nothing in time.
    pub(crate) fn start(mut command: Command, log: &Path) -> Result<Self, String> {
        let file = File::create(log).map_err(|error| format!("its log: {error}"))?;
        let child = command.stdout(Stdio::piped()).stderr(file).spawn();
        let mut server = Self {
            child: child.map_err(|error| format!("it does not start: {error}"))?,
            url: String::new(),
        };
        let (send, receive) = mpsc::channel();
        if let Some(output) = server.child.stdout.take() {
            // Goes on reading, so that what else the server prints does not stop it.
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    send.send(line).ok();
                }
            });
        }
        let silent = |_| format!("it does not listen; {} may say why", log.display());
        server.url = receive.recv_timeout(PATIENCE).map_err(silent)?;
        Ok(server)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already can't be stopped, which is just as well.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
