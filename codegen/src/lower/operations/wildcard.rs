//! Path variables in the notation of a router. OpenAPI has `{name}` alone. Frameworks hand on their own routes, which
//! say as well which text a variable takes (`{*rest}`, `{**rest}`, `{rest*}`, `{+rest}`, `{rest:.*}`, `{id:int}`, `{id?}`),
//! or have no braces (`*rest`, `:id`, `<int:id>`).

use std::borrow::Cow;

/// The path with the names of its variables alone, in braces, where a parameter of that name is declared and has no place.
pub(super) fn plain(path: &str, is_declared: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let braced = braced(path, &is_declared);
    if !braced.split('/').any(is_bare) {
        return braced;
    }
    let placed = |name: &str| braced.contains(&format!("{{{name}}}"));
    let segments = braced.split('/').map(|segment| {
        let variable = Some(name(segment)).filter(|_| is_bare(segment));
        match variable.filter(|name| is_declared(name) && !placed(name)) {
            Some(name) => Cow::Owned(format!("{{{name}}}")),
            None => Cow::Borrowed(segment),
        }
    });
    Cow::Owned(segments.collect::<Vec<_>>().join("/"))
}

/// The path with the names of the variables that are in braces.
fn braced<'p>(path: &'p str, is_declared: &impl Fn(&str) -> bool) -> Cow<'p, str> {
    let mut plain = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((variable, after)) = after.split_once('}') else {
            break;
        };
        let name = name(variable);
        let is_other = name != variable && !is_declared(variable) && is_declared(name);
        plain.push_str(before);
        plain.push('{');
        plain.push_str(if is_other { name } else { variable });
        plain.push('}');
        rest = after;
    }
    plain.push_str(rest);
    if plain == path {
        return Cow::Borrowed(path);
    }
    Cow::Owned(plain)
}

/// A segment that is a variable without braces.
fn is_bare(segment: &str) -> bool {
    segment.starts_with(['*', ':']) || (segment.starts_with('<') && segment.ends_with('>'))
}

/// The name of a variable without what a router adds to it.
fn name(variable: &str) -> &str {
    let angled = variable
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    if let Some(angled) = angled {
        return angled.rsplit(':').next().unwrap_or_default();
    }
    let name = variable.trim_start_matches(['*', '+', '/', '.', ':']);
    let name = name.split([':', '=', '(']).next().unwrap_or_default();
    name.trim_end_matches(['*', '+', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routers_say_more_than_a_name() {
        let declared = ["rest", "id", "a:b"];
        for (path, expected) in [
            ("/x/{*rest}", "/x/{rest}"),
            ("/x/{**rest}", "/x/{rest}"),
            ("/x/{rest*}", "/x/{rest}"),
            ("/x/{+rest}/y", "/x/{rest}/y"),
            ("/x/{rest:.*}", "/x/{rest}"),
            ("/{id:int}/{*rest}", "/{id}/{rest}"),
            ("/{id=7}", "/{id}"),
            ("/{id?}", "/{id}"),
            ("/{a:b}/{*other}", "/{a:b}/{*other}"),
            ("/{id}/{", "/{id}/{"),
            ("/x/*rest", "/x/{rest}"),
            ("/:id/*rest", "/{id}/{rest}"),
            ("/:id(\\d+)/*", "/{id}/*"),
            ("/<int:id>/<rest>", "/{id}/{rest}"),
            ("/{id}/:id", "/{id}/:id"),
            ("/{id}:cancel/:other/*.*", "/{id}:cancel/:other/*.*"),
        ] {
            let found = plain(path, |name| declared.contains(&name));
            assert_eq!(found, expected);
        }
    }
}
