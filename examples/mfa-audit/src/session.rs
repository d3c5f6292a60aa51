//! Sessions: commands that run on any product, and the sign-out after them, whatever became of them.

use std::process::ExitCode;

use crate::config::Config;
use crate::problem::Problem;
use crate::product::{Name, Product};
use crate::products::{Appgate, Ras, Strata};

/// A command for one product.
pub(crate) trait Command {
    async fn run<P: Product>(&self, config: &Config) -> Result<ExitCode, Problem>;
}

/// Runs a command on the product of this name.
pub(crate) async fn dispatch(
    name: Name,
    config: &Config,
    command: &impl Command,
) -> Result<ExitCode, Problem> {
    match name {
        Name::Appgate => command.run::<Appgate>(config).await,
        Name::Ras => command.run::<Ras>(config).await,
        Name::Strata => command.run::<Strata>(config).await,
    }
}

/// Works with a product, and ends the session after failures as well.
pub(crate) async fn with<P: Product, T>(
    config: &Config,
    work: impl AsyncFnOnce(&P) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let done = with_configured(config, work).await?;
    done.ok_or_else(|| Problem::Incomplete {
        missing: P::NAME.variables().to_vec(),
    })
}

/// The same; none if the product is not configured.
pub(crate) async fn with_configured<P: Product, T>(
    config: &Config,
    work: impl AsyncFnOnce(&P) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let Some(product) = P::connect(config)? else {
        return Ok(None);
    };
    let done = work(&product).await;
    product.sign_out().await;
    done.map(Some)
}
