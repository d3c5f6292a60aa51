//! Repeating an operation until its answer says that something has ended.

use super::interval::Intervals;
use super::progress::Progress;
use super::{Polled, Polling, WaitError, Waited};
use crate::client::call::{self, Call};
use crate::client::error::Fault;
use crate::client::retry;

impl<O: Polled> Call<'_, O> {
    /// Repeats the call until its answer says that what it tells of has ended: `client.get_job(id).wait(Polling::new())`.
    ///
    /// # Errors
    /// When it ends in failure, or not in time, or a call fails.
    pub async fn wait(self, polling: Polling) -> Waited<O> {
        let clock = self.core().clock().clone();
        let mut intervals = Intervals::new(polling, clock.now());
        loop {
            let reply = self.start().await.map_err(Fault::widen)?;
            let progress = O::POLL.progress(&reply.body);
            let asked = retry::after(&reply.headers, || clock.wall());
            let response = call::finish::<O>(reply)?;
            match progress {
                Progress::Succeeded => return Ok(response),
                Progress::Failed => return Err(WaitError::Failed(Box::new(response))),
                Progress::Unclear => return Err(WaitError::Unclear(Box::new(response))),
                Progress::Pending => {}
            }
            match intervals.next(asked, clock.now()) {
                Some(time) => clock.pause(time).await,
                None => return Err(WaitError::TooLong(Box::new(response))),
            }
        }
    }
}
