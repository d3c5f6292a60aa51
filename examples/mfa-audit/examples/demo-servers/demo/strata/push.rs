//! Pushes: each is a job that ends at the third look. A push of the folder `Broken` fails.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use strata_cloud_manager_client::fake::{Received, Server};
use strata_cloud_manager_client::model::{Job, JobList, JobResult, JobStatus, PushResult};
use strata_cloud_manager_client::{
    GetJob, GetJobError, PushCandidateConfig, PushCandidateConfigError,
};

use super::{missing, signed_in};

/// A job: whether it will succeed, and how often it was looked at.
struct Known {
    succeeds: bool,
    looks: u32,
}

pub(super) fn on(server: Server) -> Server {
    let jobs: Arc<Mutex<BTreeMap<String, Known>>> = Arc::default();
    let begun = Arc::clone(&jobs);
    server
        .on(move |call: Received<PushCandidateConfig>| {
            signed_in(&call, PushCandidateConfigError::Unauthorized)?;
            let mut jobs = begun.lock().unwrap_or_else(PoisonError::into_inner);
            let id = (1586 + jobs.len()).to_string();
            let succeeds = !call.body.folders.iter().any(|folder| folder == "Broken");
            jobs.insert(id.clone(), Known { succeeds, looks: 0 });
            let mut result = PushResult::default();
            result.success = Some(true);
            result.message = Some(format!("CommitAndPush job enqueued with jobid {id}"));
            result.job_id = Some(id);
            Ok(Some(result))
        })
        .on(move |call: Received<GetJob>| {
            signed_in(&call, GetJobError::Unauthorized)?;
            let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
            let known = jobs.get_mut(&call.id);
            let known = known.ok_or_else(|| GetJobError::NotFound(missing()))?;
            known.looks += 1;
            let mut list = JobList::default();
            list.data = Some(vec![job(&call.id, known)]);
            Ok(list)
        })
}

fn job(id: &str, known: &Known) -> Job {
    let (status, result, summary) = match (known.looks, known.succeeds) {
        (1, _) => (JobStatus::Pending, JobResult::Pending, None),
        (2, _) => (JobStatus::Active, JobResult::Pending, None),
        (_, true) => {
            let summary = "Configuration committed successfully";
            (JobStatus::Finished, JobResult::Succeeded, Some(summary))
        }
        // A push that has failed is a job that has finished all the same.
        (_, false) => {
            let summary = "Commit failed";
            (JobStatus::Finished, JobResult::Failed, Some(summary))
        }
    };
    let mut job = Job::default();
    job.id = Some(id.to_owned());
    job.status = Some(status);
    job.result = Some(result);
    job.summary = summary.map(str::to_owned);
    job
}
