//! Parameters: in the path, the query, headers and cookies, in every style.

use std::collections::HashSet;

use crate::ir::{
    Collection, CookieStyle, HeaderStyle, Literal, Location, OmittedKind, Parameter, Presence,
    QueryString, QueryStyle, Type,
};
use crate::load::{Node, NumberValue, Value};
use crate::names::{FieldName, NameRequest, Scope, Words};
use crate::source::SpecStr;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::schema::LoweredSchema;
use super::super::{Lowering, docs, json, literal};
use super::media::{Family, family};
use super::path::place_in_path;
use super::{Found, LeftOut};

/// Names that an operation's own fields and functions take.
const RESERVED: [&str; 8] = [
    "body", "new", "request", "decode", "validate", "items", "next", "success",
];

/// A parameter as the document has it.
pub(super) struct Declared<'a> {
    pub(super) node: &'a Node,
    pub(super) wire: SpecStr,
    pub(super) place: &'a str,
}

impl<'a> Lowering<'a> {
    /// Parameters of an operation and its path item, the operation's own going first where both name one.
    pub(super) fn parameters(
        &mut self,
        found: &Found<'a>,
        words: &Words,
    ) -> Result<Vec<Parameter>, LeftOut<'a>> {
        let declared = self.declared_parameters(found);
        let name_requests: Vec<NameRequest> = declared.iter().map(name_request).collect();
        let mut scope = Scope::new(&RESERVED);
        let names = scope.assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut parameters = Vec::with_capacity(declared.len());
        for (declared, name) in declared.into_iter().zip(names) {
            match self.parameter(&declared, FieldName::new(&name), words)? {
                Some(parameter) => parameters.push(parameter),
                None => {
                    let Declared { node, wire, .. } = declared;
                    self.omit(OmittedKind::Parameter, wire, node.span);
                }
            }
        }
        // Required ones first, and of these the parts of the path as the path has them.
        parameters.sort_by_cached_key(|parameter: &Parameter| {
            let is_optional = parameter.presence != Presence::Required;
            (is_optional, place_in_path(found.path.text(), parameter))
        });
        if !is_one_query(&parameters) {
            return Err(LeftOut::new(
                found.node,
                "a parameter in `querystring` is the whole query, and others are in it as well",
            ));
        }
        Ok(parameters)
    }

    fn declared_parameters(&mut self, found: &Found<'a>) -> Vec<Declared<'a>> {
        let listed = |node: &'a Node| {
            let parameters = node.get("parameters").map(Node::items);
            parameters.unwrap_or_default()
        };
        let mut seen: HashSet<(&str, String)> = HashSet::new();
        let mut declared = Vec::new();
        for reference in listed(found.node).iter().chain(listed(found.item)) {
            let named = self.follow(reference).and_then(|node| {
                let place = node.get("in").and_then(Node::as_str)?;
                Some((node, literal::text(node.get("name")?)?, place))
            });
            let Some((node, wire, place)) = named else {
                self.omit(OmittedKind::Parameter, SpecStr::new("?"), reference.span);
                continue;
            };
            // The case of a header's name doesn't count: frameworks list one as `X-Trace` and as `x-trace`.
            let key = match place {
                "header" => wire.text().to_ascii_lowercase(),
                _ => wire.text().to_owned(),
            };
            if seen.insert((place, key)) {
                declared.push(Declared { node, wire, place });
            }
        }
        declared
    }

    fn parameter(
        &mut self,
        declared: &Declared<'a>,
        name: FieldName,
        words: &Words,
    ) -> Result<Option<Parameter>, LeftOut<'a>> {
        let Declared { node, wire, place } = declared;
        let naming = Naming::operation(words.clone(), Words::of(wire.text()));
        let (schema, form) = self.described(node);
        let used = match schema {
            Some(schema) => self.schema(&SchemaSet::one(schema), self.outward(), &naming),
            None => LoweredSchema::of(Type::String),
        };
        let Some(location) = self.location(declared, form, &used.ty)? else {
            return Ok(None);
        };
        if let Some(schema) = schema {
            self.warn_nested(node, schema, location, &naming);
        }
        let required = flag(node, "required") || *place == "path";
        let mut nodes = vec![*node];
        nodes.extend(
            schema
                .filter(|schema| schema.id != node.id)
                .map(|schema| self.all_nodes(&SchemaSet::one(schema)))
                .into_iter()
                .flatten(),
        );
        let default = nodes.iter().find_map(|node| node.get("default"));
        let mut docs = self.docs(&nodes);
        docs.notes.extend(default.map(docs::default_note));
        docs.notes.extend(docs::limit_notes(&used.constraints));
        docs.notes.extend(delimiter_note(location, &used.ty));
        let constant = used.constant.filter(|constant| *constant != Literal::Null);
        let lone = nodes.iter().find_map(|node| lone_value(node));
        if constant.is_some() {
            docs.notes.extend(lone.map(only_note));
        }
        let secret = nodes.iter().any(|node| flag(node, "x-secret"));
        let ty = match used.ty {
            Type::String if secret => Type::Secret(Box::new(Type::String)),
            ty => ty,
        };
        Ok(Some(Parameter {
            name,
            wire: wire.clone(),
            location,
            presence: if required && lone.is_none_or(|lone| !matches!(lone.value, Value::Null)) {
                Presence::Required
            } else {
                Presence::Optional
            },
            default: default.and_then(|node| self.default(node, &ty)),
            constant: constant.filter(|_| required),
            may_be_empty: nodes.iter().any(|node| may_be_empty(node)),
            members: self.members_of_query(node, place),
            ty,
            constraints: used.constraints,
            reading: used.reading,
            deprecated: flag(node, "deprecated"),
            docs,
            origin: self.origin(node.span),
        }))
    }

    /// The schema of a header, and whether its `content` makes it JSON.
    pub(super) fn header_schema(&self, header: &'a Node) -> (Option<&'a Node>, bool) {
        let (schema, form) = self.described(header);
        (schema, form == Form::Json)
    }

    /// The schema of a parameter, and whether its `content` makes it JSON.
    fn described(&self, node: &'a Node) -> (Option<&'a Node>, Form) {
        if let Some(schema) = node.get("schema") {
            return (Some(schema), Form::Style);
        }
        let content = node.get("content").map(Node::entries).unwrap_or_default();
        let Some(entry) = content.first() else {
            // Written as Swagger 2.0 has it: the parameter is its own schema.
            return (node.get("type").map(|_| node), Form::Style);
        };
        let form = match family(entry.key.text()) {
            Some(Family::Json) => Form::Json,
            _ => Form::Style,
        };
        let media = self.follow(&entry.value);
        (media.and_then(|media| media.get("schema")), form)
    }

    /// Where a parameter is sent; none where other keywords decide.
    fn location(
        &mut self,
        Declared { node, wire, place }: &Declared<'a>,
        form: Form,
        ty: &Type,
    ) -> Result<Option<Location>, LeftOut<'a>> {
        let explode = node.get("explode").and_then(Node::as_bool);
        let style = node.get("style").and_then(Node::as_str);
        Ok(Some(match *place {
            "path" if flag(node, "allowReserved") => Location::ReservedPath(path_style(node, form)),
            "path" => Location::Path(path_style(node, form)),
            "querystring" => Location::QueryString(query_string(node)),
            "query" => Location::Query {
                style: match form {
                    Form::Json => QueryStyle::Json,
                    Form::Style => self.query_style(node, ty),
                },
                allow_reserved: flag(node, "allowReserved"),
            },
            "header" if is_left_to_us(wire.text()) => return Ok(None),
            "header" if !is_token(wire.text()) => {
                let why = format!("`{}` is not a name of a header", wire.text());
                if flag(node, "required") {
                    return Err(LeftOut::new(node, why));
                }
                // It was reported when documents were checked.
                return Ok(None);
            }
            "header" => Location::Header(match form {
                Form::Json => HeaderStyle::Json,
                Form::Style => HeaderStyle::Simple {
                    explode: explode == Some(true),
                },
            }),
            "cookie" => Location::Cookie(match form {
                Form::Json => CookieStyle::Json,
                Form::Style if style == Some("cookie") => CookieStyle::Plain {
                    explode: explode != Some(false),
                },
                Form::Style if flag(node, "allowReserved") => CookieStyle::ReservedForm {
                    explode: explode != Some(false),
                },
                Form::Style => CookieStyle::Form {
                    explode: explode != Some(false),
                },
            }),
            _ => {
                return Err(LeftOut::new(
                    node,
                    format!("a parameter can't be in `{place}`"),
                ));
            }
        }))
    }

    /// The style of a query parameter, or of a member of a form.
    pub(super) fn query_style(&self, node: &'a Node, ty: &Type) -> QueryStyle {
        let is_list = matches!(ty, Type::List(_));
        let explode = node.get("explode").and_then(Node::as_bool);
        let Some(style) = node.get("style").and_then(Node::as_str) else {
            return QueryStyle::Form {
                explode: explode.unwrap_or(true),
            };
        };
        match style {
            "spaceDelimited" | "pipeDelimited" if explode == Some(true) && is_list => {
                QueryStyle::Form { explode: true }
            }
            "spaceDelimited" => QueryStyle::SpaceDelimited,
            "pipeDelimited" => QueryStyle::PipeDelimited,
            "deepObject" => QueryStyle::DeepObject,
            // `form`, and others, which were reported when documents were checked.
            _ => QueryStyle::Form {
                explode: explode.unwrap_or(true),
            },
        }
    }
}

