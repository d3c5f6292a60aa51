//! The table of `docs/frameworks.md`: a row for each framework, with its figures and what can't be right.

/// The line that the rows follow.
pub(super) const RULE: &str = "|---|---|---|";

/// The row of a framework, from what its journey said.
pub(super) fn row(name: &str, said: &str) -> String {
    let figures = said
        .lines()
        .find_map(|line| line.strip_suffix(" calls right"));
    let known: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("known: "))
        .collect();
    let link = format!("[{name}](../tests/frameworks/{name})");
    format!(
        "| {link} | {} | {} |",
        figures.unwrap_or_default(),
        known.join("<br>")
    )
}

/// The page with this row in place of the former one of the name, in the order of names, below a rule.
pub(crate) fn with_row(page: &str, rule: &str, name: &str, row: &str) -> String {
    let mut lines: Vec<&str> = page.lines().collect();
    let start = format!("| [{name}](");
    lines.retain(|line| !line.starts_with(&start));
    if let Some(rule) = lines.iter().position(|line| *line == rule) {
        let rows = lines[rule + 1..].iter();
        let before = rows.take_while(|line| line.starts_with('|') && **line < start.as_str());
        let place = rule + 1 + before.count();
        lines.insert(place, row);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_replaced() {
        let page = "# Frameworks\n\n| framework | right | known |\n|---|---|---|\n\nThe end.\n";
        let poem = row(
            "poem",
            "3 of 4 calls right\nknown: `watch`: no.\nknown: `read`: no.\n",
        );
        let with_poem = with_row(page, RULE, "poem", &poem);
        let aide = row("aide", "4 of 4 calls right\n");
        let both = with_row(&with_poem, RULE, "aide", &aide);
        let expected = "|---|---|---|\n\
             | [aide](../tests/frameworks/aide) | 4 of 4 |  |\n\
             | [poem](../tests/frameworks/poem) | 3 of 4 | `watch`: no.<br>`read`: no. |\n\nThe end.\n";
        assert!(both.ends_with(expected), "{both}");
        assert_eq!(with_row(&both, RULE, "poem", &poem), both);
    }
}
