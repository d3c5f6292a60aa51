//! Keys that an object does not have.

use crate::diagnostic::{Advice, Code, Severity};
use crate::load::{Entry, Node};
use crate::resolve::nearest_within;
use crate::specification::{self as specification, Edition, Kind, Names, Object, Support};

use super::{Checker, word};

/// Where an unknown key belongs, or what it is.
enum Meant {
    /// It is a key of this object, written otherwise.
    Key(&'static str, Support),
    /// A version since which the object has it.
    Later(Edition),
    /// It is gone, and still read.
    Gone,
    /// Where this version says what the key says in another one.
    Elsewhere(&'static str),
    /// A member of this object that holds what the key is a key of.
    Inside(&'static str, Object),
    /// Another object that has the key.
    Other(Object),
    /// Nothing is known of it.
    Nothing,
}

impl<'a> Checker<'a> {
    /// Reports keys that an object does not have.
    pub(super) fn unknown(&mut self, object: Object, node: &'a Node, unknown: &[&'a Entry]) {
        let mut inside: Option<&'static str> = None;
        for entry in unknown {
            let key = entry.key.text();
            let meant = self.meant(object, node, key);
            if let Some(method) = specification::method_in_capitals(object, key) {
                let message =
                    format!("`{key}` is not a key of a path item: methods are written small");
                let help = (format!("write `{method}`"), "it is read as that");
                self.warn(Code::UnknownKeyword, entry.key_span, message, help);
                self.value_of(Object::Operation, &entry.value);
                continue;
            }
            // What describes the value of a parameter moves as a whole: say it once.
            if let Meant::Elsewhere(place) | Meant::Inside(place, _) = meant {
                if inside == Some(place) && place == "schema" {
                    continue;
                }
                inside = Some(place);
            }
            // JSON Schema has readers ignore what they don't know.
            if object == Object::Schema
                && self.edition >= Edition::V31
                && matches!(meant, Meant::Nothing)
            {
                *self.unread.entry(key).or_default() += 1;
                continue;
            }
            let (severity, help) = self.help(object, key, &meant);
            let message = match meant {
                Meant::Later(edition) => format!(
                    "`{key}` is a key of {} since {}; this document is {}",
                    word::owner(object),
                    edition.name(),
                    self.edition.name()
                ),
                _ => format!(
                    "`{key}` is not a key of {} in {}",
                    word::owner(object),
                    self.edition.name()
                ),
            };
            self.push(
                Code::UnknownKeyword,
                severity,
                entry.key_span,
                message,
                help,
            );
        }
    }

    fn help(&self, object: Object, key: &str, meant: &Meant) -> (Severity, Advice) {
        const IGNORED: &str = "it is ignored here";
        let edition = self.edition.name();
        match meant {
            Meant::Key(key, support) => (harm(*support), format!("did you mean `{key}`?").into()),
            Meant::Later(later) => (
                // It is read all the same.
                Severity::Note,
                (
                    "give that version at the top",
                    format!("it is read as {} says", later.name()),
                )
                    .into(),
            ),
            Meant::Gone if key == "nullable" => (
                Severity::Note,
                (
                    "write `null` among the types",
                    "it is read as OpenAPI 3.0 says",
                )
                    .into(),
            ),
            Meant::Gone => (
                Severity::Note,
                ("leave it out", "it is read as older versions say").into(),
            ),
            Meant::Elsewhere("schema") if object == Object::Parameter => (
                Severity::Warning,
                (
                    format!("move it into `schema`, where {edition} has it"),
                    "where there is no `schema`, it is read all the same",
                )
                    .into(),
            ),
            Meant::Elsewhere(place) => (
                Severity::Warning,
                (
                    format!("move it into `{place}`, where {edition} has it"),
                    IGNORED,
                )
                    .into(),
            ),
            Meant::Inside("content", _) => (
                Severity::Warning,
                ("move it into `content`, which has the media types", IGNORED).into(),
            ),
            Meant::Inside(member, inner) => (
                specification::field(*inner, self.edition, key)
                    .map_or(Severity::Warning, |field| harm(field.support)),
                (
                    format!(
                        "move it into `{member}`: it is a key of {}",
                        word::owner(*inner)
                    ),
                    IGNORED,
                )
                    .into(),
            ),
            Meant::Other(other) => (
                Severity::Warning,
                (
                    format!("move it to {}, whose key it is", word::owner(*other)),
                    IGNORED,
                )
                    .into(),
            ),
            Meant::Nothing => {
                let help = match object.has_extensions() {
                    true => "check its spelling; if it is an extension, start its name with `x-`",
                    false => "check its spelling",
                };
                // Words for people are lost, whatever object they are meant for.
                let is_word = matches!(key, "title" | "summary" | "description" | "externalDocs");
                let severity = match is_word {
                    true => Severity::Note,
                    false => Severity::Warning,
                };
                (severity, (help, "it is ignored").into())
            }
        }
    }

    fn meant(&self, object: Object, node: &'a Node, key: &str) -> Meant {
        if let Some(field) = specification::field_of_any(object, key)
            && let Some(first) = Edition::first_of(field.editions)
        {
            match field.now {
                Some(place) if self.edition > Edition::V20 => return Meant::Elsewhere(place),
                _ if first > self.edition => return Meant::Later(first),
                // What only parameters of Swagger 2.0 had never meant anything in a schema.
                None if self.edition > Edition::V20 && field.support == Support::Modelled => {
                    return Meant::Gone;
                }
                _ => {}
            }
        }
        let own = specification::keys(object, self.edition);
        // What is there already was not meant once more.
        let own = own.filter(|own| node.get(own).is_none() && !own.starts_with("x-"));
        let own = own.chain(object.may_be_reference().then_some("$ref"));
        if let Some(meant) = nearest_key(key, own) {
            let support = specification::field(object, self.edition, meant)
                .map_or(Support::Modelled, |field| field.support);
            return Meant::Key(meant, support);
        }
        if let Some((member, inner)) = self.inside(object, key) {
            return Meant::Inside(member, inner);
        }
        let others = [
            Object::Operation,
            Object::PathItem,
            Object::Parameter,
            Object::MediaType,
            Object::Response,
            Object::RequestBody,
            Object::Schema,
            Object::SecurityScheme,
            Object::Components,
            Object::Root,
        ];
        let has = |other: &Object| {
            *other != object
                && specification::field(*other, self.edition, key)
                    .is_some_and(|field| field.support != Support::Documented)
        };
        match others.into_iter().find(has) {
            Some(other) if object != Object::Schema => Meant::Other(other),
            _ => Meant::Nothing,
        }
    }

    /// The member of an object that holds an object with this key.
    fn inside(&self, object: Object, key: &str) -> Option<(&'static str, Object)> {
        let has_content = specification::field(object, self.edition, "content").is_some();
        if has_content && key.contains('/') {
            return Some(("content", object));
        }
        let candidates: &[&'static str] = match object {
            Object::Parameter | Object::Header | Object::MediaType => &["schema"],
            Object::Root => &["info", "components"],
            Object::SecurityScheme => &["flows"],
            _ => &[],
        };
        candidates.iter().find_map(|member| {
            let field = specification::field(object, self.edition, member)?;
            let Kind::One(inner) = field.kind else {
                return None;
            };
            specification::field(inner, self.edition, key).map(|_| (*member, inner))
        })
    }

    /// Looks at a key that names something: a path, a status. Whether it may be one.
    pub(super) fn named(&mut self, object: Object, entry: &'a Entry) -> bool {
        let key = entry.key.text();
        match object.names() {
            Names::None => false,
            Names::Paths => {
                self.path(entry);
                if key == "$ref" {
                    return true;
                }
                self.value_of(Object::PathItem, &entry.value);
                true
            }
            Names::Expressions => {
                self.expression(entry);
                self.value_of(Object::PathItem, &entry.value);
                true
            }
            Names::Statuses => {
                if !self.is_status(key) {
                    self.status(entry);
                }
                self.value_of(Object::Response, &entry.value);
                true
            }
            Names::Schemes => {
                if !self.fits(Kind::Texts, &entry.value) {
                    let message = format!(
                        "`{key}` of a security requirement: expected a list of scopes, found {}",
                        word::found(&entry.value)
                    );
                    let help = "write a list, `[]` where the scheme has no scopes";
                    self.warn(Code::KeywordType, entry.value.span, message, help);
                }
                self.scopes(key, &entry.value);
                true
            }
        }
    }

    /// Reports a key that has no effect because of what another key says.
    pub(super) fn without_effect(
        &mut self,
        object: Object,
        entry: &'a Entry,
        decides: &str,
        found: &str,
        field: &specification::Field,
    ) {
        let key = entry.key.text();
        let values = field.when.map_or(&[][..], |(_, values)| values);
        let message = format!(
            "`{key}` has no effect in {} with `{decides}: {found}`",
            word::owner(object)
        );
        let help = format!(
            "leave it out: it has an effect with `{decides}: {}` alone",
            values.join("` or `")
        );
        // A value that is not one of those that are allowed is said at its own place.
        let known = specification::field(object, self.edition, decides).map(|field| field.kind);
        if let Some(Kind::Choice(known)) = known
            && !known.contains(&found)
        {
            return;
        }
        self.note(Code::NoEffect, entry.key_span, message, help);
    }
}

/// The key that was meant by one that is written a little otherwise.
pub(super) fn nearest_key<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (key.chars().count() / 4).clamp(1, 2);
    nearest_within(allowed, key, known)
}

fn harm(support: Support) -> Severity {
    match support {
        Support::Modelled | Support::Checked => Severity::Warning,
        Support::Documented | Support::Refused => Severity::Note,
    }
}
