//! The Encoding Object: how a member of a form is sent, where its type alone doesn't say.

use crate::ir::{FormField, QueryStyle, Type};
use crate::load::Node;
use crate::source::SpecStr;

use super::super::{Lowering, literal};
use super::media::{self, Family, family};
use super::parameter::flag;

impl<'a> Lowering<'a> {
    /// The members of a parameter that is the whole query that have an encoding of their own.
    pub(super) fn members_of_query(&self, parameter: &'a Node, place: &str) -> Vec<FormField> {
        let content = parameter.get("content").map(Node::entries);
        let first = content.unwrap_or_default().first();
        let first = first.filter(|_| place == "querystring");
        let media = first.and_then(|entry| self.follow(&entry.value));
        media
            .map(|media| self.form_fields(media))
            .unwrap_or_default()
    }

    /// The members of a form that have an encoding of their own.
    pub(super) fn form_fields(&self, media: &'a Node) -> Vec<FormField> {
        let encodings = media.get("encoding").map(Node::entries).unwrap_or_default();
        encodings
            .iter()
            .filter_map(|entry| {
                Some(FormField {
                    wire: entry.key.clone(),
                    style: self.member_style(&entry.value)?,
                    allow_reserved: flag(&entry.value, "allowReserved"),
                })
            })
            .collect()
    }

    /// `style` and `explode` go before `contentType`, as the specification has it.
    fn member_style(&self, encoding: &'a Node) -> Option<QueryStyle> {
        let by_style = ["style", "explode", "allowReserved"];
        if by_style.iter().any(|key| encoding.get(key).is_some()) {
            // A list is repeated by `explode`, whatever the delimiter.
            return Some(self.query_style(encoding, &Type::List(Box::new(Type::String))));
        }
        let accepted = content_types(encoding);
        let first = accepted.first()?;
        (family(first.text()) == Some(Family::Json)).then_some(QueryStyle::Json)
    }
}

/// The media types that a member may have, ranges among them.
pub(super) fn content_types(encoding: &Node) -> Vec<SpecStr> {
    let listed = encoding.get("contentType").and_then(literal::text);
    let listed = listed.as_ref().map(SpecStr::text).unwrap_or_default();
    let each = listed.split(',').map(str::trim);
    each.filter(|media_type| media::is_legal(media_type))
        .map(SpecStr::new)
        .collect()
}
