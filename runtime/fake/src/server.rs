//! The fake itself.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::listen::Tasks;
use crate::outcome::Answers;
use crate::played::{Faked, Served};
use crate::problem::Problem;
use crate::received::Received;
use crate::route::base_path;
use crate::state::{InMemory, State};
use crate::token::{TokenRefusal, TokenRequest};
use countersign_runtime::{
    BuildError, Builder, Credential, Retry, Scheme, SchemeKind, Token, Transport, Variable,
    is_token,
};

/// A server that plays the API of a client, for tests: see [the crate](crate).
///
/// Clones are the same server. When the last one is dropped, listening ends; and if there are problems that nobody
/// has looked at with [`problems`](Self::problems), it panics, so that the test fails (unless it does already).
pub struct Server<C> {
    pub(crate) state: Arc<State>,
    pub(crate) guard: Arc<Guard>,
    client: PhantomData<fn() -> C>,
}

/// Ends what belongs to a server when the last clone goes.
pub(crate) struct Guard {
    state: Arc<State>,
    pub(crate) tasks: Tasks,
    lenient: AtomicBool,
}

impl<C> Clone for Server<C> {
    fn clone(&self) -> Self {
        Self {
            state: Arc::clone(&self.state),
            guard: Arc::clone(&self.guard),
            client: PhantomData,
        }
    }
}

impl<C: Faked> Default for Server<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Faked> Server<C> {
    /// A server that knows the document, and has not been told how to answer anything yet.
    pub fn new() -> Self {
        let state = Arc::new(State::new::<C>());
        let guard = Guard {
            state: Arc::clone(&state),
            tasks: Tasks::default(),
            lenient: AtomicBool::new(false),
        };
        Self {
            state,
            guard: Arc::new(guard),
            client: PhantomData,
        }
    }

    /// Sets how an operation is answered, in place of how it was so far.
    ///
    /// The responder is given the operation as the client made it, and returns its result, an
    /// [`Outcome`](crate::Outcome), or a future of either. It is only called for requests that are as the document says.
    #[must_use]
    pub fn on<O, H, A, Kind>(self, responder: H) -> Self
    where
        O: Served<Client = C>,
        H: Fn(Received<O>) -> A + Send + Sync + 'static,
        A: Answers<O, Kind>,
    {
        self.state
            .set(move |received| responder(received).outcome());
        self
    }

    /// Sets how requests for OAuth 2.0 tokens are answered. Unless set, everyone gets a new one that is good for 15
    /// minutes.
    #[must_use]
    pub fn on_token<H>(self, responder: H) -> Self
    where
        H: Fn(&TokenRequest) -> Result<Token, TokenRefusal> + Send + Sync + 'static,
    {
        self.state.tokens.set(responder);
        self
    }

    /// Lets problems pass that nobody looks at: for a fake that is a program of its own rather than part of a test.
    #[must_use]
    pub fn lenient(self) -> Self {
        self.guard.lenient.store(true, Ordering::Relaxed);
        self
    }

    /// A client of this server, in memory: no socket is opened. It has a credential for each security scheme and does
    /// not retry.
    ///
    /// # Panics
    /// When the API's document has a header for what to accept that cannot be filled in; see [`builder`](Self::builder).
    pub fn client(&self) -> C {
        match self.builder().build() {
            Ok(client) => client,
            Err(error) => refuse(&error),
        }
    }

    /// A builder of a client like [`client`](Self::client) makes one, to be changed before it is built. A credential
    /// that is added takes the place of the one for its scheme.
    pub fn builder(&self) -> Builder<C> {
        let api = self.state.api;
        let builder = Builder::new(api)
            .base_url(format!("http://localhost{}", base_path(api)))
            .base_url_for_all()
            .transport(self.transport())
            .retry(Retry::off());
        let variables = api.accept.map_or(&[][..], |accept| accept.variables);
        let unset = variables
            .iter()
            .filter(|variable| variable.default.is_none());
        let builder = unset.fold(builder, |builder, variable| {
            builder.accept_variable(variable.name, value(variable, api.version))
        });
        C::SCHEMES.iter().fold(builder, |builder, scheme| {
            builder.credential(credential(*scheme))
        })
    }

    /// The transport to this server in memory, for a builder of one's own.
    pub fn transport(&self) -> impl Transport + use<C> {
        InMemory(Arc::clone(&self.state))
    }

    /// The calls of an operation so far, in the order in which they came. Problems are not among them.
    pub fn calls<O: Served<Client = C>>(&self) -> Vec<O> {
        self.state.calls()
    }

    /// Requests that were not as the document says, or that nobody had told how to answer. Whoever calls this answers
    /// for them: they are no reason to panic any more.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.state.problems()
    }
}

/// A value for a part of the media type that callers choose: often the version of the API, which the document has.
fn value(variable: &Variable, version: &'static str) -> &'static str {
    let listed = variable.values.first().copied();
    listed.unwrap_or(if is_token(version) { version } else { "1" })
}

fn credential(scheme: Scheme) -> Credential {
    match scheme.kind() {
        SchemeKind::Basic => Credential::basic(scheme, "fake", "fake"),
        _ => Credential::new(scheme, "fake"),
    }
}

#[allow(
    clippy::panic,
    reason = "a client for tests that cannot be built fails the test"
)]
fn refuse(error: &BuildError) -> ! {
    panic!("the client of a fake cannot be built: {error}")
}

impl Drop for Guard {
    #[allow(clippy::panic, reason = "this is how a test is told")]
    fn drop(&mut self) {
        let unseen = self.state.unseen();
        let told = self.lenient.load(Ordering::Relaxed) || std::thread::panicking();
        if told || unseen.is_empty() {
            return;
        }
        let lines = unseen.iter().map(|problem| format!("\n- {problem}"));
        panic!(
            "a fake got requests that are not in the document:{}",
            lines.collect::<String>()
        );
    }
}

impl<C> fmt::Debug for Server<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("api", &self.state.api.name)
            .finish_non_exhaustive()
    }
}
