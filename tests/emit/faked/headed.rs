//! Parts with headers, constants, values that are text or JSON, and what the caller writes, through the client and its fake.

use headed_client::countersign_runtime::FilePart;
use headed_client::fake::{Outcome, Received, Server};
use headed_client::model::{Either, Thing};
use headed_client::{Error, SendParts, SendPartsError, SendPartsForm, SendPartsHeaders};

fn full() -> SendPartsForm {
    SendPartsForm::new(vec![Thing::new(1), Thing::new(2)], 7)
        .meta(Thing::new(3))
        .meta_x_list(vec!["a b".to_owned(), "c".to_owned()])
        .meta_x_json(Thing::new(4))
        .note("text")
        .note_x_id("n")
        .texts(vec!["a".to_owned(), "5".to_owned()])
        .either(Either::String("plain".to_owned()))
        .eithers(vec![Either::String("x".to_owned()), Either::Thing(Thing::new(5))])
        .markup(FilePart::new("<thing/>").media_type("application/xml"))
        .table(FilePart::new("id\n1\n").media_type("text/csv"))
}

fn answering() -> Server {
    Server::new().on(|call: Received<SendParts>| {
        let media = call.headers()["content-type"].to_str().unwrap();
        assert!(media.starts_with("multipart/form-data; profile=things; boundary="), "{media}");
        Outcome::success(()).header("X-Thing", r#"{"id":6}"#)
    })
}

#[test]
fn what_is_written_is_read() {
    let least = SendPartsForm::new(vec![Thing::new(1)], 1);
    for form in [full(), least] {
        let fake = answering();
        let answer = fake.client().send_parts(form.clone()).send_blocking().unwrap();
        assert_eq!(SendPartsHeaders::read(answer.headers()).x_thing, Ok(Thing::new(6)));
        let call = fake.calls::<SendParts>().remove(0);
        assert_eq!(call.body, form);
        assert_eq!(call.body.model, "tiny");
    }
}

#[test]
fn further_parts_are_those_of_the_caller() {
    let extra = FilePart::new("e").media_type("text/plain; charset=utf-8");
    let form = full().more_parts(vec![("extra".to_owned(), extra)]);
    let fake = answering();
    fake.client().send_parts(form.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendParts>()[0].body.more_parts, form.more_parts);
}

#[test]
fn limits_of_headers_are_checked() {
    let form = SendPartsForm::new(vec![Thing::new(1)], 10);
    let refused = answering().client().send_parts(form).send_blocking();
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}

#[test]
fn a_failure_of_another_type_is_that_failure() {
    let fake = Server::new()
        .on(|_: Received<SendParts>| Err(SendPartsError::Conflict(Thing::new(1))));
    match fake.client().send_parts(full()).send_blocking() {
        Err(Error::Api(SendPartsError::Conflict(thing), _)) => assert_eq!(thing.id, 1),
        other => panic!("{other:?}"),
    }
}
