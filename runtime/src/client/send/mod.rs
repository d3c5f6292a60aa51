//! The one path that all calls take. None of it knows an operation's types.

mod attempt;
mod authorize;
mod exchange;
mod prepare;
mod reopen;
mod watch;

pub(crate) use self::reopen::Reopen;
use super::BoxFuture;
use super::call::Options;
use super::core::Core;
use super::error::{Error, Fault};
use super::request::{RequestError, RequestParts};
use super::response::Reply;
use crate::validate::Check;

/// A call on its way.
pub(crate) type Exchange<'c> = BoxFuture<'c, Result<Box<Reply>, Fault>>;

/// Checks a call and gets it under way. Whatever can be wrong with it is found before anything is sent.
pub(crate) fn start<'c>(
    core: &'c Core,
    check: Check,
    parts: Result<RequestParts, RequestError>,
    options: &Options,
) -> Exchange<'c> {
    let prepared = check
        .finish()
        .map_err(Error::Invalid)
        .and_then(|()| prepare::prepare(core, parts.map_err(Error::Request)?, options));
    match prepared {
        Ok(prepared) => Box::pin(exchange::run(core, prepared)),
        Err(fault) => Box::pin(std::future::ready(Err(fault))),
    }
}
