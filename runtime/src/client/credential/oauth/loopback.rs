//! The redirect of a sign-in to this machine (RFC 8252, section 7.3).

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::error::OAuthError;
use super::grants::OAuth;
use super::tokens::Tokens;
use crate::client::core::Core;

/// A server on this machine that waits for the answer to one sign-in.
#[derive(Debug)]
pub struct Loopback {
    listener: TcpListener,
    redirect: String,
}

/// The greatest length of a request that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// The page that the user sees in the end.
const PAGE: &str = "<!doctype html><title>Signed in</title><p>You can close this window.</p>";

impl Loopback {
    /// Listens on a port that the system chooses.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open() -> io::Result<Self> {
        Self::open_at(0, "/callback").await
    }

    /// Listens on a port and a path, for servers that want to know them beforehand.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn open_at(port: u16, path: &str) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            redirect: format!("http://127.0.0.1:{port}{path}"),
        })
    }

    /// Where the user is sent to.
    pub fn redirect(&self) -> &str {
        &self.redirect
    }

    /// Signs a user in: `open` shows them the URL, in a browser say, and the answer is waited for.
    ///
    /// # Errors
    /// When the user or the server refuses, or the URL can't be shown.
    pub async fn sign_in(
        self,
        core: &Core,
        oauth: &OAuth,
        open: impl FnOnce(&str) -> io::Result<()>,
    ) -> Result<Tokens, OAuthError> {
        let kept = |error: io::Error| OAuthError::Kept(error.into());
        let begun = oauth.authorize(core, &self.redirect)?;
        open(begun.url()).map_err(kept)?;
        let answer = self.answer().await.map_err(kept)?;
        begun.finish(core, &answer).await
    }

    /// The query of the first request that is the redirect. Browsers ask for other things as well.
    async fn answer(&self) -> io::Result<String> {
        let path = self.redirect.splitn(4, '/').nth(3).unwrap_or_default();
        loop {
            let (mut stream, _) = self.listener.accept().await?;
            // Whoever connects and says nothing sensible does not end the sign-in.
            let Ok(target) = target(&mut stream).await else {
                continue;
            };
            let (found, query) = target.split_once('?').unwrap_or((&target, ""));
            if found.trim_start_matches('/') != path || query.is_empty() {
                drop(respond(&mut stream, "404 Not Found", "").await);
                continue;
            }
            drop(respond(&mut stream, "200 OK", PAGE).await);
            return Ok(query.to_owned());
        }
    }
}

/// The target of a GET request.
async fn target(stream: &mut TcpStream) -> io::Result<String> {
    let wrong = || io::Error::from(io::ErrorKind::InvalidData);
    let mut text = Vec::new();
    let mut bytes = [0_u8; 1024];
    while !text.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut bytes).await?;
        if count == 0 || text.len() > LONGEST {
            return Err(wrong());
        }
        text.extend_from_slice(bytes.get(..count).unwrap_or_default());
    }
    let text = std::str::from_utf8(&text).map_err(|_| wrong())?;
    let line = text.lines().next().unwrap_or_default();
    let mut parts = line.split(' ');
    match (parts.next(), parts.next()) {
        (Some("GET"), Some(target)) => Ok(target.to_owned()),
        _ => Err(wrong()),
    }
}

async fn respond(stream: &mut TcpStream, status: &str, page: &str) -> io::Result<()> {
    let length = page.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Referrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{page}"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.shutdown().await
}

/// Shows a URL in the user's browser.
///
/// # Errors
/// When there is no program for it.
#[cfg(feature = "browser")]
pub fn open_browser(url: &str) -> io::Result<()> {
    use std::process::{Command, Stdio};
    // What is not a URL of the web could be a program to be run.
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    };
    let command = command.arg(url).stdin(Stdio::null());
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(())
}
