//! Types: why a schema became what it is.

use crate::describe;
use crate::ir::{Shape, Type, TypeDef, TypeId};

use super::{Context, Explanation, Reason, said, words};

impl Context<'_> {
    /// A type.
    pub(super) fn type_(&self, id: TypeId) -> Explanation {
        let def = self.api.type_def(id);
        let site = self.site(def.origin.span);
        let span = def.origin.span;
        let mut reasons = self.type_name(id, def);
        reasons.extend(self.shape(id, def));
        self.two_sides(id, def, &mut reasons);
        self.facts(def, &mut reasons);
        Explanation {
            subject: format!("{}: {}", def.name, kind(&def.shape)),
            page: site
                .or_else(|| self.around_list(span))
                .and_then(|site| self.page(site)),
            means: self.type_means(def),
            document: Some(site.map_or_else(|| self.lines(span, span), |site| self.excerpt(site))),
            rust: self.rust_type(id),
            reasons,
        }
    }

    fn type_means(&self, def: &TypeDef) -> Vec<String> {
        let name = &def.name;
        let mut means = vec![match &def.shape {
            Shape::Struct(body) => {
                let fields = words::count(body.fields.len(), "field");
                format!("`{name}` is an object with {fields}.")
            }
            Shape::Enum(choice) => {
                let values = words::count(choice.variants.len(), "value");
                format!("`{name}` is one of {values}, or one that nobody listed.")
            }
            Shape::Union(choice) => {
                format!("`{name}` is one of {} alternatives.", choice.branches.len())
            }
            Shape::Alias(ty) => format!(
                "`{name}` is another name for {}.",
                words::holds(self.api, ty)
            ),
            Shape::Newtype(ty) => {
                format!("`{name}` is a type around {}.", words::holds(self.api, ty))
            }
        }];
        means.push(
            match (def.facts.sent, def.facts.received) {
                (true, true) => "It is sent and received.",
                (true, false) => "It is only sent.",
                (false, true) => "It is only received.",
                (false, false) => "Nothing sends or receives it.",
            }
            .to_owned(),
        );
        if def.deprecated {
            means.push("It is deprecated.".to_owned());
        }
        means
    }

    fn shape(&self, id: TypeId, def: &TypeDef) -> Vec<Reason> {
        let span = def.origin.span;
        let nodes = self.applicable(span);
        match &def.shape {
            Shape::Struct(body) => {
                let mut reasons = Vec::new();
                for entry in ["allOf", "properties"]
                    .into_iter()
                    .filter_map(|key| said(&nodes, key))
                {
                    let why = match entry.key.text() {
                        "allOf" => {
                            "`allOf` puts schemas together: their members are fields of one struct"
                        }
                        _ => "`properties` describe an object by its members",
                    };
                    reasons.push(self.reason("a struct", why, entry.key_span));
                }
                if let Some(more) = &body.additional {
                    let keyword = ["x-unknown-fields", "additionalProperties"];
                    let entry = keyword.into_iter().find_map(|key| said(&nodes, key));
                    if let Some(entry) = entry {
                        let what = format!("keeps other members in `{}`", more.name);
                        let why = format!("`{}` allows them", entry.key.text());
                        reasons.push(self.reason(what, why, entry.key_span));
                    }
                }
                reasons
            }
            Shape::Enum(choice) => self.enum_reasons(choice, &nodes, span),
            Shape::Union(choice) => self.union_reasons(id, choice, &nodes, span),
            Shape::Alias(ty) => {
                let what = format!("an alias of `{}`", describe::shown(self.api, ty));
                let why = "it is a scalar, a list, a map or a reference with a name, and no type of its own";
                vec![self.reason(what, why, span)]
            }
            Shape::Newtype(ty) => {
                let what = format!("a type around `{}`", describe::shown(self.api, ty));
                let why = "it contains itself, which an alias can't";
                vec![self.reason(what, why, span)]
            }
        }
    }

    /// The facts found by passes over all types.
    fn facts(&self, def: &TypeDef, reasons: &mut Vec<Reason>) {
        let reason = |what: &str, why: &str| Reason {
            what: what.to_owned(),
            why: why.to_owned(),
            at: None,
        };
        if def.facts.checked {
            let why = "it is sent, and something in it has limits";
            reasons.push(reason("validated before a request leaves", why));
        }
        if !def.facts.eq {
            reasons.push(reason("without `Eq`", &self.without_eq(&def.shape)));
        }
        if def.facts.default {
            reasons.push(reason("has a default", "every member may be absent"));
        }
    }
}

impl Context<'_> {
    /// The obstacle to comparing values of a type without exceptions.
    fn without_eq(&self, shape: &Shape) -> String {
        let lacks = |ty: &Type| match lacking(ty) {
            Some(Lacking::Itself(why)) => Some(why.to_owned()),
            Some(Lacking::Named(id)) if !self.api.type_def(id).facts.eq => {
                Some(format!("`{}`, which has none", self.api.type_name(id)))
            }
            _ => None,
        };
        match shape {
            Shape::Struct(body) => {
                let mut fields = body.fields.iter();
                let found = fields.find_map(|field| Some((&field.name, lacks(&field.ty)?)));
                match found {
                    Some((name, why)) => format!("`{name}` holds {why}"),
                    None => "members that are kept are raw JSON".to_owned(),
                }
            }
            Shape::Union(_) => "what no alternative knows is kept as raw JSON".to_owned(),
            Shape::Enum(_) => "its values are of several kinds".to_owned(),
            Shape::Alias(ty) | Shape::Newtype(ty) => {
                format!("it holds {}", lacks(ty).unwrap_or_default())
            }
        }
    }
}

/// The reason why a type lacks `Eq`.
enum Lacking {
    Itself(&'static str),
    Named(TypeId),
}

fn lacking(ty: &Type) -> Option<Lacking> {
    Some(match ty {
        Type::Float => Lacking::Itself("a number with a fraction"),
        Type::DateTime => Lacking::Itself("a date with a time, which may lack its offset"),
        Type::Secret(_) => Lacking::Itself("a secret, which is compared in constant time"),
        Type::Json => Lacking::Itself("raw JSON"),
        Type::External(_) => Lacking::Itself("a type from outside"),
        Type::Named(id) | Type::Boxed(id) => Lacking::Named(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => return lacking(inner),
        Type::Tuple(items) => return items.iter().find_map(lacking),
        _ => return None,
    })
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(_) => "enum of values",
        Shape::Union(_) => "enum of alternatives",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    }
}
