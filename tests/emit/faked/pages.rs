//! Lists in pages, as a server gives them out.

use pages_client::fake::{Outcome, Received, Server};
use pages_client::{ListAnts, ListBees, ListCats, ListDogs, ListOwls, ListToys, model};

/// A part of a list of five.
fn part(from: i64, many: i64) -> Vec<model::Toy> {
    (from..5.min(from.saturating_add(many)))
        .map(model::Toy::new)
        .collect()
}

fn ids(toys: &[model::Toy]) -> Vec<i64> {
    toys.iter().map(|toy| toy.id).collect()
}

const ALL: [i64; 5] = [0, 1, 2, 3, 4];

#[test]
fn numbers_of_pages() {
    let fake = Server::new().on(|received: Received<ListToys>| {
        let list = received.into_operation();
        let (page, size) = (list.page.unwrap_or(1), list.per_page.unwrap_or(4));
        Ok(part((page - 1) * size, size))
    });
    let client = fake.client();
    let all = client
        .list_toys()
        .items()
        .blocking()
        .collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&all.unwrap()), ALL);
    let two = client.list_toys().per_page(2).page(2);
    let rest = two.items().blocking().collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&rest.unwrap()), [2, 3, 4]);
}

#[test]
fn offsets_and_totals() {
    let fake = Server::new().on(|received: Received<ListCats>| {
        let list = received.into_operation();
        let skip = list.skip.unwrap_or(0);
        let mut meta = model::ListCatsResponseMeta::default();
        meta.total = Some(5);
        let mut page = model::ListCatsResponse::default();
        page.cats = Some(part(skip, i64::from(list.limit)));
        page.meta = Some(meta);
        Outcome::success(pages_client::ListCatsSuccess::Ok(page))
    });
    let all = fake
        .client()
        .list_cats(2)
        .items()
        .blocking()
        .collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&all.unwrap()), ALL);
}

#[test]
fn flags_and_pages_from_nought() {
    for first in [0, 1] {
        let fake = Server::new().on(move |received: Received<ListDogs>| {
            let list = received.into_operation();
            let page = list.page.unwrap_or(first) - first;
            let size = i64::from(list.limit);
            let mut found = model::ListDogsResponse::new((page + 1) * size >= 5);
            found.content = Some(part(page * size, size));
            Ok(found)
        });
        let all = fake
            .client()
            .list_dogs(2)
            .items()
            .blocking()
            .collect::<Result<Vec<_>, _>>();
        assert_eq!(ids(&all.unwrap()), ALL, "{first}");
    }
}

#[test]
fn cursors() {
    let fake = Server::new()
        .on(|received: Received<ListOwls>| {
            let from = received
                .into_operation()
                .after
                .map_or(0, |after| after.parse().unwrap());
            let mut page = model::ListOwlsResponse::new(part(from, 2));
            if from < 4 {
                let mut next = model::ListOwlsResponsePagingNext::default();
                next.after = Some((from + 2).to_string());
                let mut paging = model::ListOwlsResponsePaging::default();
                paging.next = Some(next);
                page.paging = Some(paging);
            }
            Ok(page)
        })
        .on(|received: Received<ListAnts>| {
            let after = received.into_operation().starting_after;
            let from = after.map_or(0, |after| after.parse::<i64>().unwrap() + 1);
            Ok(model::ListAntsResponse::new(part(from, 2), from < 3))
        });
    let client = fake.client();
    let all = client
        .list_owls()
        .items()
        .blocking()
        .collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&all.unwrap()), ALL);
    let all = client
        .list_ants()
        .items()
        .blocking()
        .collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&all.unwrap()), ALL);
}

#[test]
fn links_in_a_header() {
    let fake = Server::new().on(|received: Received<ListBees>| {
        let page = received.into_operation().page.unwrap_or(1);
        let found = Outcome::success(part((page - 1) * 2, 2));
        match page {
            1 | 2 => found.header(
                "Link",
                format!(
                    "</bees>; rel=first, </bees?page={}>; rel=\"next\"",
                    page + 1
                ),
            ),
            _ => found.header("Link", "</bees>; rel=first"),
        }
    });
    let all = fake
        .client()
        .list_bees()
        .items()
        .blocking()
        .collect::<Result<Vec<_>, _>>();
    assert_eq!(ids(&all.unwrap()), ALL);
}
