//! When a call is tried again, and after how long.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use super::clock::Clock;
use super::error::TransportError;
use super::operation::{Idempotency, OperationSpec};

/// The retries of a call: 3 attempts, with a wait between them of full jitter up to 200 ms, doubling
/// up to 20 s.
///
/// Only what is safe to repeat is repeated: methods that HTTP calls idempotent, operations whose document says so, and
/// anything that was refused before a byte of it was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    cap: Duration,
    safety: Safety,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Safety {
    AsDocumented,
    Anything,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(20),
            safety: Safety::AsDocumented,
        }
    }
}

impl Retry {
    /// The default.
    pub fn new() -> Self {
        Self::default()
    }

    /// One attempt only.
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// The greatest number of attempts, the first included.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The first wait (at most this long, for it is random) and the longest.
    #[must_use]
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// Repeats calls whatever their method: the caller knows that the server takes it well.
    #[must_use]
    pub const fn any_method(mut self) -> Self {
        self.safety = Safety::Anything;
        self
    }

    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether an operation may be repeated after it may have reached the server.
    pub(crate) fn allows(&self, spec: &OperationSpec) -> bool {
        spec.method.is_idempotent()
            || spec.idempotency != Idempotency::Method
            || self.safety == Safety::Anything
    }

    /// The wait before the attempt after this one.
    pub(crate) fn delay(&self, attempt: u32, clock: &dyn Clock) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let most = self.base.saturating_mul(doubled).min(self.cap);
        most.mul_f64(clock.fraction().clamp(0.0, 1.0))
    }
}

/// Whether a status says that another attempt may do.
pub(crate) fn is_retryable(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

/// The delay in `Retry-After`. Dates gone by and delays beyond a day are as good as garbage.
pub(crate) fn after(headers: &HeaderMap, now: impl FnOnce() -> SystemTime) -> Option<Duration> {
    const DAY: Duration = Duration::from_secs(86_400);
    let text = headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim();
    let delay = match text.parse().map(Duration::from_secs) {
        Ok(delay) => delay,
        Err(_) => httpdate::parse_http_date(text)
            .ok()?
            .duration_since(now())
            .ok()?,
    };
    (delay <= DAY).then_some(delay)
}

/// The tokens that a client's retries cost, so that an outage is not made worse: they come back as calls succeed.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    capacity: u32,
}

impl Budget {
    pub(crate) const CAPACITY: u32 = 500;

    pub(crate) const fn new(capacity: u32) -> Self {
        Self {
            left: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// The cost of a retry; attempts that ran into time limits weigh on a server the most.
    pub(crate) const fn cost(error: Option<&TransportError>) -> u32 {
        match error {
            Some(error) if error.is_timeout() => 10,
            _ => 5,
        }
    }

    /// Takes the price of a retry, if it is there.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let pay = |left: u32| left.checked_sub(cost);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// A success gives back what its last retry cost, or one token.
    pub(crate) fn give_back(&self, cost: u32) {
        let gain = cost.max(1);
        let earn = |left: u32| {
            (left < self.capacity).then(|| left.saturating_add(gain).min(self.capacity))
        };
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, earn);
    }
}

#[cfg(test)]
mod tests {
    use super::super::clock::SystemClock;
    use super::super::method::Method;
    use super::*;

    struct Fixed(f64);

    impl Clock for Fixed {
        fn pause(&self, time: Duration) -> crate::client::BoxFuture<'static, ()> {
            SystemClock.pause(time)
        }
        fn alarm(&self, time: Duration) -> crate::client::BoxFuture<'static, ()> {
            SystemClock.alarm(time)
        }
        fn fraction(&self) -> f64 {
            self.0
        }
    }

    #[test]
    fn delays_double_up_to_the_cap() {
        let delays =
            [1, 2, 3, 8, 99].map(|attempt| Retry::new().delay(attempt, &Fixed(1.0)).as_millis());
        assert_eq!(delays, [200, 400, 800, 20_000, 20_000]);
        assert_eq!(Retry::new().delay(1, &Fixed(0.0)), Duration::ZERO);
        let drawn = SystemClock.fraction();
        assert!((0.0..1.0).contains(&drawn));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", text.parse().unwrap());
            after(&headers, || now).map(|delay| delay.as_secs())
        };
        assert_eq!(of("120"), Some(120));
        assert_eq!(of("0"), Some(0));
        assert_eq!(of("Sun, 06 Nov 1994 08:51:37 GMT"), Some(120));
        for garbage in [
            "-1",
            "soon",
            "99999999999999999999999",
            "100000",
            "Sun, 06 Nov 1994 08:00:00 GMT",
            "",
        ] {
            assert_eq!(of(garbage), None, "{garbage}");
        }
    }

    #[test]
    fn the_budget_runs_out_and_comes_back() {
        let budget = Budget::new(10);
        assert!(budget.take(5) && budget.take(5) && !budget.take(5));
        budget.give_back(0);
        assert!(!budget.take(5));
        budget.give_back(100);
        assert!(budget.take(10) && !budget.take(1));
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        let spec =
            |method, idempotency| OperationSpec::new("Op", method, "/").idempotency(idempotency);
        assert!(Retry::new().allows(&spec(Method::PUT, Idempotency::Method)));
        assert!(Retry::new().allows(&spec(Method::QUERY, Idempotency::Method)));
        assert!(!Retry::new().allows(&spec(Method::other("COPY"), Idempotency::Method)));
        assert!(!Retry::new().allows(&spec(Method::POST, Idempotency::Method)));
        assert!(!Retry::new().allows(&spec(Method::PATCH, Idempotency::Method)));
        assert!(Retry::new().allows(&spec(Method::POST, Idempotency::Idempotent)));
        assert!(Retry::new().allows(&spec(Method::POST, Idempotency::Key("Idempotency-Key"))));
        assert!(
            Retry::new()
                .any_method()
                .allows(&spec(Method::POST, Idempotency::Method))
        );
    }
}
