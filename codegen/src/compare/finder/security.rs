//! Who may call: security schemes, and what operations ask for.

use std::collections::BTreeSet;

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::plain;
use crate::ir::{Api, Credential, OAuthFlow, Scheme, SchemeKind};
use crate::source::SpecStr;

use super::operations::Pair;
use super::{Finder, Site};

/// The schemes that are needed together, by name, each with its scopes.
type Alternative = Vec<(String, Vec<String>)>;

impl<'a> Finder<'a> {
    /// The API's security schemes.
    pub(super) fn schemes(&mut self) {
        let (old, new) = (self.old, self.new);
        for was in &old.schemes {
            match new.schemes.iter().find(|is| is.wire == was.wire) {
                Some(is) => self.scheme(was, is),
                None => {
                    let draft = scheme_draft(Kind::SchemeRemoved, was);
                    self.push(draft.old(old, was.origin));
                }
            }
        }
        for is in &new.schemes {
            if !old.schemes.iter().any(|was| was.wire == is.wire) {
                let draft = scheme_draft(Kind::SchemeAdded, is);
                self.push(draft.new_at(new, is.origin));
            }
        }
    }

    fn scheme(&mut self, was: &'a Scheme, is: &'a Scheme) {
        let (old, new) = (self.old, self.new);
        let at = |what| {
            scheme_draft(what, is)
                .old(old, was.origin)
                .new_at(new, is.origin)
        };
        let elsewhere = was.metadata_url != is.metadata_url || was.implicit != is.implicit;
        let changed = match (&was.kind, &is.kind) {
            (SchemeKind::OAuth2(was), SchemeKind::OAuth2(is)) => {
                (elsewhere || !same_flows(was, is)).then_some(Kind::FlowChanged)
            }
            (was, is) if was == is => elsewhere.then_some(Kind::FlowChanged),
            _ => Some(Kind::SchemeChanged),
        };
        if let Some(changed) = changed {
            self.push(at(changed));
        }
        if was.name != is.name {
            let draft = at(Kind::RustNameChanged).touch(&was.name);
            self.push(draft.was(was.name.as_str()).is(is.name.as_str()));
        }
        if was.sign_in != is.sign_in {
            self.push(at(Kind::SignInChanged).touch("sign_in"));
        }
        let site = Site {
            item: plain(is.wire.text()),
            old: was.origin,
            new: is.origin,
            direction: Direction::SENT,
            carrier: CrateKind::Client,
            touches: Vec::new(),
        };
        self.told(&site, (&was.docs, false), (&is.docs, false));
    }

    /// The security of an operation: any of some alternatives.
    pub(super) fn operation_security(&mut self, site: &Site, Pair { old, new }: Pair<'a>) {
        let was = alternatives(self.old, &old.security);
        let is = alternatives(self.new, &new.security);
        // No alternative at all asks for nothing, like an empty one.
        let open = |all: &[Alternative]| all.is_empty() || all.iter().any(Vec::is_empty);
        if was == is || (open(&was) && open(&is) && was.len() == is.len()) {
            return;
        }
        // A credential that was enough still is, if an alternative asks for no more.
        let enough = |held: &Alternative, asked: &[Alternative]| {
            open(asked) || asked.iter().any(|asked| covers(held, asked))
        };
        let all = |all: &[Alternative], others: &[Alternative]| {
            if all.is_empty() {
                open(others)
            } else {
                all.iter().all(|held| enough(held, others))
            }
        };
        if !all(&was, &is) {
            self.asked(site, Kind::SecurityNarrowed, (&was, &is));
        }
        if !all(&is, &was) {
            self.asked(site, Kind::SecurityWidened, (&was, &is));
        }
    }

    fn asked(&mut self, site: &Site, what: Kind, (was, is): (&[Alternative], &[Alternative])) {
        let draft = site.draft(self, what);
        self.push(draft.was(said(was)).is(said(is)));
    }
}

fn scheme_draft(what: Kind, scheme: &Scheme) -> Draft {
    let constant = scheme.name.as_str().to_uppercase();
    Draft::new(what, plain(scheme.wire.text()), CrateKind::Client)
        .direction(Direction::SENT)
        .touch(&scheme.name)
        .touch(constant)
        .touch("mod security")
}

/// Whether credentials that are enough for `held` are enough for `asked`.
fn covers(held: &Alternative, asked: &Alternative) -> bool {
    asked.iter().all(|(scheme, scopes)| {
        held.iter().any(|(has, granted)| {
            has == scheme && scopes.iter().all(|scope| granted.contains(scope))
        })
    })
}

fn alternatives(api: &Api, security: &[Vec<Credential>]) -> Vec<Alternative> {
    let one = |credential: &Credential| {
        let scheme = api.schemes.get(credential.scheme);
        let name = scheme.map_or_else(String::new, |scheme| plain(scheme.wire.text()));
        let scopes = credential.scopes.iter().map(|scope| plain(scope.text()));
        (name, scopes.collect())
    };
    let together = |all: &Vec<Credential>| all.iter().map(one).collect();
    security.iter().map(together).collect()
}

fn said(all: &[Alternative]) -> String {
    let one = |alternative: &Alternative| {
        let parts: Vec<String> = alternative
            .iter()
            .map(|(scheme, scopes)| {
                if scopes.is_empty() {
                    scheme.clone()
                } else {
                    format!("{scheme} ({})", scopes.join(", "))
                }
            })
            .collect();
        if parts.is_empty() {
            "no credentials".to_owned()
        } else {
            parts.join(" and ")
        }
    };
    let all: Vec<String> = all.iter().map(one).collect();
    if all.is_empty() {
        "no credentials".to_owned()
    } else {
        all.join(" or ")
    }
}

/// Whether tokens are got in the same ways, with the same scopes to choose from.
fn same_flows(old: &[OAuthFlow], new: &[OAuthFlow]) -> bool {
    let same = |old: &OAuthFlow, new: &OAuthFlow| {
        let urls = |flow: &OAuthFlow| {
            let own = flow.token_url.clone();
            (own, flow.begins_at.clone(), flow.refresh_url.clone())
        };
        let scopes = |flow: &OAuthFlow| -> BTreeSet<SpecStr> {
            flow.scopes.iter().map(|(scope, _)| scope.clone()).collect()
        };
        old.grant == new.grant && urls(old) == urls(new) && scopes(old) == scopes(new)
    };
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
}
