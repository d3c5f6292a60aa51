//! The query in a path, of which OpenAPI doesn't know. Authors tell operations apart by it, and then it is sent as it
//! stands (`/items?action=merge`); or they show where a parameter goes (`/items?into={into}`, `/items{?into}`).

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::ir::{Collection, Location, Parameter, QueryStyle};
use crate::source::SpecStr;

use super::super::Lowering;
use super::path::is_path;
use super::{Found, LeftOut};

impl<'a> Lowering<'a> {
    /// The fixed part of the query, and the parameters, those that it shows among them. The `names` have
    /// their places in the path proper.
    pub(super) fn query_of_path(
        &mut self,
        found: &Found<'a>,
        query: &str,
        names: &[&str],
        mut parameters: Vec<Parameter>,
    ) -> Result<(String, Vec<Parameter>), LeftOut<'a>> {
        let mut fixed: Vec<&str> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let is_declared =
                |parameter: &Parameter| is_query(parameter) && parameter.wire.text() == pair;
            match shown(pair) {
                Some((key, name)) => self.show(found, key, name, names, &mut parameters),
                // A name alone shows its parameter, if there is one.
                None if parameters.iter().any(is_declared) => {}
                None if pair.bytes().all(is_query_byte) => fixed.push(pair),
                None => {
                    return Err(LeftOut::new(
                        found.node,
                        "the query in its path can't be sent: braces must hold a whole value",
                    ));
                }
            }
        }
        if !fixed.is_empty() {
            self.drop_fixed(found, &fixed, &mut parameters);
        }
        Ok((fixed.join("&"), parameters))
    }

    /// Finds the parameter of a pair such as `key={name}`, and has it sent in the query under that key.
    fn show(
        &mut self,
        found: &Found<'a>,
        key: &str,
        name: &str,
        names: &[&str],
        parameters: &mut Vec<Parameter>,
    ) {
        if parameters
            .iter()
            .any(|parameter| is_query(parameter) && parameter.wire.text() == key)
        {
            return;
        }
        let declared = parameters.iter_mut().find(|parameter| {
            let is_free = is_query(parameter) || (is_path(parameter) && !names.contains(&name));
            is_free && parameter.wire.text() == name
        });
        let Some(parameter) = declared else {
            let place = Location::Query {
                style: QueryStyle::Form { explode: true },
                allow_reserved: false,
            };
            let added = self.undeclared(found, key, place, parameters);
            parameters.insert(0, added);
            return;
        };
        self.warn(
            Code::UndeclaredParameter,
            parameter.origin.span,
            format!("`{name}` belongs in the query of the path, as `{key}`"),
            (
                format!("declare `{key}` with `in: query`"),
                "it is sent there",
            ),
        );
        parameter.wire = SpecStr::new(key);
        if let Location::Path(style) | Location::ReservedPath(style) = parameter.location {
            parameter.location = Location::Query {
                style: match style {
                    Collection::Json => QueryStyle::Json,
                    _ => QueryStyle::Form { explode: false },
                },
                allow_reserved: false,
            };
        }
    }

    /// Drops query parameters that the query in the path has a value for.
    fn drop_fixed(&mut self, found: &Found<'a>, fixed: &[&str], parameters: &mut Vec<Parameter>) {
        parameters.retain(|parameter| {
            let wire = parameter.wire.text();
            let has_value = |pair: &&str| pair.split('=').next() == Some(wire);
            let is_fixed = is_query(parameter) && fixed.iter().any(has_value);
            if is_fixed {
                self.warn(
                    Code::UndeclaredParameter,
                    parameter.origin.span,
                    format!("`{wire}` has its value in the path `{}`", found.path.text()),
                    (
                        "remove the parameter, or the query in the path",
                        "the parameter is ignored",
                    ),
                );
            }
            !is_fixed
        });
    }
}

/// A path whose query is not written as RFC 6570 has it: `/items{?a,b*}` is `/items?a={a}&b={b}`.
pub(super) fn written_out(path: &str) -> Cow<'_, str> {
    let mut written = Cow::Borrowed(path);
    while let Some((before, after)) = written
        .split_once("{?")
        .or_else(|| written.split_once("{&"))
        && let Some((names, rest)) = after.split_once('}')
    {
        let mut text = before.to_owned();
        for name in names.split(',').map(|name| name.trim_end_matches('*')) {
            text.push(if text.contains('?') { '&' } else { '?' });
            text.push_str(name);
            text.push_str("={");
            text.push_str(name);
            text.push('}');
        }
        text.push_str(rest);
        written = Cow::Owned(text);
    }
    written
}

/// The key and the name of a pair that shows where a parameter goes: `key={name}`.
fn shown(pair: &str) -> Option<(&str, &str)> {
    let (key, value) = pair.split_once('=')?;
    let name = value.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = |text: &str| !text.is_empty() && !text.contains(['{', '}', '%', '+']);
    (is_plain(key) && is_plain(name)).then_some((key, name))
}

/// The characters that a query may hold unescaped.
fn is_query_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?%".contains(&byte)
}

fn is_query(parameter: &Parameter) -> bool {
    matches!(parameter.location, Location::Query { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_a_query_are_written_out() {
        for (path, written) in [
            ("/a/{id}", "/a/{id}"),
            ("/a{?x,y*}", "/a?x={x}&y={y}"),
            ("/a?b=1{&x}", "/a?b=1&x={x}"),
            ("/a{?x}{&y}", "/a?x={x}&y={y}"),
            ("/a{?x", "/a{?x"),
        ] {
            assert_eq!(written_out(path), written);
        }
    }

    #[test]
    fn a_pair_shows_a_parameter_if_that_is_its_whole_value() {
        assert_eq!(shown("q={term}"), Some(("q", "term")));
        for pair in ["q=a{term}", "q", "q={}", "={term}", "q={a}{b}", "q=1"] {
            assert_eq!(shown(pair), None, "{pair}");
        }
    }
}
