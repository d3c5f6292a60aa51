//! The lines of the outline that belong to a change.

use countersign_codegen::compare::Change;

use super::diff::{Numbered, Rows};
use super::page::Diff;

/// An outline, read again: what each line is about, and what it says.
#[derive(Debug, Default)]
pub(super) struct Outline(Vec<(String, String)>);

impl Outline {
    /// Reads what the generator wrote.
    pub(super) fn read(text: &str) -> Self {
        // Columns are aligned anew: whatever else stands near must make no difference.
        let lines = text.lines().filter(|line| !line.starts_with('['));
        let cut = |line: &str| match line.split_once("  ") {
            Some((item, says)) => {
                let parts = says.split("  ").map(str::trim);
                let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
                (item.to_owned(), parts.join("   "))
            }
            None => (line.to_owned(), String::new()),
        };
        Self(lines.filter(|line| !line.is_empty()).map(cut).collect())
    }

    fn of<'a>(&'a self, items: &'a [&str]) -> Vec<(&'a str, &'a str)> {
        let lines = self.0.iter().filter(|(name, _)| {
            let mut items = items.iter();
            items.any(|item| belongs(name, item))
        });
        lines
            .map(|(name, says)| (name.as_str(), says.as_str()))
            .collect()
    }
}

/// Whether a line is about an item or a part of it, or about the operation that an item is a part of.
fn belongs(line: &str, item: &str) -> bool {
    let below = |whole: &str, part: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ':', ' ']))
    };
    below(item, line) || (line.contains(" /") && below(line, item))
}

/// The lines of the items of a change, as they were and as they are; none if neither outline has any.
pub(super) fn diff(old: &Outline, new: &Outline, change: &Change) -> Option<Diff> {
    let counterparts = change
        .also
        .iter()
        .map(|counterpart| counterpart.item.as_str());
    let items: Vec<&str> = std::iter::once(change.item.as_str())
        .chain(counterparts)
        .collect();
    let (old, new) = (old.of(&items), new.of(&items));
    let all = old.iter().chain(&new);
    let width = all.map(|(item, _)| item.chars().count()).max()?;
    let aligned = |lines: &[(&str, &str)]| -> Vec<String> {
        let line = |(item, says): &(&str, &str)| format!("{item:width$}  {says}");
        let lines = lines.iter().map(line);
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    let (old, new) = (aligned(&old), aligned(&new));
    Some(Diff {
        names: Vec::new(),
        blocks: Rows::of(&unnumbered(&old), &unnumbered(&new)).blocks(),
    })
}

fn unnumbered(lines: &[String]) -> Vec<Numbered<'_>> {
    lines.iter().map(|line| (None, line.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::belongs;

    #[test]
    fn lines_belong_to_items_and_items_to_operations() {
        for (line, item) in [
            ("Pet.name", "Pet"),
            ("Pet.name", "Pet.name"),
            ("Kind::Cat", "Kind"),
            ("GET /pets", "GET /pets"),
            ("GET /pets", "GET /pets 409"),
        ] {
            assert!(belongs(line, item), "{line} {item}");
        }
        for (line, item) in [
            ("Pets.name", "Pet"),
            ("Pet.names", "Pet.name"),
            ("GET /pets/{id}", "GET /pets"),
            ("Pet", "Pet name"),
        ] {
            assert!(!belongs(line, item), "{line} {item}");
        }
    }
}
