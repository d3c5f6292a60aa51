//! Links of responses, once all operations are known.

use crate::diagnostic::Code;
use crate::ir::{
    Link, LinkSource, LinkText, LinkValue, OmittedKind, Operation, Payload, Response, Shape, Type,
};
use crate::load::{Entry, Node, Value};
use crate::names::{FunctionName, NameRequest, Scope, Words};
use crate::source::SpecStr;

use super::super::expression::{Expression, Source};
use super::super::{Lowering, literal};
use super::Placed;
use super::link_target::{Targets, Unusable, parameter_called, parameter_of};

impl<'a> Lowering<'a> {
    /// Finds the links of all operations.
    pub(super) fn link(&mut self, placed: &mut [Placed<'a>]) {
        let mut found: Vec<Vec<Link>> = Vec::with_capacity(placed.len());
        {
            let placed: &[Placed<'a>] = placed;
            let targets = Targets::new(placed);
            for from in placed {
                let links = match from.operation.receiver {
                    Some(_) => Vec::new(),
                    None => self.links_of(from, &targets),
                };
                found.push(links);
            }
        }
        for (placed, links) in placed.iter_mut().zip(found) {
            placed.operation.links = links;
        }
    }

    fn links_of(&mut self, from: &Placed<'a>, targets: &Targets<'_, 'a>) -> Vec<Link> {
        let responses = from.node.get("responses").map(Node::entries);
        let mut links: Vec<Link> = Vec::new();
        for response in responses.unwrap_or_default() {
            let Some(node) = self.follow(&response.value) else {
                continue;
            };
            for entry in node.get("links").map(Node::entries).unwrap_or_default() {
                if entry.key.text().starts_with("x-") {
                    continue;
                }
                match self.link_of(from, response, entry, targets) {
                    Ok(link) => links.push(link),
                    Err(Unusable { span, why }) => {
                        self.omit(OmittedKind::Link, entry.key.clone(), entry.key_span);
                        self.warn(
                            Code::NotGenerated,
                            span,
                            format!("the link `{}` {why}", entry.key.text()),
                            ("fix the link", "no method is generated for it"),
                        );
                    }
                }
            }
        }
        self.name_links(&from.operation, links)
    }

    /// Names them after their keys, beside the setters of the operation. The same link of several responses is one.
    fn name_links(&self, operation: &Operation, links: Vec<Link>) -> Vec<Link> {
        let mut kept: Vec<Link> = Vec::new();
        for link in links {
            let is_same = |known: &Link| {
                known.wire == link.wire
                    && known.operation == link.operation
                    && known.parameters == link.parameters
                    && known.body == link.body
            };
            if !kept.iter().any(is_same) {
                kept.push(link);
            }
        }
        let fields = operation.parameters.iter().map(|known| known.name.as_str());
        let mut taken: Vec<String> = fields.map(str::to_owned).collect();
        taken.extend(["new", "body", "with_body"].map(str::to_owned));
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        let requests: Vec<NameRequest> = kept
            .iter()
            .map(|link| {
                let (to, key) = (Words::of("to"), Words::of(link.wire.text()));
                let plain = to.then(&key);
                let full = plain.then(&Words::of(&link.status.to_string()));
                let text = format!("{} {}", link.wire.text(), link.status);
                NameRequest::named(text, vec![plain, full])
            })
            .collect();
        let names = Scope::new(&taken).assign(&requests, |words| {
            FunctionName::new(words).as_str().to_owned()
        });
        for (link, words) in kept.iter_mut().zip(names) {
            link.name = FunctionName::new(&words);
        }
        kept
    }

    fn link_of(
        &mut self,
        from: &Placed<'a>,
        response: &'a Entry,
        entry: &'a Entry,
        targets: &Targets<'_, 'a>,
    ) -> Result<Link, Unusable> {
        let node = self
            .follow(&entry.value)
            .ok_or_else(|| Unusable::at(&entry.value, "is a reference to what does not exist"))?;
        let mut successes = from.operation.responses.success.iter();
        let answer = successes
            .find(|known| known.origin.span == response.key_span)
            .ok_or_else(|| Unusable::at(node, "is of a response that is not a success"))?;
        if let Some(server) = node.get("server") {
            return Err(Unusable::at(
                server,
                "leads to another server: build a client for it with `base_url`",
            ));
        }
        let to = &targets.find(node)?.operation;
        let mut parameters = Vec::new();
        for given in node
            .get("parameters")
            .map(Node::entries)
            .unwrap_or_default()
        {
            let at = parameter_called(to, given.key.text()).ok_or_else(|| {
                Unusable::at(
                    node,
                    format!(
                        "gives `{}`, which is not a parameter of `{}`",
                        given.key.text(),
                        to.name,
                    ),
                )
            })?;
            let ty = to.parameters[at].ty.clone();
            let value = self.link_value(&from.operation, answer, &given.value, &ty)?;
            parameters.push((at, value));
        }
        parameters.sort_by_key(|(at, _)| *at);
        let body = match (node.get("requestBody"), &to.body) {
            (None, _) => None,
            (Some(given), None) => {
                return Err(Unusable::at(
                    given,
                    format!("gives a body, which `{}` has not", to.name),
                ));
            }
            (Some(given), Some(body)) => match body.payloads.as_slice() {
                [(_, Payload::Json(ty) | Payload::Form(ty, _), _)] => {
                    let ty = ty.clone();
                    Some(self.link_value(&from.operation, answer, given, &ty)?)
                }
                [(_, Payload::Text, _)] => {
                    Some(self.link_value(&from.operation, answer, given, &Type::String)?)
                }
                _ => {
                    return Err(Unusable::at(
                        given,
                        "gives a body that is not one JSON value",
                    ));
                }
            },
        };
        Ok(Link {
            name: FunctionName::new(&Words::of(entry.key.text())),
            wire: entry.key.clone(),
            status: answer.status,
            operation: to.name.clone(),
            parameters,
            body,
            docs: self.docs(&[node]),
            origin: self.origin(entry.key_span),
        })
    }

    /// A value of a link: an expression, a text with expressions in it, or a constant.
    fn link_value(
        &self,
        from: &Operation,
        answer: &Response,
        node: &'a Node,
        wanted: &Type,
    ) -> Result<LinkValue, Unusable> {
        let constant = || LinkValue::Constant(SpecStr::new(node.to_json().to_string()));
        let Value::String(_) = &node.value else {
            return Ok(constant());
        };
        let text = literal::text(node).unwrap_or_else(|| SpecStr::new(""));
        let text = text.text();
        let whole = text
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        let whole = whole.filter(|text| !text.contains('{')).unwrap_or(text);
        if whole.starts_with('$') {
            let (source, ty) = self.link_source(from, answer, node, whole)?;
            if ty.is_some_and(|ty| !self.turns_into(ty, wanted)) {
                let why = format!("gives `{whole}`, which is of another type than what it is for");
                return Err(Unusable::at(node, why));
            }
            return Ok(LinkValue::Found(source));
        }
        if !text.contains("{$") {
            return Ok(constant());
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            let Some((expression, after)) = after.split_once('}') else {
                return Err(Unusable::at(node, "has a brace that is not closed"));
            };
            if !before.is_empty() {
                parts.push(LinkText::Plain(SpecStr::new(before)));
            }
            let expression = format!("${expression}");
            let (source, ty) = self.link_source(from, answer, node, &expression)?;
            if ty.is_some_and(|ty| !self.is_scalar(ty)) {
                let why = format!("puts `{expression}` into text, which is not a plain value");
                return Err(Unusable::at(node, why));
            }
            parts.push(LinkText::Found(source));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(LinkText::Plain(SpecStr::new(rest)));
        }
        if !self.is_scalar(wanted) {
            return Err(Unusable::at(node, "gives text where none can be"));
        }
        Ok(LinkValue::Text(parts))
    }

    /// Where an expression finds its value, and the type that it has there.
    fn link_source<'s>(
        &'s self,
        from: &'s Operation,
        answer: &'s Response,
        node: &Node,
        text: &str,
    ) -> Result<(LinkSource, Option<&'s Type>), Unusable> {
        let unusable = |why: &str| Unusable::at(node, format!("has `{text}`, {why}"));
        let expression =
            Expression::read(text).ok_or_else(|| unusable("which is not a runtime expression"))?;
        let in_body = |payload: Option<&'s Payload>, pointer: Option<&str>| {
            let ty = match payload? {
                Payload::Json(ty)
                | Payload::OptionalJson(ty)
                | Payload::Form(ty, _)
                | Payload::Xml(ty, _) => ty,
                _ => return None,
            };
            self.types.walk(ty, pointer.unwrap_or_default())
        };
        let nowhere = || unusable("which leads to nothing that has a type");
        Ok(match expression {
            Expression::Url => return Err(unusable("and the URL of a call is not kept")),
            Expression::Method => (LinkSource::Method, Some(&Type::String)),
            Expression::StatusCode => (LinkSource::Status, None),
            Expression::Request(Source::Body(pointer)) => {
                let payloads = from.body.as_ref().map(|body| body.payloads.as_slice());
                let payload = match payloads {
                    Some([(_, payload, _)]) => Some(payload),
                    _ => None,
                };
                let (steps, ty) = in_body(payload, pointer).ok_or_else(nowhere)?;
                (LinkSource::RequestBody(steps), Some(ty))
            }
            Expression::Request(source) => {
                let at = parameter_of(from, source).ok_or_else(nowhere)?;
                let ty = from.parameters.get(at).map(|known| &known.ty);
                (LinkSource::Parameter(at), ty)
            }
            Expression::Response(Source::Body(pointer)) => {
                let (steps, ty) = in_body(Some(&answer.payload), pointer).ok_or_else(nowhere)?;
                (LinkSource::ResponseBody(steps), Some(ty))
            }
            Expression::Response(Source::Header(name)) => {
                (LinkSource::ResponseHeader(SpecStr::new(name)), None)
            }
            Expression::Response(_) => return Err(unusable("and an answer has no such part")),
        })
    }

