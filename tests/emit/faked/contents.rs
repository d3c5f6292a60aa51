//! Successes of several media types, through the client and its fake.

use contents_client::fake::{Outcome, Received, Server};
use contents_client::{Export, ExportSuccess, Forecast, Greeting, model};

#[test]
fn each_media_type_of_a_success_comes_back() {
    for success in [
        ExportSuccess::Ok(vec![model::Row::new(1)]),
        ExportSuccess::Csv("a\n1\n".to_owned()),
    ] {
        let given = success.clone();
        let fake = Server::new()
            .on(move |_: Received<Export>| Outcome::success(given.clone()).header("X-Total", 1));
        let answer = fake.client().call(Export::new()).send_blocking().unwrap();
        assert_eq!(answer.into_inner(), success);
    }
    let fake = Server::new().on(|_: Received<Export>| Ok(ExportSuccess::Pdf("%PDF".into())));
    let answer = fake.client().call(Export::new()).send_blocking().unwrap();
    let ExportSuccess::Pdf(body) = answer.into_inner() else {
        panic!("another media type")
    };
    let mut read = String::new();
    std::io::Read::read_to_string(&mut body.into_reader(), &mut read).unwrap();
    assert_eq!(read, "%PDF");
}

#[test]
fn types_that_carry_the_same_are_one() {
    let fake = Server::new()
        .on(|_: Received<Forecast>| Ok(vec![model::Row::new(1)]))
        .on(|_: Received<Greeting>| Ok("hello".to_owned()));
    let rows = fake.client().forecast().send_blocking().unwrap();
    assert_eq!(rows.into_inner(), [model::Row::new(1)]);
    let text = fake.client().greeting().send_blocking().unwrap();
    assert_eq!(text.into_inner(), "hello");
}
