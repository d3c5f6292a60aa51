//! Which operations are lists in pages, by their parameters and answers: each row a request, an answer and the style.

mod documents;

use countersign_codegen::settings::{PagingChoice, PagingSettings};

use self::documents::{
    CURSOR, LINK, OFFSET, PAGE, answer, document, generated, parameters, rows, style,
};

#[test]
fn numbers_of_pages_and_offsets() {
    rows(&[
        ("page:integer per_page:integer", "list", PAGE),
        // TypeScript has no integers.
        ("page:number per_page:number", "list", PAGE),
        (
            "offset:number limit:number",
            "items:list total:number",
            OFFSET,
        ),
        (
            "page:integer pageSize:integer",
            "items:list total:integer",
            PAGE,
        ),
        ("page[number]:integer page[size]:integer", "data:list", PAGE),
        ("page:integer", "results:list total_pages:integer", PAGE),
        (
            "page:integer limit:integer",
            "data/things:list data/total:integer",
            PAGE,
        ),
        (
            "page:integer size:integer",
            "content:list last:boolean number:integer",
            PAGE,
        ),
        ("offset:integer limit:integer", "list", OFFSET),
        ("skip:integer take:integer", "value:list", OFFSET),
        ("$skip:integer $top:integer", "value:list", OFFSET),
        ("start:integer count:integer", "things:list", OFFSET),
        (
            "from:integer size:integer",
            "hits/hits:list hits/total:integer",
            OFFSET,
        ),
        (
            "startAt:integer maxResults:integer",
            "values:list total:integer isLast:boolean",
            OFFSET,
        ),
        (
            "startIndex:integer=1-based_index count:integer",
            "Resources:list totalResults:integer",
            OFFSET,
        ),
        (
            "offset:integer limit:integer",
            "things:list errors:list",
            OFFSET,
        ),
    ]);
}

#[test]
fn cursors_and_links() {
    rows(&[
        (
            "cursor:string limit:integer",
            "items:list next_cursor:string",
            CURSOR,
        ),
        (
            "pageToken:string",
            "items:list nextPageToken:string",
            CURSOR,
        ),
        (
            "next_token:string",
            "data:list meta/next_token:string",
            CURSOR,
        ),
        (
            "cursor:string",
            "messages_found:list response_metadata/next_cursor:string",
            CURSOR,
        ),
        (
            "after:string",
            "results:list paging/next/after:string",
            CURSOR,
        ),
        (
            "after:string",
            "items:list cursors/after:string cursors/before:string",
            CURSOR,
        ),
        (
            "start_cursor:string",
            "results:list next_cursor:string has_more:boolean",
            CURSOR,
        ),
        (
            "continue:string",
            "items:list metadata/continue:string",
            CURSOR,
        ),
        ("cursor:string", "data:list meta/next:string", CURSOR),
        (
            "starting_after:string limit:integer",
            "data:list has_more:boolean",
            CURSOR,
        ),
        (
            "after:string",
            "data:list has_more:boolean last_id:string",
            CURSOR,
        ),
        (
            "offset:integer limit:integer",
            "count:integer next:url previous:url results:list",
            LINK,
        ),
        ("page:integer", "count:integer next:url results:list", LINK),
        ("", "value:list @odata.nextLink:string", LINK),
        (
            "$top:integer",
            "value:list @odata.nextLink:string @odata.count:integer",
            LINK,
        ),
        (
            "page:integer",
            "_embedded/things:list _links/next/href:string",
            LINK,
        ),
        (
            "page:integer",
            "data:list links/next:string links/prev:string",
            LINK,
        ),
        (
            "page:integer limit:integer cursor:string",
            "data:list next_cursor:string",
            PAGE,
        ),
        (
            "page:integer cursor:string",
            "data:list next_cursor:string next_url:string",
            LINK,
        ),
    ]);
}

