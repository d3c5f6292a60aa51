//! Follows one reference to the place that it names.

use super::finding::{Findings, Lost, beside};
use super::{Link, Pointer, Step};
use crate::diagnostic::Report;
use crate::load::pointer::{self, Found};
use crate::load::reference::{self, Reference};
use crate::load::walk::{ChildKind, RefKind, Seen, Siblings, Walk, counts_siblings};
use crate::load::{Document, Documents, Node, Version};

/// The number of nodes of documents for each reference; many have more.
const NODES_FOR_A_REFERENCE: usize = 16;

pub(super) struct Resolver<'a, 'r> {
    documents: &'a Documents,
    seen: Seen,
    pub(super) links: Vec<Link<'a>>,
    pub(super) findings: Findings<'a, 'r>,
}

impl<'a, 'r> Resolver<'a, 'r> {
    pub(super) fn new(documents: &'a Documents, report: &'r mut Report) -> Self {
        Self {
            documents,
            seen: Seen::default(),
            links: Vec::with_capacity(documents.node_count() / NODES_FOR_A_REFERENCE),
            findings: Findings::new(documents, report),
        }
    }

    /// Gathers the references at and below `node`.
    pub(super) fn visit(&mut self, document: &'a Document, node: &'a Node, place: ChildKind) {
        let siblings = siblings(self.documents.version(document.id));
        // The first visit comes by nearly all of them.
        let likely = match self.links.is_empty() {
            true => self.links.capacity(),
            false => 0,
        };
        let mut walk = Walk::new(&mut self.seen, likely);
        walk.visit(node, place, siblings);
        for site in walk.sites {
            if site.kind == RefKind::Identifier {
                self.findings.identifier(&site);
                continue;
            }
            let has_more = site.kind == RefKind::Reference && beside(&site).next().is_some();
            let counts = counts_siblings(site.place, siblings);
            self.links.push(Link {
                document,
                site,
                step: None,
                says_more: has_more && counts,
                ignores_more: has_more && !counts,
            });
        }
    }

    /// The place that a site names; says what is wrong if there is none.
    pub(super) fn step(&mut self, link: &Link<'a>) -> Option<Step<'a>> {
        let text = link.site.text.as_str()?;
        if link.site.kind == RefKind::Mapping && !reference::is_reference(text) {
            let found = self.named(link, text);
            if found.is_none() {
                self.findings.no_schema(link, text);
            }
            return found;
        }
        let uri = text.trim_end_matches('#');
        if link.site.kind == RefKind::Reference
            && !uri.contains('#')
            && let Some(pointer) = link.document.identified(uri, link.site.node.id)
            && let Ok(step) = find(link.document, pointer)
        {
            return Some(step);
        }
        let (document, fragment) =
            match (self.documents.called(text), link.document.taken_apart(text)) {
                (Some(document), _) => (
                    document,
                    text.split_once('#').map_or("", |(_, after)| after),
                ),
                (None, Some((file, fragment))) => (self.document(link, &file)?, fragment),
                (None, None) => {
                    self.findings.remote(&link.site, text);
                    return None;
                }
            };
        match find(document, fragment) {
            Ok(step) => Some(step),
            // What is missing may stand where the text could not be read.
            Err(_) if !document.is_complete() => None,
            Err(lost) => {
                let guess = self.guess(link, document, fragment);
                if guess.is_none() {
                    self.findings.dangling(link, document, lost);
                }
                guess
            }
        }
    }

    fn document(&mut self, link: &Link<'a>, file: &str) -> Option<&'a Document> {
        if file.is_empty() {
            return Some(link.document);
        }
        let path = match link.document.path.join(file) {
            Ok(path) => path,
            Err(error) => {
                self.findings.bad_path(&link.site, file, error);
                return None;
            }
        };
        match self.documents.at(&path) {
            Ok(document) => Some(document),
            Err(why) => {
                self.findings.unreadable(link, &path, why);
                None
            }
        }
    }

    /// The schema called `name`, in the document of the mapping or in the entry.
    fn named(&self, link: &Link<'a>, name: &'a str) -> Option<Step<'a>> {
        [link.document, self.documents.entry()]
            .into_iter()
            .find_map(|document| {
                let schemas = document.root.get("components")?.get("schemas")?;
                Some(Step {
                    document,
                    node: schemas.get(name)?,
                    pointer: Pointer::Schema(name),
                })
            })
    }

    /// The probable target of a dangling reference, where other tools agree on it.
    fn guess(
        &mut self,
        link: &Link<'a>,
        document: &'a Document,
        fragment: &'a str,
    ) -> Option<Step<'a>> {
        if fragment == "/" {
            self.findings.loose(link, "the whole document");
            return Some(Step {
                document,
                node: &document.root,
                pointer: Pointer::Written(""),
            });
        }
        let entry = self.documents.entry();
        if document.id == link.document.id
            && let Ok(step) = find(entry, fragment)
        {
            self.findings.loose(link, "the place in the entry document");
            return Some(step);
        }
        if link.site.kind == RefKind::Mapping {
            let step = self.branch(link)?;
            self.findings.loose(link, "the branch of that name");
            return Some(step);
        }
        None
    }

    /// The branch of a union that a mapping names by its last word, if one is named so.
    fn branch(&self, link: &Link<'a>) -> Option<Step<'a>> {
        let name = last_word(link.site.text.as_str()?);
        let schema = link.site.node;
        let branches = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| schema.get(key));
        let mut named = branches
            .flat_map(Node::items)
            .filter_map(|branch| branch.get("$ref")?.as_str())
            .filter(|text| last_word(text) == name);
        let (Reference::Local { file, fragment }, None) =
            (Reference::parse(named.next()?), named.next())
        else {
            return None;
        };
        let document = match file {
            "" => link.document,
            file => self
                .documents
                .at(&link.document.path.join(file).ok()?)
                .ok()?,
        };
        find(document, fragment).ok()
    }
}

fn find<'a>(document: &'a Document, fragment: &'a str) -> Result<Step<'a>, Lost<'a>> {
    let pointer = document.anchor(fragment).unwrap_or(fragment);
    match pointer::find(&document.root, pointer) {
        Found::Node(node) => Ok(Step {
            document,
            node,
            pointer: Pointer::Written(pointer),
        }),
        Found::Lost { at, depth, segment } => match document.moved(fragment) {
            Some(node) => Ok(Step {
                document,
                node,
                pointer: match fragment.strip_prefix("/definitions/") {
                    Some(name) => Pointer::Schema(name),
                    None => Pointer::Written(fragment),
                },
            }),
            None => Err(Lost {
                fragment,
                at,
                depth,
                segment,
            }),
        },
    }
}

/// `Cat` of `#/components/schemas/Cat` and of `./schemas/Cat.yaml`.
fn last_word(reference: &str) -> &str {
    let name = reference.rsplit(['/', '#']).next().unwrap_or_default();
    let extension = [".yaml", ".yml", ".json"]
        .into_iter()
        .find_map(|end| name.strip_suffix(end));
    extension.unwrap_or(name)
}

/// Whether what stands beside a `$ref` of a schema counts in this version.
fn siblings(version: Version) -> Siblings {
    match version.has_json_schema() {
        true => Siblings::Kept,
        false => Siblings::Ignored,
    }
}
