//! Which difference of public items comes from which change, and what each change comes to.

use std::collections::BTreeMap;

use super::change::{Change, Comparison, Direction, Place, Wire};
use super::draft::{Draft, Touch};
use super::rules::Told;
use super::surface::{Difference, Surface, differences};
use super::{CrateKind, Kind, Level, SurfaceChange, Verdict};
use crate::describe::plain;
use crate::ir::{Api, Origin};

/// Lays the differences of public items to the changes that they come from.
///
/// None is lost: what no change of a document lays claim to is a change of its own, a consequence.
pub(super) fn assign(
    (old, was): (&Api, &Surface),
    (new, is): (&Api, &Surface),
    mut drafts: Vec<Draft>,
) -> Comparison {
    let differences = differences(was, is);
    let mut claims = Claims::new(&drafts, differences);
    let of_member = |touch: &Touch, difference: &Difference| {
        let member = &difference.key.member;
        let called = touch.member.as_deref();
        called.is_some_and(|called| member == called || member.strip_suffix("()") == Some(called))
    };
    let of_all = |touch: &Touch, _: &Difference| touch.member.is_none();
    for is_shaping in [true, false] {
        claims.by(&drafts, is_shaping, of_member);
        claims.by(&drafts, is_shaping, of_all);
    }
    claims.by_new_name(&drafts);
    claims.by_owner(&drafts);
    let consequences = claims.consequences(old, new, drafts.len());
    drafts.extend(consequences);
    let changes: Vec<Change> = drafts
        .into_iter()
        .zip(claims.laid)
        .map(|(draft, rust)| change(draft, rust))
        .collect();
    finished(changes)
}

/// The comparison of an API that is new or gone as a whole.
pub(super) fn whole(what: Kind, api: &Api) -> Comparison {
    let draft =
        Draft::new(what, plain(api.title.text()), CrateKind::Client).direction(Direction::SENT);
    let head = api.modules.first().map(|module| module.origin);
    let draft = match (what, head) {
        (_, None) => draft,
        (Kind::ApiRemoved, Some(head)) => draft.old(api, head),
        (_, Some(head)) => draft.new_at(api, head),
    };
    let mut change = change(draft, Vec::new());
    change.crates = match what {
        // Crates that were not there have no version to raise.
        Kind::ApiAdded => Verdict::default(),
        _ => Verdict {
            model: change.crates.client,
            ..change.crates
        },
    };
    finished(vec![change])
}

fn finished(changes: Vec<Change>) -> Comparison {
    let verdicts = changes.iter().map(|change| change.crates);
    let verdict = verdicts.fold(Verdict::default(), Verdict::or);
    Comparison {
        changes,
        verdict: verdict.with_dependants(),
    }
}

/// The verdict on a change.
fn change(draft: Draft, rust: Vec<SurfaceChange>) -> Change {
    let told = draft.what.rule().told(draft.direction);
    let wire = told.iter().map(|told| told.wire);
    let mut crates = Verdict::default();
    let conduct = conduct(&draft, &told);
    for krate in [CrateKind::Model, CrateKind::Client] {
        if draft.is_in_both || draft.carrier == krate {
            crates.raise(krate, conduct);
        }
    }
    for surface in &rust {
        crates.raise(surface.krate, surface.level);
    }
    Change {
        what: draft.what,
        item: draft.item,
        also: draft.also,
        old: draft.old,
        new: draft.new,
        was: draft.was,
        is: draft.is,
        direction: draft.direction,
        wire: wire.fold(Wire::default(), Wire::or),
        meaning: told.iter().map(|told| told.says).collect(),
        rust,
        crates,
    }
}

/// The verdict on a change for the crate that carries it, by its behaviour rather than by its public items.
fn conduct(draft: &Draft, told: &[Told]) -> Level {
    if draft.is_told_only {
        return Level::Patch;
    }
    if draft.what == Kind::Consequence {
        return Level::None;
    }
    let is_received = |at: usize| !draft.direction.sent || at > 0;
    let levels = told.iter().enumerate().map(|(at, told)| {
        if is_received(at) && draft.what.is_words_when_received() {
            Level::Patch
        } else {
            Level::of(told.wire.effect())
        }
    });
    levels.max().unwrap_or(Level::Patch)
}

/// The differences that are laid to each change, and those that none has laid claim to.
struct Claims {
    open: Vec<Difference>,
    laid: Vec<Vec<SurfaceChange>>,
}

