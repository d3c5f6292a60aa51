//! The words of a server about a failure, whatever the shape of its body.

use serde_json::{Map, Value};

use super::Failed;

/// The words of a server about a failure: problem details of RFC 9457, or the members that frameworks and vendors use
/// in their place.
///
/// It is read from the body as it came, so it is there for documented and for undocumented failures alike. Whatever is
/// not found is absent. Texts are without the secrets that the call carried, and bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The URI of the kind of problem: `type`.
    pub kind: Option<String>,
    /// A short code: `code`, `error`, `errorCode`, `reason`.
    pub code: Option<String>,
    /// The kind of problem in words: `title`.
    pub title: Option<String>,
    /// This occurrence in words: `detail`, `message`, `error_description` and the like.
    pub detail: Option<String>,
    /// The URI of this occurrence: `instance`.
    pub instance: Option<String>,
    /// The problems of single parts of the request.
    pub fields: Vec<FieldProblem>,
}

/// The problem of a part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The name, path or JSON pointer of the part, as the server writes it; parts of a path are joined by dots.
    pub field: String,
    /// The problem in words.
    pub message: String,
}

impl Problem {
    /// The words for a person: the detail, else the title, else the first field's message.
    pub fn message(&self) -> Option<&str> {
        let own = self.detail.as_deref().or(self.title.as_deref());
        own.or_else(|| self.fields.first().map(|field| field.message.as_str()))
    }

    /// Reads the body of a failure; none if it is not a JSON object or list, or says nothing.
    pub(super) fn of(failed: &Failed) -> Option<Self> {
        let body: Value = serde_json::from_slice(failed.body()).ok()?;
        let mut problem = Self::default();
        problem.read(&body, 0);
        (problem != Self::default()).then(|| problem.shown(failed))
    }

    fn read(&mut self, body: &Value, depth: usize) {
        match body {
            Value::Object(members) => self.members(members, depth),
            Value::Array(items) => self.list(items),
            _ => {}
        }
    }

    fn members(&mut self, members: &Map<String, Value>, depth: usize) {
        let text = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| members.get(*name));
            found.find_map(text)
        };
        fill(
            &mut self.kind,
            text(&["type"]).filter(|kind| kind.contains(':')),
        );
        fill(&mut self.instance, text(&["instance"]));
        fill(&mut self.title, text(&["title"]));
        fill(&mut self.detail, text(&DETAILS));
        fill(&mut self.code, text(&CODES));
        // An object of its own below `error`, as many vendors have it.
        for name in ["error", "fault", "problem"] {
            if let Some(inner @ Value::Object(_)) = members.get(name).filter(|_| depth == 0) {
                self.read(inner, 1);
            }
        }
        for name in FIELDS {
            match members.get(name) {
                Some(Value::Array(items)) => self.list(items),
                Some(Value::Object(fields)) => self.by_field(fields),
                _ => {}
            }
        }
        // Members are fields where nothing else is said: `{"name": ["This field is required."]}`.
        let are_lists = |value: &Value| match value {
            Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_string),
            _ => false,
        };
        if depth == 0 && *self == Self::default() && members.values().all(are_lists) {
            self.by_field(members);
        }
    }

    /// A list of problems: each with its field, or just words.
    fn list(&mut self, items: &[Value]) {
        for item in items {
            let Value::Object(members) = item else {
                fill(&mut self.detail, text(item));
                continue;
            };
            let message = DETAILS.iter().chain(&["title", "description"]);
            let message = message.filter_map(|name| members.get(*name)).find_map(text);
            let field = PLACES
                .iter()
                .filter_map(|name| members.get(*name))
                .find_map(place);
            match (field, message) {
                (Some(field), Some(message)) => self.fields.push(FieldProblem { field, message }),
                (None, message) => fill(&mut self.detail, message),
                (Some(_), None) => {}
            }
            let code = CODES.iter().filter_map(|name| members.get(*name));
            fill(&mut self.code, code.into_iter().find_map(text));
        }
    }

    /// Messages by the name of the field: one text, or a list of them.
    fn by_field(&mut self, fields: &Map<String, Value>) {
        for (field, said) in fields {
            let messages = match said {
                Value::Array(items) => items.iter().filter_map(text).collect(),
                said => Vec::from_iter(text(said)),
            };
            self.fields
                .extend(messages.into_iter().map(|message| FieldProblem {
                    field: field.clone(),
                    message,
                }));
        }
    }

    /// The same, fit to be shown.
    fn shown(mut self, failed: &Failed) -> Self {
        self.fields.truncate(MOST_FIELDS);
        let own = [
            &mut self.kind,
            &mut self.code,
            &mut self.title,
            &mut self.detail,
            &mut self.instance,
        ];
        let of_fields = self.fields.iter_mut();
        let of_fields = of_fields.flat_map(|field| [&mut field.field, &mut field.message]);
        for text in own.into_iter().flatten().chain(of_fields) {
            *text = failed.redact(text);
        }
        self
    }
}

/// The number of fields that are kept.
const MOST_FIELDS: usize = 64;

