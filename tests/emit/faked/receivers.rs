//! What a server sends by itself, played by the fake's sender.
#![cfg(all(feature = "axum", feature = "standard-webhooks"))]

use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use receivers_client::countersign_runtime::Body;
use receivers_client::countersign_runtime::inbound::{
    Arrival, Events, NotVerified, Receive, Receiver, Refused, Undescribed,
};
use receivers_client::fake::Sender;
use receivers_client::receivers::{
    Callback, PetAdded, PetRemoved, PetRemovedError, Status, StatusError, Webhook,
};
use receivers_client::{Error, model};
use tower_service::Service;

type Answer = Result<axum::http::Response<Body>, Undescribed>;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn secret() -> standardwebhooks::Webhook {
    standardwebhooks::Webhook::new(SECRET).unwrap()
}

/// A handler of axum: the whole of a receiver.
async fn hook(State(_): State<Receiver<Webhook>>, arrival: Arrival<Webhook>) -> Answer {
    match arrival.event {
        Webhook::PetAdded(added) if added.body.id == Some(7) => PetAdded::reply_with_status(202, Ok(())),
        Webhook::PetAdded(_) => PetAdded::reply(Ok(())),
        Webhook::PetRemoved(removed) if removed.body.id == 1 => {
            PetRemoved::reply(Ok(model::Status::new(3)))
        }
        Webhook::PetRemoved(_) => {
            let conflict = PetRemovedError::Conflict("not known".to_owned());
            PetRemoved::reply(Err(conflict))
        }
        _ => PetAdded::reply(Ok(())),
    }
}

fn router(receiver: Receiver<Webhook>) -> Router {
    Router::new()
        .route("/receiver", post(hook))
        .with_state(receiver)
}

fn sender(router: Router) -> Sender {
    Sender::in_memory(move |request| {
        let mut router = router.clone();
        let (head, body) = request.into_parts();
        let request = axum::http::Request::from_parts(head, axum::body::Body::from(body));
        async move {
            let answer = router.call(request).await.unwrap();
            let (head, body) = answer.into_parts();
            let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
            axum::http::Response::from_parts(head, body.into())
        }
    })
}

fn signed(sender: Sender) -> Sender {
    sender.sign(|headers, body| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = i64::try_from(now.as_secs()).unwrap();
        let signature = secret().sign("msg_1", now, body).unwrap();
        headers.insert("webhook-id", "msg_1".parse().unwrap());
        headers.insert("webhook-timestamp", now.into());
        headers.insert("webhook-signature", signature.parse().unwrap());
    })
}

fn added(name: &str) -> PetAdded {
    PetAdded::new(model::Added::new(name))
}

fn removed(id: i64) -> PetRemoved {
    PetRemoved::new(model::Removed::new(model::RemovedType::PetLost, id))
}

#[tokio::test]
async fn webhooks_reach_a_handler_of_axum_and_are_answered_as_documented() {
    let sender = sender(router(Receiver::new()));
    assert_eq!(sender.send(added("Rex")).await.unwrap().status(), 200);
    let mut seventh = added("Rex");
    seventh.body.id = Some(7);
    assert_eq!(sender.send(seventh).await.unwrap().status(), 202);
    let left = sender.send(removed(1)).await.unwrap().into_inner();
    assert_eq!(left, model::Status::new(3));
    let refused = sender.send(removed(2).x_attempt(2)).await.unwrap_err();
    assert!(matches!(refused, Error::Api(PetRemovedError::Conflict(why), _) if why == "not known"));
}

#[tokio::test]
async fn a_signature_is_checked_over_the_raw_body() {
    let receiver = Receiver::new().verify(secret());
    let sender = sender(router(receiver));
    let refused = sender.send(added("Rex")).await.unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(401));
    signed(sender).send(added("Rex")).await.unwrap();
}

fn request(uri: &str, body: &str) -> axum::http::Request<axum::body::Bytes> {
    let request = axum::http::Request::post(uri).header("content-type", "application/json");
    request.body(body.to_owned().into()).unwrap()
}

#[test]
fn events_are_told_apart_by_their_constants() {
    let receiver = Receiver::<Webhook>::new();
    let body = r#"{"type":"pet.removed","id":4}"#;
    let arrival = receiver.receive(request("/any?token=1", body)).unwrap();
    assert!(matches!(arrival.event, Webhook::PetRemoved(removed) if removed.body.id == 4));
    assert_eq!(arrival.body, body);
    let other = r#"{"type":"pet.sold"}"#;
    let arrival = receiver.receive(request("/", other)).unwrap();
    assert!(matches!(arrival.event, Webhook::Unknown(unknown) if unknown.body == other));
    let get = axum::http::Request::get("/").body(axum::body::Bytes::new()).unwrap();
    let arrival = receiver.receive(get).unwrap();
    assert!(matches!(arrival.event, Webhook::Unknown(unknown) if unknown.method == "GET"));
}

#[test]
fn what_is_not_as_described_is_refused_with_all_reasons() {
    let receiver = Receiver::<Webhook>::new();
    let long = r#"{"type":"pet.added","name":"Bucephalus"}"#;
    let refused = receiver.receive(request("/", long)).unwrap_err();
    assert!(matches!(&refused, Refused::Invalid { name: "pet.added", faults } if faults.len() == 1));
    assert!(refused.to_string().contains("body.name"), "{refused}");
    let wrong = receiver.receive_named("pet.removed", request("/", long));
    let Ok(Arrival { event: Webhook::Unknown(_), .. }) = wrong else {
        panic!("{wrong:?}");
    };
    let receiver = receiver.body_limit(10).verify(|_: &axum::http::request::Parts, _: &[u8]| {
        Err(NotVerified::new("nobody is known"))
    });
    let refused = receiver.receive(request("/", long)).unwrap_err();
    assert_eq!(refused.status(), 413);
    let refused = receiver.receive(request("/", "{}")).unwrap_err();
    assert_eq!(refused.status(), 401);
}

#[tokio::test]
async fn a_callback_has_a_path_of_its_own() {
    let names = Callback::EVENTS.iter().map(|event| event.name);
    assert_eq!(names.collect::<Vec<_>>(), ["status"]);
    let service = Receiver::<Callback>::new().serve(|arrival| async move {
        match arrival.event {
            Callback::Status(status) if status.id == "j/1" => Status::reply(Ok(())).unwrap(),
            _ => Status::reply(Err(StatusError::Gone)).unwrap(),
        }
    });
    let sender = Sender::in_memory(move |request| {
        assert_eq!(request.uri().query(), Some("kind=status"));
        let mut service = service.clone();
        let (head, body) = request.into_parts();
        let request = axum::http::Request::from_parts(head, Body::from(body));
        async move { service.call(request).await.unwrap() }
    });
    let sender = sender.to("https://pets.example/own/path");
    let status = |id: &str| Status::new(id, model::Status::new(1));
    sender.send(status("j/1")).await.unwrap();
    let gone = sender.send(status("j/2")).await.unwrap_err();
    assert!(matches!(gone, Error::Api(StatusError::Gone, _)));
    // Before it is sent.
    let invalid = sender.send(Status::new("j/1", model::Status::new(-1))).await;
    assert!(matches!(invalid, Err(Error::Invalid(_))));
}
