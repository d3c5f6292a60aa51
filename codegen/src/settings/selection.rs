//! The operations that are generated.

/// A choice of operations. Types that no chosen operation reaches are not generated either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// An operation must match one entry of each list here that has entries.
    pub only: Filter,
    /// An operation that matches an entry here is not generated.
    pub without: Filter,
    /// Whether deprecated operations are not generated.
    pub without_deprecated: bool,
}

/// Properties of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Tags.
    pub tags: Vec<String>,
    /// Paths; `*` is any part of a segment, `**` any number of segments.
    pub paths: Vec<String>,
    /// Ids.
    pub operations: Vec<String>,
    /// Methods, in any case.
    pub methods: Vec<String>,
}

/// The parts of an operation that a selection looks at.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Its tags.
    pub tags: Vec<&'a str>,
    /// Its path.
    pub path: &'a str,
    /// Its id, if it has one.
    pub id: Option<&'a str>,
    /// Its method.
    pub method: &'a str,
    /// Whether it is deprecated.
    pub is_deprecated: bool,
}

impl Selection {
    /// Whether every operation is chosen.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an operation is chosen.
    pub fn has(&self, operation: &Candidate<'_>) -> bool {
        let is_wanted = self.only.lists().into_iter().all(|(kind, entries)| {
            entries.is_empty() || entries.iter().any(|entry| operation.matches(kind, entry))
        });
        let is_unwanted = self
            .without
            .entries()
            .any(|(kind, entry)| operation.matches(kind, entry));
        is_wanted && !is_unwanted && !(self.without_deprecated && operation.is_deprecated)
    }

    /// Entries that match no operation at all, each with the name of its list.
    pub fn unmatched<'s>(&'s self, operations: &[Candidate<'_>]) -> Vec<(&'static str, &'s str)> {
        let entries = self.only.entries().chain(self.without.entries());
        let matches = |kind, entry: &str| {
            operations
                .iter()
                .any(|operation| operation.matches(kind, entry))
        };
        entries
            .filter(|(kind, entry)| !matches(*kind, entry))
            .map(|(kind, entry)| (kind.name(), entry))
            .collect()
    }
}

/// A property of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tag,
    Path,
    Id,
    Method,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Path => "paths",
            Self::Id => "operations",
            Self::Method => "methods",
        }
    }
}

impl Filter {
    fn lists(&self) -> [(Kind, &[String]); 4] {
        [
            (Kind::Tag, &self.tags),
            (Kind::Path, &self.paths),
            (Kind::Id, &self.operations),
            (Kind::Method, &self.methods),
        ]
    }

    fn entries(&self) -> impl Iterator<Item = (Kind, &str)> {
        let lists = self.lists().into_iter();
        lists.flat_map(|(kind, entries)| entries.iter().map(move |entry| (kind, entry.as_str())))
    }
}

impl Candidate<'_> {
    fn matches(&self, kind: Kind, entry: &str) -> bool {
        match kind {
            Kind::Tag => self.tags.contains(&entry),
            Kind::Path => {
                let segments = |path| -> Vec<&str> { str::split(path, '/').collect() };
                is_path(&segments(entry), &segments(self.path))
            }
            Kind::Id => self.id == Some(entry),
            Kind::Method => self.method.eq_ignore_ascii_case(entry),
        }
    }
}

/// Whether the segments of a path are those of a pattern.
pub(super) fn is_path(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            is_path(rest, path)
                || path
                    .split_first()
                    .is_some_and(|(_, path)| is_path(pattern, path))
        }
        (Some((first, rest)), Some((segment, path))) => {
            is_segment(first, segment) && is_path(rest, path)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn is_segment(pattern: &str, segment: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == segment;
    };
    let Some(rest) = segment.strip_prefix(before) else {
        return false;
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| rest.get(at..).is_some_and(|rest| is_segment(after, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate<'a>(method: &'a str, path: &'a str, tag: &'a str) -> Candidate<'a> {
        Candidate {
            tags: vec![tag],
            path,
            id: Some("id"),
            method,
            is_deprecated: tag == "old",
        }
    }

    #[test]
    fn paths_match_by_segment() {
        for (pattern, path, fits) in [
            ("/pets", "/pets", true),
            ("/pets/*", "/pets/{id}", true),
            ("/pets/*", "/pets/{id}/toys", false),
            ("/pets/**", "/pets", true),
            ("/pets/**", "/pets/{id}/toys", true),
            ("/**/toys", "/pets/{id}/toys", true),
            ("/p*s", "/pets", true),
            ("/p*s", "/pet", false),
            ("/*", "/", true),
            ("/pets", "/pets/", false),
        ] {
            let operation = candidate("GET", path, "a");
            assert_eq!(
                operation.matches(Kind::Path, pattern),
                fits,
                "{pattern} {path}"
            );
        }
    }

    #[test]
    fn lists_narrow_each_other_and_leaving_out_wins() {
        let selection = Selection {
            only: Filter {
                tags: vec!["a".to_owned(), "old".to_owned()],
                methods: vec!["get".to_owned()],
                ..Filter::default()
            },
            without: Filter {
                paths: vec!["/secret/**".to_owned()],
                ..Filter::default()
            },
            without_deprecated: true,
        };
        let has = |method, path, tag| selection.has(&candidate(method, path, tag));
        assert!(has("GET", "/x", "a"));
        assert!(!has("PUT", "/x", "a"));
        assert!(!has("GET", "/x", "b"));
        assert!(!has("GET", "/secret/x", "a"));
        assert!(!has("GET", "/x", "old"));
        assert!(Selection::default().has(&candidate("PUT", "/x", "old")));
        let unmatched = selection.unmatched(&[candidate("GET", "/x", "a")]);
        assert_eq!(unmatched, [("tags", "old"), ("paths", "/secret/**")]);
    }
}
