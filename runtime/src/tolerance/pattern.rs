//! Patterns of places in answers: `/items/*/tags`, `**/tags`.

use super::session::Segment;

/// Whether a pattern is a place. Its parts are names of members and positions in lists; `*` is any one part, `**` any
/// number of them.
pub(super) fn fits(pattern: &str, path: &[Segment]) -> bool {
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    let parts: Vec<&str> = match pattern {
        "" => Vec::new(),
        pattern => pattern.split('/').collect(),
    };
    // Where the parts so far may end in the path.
    let mut ends = vec![false; path.len().saturating_add(1)];
    if let Some(first) = ends.first_mut() {
        *first = true;
    }
    for part in parts {
        let mut next = vec![false; ends.len()];
        if part == "**" {
            let mut reached = false;
            for (to, from) in next.iter_mut().zip(&ends) {
                reached |= *from;
                *to = reached;
            }
        } else {
            let steps = next.iter_mut().skip(1).zip(ends.iter().zip(path));
            for (to, (from, segment)) in steps {
                *to = *from && (part == "*" || is(part, segment));
            }
        }
        ends = next;
    }
    ends.last().copied().unwrap_or_default()
}

fn is(part: &str, segment: &Segment) -> bool {
    match segment {
        Segment::Name(name) if part.contains('~') => {
            part.replace("~1", "/").replace("~0", "~") == **name
        }
        Segment::Name(name) => part == &**name,
        Segment::Index(at) => part.parse() == Ok(*at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_names_positions_and_wildcards() {
        let name = |name: &str| Segment::Name(name.into());
        let path = [name("items"), Segment::Index(3), name("a/b"), name("tags")];
        for pattern in [
            "/items/3/a~1b/tags",
            "/items/*/*/tags",
            "items/**/tags",
            "**/tags",
            "**",
            "/items/**/*/*/tags",
            "**/items/**/tags/**",
        ] {
            assert!(fits(pattern, &path), "{pattern}");
        }
        for pattern in [
            "",
            "/items",
            "/items/*/tags",
            "**/tag",
            "/*/*/*",
            "/items/2/**",
        ] {
            assert!(!fits(pattern, &path), "{pattern}");
        }
        assert!(fits("", &[]) && fits("/", &[]) && fits("**", &[]));
    }
}