impl Claims {
    fn new(drafts: &[Draft], open: Vec<Difference>) -> Self {
        Self {
            laid: vec![Vec::new(); drafts.len()],
            open,
        }
    }

    /// Lays differences to all changes of a kind whose touches say so.
    fn by(
        &mut self,
        drafts: &[Draft],
        is_shaping: bool,
        claims: impl Fn(&Touch, &Difference) -> bool,
    ) {
        self.lay(|at, difference| {
            let draft = drafts.get(at);
            let draft = draft.filter(|draft| draft.what.shapes_items() == is_shaping);
            let mut touches = draft.into_iter().flat_map(|draft| &draft.touches);
            touches.any(|touch| {
                let is_own =
                    touch.krate == difference.key.krate && touch.owner == difference.key.owner;
                is_own && claims(touch, difference)
            })
        });
    }

    fn lay(&mut self, claims: impl Fn(usize, &Difference) -> bool) {
        for difference in std::mem::take(&mut self.open) {
            let mut is_claimed = false;
            for (at, laid) in self.laid.iter_mut().enumerate() {
                if claims(at, &difference) {
                    laid.push(difference.change.clone());
                    is_claimed = true;
                }
            }
            if !is_claimed {
                self.open.push(difference);
            }
        }
    }

    /// Lays to a new name what differs by that name alone.
    fn by_new_name(&mut self, drafts: &[Draft]) {
        self.lay(|at, Difference { change, .. }| {
            let Some(draft) = drafts.get(at) else {
                return false;
            };
            let is_name = matches!(
                draft.what,
                Kind::TypeRenamed | Kind::TypeAdded | Kind::TypeRemoved | Kind::OperationRenamed
            );
            match (&draft.was, &draft.is, &change.old, &change.new) {
                (Some(was), Some(is), Some(old), Some(new)) if is_name => {
                    renamed(old, was, is) == *new
                }
                _ => false,
            }
        });
    }

    /// Lays what is left of an item to the first change of that item that has to do with its shape.
    fn by_owner(&mut self, drafts: &[Draft]) {
        let mut first: BTreeMap<(CrateKind, &str), usize> = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            for touch in draft.touches.iter().filter(|_| draft.what.shapes_items()) {
                // The client has a method for each operation, which makes none of them its own.
                if touch.owner != "Client" {
                    first.entry((touch.krate, &touch.owner)).or_insert(at);
                }
            }
        }
        self.lay(|at, difference| {
            let owner = (difference.key.krate, difference.key.owner.as_str());
            first.get(&owner) == Some(&at)
        });
    }

    /// A change for each item that has differences which are left.
    fn consequences(&mut self, old: &Api, new: &Api, before: usize) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for difference in std::mem::take(&mut self.open) {
            let key = &difference.key;
            let same = |draft: &Draft| draft.item == key.owner && draft.carrier == key.krate;
            let at = drafts.iter().position(same).unwrap_or_else(|| {
                let mut draft = Draft::new(Kind::Consequence, key.owner.clone(), key.krate);
                draft.old = origin(old, &key.owner).and_then(|origin| Place::of(old, origin));
                draft.new = origin(new, &key.owner).and_then(|origin| Place::of(new, origin));
                drafts.push(draft);
                self.laid.push(Vec::new());
                drafts.len() - 1
            });
            if let Some(laid) = self.laid.get_mut(before + at) {
                laid.push(difference.change);
            }
        }
        drafts
    }
}

/// A signature with another name in the place of one, where it stands as a word.
fn renamed(text: &str, was: &str, is: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(was) {
        let (before, from) = rest.split_at(at);
        let after = from.get(was.len()..).unwrap_or_default();
        let joins = |letter: char| letter.is_alphanumeric() || letter == '_';
        let is_word = !before.ends_with(joins) && !after.starts_with(joins);
        out.push_str(before);
        out.push_str(if is_word { is } else { was });
        rest = after;
    }
    out + rest
}

/// Where what a public item comes from is described.
fn origin(api: &Api, owner: &str) -> Option<Origin> {
    let types = api
        .types
        .iter()
        .map(|(_, def)| (def.name.as_str(), def.origin));
    let mut types = types.filter(|(name, _)| *name == owner);
    types.next().map(|(_, origin)| origin).or_else(|| {
        let mut operations = api.modules.iter().flat_map(|module| &module.operations);
        let names = |name: &str| name == owner;
        let operation = operations.find(|operation| {
            names(operation.name.as_str())
                || names(operation.error_name.as_str())
                || names(operation.success_name.as_str())
        });
        operation.map(|operation| operation.origin)
    })
}
