//! The name that was meant.

/// The one of `names` that `wrong` was most likely meant to be, if any is near.
pub(crate) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let length = wrong.chars().count();
    nearest_within((length / 3).max(1), wrong, names)
}

/// The one of `names` that is at most so many changes away from `wrong`, if any is.
pub(crate) fn nearest_within<'n>(
    allowed: usize,
    wrong: &str,
    names: impl Iterator<Item = &'n str>,
) -> Option<&'n str> {
    let wrong: Vec<char> = wrong.to_lowercase().chars().collect();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let near = best.map_or(allowed, |(distance, _)| distance.saturating_sub(1));
        // Characters in another case may be more or fewer, but not those of ASCII.
        if name.is_ascii() && name.len().abs_diff(wrong.len()) > near {
            continue;
        }
        let characters: Vec<char> = name.to_lowercase().chars().collect();
        if characters.len().abs_diff(wrong.len()) > near {
            continue;
        }
        let (left, other) = without_common_ends(&wrong, &characters);
        // One change is one character, or two that are swapped: most names are told apart by that.
        if near <= 1 && left.len().max(other.len()) > 2 {
            continue;
        }
        let distance = distance(left, other, near);
        if distance <= near && best.is_none_or(|(best, _)| distance < best) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The parts of two texts between what they begin and end with alike.
fn without_common_ends<'t>(mut a: &'t [char], mut b: &'t [char]) -> (&'t [char], &'t [char]) {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b)
        && first == other
    {
        (a, b) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., other]) = (a, b)
        && last == other
    {
        (a, b) = (rest, others);
    }
    (a, b)
}

/// The number of characters to add, remove, replace or swap with the next one to turn one text into the other; any larger
/// number if it is more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (done, from) in a.iter().enumerate() {
        let cost = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
        let mut next = Vec::with_capacity(row.len());
        next.push(done + 1);
        for (at, to) in b.iter().enumerate() {
            let mut best = cost(&row, at) + usize::from(from != to);
            best = best.min(cost(&row, at + 1) + 1).min(cost(&next, at) + 1);
            let swapped =
                at > 0 && done > 0 && b.get(at - 1) == Some(from) && a.get(done - 1) == Some(to);
            if swapped {
                best = best.min(cost(&before, at - 1) + 1);
            }
            next.push(best);
        }
        // No later row has less than two rows together, since a swap looks two rows back.
        let least = row.iter().chain(&next).copied().min().unwrap_or_default();
        if least > most {
            return least;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let names = ["name", "in", "schema", "securitySchemes", "get"];
        for (wrong, meant) in [
            ("nmae", Some("name")),
            ("shcema", Some("schema")),
            ("securityScheme", Some("securitySchemes")),
            ("GET", Some("get")),
            ("On", Some("in")),
            ("title", None),
            ("namename", None),
            ("ame", Some("name")),
            ("anem", None),
        ] {
            assert_eq!(nearest(wrong, names.into_iter()), meant, "{wrong}");
        }
    }
}
