//! One request, the response that is asked for, and what came of it.

use std::collections::BTreeSet;
use std::fmt;

use countersign_runtime::{Call, Error, Failed, HeaderMap, Operation};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::exceptions;

/// A request with one of its examples, and one of the documented responses with one of its examples.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The operation's ID.
    pub(crate) operation: String,
    /// The request body.
    pub(crate) body: Option<Value>,
    /// The status to answer with.
    pub(crate) status: u16,
    /// The example to answer with.
    pub(crate) example: Option<String>,
    /// The `Accept` header in place of the client's.
    pub(crate) accept: Option<&'static str>,
}

impl Asked {
    /// The request body, as the operation takes it.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, String> {
        let body = self.body.as_ref().ok_or("the document has no example")?;
        serde_json::from_str(&body.to_string()).map_err(|error| error.to_string())
    }

    /// Sends the call. Fine: the mock server accepted it, and the answer is as documented and as asked for.
    pub(crate) async fn of<'c, O>(&self, call: impl Into<Call<'c, O>>) -> Result<(), String>
    where
        O: Operation<Failure: fmt::Debug>,
    {
        let prefer = match &self.example {
            Some(example) => format!("code={}, example={example}", self.status),
            None => format!("code={}", self.status),
        };
        let mut call = call.into().header("prefer", prefer);
        if let Some(accept) = self.accept {
            call = call.header("accept", accept);
        }
        let (status, headers) = match call.send().await {
            Ok(response) => (response.status(), response.headers().clone()),
            Err(Error::Api(_, failed)) => (failed.status(), failed.headers().clone()),
            Err(error) => {
                let found = error.response().and_then(violations);
                return Err(found.unwrap_or_else(|| error.to_string()));
            }
        };
        match listed(&headers) {
            Some(found) => Err(found),
            None if status == self.status => Ok(()),
            None => Err(format!("answered with {status}")),
        }
    }
}

/// The problems that Prism finds in a request, or in its own answer to it.
///
/// A request that it refuses is answered with whatever the document has for a malformed one, so neither the status nor
/// the body tells; a header does. Only where the document has nothing, the body is Prism's own.
pub(crate) fn violations(failed: &Failed) -> Option<String> {
    listed(failed.headers()).or_else(|| {
        let body = String::from_utf8_lossy(failed.body());
        body.contains("stoplight.io/prism/errors")
            .then(|| body.into_owned())
    })
}

fn listed(headers: &HeaderMap) -> Option<String> {
    let found = headers.get("sl-violations")?;
    Some(String::from_utf8_lossy(found.as_bytes()).into_owned())
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.operation, self.status)?;
        match &self.example {
            Some(example) => write!(f, " ({example})"),
            None => Ok(()),
        }
    }
}

/// The result for an API.
pub(crate) struct Tally {
    api: &'static str,
    operations: BTreeSet<String>,
    requests: usize,
    excepted: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    pub(crate) const fn new(api: &'static str) -> Self {
        Self {
            api,
            operations: BTreeSet::new(),
            requests: 0,
            excepted: Vec::new(),
            wrong: Vec::new(),
        }
    }

    /// Counts a request. One that is among the exceptions must fail, or it would not be one.
    pub(crate) fn add(&mut self, asked: &Asked, outcome: Result<(), String>) {
        self.operations.insert(asked.operation.clone());
        self.requests += 1;
        match (exceptions::reason(self.api, asked), outcome) {
            (None, Ok(())) => {}
            (None, Err(why)) => self.wrong.push(format!("  {asked}: {why}")),
            (Some(reason), Err(_)) => self.excepted.push(format!("  except {asked}: {reason}")),
            (Some(_), Ok(())) => self
                .wrong
                .push(format!("  {asked}: no longer an exception")),
        }
    }

    /// Prints the figures.
    ///
    /// # Panics
    /// If anything is wrong.
    pub(crate) fn finish(self) {
        let requests = self.requests;
        let fine = requests - self.wrong.len() - self.excepted.len();
        let operations = self.operations.len();
        println!(
            "{}: {operations} operations, {requests} requests, {fine} accepted and their answers decoded",
            self.api
        );
        for line in &self.excepted {
            println!("{line}");
        }
        assert!(requests > 0, "{} has no operations", self.api);
        assert!(
            self.wrong.is_empty(),
            "{}:\n{}",
            self.api,
            self.wrong.join("\n")
        );
    }
}
