//! A receiver as a tower service: what axum and hyper route requests to.

use std::convert::Infallible;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::Body as HttpBody;
use tower_service::Service;

use super::{Arrival, Events, Receiver, Refused};
use crate::client::{Body, BoxFuture};

type Handle<E> = dyn Fn(Arrival<E>) -> BoxFuture<'static, http::Response<Body>> + Send + Sync;
type Look = dyn Fn(&Refused) + Send + Sync;

/// A tower service that receives events: `Router::new().route_service("/hooks", receiver.serve(handler))`.
///
/// A request that is refused is answered with [`Refused::answer`].
pub struct Receiving<E> {
    receiver: Receiver<E>,
    handle: Arc<Handle<E>>,
    look: Option<Arc<Look>>,
}

impl<E: Events> Receiver<E> {
    /// Answers each event by a function. `Receive::reply` makes an answer of what the document has.
    pub fn serve<F, A>(self, handle: F) -> Receiving<E>
    where
        F: Fn(Arrival<E>) -> A + Send + Sync + 'static,
        A: Future<Output = http::Response<Body>> + Send + 'static,
    {
        Receiving {
            receiver: self,
            handle: Arc::new(move |arrival| Box::pin(handle(arrival))),
            look: None,
        }
    }
}

impl<E> Receiving<E> {
    /// Looks at requests that are refused: for a log.
    #[must_use]
    pub fn on_refused(mut self, look: impl Fn(&Refused) + Send + Sync + 'static) -> Self {
        self.look = Some(Arc::new(look));
        self
    }
}

impl<E: Events> Receiver<E> {
    /// Receives a request whose body is still to be read.
    ///
    /// # Errors
    /// As [`receive`](Self::receive), and where the body ends early.
    pub async fn receive_body<B>(&self, request: http::Request<B>) -> Result<Arrival<E>, Refused>
    where
        B: HttpBody,
    {
        let (head, body) = request.into_parts();
        let body = self.gather(body).await?;
        self.receive(http::Request::from_parts(head, body))
    }

    async fn gather<B: HttpBody>(&self, body: B) -> Result<Bytes, Refused> {
        let limit = self.body_limit;
        let mut body = pin!(body);
        let mut gathered = BytesMut::new();
        while let Some(frame) =
            std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
        {
            let Ok(frame) = frame else {
                return Err(Refused::Cut);
            };
            if let Ok(data) = frame.into_data() {
                let data = gather_one(data);
                if gathered.len().saturating_add(data.len()) > limit {
                    return Err(Refused::TooLarge { limit });
                }
                gathered.extend_from_slice(&data);
            }
        }
        Ok(gathered.freeze())
    }
}

fn gather_one(mut data: impl bytes::Buf) -> Bytes {
    data.copy_to_bytes(data.remaining())
}

impl<E: Events, B> Service<http::Request<B>> for Receiving<E>
where
    B: HttpBody + Send + 'static,
    B::Data: Send,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let Self {
            receiver,
            handle,
            look,
        } = self.clone();
        Box::pin(async move {
            Ok(match receiver.receive_body(request).await {
                Ok(arrival) => handle(arrival).await,
                Err(refused) => {
                    look.iter().for_each(|look| look(&refused));
                    refused.answer()
                }
            })
        })
    }
}

impl<E> Clone for Receiving<E> {
    fn clone(&self) -> Self {
        Self {
            receiver: self.receiver.clone(),
            handle: Arc::clone(&self.handle),
            look: self.look.clone(),
        }
    }
}

impl<E> fmt::Debug for Receiving<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving")
            .field("receiver", &self.receiver)
            .finish_non_exhaustive()
    }
}
