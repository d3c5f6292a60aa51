//! Calls: setters of the operation, bodies that may be left out, and arguments by name.

use std::time::Duration;

use calls_client::fake::{Received, Server};
use calls_client::*;
use calls_model as model;

#[test]
fn a_call_has_the_setters_of_its_operation_beside_its_own() {
    let fake = Server::new().on(|_: Received<Search>| Ok(()));
    let client = fake.client();
    client
        .search()
        .query("a b")
        .with_timeout(7)
        .timeout(Duration::from_secs(5))
        .and_with_send(true)
        .with_send("s")
        .with_with("w")
        .header("x-more", "1")
        .send_blocking()
        .unwrap();
    let wanted = Search::new().query("a b").with_timeout(7).and_with_send(true);
    let wanted = wanted.with_send("s").with_with("w");
    assert_eq!(fake.calls::<Search>(), [wanted.clone()]);
    // A call gives its operation back, and is one of the runtime too.
    let call = client.search().query("a b");
    assert_eq!(call.operation().query.as_deref(), Some("a b"));
    let call: countersign_runtime::Call<'_, Search> = client.call(wanted.clone()).into();
    assert_eq!(Call::from(call).into_operation(), wanted);
}

#[test]
fn an_optional_body_is_given_or_left_out() {
    let fake = Server::new()
        .on(|call: Received<AddPlace>| Ok(call.body.clone().unwrap_or(model::Place::new("o", "r"))))
        .on(|_: Received<DeleteFile>| Ok(()));
    let client = fake.client();
    let place = model::Place::new("me", "mine");
    client.add_place(place.clone()).send_blocking().unwrap();
    client.add_place(None).send_blocking().unwrap();
    client.add_place(Some(place.clone())).send_blocking().unwrap();
    let wanted = [AddPlace::new(place.clone()), AddPlace::default(), AddPlace::new(place)];
    assert_eq!(fake.calls::<AddPlace>(), wanted);
    // No body is expected with DELETE: one is set.
    let delete = || client.delete_file(DeleteFileArgs { owner: "me", repo: "mine", branch: "main".into(), path: "a" });
    delete().send_blocking().unwrap();
    delete().body("why").send_blocking().unwrap();
    let bodies: Vec<_> = fake.calls::<DeleteFile>().into_iter().map(|call| call.body).collect();
    assert_eq!(bodies, [None, Some("why".to_owned())]);
}

#[test]
fn none_is_no_body_where_null_is_one_too() {
    let fake = Server::new().on(|_: Received<PutNote>| Ok(()));
    let client = fake.client();
    client.put_note("a").send_blocking().unwrap();
    client.put_note(None).send_blocking().unwrap();
    let mut null = PutNote::new(None);
    null.body = Some(None);
    client.call(null).send_blocking().unwrap();
    let bodies: Vec<_> = fake.calls::<PutNote>().into_iter().map(|call| call.body).collect();
    assert_eq!(bodies, [Some(Some("a".to_owned())), None, Some(None)]);
}

#[test]
fn many_arguments_of_like_type_are_given_by_name() {
    let fake = Server::new()
        .on(|_: Received<PutFile>| Ok(()))
        .on(|_: Received<GetBox>| Ok(()));
    let client = fake.client();
    let (owner, repo) = (String::from("me"), String::from("mine"));
    let args = PutFileArgs { path: "a/b", owner: &owner, repo: &repo, branch: "main".into(), size: 3 };
    client.put_file(args, model::File::new("text")).args("x").send_blocking().unwrap();
    let calls = fake.calls::<PutFile>();
    assert_eq!((calls[0].owner.as_str(), calls[0].repo.as_str()), ("me", "mine"));
    assert_eq!((calls[0].path.as_str(), calls[0].size), ("a/b", 3));
    assert_eq!(calls[0].args.as_deref(), Some("x"));
    client.get_box(GetBoxArgs { t: 4, z: 3, y: 2, x: 1 }).send_blocking().unwrap();
    let boxes = fake.calls::<GetBox>();
    assert_eq!((boxes[0].x, boxes[0].y, boxes[0].z, boxes[0].t), (1, 2, 3, 4));
}

#[test]
fn a_link_to_a_call_by_name_takes_what_the_answer_lacks() {
    let fake = Server::new().on(|_: Received<AddPlace>| Ok(model::Place::new("me", "mine")));
    let answer = fake.client().add_place(None).send_blocking().unwrap();
    let get = AddPlace::to_file(&answer, "main", "a").unwrap();
    let wanted = GetFileArgs { owner: "me", repo: "mine", branch: "main".into(), path: "a" };
    assert_eq!(get, GetFile::new(wanted));
}
