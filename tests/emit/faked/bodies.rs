//! Bodies with several media types, and those of any.

use bodies_client::countersign_runtime::Body;
use bodies_client::fake::{Received, Server};
use bodies_client::{PatchDay, PatchDayBody, PutDay, PutDayBody, PutNote, PutPhoto, model};

#[test]
fn the_caller_chooses_and_there_is_a_default() {
    let day = model::Day::new(1).note("a b");
    let fake = Server::new().on(|call: Received<PutDay>| {
        let media = call.headers()["content-type"].to_str().unwrap().to_owned();
        let day = match &call.body {
            PutDayBody::Json(day) => day.clone().note(media),
            PutDayBody::Form(day) => day.clone(),
            other => panic!("{other:?}"),
        };
        Ok(day)
    });
    let client = fake.client();
    let put = |body: PutDayBody| client.put_day(1, body).send_blocking().unwrap().into_inner();
    assert_eq!(put(day.clone().into()).note.as_deref(), Some("application/json"));
    assert_eq!(put(PutDayBody::Form(day.clone())), day);
    let as_text = client
        .put_day(1, day)
        .header("Content-Type", "text/json")
        .send_blocking()
        .unwrap();
    assert_eq!(as_text.note.as_deref(), Some("text/json"));
}

#[test]
fn a_merge_patch_can_clear_any_member() {
    let patch = model::DayPatch::default()
        .c(None)
        .note("n")
        .place(model::PlacePatch::default().tags(None));
    let fake = Server::new().on(|_: Received<PatchDay>| Ok(()));
    let client = fake.client();
    let bodies = [
        PatchDayBody::from(model::Day::new(1)),
        patch.into(),
        PatchDayBody::from(vec![model::OpsItem::default()]),
    ];
    for body in bodies.clone() {
        client.patch_day(1, body).send_blocking().unwrap();
    }
    // What turns into a body is one.
    client.patch_day(1, model::Day::new(1)).send_blocking().unwrap();
    client.patch_day(1, None).send_blocking().unwrap();
    let calls = fake.calls::<PatchDay>();
    assert_eq!(calls[3].body, Some(model::Day::new(1).into()));
    assert_eq!(calls[4].body, None);
    let calls = &calls[..3];
    let sent: Vec<_> = calls.iter().map(|call| call.body.clone().unwrap()).collect();
    assert_eq!(sent, bodies);
    let json = serde_json(&sent[1]);
    assert_eq!(json, r#"{"c":null,"note":"n","place":{"tags":null}}"#);
}

fn serde_json(body: &PatchDayBody) -> String {
    let PatchDayBody::MergePatch(patch) = body else {
        panic!("{body:?}");
    };
    let text = bodies_client::countersign_runtime::wire::to_vec(patch).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn what_is_of_any_type_is_bytes_or_text() {
    let fake = Server::new()
        .on(|call: Received<PutPhoto>| {
            assert_eq!(call.headers()["content-type"], "application/octet-stream");
            Ok("name".to_owned())
        })
        .on(|call: Received<PutNote>| {
            assert_eq!(call.headers()["content-type"], "text/plain");
            Ok(Body::from(call.body.clone()))
        });
    let client = fake.client();
    let name = client.put_photo(Body::from(vec![0, 255])).send_blocking().unwrap();
    assert_eq!(name.into_inner(), "name");
    let note = client.put_note("[1]").send_blocking().unwrap().into_inner();
    assert_eq!(std::io::read_to_string(note.into_reader()).unwrap(), "[1]");
}
