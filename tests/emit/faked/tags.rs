//! Tags that are numbers and booleans, and unions within unions.

use tags_client::PostEvent;
use tags_client::countersign_runtime::{Deserialize, Value, wire};
use tags_client::fake::{Outcome, Received, Server};
use tags_client::model::{
    Angled, Event, High, Low, Ping, Pinged, Ponged, Result, Shape, Triangle, Zoo,
};

fn through(json: &str) -> Event {
    let value: Value = json.parse().unwrap();
    let event = Event::deserialize(&value).unwrap();
    assert_eq!(wire::to_value(&event).unwrap(), value);
    event
}

#[test]
fn numbers_and_booleans_lead_to_their_alternatives() {
    let ping = |json: &str| through(json).by.unwrap();
    assert!(matches!(ping(r#"{"by":{"type":1,"at":"x"}}"#), Ping::Pinged(_)));
    assert!(matches!(ping(r#"{"by":{"type":2,"at":"x"}}"#), Ping::Ponged(_)));
    assert!(matches!(ping(r#"{"by":{"type":9}}"#), Ping::Unknown(_)));
    let result = |json: &str| through(json).result.unwrap();
    assert!(matches!(result(r#"{"result":{"ok":true,"data":"x"}}"#), Result::Good(_)));
    assert!(matches!(result(r#"{"result":{"ok":false,"error":"x"}}"#), Result::Bad(_)));
    let zoo = |json: &str| through(json).zoo.unwrap();
    assert!(matches!(zoo(r#"{"zoo":{"level":1,"low":"x"}}"#), Zoo::Low(_)));
    assert!(matches!(zoo(r#"{"zoo":{"level":2,"high":"x"}}"#), Zoo::High(_)));
}

#[test]
fn a_tag_is_written_as_its_member_has_it() {
    for (ping, json) in [
        (Ping::Pinged(Pinged::new()), r#"{"type":1}"#),
        (Ping::Ponged(Ponged::default()), r#"{"type":2}"#),
    ] {
        assert_eq!(wire::to_value(&ping).unwrap(), json.parse::<Value>().unwrap());
    }
    for (zoo, json) in [
        (Zoo::Low(Low::new()), r#"{"level":1}"#),
        (Zoo::High(High::new()), r#"{"level":2}"#),
    ] {
        assert_eq!(wire::to_value(&zoo).unwrap(), json.parse::<Value>().unwrap());
    }
}

#[test]
fn the_tags_of_a_union_within_lead_to_it() {
    let shape = |json: &str| through(json).shape.unwrap();
    assert!(matches!(shape(r#"{"shape":{"kind":"circle","radius":1.5}}"#), Shape::Round(_)));
    for json in [
        r#"{"shape":{"kind":"square","side":1.5}}"#,
        r#"{"shape":{"kind":"triangle","base":1.5}}"#,
    ] {
        assert!(matches!(shape(json), Shape::Angled(Angled::Square(_) | Angled::Triangle(_))));
    }
}

#[test]
fn a_call_carries_them_both_ways() {
    let given = Event::default()
        .by(Ping::Pinged(Pinged::new().at("x")))
        .shape(Shape::Angled(Angled::Triangle(Triangle::new().base(1.5))));
    let sent = PostEvent::new(given.clone());
    let event = given.clone();
    let fake = Server::new().on(move |_: Received<PostEvent>| Outcome::success(event.clone()));
    let answer = fake.client().call(sent.clone()).send_blocking().unwrap();
    assert_eq!(answer.into_inner(), given);
    assert_eq!(fake.calls::<PostEvent>(), [sent]);
}
