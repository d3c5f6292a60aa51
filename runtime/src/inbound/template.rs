//! Path templates, matched with paths.

use super::encoded::{Coding, decode};

/// The segments of a path; none of a path that is not there.
#[doc(hidden)]
pub fn segments(path: &str) -> impl Iterator<Item = &str> {
    let rest = path.strip_prefix('/').unwrap_or(path);
    rest.split('/').filter(move |_| !path.is_empty())
}

/// The values of parameters in a part of a path; none where it is another part.
#[doc(hidden)]
pub fn captured<'t, 's>(template: &'t str, text: &'s str) -> Option<Vec<(&'t str, &'s str)>> {
    let Some((before, after)) = template.split_once('{') else {
        let plain = |raw| decode(raw, Coding::Percent);
        return (plain(template) == plain(text)).then(Vec::new);
    };
    let (name, after) = after.split_once('}')?;
    let rest = text.strip_prefix(before)?;
    let literal = after.split('{').next().unwrap_or_default();
    if literal.is_empty() {
        return after.is_empty().then(|| vec![(name, rest)]);
    }
    // The shortest value that leaves a rest which fits.
    let ends = rest.match_indices(literal).map(|(at, _)| at);
    ends.filter(|at| *at > 0).find_map(|at| {
        let (value, tail) = rest.split_at_checked(at)?;
        let mut values = captured_after(after, tail)?;
        values.insert(0, (name, value));
        Some(values)
    })
}

fn captured_after<'t, 's>(template: &'t str, text: &'s str) -> Option<Vec<(&'t str, &'s str)>> {
    match template.contains('{') {
        true => captured(template, text),
        false => (template == text).then(Vec::new),
    }
}

/// The values of a template's parameters at the end of a path, and the number of segments that have none: what comes
/// before is the receiver's own.
pub(super) fn at_end<'t>(template: &'t str, path: &str) -> Option<(Vec<(&'t str, String)>, usize)> {
    let wanted: Vec<&str> = segments(template).collect();
    let found: Vec<&str> = segments(path).collect();
    let start = found.len().checked_sub(wanted.len())?;
    let mut values = Vec::new();
    let mut literal = 0_usize;
    for (template, segment) in wanted.into_iter().zip(found.into_iter().skip(start)) {
        let captured = captured(template, segment)?;
        literal = literal.saturating_add(usize::from(captured.is_empty()));
        let captured = captured.into_iter();
        values.extend(captured.map(|(name, value)| (name, value.to_owned())));
    }
    Some((values, literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_cut_out_of_segments() {
        assert_eq!(captured("{id}", "a%2Fb"), Some(vec![("id", "a%2Fb")]));
        assert_eq!(captured("{id}", ""), Some(vec![("id", "")]));
        assert_eq!(captured("a b", "a%20b"), Some(vec![]));
        assert_eq!(
            captured("{name}.{ext}", "a.tar"),
            Some(vec![("name", "a"), ("ext", "tar")])
        );
        assert_eq!(captured("{id}:push", "1:push"), Some(vec![("id", "1")]));
        assert_eq!(
            captured("{id}:push", "a:push:push"),
            Some(vec![("id", "a:push")])
        );
        assert_eq!(captured("v{n}", "w1"), None);
    }

    #[test]
    fn a_template_is_looked_for_at_the_end_of_a_path() {
        let values = vec![("id", "7".to_owned())];
        assert_eq!(at_end("/a/{id}", "/hooks/x/a/7"), Some((values, 1)));
        assert_eq!(at_end("", "/hooks"), Some((Vec::new(), 0)));
        assert_eq!(at_end("/a/{id}", "/a"), None);
        assert_eq!(at_end("/a", "/b"), None);
    }
}
