//! JSON or a stream from one operation, as the caller asks.

use completions_client::countersign_runtime::{AsStream, Error, Event, Presence};
use completions_client::fake::{Received, Server};
use completions_client::{Complete, CompleteError, GetRows, model};

fn fake() -> Server {
    let delta = |text: &str| Event::new(model::Delta::new(text));
    Server::new()
        .on(|asked: Received<Complete>| {
            assert_eq!(asked.body.stream, Presence::Absent);
            Ok(model::Text::new("all of it"))
        })
        .on(move |asked: Received<AsStream<Complete>>| {
            assert_eq!(asked.0.body.stream, Presence::Present(true));
            match asked.0.body.prompt.as_str() {
                "too many" => Err(CompleteError::TooManyRequests(model::Text::new("wait"))),
                _ => Ok(vec![delta("all "), delta("of it")].into()),
            }
        })
        .on(|_: Received<GetRows>| Ok(vec![model::Text::new("row")]))
        .on(|asked: Received<AsStream<GetRows>>| {
            assert_eq!(asked.0.follow, Some(true));
            Ok(vec![model::Text::new("row"); 2].into())
        })
}

#[test]
fn the_caller_chooses_between_a_value_and_a_stream() {
    let fake = fake();
    let client = fake.client();
    let body = || model::CompleteBody::new("say it");
    let text = client.complete(body()).send_blocking().unwrap();
    assert_eq!(text.text, "all of it");
    let events = client.complete(body()).events().send_blocking().unwrap();
    let deltas = events
        .into_inner()
        .blocking()
        .map(|event| event.unwrap().into_data().delta);
    assert_eq!(deltas.collect::<String>(), "all of it");
    assert_eq!(client.get_rows().send_blocking().unwrap().len(), 1);
    let rows = client.get_rows().stream().send_blocking().unwrap();
    assert_eq!(rows.into_inner().blocking().count(), 2);
}

#[test]
fn a_stream_may_be_refused_as_documented() {
    let fake = fake();
    let client = fake.client();
    let call = client.complete(model::CompleteBody::new("too many"));
    match call.stream().send_blocking() {
        Err(Error::Api(CompleteError::TooManyRequests(why), _)) => assert_eq!(why.text, "wait"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_for_a_stream_is_not_sent_as_another() {
    let fake = fake();
    let client = fake.client();
    let body = model::CompleteBody::new("say it").stream(true);
    let refused = client.complete(body.clone()).send_blocking().unwrap_err();
    assert!(matches!(&refused, Error::Request(_)), "{refused:?}");
    assert!(refused.to_string().contains("stream()"), "{refused}");
    let follow = client.get_rows().follow(true);
    assert!(matches!(follow.send_blocking(), Err(Error::Request(_))));
    assert!(client.complete(body).stream().send_blocking().is_ok());
}
