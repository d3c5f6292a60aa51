//! Pages that are asked for by numbers, which TypeScript has in place of integers.

use numbered_client::fake::{Received, Server};
use numbered_client::{ListPages, ListRows, model};

const ALL: [&str; 5] = ["a", "b", "c", "d", "e"];

fn page(skipped: f64, size: f64) -> model::Page {
    let items = ALL.iter().skip(skipped as usize).take(size as usize);
    let mut page = model::Page::new(items.map(|item| (*item).to_owned()).collect());
    page.total = Some(5.0);
    page
}

#[test]
fn all_pages_are_gone_through() {
    let fake = Server::new()
        .on(|call: Received<ListPages>| Ok(page((call.page.unwrap_or(1.0) - 1.0) * 2.0, 2.0)))
        .on(|call: Received<ListRows>| Ok(page(call.offset, call.limit)));
    let client = fake.client();
    let pages = client.call(ListPages::new().limit(2.0)).items().blocking();
    assert_eq!(pages.collect::<Result<Vec<_>, _>>().unwrap(), ALL);
    let rows = client.list_rows(0.0, 2.0).items().blocking();
    assert_eq!(rows.collect::<Result<Vec<_>, _>>().unwrap(), ALL);
    let numbers: Vec<Option<f64>> = fake.calls::<ListPages>().iter().map(|call| call.page).collect();
    assert!(numbers.starts_with(&[None, Some(2.0), Some(3.0)]), "{numbers:?}");
    let offsets: Vec<f64> = fake.calls::<ListRows>().iter().map(|call| call.offset).collect();
    assert!(offsets.starts_with(&[0.0, 2.0, 4.0]), "{offsets:?}");
}
