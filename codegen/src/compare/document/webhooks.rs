//! Requests that a server sends: webhooks and callbacks.

use super::{At, Pair, Said, Walk};
use crate::compare::usage::Sender;
use crate::compare::{Direction, Kind};
use crate::describe::plain;
use crate::load::Node;

/// An object of requests that a server sends, by name.
#[derive(Clone, Copy)]
enum Sent {
    /// Names lead to path items.
    Webhooks,
    /// Names lead to path items for each expression that gives the URL.
    Callbacks,
}

impl<'a> Walk<'a> {
    pub(super) fn webhooks(&mut self, roots: Pair<'a>) {
        self.sent_by_the_server("webhook", Sent::Webhooks, "webhooks", roots);
    }

    pub(super) fn callbacks(&mut self, item: &str, operations: Pair<'a>) {
        let word = format!("{item} callback");
        self.sent_by_the_server(&word, Sent::Callbacks, "callbacks", operations);
    }

    fn sent_by_the_server(&mut self, word: &str, sent: Sent, key: &str, around: Pair<'a>) {
        let (old, new) = (around.old.get(key), around.new.get(key));
        let entries = |node: Option<&'a Node>| node.map_or(&[][..], Node::entries);
        for entry in entries(old) {
            let name = entry.key.text();
            let item = format!("{word} {}", plain(name));
            let old = &entry.value;
            match new.and_then(|new| new.get(name)) {
                Some(new) => self.one(&item, (sent, name), Pair { old, new }),
                None => self.alone(item, Kind::WebhookRemoved, old, new.unwrap_or(around.new)),
            }
        }
        for entry in entries(new) {
            let name = entry.key.text();
            if old.and_then(|old| old.get(name)).is_none() {
                let item = format!("{word} {}", plain(name));
                let old = old.unwrap_or(around.old);
                self.alone(item, Kind::WebhookAdded, old, &entry.value);
            }
        }
    }

    fn one(&mut self, item: &str, (sent, name): (Sent, &'a str), pair: Pair<'a>) {
        match sent {
            Sent::Webhooks => self.path_item(item, (name, name), pair, Sender::Server),
            Sent::Callbacks => {
                let pair = Pair {
                    old: self.old.follow(pair.old),
                    new: self.new.follow(pair.new),
                };
                for (expression, pair) in self.in_both(pair) {
                    self.path_item(item, (expression, expression), pair, Sender::Server);
                }
            }
        }
    }

    /// One that only one side has.
    fn alone(&mut self, item: String, what: Kind, old: &'a Node, new: &'a Node) {
        let at = At {
            item,
            direction: Direction::RECEIVED,
            is_text: false,
            keys: None,
        };
        self.push(&at, what, &[old.span], &[new.span], Said::default());
    }
}
