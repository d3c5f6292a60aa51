//! A fake on loopback: HTTP/1.1 for programs that are not given a transport.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, io};

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::played::Faked;
use crate::problem::{Problem, Reason};
use crate::route::base_path;
use crate::server::{Guard, Server};
use crate::state::State;
use countersign_runtime::{Body, TransportError};

/// Where a fake listens. It keeps the server alive: listening ends when this and all clones of the server are dropped.
#[derive(Clone)]
pub struct Listening {
    address: SocketAddr,
    path: String,
    _server: Arc<Guard>,
}

impl PartialEq for Listening {
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address && self.path == other.path
    }
}

impl Eq for Listening {}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listening")
            .field("url", &self.url())
            .finish()
    }
}

impl Listening {
    /// The address and the port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client: with the path that the document's first server has.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.path)
    }

    /// The URL without a path.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Tasks that end with their server.
#[derive(Debug, Default)]
pub(crate) struct Tasks(Mutex<Vec<AbortHandle>>);

impl Tasks {
    fn add(&self, task: AbortHandle) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(task);
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        let tasks = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().for_each(AbortHandle::abort);
    }
}

impl<C: Faked> Server<C> {
    /// Listens on a free port of this machine, as long as the server, a clone of it or what this returns is there. It can
    /// listen on several. Requests that are not as the document says are answered with a text that says why, and status 400 or
    /// 501.
    ///
    /// # Errors
    /// When no port can be had. It has to be called in a tokio runtime.
    pub async fn listen(&self) -> io::Result<Listening> {
        self.listen_on((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    /// Listens on an address.
    ///
    /// # Errors
    /// When the address cannot be had. It has to be called in a tokio runtime.
    pub async fn listen_on(&self, address: SocketAddr) -> io::Result<Listening> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, Arc::clone(&self.state)));
        self.guard.tasks.add(task.abort_handle());
        Ok(Listening {
            address,
            path: base_path(self.state.api),
            _server: Arc::clone(&self.guard),
        })
    }
}

/// Serves connections until it is dropped, and they with it.
async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(serve(stream, Arc::clone(&state)));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request: http::Request<Incoming>| {
        let state = Arc::clone(&state);
        async move { answer(&state, request).await }
    });
    // A connection that breaks is its client's business.
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let _ = connection.await;
}

async fn answer(
    state: &Arc<State>,
    request: http::Request<Incoming>,
) -> Result<http::Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let body = Body::wrap(body).bytes(usize::MAX).await?;
    let exchanged = state.exchange(http::Request::from_parts(head, body)).await;
    Ok(exchanged.unwrap_or_else(|problem| refusal(&problem)))
}

/// The response to a program under test that has a problem. No client repeats a request that is answered so.
fn refusal(problem: &Problem) -> http::Response<Body> {
    let ours = |reason: &Reason| matches!(reason, Reason::Unanswered | Reason::Answer(_));
    let status = match problem.reasons().iter().any(ours) {
        true => StatusCode::NOT_IMPLEMENTED,
        false => StatusCode::BAD_REQUEST,
    };
    let mut response = http::Response::new(Body::from(format!("{problem}\n")));
    *response.status_mut() = status;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}
