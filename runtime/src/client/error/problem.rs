//! The words of a server about a failure, whatever the shape of its body.

use serde_json::{Map, Value};

use super::Failed;
use super::words::{
    DEEPEST, DETAILS, FIELDS, PLACES, code, fill, is_said, member, place, plain_text, text,
};

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
    /// The name, path or JSON pointer of the part, as the server writes it; parts of a path are joined by dots. Empty
    /// where the server names none.
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

    /// Reads the body of a failure; none if it says nothing, or is not JSON or plain text.
    pub(super) fn of(failed: &Failed) -> Option<Self> {
        let mut problem = Self::default();
        match serde_json::from_slice(failed.body()) {
            Ok(body) => problem.read(&body, 0),
            Err(_) => problem.detail = plain_text(failed),
        }
        (problem != Self::default()).then(|| problem.shown(failed))
    }

    fn read(&mut self, body: &Value, depth: usize) {
        match body {
            Value::Object(members) => self.members(members, depth),
            Value::Array(items) => self.list(items),
            said @ Value::String(_) => fill(&mut self.detail, text(said)),
            _ => {}
        }
    }

    fn members(&mut self, members: &Map<String, Value>, depth: usize) {
        let text = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| member(members, name));
            found.find_map(text)
        };
        fill(
            &mut self.kind,
            text(&["type"]).filter(|kind| kind.contains(':')),
        );
        fill(&mut self.instance, text(&["instance"]));
        fill(&mut self.title, text(&["title"]));
        fill(&mut self.detail, text(&DETAILS));
        fill(&mut self.code, code(members));
        // An object of its own below `error`, as many vendors have it.
        for name in ["error", "fault", "problem", "data"] {
            if let Some(inner @ Value::Object(_)) = member(members, name).filter(|_| depth == 0) {
                self.read(inner, 1);
                let class = text(&["name"]).filter(|name| name.ends_with("Error"));
                fill(&mut self.code, class);
            }
        }
        for name in FIELDS {
            match member(members, name) {
                Some(Value::Array(items)) => self.list(items),
                Some(Value::Object(fields)) => self.by_field("", fields, 0),
                _ => {}
            }
        }
        // Members are fields where nothing else is said: `{"name": ["This field is required."]}`.
        if depth == 0 && *self == Self::default() && members.values().all(|said| is_said(said, 0)) {
            self.by_field("", members, 0);
        }
    }

    /// A list of problems: each with its field, or just words.
    fn list(&mut self, items: &[Value]) {
        for (at, item) in items.iter().enumerate() {
            let Value::Object(members) = item else {
                fill(&mut self.detail, text(item));
                continue;
            };
            if is_said(item, 0) {
                self.by_field(&at.to_string(), members, 1);
                continue;
            }
            let message = DETAILS.iter().chain(&["title", "description"]);
            let message = message
                .filter_map(|name| member(members, name))
                .find_map(text);
            let field = PLACES
                .iter()
                .filter_map(|name| member(members, name))
                .find_map(place);
            match (field, message) {
                (Some(field), Some(message)) => self.fields.push(FieldProblem { field, message }),
                (None, Some(message)) if self.detail.is_some() => {
                    if self.detail.as_ref() != Some(&message) {
                        let field = String::new();
                        self.fields.push(FieldProblem { field, message });
                    }
                }
                (None, message) => fill(&mut self.detail, message),
                (Some(_), None) => {}
            }
            fill(&mut self.code, code(members));
        }
    }

    /// Messages by the name of the field: one text, a list of them, or those of the fields within it.
    fn by_field(&mut self, around: &str, fields: &Map<String, Value>, depth: usize) {
        for (field, said) in fields {
            let field = match around {
                "" => field.clone(),
                around => format!("{around}.{field}"),
            };
            let messages = match said {
                Value::Object(within) if depth < DEEPEST => {
                    self.by_field(&field, within, depth.saturating_add(1));
                    continue;
                }
                Value::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        if let Value::Object(within) = item
                            && depth < DEEPEST
                        {
                            self.by_field(
                                &format!("{field}.{at}"),
                                within,
                                depth.saturating_add(1),
                            );
                        }
                    }
                    items.iter().filter_map(text).collect()
                }
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
            // marshmallow, in Flask-AppBuilder and in flask-smorest
            (
                r#"{"message": {"slug": ["Must be unique"]}}"#,
                vec![("slug", "Must be unique")],
            ),
            (
                r#"{"price": {"amount": ["Not a number."]}, "tags": [{}, {"name": ["Too long."]}]}"#,
                vec![
                    ("price.amount", "Not a number."),
                    ("tags.1.name", "Too long."),
                ],
            ),
            (
                r#"[{}, {"name": ["Too long."]}]"#,
                vec![("1.name", "Too long.")],
            ),
            (
                r#"{"issues": [{"path": ["lvl", 0], "message": "Odd"}], "name": "ZodError"}"#,
                vec![("lvl.0", "Odd")],
            ),
            (
                r#"{"code": 422, "errors": {"json": {"tags": {"0": ["Not a text."]}}}}"#,
                vec![("json.tags.0", "Not a text.")],
            ),
            // A list that only says more
            (
                r#"{"message": "See `details`.", "details": [{"message": "Too short."}, {"message": "See `details`."}]}"#,
                vec![("", "Too short.")],
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
            (
                r#"{"Message": "Bad file", "Details": "A boolean is expected", "HttpStatus": 400}"#,
                None,
                "Bad file",
            ),
            (
                r#"{"name": "NotFoundError", "data": {"message": "No such session"}}"#,
                Some("NotFoundError"),
                "No such session",
            ),
            (
                r#"{"error": "Database not found."}"#,
                None,
                "Database not found.",
            ),
            (r#""Invalid URL""#, None, "Invalid URL"),
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
