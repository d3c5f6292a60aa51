//! Bases that list what builds on them, and alternatives that build on one base.

use bases_client::countersign_runtime::{Deserialize, Value, wire};
use bases_client::fake::{Received, Server};
use bases_client::model::{Circle, Dog, Drawing, DrawingEither, PostPetBody, Shape, Square};
use bases_client::PostPet;

#[test]
fn a_base_is_one_of_those_that_build_on_it() {
    let text = r#"{"first":{"kind":"ci","side":1},"all":[{"kind":"sq","side":2}],"square":{"kind":"sq"},"either":{"kind":"ci","side":3}}"#;
    let value: Value = text.parse().unwrap();
    let drawing = Drawing::deserialize(&value).unwrap();
    assert_eq!(wire::to_value(&drawing).unwrap(), value);
    let expected = Drawing::default()
        .first(Shape::Circle(Circle::new().side(1)))
        .all(vec![Shape::Square(Square::new().side(2))])
        .square(Square::new())
        .either(DrawingEither::Circle(Circle::new().side(3)));
    assert_eq!(drawing, expected);
}

#[test]
fn the_discriminator_of_a_common_base_tells_alternatives_apart() {
    let sent = PostPet::new(PostPetBody::Dog(Dog::new().claws(4)));
    let fake = Server::new().on(|_: Received<PostPet>| Ok(()));
    fake.client().call(sent.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<PostPet>(), [sent]);
}
