//! The limits on calls that a server tells: `RateLimit` and `RateLimit-Policy` by the draft of the IETF, in the forms of
//! its versions, and the headers `X-RateLimit-*` that were there before it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;

use super::error::{Error, Failed};
use super::response::Response;

/// The limit on calls, as an answer tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of calls in a period.
    pub limit: Option<u64>,
    /// The number of calls that are left of it.
    pub remaining: Option<u64>,
    /// The end of the period.
    pub reset: Option<Reset>,
}

/// The end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// So long after the answer.
    After(Duration),
    /// At this time, by the clock of the server.
    At(SystemTime),
}

impl RateLimit {
    /// The time until the end of the period; none if it is not told.
    pub fn wait(&self, now: SystemTime) -> Option<Duration> {
        Some(match self.reset? {
            Reset::After(wait) => wait,
            Reset::At(time) => time.duration_since(now).unwrap_or_default(),
        })
    }

    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        if let Some(found) =
            text("ratelimit").and_then(|value| draft(value, text("ratelimit-policy")))
        {
            return Some(found);
        }
        ["ratelimit", "x-ratelimit", "x-rate-limit"]
            .into_iter()
            .find_map(|prefix| {
                let part = |name: &str| text(&format!("{prefix}-{name}"));
                let after = || {
                    let seconds = part("reset-after")?.trim().parse().ok()?;
                    Duration::try_from_secs_f64(seconds).ok().map(Reset::After)
                };
                let found = Self {
                    limit: part("limit").and_then(first_number),
                    remaining: part("remaining").and_then(first_number),
                    reset: part("reset").and_then(reset).or_else(after),
                };
                (found != Self::default()).then_some(found)
            })
    }
}

/// `limit=10, remaining=5, reset=30`, or since the eighth version `"name";r=5;t=30` with the limit in the policy. Of
/// several limits, the one with the fewest calls left.
fn draft(value: &str, policy: Option<&str>) -> Option<RateLimit> {
    let of = |text: &str, key: &str| {
        let mut parts = text.split([',', ';']);
        parts.find_map(|part| {
            let (name, number) = part.split_once('=')?;
            (name.trim().eq_ignore_ascii_case(key)).then(|| number.trim().parse::<u64>().ok())?
        })
    };
    if value.contains("remaining=") || value.contains("limit=") {
        return Some(RateLimit {
            limit: of(value, "limit"),
            remaining: of(value, "remaining"),
            reset: of(value, "reset").map(|wait| Reset::After(Duration::from_secs(wait))),
        });
    }
    let name = |item: &str| item.split(';').next().unwrap_or_default().trim().to_owned();
    let limits = value.split(',').filter_map(|item| {
        let remaining = of(item, "r")?;
        let mut policies = policy.unwrap_or_default().split(',');
        let policy = policies.find(|policy| name(policy) == name(item));
        Some(RateLimit {
            limit: policy.and_then(|policy| of(policy, "q")),
            remaining: Some(remaining),
            reset: of(item, "t").map(|wait| Reset::After(Duration::from_secs(wait))),
        })
    });
    limits.min_by_key(|limit| limit.remaining)
}

/// The number that a list begins with: `100, 100;w=60`.
fn first_number(text: &str) -> Option<u64> {
    let first = text.split([',', ';']).next()?;
    first.trim().parse().ok()
}

/// Seconds from now, or since 1970 in seconds or milliseconds, as their size tells; or a date of HTTP.
fn reset(text: &str) -> Option<Reset> {
    let text = text.trim();
    if let Ok(date) = httpdate::parse_http_date(text) {
        return Some(Reset::At(date));
    }
    let seconds: f64 = text.split([',', ';']).next()?.trim().parse().ok()?;
    // Thirty years of waiting are a time, and so are thirty thousand.
    const TIME: f64 = 1e9;
    const MILLISECONDS: f64 = 1e12;
    let length = |seconds| Duration::try_from_secs_f64(seconds).ok();
    match seconds {
        ..TIME => length(seconds).map(Reset::After),
        TIME..MILLISECONDS => UNIX_EPOCH.checked_add(length(seconds)?).map(Reset::At),
        _ => UNIX_EPOCH
            .checked_add(length(seconds / 1e3)?)
            .map(Reset::At),
    }
}

impl<T> Response<T> {
    /// The limit on calls, where the server tells one.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers())
    }
}

impl Failed {
    /// The limit on calls, where the server tells one.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers())
    }
}

impl<E> Error<E> {
    /// The limit on calls, where there was a response that tells one.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.response()?.rate_limit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(headers: &[(&'static str, &'static str)]) -> Option<RateLimit> {
        let headers = headers.iter().map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_static(value))
        });
        RateLimit::of(&headers.collect())
    }

    fn after(limit: u64, remaining: u64, wait: u64) -> Option<RateLimit> {
        Some(RateLimit {
            limit: Some(limit),
            remaining: Some(remaining),
            reset: Some(Reset::After(Duration::from_secs(wait))),
        })
    }

    #[test]
    fn each_form_is_read() {
        let expected = after(100, 50, 30);
        for headers in [
            &[("ratelimit", "limit=100, remaining=50, reset=30")][..],
            &[
                ("ratelimit", r#""burst";r=70;t=10, "daily";r=50;t=30"#),
                (
                    "ratelimit-policy",
                    r#""burst";q=90;w=60,"daily";q=100;w=86400"#,
                ),
            ],
            &[
                ("ratelimit-limit", "100, 100;w=60"),
                ("ratelimit-remaining", "50"),
                ("ratelimit-reset", "30"),
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset", "30"),
            ],
            &[
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "50"),
                ("x-ratelimit-reset-after", "30.0"),
            ],
        ] {
            assert_eq!(limit(headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn the_end_is_a_wait_or_a_time() {
        let time = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        for (text, expected) in [
            ("1800000000", Reset::At(time)),
            ("1800000000000", Reset::At(time)),
            ("Fri, 15 Jan 2027 08:00:00 GMT", Reset::At(time)),
            ("1.5", Reset::After(Duration::from_millis(1500))),
        ] {
            let found = limit(&[("x-rate-limit-reset", text)]).and_then(|limit| limit.reset);
            assert_eq!(found, Some(expected), "{text}");
        }
        let found = limit(&[("x-ratelimit-reset", "1800000000")]).unwrap();
        let now = time - Duration::from_secs(9);
        assert_eq!(found.wait(now), Some(Duration::from_secs(9)));
        assert_eq!(
            found.wait(time + Duration::from_secs(1)),
            Some(Duration::ZERO)
        );
    }

    #[test]
    fn what_is_not_told_or_not_a_number_is_absent() {
        assert_eq!(limit(&[]), None);
        assert_eq!(limit(&[("x-ratelimit-limit", "many")]), None);
        assert_eq!(limit(&[("x-ratelimit-reset", "-5")]), None);
        assert_eq!(limit(&[("x-ratelimit-reset", "NaN")]), None);
        assert_eq!(limit(&[("ratelimit", "none")]), None);
    }
}
