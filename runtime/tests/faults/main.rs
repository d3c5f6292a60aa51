//! The 51 kinds of fault, over real sockets, each for a GET and a POST.
//!
//! A case says what the server does and what either call must come to: its outcome and the number of attempts. After
//! each fault the same client must still be good for a call.
#![cfg(feature = "hyper")]

#[path = "../sample/mod.rs"]
mod sample;
#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod connecting;
mod contents;
mod messages;
mod statuses;

use std::time::Duration;

use countersign_runtime::{Error, Stall, Timeouts, TransportErrorKind};
use sample::*;
use support::{Hurried, Seen, Server as Loopback, Step, json};

/// The outcome of a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Good,
    Api,
    Undocumented(u16),
    Transport(TransportErrorKind),
    /// With the JSON path.
    Decode(&'static str),
    ContentType,
    Empty,
    TooLarge,
    /// With the host.
    Redirect(&'static str),
}

pub(crate) const OK: &str = r#"{"id":1,"name":"a"}"#;
pub(crate) const TOKEN: &str = "t0ken-t0ken";
pub(crate) const SECRET: &str = "hunter2hunter2";

/// Limits short enough for tests, in the proportions of the defaults.
pub(crate) fn timeouts() -> Timeouts {
    let stall = Stall {
        rate: 100,
        period: Duration::from_millis(100),
    };
    Timeouts::new()
        .connect(Duration::from_millis(150))
        .attempt(Duration::from_millis(400))
        .operation(Duration::from_secs(20))
        .stall(Some(stall))
}

pub(crate) fn builder(url: &str, clock: &Hurried) -> countersign_runtime::Builder<Client> {
    Client::builder()
        .base_url(url)
        .credential(security::bearer(TOKEN))
        .timeouts(timeouts())
        .body_limit(1024 * 1024)
        .clock(clock.clone())
        .no_proxy()
}

pub(crate) fn new_server() -> NewServer {
    NewServer {
        name: "radius".into(),
        shared_secret: Some(SECRET.into()),
    }
}

/// A fault, and what it comes to.
pub(crate) struct Case {
    pub(crate) get: (Outcome, u32),
    pub(crate) post: (Outcome, u32),
}

impl Case {
    /// The same for both, tried once.
    pub(crate) fn both(outcome: Outcome) -> Self {
        Self {
            get: (outcome.clone(), 1),
            post: (outcome, 1),
        }
    }

    /// Repeated for the GET alone.
    pub(crate) fn repeated(outcome: Outcome) -> Self {
        Self {
            get: (outcome.clone(), 3),
            post: (outcome, 1),
        }
    }

    /// Repeated for both, since nothing was sent.
    pub(crate) fn unsent(outcome: Outcome) -> Self {
        Self {
            get: (outcome.clone(), 3),
            post: (outcome, 3),
        }
    }

    /// Makes both calls to a server that takes these steps, and then a good one.
    pub(crate) async fn run(self, steps: impl Fn(&Seen) -> Vec<Step> + Send + Sync + 'static) {
        let server = Loopback::start(move |seen| match seen.line.as_str() {
            "GET /servers/after HTTP/1.1" => json("200 OK", OK),
            _ => steps(seen),
        })
        .await;
        let client = builder(&server.url, &Hurried::default()).build().unwrap();
        let (get, post) = (self.get.clone(), self.post.clone());
        self.calls(&client).await;
        let after = client.get_server("after").send().await;
        assert_eq!(
            after.unwrap().id,
            1,
            "the client is good for nothing afterwards"
        );
        let count = |verb: &str| {
            server
                .seen()
                .iter()
                .filter(|seen| seen.line.starts_with(verb))
                .count()
        };
        assert_eq!(count("GET"), get.1 as usize + 1, "GETs that arrived");
        assert_eq!(count("POST"), post.1 as usize, "POSTs that arrived");
    }

    /// Makes both calls.
    pub(crate) async fn calls(self, client: &Client) {
        let result = client.get_server("1").send().await;
        assert_eq!(outcome(result.map(|got| got.attempts())), self.get, "GET");
        let result = client.create_server(new_server()).send().await;
        assert_eq!(outcome(result.map(|got| got.attempts())), self.post, "POST");
    }
}

/// The outcome of a call, and the number of attempts. Whatever it is, it must be short and show no secret.
pub(crate) fn outcome<E: std::fmt::Debug + Send + Sync + 'static>(
    result: Result<u32, Error<E>>,
) -> (Outcome, u32) {
    let error = match result {
        Ok(attempts) => return (Outcome::Good, attempts),
        Err(error) => error,
    };
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains(TOKEN) && !text.contains(SECRET), "{text}");
    }
    assert!(error.to_string().len() <= 4096);
    let kind = match &error {
        Error::Api(..) => Outcome::Api,
        Error::Undocumented(failed) => Outcome::Undocumented(failed.status().as_u16()),
        Error::Transport(error) => Outcome::Transport(error.kind()),
        Error::Decode(decode) => {
            let path = ["$", "$.id", "$.name"]
                .into_iter()
                .find(|path| *path == decode.path());
            Outcome::Decode(path.unwrap_or_else(|| panic!("{error}")))
        }
        Error::UnexpectedContentType(_) => Outcome::ContentType,
        Error::EmptyBody(_) => Outcome::Empty,
        Error::TooLarge(_) => Outcome::TooLarge,
        Error::Redirect(redirect) => {
            let host = ["evil.example", "127.0.0.1"]
                .into_iter()
                .find(|host| Some(*host) == redirect.host());
            Outcome::Redirect(host.unwrap_or_else(|| panic!("{error}")))
        }
        other => panic!("{other:?}"),
    };
    (kind, error.attempts())
}
