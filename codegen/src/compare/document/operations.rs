//! Operations before and after: what is sent, what comes back, and how long they are promised.

use std::collections::HashMap;

use super::{At, Pair, Said, Walk};
use crate::compare::Kind;
use crate::compare::usage::Sender;
use crate::describe::plain;
use crate::load::{Entry, Node};

/// Methods of a path item.
pub(super) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// An operation on both sides.
#[derive(Clone, Copy)]
struct Operations<'a> {
    pair: Pair<'a>,
    /// The path items around it.
    items: Pair<'a>,
    /// Their paths, before and after.
    paths: (&'a str, &'a str),
    sender: Sender,
}

impl<'a> Walk<'a> {
    pub(super) fn document(&mut self) {
        let roots = Pair {
            old: &self.old.documents.entry().root,
            new: &self.new.documents.entry().root,
        };
        let (Some(old), Some(new)) = (roots.old.get("paths"), roots.new.get("paths")) else {
            return self.webhooks(roots);
        };
        // A path with other names for its parameters, unless both documents have the one or the other.
        let in_old = |entry: &&Entry| old.get(entry.key.text()).is_some();
        let added = new.entries().iter().filter(|entry| !in_old(entry));
        let by_texts: HashMap<Vec<&str>, &Entry> = added
            .map(|entry| (pieces(entry.key.text()).0, entry))
            .collect();
        for entry in old.entries() {
            let path = entry.key.text();
            let same = new.as_mapping().and_then(|new| new.entry(path));
            if let Some(same) = same.or_else(|| by_texts.get(&pieces(path).0).copied()) {
                let item = Pair {
                    old: &entry.value,
                    new: &same.value,
                };
                self.path_item(
                    same.key.text(),
                    (path, same.key.text()),
                    item,
                    Sender::Client,
                );
            }
        }
        self.webhooks(roots);
    }

    pub(super) fn path_item(
        &mut self,
        path: &str,
        paths: (&'a str, &'a str),
        pair: Pair<'a>,
        sender: Sender,
    ) {
        let items = Pair {
            old: self.old.follow(pair.old),
            new: self.new.follow(pair.new),
        };
        for method in METHODS {
            if let (Some(old), Some(new)) = (items.old.get(method), items.new.get(method)) {
                let item = format!("{} {}", method.to_ascii_uppercase(), plain(path));
                let operations = Operations {
                    pair: Pair { old, new },
                    items,
                    paths,
                    sender,
                };
                self.operation(&item, operations);
            }
        }
        let (old, new) = (
            items.old.get("additionalOperations"),
            items.new.get("additionalOperations"),
        );
        if let (Some(old), Some(new)) = (old, new) {
            for (method, pair) in self.in_both(Pair { old, new }) {
                let item = format!("{} {}", plain(method), plain(path));
                self.operation(
                    &item,
                    Operations {
                        pair,
                        items,
                        paths,
                        sender,
                    },
                );
            }
        }
    }

    fn operation(&mut self, item: &str, operations: Operations<'a>) {
        let Operations { pair, sender, .. } = operations;
        let at = At {
            item: item.to_owned(),
            direction: sender.request(),
            is_text: false,
            keys: None,
        };
        self.promise(&at, pair);
        self.parameters(&at, operations);
        self.body(&at, pair, sender);
        self.responses(item, pair, sender);
        self.callbacks(item, pair);
    }

    fn parameters(&mut self, at: &At, operations: Operations<'a>) {
        let Operations {
            pair, items, paths, ..
        } = operations;
        let old = parameters(&self.old, pair.old, items.old);
        let new = parameters(&self.new, pair.new, items.new);
        for (key, was) in &old {
            let renamed = (key.0 == "path").then(|| renamed(paths, &key.1)).flatten();
            let key = (key.0.clone(), renamed.unwrap_or_else(|| key.1.clone()));
            let Some((_, is)) = new.iter().find(|(other, _)| *other == key) else {
                continue;
            };
            let below = At {
                is_text: true,
                ..at.below(&format!(" {} {}", key.0, plain(&key.1)))
            };
            let required = |node: &Node| node.get("required").and_then(Node::as_bool) == Some(true);
            let what = match (required(was), required(is)) {
                (false, true) => Some(Kind::BecameRequired),
                (true, false) => Some(Kind::BecameOptional),
                _ => None,
            };
            if let Some(what) = what {
                self.push(&below, what, &[was.span], &[is.span], Said::default());
            }
            self.promise(&below, Pair { old: was, new: is });
            if let (Some(old), Some(new)) = (was.get("schema"), is.get("schema")) {
                self.schema(&below, Pair { old, new });
            }
            self.content(&below, Pair { old: was, new: is });
        }
    }

