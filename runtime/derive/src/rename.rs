//! The wire name of a field, by the rules that serde has too.

/// The wire name that a rule makes of a field's name; none if there is no such rule.
pub(crate) fn by_rule(rule: &str, field: &str) -> Option<String> {
    Some(match rule {
        "lowercase" | "snake_case" => field.to_owned(),
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => field.to_ascii_uppercase(),
        "kebab-case" => field.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => field.to_ascii_uppercase().replace('_', "-"),
        "PascalCase" => pascal(field),
        "camelCase" => {
            let mut name = pascal(field);
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            name
        }
        _ => return None,
    })
}

fn pascal(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut raise = true;
    for letter in field.chars() {
        if letter == '_' {
            raise = true;
        } else if std::mem::take(&mut raise) {
            name.push(letter.to_ascii_uppercase());
        } else {
            name.push(letter);
        }
    }
    name
}
