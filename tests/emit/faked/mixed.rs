//! Multipart bodies whose parts are told apart by their positions, and parts within parts.

use mixed_client::countersign_runtime::{FilePart, ItemStream};
use mixed_client::fake::{Received, Server};
use mixed_client::{
    ReadTicks, SendNested, SendNestedForm, SendRelated, SendRelatedForm, SendTicks, model,
};

fn ticks() -> Vec<model::Tick> {
    (0..3).map(model::Tick::new).collect()
}

#[test]
fn a_part_is_an_item_both_ways() {
    let fake = Server::new()
        .on(|_: Received<ReadTicks>| Ok(ItemStream::from(ticks())))
        .on(|_: Received<SendTicks>| Ok(()));
    let client = fake.client();
    let read = client.read_ticks().send_blocking().unwrap().into_inner();
    let read: Result<Vec<_>, _> = read.blocking().collect();
    assert_eq!(read.unwrap(), ticks());
    client.send_ticks(ticks()).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendTicks>(), [SendTicks::new(ticks())]);
}

#[test]
fn parts_have_positions_and_no_names() {
    let fake = Server::new().on(|sent: Received<SendRelated>| {
        assert_eq!(sent.body.first, model::Tick::new(7));
        assert_eq!(sent.body.second, "a note");
        assert_eq!(sent.body.third.content().as_bytes(), Some(&b"\x89PNG"[..]));
        assert_eq!(sent.body.third.media(), Some("image/png"));
        Ok(())
    });
    let picture = FilePart::new(b"\x89PNG".to_vec());
    let form = SendRelatedForm::new(model::Tick::new(7), "a note", picture);
    fake.client().send_related(form).send_blocking().unwrap();
}

#[test]
fn a_part_may_have_parts() {
    let fake = Server::new().on(|_: Received<SendNested>| Ok(()));
    let inner = model::Inner::new("# Note", model::Tick::new(1)).count(3);
    let form = SendNestedForm::new(inner);
    fake.client().send_nested(form.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<SendNested>(), [SendNested::new(form)]);
}
