//! Attempts, until one of them is the answer.

use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::attempt::{Answer, Content, attempt, body_limit};
use super::prepare::Prepared;
use super::reopen::Reopen;
use super::watch::within;
use crate::client::BoxFuture;
use crate::client::core::{Core, Redirects};
use crate::client::credential::{CachedToken, Proof, Refusal, TokenCache};
use crate::client::error::{
    CredentialError, Error, Fault, Limit, TooLarge, TransportError, TransportErrorKind,
};
use crate::client::observe::Attempt;
use crate::client::operation::OperationSpec;
use crate::client::response::{Reply, Sent};
use crate::client::retry::{self, Budget};
use crate::client::stream::Streaming;
use crate::client::trace;
use crate::tolerance::Reading;

/// A call under way.
struct Course<'c> {
    core: &'c Core,
    prepared: Prepared,
    /// When it was first asked how much time is left.
    begun: Option<Instant>,
    attempts: u32,
    /// The tokens that the last retry took from the budget.
    cost: u32,
    renewed: Renewed,
    /// The number of redirects that were followed.
    hops: u32,
    /// Whether one of them led to the same path with or without a slash, unasked.
    slashed: bool,
}

/// Most redirects that one call follows.
const MOST_HOPS: u32 = 10;

/// Whether a refused token has been replaced already.
#[derive(PartialEq, Eq)]
enum Renewed {
    NotYet,
    Once,
}

type Outcome = Result<Answer, TransportError>;

/// Sends the request, again where it may be, until there is an answer.
///
/// The course is made outside the future, which then holds it once: an argument is held as such and as a variable.
pub(super) fn run(
    core: &Core,
    prepared: Prepared,
) -> impl Future<Output = Result<Box<Reply>, Fault>> + Send {
    let mut course = Course {
        core,
        prepared,
        begun: None,
        attempts: 0,
        cost: 0,
        renewed: Renewed::NotYet,
        hops: 0,
        slashed: false,
    };
    async move {
        loop {
            let proofs = course.prove().await?;
            let outcome = {
                // Not before the credentials: a sign-in is a request too.
                let _turn = match &core.inner().turns {
                    Some(turns) => turns.acquire().await.ok(),
                    None => None,
                };
                let watch = Watch::new(core);
                let (span, attempt) = course.attempt(&proofs)?;
                let outcome = span.around(pin!(attempt)).await;
                watch.ended(core, course.prepared.spec, course.attempts, &outcome);
                if let (Ok(answer), Some(cookies)) = (&outcome, &core.inner().access.cookies) {
                    let now = core.clock().wall();
                    cookies.keep(&course.prepared.uri, &answer.headers, now);
                }
                match &outcome {
                    Ok(answer) => span.answered(answer.status.as_u16()),
                    Err(error) => span.failed(error),
                }
                outcome
            };
            if course.is_redirected(&outcome) {
                continue;
            }
            match course.wait_before_next(&outcome, &proofs) {
                Some(delay) => {
                    trace::retry(course.prepared.spec, course.attempts, delay);
                    core.clock().pause(delay).await;
                }
                None => return course.end(outcome, proofs),
            }
        }
    }
}

