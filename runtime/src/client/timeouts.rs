//! Limits on time.

use std::fmt;
use std::time::Duration;

/// The time limits: connecting 3 s, silence 30 s, an attempt 30 s, an operation 60 s; a body that comes with
/// less than 1 B/s over 5 s has stalled, and a stream of items of which nothing came for 5 minutes.
///
/// Limits that are not set give way to those that are: an operation limited to 10 s limits its attempts to 10 s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    attempt: Option<Duration>,
    operation: Option<Duration>,
    stall: Option<Option<Stall>>,
    items: Option<Option<Duration>>,
}

/// When a body counts as stalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stall {
    /// The least rate, in bytes per second.
    pub rate: u32,
    /// The time over which it is measured.
    pub period: Duration,
}

/// Limits that make no sense together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeoutsError(&'static str);

impl fmt::Display for TimeoutsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for TimeoutsError {}

impl Timeouts {
    /// The default limits.
    pub const fn new() -> Self {
        Self {
            connect: None,
            read: None,
            attempt: None,
            operation: None,
            stall: None,
            items: None,
        }
    }

    /// On connecting, names and TLS included. A transport of your own keeps its own.
    #[must_use]
    pub const fn connect(mut self, time: Duration) -> Self {
        self.connect = Some(time);
        self
    }

    /// On the wait for the response, and for the next bytes of its body.
    #[must_use]
    pub const fn read(mut self, time: Duration) -> Self {
        self.read = Some(time);
        self
    }

    /// On one attempt; of a streamed response, until its headers have come; of a streamed request, from when its body
    /// has been taken.
    #[must_use]
    pub const fn attempt(mut self, time: Duration) -> Self {
        self.attempt = Some(time);
        self
    }

    /// On the whole operation, retries and waits included, with the same exceptions for streamed bodies.
    #[must_use]
    pub const fn operation(mut self, time: Duration) -> Self {
        self.operation = Some(time);
        self
    }

    /// When a body counts as stalled; none: never.
    #[must_use]
    pub const fn stall(mut self, stall: Option<Stall>) -> Self {
        self.stall = Some(stall);
        self
    }

    /// The time that a stream of items may be silent; none: as long as it likes. Servers of events send comments to show
    /// that they are there.
    #[must_use]
    pub const fn items(mut self, time: Option<Duration>) -> Self {
        self.items = Some(time);
        self
    }

    /// The limits as they are applied.
    pub(crate) fn settle(self) -> Result<Settled, TimeoutsError> {
        const DEFAULT: Duration = Duration::from_secs(30);
        let attempt_or_default = self.attempt.unwrap_or(DEFAULT);
        let operation = self
            .operation
            .unwrap_or_else(|| (DEFAULT.saturating_mul(2)).max(attempt_or_default));
        let attempt = self.attempt.unwrap_or_else(|| DEFAULT.min(operation));
        let settled = Settled {
            connect: self
                .connect
                .unwrap_or_else(|| Duration::from_secs(3).min(attempt)),
            read: self.read.unwrap_or_else(|| DEFAULT.min(attempt)),
            attempt,
            operation,
            stall: self.stall.unwrap_or(Some(Stall {
                rate: 1,
                period: Duration::from_secs(5),
            })),
            items: self.items.unwrap_or(Some(DEFAULT.saturating_mul(10))),
        };
        settled.check()
    }
}

/// Limits that agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) connect: Duration,
    pub(crate) read: Duration,
    pub(crate) attempt: Duration,
    pub(crate) operation: Duration,
    pub(crate) stall: Option<Stall>,
    pub(crate) items: Option<Duration>,
}

impl Settled {
    fn check(self) -> Result<Self, TimeoutsError> {
        let times = [self.connect, self.read, self.attempt, self.operation];
        if times.contains(&Duration::ZERO) || self.items == Some(Duration::ZERO) {
            return Err(TimeoutsError("a limit on time is zero"));
        }
        if self
            .stall
            .is_some_and(|stall| stall.rate == 0 || stall.period.is_zero())
        {
            return Err(TimeoutsError(
                "the stall limit needs a time and a byte count above zero",
            ));
        }
        if self.connect > self.attempt {
            return Err(TimeoutsError("connecting may take longer than the attempt"));
        }
        if self.attempt > self.operation {
            return Err(TimeoutsError(
                "an attempt may take longer than the operation",
            ));
        }
        Ok(self)
    }

    /// For a call with a limit of its own.
    pub(crate) fn within(self, operation: Option<Duration>) -> Self {
        let operation = operation.unwrap_or(self.operation);
        Self {
            operation,
            attempt: self.attempt.min(operation),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn defaults_are_as_promised() {
        let settled = Timeouts::new().settle().unwrap();
        let times = [
            settled.connect,
            settled.read,
            settled.attempt,
            settled.operation,
        ];
        assert_eq!(times.map(|time| time.as_secs()), [3, 30, 30, 60]);
        assert_eq!(
            settled.stall,
            Some(Stall {
                rate: 1,
                period: 5 * SECOND
            })
        );
    }

    #[test]
    fn what_is_not_set_gives_way() {
        let settled = Timeouts::new().operation(2 * SECOND).settle().unwrap();
        assert_eq!(
            (settled.attempt, settled.connect, settled.read),
            (2 * SECOND, 2 * SECOND, 2 * SECOND)
        );
        let settled = Timeouts::new().attempt(90 * SECOND).settle().unwrap();
        assert_eq!(settled.operation, 90 * SECOND);
        assert_eq!(settled.within(Some(SECOND)).attempt, SECOND);
    }

    #[test]
    fn zero_and_inverted_limits_are_refused() {
        for timeouts in [
            Timeouts::new().read(Duration::ZERO),
            Timeouts::new().items(Some(Duration::ZERO)),
            Timeouts::new().connect(4 * SECOND).attempt(2 * SECOND),
            Timeouts::new().attempt(4 * SECOND).operation(2 * SECOND),
            Timeouts::new().stall(Some(Stall {
                rate: 0,
                period: SECOND,
            })),
        ] {
            assert!(timeouts.settle().is_err(), "{timeouts:?}");
        }
    }
}
