//! What the parts of a fake share: responders, what was called, what was wrong.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use bytes::Bytes;
use http::request::Parts;

use super::answer::{Answer, Side};
use super::breach::{Breach, Violation};
use super::contract;
use super::inbound::Inbound;
use super::outcome::Outcome;
use super::played::{Faked, Served};
use super::received::Received;
use super::route::{self, PathValues, Route};
use super::token::Tokens;
use crate::client::{ApiSpec, Body, BoxFuture, Transport, TransportError, TransportErrorKind};

type Response = http::Response<Body>;
type Responded = BoxFuture<'static, Result<Response, Vec<Breach>>>;
type Respond = dyn Fn(Arc<State>, Incoming) -> Responded + Send + Sync;

/// A request whose operation is known.
struct Incoming {
    head: Parts,
    path: PathValues,
    body: Bytes,
}

/// What the parts of a fake share.
pub(super) struct State {
    pub(super) api: &'static ApiSpec,
    pub(super) tokens: Tokens,
    routes: &'static [Route],
    responders: RwLock<HashMap<TypeId, Arc<Respond>>>,
    calls: Mutex<Vec<(TypeId, Box<dyn Any + Send + Sync>)>>,
    violations: Mutex<Noted>,
}

/// Violations, and how many of them have been looked at.
#[derive(Default)]
struct Noted {
    all: Vec<Violation>,
    seen: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(super) fn new<C: Faked>() -> Self {
        Self {
            api: C::api(),
            tokens: Tokens::new(C::TOKEN_URLS),
            routes: C::ROUTES,
            responders: RwLock::default(),
            calls: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    /// Sets how an operation is answered.
    pub(super) fn set<O: Served>(
        &self,
        respond: impl Fn(Received<O>) -> BoxFuture<'static, Outcome<O>> + Send + Sync + 'static,
    ) {
        let respond = Arc::new(respond);
        let typed = move |state: Arc<Self>, incoming: Incoming| -> Responded {
            let respond = Arc::clone(&respond);
            Box::pin(async move {
                let received = state.receive::<O>(incoming)?;
                encode(respond(received).await)
            })
        };
        let mut responders = self
            .responders
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        responders.insert(TypeId::of::<O>(), Arc::new(typed));
    }

    /// Answers a request. What is not in the document is noted.
    pub(super) async fn exchange(
        self: &Arc<Self>,
        request: http::Request<Bytes>,
    ) -> Result<Response, Violation> {
        let (head, body) = request.into_parts();
        let (method, path) = (head.method.clone(), head.uri.path().to_owned());
        let found = route::find(self.api, self.routes, &head, |route| {
            self.responder(route).is_some()
        });
        let is_operation = matches!(&found, Ok((route, _)) if self.responder(route).is_some());
        let (spec, answered) = if !is_operation && self.tokens.is_at(&head) {
            (None, self.tokens.answer(&head, &body))
        } else {
            match found {
                Ok((route, path)) => {
                    let incoming = Incoming { head, path, body };
                    (Some(route.spec), self.respond(route, incoming).await)
                }
                Err(breach) => (None, Err(vec![breach])),
            }
        };
        answered.map_err(|breaches| {
            let violation = Violation {
                method,
                path,
                operation: spec.map(|spec| spec.name),
                source: spec.map_or("", |spec| spec.source),
                breaches,
            };
            lock(&self.violations).all.push(violation.clone());
            violation
        })
    }

    fn responder(&self, route: &Route) -> Option<Arc<Respond>> {
        let responders = self
            .responders
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        responders.get(&route.id()).cloned()
    }

    async fn respond(
        self: &Arc<Self>,
        route: &Route,
        incoming: Incoming,
    ) -> Result<Response, Vec<Breach>> {
        match self.responder(route) {
            Some(respond) => respond(Arc::clone(self), incoming).await,
            None => Err(vec![Breach::Unanswered]),
        }
    }

    fn receive<O: Served>(&self, incoming: Incoming) -> Result<Received<O>, Vec<Breach>> {
        let Incoming { head, path, body } = incoming;
        let inbound = Inbound::new(head, path, body);
        let mut received = contract::receive::<O>(self.api, inbound)?;
        let id = TypeId::of::<O>();
        let mut calls = lock(&self.calls);
        received.earlier = calls.iter().filter(|(known, _)| *known == id).count();
        calls.push((id, Box::new(received.operation.clone())));
        Ok(received)
    }

    /// The calls of an operation that were as the document says.
    pub(super) fn calls<O: Served>(&self) -> Vec<O> {
        let calls = lock(&self.calls);
        let ours = calls.iter().filter_map(|(_, call)| call.downcast_ref());
        ours.cloned().collect()
    }

    /// All violations; from now on they count as looked at.
    pub(super) fn violations(&self) -> Vec<Violation> {
        let mut noted = lock(&self.violations);
        noted.seen = noted.all.len();
        noted.all.clone()
    }

    /// Violations that nobody has looked at.
    pub(super) fn unseen(&self) -> Vec<Violation> {
        let noted = lock(&self.violations);
        noted.all.iter().skip(noted.seen).cloned().collect()
    }
}

fn encode<O: Served>(outcome: Outcome<O>) -> Result<Response, Vec<Breach>> {
    let side = match &outcome.result {
        Ok(_) => Side::Success,
        Err(_) => Side::Failure,
    };
    let documented = const { &O::SPEC }.responses;
    let mut answer = Answer::new(documented, side, outcome.status);
    answer.add_headers(&outcome.headers);
    O::answer(outcome.result, &mut answer);
    answer.finish()
}

/// Carries requests to a fake without a socket.
pub(super) struct InMemory(pub(super) Arc<State>);

impl Transport for InMemory {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<Response, TransportError>> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes(usize::MAX).await?;
            let exchanged = state.exchange(http::Request::from_parts(head, body)).await;
            exchanged.map_err(|violation| TransportError::new(TransportErrorKind::Other, violation))
        })
    }
}
