//! The table of `docs/servers.md`: a row for each server, with its figures and what it does otherwise.

use std::fs;

use countersign::failure::Failure;

use crate::frameworks::{Place, table};

/// The line that the rows follow.
const RULE: &str = "|---|---|---|---|---|---|";

/// Holds that the page has the figures of a journey, or keeps them there.
pub(super) fn keep(place: &Place, said: &str, update: bool) -> Result<(), Failure> {
    let row = row(&place.name, said);
    let page = place.root.join("docs/servers.md");
    let text = fs::read_to_string(&page).map_err(|error| place.failed(error))?;
    let with_row = table::with_row(&text, RULE, &place.name, &row);
    if update {
        return fs::write(page, with_row).map_err(|error| place.failed(error));
    }
    match text == with_row {
        true => Ok(()),
        false => Err(place.failed(format!(
            "the figures in docs/servers.md are not {row}; `--update` keeps them"
        ))),
    }
}

/// The row of a server, from what its journey said.
fn row(name: &str, said: &str) -> String {
    let said = said.replace('|', "\\|");
    let of = |start| {
        said.lines()
            .filter_map(move |line| line.strip_prefix(start))
    };
    let lines = |start| of(start).collect::<Vec<&str>>().join("<br>");
    let to_do = of("set: ").chain(of("known: "));
    let figures = said
        .lines()
        .find_map(|line| line.strip_suffix(" calls right"));
    format!(
        "| [{name}](../tests/servers/{name}) | {} | {} | {} | {} | {} |",
        lines("version: "),
        figures.unwrap_or_default(),
        of("departs: ").count(),
        lines("departs: "),
        to_do.collect::<Vec<&str>>().join("<br>")
    )
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn rows_have_what_a_journey_said() {
        let said = "version: 1.0\n3 of 3 calls right\ndeparts: `get`: expected a | b\ndeparts: `list`: x\n\
                    set: `get`: this\nknown: `put`: that\n";
        assert_eq!(
            row("box", said),
            "| [box](../tests/servers/box) | 1.0 | 3 of 3 | 2 | `get`: expected a \\| b<br>`list`: x | \
             `get`: this<br>`put`: that |"
        );
    }
}
