//! Cursors: a parameter, and the member of an answer that has its next value.

use crate::ir::{NextCursor, Type};

use super::super::super::Lowering;
use super::super::field_path::is_text;
use super::answer::{Answered, Said};
use super::link::Addresses;
use super::request::Asked;
use super::words::{MORE, NEXT, SAME, folded};

/// A parameter, and where its next value is.
pub(super) struct Cursor {
    pub(super) parameter: usize,
    pub(super) next: NextCursor,
}

/// The cursor of a list, where one parameter and one member alone can be meant.
pub(super) fn cursor(
    asked: &Asked,
    answered: &Answered,
    addresses: &Addresses<'_, '_>,
) -> Option<Cursor> {
    let mut best: Option<(Nearness, usize, &Said)> = None;
    let mut is_certain = true;
    for (parameter, name) in &asked.cursors {
        let Some((nearness, said)) = next_of(name, answered, addresses) else {
            continue;
        };
        match &best {
            Some((nearest, ..)) if *nearest < nearness => {}
            Some((nearest, ..)) if *nearest == nearness => is_certain = false,
            _ => {
                is_certain = true;
                best = Some((nearness, *parameter, said));
            }
        }
    }
    let (_, parameter, said) = best.filter(|_| is_certain)?;
    Some(Cursor {
        parameter,
        next: NextCursor::Body(said.fields.clone()),
    })
}

/// The nearness of the names of a parameter and a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// `cursor` and `next_cursor`.
    Next,
    /// `cursor` and `cursor`.
    Same,
    /// `after` and `end_cursor`.
    Kin,
}

fn next_of<'s>(
    parameter: &str,
    answered: &'s Answered,
    addresses: &Addresses<'_, '_>,
) -> Option<(Nearness, &'s Said)> {
    let next = format!("next{parameter}");
    let is_next = |said: &Said| {
        said.name == next
            || (parameter.starts_with("next") && said.name == parameter)
            || (said.holder == "next" && said.name == parameter)
            || (["cursor", "cursors"].contains(&&*said.holder)
                && (said.name == parameter || said.name == "next"))
    };
    let is_same = |said: &Said| {
        SAME.contains(&parameter)
            && said.name == parameter
            && (parameter != "after" || !said.holder.is_empty())
    };
    let is_kin = |said: &Said| NEXT.contains(&&*said.name);
    type Rule<'r> = (Nearness, &'r dyn Fn(&Said) -> bool);
    let rules: [Rule<'_>; 3] = [
        (Nearness::Next, &is_next),
        (Nearness::Same, &is_same),
        (Nearness::Kin, &is_kin),
    ];
    for (nearness, rule) in rules {
        let texts = answered.said.iter();
        let texts = texts.filter(|said| matches!(said.ty, Type::String | Type::Uuid));
        let mut found = texts.filter(|said| rule(said) && !addresses.is_url(said));
        let Some(first) = found.next() else {
            continue;
        };
        return found.next().is_none().then_some((nearness, first));
    }
    None
}

/// The cursor that is the id of the last item, where a page says whether there are more.
pub(super) fn last_item(
    lowering: &Lowering<'_>,
    asked: &Asked,
    answered: &Answered,
) -> Option<Cursor> {
    const AFTER: &[&str] = &["startingafter", "startafter", "afterid", "startingafterid"];
    let mut cursors = asked.cursors.iter();
    let (parameter, _) = cursors.find(|(_, name)| AFTER.contains(&name.as_str()))?;
    answered.only(MORE, |ty| matches!(ty, Type::Bool))?;
    let fields = lowering.types.fields_of(&answered.item)?;
    let id = fields.iter().find(|field| {
        folded(field.wire.text()) == "id" && is_text(lowering.unaliased(&field.ty))
    })?;
    Some(Cursor {
        parameter: *parameter,
        next: NextCursor::LastItem(id.name.clone()),
    })
}
