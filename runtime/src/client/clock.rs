//! Time and chance, so that tests decide both.

use std::time::{Duration, Instant, SystemTime};

use super::{BoxFuture, chance};

/// The source of a client's time and chance.
pub trait Clock: Send + Sync + 'static {
    /// The time that intervals are measured by.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// The time of day, which dates in headers are compared with.
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Waits before another attempt. A test's clock need not wait at all.
    fn pause(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// Ends after a limit on time. A test's clock lets this pass as it does.
    fn alarm(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// A random number from 0 to 1, for jitter.
    fn fraction(&self) -> f64 {
        (chance::bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The clock that clients have unless told otherwise. Needs tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn pause(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn alarm(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}
