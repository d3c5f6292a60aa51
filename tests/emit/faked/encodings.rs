//! Nested values, members with an encoding of their own and constants, written by the client and read by its fake.

use encodings_client::fake::{Received, Server};
use encodings_client::{MakePlan, model};

fn tier(up_to: f64) -> model::Tier {
    model::Tier::new(up_to).tags(vec!["a b".to_owned(), "c,d".to_owned()])
}

fn full() -> MakePlan {
    let body = model::MakePlanBody::new(vec![tier(5.0), model::Tier::new(0.1)])
        .expand(vec!["x".to_owned()])
        .ids(vec![1, 2])
        .first(tier(1_676_451_245.5))
        .all(vec![tier(1.0), tier(2.0)])
        .url("http://h/?a&b=c%20#d+e")
        .texts(vec!["[1]".to_owned(), "2".to_owned()]);
    let age = model::FilterAge::default().gte(18);
    MakePlan::new("", 7.0, body)
        .page(model::Page::default().page(2).sort(vec!["a,asc".to_owned(), "b".to_owned()]))
        .who(vec![tier(3.0), tier(4.5)])
        .tags(vec!["only".to_owned()])
        .filter(model::Filter::default().age(age).any(vec!["&".to_owned(), "=".to_owned()]))
        .note("5")
        .x_tier(tier(6.0))
        .x_trace(vec!["a b".to_owned(), "c".to_owned()])
        .tier(tier(8.0))
}

#[test]
fn what_is_written_is_read() {
    let mut expected = full();
    // Escapes in a value whose reserved characters are allowed are the caller's own.
    if let Some(body) = &mut expected.body {
        body.url = Some("http://h/?a&b=c #d+e".to_owned());
    }
    let fake = Server::new().on(|_: Received<MakePlan>| Ok(()));
    for operation in [full(), MakePlan::new("a/b", 0.5, None)] {
        fake.client().call(operation).send_blocking().unwrap();
    }
    let calls = fake.calls::<MakePlan>();
    assert_eq!(calls, [expected, MakePlan::new("a/b", 0.5, None)]);
    assert_eq!(calls[0].api_version, "2024-01-01");
}

#[test]
fn numbers_and_lists_have_the_form_that_servers_read() {
    let fake = Server::new().on(|call: Received<MakePlan>| {
        let target = call.uri().to_string();
        let query = target.replace("%5B", "[").replace("%5D", "]");
        for part in [
            "/plans//7?api-version=2024-01-01&page=2&sort=a%2Casc&sort=b&",
            "&who[0][tags][]=a%20b&who[0][tags][]=c%2Cd&who[0][upTo]=3&",
            "&who[1][upTo]=4.5&tags[]=only&",
            "&filter[age][gte]=18&filter[any][]=%26&",
            "&note=5",
        ] {
            assert!(query.contains(part), "{part} is not in {query}");
        }
        assert_eq!(call.headers()["x-tier"], r#"{"tags":["a b","c,d"],"upTo":6}"#);
        Ok(())
    });
    fake.client().call(full()).send_blocking().unwrap();
}
