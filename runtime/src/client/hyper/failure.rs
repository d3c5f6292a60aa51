//! The kind of a failure, by the causes that hyper, rustls and the system name.

use std::error::Error as StdError;
use std::io::{self, ErrorKind};

use hyper_util::client::legacy;

use super::connect::{NotResolved, TooSlow};
use crate::client::body::BoxError;
use crate::client::error::{Limit, TransportError, TransportErrorKind as Kind};

pub(super) fn during_exchange(error: legacy::Error) -> TransportError {
    let is_connect = error.is_connect();
    classify(error.into(), |causes| {
        if causes.unresolved {
            Kind::Dns
        } else if is_connect {
            connecting(causes)
        } else if causes.refused {
            Kind::Refused
        } else {
            broken(causes).unwrap_or(Kind::Other)
        }
    })
}

pub(super) fn during_body(error: BoxError) -> TransportError {
    classify(error, |causes| match causes.hyper {
        true => broken(causes).unwrap_or(Kind::Reset),
        // Without hyper's word it is the decompressor that speaks.
        false => Kind::Encoding,
    })
}

fn connecting(causes: &Causes) -> Kind {
    match causes.io {
        _ if causes.slow => Kind::Timeout(Limit::Connect),
        _ if causes.tls => Kind::Tls,
        // A connection that ends while it is made secure.
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {
            Kind::Tls
        }
        _ => Kind::Connect,
    }
}

/// The way a connection broke, if it did.
fn broken(causes: &Causes) -> Option<Kind> {
    match causes.io {
        _ if causes.garbage => Some(Kind::Protocol),
        // A server that does not accept the client's certificate says so after the handshake.
        _ if causes.tls => Some(Kind::Tls),
        Some(ErrorKind::InvalidData | ErrorKind::InvalidInput) => Some(Kind::Protocol),
        Some(_) => Some(Kind::Reset),
        None => causes.ended.then_some(Kind::Reset),
    }
}

/// The causes below an error; the inner ones are the surer ones.
#[derive(Default)]
struct Causes {
    /// The innermost I/O error.
    io: Option<ErrorKind>,
    hyper: bool,
    /// hyper could not make sense of what came.
    garbage: bool,
    /// hyper found the connection closed, or h2 the stream.
    ended: bool,
    tls: bool,
    refused: bool,
    unresolved: bool,
    slow: bool,
}

impl Causes {
    fn note(&mut self, cause: &(dyn StdError + 'static)) {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            self.io = Some(error.kind());
        }
        if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            self.hyper = true;
            self.garbage |= error.is_parse();
            self.ended |= error.is_incomplete_message() || error.is_closed() || error.is_canceled();
        }
        // The other side ended the stream or the connection, for whatever reason.
        if let Some(error) = cause.downcast_ref::<h2::Error>() {
            self.ended |= error.is_remote() && (error.is_reset() || error.is_go_away());
        }
        self.tls |= cause.is::<rustls::Error>();
        self.unresolved |= cause.is::<NotResolved>();
        self.slow |= cause.is::<TooSlow>();
        self.refused |= is_refusal(cause);
    }
}

fn classify(error: BoxError, judge: impl FnOnce(&Causes) -> Kind) -> TransportError {
    let mut causes = Causes::default();
    for cause in causes_of(&*error) {
        if let Some(own) = cause.downcast_ref::<TransportError>() {
            return own.clone();
        }
        causes.note(cause);
    }
    TransportError::new(judge(&causes), error)
}

/// HTTP/2 says for sure that a request was not looked at.
fn is_refusal(cause: &(dyn StdError + 'static)) -> bool {
    let Some(error) = cause
        .downcast_ref::<h2::Error>()
        .filter(|error| error.is_remote())
    else {
        return false;
    };
    match error.reason() {
        Some(h2::Reason::REFUSED_STREAM) => error.is_reset(),
        Some(h2::Reason::NO_ERROR) => error.is_go_away(),
        _ => false,
    }
}

fn causes_of<'e>(
    error: &'e (dyn StdError + 'static),
) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let cause = next?;
        // What an I/O error holds is not among its sources.
        let held = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = held.map(|held| held as _).or_else(|| cause.source());
        Some(cause)
    })
}