    /// Whether a value of one type can be given where another is wanted.
    fn turns_into(&self, found: &Type, wanted: &Type) -> bool {
        let (found, wanted) = (self.unaliased(found), self.unaliased(wanted));
        match (found, wanted) {
            (found, wanted) if found == wanted => true,
            (Type::Named(one) | Type::Boxed(one), Type::Named(other) | Type::Boxed(other))
                if one == other =>
            {
                true
            }
            (Type::List(found), Type::List(wanted)) => self.turns_into(found, wanted),
            (found, Type::Nullable(wanted)) => self.turns_into(found, wanted),
            (found, Type::List(wanted)) => self.turns_into(found, wanted),
            (found, wanted) => self.is_scalar(found) && self.is_scalar(wanted),
        }
    }

    /// Whether a value is one text, number or boolean.
    fn is_scalar(&self, ty: &Type) -> bool {
        match self.unaliased(ty) {
            Type::Named(id) | Type::Boxed(id) => match &self.types.get(*id).shape {
                Shape::Enum(_) => true,
                Shape::Newtype(inner) => self.is_scalar(inner),
                _ => false,
            },
            Type::Secret(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Json
            | Type::Null
            | Type::Base64
            | Type::External(_) => false,
            Type::Nullable(inner) => self.is_scalar(inner),
            _ => true,
        }
    }
}
