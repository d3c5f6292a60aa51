//! Three fake servers on loopback, for whoever wants to try `mfa-audit` without a product.
//!
//! Prints the environment that `mfa-audit` needs, and serves until it is stopped. The guide in `README.md` starts with it.
#![forbid(unsafe_code)]

mod demo;

use std::io::{self, Write as _};

use demo::Demo;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let demo = Demo::start().await?;
    let mut out = io::stdout();
    for (name, value) in demo.environment() {
        writeln!(out, "export {name}='{value}'")?;
    }
    writeln!(out, "# Ctrl-C stops the servers.")?;
    out.flush()?;
    std::future::pending().await
}
