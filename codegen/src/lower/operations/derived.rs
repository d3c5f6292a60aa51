//! Ids that frameworks derive from a function and its route, and the names of the functions within them.

/// The name that a person gave to an operation, where its id is that name with a route or a class around it.
pub(super) fn given_name<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    by_route(id, method, path)
        .or_else(|| by_controller(id))
        .filter(|name| name.chars().any(char::is_alphabetic))
}

/// FastAPI: `read_item_items__item_id__get` is `read_item` of `GET /items/{item_id}`.
fn by_route<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let route = path.chars().map(|letter| match letter {
        letter if letter.is_alphanumeric() || letter == '_' => letter,
        _ => '_',
    });
    let suffix = format!("{}_{}", route.collect::<String>(), method.to_lowercase());
    let name = id.strip_suffix(&suffix)?;
    (!name.is_empty()).then_some(name)
}

/// NestJS: `PetsController_findAll` is `findAll`.
fn by_controller(id: &str) -> Option<&str> {
    let (class, name) = id.split_once('_')?;
    let is_class = class
        .strip_suffix("Controller")
        .is_some_and(|of| !of.is_empty());
    (is_class && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_frameworks_hold_names() {
        for (id, method, path, name) in [
            (
                "create_flow_run_flow_runs_post",
                "POST",
                "/flow_runs",
                Some("create_flow_run"),
            ),
            (
                "read_item_items__item_id__get",
                "GET",
                "/items/{item_id}",
                Some("read_item"),
            ),
            ("root__get", "GET", "/", Some("root")),
            (
                "count_api_v2_collections_count_get",
                "GET",
                "/api/v2/collections/count",
                Some("count"),
            ),
            ("PetsController_findAll", "GET", "/pets", Some("findAll")),
            // Of another route or method, or with nothing before it.
            (
                "read_item_items__item_id__get",
                "PUT",
                "/items/{item_id}",
                None,
            ),
            ("read_item_items__item_id__get", "GET", "/items", None),
            ("_items_get", "GET", "/items", None),
            ("Controller_find", "GET", "/pets", None),
            ("pets_list", "GET", "/pets", None),
            ("listPets", "GET", "/pets", None),
        ] {
            assert_eq!(given_name(id, method, path), name, "{id}");
        }
    }
}
