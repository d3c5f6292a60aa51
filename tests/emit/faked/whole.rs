//! Parameters that OpenAPI 3.2 adds, as they are sent and as a fake reads them.

use std::collections::BTreeMap;

use whole_client::fake::{Received, Server};
use whole_client::{AskForm, AskJson, AskName, model};

#[test]
fn a_parameter_may_be_the_whole_query() {
    let fake = Server::new()
        .on(|asked: Received<AskForm>| {
            let query = asked.uri().query();
            assert!(
                matches!(query, None | Some("a=x%20y%26/&b=1%7C2&c%5Bk%5D=v")),
                "{query:?}"
            );
            Ok(())
        })
        .on(|asked: Received<AskJson>| {
            assert_eq!(asked.uri().query(), Some("%7B%22a%22%3A1%7D"));
            Ok(())
        });
    let client = fake.client();
    let more = BTreeMap::from([("k".to_owned(), "v".to_owned())]);
    let filter = model::AskFormFilter::default().a("x y&/").b(vec![1, 2]).c(more);
    let full = AskForm::new().filter(filter);
    for operation in [full, AskForm::new()] {
        client.call(operation.clone()).send_blocking().unwrap();
        assert_eq!(fake.calls::<AskForm>().last(), Some(&operation));
    }
    let json = AskJson::new(BTreeMap::from([("a".to_owned(), 1)]));
    client.call(json.clone()).send_blocking().unwrap();
    assert_eq!(fake.calls::<AskJson>(), [json]);
}

#[test]
fn reserved_characters_and_cookies_stay_as_they_are() {
    let fake = Server::new().on(|asked: Received<AskName>| {
        assert_eq!(asked.uri().path(), "/names/a:b;c=%2F%3F%25%20x%41");
        let cookies = asked.headers().get("cookie").unwrap();
        assert_eq!(
            cookies,
            "pref=a%20b; pref=c+d; one=e,f; x=3; kept=a:b/c%3B%26d"
        );
        Ok(())
    });
    let words = |one: &str, other: &str| vec![one.to_owned(), other.to_owned()];
    let operation = AskName::new("a:b;c=/?% x%41")
        .pref(words("a%20b", "c+d"))
        .one(words("e", "f"))
        .area(model::AskNameArea::default().x(3))
        .kept("a:b/c;&d");
    fake.client()
        .call(operation.clone())
        .send_blocking()
        .unwrap();
    // An escape that the value had is read as what it stands for.
    let mut received = operation.clone();
    received.name = "a:b;c=/?% xA".to_owned();
    assert_eq!(fake.calls::<AskName>(), [received]);
    let refused = operation.pref(words("a;b", "c"));
    assert!(fake.client().call(refused).send_blocking().is_err());
}
