//! Hints in a document.

use guessed_client::DeleteModel;
use guessed_client::fake::{Received, Server};

#[test]
fn a_name_that_is_in_the_path_twice_has_two_values() {
    let delete = DeleteModel::new("a", "b").n2023("x");
    let fake = Server::new().on(|call: Received<DeleteModel>| {
        let target = call.uri().to_string();
        assert!(target.ends_with("/clients/a/models/b?2023=x"), "{target}");
        Ok(())
    });
    fake.client().call(delete.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<DeleteModel>(), [delete]);
}
