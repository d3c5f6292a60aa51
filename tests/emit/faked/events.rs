//! Server-sent events in each dialect, written by a fake and read by its client.

use events_client::countersign_runtime::{Event, ItemStream};
use events_client::fake::{Received, Server};
use events_client::{WatchContent, WatchNamed, WatchPlain, WatchWords, model};

fn tick(n: i64) -> Event<model::Tick> {
    Event::new(model::Tick::new(n))
}

fn all<T: Clone>(events: ItemStream<Event<T>>) -> Vec<Event<T>> {
    events.blocking().map(Result::unwrap).collect()
}

#[test]
fn the_data_of_events_is_typed_in_each_dialect() {
    let fake = Server::new()
        .on(|_: Received<WatchContent>| {
            Ok(vec![tick(1).id("a").event("tick"), tick(2).id("b")].into())
        })
        .on(|_: Received<WatchPlain>| Ok(vec![tick(3)].into()))
        .on(|_: Received<WatchWords>| Ok(vec![Event::new("two\nlines".to_owned())].into()));
    let client = fake.client();
    let events = all(client.watch_content().send_blocking().unwrap().into_inner());
    assert_eq!(events, [tick(1).id("a").event("tick"), tick(2).id("b")]);
    assert_eq!(events[0].n, 1);
    let events = all(client.watch_plain().send_blocking().unwrap().into_inner());
    assert_eq!(events, [tick(3)]);
    let events = all(client.watch_words().send_blocking().unwrap().into_inner());
    assert_eq!(events[0].data, "two\nlines");
}

#[test]
fn a_union_is_told_apart_by_the_name_of_the_event() {
    let sent = || {
        vec![
            Event::new(model::News::Tick(model::Tick::new(1))).event("tick"),
            Event::new(model::News::Note("careful".to_owned())).event("note"),
        ]
    };
    let fake = Server::new().on(move |_: Received<WatchNamed>| Ok(sent().into()));
    let events = all(fake
        .client()
        .watch_named()
        .send_blocking()
        .unwrap()
        .into_inner());
    assert_eq!(events, sent());
}
