//! The continuation of a stream of events over another connection.

use std::time::Duration;

/// Opens a stream of events again when it breaks off: [`Call::reconnect`](super::Call::reconnect).
///
/// The server is told the last id that it gave (`Last-Event-ID`), so that it goes on behind that event. Where its
/// events have no ids it starts anew, and some events may come twice or not at all. The wait is what the server asks
/// for, doubled for each connection that brings nothing; each connection takes from the client's budget for retries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reconnect {
    pub(crate) attempts: u32,
    pub(crate) wait: Duration,
    pub(crate) cap: Duration,
    pub(crate) ends: Ends,
}

/// The meaning of the end of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// The stream has ended.
    Stream,
    /// The server closed a connection, and takes the next.
    Connection,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self {
            attempts: 5,
            wait: Duration::from_secs(1),
            cap: Duration::from_secs(30),
            ends: Ends::Stream,
        }
    }
}

impl Reconnect {
    /// Five attempts in a row at most, after 1 s at first and 30 s at last; where a response ends, the stream has ended.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of connections in a row that may bring nothing.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The first wait, where the server asks for none, and the longest.
    #[must_use]
    pub const fn backoff(mut self, first: Duration, cap: Duration) -> Self {
        self.wait = first;
        self.cap = cap;
        self
    }

    /// Goes on after a response that ended as well, as browsers do, until the server answers 204.
    #[must_use]
    pub const fn after_ends(mut self) -> Self {
        self.ends = Ends::Connection;
        self
    }

    /// The wait before a connection after some that brought nothing.
    pub(crate) fn delay(&self, failures: u32, asked: Option<Duration>, fraction: f64) -> Duration {
        let first = asked.unwrap_or(self.wait);
        let longest = first.saturating_mul(2_u32.saturating_pow(failures));
        let more = longest.min(self.cap.max(first)).saturating_sub(first);
        first.saturating_add(more.mul_f64(fraction.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_says_how_long_to_wait_and_failures_double_it() {
        let reconnect = Reconnect::new();
        let delay = |failures, asked| {
            let asked = (asked > 0).then(|| Duration::from_secs(asked));
            reconnect.delay(failures, asked, 1.0).as_secs()
        };
        assert_eq!(
            [delay(0, 0), delay(1, 0), delay(3, 0), delay(40, 0)],
            [1, 2, 8, 30]
        );
        assert_eq!([delay(0, 60), delay(9, 60), delay(1, 10)], [60, 60, 20]);
        assert_eq!(reconnect.delay(3, None, 0.0), Duration::from_secs(1));
    }
}
