//! The state that the parts of a fake share: responders, calls, problems.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use bytes::Bytes;
use http::request::Parts;

use crate::contract;
use crate::outcome::Outcome;
use crate::played::{Faked, Served};
use crate::problem::{Problem, Reason};
use crate::received::Received;
use crate::route::{self, PathValues, Route};
use crate::token::Tokens;
use countersign_runtime::inbound::{Answer, Inbound, Side};
use countersign_runtime::{
    ApiSpec, Body, BoxFuture, Transport, TransportError, TransportErrorKind,
};

type Response = http::Response<Body>;
type Responded = BoxFuture<'static, Result<Response, Vec<Reason>>>;
type Respond = dyn Fn(Arc<State>, Incoming) -> Responded + Send + Sync;

/// A request whose operation is known.
struct Incoming {
    head: Parts,
    path: PathValues,
    body: Bytes,
}

/// The state that the parts of a fake share.
pub(crate) struct State {
    pub(crate) api: &'static ApiSpec,
    pub(crate) tokens: Tokens,
    routes: &'static [Route],
    responders: RwLock<HashMap<TypeId, Arc<Respond>>>,
    calls: Mutex<Vec<(TypeId, Box<dyn Any + Send + Sync>)>>,
    problems: Mutex<Noted>,
}

/// Problems, and how many of them have been looked at.
#[derive(Default)]
struct Noted {
    all: Vec<Problem>,
    seen: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(crate) fn new<C: Faked>() -> Self {
        Self {
            api: C::api(),
            tokens: Tokens::new(C::TOKEN_URLS),
            routes: C::ROUTES,
            responders: RwLock::default(),
            calls: Mutex::default(),
            problems: Mutex::default(),
        }
    }

    /// Sets how an operation is answered.
    pub(crate) fn set<O: Served>(
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
    pub(crate) async fn exchange(
        self: &Arc<Self>,
        request: http::Request<Bytes>,
    ) -> Result<Response, Problem> {
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
                Err(reason) => (None, Err(vec![reason])),
            }
        };
        answered.map_err(|reasons| {
            let problem = Problem {
                method,
                path,
                operation: spec.map(|spec| spec.name),
                source: spec.map_or("", |spec| spec.source),
                reasons,
            };
            lock(&self.problems).all.push(problem.clone());
            problem
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
    ) -> Result<Response, Vec<Reason>> {
        match self.responder(route) {
            Some(respond) => respond(Arc::clone(self), incoming).await,
            None => Err(vec![Reason::Unanswered]),
        }
    }

    fn receive<O: Served>(&self, incoming: Incoming) -> Result<Received<O>, Vec<Reason>> {
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
    pub(crate) fn calls<O: Served>(&self) -> Vec<O> {
        let calls = lock(&self.calls);
        let ours = calls.iter().filter_map(|(_, call)| call.downcast_ref());
        ours.cloned().collect()
    }

    /// All problems; from now on they count as looked at.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut noted = lock(&self.problems);
        noted.seen = noted.all.len();
        noted.all.clone()
    }

    /// Problems that nobody has looked at.
    pub(crate) fn unseen(&self) -> Vec<Problem> {
        let noted = lock(&self.problems);
        noted.all.iter().skip(noted.seen).cloned().collect()
    }
}

fn encode<O: Served>(outcome: Outcome<O>) -> Result<Response, Vec<Reason>> {
    let side = match &outcome.result {
        Ok(_) => Side::Success,
        Err(_) => Side::Failure,
    };
    let documented = const { &O::SPEC }.responses;
    let mut answer = Answer::new(documented, side, outcome.status);
    answer.add_headers(&outcome.headers);
    O::answer(outcome.result, &mut answer);
    let reasons = |reasons: Vec<String>| reasons.into_iter().map(Reason::Answer).collect();
    answer.finish().map_err(reasons)
}

/// Carries requests to a fake without a socket.
pub(crate) struct InMemory(pub(crate) Arc<State>);

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
            exchanged.map_err(|problem| TransportError::new(TransportErrorKind::Other, problem))
        })
    }
}
