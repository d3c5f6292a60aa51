//! Path templates: every `{name}` has a parameter, every path parameter a place.

use crate::diagnostic::Code;
use crate::ir::{
    Collection, Constraints, Docs, Location, Parameter, PathSegment, Presence, Reading, Type,
};
use crate::names::{FieldName, NameRequest, Scope, Words};
use crate::source::SpecStr;

use super::super::Lowering;
use super::{Found, LeftOut, query, wildcard};

/// Where an operation is sent, and the parameters that have their places there or elsewhere.
pub(super) struct Route {
    pub(super) path: SpecStr,
    pub(super) segments: Vec<PathSegment>,
    pub(super) parameters: Vec<Parameter>,
}

impl<'a> Lowering<'a> {
    /// Cuts the path at its parameters and completes those that the document doesn't declare.
    pub(super) fn path(
        &mut self,
        found: &Found<'a>,
        parameters: Vec<Parameter>,
    ) -> Result<Route, LeftOut<'a>> {
        // A fragment is never sent: authors use it to list one path several times.
        let text = found.path.text().split('#').next().unwrap_or_default();
        let text = query::written_out(text);
        let is_declared = |name: &str| {
            parameters
                .iter()
                .any(|parameter| is_path(parameter) && parameter.wire.text() == name)
        };
        let text = wildcard::plain(&text, is_declared);
        let (text, query) = text.split_once('?').unwrap_or((&text, ""));
        if !text.starts_with('/') || text.contains('\\') || text.chars().any(char::is_control) {
            return Err(LeftOut::new(
                found.node,
                "its path can't be part of a URL: it must begin with `/`",
            ));
        }
        if text.split('/').any(is_dot_segment) {
            return Err(LeftOut::new(
                found.node,
                "its path has a dot segment, which no URL keeps",
            ));
        }
        let Some(pieces) = cut(text) else {
            return Err(LeftOut::new(
                found.node,
                "the braces of its path do not match",
            ));
        };
        let names: Vec<&str> = pieces.iter().filter_map(Piece::name).collect();
        let (query, parameters) = self.query_of_path(found, query, &names, parameters)?;
        let mut parameters = self.drop_placeless(found, parameters, &names);
        for name in &names {
            let name = *name;
            if !parameters
                .iter()
                .any(|parameter| is_path(parameter) && parameter.wire.text() == name)
            {
                let place = Location::Path(Collection::Simple { explode: false });
                let added = self.undeclared(found, name, place, &parameters);
                parameters.insert(0, added);
            }
        }
        repeat(&pieces, &mut parameters);
        let segments = pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece {
                Piece::Text(text) => Some(PathSegment::Text(SpecStr::new(*text))),
                Piece::Name(name) => parameters
                    .iter()
                    .enumerate()
                    .filter(|(_, parameter)| is_path(parameter) && parameter.wire.text() == *name)
                    .nth(times(&pieces[..at], name))
                    .map(|(position, _)| PathSegment::Parameter(position)),
            });
        let mut segments: Vec<PathSegment> = segments.collect();
        let mut path = text.to_owned();
        if !query.is_empty() {
            let query = format!("?{query}");
            path.push_str(&query);
            segments.push(PathSegment::Text(SpecStr::new(query)));
        }
        Ok(Route {
            path: SpecStr::new(path),
            segments,
            parameters,
        })
    }

    /// A parameter that only the path tells of.
    pub(super) fn undeclared(
        &mut self,
        found: &Found<'a>,
        name: &str,
        location: Location,
        parameters: &[Parameter],
    ) -> Parameter {
        let place = match location {
            Location::Path(_) => "path",
            _ => "query",
        };
        self.warn(
            Code::UndeclaredParameter,
            found.node.span,
            format!("the path variable `{name}` is not declared"),
            (
                format!("declare it with `in: {place}`"),
                "it is read as a string",
            ),
        );
        self.text_parameter(found, name, location, parameters)
    }

    /// A parameter that is text.
    pub(super) fn text_parameter(
        &self,
        found: &Found<'a>,
        name: &str,
        location: Location,
        parameters: &[Parameter],
    ) -> Parameter {
        let taken: Vec<&str> = parameters
            .iter()
            .map(|parameter| parameter.name.as_str())
            .collect();
        let given = Scope::new(&taken).assign(&[NameRequest::of(name)], |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let words = given.into_iter().next().unwrap_or_else(|| Words::of(name));
        Parameter {
            name: FieldName::new(&words),
            wire: SpecStr::new(name),
            location,
            ty: Type::String,
            presence: Presence::Required,
            constraints: Constraints::default(),
            default: None,
            constant: None,
            may_be_empty: false,
            members: Vec::new(),
            reading: Reading::Exact,
            deprecated: false,
            docs: Docs::default(),
            origin: self.origin(found.node.span),
        }
    }

    /// Drops path parameters that the path has no place for.
    fn drop_placeless(
        &mut self,
        found: &Found<'a>,
        parameters: Vec<Parameter>,
        names: &[&str],
    ) -> Vec<Parameter> {
        let mut kept = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            if is_path(&parameter) && !names.contains(&parameter.wire.text()) {
                self.warn(
                    Code::UndeclaredParameter,
                    parameter.origin.span,
                    format!(
                        "`{}` is not in the path `{}`",
                        parameter.wire.text(),
                        found.path.text()
                    ),
                    (
                        "add it to the path in braces, or remove the parameter",
                        "it is ignored",
                    ),
                );
            } else {
                kept.push(parameter);
            }
        }
        kept
    }
}

