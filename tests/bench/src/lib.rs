//! The cost of a call through a generated client, beside the same call written by hand with reqwest and serde.
//!
//! Both sides send the same request to the same server on loopback and read the same answer into types of the same
//! shape. [`Side`] is the one thing that a measurement needs to know of them.

mod by_hand;
pub mod codec;
mod generated;
mod server;
pub mod streams;

use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

pub use self::by_hand::ByHand;
pub use self::generated::Generated;
pub use self::server::Server;

/// The token that both sides send.
const TOKEN: &str = "a-session-token-of-the-usual-length-0123456789";
/// The secrets that both sides send.
const SECRET: &str = "a-shared-secret-of-radius";
/// The provider that both sides read.
const ID: Uuid = Uuid::from_u128(0x4c07_bc67_57ea_42dd_b702_c2d6_c454_19fc);

/// An error of either side: a benchmark only wants to know that there is none.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A client with two calls: one that reads an object, and one that sends one and reads it back.
#[allow(
    async_fn_in_trait,
    reason = "nothing here is generic over where futures run"
)]
pub trait Side {
    /// A client of this server.
    ///
    /// # Errors
    /// When the client cannot be built.
    fn new(server: &Server) -> Result<Self, Error>
    where
        Self: Sized;

    /// `GET /mfa-providers/{id}`.
    ///
    /// # Errors
    /// When the call fails.
    async fn get(&self) -> Result<(), Error>;

    /// `POST /mfa-providers`.
    ///
    /// # Errors
    /// When the call fails.
    async fn post(&self) -> Result<(), Error>;
}

/// Which of the two calls is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// [`Side::get`].
    Get,
    /// [`Side::post`].
    Post,
}

impl Operation {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Get, Self::Post];

    /// Calls once.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(self, side: &impl Side) -> Result<(), Error> {
        match self {
            Self::Get => side.get().await,
            Self::Post => side.post().await,
        }
    }
}

/// A runtime on the measuring thread alone, so that what it does is counted there.
///
/// # Errors
/// When the system gives it no means to wait.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// The number of allocations of a call once its connection is open, on average over `calls`.
///
/// # Errors
/// When a call fails.
pub fn allocations(
    runtime: &Runtime,
    side: &impl Side,
    operation: Operation,
    calls: u32,
) -> Result<f64, Error> {
    runtime.block_on(async {
        for _ in 0..20 {
            operation.call(side).await?;
        }
        Ok::<_, Error>(())
    })?;
    let mut outcome = Ok(());
    let counted = allocation_counter::measure(|| {
        outcome = runtime.block_on(async {
            for _ in 0..calls {
                operation.call(side).await?;
            }
            Ok(())
        });
    });
    outcome.map(|()| counted.count_total as f64 / f64::from(calls))
}

/// The number of allocations of some work.
///
/// # Errors
/// Those of the work.
pub fn count<T>(work: impl Fn() -> Result<T, Error>) -> Result<f64, Error> {
    let mut outcome = work().map(drop);
    let counted = allocation_counter::measure(|| outcome = work().map(drop));
    outcome.map(|()| counted.count_total as f64)
}
