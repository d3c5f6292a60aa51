//! Why an operation is a list in pages.

use crate::describe;
use crate::ir::{
    NextCursor, Operation, Paging, PagingBasis, PagingStyle, Parameter, Payload, Type, Unpaged,
    UnpagedReason,
};
use crate::names::FieldName;
use crate::source::Span;

use super::{Context, Reason};

impl Context<'_> {
    /// The paging of an operation, and who says so: for what is inferred, the parameters and the members that agree.
    pub(super) fn paging(&self, operation: &Operation, reasons: &mut Vec<Reason>) {
        let Some(paging) = &operation.paging else {
            reasons.extend(
                operation
                    .unpaged
                    .as_ref()
                    .and_then(|unpaged| self.unpaged(operation, unpaged)),
            );
            return;
        };
        let (style, item) = (
            describe::paged(&paging.style),
            describe::shown(self.api, &paging.item),
        );
        let what = format!("pages by {style}, of `{item}`");
        let key = match paging.basis {
            PagingBasis::Inferred => {
                let asked = self.asked(operation, paging);
                reasons.push(Reason { what, ..asked });
                reasons.extend(self.answered(operation, paging));
                return;
            }
            PagingBasis::Settings => {
                let why = "`paging.operations` of `countersign.toml` says how".to_owned();
                reasons.push(Reason {
                    what,
                    why,
                    at: None,
                });
                return;
            }
            PagingBasis::Extension(key) => key,
        };
        let place = self.keyword(operation, key).map(|entry| entry.key_span);
        let place = place.unwrap_or(operation.origin.span);
        reasons.push(self.reason(what, format!("`{key}` says how"), place));
    }

    /// Why an operation that asks for a page has none.
    fn unpaged(&self, operation: &Operation, unpaged: &Unpaged) -> Option<Reason> {
        let parameters = unpaged.asked.iter();
        let parameters = parameters.filter_map(|at| operation.parameters.get(*at));
        let parameters: Vec<&Parameter> = parameters.collect();
        let verb = if parameters.len() == 1 { "asks" } else { "ask" };
        let why = match unpaged.why {
            UnpagedReason::NoList => {
                "for a page, but the answer has no list that is certainly its items"
            }
            UnpagedReason::TwoWays => "for a page in two ways, and nothing says which one is meant",
            UnpagedReason::NoEnd => {
                "for a page, but nothing says how many items a page has or when there are no more"
            }
            UnpagedReason::NoFirst => "for a page, but nothing says whether it begins at 0 or at 1",
            UnpagedReason::NoNext => "for a page, but no member of the answer names the next one",
            UnpagedReason::SizeAlone => {
                "for a number of items, and nothing asks for those that follow"
            }
        };
        let names: Vec<String> = parameters
            .iter()
            .map(|parameter| format!("`{}`", parameter.wire.text()))
            .collect();
        let why = format!(
            "{} {verb} {why}; `paging.operations` can say how",
            names.join(" and ")
        );
        let first = parameters.first()?;
        Some(self.reason("no pages", why, first.origin.span))
    }

    /// The parameters that ask for a page.
    fn asked(&self, operation: &Operation, paging: &Paging) -> Reason {
        let asked: Vec<usize> = match &paging.style {
            PagingStyle::Offset { offset, limit, .. } => {
                [*offset].into_iter().chain(*limit).collect()
            }
            PagingStyle::Page { page, size, .. } => [*page].into_iter().chain(*size).collect(),
            PagingStyle::Range { range } => vec![*range],
            PagingStyle::Cursor { cursor, .. } => vec![*cursor],
            PagingStyle::Link { .. } | PagingStyle::LinkHeader => Vec::new(),
        };
        let parameters = asked.iter().filter_map(|at| operation.parameters.get(*at));
        let parameters: Vec<&Parameter> = parameters.collect();
        let names: Vec<String> = parameters
            .iter()
            .map(|parameter| format!("`{}`", parameter.wire.text()))
            .collect();
        match parameters.first() {
            Some(first) => {
                let verb = if names.len() == 1 { "asks" } else { "ask" };
                let why = format!("{} {verb} for a page", names.join(" and "));
                self.reason("", why, first.origin.span)
            }
            None => {
                let why = "an answer says where the next page is";
                self.reason("", why, operation.origin.span)
            }
        }
    }

    /// The members of an answer that go with them.
    fn answered(&self, operation: &Operation, paging: &Paging) -> Vec<Reason> {
        let success = operation.responses.success.first();
        let Some((success, Payload::Json(body))) = success.map(|of| (of, &of.payload)) else {
            return Vec::new();
        };
        let member = |from: &Type, fields: &[FieldName]| -> Option<(String, Span)> {
            let fields = self.api.types.along(from, fields)?;
            let wires: Vec<&str> = fields.iter().map(|field| field.wire.text()).collect();
            Some((wires.join("."), fields.last()?.origin.span))
        };
        let mut reasons = Vec::new();
        reasons.push(match member(body, &paging.items) {
            Some((name, place)) => {
                let why = "it is the one list of an answer that can be";
                self.reason(format!("items in `{name}`"), why, place)
            }
            None => {
                let why = "an answer is a list";
                self.reason("items", why, success.origin.span)
            }
        });
        let mut say = |found: Option<(String, Span)>, why: &str| {
            let Some((name, place)) = found else { return };
            reasons.push(self.reason(format!("goes on by `{name}`"), why, place));
        };
        match &paging.style {
            PagingStyle::Cursor { next, .. } => match next {
                NextCursor::Body(next) => say(member(body, next), "it names the next page"),
                NextCursor::LastItem(id) => {
                    let id = std::slice::from_ref(id);
                    say(
                        member(&paging.item, id),
                        "that of the last item names the next page",
                    );
                }
            },
            PagingStyle::Link { next } => say(member(body, next), "it is the URL of the next page"),
            PagingStyle::LinkHeader => {
                let mut headers = success.headers.iter();
                let link = headers.find(|header| header.wire.text().eq_ignore_ascii_case("link"));
                let link = link.map(|link| (link.wire.text().to_owned(), link.origin.span));
                say(
                    link,
                    "the header is documented, and RFC 8288 says what is in it",
                );
            }
            _ => {}
        }
        let end = &paging.end;
        let counts = [
            (&end.total, "it is the number of all items"),
            (&end.pages, "it is the number of all pages"),
        ];
        let mut ends = |fields: &[FieldName], why: &str| {
            if let Some((name, place)) = member(body, fields) {
                reasons.push(self.reason(format!("ends by `{name}`"), why, place));
            }
        };
        for (fields, why) in counts {
            if let Some(fields) = fields {
                ends(fields, why);
            }
        }
        if let Some(more) = &end.more {
            let why = match more.says_last {
                true => "it says that a page is the last",
                false => "it says whether there are more",
            };
            ends(&more.fields, why);
        }
        reasons
    }
}
