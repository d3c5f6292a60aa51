//! Fields: why one is optional, secret, boxed, or called as it is.

use crate::describe;
use crate::ir::{Access, Field, FieldRole, Presence, Reading, Type, TypeId};
use crate::load::walk::ObjectKind;
use crate::load::{Entry, Node, Value};

use super::naming::Case;
use super::{Context, Explanation, Reason, boxing, flagged, said, words};

impl<'a> Context<'a> {
    /// A field of a struct.
    pub(super) fn field(&self, owner: TypeId, field: &'a Field) -> Explanation {
        let name = self.api.type_name(owner);
        let site = self.site(field.origin.span);
        let nodes = self.applicable(field.origin.span);
        let shown = match field.role {
            FieldRole::Member => format!("{name}.{}", field.wire.text()),
            FieldRole::Flattened => format!("{name}.({})", field.name),
        };
        let mut reasons = self.field_reasons(owner, field, &nodes);
        if field.access != Access::ReadWrite {
            for counterpart in self.counterparts(owner) {
                let what = format!("`{}` lacks it", self.api.type_name(counterpart));
                let keyword = ["readOnly", "writeOnly"];
                let keyword = keyword.into_iter().find_map(|key| flagged(&nodes, key));
                if let Some(keyword) = keyword {
                    let why = format!("`{}` keeps it from travelling there", keyword.key.text());
                    reasons.push(self.reason(what, why, keyword.key_span));
                }
            }
        }
        self.limits(
            &nodes,
            &field.constraints,
            &self.direction(owner),
            &mut reasons,
        );
        let heads = ["pub ", "pub r#"].map(|word| format!("{word}{}:", field.name));
        Explanation {
            subject: format!(
                "{shown}: {}",
                describe::present(self.api, &field.ty, field.presence)
            ),
            page: site
                .or_else(|| self.around_list(field.origin.span))
                .and_then(|site| self.page(site)),
            means: self.field_means(field, name.as_str()),
            document: site.map(|site| self.excerpt(site)).or_else(|| {
                let span = field.origin.span;
                (field.role == FieldRole::Flattened).then(|| self.lines(span, span))
            }),
            rust: self.rust_member(owner, &heads),
            reasons,
        }
    }

    fn field_means(&self, field: &Field, owner: &str) -> Vec<String> {
        let mut means = vec![match field.role {
            FieldRole::Member => format!(
                "A field of `{owner}`: `{}` in Rust, `{}` on the wire.",
                field.name,
                field.wire.text()
            ),
            FieldRole::Flattened => format!(
                "A field of `{owner}`, `{}`, whose members are among those of `{owner}` on the wire.",
                field.name
            ),
        }];
        means.push(format!("It holds {}.", words::holds(self.api, &field.ty)));
        means.push(words::presence(field.presence).to_owned());
        if field.access != Access::ReadWrite {
            means.push(words::access(field.access).to_owned());
        }
        if let Some(default) = &field.default {
            let default = words::literal(self.api, default);
            means.push(format!("A server takes `{default}` where it is absent."));
        }
        if let Some(constant) = &field.constant {
            let constant = words::literal(self.api, constant);
            means.push(format!(
                "It is always `{constant}`, which constructors fill in."
            ));
        }
        if field.deprecated {
            means.push("It is deprecated.".to_owned());
        }
        means
    }

