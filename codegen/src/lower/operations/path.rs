//! Path templates: every `{name}` has a parameter, every path parameter a place. OpenAPI knows no query in a path, but
//! authors tell operations apart by one (`/items?action=merge`): it is sent as it stands.

use crate::diagnostic::Code;
use crate::ir::{
    Collection, Constraints, Docs, Location, Parameter, PathSegment, Presence, Reading, Type,
};
use crate::names::{FieldName, Scope, Spelling};
use crate::source::SpecStr;

use super::super::Lowering;
use super::{Found, LeftOut};

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
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let query = fixed(query, &parameters);
        if !text.starts_with('/') || text.contains('\\') || text.chars().any(char::is_control) {
            return Err(LeftOut::new(
                found.node,
                "its path can't be part of a URL: it must begin with `/`",
            ));
        }
        if !query.bytes().all(is_query_byte) {
            return Err(LeftOut::new(
                found.node,
                "the query in its path can't be sent as it stands; what is in braces needs a parameter `in: query`",
            ));
        }
        let Some(pieces) = cut(text) else {
            return Err(LeftOut::new(
                found.node,
                "the braces of its path do not match",
            ));
        };
        let parameters = self.drop_fixed(found, parameters, &query);
        let mut parameters = self.drop_placeless(found, parameters, &pieces);
        for piece in &pieces {
            let Piece::Name(name) = piece else { continue };
            if !parameters
                .iter()
                .any(|parameter| is_path(parameter) && parameter.wire.text() == *name)
            {
                let added = self.undeclared(found, name, &parameters);
                parameters.insert(0, added);
            }
        }
        let segments = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(PathSegment::Text(SpecStr::new(*text))),
            Piece::Name(name) => parameters
                .iter()
                .position(|parameter| is_path(parameter) && parameter.wire.text() == *name)
                .map(PathSegment::Parameter),
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

    fn undeclared(&mut self, found: &Found<'a>, name: &str, parameters: &[Parameter]) -> Parameter {
        self.warn(
            Code::UndeclaredParameter,
            found.node.span,
            format!("`{{{name}}}` of the path has no parameter"),
            "declare it with `in: path`; it is taken as text",
        );
        let taken: Vec<&str> = parameters
            .iter()
            .map(|parameter| parameter.name.as_str())
            .collect();
        let given = Scope::new(&taken).judge(&[Spelling::of(name)], |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let words = given
            .into_iter()
            .next()
            .unwrap_or_else(|| crate::names::Words::of(name));
        Parameter {
            name: FieldName::new(&words),
            wire: SpecStr::new(name),
            location: Location::Path(Collection::Simple { explode: false }),
            ty: Type::String,
            presence: Presence::Required,
            constraints: Constraints::default(),
            default: None,
            reading: Reading::Exact,
            deprecated: false,
            docs: Docs::default(),
            origin: self.origin(found.node.span),
        }
    }

    /// Drops query parameters that the query in the path has a value for.
    fn drop_fixed(
        &mut self,
        found: &Found<'a>,
        parameters: Vec<Parameter>,
        query: &str,
    ) -> Vec<Parameter> {
        let fixed: Vec<&str> = query.split('&').map(key).collect();
        let mut kept = parameters;
        kept.retain(|parameter| {
            let is_query = matches!(parameter.location, Location::Query { .. });
            let is_fixed = is_query && fixed.contains(&parameter.wire.text());
            if is_fixed {
                self.warn(
                    Code::UndeclaredParameter,
                    parameter.origin.span,
                    format!(
                        "`{}` has its value in the path `{}`",
                        parameter.wire.text(),
                        found.path.text()
                    ),
                    "remove the parameter or the query in the path; the parameter is passed over",
                );
            }
            !is_fixed
        });
        kept
    }

    /// Drops path parameters that the path has no place for.
    fn drop_placeless(
        &mut self,
        found: &Found<'a>,
        parameters: Vec<Parameter>,
        pieces: &[Piece<'_>],
    ) -> Vec<Parameter> {
        let mut kept = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let placed = pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Name(name) if *name == parameter.wire.text()));
            if is_path(&parameter) && !placed {
                self.warn(
                    Code::UndeclaredParameter,
                    parameter.origin.span,
                    format!(
                        "`{}` has no place in the path `{}`",
                        parameter.wire.text(),
                        found.path.text()
                    ),
                    "add it to the path in braces, or remove the parameter; it is passed over",
                );
            } else {
                kept.push(parameter);
            }
        }
        kept
    }
}

enum Piece<'t> {
    Text(&'t str),
    Name(&'t str),
}

/// The query in a path without the pairs that only show where a query parameter goes: `q={q}`.
fn fixed(query: &str, parameters: &[Parameter]) -> String {
    let is_shown = |pair: &&str| {
        let is_template = pair.ends_with('}') && pair.contains("={");
        let is_ours = |parameter: &Parameter| {
            matches!(parameter.location, Location::Query { .. })
                && parameter.wire.text() == key(pair)
        };
        is_template && parameters.iter().any(is_ours)
    };
    let pairs: Vec<&str> = query.split('&').filter(|pair| !is_shown(pair)).collect();
    pairs.join("&")
}

/// The name in a pair of a query.
fn key(pair: &str) -> &str {
    pair.split('=').next().unwrap_or(pair)
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

/// What may stand in a query as it is.
fn is_query_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?%".contains(&byte)
}

fn is_path(parameter: &Parameter) -> bool {
    matches!(parameter.location, Location::Path(_))
}
