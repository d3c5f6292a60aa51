//! Why an operation can be waited with.

use crate::ir::{Operation, Polling, PollingBasis};

use super::{Context, Reason};

impl Context<'_> {
    /// The place that says how far something is, and who says so.
    pub(super) fn polling(&self, operation: &Operation) -> Option<Reason> {
        let polling = operation.polling.as_ref()?;
        let what = format!("`wait` repeats it: {}", said(polling));
        let (why, key) = match polling.basis {
            PollingBasis::Settings => {
                return Some(Reason {
                    what,
                    why: "`polling.operations` of `countersign.toml` says how".to_owned(),
                    at: None,
                });
            }
            PollingBasis::Extension => ("`x-polling` says how", "x-polling"),
            PollingBasis::Inferred => (
                "each value of its status is a word for going on or for an end",
                "responses",
            ),
        };
        let place = self.keyword(operation, key).map(|entry| entry.key_span);
        let place = place.unwrap_or(operation.origin.span);
        Some(self.reason(what, why.to_owned(), place))
    }
}

fn said(polling: &Polling) -> String {
    let lists = [
        ("goes on", &polling.pending),
        ("succeeds", &polling.succeeded),
        ("fails", &polling.failed),
    ];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let lists = lists.map(|(what, list)| format!("{what} with `{}`", list.join("`, `")));
    let lists: Vec<String> = lists.collect();
    format!("`{}` {}", polling.status, lists.join("; "))
}
