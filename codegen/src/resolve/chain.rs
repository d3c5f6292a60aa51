//! Where chains of references end, and which never do.

use super::finding::Findings;
use super::{Link, Step, Target};

/// Where the chain behind a link ends.
#[derive(Clone, Copy)]
enum State {
    Unknown,
    /// On the chain that is being followed.
    Followed,
    Known,
}

/// The final target of each link, as an index into the targets. `at` gives, by the number of a node, one more than
/// the index of the link that stands there.
pub(super) fn ends<'a>(
    links: &[Link<'a>],
    at: &[u32],
    findings: &mut Findings<'a, '_>,
) -> (Vec<Option<u32>>, Vec<Target<'a>>) {
    let mut chains = Chains {
        links,
        at,
        states: vec![State::Unknown; links.len()],
        ends: vec![None; links.len()],
        targets: Vec::new(),
        known: vec![0; at.len()],
    };
    for start in 0..links.len() {
        if let Some(ring) = chains.follow(start) {
            findings.ring(&ring);
        }
    }
    (chains.ends, chains.targets)
}

struct Chains<'a, 'l> {
    links: &'l [Link<'a>],
    at: &'l [u32],
    states: Vec<State>,
    ends: Vec<Option<u32>>,
    targets: Vec<Target<'a>>,
    // By the number of a node: one more than the index of its target, or 0.
    known: Vec<u32>,
}

impl<'a, 'l> Chains<'a, 'l> {
    /// Finds where the chain from a link on ends; the links of a ring that it runs into, if it does.
    fn follow(&mut self, start: usize) -> Option<Vec<&'l Link<'a>>> {
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(link) = at {
            match self.states.get(link)? {
                State::Unknown => {}
                State::Known => break,
                State::Followed => {
                    let ring = chain.iter().skip_while(|before| **before != link);
                    let ring = ring.filter_map(|link| self.links.get(*link)).collect();
                    self.settle(&chain, Option::None);
                    return Some(ring);
                }
            }
            *self.states.get_mut(link)? = State::Followed;
            chain.push(link);
            at = self.step(link).and_then(|step| self.link_at(&step));
        }
        for link in chain.iter().rev() {
            let end = self.step(*link).and_then(|step| self.end(step));
            self.settle(&[*link], end);
        }
        None
    }

    fn settle(&mut self, chain: &[usize], end: Option<u32>) {
        for link in chain {
            if let (Some(state), Some(slot)) =
                (self.states.get_mut(*link), self.ends.get_mut(*link))
            {
                *state = State::Known;
                *slot = end;
            }
        }
    }

    fn step(&self, link: usize) -> Option<Step<'a>> {
        self.links.get(link)?.step
    }

    fn link_at(&self, step: &Step<'a>) -> Option<usize> {
        let link = *self.at.get(step.node.id.0 as usize)?;
        (link as usize).checked_sub(1)
    }

    /// The target of a step whose further links are settled.
    fn end(&mut self, step: Step<'a>) -> Option<u32> {
        if let Some(next) = self.link_at(&step)
            && !self.links.get(next)?.says_more
        {
            return *self.ends.get(next)?;
        }
        let known = self.known.get_mut(step.node.id.0 as usize)?;
        if *known == 0 {
            self.targets.push(Target {
                node: step.node,
                document: step.document.id,
                pointer: step.pointer.segments(),
            });
            *known = u32::try_from(self.targets.len()).ok()?;
        }
        Some(*known - 1)
    }
}
