//! Pushing the candidate configuration, and waiting for its job.

use strata_cloud_manager_client::model::{Job, JobList, JobResult, PushRequest};
use strata_cloud_manager_client::{Client, GetJob, PushCandidateConfig};

use super::NAME;
use crate::problem::Problem;
use crate::product::{Applied, Apply};
use crate::runtime::{Polling, WaitError};
use crate::settings::valid;

/// The push in words.
pub(super) fn plan(apply: &Apply) -> Result<String, Problem> {
    if apply.folders.is_empty() {
        return Problem::lacks(
            NAME,
            "pushes the candidate configuration of folders: name them by --folder",
        );
    }
    valid(&PushCandidateConfig::new(request(apply)))?;
    let folders = apply.folders.join(", ");
    Ok(match &apply.accounts[..] {
        [] => format!("push all changes of the folders {folders}, also those of other accounts"),
        accounts => format!(
            "push the changes of {} in the folders {folders}",
            accounts.join(", ")
        ),
    })
}

/// Pushes, and waits for the end where that is asked for.
pub(super) async fn push(client: &Client, apply: &Apply) -> Result<Applied, Problem> {
    let call = client.push_candidate_config(request(apply));
    let begun = call.send().await.map_err(Problem::call)?.into_inner();
    let begun = begun.unwrap_or_default();
    if begun.success == Some(false) {
        return failed(begun.message.as_deref().unwrap_or("the push was not begun"));
    }
    match (begun.job_id, apply.wait) {
        (Some(job), Some(time)) => {
            let polling = Polling::new().at_most(time);
            let wait = client.call(GetJob::new(job.as_str())).wait(polling);
            match wait.await {
                Ok(ended) => end(&job, ended.into_inner()),
                Err(error) => unended(&job, error),
            }
        }
        (job, _) => Ok(Applied::Begun { job }),
    }
}

fn request(apply: &Apply) -> PushRequest {
    let mut request = PushRequest::new(apply.folders.clone());
    if !apply.accounts.is_empty() {
        request.admin = Some(apply.accounts.clone());
    }
    request.description.clone_from(&apply.description);
    request
}

/// A job that has finished may have failed all the same: its result says so.
fn end(id: &str, list: JobList) -> Result<Applied, Problem> {
    let job = only(list);
    match job.result {
        Some(JobResult::Succeeded) => Ok(Applied::InForce(job.summary)),
        _ => failed(&words(id, &job)),
    }
}

fn unended<L, E>(id: &str, error: WaitError<L, E>) -> Result<Applied, Problem>
where
    L: std::ops::Deref<Target = JobList>,
    E: std::fmt::Debug + Send + Sync + 'static,
{
    let how = match &error {
        WaitError::TooLong(_) => "has not ended in time; it goes on",
        WaitError::Failed(_) => "has failed",
        _ => "is in a state that is not documented",
    };
    match error {
        WaitError::Call(error) => Err(Problem::call(error)),
        error => match error.last() {
            Some(last) => failed(&format!("{} {how}", words(id, &only(JobList::clone(last))))),
            None => failed(&format!("job {id}: {error}")),
        },
    }
}

fn only(list: JobList) -> Job {
    list.data.into_iter().flatten().next().unwrap_or_default()
}

/// A job as an administrator finds it again.
fn words(id: &str, job: &Job) -> String {
    let status = job.status.as_ref().map(ToString::to_string);
    let result = job.result.as_ref().map(ToString::to_string);
    let parts = [status, result, job.summary.clone()];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    format!("job {id} ({})", parts.join(", "))
}

fn failed<T>(why: &str) -> Result<T, Problem> {
    Err(Problem::Job {
        product: NAME,
        why: why.escape_debug().to_string(),
    })
}