#[test]
fn what_only_looks_like_pages() {
    rows(&[
        // Ranges of time and of other things.
        ("start:integer end:integer limit:integer", "list", None),
        ("from:integer to:integer size:integer", "items:list", None),
        (
            "start:integer=Unix_timestamp limit:integer",
            "items:list",
            None,
        ),
        (
            "after:date limit:integer",
            "items:list next_cursor:string",
            None,
        ),
        (
            "after:string=A_date-time before:string",
            "items:list next:string",
            None,
        ),
        ("since:string until:string", "list", None),
        // Parameters of other kinds.
        ("page:string per_page:integer", "list", None),
        ("page:object per_page:integer", "list", None),
        ("page:boolean limit:integer", "items:list", None),
        ("start:number limit:number", "list", None),
        ("offset:string limit:integer", "list", None),
        ("offset:integer=Offset_in_bytes limit:integer", "list", None),
        ("offset:integer", "list", None),
        ("page:integer", "list", None),
        ("page:integer=Page_of_the_PDF size:integer", "list", None),
        ("limit:integer", "list", None),
        ("cursor:integer", "items:list next_cursor:string", None),
        // One side only.
        ("", "items:list next_cursor:string has_more:boolean", None),
        ("", "count:integer next:url results:list", None),
        ("cursor:string", "list", None),
        ("starting_after:string", "data:list", None),
        ("cursor:string", "items:list next_cursor:integer", None),
        // No list, or none that is certain.
        (
            "page:integer per_page:integer",
            "id:string total:integer",
            None,
        ),
        (
            "page:integer per_page:integer",
            "left:list right:list",
            None,
        ),
        (
            "page:integer per_page:integer",
            "items:list data:list",
            None,
        ),
        ("page:integer per_page:integer", "errors:list", None),
        ("", "data:list links/next:string links/prev:string", None),
        (
            "",
            "Data/ConsentId:string Data/Reasons:list Links/Next:string",
            None,
        ),
        (
            "nextPageToken:string",
            "history/events:list rawHistory:list nextPageToken:string",
            None,
        ),
        (
            "page:integer per_page:integer",
            "id:string name:string friends:list",
            None,
        ),
        ("page:integer per_page:integer", "things:map", None),
        (
            "page:integer per_page:integer",
            "data/left:list data/right:list",
            None,
        ),
        ("page:integer offset:integer limit:integer", "list", None),
    ]);
}

#[test]
fn what_changes_something_is_not_done_twice() {
    for (method, expected) in [
        ("get", PAGE),
        ("post", None),
        ("put", None),
        ("delete", None),
        ("patch", None),
    ] {
        let parameters = parameters("page:integer per_page:integer");
        let document = document(method, &parameters, &answer("list"), "summary: A list.");
        assert_eq!(style(&document).as_deref(), expected, "{method}");
    }
}

#[test]
fn extensions_of_other_tools_are_followed() {
    let with_pages = "page:integer limit:integer offset:integer cursor:string";
    for (more, answered, expected) in [
        (
            "x-ms-pageable: {nextLinkName: next, itemName: rows}",
            "rows:list next:string",
            LINK,
        ),
        (
            "x-ms-pageable: {}",
            "value:list other:list nextLink:string",
            LINK,
        ),
        (
            "x-ms-pageable: {nextLinkName: paging.next}",
            "value:list paging/next:string",
            LINK,
        ),
        ("x-ms-pageable: {nextLinkName: null}", "value:list", None),
        (
            "x-speakeasy-pagination: {type: offsetLimit, inputs: [{name: page, in: parameters, type: page}], outputs: {results: $.a.b}}",
            "a/b:list a/c:list",
            PAGE,
        ),
        (
            "x-speakeasy-pagination: {type: offsetLimit, inputs: [{name: offset, in: parameters, type: offset}, {name: limit, in: parameters, type: limit}], outputs: {results: '$'}}",
            "list",
            OFFSET,
        ),
        (
            "x-speakeasy-pagination: {type: cursor, inputs: [{name: cursor, in: parameters, type: cursor}], outputs: {results: $.data, nextCursor: '$.data[-1].id'}}",
            "data:list",
            CURSOR,
        ),
        (
            "x-speakeasy-pagination: {type: url, outputs: {nextUrl: \"$['@next']\"}}",
            "data:list '@next':string",
            LINK,
        ),
        (
            "x-fern-pagination: {cursor: $request.cursor, next_cursor: $response.page.on, results: $response.left}",
            "left:list right:list page/on:string",
            CURSOR,
        ),
        (
            "x-fern-pagination: {offset: $request.page, results: $response.left, has-next-page: $response.on}",
            "left:list right:list on:boolean",
            PAGE,
        ),
        (
            "x-fern-pagination: {offset: $request.offset, step: $request.limit, results: $response.left}",
            "left:list right:list",
            OFFSET,
        ),
    ] {
        let answered = answered.replace("'@next'", "@next");
        let document = document("get", &parameters(with_pages), &answer(&answered), more);
        assert_eq!(style(&document).as_deref(), expected, "{more}");
    }
    // Ours wins.
    let more = "x-ms-pageable: {}\n      x-pagination: {style: page, page: page, items: /value}";
    let both = document(
        "get",
        &parameters(with_pages),
        &answer("value:list nextLink:string"),
        more,
    );
    assert_eq!(style(&both).as_deref(), PAGE);
}

