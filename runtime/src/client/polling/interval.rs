//! When to ask again, and for how long.

use std::time::{Duration, Instant};

/// When to ask again, and for how long.
///
/// The first wait is a second, and each is half as long again as the one before, up to half a minute. A server that sends
/// `Retry-After` is obeyed. After an hour there is an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    first: Duration,
    longest: Duration,
    limit: Duration,
}

impl Default for Polling {
    fn default() -> Self {
        Self::new()
    }
}

impl Polling {
    /// The usual intervals and limit.
    pub const fn new() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            limit: Duration::from_secs(3600),
        }
    }

    /// Asks at equal intervals.
    #[must_use]
    pub const fn every(mut self, time: Duration) -> Self {
        self.first = time;
        self.longest = time;
        self
    }

    /// Sets the first interval and the longest.
    #[must_use]
    pub const fn from_to(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// Limits the time from the first answer on.
    #[must_use]
    pub const fn at_most(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }
}

/// The intervals of one wait.
pub(super) struct Intervals {
    polling: Polling,
    next: Duration,
    start: Instant,
    /// The sum of the waits, which counts where a clock of a test does not go on.
    waited: Duration,
}

impl Intervals {
    pub(super) const fn new(polling: Polling, start: Instant) -> Self {
        Self {
            polling,
            next: polling.first,
            start,
            waited: Duration::ZERO,
        }
    }

    /// The time until the next question; none where that would be beyond the limit.
    pub(super) fn next(&mut self, asked: Option<Duration>, now: Instant) -> Option<Duration> {
        let wait = asked.unwrap_or(self.next).max(Duration::from_millis(10));
        let longer = self.next.saturating_mul(3).checked_div(2);
        self.next = longer.unwrap_or(self.next).min(self.polling.longest);
        let passed = now.saturating_duration_since(self.start);
        self.waited = self.waited.max(passed).saturating_add(wait);
        (self.waited <= self.polling.limit).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_grow_and_the_server_is_obeyed() {
        let start = Instant::now();
        let mut intervals = Intervals::new(Polling::new(), start);
        let mut next = |asked| {
            intervals
                .next(asked, start)
                .unwrap_or_default()
                .as_secs_f64()
        };
        assert_eq!([next(None), next(None), next(None)], [1.0, 1.5, 2.25]);
        assert_eq!(next(Some(Duration::from_secs(7))), 7.0);
        let all: Vec<f64> = (0..20).map(|_| next(None)).collect();
        assert_eq!(all.last(), Some(&30.0));
    }

    #[test]
    fn nobody_waits_beyond_the_limit() {
        let start = Instant::now();
        let polling = Polling::new()
            .every(Duration::from_secs(4))
            .at_most(Duration::from_secs(10));
        let mut intervals = Intervals::new(polling, start);
        let mut at = |seconds| intervals.next(None, start + Duration::from_secs(seconds));
        assert_eq!(at(0), Some(Duration::from_secs(4)));
        assert_eq!(at(5), Some(Duration::from_secs(4)));
        assert_eq!(at(5), None);
    }
}