    fn field_reasons(&self, owner: TypeId, field: &'a Field, nodes: &[&'a Node]) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let span = field.origin.span;
        if field.role == FieldRole::Flattened {
            let why = "each alternative of the list adds one required member to those of the object around it";
            reasons.extend(self.overridden_beside(field.name.as_str(), "rust-field", span));
            reasons.push(self.reason("flattened", why, span));
            return reasons;
        }
        reasons.push(self.name(
            field.name.as_str(),
            field.wire.text(),
            Case::Field,
            nodes,
            span,
        ));
        reasons.extend(self.presence(owner, field, nodes));
        self.type_reasons(&field.ty, nodes, &mut reasons);
        if let Some(why) = boxing::why(self.api, owner, &field.ty) {
            reasons.push(self.reason("boxed", why, span));
        }
        self.reading(field.reading, nodes, &mut reasons);
        if let (Some(mode), Some(entry)) = (field.tolerance, said(nodes, "x-reading")) {
            let what = format!("read as `{}` where the server departs", mode.name());
            reasons.push(self.reason(what, "`x-reading` says so", entry.key_span));
        }
        if let Some(entry) = said(nodes, "default") {
            let (what, why) = match &field.default {
                Some(default) => (
                    format!("default `{}`", words::literal(self.api, default)),
                    "`default` says so: constructors fill it in only where a value must be sent",
                ),
                None => (
                    "no default".to_owned(),
                    "the `default` does not fit the type: it is documented",
                ),
            };
            reasons.push(self.reason(what, why, entry.key_span));
        }
        reasons
    }

    /// Why a member may be absent or null.
    fn presence(&self, owner: TypeId, field: &Field, nodes: &[&'a Node]) -> Vec<Reason> {
        let (absent, null) = match field.presence {
            Presence::Required => (false, false),
            Presence::Optional => (true, false),
            Presence::Nullable => (false, true),
            Presence::OptionalNullable => (true, true),
        };
        let wire = field.wire.text();
        let around = self.applicable(self.api.type_def(owner).origin.span);
        let listed = around.iter().find_map(|node| {
            let names = node.get("required")?.items();
            names.iter().find(|name| name.as_str() == Some(wire))
        });
        let mut reasons = Vec::new();
        match (absent, listed) {
            (false, Some(item)) => {
                let why = format!("`required` lists `{wire}`");
                reasons.push(self.reason("required", why, item.span));
            }
            (true, _) => reasons.push(self.unlisted(field, &around)),
            (false, None) => {}
        }
        if null {
            reasons.push(match self.null(nodes) {
                Some(entry) => {
                    let value = entry.value.to_json();
                    let why = format!("`{}: {value}` allows null", entry.key.text());
                    self.reason("may be null", why, entry.key_span)
                }
                None => self.reason("may be null", "its schema allows null", field.origin.span),
            });
        }
        reasons
    }

    /// Where a list of required members stands that does not name a field.
    fn unlisted(&self, field: &Field, around: &[&'a Node]) -> Reason {
        let wire = field.wire.text();
        let owner = self
            .site(field.origin.span)
            .and_then(|site| self.index.parent(site))
            .filter(|owner| owner.kind == ObjectKind::Schema);
        let own = owner.and_then(|owner| owner.node.as_mapping()?.entry("required"));
        match own.or_else(|| said(around, "required")) {
            Some(entry) => {
                let why = format!("`required` does not list `{wire}`");
                self.reason("optional", why, entry.key_span)
            }
            None => {
                let why = "the schema lists no required members";
                let place = owner.map_or(field.origin.span, |owner| owner.place());
                self.reason("optional", why, place)
            }
        }
    }

    /// The keyword that allows null.
    fn null(&self, nodes: &[&'a Node]) -> Option<&'a Entry> {
        let is_null =
            |node: &Node| matches!(node.value, Value::Null) || node.as_str() == Some("null");
        let listed =
            |key: &str| said(nodes, key).filter(|entry| entry.value.items().iter().any(is_null));
        let branch = |key: &str| {
            said(nodes, key).filter(|entry| {
                let branches = entry.value.items().iter();
                branches
                    .into_iter()
                    .any(|branch| branch.get("type").is_some_and(is_null))
            })
        };
        flagged(nodes, "nullable")
            .or_else(|| flagged(nodes, "x-nullable"))
            .or_else(|| listed("type"))
            .or_else(|| listed("enum"))
            .or_else(|| branch("oneOf"))
            .or_else(|| branch("anyOf"))
    }

    /// Which keywords decided a type.
    pub(super) fn type_reasons(&self, ty: &Type, nodes: &[&'a Node], reasons: &mut Vec<Reason>) {
        let what = format!("`{}`", describe::shown(self.api, ty));
        let secret = matches!(ty, Type::Secret(_));
        if secret {
            let format =
                said(nodes, "format").filter(|entry| entry.value.as_str() == Some("password"));
            let marks = flagged(nodes, "x-secret").or_else(|| flagged(nodes, "writeOnly"));
            if let Some(entry) = format.or(marks) {
                let value = entry.value.to_json();
                let why = format!("`{}: {value}` makes a secret of a text", entry.key.text());
                reasons.push(self.reason(what.clone(), why.replace('"', ""), entry.key_span));
            }
        }
        if let Type::Named(id) | Type::Boxed(id) = ty {
            let def = self.api.type_def(*id);
            let place = self
                .site(def.origin.span)
                .map_or(def.origin.span, |site| site.place());
            reasons.push(self.reason(what, "the schema there describes it", place));
            return;
        }
        let keywords = ["type", "format", "x-whole-number", "contentEncoding"];
        let deciding: Vec<&Entry> = keywords
            .into_iter()
            .filter_map(|key| said(nodes, key))
            .collect();
        for entry in deciding
            .iter()
            .filter(|entry| !secret || entry.key.text() == "type")
        {
            let value = entry.value.to_json();
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let why = format!("`{}: {value}`", entry.key.text());
            reasons.push(self.reason(what.clone(), why, entry.key_span));
        }
        if deciding.is_empty() && *ty == Type::Json {
            let span = nodes.first().map(|node| node.span);
            let why = "the schema does not say what the value is";
            reasons.extend(span.map(|span| self.reason(what, why, span)));
        }
    }

    /// Which spellings a reader takes beyond the documented one.
    fn reading(&self, reading: Reading, nodes: &[&'a Node], reasons: &mut Vec<Reason>) {
        let (key, what) = match reading {
            Reading::Exact => return,
            Reading::WholeNumber => ("x-whole-number", "reads `1812.0` as well"),
            Reading::NumericString => (
                "x-accept-types",
                "reads a number in quotation marks as well",
            ),
        };
        if let Some(entry) = said(nodes, key) {
            reasons.push(self.reason(what, format!("`{key}` says so"), entry.key_span));
        }
    }
}
