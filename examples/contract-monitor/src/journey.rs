//! The journey: the calls that matter, in the order in which a program makes them.

use countersign_runtime::AnyError;

use crate::kennel::Client;

/// Makes the calls, and gives those that failed: one failure does not end the journey.
pub(crate) async fn run(client: &Client) -> Vec<AnyError> {
    let mut failures = Vec::new();
    let ids = match client.list_animals().send().await {
        Ok(list) => list.items.iter().map(|animal| animal.id).collect(),
        Err(error) => {
            failures.push(AnyError::from(error));
            Vec::new()
        }
    };
    for id in ids {
        if let Err(error) = client.get_animal(id).send().await {
            failures.push(AnyError::from(error));
        }
    }
    failures
}