impl Course<'_> {
    /// The time that the operation has left: all of it at first.
    fn left(&mut self) -> Duration {
        let now = self.core.clock().now();
        let begun = *self.begun.get_or_insert(now);
        let limit = self.prepared.timeouts(self.core).operation;
        limit.saturating_sub(now.saturating_duration_since(begun))
    }

    /// The credentials of the next attempt. Whoever waits for a token does not wait longer than the operation may take.
    async fn prove(&mut self) -> Result<Vec<Proof>, Fault> {
        let mut proofs = Vec::with_capacity(self.prepared.schemes.len());
        let schemes = self.prepared.schemes.clone();
        for scheme in schemes.iter() {
            let Some(credential) = self.core.credential(scheme) else {
                continue;
            };
            proofs.push(match credential.proof(scheme.needed_scopes()) {
                Ok(proof) => proof,
                Err(cache) => {
                    let held = self.fetch(&cache).await?;
                    credential.proof_by(cache, held)
                }
            });
        }
        Ok(proofs)
    }

    /// Boxed, since most calls need no such thing.
    fn fetch<'a>(&mut self, cache: &'a TokenCache) -> BoxFuture<'a, Result<CachedToken, Fault>>
    where
        Self: 'a,
    {
        let (core, left) = (self.core, self.left());
        Box::pin(async move {
            let token = pin!(cache.get(core));
            let mut alarm = core.clock().alarm(left);
            let token = within(token, Pin::new(&mut alarm))
                .await
                .unwrap_or_else(|()| {
                    let late = TransportError::from(TransportErrorKind::Timeout(Limit::Operation));
                    Err(CredentialError::new(cache.scheme(), late, true))
                });
            token.map_err(|error| Error::Credential(Box::new(error)))
        })
    }

    /// Gets an attempt under way, in a span of its own.
    fn attempt<'s>(
        &'s mut self,
        proofs: &[Proof],
    ) -> Result<(trace::Span, impl Future<Output = Outcome> + Send + use<'s>), Fault> {
        let mut request = self.prepared.request(self.core, proofs)?;
        self.attempts = self.attempts.saturating_add(1);
        let span = trace::Span::new(self.prepared.spec, request.uri(), self.attempts);
        let left = self.left();
        let course: &'s Self = self;
        let attempt = span.entered(|| {
            if let Some(inject) = &course.core.inner().observers.inject {
                inject(request.headers_mut());
            }
            attempt(course.core, &course.prepared, request, left)
        });
        Ok((span, attempt))
    }

    /// Whether the answer leads elsewhere in the same origin, and the client goes there. That does not count as an attempt.
    /// A tolerant client goes to the same path with or without a slash at its end: routers are strict about it, and
    /// documents are not.
    fn is_redirected(&mut self, outcome: &Outcome) -> bool {
        let follows = self.core.inner().redirects == Redirects::WithinOrigin;
        let Ok(answer) = outcome else { return false };
        if !answer.status.is_redirection() || self.hops >= MOST_HOPS {
            return false;
        }
        let slashes = || {
            let reading = self
                .core
                .inner()
                .rereading
                .of_call(&self.prepared.rereading);
            reading.rules(self.prepared.spec).reading == Reading::Tolerant
                && self.prepared.leads_to_slash(&answer.headers)
        };
        let slashed = !follows && slashes();
        let goes = (follows || slashed) && self.prepared.redirected(answer.status, &answer.headers);
        self.slashed |= slashed && goes;
        if goes {
            self.hops = self.hops.saturating_add(1);
            self.attempts = self.attempts.saturating_sub(1);
        }
        goes
    }

    /// The wait before another attempt; none: this outcome is the last.
    fn wait_before_next(&mut self, outcome: &Outcome, proofs: &[Proof]) -> Option<Duration> {
        if let Ok(Answer {
            status: StatusCode::UNAUTHORIZED,
            headers,
            ..
        }) = outcome
        {
            return self.renew(proofs, headers);
        }
        let error = failure(outcome);
        let retryable = match outcome {
            Ok(answer) if retry::is_retryable(answer.status) => self.prepared.may_repeat(),
            _ => error.is_some_and(|error| self.may_resend(error)),
        };
        if !retryable || self.attempts >= self.prepared.retry.attempts() {
            return None;
        }
        let asked = outcome
            .as_ref()
            .ok()
            .and_then(|answer| self.retry_after(answer));
        let clock = &**self.core.clock();
        let delay = asked.unwrap_or_else(|| self.prepared.retry.delay(self.attempts, clock));
        let cost = Budget::cost(error);
        if delay >= self.left() || !self.core.inner().budget.take(cost) {
            return None;
        }
        self.cost = cost;
        Some(delay)
    }

    fn may_resend(&self, error: &TransportError) -> bool {
        match error.is_before_send() {
            true => self.prepared.is_replayable(),
            false => error.is_retryable() && self.prepared.may_repeat(),
        }
    }

    /// After a 401: forgets the token, and tries once more with a new one if the call is safe to repeat.
    fn renew(&mut self, proofs: &[Proof], headers: &HeaderMap) -> Option<Duration> {
        let (mut renewable, mut challenged) = (false, false);
        for proof in proofs {
            match proof.refused(headers) {
                Refusal::Final => {}
                Refusal::Renewable => renewable = true,
                // A challenge comes before anything is done, whatever the method.
                Refusal::Challenged => challenged = true,
            }
        }
        let may =
            renewable && self.prepared.may_repeat() || challenged && self.prepared.is_replayable();
        if !may || self.renewed == Renewed::Once {
            return None;
        }
        self.renewed = Renewed::Once;
        Some(Duration::ZERO)
    }

    fn retry_after(&self, answer: &Answer) -> Option<Duration> {
        retry::after(&answer.headers, || self.core.clock().wall())
    }

    /// The result for the caller.
    fn end(self, outcome: Outcome, proofs: Vec<Proof>) -> Result<Box<Reply>, Fault> {
        let inner = self.core.inner();
        let (spec, attempts) = (self.prepared.spec, self.attempts);
        let broken = |error: TransportError| match error.missing_credential() {
            Some(missing) => Error::MissingCredential(missing.clone()),
            None => Error::Transport(error.during(spec.name, attempts)),
        };
        let answer = outcome.map_err(broken)?;
        if answer.status.as_u16() < 500 && !retry::is_retryable(answer.status) {
            inner.budget.give_back(self.cost);
        }
        let retry_after = self.retry_after(&answer);
        let reopen = self.prepared.reconnect;
        let streaming = Streaming {
            item_limit: inner.item_limit,
            sentinel: inner.sentinel.clone(),
            reopen: reopen.and_then(|policy| Reopen::new(self.core, &self.prepared, policy)),
        };
        let sent = Sent {
            help: self.prepared.help(self.core, answer.status, &proofs),
            proofs,
            written: self.prepared.secrets,
            names: inner.api.secrets,
        };
        let Answer {
            status,
            headers,
            body,
        } = answer;
        let (body, stream, failure) = match body {
            Ok(Content::Read(bytes)) => (bytes, None, None),
            Ok(Content::Unread(stream)) => (Bytes::new(), Some(stream), None),
            Err(error) => (Bytes::new(), None, Some(error)),
        };
        let rereading = inner.rereading.of_call(&self.prepared.rereading);
        let uri = self.prepared.uri;
        // Several futures hand it on.
        let reply = Box::new(Reply {
            spec,
            uri,
            status,
            headers,
            body,
            stream,
            attempts,
            retry_after,
            sent,
            streaming,
            read: false,
            exact: false,
            rereading,
            slashed: self.slashed,
            departures: Vec::new(),
        });
        match failure {
            None => Ok(reply),
            Some(error) if error.kind() == TransportErrorKind::BodyLimit => {
                let limit = body_limit(inner, status);
                Err(Error::TooLarge(Box::new(TooLarge {
                    limit,
                    unit: "bytes",
                    response: reply.failed(),
                })))
            }
            Some(error) => Err(broken(error)),
        }
    }
}

/// The start of an attempt, where a hook wants to know how long it took.
struct Watch(Option<Instant>);

impl Watch {
    fn new(core: &Core) -> Self {
        let is_watched = core.inner().observers.attempt.is_some();
        Self(is_watched.then(|| core.clock().now()))
    }

    fn ended(self, core: &Core, spec: &OperationSpec, number: u32, outcome: &Outcome) {
        let (Some(start), Some(hook)) = (self.0, &core.inner().observers.attempt) else {
            return;
        };
        let duration = core.clock().now().saturating_duration_since(start);
        let told = match outcome {
            Ok(Answer {
                status,
                body: Ok(_),
                ..
            }) => Ok(*status),
            Ok(Answer {
                body: Err(error), ..
            })
            | Err(error) => Err(error.kind()),
        };
        hook(&Attempt::new(spec, number, duration, told));
    }
}

/// The failure of the connection, before the headers or after.
fn failure(outcome: &Outcome) -> Option<&TransportError> {
    match outcome {
        Ok(answer) => answer.body.as_ref().err(),
        Err(error) => Some(error),
    }
}
