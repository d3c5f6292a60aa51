//! The API as a whole: its documentation, servers, `Accept` header and modules.

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::plain;
use crate::ir::{AcceptTemplate, Module, Origin, Server};
use crate::source::{DocumentId, Span};

use super::operations::Pair;
use super::{Finder, Site, other_words};

impl<'a> Finder<'a> {
    pub(super) fn api(&mut self) {
        let (old, new) = (self.old, self.new);
        let titles = (plain(old.title.text()), plain(new.title.text()));
        let words = if titles.0 == titles.1 {
            other_words(&old.docs, &new.docs)
        } else {
            Some(titles)
        };
        if let Some((was, is)) = words {
            let draft = self.whole(Kind::DocsChanged, plain(new.title.text()));
            self.push(draft.was(was).is(is).told_only(true));
        }
        if old.version != new.version {
            let draft = self.whole(Kind::VersionChanged, plain(new.title.text()));
            let (was, is) = (plain(old.version.text()), plain(new.version.text()));
            self.push(draft.was(was).is(is).told_only(true));
        }
        self.accept();
        self.servers((&old.servers, &new.servers), None);
        self.schemes();
        for is in &new.modules {
            if let Some(was) = old.modules.iter().find(|was| was.name == is.name) {
                self.module(was, is);
            }
        }
    }

    /// A change of the whole, which stands at the head of the entry document.
    fn whole(&self, what: Kind, item: String) -> Draft {
        let head = Origin {
            span: Span::new(DocumentId::ENTRY, 0, 0),
            line: 1,
            column: 1,
        };
        Draft::new(what, item, CrateKind::Client)
            .old(self.old, head)
            .new_at(self.new, head)
            .direction(Direction::SENT)
    }

    fn module(&mut self, was: &'a Module, is: &'a Module) {
        let site = Site {
            item: format!("[{}]", is.name),
            old: was.origin,
            new: is.origin,
            direction: Direction::default(),
            carrier: if is.types.is_empty() {
                CrateKind::Client
            } else {
                CrateKind::Model
            },
            touches: Vec::new(),
        };
        self.told(&site, (&was.docs, false), (&is.docs, false));
    }

    /// The `Accept` header that callers complete.
    fn accept(&mut self) {
        let (old, new) = (self.old.accept.as_ref(), self.new.accept.as_ref());
        let said = |template: &AcceptTemplate| {
            let variables = template.variables.iter().map(|variable| {
                let default = variable.default.as_ref();
                let default = default.map_or("", |default| default.text());
                format!("{}={}", plain(variable.wire.text()), plain(default))
            });
            let variables: Vec<String> = variables.collect();
            format!(
                "{} ({})",
                plain(template.media_type.text()),
                variables.join(", ")
            )
        };
        let (was, is) = (old.map(said), new.map(said));
        if was != is {
            let mut draft = self.whole(Kind::AcceptChanged, "Accept".to_owned());
            (draft.was, draft.is) = (was, is);
            self.push(draft);
        }
    }

    /// Servers that an operation has to itself.
    pub(super) fn own_servers(&mut self, site: &Site, Pair { old, new }: Pair<'a>) {
        self.servers((&old.servers, &new.servers), Some(site));
    }

    fn servers(&mut self, (old, new): (&'a [Server], &'a [Server]), site: Option<&Site>) {
        let draft = |what, server: &Server| {
            let url = plain(server.url.text());
            let item = site.map_or_else(|| url.clone(), |site| format!("{} at {url}", site.item));
            let draft = Draft::new(what, item, CrateKind::Client).direction(Direction::SENT);
            match site {
                Some(_) => draft,
                None => draft.touch("mod servers").touch("SERVERS").touch("Server"),
            }
        };
        for was in old {
            match new.iter().find(|is| is.url == was.url) {
                None => self.push(draft(Kind::ServerRemoved, was).old(self.old, was.origin)),
                Some(is) => {
                    let at = |what| {
                        let draft = draft(what, is).old(self.old, was.origin);
                        draft.new_at(self.new, is.origin)
                    };
                    let (from, to) = (variables(was), variables(is));
                    if from != to {
                        self.push(at(Kind::ServerChanged).was(from).is(to));
                    }
                    if !same_server_words(was, is) {
                        self.push(at(Kind::DocsChanged).told_only(true));
                    }
                }
            }
        }
        for is in new {
            if !old.iter().any(|was| was.url == is.url) {
                self.push(draft(Kind::ServerAdded, is).new_at(self.new, is.origin));
            }
        }
        if let (Some(was), Some(is)) = (old.first(), new.first()) {
            // The first is the one that clients turn to unless they are told otherwise.
            let has = |all: &[Server], one: &Server| all.iter().any(|other| other.url == one.url);
            if was.url != is.url && has(new, was) && has(old, is) {
                let draft = draft(Kind::ServerChanged, is).old(self.old, was.origin);
                let urls = (plain(was.url.text()), plain(is.url.text()));
                self.push(draft.new_at(self.new, is.origin).was(urls.0).is(urls.1));
            }
        }
    }
}

fn same_server_words(was: &Server, is: &Server) -> bool {
    let mut variables = was.variables.iter().zip(&is.variables);
    let same = |was, is| other_words(was, is).is_none();
    same(&was.docs, &is.docs) && variables.all(|(was, is)| same(&was.docs, &is.docs))
}

fn variables(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (plain(variable.wire.text()), plain(variable.default.text()));
        let values: Vec<String> = variable
            .values
            .iter()
            .map(|value| plain(value.text()))
            .collect();
        if values.is_empty() {
            format!("{name}={default}")
        } else {
            format!("{name}={default} of {}", values.join("|"))
        }
    });
    let variables: Vec<String> = variables.collect();
    variables.join(", ")
}
