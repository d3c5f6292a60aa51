//! Items of JSON, written by the client and its fake and read by the other.

use streams_client::countersign_runtime::ItemStream;
use streams_client::fake::{Received, Server};
use streams_client::{
    Error, ReadLines, ReadRecords, ReadValues, ReadValuesError, SendLines, SendRecords, model,
};

fn ticks() -> Vec<model::Tick> {
    (0..3).map(model::Tick::new).collect()
}

#[test]
fn items_come_one_after_another() {
    let fake = Server::new()
        .on(|_: Received<ReadLines>| Ok(ItemStream::from(ticks())))
        .on(|_: Received<ReadRecords>| Ok(ItemStream::from(ticks())))
        .on(|_: Received<ReadValues>| Ok(ItemStream::from(vec![model::ReadValuesItem::new(7)])));
    let client = fake.client();
    let lines = client.read_lines().send_blocking().unwrap().into_inner();
    let records = client.read_records().send_blocking().unwrap().into_inner();
    for stream in [lines, records] {
        let items: Result<Vec<_>, _> = stream.blocking().collect();
        assert_eq!(items.unwrap(), ticks());
    }
    let mut values = client
        .read_values()
        .send_blocking()
        .unwrap()
        .into_inner()
        .blocking();
    assert_eq!(values.next().unwrap().unwrap().at, 7);
    assert!(values.next().is_none());
}

#[test]
fn items_go_one_after_another() {
    let fake = Server::new()
        .on(|_: Received<SendLines>| Ok(()))
        .on(|_: Received<SendRecords>| Ok(()));
    let client = fake.client();
    client.send_lines(ticks()).send_blocking().unwrap();
    client.send_records(ticks()).send_blocking().unwrap();
    client.send_records(None).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendLines>(), [SendLines::new(ticks())]);
    assert_eq!(
        fake.calls::<SendRecords>(),
        [SendRecords::new(ticks()), SendRecords::new(None)]
    );
}

#[test]
fn items_in_memory_are_checked_before_they_are_sent() {
    let fake = Server::new().on(|_: Received<SendLines>| Ok(()));
    let wrong = vec![model::Tick::new(0), model::Tick::new(-1)];
    let refused = fake.client().send_lines(wrong).send_blocking().unwrap_err();
    assert!(refused.to_string().contains("body[1].n"), "{refused}");
}

#[test]
fn a_failure_is_not_a_stream() {
    let fake = Server::new().on(|_: Received<ReadValues>| Err(ReadValuesError::NotFound));
    let failed = fake.client().read_values().send_blocking();
    assert!(matches!(
        failed,
        Err(Error::Api(ReadValuesError::NotFound, _))
    ));
}