/// Gives each place of a name that is in the path more than once a parameter: `/clients/{id}/models/{id}`.
fn repeat(pieces: &[Piece<'_>], parameters: &mut Vec<Parameter>) {
    for (at, piece) in pieces.iter().enumerate() {
        let Some(name) = piece.name().filter(|name| times(&pieces[..at], name) > 0) else {
            continue;
        };
        let is_it = |parameter: &Parameter| is_path(parameter) && parameter.wire.text() == name;
        let Some(last) = parameters.iter().rposition(is_it) else {
            continue;
        };
        let mut again = parameters[last].clone();
        let taken: Vec<&str> = parameters
            .iter()
            .map(|parameter| parameter.name.as_str())
            .collect();
        let name_request = NameRequest::named(name, names_by_place(&pieces[..at], name));
        let given = Scope::new(&taken).assign(&[name_request], |words| {
            FieldName::new(words).as_str().to_owned()
        });
        if let Some(words) = given.first() {
            again.name = FieldName::new(words);
        }
        parameters.insert(last + 1, again);
    }
}

/// `.` and `..`, as they are or percent-encoded.
fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// The number of times a name is among pieces of a path.
fn times(pieces: &[Piece<'_>], name: &str) -> usize {
    let names = pieces.iter().filter_map(Piece::name);
    names.filter(|other| *other == name).count()
}

/// The name of a parameter after the text before it: `model_id` for `/models/{id}`.
fn names_by_place(before: &[Piece<'_>], name: &str) -> Vec<Words> {
    let plain = Words::of(name);
    let text = before.iter().rev().find_map(|piece| match piece {
        Piece::Text(text) => text.split('/').rfind(|segment| !segment.is_empty()),
        Piece::Name(_) => None,
    });
    let after = text.map(Words::of);
    let single = after.as_ref().and_then(Words::singular);
    let mut names: Vec<Words> = [single, after]
        .into_iter()
        .flatten()
        .map(|words| words.then(&plain))
        .collect();
    names.extend(["other", "further", "last"].map(|word| Words::of(word).then(&plain)));
    names
}

enum Piece<'t> {
    Text(&'t str),
    Name(&'t str),
}

impl<'t> Piece<'t> {
    fn name(&self) -> Option<&'t str> {
        match self {
            Self::Text(_) => None,
            Self::Name(name) => Some(name),
        }
    }
}

fn cut(mut text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once('{') {
        let (name, after) = rest.split_once('}')?;
        if name.is_empty() || name.contains(['{', '/']) || before.contains('}') {
            return None;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Name(name));
        text = after;
    }
    if text.contains('}') {
        return None;
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Some(pieces)
}

pub(super) fn is_path(parameter: &Parameter) -> bool {
    matches!(
        parameter.location,
        Location::Path(_) | Location::ReservedPath(_)
    )
}

/// Where a path has a parameter; behind it if it is another kind of parameter.
pub(super) fn place_in_path(path: &str, parameter: &Parameter) -> usize {
    let is_part = matches!(
        parameter.location,
        Location::Path(_) | Location::ReservedPath(_)
    );
    let name = format!("{{{}}}", parameter.wire.text());
    let place = is_part.then(|| path.find(&name)).flatten();
    place.unwrap_or(path.len())
}
