//! Operations that say how far something is: what can be waited for.
//!
//! The settings know best, then `x-polling`. Where nothing is said, it is inferred for one thing that is read by its id and
//! whose status is an enum of which every value is a known word, some of each kind.

use crate::diagnostic::Code;
use crate::ir::{
    Enum, EnumBase, Field, FieldRole, Literal, Operation, PathSegment, Polling, PollingBasis,
    Shape, Type,
};
use crate::load::Node;
use crate::settings::{PollingChoice, PollingWords};

use super::super::Lowering;
use super::Found;
use super::field_path::Misfit;
use super::paging::{AROUND, body, folded};

/// Our own extension.
const OWN: &str = "x-polling";

/// The list in the settings.
const SETTING: &str = "polling.operations";

/// Members that say how far something is, folded.
const STATUS: [&str; 7] = [
    "status",
    "state",
    "phase",
    "jobstatus",
    "jobstate",
    "runstate",
    "runstatus",
];

const PENDING: &[&str] = &[
    "cancelling",
    "canceling",
    "enqueued",
    "executing",
    "finalizing",
    "initializing",
    "inprogress",
    "notstarted",
    "pending",
    "preparing",
    "processing",
    "queued",
    "running",
    "scheduled",
    "started",
    "starting",
    "stopping",
    "submitted",
    "validating",
    "waiting",
];

const SUCCEEDED: &[&str] = &[
    "complete",
    "completed",
    "done",
    "finished",
    "ready",
    "succeeded",
    "success",
    "successful",
];

const FAILED: &[&str] = &[
    "aborted",
    "canceled",
    "cancelled",
    "crashed",
    "error",
    "errored",
    "expired",
    "failed",
    "failure",
    "interrupted",
    "stopped",
    "terminated",
    "timedout",
    "timeout",
];

impl<'a> Lowering<'a> {
    /// The way in which an operation says how far something is; a declaration that does not match it is reported.
    pub(super) fn polling_of(
        &mut self,
        found: &Found<'a>,
        operation: &Operation,
    ) -> Option<Polling> {
        let node = found.node;
        let id = node.get("operationId").and_then(Node::as_str);
        if let Some((key, choice)) = self.settings.polling.choice(id, found.path.text()) {
            let PollingChoice::As(words) = choice else {
                return None;
            };
            return match self.checked(operation, words) {
                Ok(()) => Some(polling(words.clone(), PollingBasis::Settings)),
                Err(Unfit { key: member, what }) => {
                    let what = format!("its `{member}` {what}");
                    self.stats.misfits.push((SETTING, key.to_owned(), what));
                    None
                }
            };
        }
        if let Some(own) = node.get(OWN) {
            let words = words(own);
            return match self.checked(operation, &words) {
                Ok(()) => Some(polling(words, PollingBasis::Extension)),
                Err(Unfit { key, what }) => {
                    let Misfit { span, what } = Misfit::of(own, key, &what);
                    let message = format!("the polling does not match the operation: {what}");
                    let help = "name a place in its success body, and values that it can have";
                    let note = "the operation is generated without a way to wait";
                    self.warn(Code::Polling, span, message, (help, note));
                    None
                }
            };
        }
        match self.settings.polling.infer {
            true => self.inferred_polling(operation),
            false => None,
        }
    }

    /// Compares words with the answer that they are for.
    fn checked(&self, operation: &Operation, words: &PollingWords) -> Result<(), Unfit> {
        let of = |key, what: &str| {
            Err(Unfit {
                key,
                what: what.to_owned(),
            })
        };
        let body = body(operation);
        let Some(found) = body.and_then(|body| self.at(body, &words.status)) else {
            return of("status", "points to nothing in the success body");
        };
        let listed = match self.unaliased(found) {
            Type::Named(id) | Type::Boxed(id) => match &self.types.get(*id).shape {
                Shape::Enum(choice) => Some(choice),
                _ => return of("status", "does not point to a single value"),
            },
            Type::String | Type::Bool | Type::Int(_) => None,
            _ => return of("status", "does not point to a single value"),
        };
        if words.pending.is_empty() && words.succeeded.is_empty() {
            return of(
                "pending",
                "names no value, and `succeeded` names none either",
            );
        }
        let lists = [
            ("pending", &words.pending),
            ("succeeded", &words.succeeded),
            ("failed", &words.failed),
        ];
        for (key, list) in lists {
            for word in list {
                let is_listed = |choice: &Enum| {
                    let mut variants = choice.variants.iter();
                    variants.any(|variant| written(&variant.value).as_deref() == Some(word))
                };
                if !listed.is_none_or(is_listed) {
                    let what = format!("has `{}`, which is not a value of it", word.escape_debug());
                    return of(key, &what);
                }
                let holders = lists.iter().filter(|(_, list)| list.contains(word));
                if holders.count() > 1 {
                    let what = format!("has `{}`, which another list has too", word.escape_debug());
                    return of(key, &what);
                }
            }
        }
        Ok(())
    }