#[test]
fn the_settings_know_better() {
    let text = document(
        "get",
        &parameters("page:integer per_page:integer after:string"),
        &answer("things:list on:string"),
        "summary: A list.",
    );
    let by = |infer, operations: &[(&str, PagingChoice)]| {
        let operations = operations.iter();
        let paging = PagingSettings {
            infer,
            operations: operations
                .map(|(key, choice)| ((*key).to_owned(), choice.clone()))
                .collect(),
        };
        let (generated, _) = generated(&text, paging);
        let outline = generated.outline();
        let style = outline
            .split_once(", by ")
            .map(|(_, style)| style.lines().next().unwrap_or_default().to_owned());
        (style, generated.api.stats)
    };
    let cursor = |next: &str| {
        let members = [("style", "cursor"), ("cursor", "after"), ("next", next)];
        PagingChoice::As(members.map(|(key, value)| (key, value.to_owned())).to_vec())
    };
    assert_eq!(by(true, &[]).0.as_deref(), PAGE);
    assert_eq!(by(false, &[]).0, None);
    assert_eq!(by(true, &[("list", PagingChoice::Off)]).0, None);
    assert_eq!(by(true, &[("/v1/*", PagingChoice::Off)]).0, None);
    assert_eq!(by(false, &[("list", cursor("/on"))]).0.as_deref(), CURSOR);
    let (style, stats) = by(
        true,
        &[("list", cursor("/off")), ("gone", PagingChoice::Off)],
    );
    assert_eq!(style, None);
    assert_eq!(stats.unmatched, [("paging.operations", "gone".to_owned())]);
    let why = "its `next` points to nothing in the success body";
    assert_eq!(
        stats.misfits,
        [("paging.operations", "list".to_owned(), why.to_owned())]
    );
}

#[test]
fn the_end_is_where_the_items_end_that_a_filter_lets_through() {
    for (answered, expected) in [
        ("data:list total:integer", Some("total")),
        (
            "data:list total_count:integer filter_count:integer",
            Some("filter_count"),
        ),
        (
            "data:list recordsFiltered:integer recordsTotal:integer",
            Some("records_filtered"),
        ),
        (
            "data:list filter_count:string total_count:integer",
            Some("total_count"),
        ),
        ("data:list", None),
    ] {
        let parameters = parameters("offset:integer limit:integer");
        let text = document("get", &parameters, &answer(answered), "summary: A list.");
        let (generated, _) = generated(&text, PagingSettings::default());
        let mut modules = generated.api.modules.iter();
        let operation = modules
            .find_map(|module| module.operations.first())
            .expect("an operation");
        let end = &operation.paging.as_ref().expect("pages").end;
        let total = end.total.as_ref().and_then(|fields| fields.last());
        assert_eq!(total.map(|field| field.as_str()), expected, "{answered}");
    }
}

#[test]
fn what_asks_for_pages_that_are_not_there_is_explained() {
    use countersign_codegen::ir::UnpagedReason::{
        NoEnd, NoFirst, NoList, NoNext, SizeAlone, TwoWays,
    };
    for (asked, answered, expected) in [
        (
            "page:integer offset:integer limit:integer",
            "data:list",
            Some((TwoWays, 2)),
        ),
        ("page:integer", "data:list", Some((NoEnd, 1))),
        (
            "page:integer limit:integer",
            "name:string",
            Some((NoList, 1)),
        ),
        (
            "startIndex:integer count:integer",
            "data:list",
            Some((NoFirst, 1)),
        ),
        ("cursor:string", "data:list", Some((NoNext, 1))),
        ("limit:integer", "data:list", Some((SizeAlone, 1))),
        ("name:string", "data:list", None),
        ("page:integer limit:integer", "data:list", None),
    ] {
        let text = document(
            "get",
            &parameters(asked),
            &answer(answered),
            "summary: A list.",
        );
        let (generated, _) = generated(&text, PagingSettings::default());
        let mut modules = generated.api.modules.iter();
        let operation = modules
            .find_map(|module| module.operations.first())
            .expect("an operation");
        let found = operation.unpaged.as_ref();
        let found = found.map(|unpaged| (unpaged.why, unpaged.asked.len()));
        assert_eq!(found, expected, "{asked} -> {answered}");
    }
    let text = document(
        "post",
        &parameters("page:integer"),
        "{type: string}",
        "summary: No list.",
    );
    let (generated, _) = generated(&text, PagingSettings::default());
    let operation = generated
        .api
        .modules
        .iter()
        .find_map(|module| module.operations.first());
    assert_eq!(operation.expect("an operation").unpaged, None);
}
