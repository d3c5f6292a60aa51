//! Fake servers for tests of code that uses a client: typed answers, and every request held against the document.
//!
//! Each generated client has a module `fake` behind a feature of that name, with a [`Server`] that plays its API:
//!
//! ```text
//! let fake = fake::Server::new().on(|call: Received<GetThing>| Ok(thing(&call.id)));
//! let client = fake.client();                  // in memory, without a socket
//! let url = fake.listen().await?.url();        // and on loopback, for a program under test
//! ```
//!
//! A responder returns what the client decodes: the success or the error enum of the operation. A status, a body or a
//! header that the document does not have can't be answered. Where a document leaves a choice (`4XX`, `default`,
//! headers), [`Outcome`] has it.
//!
//! A request that the document does not have is no business of a responder: it gets no answer but an error that says
//! why, and the fake keeps a [`Violation`].

mod answer;
mod breach;
mod contract;
mod inbound;
mod listen;
mod multipart;
mod outcome;
mod pairs;
mod played;
mod received;
mod route;
mod server;
mod spelt;
mod state;
mod token;

pub use self::answer::Answer;
pub use self::breach::{Breach, Place, Violation};
pub use self::inbound::Inbound;
pub use self::listen::Listening;
pub use self::multipart::Parts;
pub use self::outcome::{Answers, AtOnce, Chosen, Later, Outcome};
pub use self::played::{Faked, Served};
pub use self::received::Received;
pub use self::route::Route;
pub use self::server::Server;
pub use self::token::{TokenRefusal, TokenRequest};
