//! The products, each over its generated client.

pub(crate) mod appgate;
pub(crate) mod ras;
pub(crate) mod strata;

use crate::config::Settings;
use crate::problem::Problem;
use crate::product::{Product, Provider};

/// The providers of a product; none if it is not configured.
pub(crate) async fn list(
    product: Product,
    settings: &Settings,
) -> Result<Option<Vec<Provider>>, Problem> {
    match product {
        Product::Appgate => appgate::list(settings).await,
        Product::Ras => ras::list(settings).await,
        Product::Strata => strata::list(settings).await,
    }
}
