//! Which document a reference names, where documents say by `$self` what they are called.
//!
//! Nothing is fetched: a URI leads to a document of the run that calls itself so, or to the place that it has beside
//! the document that holds the reference, as far as the URI of that one is known.

use std::borrow::Cow;

use super::reference::{Reference, has_scheme};
use super::{Document, Documents, Node};

impl Document {
    /// The URI that the document has by its `$self`, without a fragment; none if that is not an absolute one.
    pub(crate) fn identity(&self) -> Option<&str> {
        let text = self.root.get("$self").and_then(Node::as_str)?;
        let uri = text.split('#').next().unwrap_or(text);
        has_scheme(uri).then_some(uri)
    }

    /// The file part of a reference in this document, relative to it, and the fragment: a URI is brought to a path if
    /// it has the authority of this document's own. None if it leads to another host.
    pub(crate) fn taken_apart<'t>(&self, text: &'t str) -> Option<(Cow<'t, str>, &'t str)> {
        if let Reference::Local { file, fragment } = Reference::parse(text) {
            return Some((file.into(), fragment));
        }
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let way = between(self.identity()?, file)?;
        Some((way.into(), fragment))
    }
}

impl Documents {
    /// The document that calls itself so.
    pub(crate) fn called(&self, reference: &str) -> Option<&Document> {
        let uri = reference.split('#').next().unwrap_or(reference);
        let is_called = |document: &&Document| document.identity() == Some(uri);
        has_scheme(uri)
            .then(|| self.iter().find(is_called))
            .flatten()
    }
}

/// The way from one URI to another, as a relative path; empty where they are the same.
fn between(from: &str, to: &str) -> Option<String> {
    if from == to {
        return Some(String::new());
    }
    let ((own, from), (other, to)) = (split(from)?, split(to)?);
    if !own.eq_ignore_ascii_case(other) {
        return None;
    }
    let (folders, _) = from.rsplit_once('/')?;
    let folders: Vec<&str> = folders.split('/').collect();
    let target: Vec<&str> = to.split('/').collect();
    let shared = folders
        .iter()
        .zip(&target)
        .take_while(|(one, other)| one == other)
        .count();
    let up = folders.iter().skip(shared).map(|_| "..");
    let down = target.iter().skip(shared).copied();
    let way: Vec<&str> = up.chain(down).collect();
    Some(way.join("/")).filter(|way| !way.is_empty())
}

/// Scheme and authority, and the path, which begins with `/`.
fn split(uri: &str) -> Option<(&str, &str)> {
    let uri = uri.split('?').next().unwrap_or(uri);
    let authority = uri.find("://")?.checked_add(3)?;
    let path = uri.get(authority..)?.find('/')?.checked_add(authority)?;
    uri.split_at_checked(path)
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_uri_leads_to_the_same_place_as_a_path() {
        let own = "https://h.example/apis/v2/openapi";
        for (to, way) in [
            ("https://h.example/apis/v2/openapi", Some("")),
            ("https://h.example/apis/v2/pets", Some("pets")),
            (
                "https://h.example/apis/v2/pets/cat.yaml",
                Some("pets/cat.yaml"),
            ),
            (
                "HTTPS://H.example/apis/shared.json?x=1",
                Some("../shared.json"),
            ),
            ("https://other.example/apis/v2/pets", None),
            ("urn:pets", None),
            ("pets.yaml", None),
        ] {
            assert_eq!(between(own, to).as_deref(), way, "{to}");
        }
    }
}
