//! Jobs, and waiting for them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jobs_client::countersign_runtime::{Polling, WaitError};
use jobs_client::fake::{Received, Server};
use jobs_client::{GetBuild, GetExport, StartExport, model};

const OFTEN: Polling = Polling::new().every(Duration::from_millis(10));

fn export(status: model::Status) -> model::Export {
    model::Export::new("7", status)
}

#[test]
fn a_job_is_begun_and_waited_for_by_its_link() {
    let asked = AtomicUsize::new(0);
    let fake = Server::new()
        .on(|_: Received<StartExport>| Ok(export(model::Status::Queued)))
        .on(move |received: Received<GetExport>| {
            assert_eq!(received.id, "7");
            Ok(export(match asked.fetch_add(1, Ordering::Relaxed) {
                0 => model::Status::InProgress,
                1 => model::Status::Completed,
                _ => model::Status::Cancelled,
            }))
        });
    let client = fake.client();
    let begun = client.start_export().send_blocking().unwrap();
    let ask = StartExport::to_wait(&begun).unwrap();
    let done = client.call(ask.clone()).wait_blocking(OFTEN).unwrap();
    assert_eq!(done.status, model::Status::Completed);
    let error = client.call(ask).wait_blocking(OFTEN).unwrap_err();
    assert!(matches!(error, WaitError::Failed(last) if last.status == model::Status::Cancelled));
}

#[test]
fn what_is_not_listed_as_an_end_goes_on() {
    let asked = AtomicUsize::new(0);
    let fake = Server::new().on(move |_: Received<GetBuild>| {
        let steps = ["compiling", "packing", "shipped"];
        let step = steps[asked.fetch_add(1, Ordering::Relaxed)];
        Ok(model::Builds::new(vec![model::Build::new(step)]))
    });
    let built = fake.client().get_build("1").wait_blocking(OFTEN).unwrap();
    assert_eq!(built.builds[0].step, "shipped");
}
