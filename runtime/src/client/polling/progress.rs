//! The words of an answer for going on and for an end.

use serde_json::Value;

use crate::client::operation::Operation;

/// An operation whose answer says how far something is.
#[diagnostic::on_unimplemented(
    message = "the answer of `{Self}` is not known to say how far something is",
    label = "this can't be waited for",
    note = "`[api.NAME.polling]` in countersign.toml says where it does, or `x-polling` in the document"
)]
pub trait Polled: Operation {
    /// Where it says so, and in which words.
    const POLL: PollSpec;
}

/// The place in an answer that says how far something is, and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollSpec {
    /// A JSON pointer into the answer.
    pub status: &'static str,
    /// Values on which it goes on. None: all that do not end it.
    pub pending: &'static [&'static str],
    /// Values that mean success. None: all that neither fail nor go on.
    pub succeeded: &'static [&'static str],
    /// Values that mean failure.
    pub failed: &'static [&'static str],
}

/// The state of something that takes longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Pending,
    Succeeded,
    Failed,
    /// The answer does not say, or in a word that is not known.
    Unclear,
}

impl PollSpec {
    /// Values at a place, none of which is known yet.
    pub const fn new(status: &'static str) -> Self {
        Self {
            status,
            pending: &[],
            succeeded: &[],
            failed: &[],
        }
    }

    /// The values on which it goes on.
    #[must_use]
    pub const fn pending(mut self, values: &'static [&'static str]) -> Self {
        self.pending = values;
        self
    }

    /// The values that mean success.
    #[must_use]
    pub const fn succeeded(mut self, values: &'static [&'static str]) -> Self {
        self.succeeded = values;
        self
    }

    /// The values that mean failure.
    #[must_use]
    pub const fn failed(mut self, values: &'static [&'static str]) -> Self {
        self.failed = values;
        self
    }

    pub(super) fn progress(&self, body: &[u8]) -> Progress {
        let body: Option<Value> = crate::json::from_slice(body).ok();
        let status = body.as_ref().and_then(|body| body.pointer(self.status));
        let word = match status {
            Some(Value::String(word)) => word.clone(),
            Some(other @ (Value::Bool(_) | Value::Number(_))) => other.to_string(),
            _ => return Progress::Unclear,
        };
        let is = |words: &[&str]| words.contains(&word.as_str());
        match () {
            () if is(self.pending) => Progress::Pending,
            () if is(self.failed) => Progress::Failed,
            () if is(self.succeeded) => Progress::Succeeded,
            () if self.succeeded.is_empty() => Progress::Succeeded,
            () if self.pending.is_empty() => Progress::Pending,
            () => Progress::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_ends_nothing_unless_it_must() {
        let all = PollSpec::new("/jobs/0/state")
            .pending(&["queued", "1", "true"])
            .succeeded(&["done"])
            .failed(&["broken"]);
        let told = |spec: &PollSpec, state: &str| {
            let body = format!(r#"{{"jobs":[{{"state":{state}}}]}}"#);
            spec.progress(body.as_bytes())
        };
        for (state, progress) in [
            (r#""queued""#, Progress::Pending),
            ("1", Progress::Pending),
            ("true", Progress::Pending),
            (r#""done""#, Progress::Succeeded),
            (r#""broken""#, Progress::Failed),
            (r#""Done""#, Progress::Unclear),
            ("null", Progress::Unclear),
            ("[]", Progress::Unclear),
        ] {
            assert_eq!(told(&all, state), progress, "{state}");
        }
        assert_eq!(all.progress(b"{}"), Progress::Unclear);
        assert_eq!(all.progress(b"not JSON"), Progress::Unclear);
        let pending = PollSpec {
            succeeded: &[],
            ..all
        };
        assert_eq!(told(&pending, r#""other""#), Progress::Succeeded);
        let ends = PollSpec {
            pending: &[],
            ..all
        };
        assert_eq!(told(&ends, r#""other""#), Progress::Pending);
    }
}
