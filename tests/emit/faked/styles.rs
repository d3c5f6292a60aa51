//! Each way to spell a parameter, written by the client and read by its fake.

use std::collections::BTreeMap;

use styles_client::fake::{Received, Server};
use styles_client::{Error, TrySpelling, TrySpellingError, model};

fn words(words: [&str; 2]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn full() -> TrySpelling {
    let area = || model::Area::new(-1).y("a b,c;d=é");
    let body = model::TrySpellingBody::new("x & y+z")
        .ids(vec![1, 2])
        .area(area());
    TrySpelling::new(words(["a/b", "ü,."]), area(), vec![3, 4], vec![5, 6], body)
        .comma(words(["a,b", "c&d"]))
        // A space ends an item here, however it is encoded.
        .space(words(["a&b", "c+d"]))
        .pipe(vec![7, 8])
        .deep(area())
        .json(area())
        .with_raw("http://example.com/?q")
        .order(model::Order::Down)
        .rest(BTreeMap::from([("any".to_owned(), "thing".to_owned())]))
        .x_area(model::Area::new(1).y("plain"))
        .x_when(
            "2026-01-02T03:04:05Z"
                .parse::<styles_client::countersign_runtime::DateTime>()
                .unwrap(),
        )
        .x_key("123456")
        .crumbs(words(["a;b", "c,d"]))
}

#[test]
fn what_is_written_is_read() {
    let body = model::TrySpellingBody::new("");
    let least = TrySpelling::new(
        words(["1", "2"]),
        model::Area::new(0),
        vec![1],
        vec![2],
        body,
    );
    for operation in [full(), least] {
        let fake = Server::new().on(|_: Received<TrySpelling>| Ok(()));
        fake.client()
            .call(operation.clone())
            .send_blocking()
            .unwrap();
        assert_eq!(fake.calls::<TrySpelling>(), [operation]);
    }
}

#[test]
fn text_is_answered_as_text() {
    let fake = Server::new()
        .on(|_: Received<TrySpelling>| Err(TrySpellingError::Default("no".to_owned())));
    match fake.client().call(full()).send_blocking() {
        Err(Error::Api(TrySpellingError::Default(text), failed)) => {
            assert_eq!((text.as_str(), failed.status().as_u16()), ("no", 500));
        }
        other => panic!("{other:?}"),
    }
}
