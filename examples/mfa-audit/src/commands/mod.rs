//! The commands, each for whichever product.

pub(crate) mod apply;
pub(crate) mod create;
pub(crate) mod criteria;
pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod test;
pub(crate) mod update;

use crate::cli::{Format, Plan};
use crate::problem::Problem;
use crate::product::{Product, Provider};
use crate::{console, table};

/// A provider that was found, and its name in the product.
struct Found {
    provider: Provider,
    id: String,
}

/// The provider with this ID, or the only one with this name.
async fn find<P: Product>(product: &P, wanted: &str) -> Result<Found, Problem> {
    let all = product.list().await?;
    let with_id = |provider: Provider| {
        let id = provider.id.clone()?;
        Some(Found { provider, id })
    };
    let mut found: Vec<_> = all.into_iter().filter_map(with_id).collect();
    match found.iter().position(|known| known.id == wanted) {
        Some(place) => return Ok(found.swap_remove(place)),
        None => found.retain(|known| known.provider.name == wanted),
    }
    let why = match found.len() {
        1 => return Ok(found.swap_remove(0)),
        0 => format!("there is no provider with the name or ID {wanted:?}"),
        _ => {
            let ids: Vec<_> = found.iter().map(|known| known.id.as_str()).collect();
            let ids = ids.join(", ");
            format!("several providers have the name {wanted:?}; give one of the IDs {ids}")
        }
    };
    Err(Problem::Provider {
        product: P::NAME,
        why,
    })
}

/// Says what is going to change. A dry run ends here.
fn announce(plan: &Plan, words: &str) -> Result<Go, Problem> {
    if plan.dry_run {
        console::print(format_args!("would {words}"))?;
        return Ok(Go::Stop);
    }
    console::say(words);
    Ok(Go::On)
}

/// Whether to carry out a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    On,
    Stop,
}

/// Prints a provider.
fn print(provider: &Provider, format: Format) -> Result<(), Problem> {
    match format {
        Format::Table => console::print(table::providers(std::slice::from_ref(provider))),
        Format::Json => console::print_json(provider),
    }
}

/// Says which step is left before a change is in force.
fn say_next<P: Product>() {
    if let Some(next) = P::NEXT {
        console::say(format_args!("{}: {next}", P::NAME));
    }
}
