//! Operations that are answered by a stream where the caller asks for one, and by a single value else.

use crate::diagnostic::Code;
use crate::ir::{Body, OmittedKind, Parameter, Payload, Shape, Status, StreamFlag, Streamed, Type};
use crate::load::{Entry, Node};
use crate::names::Words;

use super::super::naming::Naming;
use super::super::{Direction, Lowering, literal};
use super::stream::{Frames, frames};

/// The member of a body, or the parameter, that asks for a stream where the document names no other.
const FLAG: &str = "stream";

impl<'a> Lowering<'a> {
    /// The stream that an operation documents beside another answer.
    pub(super) fn streamed(
        &mut self,
        operation: &'a Node,
        words: &Words,
        parameters: &[Parameter],
        body: Option<&Body>,
    ) -> Option<Streamed> {
        let (status, entry, media, frames) = self.stream_beside_others(operation)?;
        let naming = Naming::operation(words.clone(), Words::of("stream"));
        Some(Streamed {
            status,
            items: self.items(frames, media, Direction::Response, &naming),
            media_type: entry.key.clone(),
            flag: self.stream_flag(operation, parameters, body),
        })
    }

    /// The first media type of a success that is a stream, where another one is not.
    fn stream_beside_others(
        &self,
        operation: &'a Node,
    ) -> Option<(Status, &'a Entry, &'a Node, Frames)> {
        let responses = operation.get("responses").map(Node::entries)?;
        responses.iter().find_map(|response| {
            let status = success(response.key.text())?;
            let content = self.follow(&response.value)?.get("content")?;
            let all = content.entries().iter();
            let (streams, others): (Vec<_>, Vec<_>) = all
                .filter_map(|entry| {
                    let media = self.follow(&entry.value)?;
                    Some((entry, media, frames(entry.key.text(), media)))
                })
                .partition(|(.., frames)| frames.is_some());
            let (entry, media, frames) = *streams.first().filter(|_| !others.is_empty())?;
            Some((status, entry, media, frames?))
        })
    }

    /// Says which streams can't be asked for, since another one comes first.
    pub(super) fn warn_further_streams(&mut self, operation: &'a Node) {
        let responses = operation.get("responses").map(Node::entries);
        let mut further: Vec<&'a Entry> = Vec::new();
        for response in responses.unwrap_or_default() {
            let content = self.follow(&response.value);
            let content = content.and_then(|response| response.get("content"));
            let Some(content) = content.filter(|_| success(response.key.text()).is_some()) else {
                continue;
            };
            let streams = content.entries().iter().filter_map(|entry| {
                let media = self.follow(&entry.value)?;
                frames(entry.key.text(), media).map(|frames| (frames, entry))
            });
            let streams: Vec<(Frames, &'a Entry)> = streams.collect();
            let others = streams
                .iter()
                .skip(1)
                .filter(|(frames, _)| streams.first().is_some_and(|(first, _)| first != frames));
            further.extend(others.map(|(_, entry)| *entry));
        }
        for entry in further {
            self.omit(OmittedKind::MediaType, entry.key.clone(), entry.key_span);
            self.warn(
                Code::NotGenerated,
                entry.key_span,
                format!("`{}` is one more stream of this answer", entry.key.text()),
                (
                    "put the stream that is wanted first, by an overlay say",
                    "the first stream alone can be asked for",
                ),
            );
        }
    }

    /// Where the request says that a stream is wanted.
    fn stream_flag(
        &mut self,
        operation: &'a Node,
        parameters: &[Parameter],
        body: Option<&Body>,
    ) -> Option<StreamFlag> {
        let own = operation.get("x-stream-flag");
        let named = own.and_then(literal::text);
        let name = named.as_ref().map_or(FLAG, |name| name.text());
        self.drain();
        let flag = self
            .flag_in_body(name, body)
            .or_else(|| self.flag_among(name, parameters));
        if let Some(own) = own.filter(|_| flag.is_none()) {
            self.warn(
                Code::Malformed,
                own.span,
                "`x-stream-flag` names no boolean member of the body and no boolean parameter",
                (
                    "name one of them",
                    "only the `Accept` header asks for a stream",
                ),
            );
        }
        flag
    }

    fn flag_in_body(&self, name: &str, body: Option<&Body>) -> Option<StreamFlag> {
        let [(_, Payload::Json(ty), _)] = body?.payloads.as_slice() else {
            return None;
        };
        let (Type::Named(id) | Type::Boxed(id)) = self.unaliased(ty) else {
            return None;
        };
        let Shape::Struct(members) = &self.types.get(*id).shape else {
            return None;
        };
        let mut fields = members.fields.iter();
        let field = fields.find(|field| field.wire.text() == name)?;
        (field.ty == Type::Bool && field.constant.is_none()).then(|| StreamFlag::Member {
            name: field.name.clone(),
            presence: field.presence,
        })
    }

    fn flag_among(&self, name: &str, parameters: &[Parameter]) -> Option<StreamFlag> {
        let is_flag =
            |parameter: &Parameter| parameter.wire.text() == name && parameter.ty == Type::Bool;
        parameters
            .iter()
            .position(is_flag)
            .map(StreamFlag::Parameter)
    }
}

/// The status that a key of `responses` names, if it is a success.
fn success(key: &str) -> Option<Status> {
    match (key.parse(), key) {
        (Ok(code @ 200..=299), _) => Some(Status::Code(code)),
        (_, "2XX") => Some(Status::Class(2)),
        _ => None,
    }
}
