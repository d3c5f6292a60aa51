//! In which directions the types of an API travel.

use std::collections::HashMap;

use super::Direction;
use crate::ir::{Api, Operation, TypeId};

/// Who sends the request of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    Client,
    /// A webhook or a callback.
    Server,
}

impl Sender {
    pub(super) fn request(self) -> Direction {
        match self {
            Self::Client => Direction::SENT,
            Self::Server => Direction::RECEIVED,
        }
    }

    pub(super) fn response(self) -> Direction {
        match self {
            Self::Client => Direction::RECEIVED,
            Self::Server => Direction::SENT,
        }
    }
}

/// The operations that one of both sends.
pub(super) fn operations(api: &Api, sender: Sender) -> impl Iterator<Item = &Operation> {
    let modules = api.modules.iter();
    let of_sender = modules.filter(move |module| module.receives == (sender == Sender::Server));
    of_sender.flat_map(|module| &module.operations)
}

/// The directions of the types of an API. What no operation names is not there: it does not travel.
pub(super) struct Usage(HashMap<TypeId, Direction>);

impl Usage {
    pub(super) fn of(api: &Api) -> Self {
        let mut found = HashMap::new();
        let mut add = |direction: Direction, roots: Vec<TypeId>| {
            for id in api.types.reach(roots) {
                let known: &mut Direction = found.entry(id).or_default();
                *known = known.or(direction);
            }
        };
        // A library of schemas is read and written.
        if api
            .modules
            .iter()
            .all(|module| module.operations.is_empty())
        {
            let all = || api.types.iter().map(|(id, _)| id).collect();
            add(Direction::SENT, all());
            add(Direction::RECEIVED, all());
        }
        for sender in [Sender::Client, Sender::Server] {
            let (mut request, mut response) = (Vec::new(), Vec::new());
            for operation in operations(api, sender) {
                operation.each_sent(&mut |ty| ty.each_named(&mut |id| request.push(id)));
                operation.each_received(&mut |ty| ty.each_named(&mut |id| response.push(id)));
            }
            add(sender.request(), request);
            add(sender.response(), response);
        }
        Self(found)
    }

    /// The directions of a type; none of both where it does not travel.
    pub(super) fn direction(&self, id: TypeId) -> Direction {
        self.0.get(&id).copied().unwrap_or_default()
    }
}
