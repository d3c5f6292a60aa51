//! Where facts come from: `x-source` names a page that exists, and each `x-deviation` still departs from its page.

use crate::diagnostic::Code;
use crate::load::{Node, Value};

use super::Lowering;

impl<'a> Lowering<'a> {
    /// Checks the provenance of an API that names its pages (`x-pages`); others say nothing of theirs.
    pub(super) fn check_provenance(&mut self) {
        let documents = self.documents;
        let Some(pages) = documents.entry().root.get("x-pages") else {
            return;
        };
        for document in documents.iter() {
            let mut work: Vec<&'a Node> = vec![&document.root];
            while let Some(node) = work.pop() {
                for entry in node.entries() {
                    match entry.key.text() {
                        "x-source" => self.check_source(&entry.value, pages),
                        "x-deviation" => self.check_deviations(node, &entry.value),
                        // Data, not description.
                        "example" | "examples" | "default" | "enum" | "x-pages" => {}
                        _ => work.push(&entry.value),
                    }
                }
                work.extend(node.items());
            }
        }
    }

    fn check_source(&mut self, source: &'a Node, pages: &'a Node) {
        let named = source.get("page").and_then(Node::as_str);
        if named.and_then(|page| pages.get(page)).is_none() {
            self.warn(
                Code::UnknownSource,
                source.span,
                "the source names no page of `x-pages`",
                "write `page:` with one of the pages that the entry document lists",
            );
        }
    }

    fn check_deviations(&mut self, owner: &'a Node, deviations: &'a Node) {
        for deviation in deviations.items() {
            let keyword = deviation.get("keyword").and_then(Node::as_str);
            let reason = deviation
                .get("reason")
                .and_then(Node::as_str)
                .filter(|reason| !reason.trim().is_empty());
            let (Some(keyword), Some(_)) = (keyword, reason) else {
                self.warn(
                    Code::StaleDeviation,
                    deviation.span,
                    "a deviation needs a `keyword` and a `reason`",
                    "name the keyword that differs from the page, and give the reason",
                );
                continue;
            };
            let here = at(owner, keyword).map(Node::to_json);
            let page = deviation.get("page").map(Node::to_json);
            if here == page {
                self.warn(
                    Code::StaleDeviation,
                    deviation.span,
                    format!("the deviation of `{keyword}` no longer applies: the document says what the page says"),
                    "remove the deviation, or fix it",
                );
            }
        }
    }
}

/// The value at a key of an object, or at a JSON pointer below it.
fn at<'n>(owner: &'n Node, keyword: &str) -> Option<&'n Node> {
    let Some(pointer) = keyword.strip_prefix('/') else {
        return owner.get(keyword);
    };
    pointer.split('/').try_fold(owner, |node, segment| {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        match &node.value {
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
            _ => node.get(&segment),
        }
    })
}