    /// The type that a JSON pointer leads to, through members, items of lists and values of maps.
    fn at<'t>(&'t self, from: &'t Type, pointer: &str) -> Option<&'t Type> {
        let mut segments = pointer.strip_prefix('/')?.split('/');
        segments.try_fold(from, |of, segment| {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            match self.unaliased(of) {
                Type::List(item) => segment.parse::<usize>().ok().map(|_| &**item),
                Type::Map(value) => Some(&**value),
                other => {
                    let mut fields = self.types.fields_of(other)?.iter();
                    let field = fields.find(|field| field.wire.text() == segment)?;
                    Some(&field.ty)
                }
            }
        })
    }

    fn inferred_polling(&self, operation: &Operation) -> Option<Polling> {
        let is_read = operation.method.as_str() == "GET"
            && operation.body.is_none()
            && operation.receiver.is_none()
            && operation.paging.is_none();
        let is_parameter = |segment: &PathSegment| matches!(segment, PathSegment::Parameter(_));
        if !is_read || !operation.segments.iter().any(is_parameter) {
            return None;
        }
        let fields = self.types.fields_of(body(operation)?)?;
        let own = fields.iter().map(|field| (pointed(field), field));
        let around = fields
            .iter()
            .filter(|field| AROUND.contains(&folded(field.wire.text()).as_str()));
        let inner = around.flat_map(|around| {
            let inner = self.types.fields_of(&around.ty).unwrap_or_default();
            inner
                .iter()
                .map(move |field| (pointed(around) + &pointed(field), field))
        });
        let mut all = own.chain(inner).filter_map(|(status, field)| {
            let words = self.known_words(field)?;
            Some(PollingWords { status, ..words })
        });
        let only = all.next()?;
        let is_only = all.next().is_none();
        is_only.then(|| polling(only, PollingBasis::Inferred))
    }

    /// The values of a status, if each is a known word, and there are some of each kind.
    fn known_words(&self, field: &Field) -> Option<PollingWords> {
        let is_status = STATUS.contains(&folded(field.wire.text()).as_str());
        if field.role != FieldRole::Member || !is_status {
            return None;
        }
        let (Type::Named(id) | Type::Boxed(id)) = self.unaliased(&field.ty) else {
            return None;
        };
        let Shape::Enum(Enum {
            base: EnumBase::String,
            variants,
            ..
        }) = &self.types.get(*id).shape
        else {
            return None;
        };
        let mut words = PollingWords::default();
        for variant in variants {
            let word = written(&variant.value)?;
            let known = folded(&word);
            let is = |list: &[&str]| list.contains(&known.as_str());
            let list = match () {
                () if is(PENDING) => &mut words.pending,
                () if is(SUCCEEDED) => &mut words.succeeded,
                () if is(FAILED) => &mut words.failed,
                () => return None,
            };
            list.push(word);
        }
        let kinds = [&words.pending, &words.succeeded, &words.failed];
        let has_all = kinds.iter().all(|list| !list.is_empty());
        has_all.then_some(words)
    }
}

/// A member of a declaration that does not fit.
struct Unfit {
    key: &'static str,
    what: String,
}

fn words(own: &Node) -> PollingWords {
    let list = |key| {
        let items = own.get(key).map(Node::items).unwrap_or_default().iter();
        let texts = items.filter_map(|item| item.as_str().map(str::to_owned));
        texts.collect()
    };
    let status = own.get("status").and_then(Node::as_str);
    PollingWords {
        status: status.unwrap_or_default().to_owned(),
        pending: list("pending"),
        succeeded: list("succeeded"),
        failed: list("failed"),
    }
}

fn polling(words: PollingWords, basis: PollingBasis) -> Polling {
    let PollingWords {
        status,
        pending,
        succeeded,
        failed,
    } = words;
    Polling {
        status,
        pending,
        succeeded,
        failed,
        basis,
    }
}

/// A constant as the text that a wait compares.
fn written(value: &Literal) -> Option<String> {
    match value {
        Literal::String(text) => Some(text.text().to_owned()),
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Int(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The name of a field as a part of a JSON pointer.
fn pointed(field: &Field) -> String {
    format!(
        "/{}",
        field.wire.text().replace('~', "~0").replace('/', "~1")
    )
}
