//! Links: the calls that follow from an answer.

use links_client::fake::{Outcome, Received, Server};
use links_client::{CreateUser, GetUser, ListPosts, RenameUser, model};

fn user(friends: Vec<model::User>) -> model::User {
    let mut user = model::User::new(7);
    user.name = Some("Ann".to_owned());
    user.friends = Some(friends);
    user
}

#[test]
fn a_link_fills_in_what_the_answer_has() {
    let mut friend = model::User::new(8);
    friend.name = Some("Ben".to_owned());
    let fake = Server::new().on(move |_: Received<CreateUser>| {
        Outcome::success(user(vec![friend.clone()])).header("X-Shard", 3)
    });
    let create = CreateUser::new(model::Draft::new("Ann"));
    let answer = fake.client().call(create.clone()).send_blocking().unwrap();
    let get = create_get(&answer);
    assert_eq!(get, Some(GetUser::new("7").expand(true)));
    let posts = create.to_posts(&answer);
    assert_eq!(posts, Some(ListPosts::new("7", "3").filter("by.Ann")));
    let rename = CreateUser::to_rename(&answer, "a friend's name");
    assert_eq!(rename, Some(RenameUser::new("7", "a friend's name", "Ben")));
}

fn create_get(answer: &links_client::Response<model::User>) -> Option<GetUser> {
    CreateUser::to_get(answer)
}

#[test]
fn what_the_answer_lacks_makes_no_call() {
    let fake = Server::new().on(|_: Received<CreateUser>| Ok(user(Vec::new())));
    let create = CreateUser::new(model::Draft::new("Ann"));
    let answer = fake.client().call(create.clone()).send_blocking().unwrap();
    assert_eq!(create.to_posts(&answer), None);
    assert_eq!(CreateUser::to_rename(&answer, "why"), None);
}
