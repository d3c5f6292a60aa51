//! Fake servers for tests of code that uses a client: typed answers, and every request checked against the document.
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
//! A request that the document does not have does not reach a responder: it gets no answer but an error that says
//! why, and the fake keeps a [`Problem`].

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod contract;
mod listen;
mod outcome;
mod played;
mod problem;
mod received;
mod route;
mod sender;
mod server;
mod state;
mod token;

pub use self::listen::Listening;
pub use self::outcome::{Answers, AtOnce, Chosen, Later, Outcome};
pub use self::played::{Faked, Served, ServedStream};
pub use self::problem::{Problem, Reason};
pub use self::received::Received;
pub use self::route::Route;
pub use self::sender::Sender;
pub use self::server::Server;
pub use self::token::{TokenRefusal, TokenRequest};
pub use countersign_runtime::inbound::{Answer, Fault, Place};