/// The text of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// By `style` and `explode`.
    Style,
    /// As JSON.
    Json,
}

/// The form of a query that is one parameter, by its media type.
fn query_string(node: &Node) -> QueryString {
    let content = node.get("content").map(Node::entries).unwrap_or_default();
    match content.first().and_then(|entry| family(entry.key.text())) {
        Some(Family::Form) => QueryString::Form,
        Some(Family::Json) => QueryString::Json,
        _ => QueryString::Text,
    }
}

/// Whether the query is of parameters, or is a parameter.
fn is_one_query(parameters: &[Parameter]) -> bool {
    let count = |is: fn(Location) -> bool| {
        let found = parameters.iter().filter(|parameter| is(parameter.location));
        found.count()
    };
    let whole = count(|location| matches!(location, Location::QueryString(_)));
    let parts = count(|location| matches!(location, Location::Query { .. }));
    whole == 0 || (whole == 1 && parts == 0)
}

fn path_style(node: &Node, form: Form) -> Collection {
    let explode = flag(node, "explode");
    match node.get("style").and_then(Node::as_str) {
        _ if form == Form::Json => Collection::Json,
        Some("label") => Collection::Label { explode },
        Some("matrix") => Collection::Matrix { explode },
        _ => Collection::Simple { explode },
    }
}