    fn body(&mut self, at: &At, pair: Pair<'a>, sender: Sender) {
        let (old, new) = (
            self.old.get(pair.old, "requestBody"),
            self.new.get(pair.new, "requestBody"),
        );
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        let at = At {
            direction: sender.request(),
            ..at.below(" body")
        };
        let required = |node: &Node| node.get("required").and_then(Node::as_bool) == Some(true);
        // The APIs have the bodies that clients send.
        if sender == Sender::Server && required(old) != required(new) {
            let what = if required(new) {
                Kind::BecameRequired
            } else {
                Kind::BecameOptional
            };
            self.push(&at, what, &[old.span], &[new.span], Said::default());
        }
        self.content(&at, Pair { old, new });
    }

    fn responses(&mut self, item: &str, pair: Pair<'a>, sender: Sender) {
        let (Some(old), Some(new)) = (pair.old.get("responses"), pair.new.get("responses")) else {
            return;
        };
        for (status, response) in self.in_both(Pair { old, new }) {
            let pair = Pair {
                old: self.old.follow(response.old),
                new: self.new.follow(response.new),
            };
            let at = At {
                item: format!("{item} {}", plain(status)),
                direction: sender.response(),
                is_text: false,
                keys: None,
            };
            self.content(&at, pair);
            if let (Some(old), Some(new)) = (pair.old.get("headers"), pair.new.get("headers")) {
                for (name, header) in self.in_both(Pair { old, new }) {
                    let (old, new) = (self.old.follow(header.old), self.new.follow(header.new));
                    let at = At {
                        is_text: true,
                        ..at.below(&format!(" {}", plain(name)))
                    };
                    if let (Some(old), Some(new)) = (old.get("schema"), new.get("schema")) {
                        self.schema(&at, Pair { old, new });
                    }
                }
            }
        }
    }

    /// The media types of a body, of a response or of a parameter.
    fn content(&mut self, at: &At, pair: Pair<'a>) {
        let (Some(old), Some(new)) = (pair.old.get("content"), pair.new.get("content")) else {
            return;
        };
        let mut both = self.in_both(Pair { old, new });
        if let ([was], [is]) = (old.entries(), new.entries())
            && both.is_empty()
            && !is_text(was.key.text())
            && !is_text(is.key.text())
        {
            both = vec![(
                is.key.text(),
                Pair {
                    old: &was.value,
                    new: &is.value,
                },
            )];
        }
        for (media_type, pair) in both {
            let (old, new) = (self.old.follow(pair.old), self.new.follow(pair.new));
            let is_text = is_text(media_type);
            for keyword in ["schema", "itemSchema"] {
                if let (Some(old), Some(new)) = (old.get(keyword), new.get(keyword)) {
                    self.schema(
                        &At {
                            is_text,
                            ..at.clone()
                        },
                        Pair { old, new },
                    );
                }
            }
        }
    }
}

/// A parameter by its place and name, header names in lower case.
type Key = (String, String);

/// The parameters of an operation, with those of its path item that it does not replace.
fn parameters<'a>(
    side: &super::Side<'a>,
    operation: &'a Node,
    item: &'a Node,
) -> Vec<(Key, &'a Node)> {
    let mut found: Vec<(Key, &Node)> = Vec::new();
    for node in [operation, item] {
        for parameter in node.get("parameters").map_or(&[][..], Node::items) {
            let parameter = side.follow(parameter);
            let text = |key: &str| parameter.get(key).and_then(Node::as_str);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            let name = if place == "header" {
                name.to_ascii_lowercase()
            } else {
                name.to_owned()
            };
            let key = (place.to_owned(), name);
            if !found.iter().any(|(known, _)| *known == key) {
                found.push((key, parameter));
            }
        }
    }
    found
}

/// The texts of a path template, and the names of the parameters between them.
fn pieces(path: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut texts, mut names) = (Vec::new(), Vec::new());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        texts.push(before);
        names.push(name);
        rest = behind;
    }
    texts.push(rest);
    (texts, names)
}

/// The new name of a parameter of the path.
fn renamed(paths: (&str, &str), name: &str) -> Option<String> {
    let (old, new) = (pieces(paths.0).1, pieces(paths.1).1);
    let at = old.iter().position(|old| *old == name)?;
    new.get(at).map(|name| (*name).to_owned())
}

/// Whether values have no types on the wire in a media type: a form, XML, plain text.
fn is_text(media_type: &str) -> bool {
    !(media_type.contains("json") || media_type.contains("yaml"))
}
