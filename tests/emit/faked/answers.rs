//! Several bodies, several answers and headers, through the client and its fake.

use answers_client::countersign_runtime::FilePart;
use answers_client::fake::{Outcome, Reason, Received, Server};
use answers_client::{
    Error, PutThing, PutThingBody, PutThingError, PutThingHeaders, PutThingMultipartForm,
    PutThingSuccess, model,
};

fn thing() -> PutThing {
    put(None)
}

fn put(body: impl Into<Option<PutThingBody>>) -> PutThing {
    PutThing::new(7, "tar.gz", vec!["a".to_owned()], body.into()).session("s")
}

#[test]
fn each_kind_of_body_is_told_by_its_media_type() {
    let file = FilePart::new("content")
        .file_name("a.txt")
        .media_type("text/plain");
    let form = PutThingMultipartForm::new()
        .files(vec![file.clone(), file])
        .thing(model::Thing::new(1));
    let fake = Server::new().on(|_: Received<PutThing>| Ok(PutThingSuccess::NoContent));
    let sent = [
        thing(),
        put(PutThingBody::Json(model::Thing::new(1))),
        put(PutThingBody::Text("text".to_owned())),
        put(PutThingBody::Multipart(Box::new(form))),
        thing().filter(model::Filter::default().name("n").size(3)),
    ];
    for operation in &sent {
        fake.client()
            .call(operation.clone())
            .send_blocking()
            .unwrap();
    }
    assert_eq!(fake.calls::<PutThing>(), sent);
}

#[test]
fn each_success_comes_back() {
    for (status, success) in [
        (200, PutThingSuccess::Ok(model::Thing::new(1))),
        (202, PutThingSuccess::Accepted("later".to_owned())),
        (204, PutThingSuccess::NoContent),
    ] {
        let given = success.clone();
        let fake = Server::new()
            .on(move |_: Received<PutThing>| Outcome::success(given.clone()).header("X-Total", 3));
        let answer = fake.client().call(thing()).send_blocking().unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(PutThingHeaders::read(answer.headers()).x_total, Ok(3));
        assert_eq!(answer.into_inner(), success);
    }
}

#[test]
fn each_failure_comes_back() {
    let refused = PutThingError::ClientError("no".to_owned());
    for (asked, status, failure) in [
        (None, 400, refused.clone()),
        (Some(418), 418, refused),
        (None, 500, PutThingError::Default),
        (Some(503), 503, PutThingError::Default),
    ] {
        let given = failure.clone();
        let fake = Server::new().on(move |_: Received<PutThing>| {
            let outcome = Outcome::failure(given.clone());
            match asked {
                Some(status) => outcome.status(status),
                None => outcome,
            }
        });
        match fake.client().call(thing()).send_blocking() {
            Err(Error::Api(found, failed)) => {
                assert_eq!((found, failed.status().as_u16()), (failure, status));
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The document says that this success has the header, and of what type.
#[test]
fn documented_headers_are_held_against_the_document() {
    for header in [None, Some("many")] {
        let fake = Server::new().on(move |_: Received<PutThing>| {
            let outcome = Outcome::success(PutThingSuccess::Ok(model::Thing::new(1)));
            match header {
                Some(header) => outcome.header("X-Total", header),
                None => outcome,
            }
        });
        assert!(fake.client().call(thing()).send_blocking().is_err());
        let problems = fake.problems();
        let [Reason::Answer(why)] = problems[0].reasons() else {
            panic!("{problems:?}");
        };
        assert!(why.contains("X-Total"), "{why}");
    }
}
