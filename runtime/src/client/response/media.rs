//! Media types, compared by what they are and not by their parameters.

/// The type and subtype, without parameters.
pub fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or(media).trim()
}

/// Whether a response of the one type can be read where the other is documented.
pub fn fits(found: &str, documented: &str) -> bool {
    if found == documented {
        return true;
    }
    let (found, documented) = (essence(found), essence(documented));
    found.eq_ignore_ascii_case(documented)
        || (is_json(found) && is_json(documented))
        || (is_xml(found) && is_xml(documented))
        || range_covers(documented, found)
}

/// Whether both are the same type, parameters aside.
pub(super) fn is_same(found: &str, documented: &str) -> bool {
    essence(found).eq_ignore_ascii_case(essence(documented))
}

/// Types under which servers send JSON without saying so.
pub(crate) fn may_be_json(media: &str) -> bool {
    let essence = essence(media).to_ascii_lowercase();
    is_json(&essence)
        || says_json(&essence)
        || matches!(
            essence.as_str(),
            "text/plain"
                | "text/html"
                | "text/javascript"
                | "application/javascript"
                | "application/octet-stream"
                | "binary/octet-stream"
        )
}

/// Types of no standard whose names end in JSON all the same: `application/.json`, `application/vnd.pets.json`.
fn says_json(essence: &str) -> bool {
    let before = essence.strip_suffix("json");
    before.is_some_and(|before| before.ends_with(['.', '-', '_']))
}

/// Types whose bodies are text, but for pages.
pub(super) fn is_textual(media: &str) -> bool {
    let essence = essence(media).to_ascii_lowercase();
    let is_text = essence.starts_with("text/") && essence != "text/html";
    is_text
        || is_json(&essence)
        || is_xml(&essence)
        || matches!(
            essence.as_str(),
            "application/yaml"
                | "application/x-yaml"
                | "application/toml"
                | "application/javascript"
                | "application/octet-stream"
        )
}

/// Pages, and what servers say that know no better.
pub(super) fn is_html(media: &str) -> bool {
    essence(media).eq_ignore_ascii_case("text/html")
}

/// Types under which servers send a text without JSON's quotes.
pub(super) fn may_be_bare_text(media: &str) -> bool {
    let essence = essence(media);
    essence.eq_ignore_ascii_case("text/plain") || essence.eq_ignore_ascii_case("text/html")
}

/// JSON and its kin: servers put `application/problem+json` where `application/json` is documented, and back.
pub(crate) fn is_json(essence: &str) -> bool {
    let essence = essence.to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "application/json" | "application/x-json" | "text/json" | "text/x-json"
    ) || essence.ends_with("+json")
}

/// The two names of XML.
pub(super) fn is_xml(essence: &str) -> bool {
    essence.eq_ignore_ascii_case("application/xml") || essence.eq_ignore_ascii_case("text/xml")
}

/// `*/*` and `text/*`.
fn range_covers(range: &str, media: &str) -> bool {
    let Some(kind) = range.strip_suffix("/*") else {
        return false;
    };
    kind == "*"
        || media
            .split('/')
            .next()
            .is_some_and(|found| found.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_and_kin_make_no_difference() {
        for (found, documented, fit) in [
            (
                "application/json",
                "application/json; api-version=1.0",
                true,
            ),
            ("Application/JSON;charset=utf-8", "application/json", true),
            ("application/problem+json", "application/json", true),
            (
                "application/json",
                "application/vnd.appgate.peer-v22+json",
                true,
            ),
            ("text/html", "application/json", false),
            ("text/plain", "text/*", true),
            ("image/png", "*/*", true),
            ("application/jsonp", "application/json", false),
            ("text/xml", "application/xml", true),
            ("text/json", "application/json", true),
            ("image/svg+xml", "application/xml", false),
        ] {
            assert_eq!(fits(found, documented), fit, "{found} for {documented}");
        }
    }

    #[test]
    fn json_comes_under_names_that_say_so() {
        for (media, may_be) in [
            ("application/.json; charset=utf-8", true),
            ("application/vnd.pets.JSON", true),
            ("application/hal-json", true),
            ("text/plain", true),
            ("application/json-seq", false),
            ("application/jsonp", false),
            ("application/geojsonl", false),
            ("application/bson", false),
            ("application/xml", false),
        ] {
            assert_eq!(may_be_json(media), may_be, "{media}");
        }
    }
}