/// Members that say what went wrong, the most telling first.
const DETAILS: [&str; 9] = [
    "detail",
    "message",
    "msg",
    "error_description",
    "errorMessage",
    "error_message",
    "defaultMessage",
    "description",
    "error",
];

/// Members that hold a code.
const CODES: [&str; 5] = ["code", "errorCode", "error_code", "reason", "error"];

/// Members that hold the problems of fields.
const FIELDS: [&str; 9] = [
    "errors",
    "_errors",
    "detail",
    "details",
    "fields",
    "violations",
    "fieldErrors",
    "field_errors",
    "invalid-params",
];

/// Members that name the field of a problem.
const PLACES: [&str; 10] = [
    "loc",
    "field",
    "path",
    "instancePath",
    "pointer",
    "propertyPath",
    "property",
    "name",
    "param",
    "source",
];

fn fill(slot: &mut Option<String>, text: Option<String>) {
    if slot.is_none() {
        *slot = text;
    }
}

/// A text that says something, or a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The place of a problem: a text, the parts of a path, or an object with one of these.
fn place(value: &Value) -> Option<String> {
    match value {
        Value::Array(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(text).collect();
            parts
                .filter(|parts| !parts.is_empty())
                .map(|parts| parts.join("."))
        }
        Value::Object(members) => {
            let known = ["pointer", "parameter", "header"];
            known
                .iter()
                .filter_map(|name| members.get(*name))
                .find_map(text)
        }
        value => text(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Problem {
        let body: Value = serde_json::from_str(body).expect("JSON");
        let mut problem = Problem::default();
        problem.read(&body, 0);
        problem
    }

    fn fields(problem: &Problem) -> Vec<(&str, &str)> {
        let fields = problem.fields.iter();
        fields
            .map(|field| (field.field.as_str(), field.message.as_str()))
            .collect()
    }

    #[test]
    fn problem_details_are_read() {
        let problem = read(
            r#"{"type": "https://example.com/out-of-credit", "title": "No credit.", "status": 403,
                "detail": "Your balance is 30.", "instance": "/account/1", "balance": 30}"#,
        );
        assert_eq!(
            problem.kind.as_deref(),
            Some("https://example.com/out-of-credit")
        );
        assert_eq!(problem.message(), Some("Your balance is 30."));
        assert_eq!(problem.title.as_deref(), Some("No credit."));
        assert_eq!(problem.instance.as_deref(), Some("/account/1"));
        assert_eq!(problem.code, None);
    }

    #[test]
    fn fields_are_found_in_the_shapes_of_frameworks() {
        for (body, expected) in [
            // FastAPI
            (
                r#"{"detail": [{"loc": ["body", "items", 0, "name"], "msg": "Field required", "type": "missing"}]}"#,
                vec![("body.items.0.name", "Field required")],
            ),
            // ASP.NET
            (
                r#"{"title": "One or more errors.", "status": 400, "errors": {"Name": ["Too long.", "Odd."]}}"#,
                vec![("Name", "Too long."), ("Name", "Odd.")],
            ),
            // Django REST framework
            (
                r#"{"name": ["This field is required."], "tags": ["Not a list."]}"#,
                vec![("name", "This field is required."), ("tags", "Not a list.")],
            ),
            // Spring
            (
                r#"{"errors": [{"field": "name", "defaultMessage": "must not be blank", "code": "NotBlank"}]}"#,
                vec![("name", "must not be blank")],
            ),
            // JSON:API
            (
                r#"{"errors": [{"source": {"pointer": "/data/name"}, "title": "Invalid", "detail": "Too short."}]}"#,
                vec![("/data/name", "Too short.")],
            ),
        ] {
            assert_eq!(fields(&read(body)), expected, "{body}");
        }
    }

    #[test]
    fn words_are_found_in_the_shapes_of_vendors() {
        for (body, code, message) in [
            (
                r#"{"error": "invalid_grant", "error_description": "Expired."}"#,
                Some("invalid_grant"),
                "Expired.",
            ),
            (
                r#"{"error": {"code": 404, "message": "Not there.", "status": "NOT_FOUND"}}"#,
                Some("404"),
                "Not there.",
            ),
            (
                r#"{"message": "Bad credentials", "documentation_url": "https://example.com"}"#,
                None,
                "Bad credentials",
            ),
            (
                r#"{"errors": [{"message": "Rate limited", "code": 88}]}"#,
                Some("88"),
                "Rate limited",
            ),
            (
                r#"{"_errors": [{"code": "E006", "message": "Name Not Unique"}], "_request_id": "1"}"#,
                Some("E006"),
                "Name Not Unique",
            ),
            (r#"{"errors": ["Name is taken"]}"#, None, "Name is taken"),
            (r#"{"detail": "Not found."}"#, None, "Not found."),
        ] {
            let problem = read(body);
            assert_eq!(problem.code.as_deref(), code, "{body}");
            assert_eq!(problem.message(), Some(message), "{body}");
        }
    }

    #[test]
    fn other_bodies_say_nothing() {
        for body in [
            r#"{"pets": [{"id": 1}]}"#,
            "[]",
            "7",
            r#"{"ok": false}"#,
            "null",
        ] {
            assert_eq!(read(body), Problem::default(), "{body}");
        }
    }
}
