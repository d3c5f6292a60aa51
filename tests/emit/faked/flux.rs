//! Streams in the notations of frameworks, and their ends.

use flux_client::countersign_runtime::{AsStream, Event, ItemStream};
use flux_client::fake::{Received, Server};
use flux_client::model::Tick;
use flux_client::{Chat, ChatPlainly, ReadLines, WatchSpring, model};

fn data(events: ItemStream<Event<Tick>>) -> Vec<i64> {
    events.blocking().map(|event| event.unwrap().n).collect()
}

fn ticks() -> Vec<Event<Tick>> {
    vec![Event::new(Tick::new(1)), Event::new(Tick::new(2))]
}

#[test]
fn items_are_what_the_document_means() {
    let fake = Server::new()
        .on(|_: Received<WatchSpring>| Ok(ticks().into()))
        .on(|_: Received<ReadLines>| Ok(vec![Tick::new(3), Tick::new(4)].into()))
        .on(|_: Received<AsStream<Chat>>| Ok(ticks().into()))
        .on(|_: Received<ChatPlainly>| Ok(ticks().into()));
    let client = fake.client();
    assert_eq!(data(client.watch_spring().send_blocking().unwrap().into_inner()), [1, 2]);
    let lines = client.read_lines().send_blocking().unwrap().into_inner();
    let lines: Vec<i64> = lines.blocking().map(|line| line.unwrap().n).collect();
    assert_eq!(lines, [3, 4]);
    // The word at the end is not an item.
    let chat = client.chat(model::ChatBody::default()).stream();
    assert_eq!(data(chat.send_blocking().unwrap().into_inner()), [1, 2]);
    assert_eq!(data(client.chat_plainly().send_blocking().unwrap().into_inner()), [1, 2]);
}
