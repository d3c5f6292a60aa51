//! Paging as extensions of other tools declare it.

use crate::ir::{Operation, PagingBasis};
use crate::load::{Node, Value};

use super::super::super::Lowering;
use super::super::field_path::Misfit;
use super::answer;
use super::declared::Declaration;

const MS: &str = "x-ms-pageable";
const SPEAKEASY: &str = "x-speakeasy-pagination";
const FERN: &str = "x-fern-pagination";

/// The declaration of an extension; none where it says that there is one page only.
type Said<'d> = Result<Option<Declaration<'d>>, Misfit>;

impl<'a> Lowering<'a> {
    /// The declaration of another tool, and its key.
    pub(super) fn vendor_declaration(
        &self,
        node: &'a Node,
        operation: &Operation,
    ) -> Option<(&'static str, Said<'a>)> {
        let said = |key| node.get(key).map(|node| (key, node));
        let (key, found) = said(MS)
            .or_else(|| said(SPEAKEASY))
            .or_else(|| said(FERN))?;
        let said = match key {
            MS => self.ms(found, operation),
            SPEAKEASY => speakeasy(found),
            _ => self.fern(found),
        };
        Some((key, said))
    }

    /// `nextLinkName` and `itemName`, which have defaults.
    fn ms(&self, node: &'a Node, operation: &Operation) -> Said<'a> {
        let next = match node.get("nextLinkName") {
            Some(name) if matches!(name.value, Value::Null) => return Ok(None),
            Some(name) => name
                .as_str()
                .ok_or_else(|| misfit(name, "`nextLinkName` is not a string"))?,
            None => "nextLink",
        };
        let items = node
            .get("itemName")
            .and_then(Node::as_str)
            .unwrap_or("value");
        let pointer = |name: &str| {
            let whole = format!("/{name}");
            let is_there = |pointer: &str| {
                answer::body(operation).is_some_and(|body| self.field_path(body, pointer).is_some())
            };
            match is_there(&whole) {
                true => whole,
                false => format!("/{}", name.replace('.', "/")),
            }
        };
        let mut said = Declaration::new(PagingBasis::Extension(MS), node.span);
        said.set("style", "link", None);
        said.set("next", pointer(next), None);
        said.set("items", pointer(items), None);
        Ok(Some(said))
    }

    /// Its own members, or those of the document where it says `true`.
    fn fern(&self, node: &'a Node) -> Said<'a> {
        let root = &self.documents.entry().root;
        let said = match node.as_bool() {
            Some(false) => return Ok(None),
            Some(true) => root
                .get(FERN)
                .ok_or_else(|| misfit(node, "the document has none that it could mean"))?,
            None => node,
        };
        let text = |keys: &[&str]| {
            keys.iter()
                .find_map(|key| said.get(key))
                .and_then(Node::as_str)
        };
        let of_request = |value: &str| {
            let name = value
                .strip_prefix("$request.")
                .map(|name| name.strip_prefix("query.").unwrap_or(name));
            name.filter(|name| !name.starts_with("body"))
                .map(str::to_owned)
                .ok_or_else(|| misfit(node, &format!("`{value}` is not a parameter")))
        };
        let of_response = |value: &str| {
            let rest = value.strip_prefix("$response");
            rest.and_then(members)
                .ok_or_else(|| misfit(node, &format!("`{value}` is not a member of the answer")))
        };
        let mut found = Declaration::new(PagingBasis::Extension(FERN), node.span);
        match text(&["results"]) {
            Some(results) => found.set("items", of_response(results)?, None),
            None => found.finds_items = true,
        }
        if let Some(more) = text(&["has-next-page", "has_next_page"]) {
            found.set("more", of_response(more)?, None);
        }
        if let Some((cursor, next)) = text(&["cursor"]).zip(text(&["next_cursor", "next-cursor"])) {
            found.set("style", "cursor", None);
            found.set("cursor", of_request(cursor)?, None);
            found.set("next", of_response(next)?, None);
        } else if let Some(next) = text(&["next_uri", "next-uri", "next_path", "next-path"]) {
            found.set("style", "link", None);
            found.set("next", of_response(next)?, None);
        } else if let Some(offset) = text(&["offset"]) {
            // Without a step the number goes up by one.
            match text(&["step"]) {
                Some(step) => {
                    found.set("style", "offset", None);
                    found.set("offset", of_request(offset)?, None);
                    found.set("limit", of_request(step)?, None);
                }
                None => {
                    found.set("style", "page", None);
                    found.set("page", of_request(offset)?, None);
                }
            }
        } else {
            return Err(misfit(
                node,
                "it has neither `cursor` and `next_cursor`, nor `offset`, nor `next_uri`",
            ));
        }
        Ok(Some(found))
    }
}

/// `type`, `inputs` and `outputs`.
fn speakeasy(node: &Node) -> Said<'_> {
    let mut said = Declaration::new(PagingBasis::Extension(SPEAKEASY), node.span);
    let mut input = None;
    for given in node.get("inputs").map(Node::items).unwrap_or_default() {
        let text = |key| given.get(key).and_then(Node::as_str).unwrap_or_default();
        if text("in") != "parameters" {
            return Err(misfit(given, "an input is not a parameter"));
        }
        let key = match text("type") {
            "limit" => "limit",
            "page" => "page",
            "offset" => "offset",
            "cursor" => "cursor",
            _ => return Err(misfit(given, "the `type` of an input is not known")),
        };
        if key != "limit" {
            input = Some(key);
        }
        said.set(key, text("name"), Some(given.span));
    }
    let outputs = node.get("outputs");
    let output = |key: &str| {
        let found = outputs.and_then(|outputs| outputs.get(key))?;
        Some((found, found.as_str().unwrap_or_default()))
    };
    let pointer = |(node, path): (&Node, &str)| {
        let found = path.strip_prefix('$').and_then(members);
        found.ok_or_else(|| misfit(node, &format!("`{path}` is not a way to one member")))
    };
    match output("results") {
        Some(results) => said.set("items", pointer(results)?, None),
        None => said.finds_items = true,
    }
    if let Some(pages) = output("numPages") {
        said.set("pages", pointer(pages)?, None);
    }
    let style = match (node.get("type").and_then(Node::as_str), input) {
        (Some("offsetLimit"), Some(input @ ("page" | "offset"))) => input,
        (Some("cursor"), Some("cursor")) => {
            let next =
                output("nextCursor").ok_or_else(|| misfit(node, "it has no `nextCursor`"))?;
            match next.1.split_once("[-1].") {
                Some((list, field))
                    if output("results")
                        .is_none_or(|(_, results)| results.trim_end_matches("[*]") == list) =>
                {
                    said.set("last-item", field, None);
                }
                _ => said.set("next", pointer(next)?, None),
            }
            "cursor"
        }
        (Some("url"), _) => {
            let next = output("nextUrl").ok_or_else(|| misfit(node, "it has no `nextUrl`"))?;
            said.set("next", pointer(next)?, None);
            "link"
        }
        _ => return Err(misfit(node, "its `type` does not go with its inputs")),
    };
    said.set("style", style, None);
    Ok(Some(said))
}

fn misfit(node: &Node, what: &str) -> Misfit {
    Misfit {
        span: node.span,
        what: what.to_owned(),
    }
}

/// The rest of a JSONPath that leads along members, as a JSON pointer: `.a.b`, `['a'].b`, and `[*]` at its end.
fn members(path: &str) -> Option<String> {
    let mut rest = path.strip_suffix("[*]").unwrap_or(path);
    let mut pointer = String::new();
    while !rest.is_empty() {
        let name;
        (name, rest) = match rest.strip_prefix('.') {
            Some(after) => {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                after.split_at(end)
            }
            None => {
                let inner = rest.strip_prefix('[')?;
                let quote = inner
                    .chars()
                    .next()
                    .filter(|quote| ['\'', '"'].contains(quote))?;
                let inner = inner.strip_prefix(quote)?;
                let (name, after) = inner.split_once(quote)?;
                (name, after.strip_prefix(']')?)
            }
        };
        if name.is_empty() || name.contains(['*', '?', '(', '#']) {
            return None;
        }
        pointer.push('/');
        pointer.push_str(name);
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use super::members;

    #[test]
    fn paths_lead_along_members() {
        for (path, pointer) in [
            ("", Some("")),
            (".data", Some("/data")),
            (".data.items[*]", Some("/data/items")),
            ("['@odata.nextLink']", Some("/@odata.nextLink")),
            (".a[\"b\"].c", Some("/a/b/c")),
            (".a[0]", None),
            (".a[-1].id", None),
            ("..a", None),
            (".*", None),
            ("a", None),
        ] {
            assert_eq!(members(path).as_deref(), pointer, "{path}");
        }
    }
}
