//! Shared by clients: operations, requests, responses, credentials, retries and paging, over any transport.

mod access;
mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod buffered;
mod builder;
mod call;
mod chance;
mod clock;
mod condition;
mod cookies;
mod core;
mod credential;
mod departures;
mod error;
mod hints;
#[cfg(feature = "hyper")]
mod hyper;
mod layer;
#[doc(hidden)]
pub mod link;
mod memory;
mod method;
mod observe;
mod operation;
mod optional_body;
mod overrides;
mod own_blocking_call;
mod own_call;
mod paging;
mod polling;
mod rate_limit;
mod read_as;
mod reconnect;
pub(crate) mod request;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod send;
mod statuses;
mod stream;
mod timeouts;
#[cfg(feature = "hyper")]
mod tls;
mod trace;
mod transport;

use std::pin::Pin;

#[doc(hidden)]
pub use self::base_url::is_token;
#[cfg(feature = "inbound")]
pub(crate) use self::error::{Trouble, locate};
#[doc(hidden)]
pub use self::hints::Blocking as NeedsBlocking;
#[doc(hidden)]
pub use self::response::essence;
#[doc(hidden)]
pub use self::response::fits;
#[cfg(feature = "inbound")]
pub(crate) use self::response::is_json;

pub use self::base_url::BaseUrlError;
#[cfg(feature = "blocking")]
pub use self::blocking::Blocking;
pub use self::body::{Body, BoxError};
pub use self::buffered::{Buffered, buffered};
pub use self::builder::{BuildError, Builder};
pub use self::call::Call;
pub use self::clock::{Clock, SystemClock};
pub use self::condition::{ETag, NotAnETag};
pub use self::core::Core;
#[cfg(feature = "loopback")]
pub use self::credential::Loopback;
#[cfg(feature = "token-file")]
pub use self::credential::TokenFile;
#[cfg(feature = "token-keyring")]
pub use self::credential::TokenKeyring;
#[cfg(feature = "browser")]
pub use self::credential::open_browser;
#[cfg(feature = "oauth")]
pub use self::credential::{Authorization, DeviceAuthorization, MemoryTokens, OAuth, TokenStore};
pub use self::credential::{
    ClientAuth, ClientCredentials, Credential, KeyPlace, OAuthError, OAuthFlow, Scheme, SchemeKind,
    Token, Tokens,
};
pub use self::error::{
    AnyError, CredentialError, DecodeError, Error, Failed, FieldProblem, Limit, MissingCredential,
    Opaque, PagingError, Problem, Redirect, TooLarge, TransportError, TransportErrorKind,
    UnexpectedContentType,
};
pub use self::layer::TransportService;
pub use self::memory::MemoryTransport;
pub use self::method::Method;
pub use self::observe::Attempt;
pub use self::operation::{
    Accept, AcceptSpec, ApiSpec, Idempotency, Operation, OperationSpec, ServerSpec, Variable,
};
pub use self::optional_body::IntoBody;
pub use self::paging::{Count, Items, ListSpec, Pages, Paginated, Position, Summary};
pub use self::polling::{PollSpec, Polled, Polling, Unfinished, WaitError, Waited};
pub use self::rate_limit::{RateLimit, Reset};
pub use self::read_as::ReadAs;
pub use self::reconnect::Reconnect;
pub use self::request::{
    CookieStyle, DeepLists, FilePart, FormField, HeaderStyle, Multipart, PathStyle, QueryString,
    QueryStyle, RequestError, RequestParts,
};
pub use self::response::header::HeaderError;
pub use self::response::{Decoded, Reply, Response, SuccessReader, Undecoded, header};
pub use self::retry::Retry;
pub use self::statuses::{Status, Statuses};
#[cfg(feature = "inbound")]
pub(crate) use self::stream::framed_media_type;
pub use self::stream::{AsStream, Event, EventData, Framing, ItemStream, StreamError, Streamed};
pub use self::timeouts::{Stall, Timeouts, TimeoutsError};
pub use self::transport::Transport;

/// A future of any type.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
