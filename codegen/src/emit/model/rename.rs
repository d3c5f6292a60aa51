//! Which wire names follow from the fields' names by one of serde's rules, so that they need not be repeated.

use crate::ir::{Field, FieldRole};

/// A rule of `#[serde(rename_all = "..")]`, with serde's own name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule(pub(super) &'static str);

const RULES: [Rule; 7] = [
    Rule("camelCase"),
    Rule("PascalCase"),
    Rule("kebab-case"),
    Rule("SCREAMING_SNAKE_CASE"),
    Rule("SCREAMING-KEBAB-CASE"),
    Rule("UPPERCASE"),
    Rule("lowercase"),
];

/// The rule that spares a struct the most renames, if it spares at least two.
pub(super) fn rule(fields: &[Field]) -> Option<Rule> {
    let members = || {
        fields
            .iter()
            .filter(|field| field.role == FieldRole::Member)
    };
    let renamed = members()
        .filter(|field| field.name.as_str() != field.wire.text())
        .count();
    if renamed < 2 {
        return None;
    }
    let (mut best, mut fewest) = (None, renamed - 1);
    for rule in RULES {
        let exceptions = members()
            .filter(|field| !rule.makes(field.name.as_str(), field.wire.text()))
            .count();
        if exceptions < fewest {
            (best, fewest) = (Some(rule), exceptions);
        }
    }
    best
}

/// Whether a field needs a rename of its own.
pub(super) fn is_exception(field: &Field, rule: Option<Rule>) -> bool {
    let (name, wire) = (field.name.as_str(), field.wire.text());
    match rule {
        Some(rule) => !rule.makes(name, wire),
        None => name != wire,
    }
}

impl Rule {
    /// Whether serde makes this wire name of this field name.
    fn makes(self, name: &str, wire: &str) -> bool {
        // Most wire names differ from most rules in their first letter or their length.
        match self.0 {
            "camelCase" | "PascalCase" => camel(name, self.0 == "PascalCase").eq(wire.chars()),
            "kebab-case" => swapped(name, '-', false).eq(wire.chars()),
            "SCREAMING-KEBAB-CASE" => swapped(name, '-', true).eq(wire.chars()),
            "SCREAMING_SNAKE_CASE" | "UPPERCASE" => swapped(name, '_', true).eq(wire.chars()),
            _ => name == wire,
        }
    }
}

fn camel(name: &str, capital: bool) -> impl Iterator<Item = char> {
    let mut first = true;
    let mut raise = true;
    name.chars().filter_map(move |letter| {
        if letter == '_' {
            raise = true;
            return None;
        }
        let raised = std::mem::take(&mut raise);
        let first = std::mem::take(&mut first);
        Some(match (raised, first && !capital) {
            (_, true) => letter.to_ascii_lowercase(),
            (true, false) => letter.to_ascii_uppercase(),
            (false, false) => letter,
        })
    })
}

fn swapped(name: &str, hyphen: char, upper: bool) -> impl Iterator<Item = char> {
    name.chars().map(move |letter| match letter {
        '_' => hyphen,
        _ if upper => letter.to_ascii_uppercase(),
        _ => letter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_serdes() {
        for (rule, name, wire) in [
            ("camelCase", "shared_secret_id", "sharedSecretId"),
            ("camelCase", "id", "id"),
            ("camelCase", "i_pv4s", "iPv4s"),
            ("camelCase", "_id", "id"),
            ("PascalCase", "shared_secret", "SharedSecret"),
            ("kebab-case", "shared_secret", "shared-secret"),
            ("SCREAMING_SNAKE_CASE", "shared_secret", "SHARED_SECRET"),
            ("SCREAMING-KEBAB-CASE", "shared_secret", "SHARED-SECRET"),
        ] {
            assert!(Rule(rule).makes(name, wire), "{rule} {name} {wire}");
            assert!(!Rule(rule).makes(name, "other"));
        }
    }
}
