//! Answers that are pages: where the items are, and what is said beside them.

use crate::ir::{Field, FieldRole, Operation, PathSegment, Payload, Type};
use crate::names::FieldName;

use super::super::super::Lowering;
use super::words::{AROUND, BESIDE, HOLDER, ITEMS, THING, folded};

/// The levels below the body at which a page may say something of itself.
const DEPTH: usize = 3;

/// A page as an answer has it.
pub(super) struct Answered {
    /// Fields that lead to the items; none: the body is the list.
    pub(super) items: Vec<FieldName>,
    pub(super) item: Type,
    /// The members beside the items.
    pub(super) said: Vec<Said>,
}

/// A member that may say something of a page.
pub(super) struct Said {
    /// Fields that lead there.
    pub(super) fields: Vec<FieldName>,
    /// The same, as names on the wire.
    pub(super) wires: Vec<String>,
    /// Its folded name.
    pub(super) name: String,
    /// The folded name of the object that it is in; empty if that is the body, or is around the items.
    pub(super) holder: String,
    pub(super) ty: Type,
}

/// The body of a success: the only one that there is, but for those without a body.
pub(in crate::lower::operations) fn body(operation: &Operation) -> Option<&Type> {
    let (first, others) = operation.responses.success.split_first()?;
    let fits = |payload: &Payload| *payload == first.payload || *payload == Payload::Empty;
    match &first.payload {
        Payload::Json(body) if others.iter().all(|other| fits(&other.payload)) => Some(body),
        _ => None,
    }
}

/// Where the items of an answer are, if that is certain.
pub(super) fn items(
    lowering: &Lowering<'_>,
    operation: &Operation,
) -> Option<(Vec<FieldName>, Type)> {
    let body = body(operation)?;
    if let Type::List(item) = lowering.unaliased(body) {
        return Some((Vec::new(), (**item).clone()));
    }
    let nouns = nouns(operation);
    let fields = lowering.types.fields_of(body)?;
    let found = match list_in(lowering, fields, &nouns) {
        Lists::One(list) => vec![list],
        Lists::Several => return None,
        Lists::None => {
            let mut around = fields.iter().filter_map(|field| {
                let is_around = AROUND.contains(&folded(field.wire.text()).as_str());
                let inner = lowering.types.fields_of(&field.ty).filter(|_| is_around)?;
                match list_in(lowering, inner, &nouns) {
                    Lists::One(list) => Some(vec![field, list]),
                    _ => None,
                }
            });
            let found = around.next()?;
            if around.next().is_some() {
                return None;
            }
            found
        }
    };
    let Type::List(item) = lowering.unaliased(&found.last()?.ty) else {
        return None;
    };
    let names = found.iter().map(|field| field.name.clone());
    Some((names.collect(), (**item).clone()))
}

/// The list among some fields that can only be the items.
enum Lists<'t> {
    One(&'t Field),
    /// It is not certain which.
    Several,
    None,
}

fn list_in<'t>(lowering: &Lowering<'_>, fields: &'t [Field], nouns: &[String]) -> Lists<'t> {
    let lists = fields.iter().filter(|field| {
        field.role == FieldRole::Member && matches!(lowering.unaliased(&field.ty), Type::List(_))
    });
    let lists: Vec<(&Field, String)> = lists
        .map(|field| (field, folded(field.wire.text())))
        .collect();
    let is_noun = |name: &String| nouns.contains(name);
    let named: Vec<&Field> = lists
        .iter()
        .filter(|(_, name)| ITEMS.contains(&name.as_str()) || is_noun(name))
        .map(|(field, _)| *field)
        .collect();
    match named.as_slice() {
        [only] => return Lists::One(only),
        [] => {}
        _ => return Lists::Several,
    }
    let others: Vec<&Field> = lists
        .iter()
        .filter(|(_, name)| !BESIDE.contains(&name.as_str()))
        .map(|(field, _)| *field)
        .collect();
    match others.as_slice() {
        [] => Lists::None,
        // Nothing but that there is no other says that these are the items.
        [only] if !is_thing(fields) && !has_lists_below(lowering, fields) => Lists::One(only),
        _ => Lists::Several,
    }
}

/// Whether an object has a name or an id, as a page has not.
fn is_thing(fields: &[Field]) -> bool {
    let mut names = fields.iter().map(|field| folded(field.wire.text()));
    names.any(|name| THING.contains(&name.as_str()) || name.ends_with("id"))
}

/// Whether an object has lists in its members, which may as well be the items.
fn has_lists_below(lowering: &Lowering<'_>, fields: &[Field]) -> bool {
    let is_list = |field: &Field| matches!(lowering.unaliased(&field.ty), Type::List(_));
    fields.iter().any(|field| {
        let inner = lowering.types.fields_of(&field.ty).unwrap_or_default();
        !HOLDER.contains(&folded(field.wire.text()).as_str()) && inner.iter().any(is_list)
    })
}

/// The words of a path, without its parameters: `/v1/users/{id}/pets` is of `v1`, `users` and `pets`.
fn nouns(operation: &Operation) -> Vec<String> {
    let texts = operation
        .segments
        .iter()
        .filter_map(|segment| match segment {
            PathSegment::Text(text) => Some(text.text()),
            PathSegment::Parameter(_) => None,
        });
    let words = texts.flat_map(|text| text.split('/')).map(folded);
    words.filter(|word| !word.is_empty()).collect()
}

impl Answered {
    /// The page that an operation is answered with; none where it is not certain that there is one.
    pub(super) fn of(lowering: &Lowering<'_>, operation: &Operation) -> Option<Self> {
        let (items, item) = items(lowering, operation)?;
        let mut answered = Self {
            items,
            item,
            said: Vec::new(),
        };
        let body = body(operation)?;
        let at = Place {
            fields: Vec::new(),
            wires: Vec::new(),
            holder: String::new(),
        };
        answered.collect(lowering, body, &at);
        Some(answered)
    }

    fn collect(&mut self, lowering: &Lowering<'_>, of: &Type, at: &Place) {
        for field in lowering.types.fields_of(of).unwrap_or_default() {
            if field.role != FieldRole::Member {
                continue;
            }
            let name = folded(field.wire.text());
            let mut fields = at.fields.clone();
            fields.push(field.name.clone());
            let mut wires = at.wires.clone();
            wires.push(field.wire.text().to_owned());
            let ty = lowering.unaliased(&field.ty);
            if lowering.types.fields_of(ty).is_none() {
                self.said.push(Said {
                    fields,
                    wires,
                    name,
                    holder: at.holder.clone(),
                    ty: ty.clone(),
                });
                continue;
            }
            let leads_to_items = self.items.starts_with(&fields);
            let is_holder = leads_to_items || HOLDER.contains(&name.as_str());
            if is_holder && fields.len() < DEPTH {
                let holder = if leads_to_items { String::new() } else { name };
                let at = Place {
                    fields,
                    wires,
                    holder,
                };
                self.collect(lowering, ty, &at);
            }
        }
    }

    /// The one member of a kind and a name; the names in their order.
    pub(super) fn only(&self, names: &[&str], is: fn(&Type) -> bool) -> Option<&Said> {
        names.iter().find_map(|name| {
            let mut found = self
                .said
                .iter()
                .filter(|said| said.name == *name && is(&said.ty));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        })
    }
}

/// Where the members of an object are.
struct Place {
    fields: Vec<FieldName>,
    wires: Vec<String>,
    holder: String,
}
