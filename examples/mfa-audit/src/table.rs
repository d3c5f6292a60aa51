//! Providers as a table, for people.

use comfy_table::{ContentArrangement, Table, presets};

use crate::product::Provider;

const NOTHING: &str = "-";

/// The table, with a line for each provider.
pub(crate) fn render(providers: &[Provider]) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header([
            "PRODUCT", "NAME", "TYPE", "ENABLED", "SERVERS", "SCOPE", "CHANGED", "ID",
        ]);
    for provider in providers {
        table.add_row(row(provider));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn row(provider: &Provider) -> [String; 8] {
    let enabled = provider.enabled.map(|on| if on { "yes" } else { "no" });
    [
        provider.product.to_string(),
        plain(&provider.name),
        plain(&provider.kind),
        enabled.unwrap_or(NOTHING).to_owned(),
        plain(&provider.servers.join(", ")),
        plain(provider.scope.as_deref().unwrap_or_default()),
        plain(provider.changed.as_deref().unwrap_or_default()),
        plain(provider.id.as_deref().unwrap_or_default()),
    ]
}

/// Text of a server on one line: no terminal obeys it.
fn plain(text: &str) -> String {
    if text.is_empty() {
        return NOTHING.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\'' | '\\' => shown.push(letter),
            _ => shown.extend(letter.escape_debug()),
        }
    }
    shown
}
