//! Server-sent events in requests.

use news_client::countersign_runtime::{Event, ItemStream};
use news_client::fake::{Received, Server};
use news_client::{Error, SendNews, SendTicks, model};

#[test]
fn events_go_up_as_they_come_down() {
    let fake = Server::new()
        .on(|_: Received<SendNews>| Ok(()))
        .on(|_: Received<SendTicks>| Ok(()));
    let client = fake.client();
    let news = vec![
        Event::new(model::News::Tick(model::Tick::new(1))).event("tick").id("a"),
        Event::new(model::News::Note("two\nlines".to_owned())).event("note").id("b"),
    ];
    client.send_news(news.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendNews>(), [SendNews::new(news)]);
    let ticks: ItemStream<_> = vec![Event::new(model::Tick::new(2))].into();
    client.send_ticks(ticks.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendTicks>(), [SendTicks::new(ticks)]);
    let wrong = vec![Event::new(model::Tick::new(-1))];
    let refused = client.send_ticks(wrong).send_blocking();
    assert!(matches!(refused, Err(Error::Invalid(_))));
}
