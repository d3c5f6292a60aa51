//! A name for every type, from the places where it stands.

use crate::ir::Shape;
use crate::names::{NameRequest, Scope, TypeName, Words, case_word};

use super::naming::{Base, Part};
use super::{Direction, Lowering};

impl Lowering<'_> {
    /// Gives every type its name.
    pub(super) fn name_types(&mut self) {
        let count = self.types.len();
        let mut words: Vec<Option<Words>> = vec![None; count];
        let mut scope = Scope::new(&["Self"]);
        let levels = self.levels();
        let deepest = levels.iter().copied().max().unwrap_or(0);
        for level in 0..=deepest {
            let at_level: Vec<usize> = (0..count)
                .filter(|at| levels.get(*at) == Some(&level))
                .collect();
            let name_requests: Vec<NameRequest> = at_level
                .iter()
                .map(|at| self.name_request(*at, &words))
                .collect();
            let assigned = scope.assign(&name_requests, |words| {
                TypeName::new(words).as_str().to_owned()
            });
            for (at, given) in at_level.into_iter().zip(assigned) {
                if let Some(slot) = words.get_mut(at) {
                    *slot = Some(given);
                }
            }
        }
        for (def, words) in self.types.iter_mut().zip(&words) {
            if let Some(words) = words {
                def.name = TypeName::new(words);
            }
        }
    }

    /// The distance of each type from a name of its author's: overridden names first, then components, then their parts.
    fn levels(&self) -> Vec<usize> {
        let mut levels = vec![None; self.namings.len()];
        for at in 0..levels.len() {
            self.level(at, &mut levels);
        }
        levels.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// The level of a type, below those of all that it is a member of. A word that the document has for it comes before
    /// one that is made of such.
    fn level(&self, at: usize, levels: &mut [Option<usize>]) -> usize {
        if let Some(level) = levels.get(at).copied().flatten() {
            return level;
        }
        let Some(naming) = self.namings.get(at) else {
            return 0;
        };
        let mut deepest = 0;
        for base in std::iter::once(&naming.base).chain(&naming.also) {
            let (level, part) = match base {
                Base::Component { suffix: None, .. } => (2, None),
                Base::Component { .. } => (4, None),
                Base::Operation { part, .. } => (4, Some(part)),
                Base::Member { parent, part } => {
                    let owner = self.level(parent.index(), levels);
                    ((owner + 2).max(6), Some(part))
                }
            };
            let is_made = part.is_some_and(|part| part.or.is_some());
            deepest = deepest.max(level + usize::from(is_made));
        }
        if naming.name_override.is_some() {
            deepest = 0;
        }
        if let Some(slot) = levels.get_mut(at) {
            *slot = Some(deepest);
        }
        deepest
    }

    fn name_request(&self, at: usize, given: &[Option<Words>]) -> NameRequest {
        let Some(naming) = self.namings.get(at) else {
            return NameRequest::of("");
        };
        let direction = |words: Words| match self.suffix(at) {
            Some(suffix) => words.then(&Words::of(suffix)),
            None => words,
        };
        if let Some(name_override) = &naming.name_override {
            return NameRequest::named(
                name_override.text(),
                vec![direction(Words::of(name_override.text()))],
            );
        }
        match &naming.base {
            Base::Component {
                text,
                document,
                suffix,
            } => {
                let end = |words: Words| match suffix {
                    Some(suffix) => words.then(&Words::of(suffix)),
                    None => words,
                };
                let path = &self.documents.document(*document).path;
                let plain = Words::of(text.text());
                let mut names = vec![
                    plain.clone(),
                    Words::of(path.stem()).then(&plain),
                    Words::verbatim(text.text()),
                ];
                names.extend(case_word(text.text()).map(|case| plain.then(&Words::of(case))));
                // `ErrorResponse` among the responses says what it is.
                let says_it = suffix.is_some_and(|suffix| plain.iter().last() == Some(suffix));
                let own = says_it.then(|| direction(plain.clone()));
                let names = names.into_iter().map(|words| direction(end(words)));
                let names = own.into_iter().chain(names).collect();
                NameRequest::named(format!("{} {}", path.as_str(), text.text()), names)
            }
            Base::Member { .. } | Base::Operation { .. } => {
                let bases = std::iter::once(&naming.base).chain(&naming.also);
                let mut places: Vec<(Words, &Part)> =
                    bases.filter_map(|base| self.place(base, given)).collect();
                places.sort_by_cached_key(|(owner, part)| {
                    let words = owner.then(&part.words);
                    (part.or.is_some(), words.iter().count(), words)
                });
                spread(&places, self.shape_word(at), direction)
            }
        }
    }

    /// The words of what a type belongs to, and what it is to that.
    fn place<'n>(&self, base: &'n Base, given: &[Option<Words>]) -> Option<(Words, &'n Part)> {
        match base {
            Base::Component { .. } => None,
            Base::Operation { operation, part } => Some((operation.clone(), part)),
            Base::Member { parent, part } => {
                let owner = given.get(parent.index()).cloned().flatten();
                let owner = owner.unwrap_or_else(|| Words::of("value"));
                // What both sides share is called after the type, not after one side of it.
                let owner = if self.suffix(parent.index()).is_some() {
                    owner.without_last()
                } else {
                    owner
                };
                Some((owner, part))
            }
        }
    }

    /// A word for what kind of type it is.
    fn shape_word(&self, at: usize) -> Words {
        let types = self.types.iter().nth(at);
        Words::of(match types.map(|(_, def)| &def.shape) {
            Some(Shape::Enum(_)) => "kind",
            Some(Shape::Union(_)) => "choice",
            _ => "object",
        })
    }

    /// The words that separate a request's type from its counterpart for responses, and a patch from its target.
    fn suffix(&self, at: usize) -> Option<&'static str> {
        let naming = self.namings.get(at)?;
        let suffix = match naming.direction {
            Direction::Request => "input",
            Direction::Patch => "patch",
            Direction::Response | Direction::Both => return None,
        };
        let has_counterpart = self.counterparts.get(at).copied().unwrap_or(false);
        has_counterpart.then_some(suffix)
    }
}

/// The names of a type that stands in these places, the plainest first.
fn spread(
    places: &[(Words, &Part)],
    shape: Words,
    direction: impl Fn(Words) -> Words,
) -> NameRequest {
    let plain: Vec<Words> = places
        .iter()
        .map(|(owner, part)| owner.then(&part.words))
        .collect();
    let text: Vec<String> = plain
        .iter()
        .map(|words| words.iter().collect::<Vec<_>>().join(" "))
        .collect();
    let mut names = Vec::new();
    // What all places have in common, unless nothing is left but the operation.
    if let Some((owner, _)) = places.first().filter(|_| places.len() > 1) {
        names.extend(shared(&plain).filter(|words| words.iter().count() > owner.iter().count()));
    }
    names.extend(plain.first().cloned());
    let others = places
        .iter()
        .filter_map(|(owner, part)| Some(owner.then(part.or.as_ref()?)));
    names.extend(others);
    if let Some(first) = plain.first() {
        names.extend([Words::of("value"), shape].map(|word| first.then(&word)));
    }
    let names = names.into_iter().map(direction).collect();
    NameRequest::named(text.join(", "), names)
}

/// The words of the first name that all others have too.
fn shared(names: &[Words]) -> Option<Words> {
    let (first, others) = names.split_first()?;
    let in_all = |word: &&str| {
        let has = |other: &Words| other.iter().any(|theirs| theirs == *word);
        others.iter().all(has)
    };
    Words::of_all(first.iter().filter(in_all))
}