/// Whether a parameter or its schema says that it may be empty.
fn may_be_empty(node: &Node) -> bool {
    let says_zero = node
        .get("minLength")
        .and_then(Node::as_number)
        .is_some_and(|number| number.value == NumberValue::Int(0));
    says_zero
        || flag(node, "allowEmptyValue")
        || node.get("default").and_then(Node::as_str) == Some("")
}

/// The only value that a schema allows.
fn lone_value(node: &Node) -> Option<&Node> {
    let listed = node.get("enum").map(Node::items).unwrap_or_default();
    node.get("const").or(match listed {
        [only] => Some(only),
        _ => None,
    })
}

fn only_note(value: &Node) -> SpecStr {
    let text = json::line(value).text().replace('`', "'");
    SpecStr::new(format!("The only value is `{text}`."))
}

/// The characters that items can't have, since a delimiter has no escape of its own.
fn delimiter_note(location: Location, ty: &Type) -> Option<SpecStr> {
    let Type::List(item) = ty else {
        return None;
    };
    let character = match location {
        Location::Query { style, .. } => match style {
            QueryStyle::SpaceDelimited => "space",
            QueryStyle::PipeDelimited => "`|`",
            _ => return None,
        },
        Location::Header(HeaderStyle::Simple { .. }) => "comma",
        _ => return None,
    };
    matches!(**item, Type::String)
        .then(|| SpecStr::new(format!("An item can't have a {character} in it.")))
}

fn name_request(Declared { node, wire, place }: &Declared<'_>) -> NameRequest {
    if let Some(name_override) = node.get("x-rust-name").and_then(literal::text) {
        return NameRequest::overridden(&format!("{place} {}", wire.text()), name_override.text());
    }
    let mut name_request = NameRequest::of(wire.text());
    let plain = Words::of(wire.text());
    name_request
        .names
        .insert(1, plain.then(&Words::of("parameter")));
    name_request.names.insert(1, Words::of(place).then(&plain));
    name_request.text = format!("{place} {}", wire.text());
    name_request
}

/// Headers that OpenAPI leaves to other keywords, and those that HTTP sets itself: with another value of theirs a server
/// would wait for a body that does not come.
const LEFT_TO_US: [&str; 10] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether a parameter with such a name says nothing.
fn is_left_to_us(name: &str) -> bool {
    LEFT_TO_US
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a text can be the name of a header or a cookie.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

pub(super) fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}
