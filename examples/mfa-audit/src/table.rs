//! Tables, for people.

use comfy_table::{ContentArrangement, Table, presets};

use crate::criteria::Criteria;
use crate::product::Provider;

const NOTHING: &str = "-";

/// A line for each provider.
pub(crate) fn providers(providers: &[Provider]) -> String {
    let header = [
        "PRODUCT", "NAME", "TYPE", "ENABLED", "SERVERS", "SCOPE", "CHANGED", "ID",
    ];
    render(header, providers.iter().map(row))
}

/// A line for each kind of criterion.
pub(crate) fn criteria(criteria: &Criteria) -> String {
    let rows = criteria.criteria.iter().map(|criterion| {
        [
            criterion.kind.to_string(),
            yes_or_no(criterion.enabled),
            plain(criterion.matches.as_deref().unwrap_or_default()),
            plain(&criterion.members.join(", ")),
        ]
    });
    let access = criteria.access.map(|access| access.to_string());
    let access = access.as_deref().unwrap_or(NOTHING);
    let table = render(["KIND", "ENABLED", "MATCHES", "MEMBERS"], rows);
    format!("access: {access}\n{table}")
}

fn render<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header)
        .add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn row(provider: &Provider) -> [String; 8] {
    [
        provider.product.to_string(),
        plain(&provider.name),
        plain(&provider.kind),
        yes_or_no(provider.enabled),
        plain(&provider.servers.join(", ")),
        plain(provider.scope.as_deref().unwrap_or_default()),
        plain(provider.changed.as_deref().unwrap_or_default()),
        plain(provider.id.as_deref().unwrap_or_default()),
    ]
}

fn yes_or_no(value: Option<bool>) -> String {
    let words = value.map(|on| if on { "yes" } else { "no" });
    words.unwrap_or(NOTHING).to_owned()
}

/// Text of a server on one line: no terminal obeys it.
pub(crate) fn plain(text: &str) -> String {
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
