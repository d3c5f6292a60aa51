//! Names by which parameters and members of pages are known, without case and signs: `page[size]` is `pagesize`.

/// A name without case and signs.
pub(in crate::lower::operations) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// The words of a text, in lower case.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

/// Whether a text has one of these words.
pub(super) fn has_word(text: &str, known: &[&str]) -> bool {
    words(text).any(|word| known.contains(&word.as_str()))
}

/// Parameters: the number of a page.
pub(super) const PAGE: &[&str] = &[
    "page",
    "pagenumber",
    "pagenum",
    "pageno",
    "pageindex",
    "currentpage",
];

/// Parameters: the number of items of a page.
pub(super) const SIZE: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "size",
    "count",
    "pagelimit",
    "itemsperpage",
    "resultsperpage",
    "recordsperpage",
    "maxresults",
    "maxitems",
    "take",
    "top",
    "rows",
    "max",
    "pagecount",
    "maxpagesize",
    "num",
    "resultcount",
    "maxrecords",
];

/// Parameters: the number of items before a page, or the number of its first.
pub(super) const OFFSET: &[&str] = &["offset", "skip", "pageoffset"];

/// The same, where the document says nothing else of them.
pub(super) const WEAK_OFFSET: &[&str] = &[
    "start",
    "from",
    "first",
    "startat",
    "startindex",
    "firstresult",
    "startposition",
];

/// Parameters that make a range of another one.
pub(super) const RANGE_END: &[&str] = &[
    "end",
    "to",
    "until",
    "till",
    "stop",
    "finish",
    "last",
    "endat",
    "endtime",
    "endindex",
    "endposition",
    "before",
];

/// Words that say that a number is not of items.
pub(super) const NOT_ITEMS: &[&str] = &[
    "time",
    "timestamp",
    "timestamps",
    "date",
    "epoch",
    "unix",
    "seconds",
    "milliseconds",
    "id",
    "ids",
    "block",
    "height",
    "slot",
    "byte",
    "bytes",
    "price",
    "year",
    "version",
    "sequence",
    "revision",
    "position",
];

/// Words that say that an offset is not of items.
pub(super) const NOT_AN_OFFSET: &[&str] = &[
    "byte",
    "bytes",
    "utc",
    "timezone",
    "gmt",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
    "timestamp",
    "pixels",
];

/// Words that say that a page is one of paper.
pub(super) const NOT_A_PAGE: &[&str] = &[
    "pdf", "scan", "sheet", "book", "website", "html", "url", "slug",
];

/// Words that say that a text is a time.
pub(super) const TIME: &[&str] = &[
    "date",
    "time",
    "datetime",
    "timestamp",
    "iso",
    "iso8601",
    "8601",
    "rfc3339",
    "epoch",
];

/// Parameters: the server's name of a page.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "nextcursor",
    "nextpage",
    "next",
    "pagecursor",
    "after",
    "aftercursor",
    "startcursor",
    "startingafter",
    "startafter",
    "continuationtoken",
    "continuation",
    "continue",
    "marker",
    "nextmarker",
    "bookmark",
    "paginationtoken",
    "pagingtoken",
    "startingtoken",
    "starttoken",
    "startkey",
    "exclusivestartkey",
    "offset",
    "pageafter",
    "skiptoken",
    "scrollid",
    "lastkey",
    "pagemarker",
    "cursormark",
    "lastid",
];

/// Parameters that a member of the same name answers.
pub(super) const SAME: &[&str] = &[
    "cursor",
    "pagetoken",
    "continuationtoken",
    "continuation",
    "continue",
    "bookmark",
    "marker",
    "paginationtoken",
    "pagingtoken",
    "offset",
    "scrollid",
    "pagecursor",
    "skiptoken",
    "after",
];

/// Members: the name of the next page.
pub(super) const NEXT: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "endcursor",
    "nextcontinuationtoken",
    "nextmarker",
    "nextstartcursor",
    "nextafter",
    "lastevaluatedkey",
    "nextbookmark",
    "nextpage",
    "next",
    "nextkey",
    "lastid",
    "aftercursor",
    "nextcursormark",
    "nextpagingtoken",
    "nextpaginationtoken",
    "nextpagemarker",
];

/// Members: the URL of the next page, and nothing else.
pub(super) const NEXT_URL: &[&str] = &[
    "nextlink",
    "nexturl",
    "nextpageurl",
    "nextpagelink",
    "nexthref",
    "nextpageuri",
    "nexturi",
    "nextpagehref",
    "odatanextlink",
    "nextpageurlstring",
];

/// Members that hold what a page says of itself.
pub(super) const HOLDER: &[&str] = &[
    "paging",
    "pagination",
    "meta",
    "metadata",
    "page",
    "pageinfo",
    "pagemeta",
    "pagemetadata",
    "links",
    "link",
    "urls",
    "cursors",
    "cursor",
    "next",
    "responsemetadata",
    "listmetadata",
    "pager",
    "paginationinfo",
    "paginationmetadata",
    "pagedetails",
    "pagingmetadata",
    "resultinfo",
    "pageinformation",
    "pagingdata",
    "pages",
    "pagingresult",
    "info",
    "responsemeta",
    "searchmetadata",
    "paginginfo",
    "cursorpagination",
    "hal",
];

/// Members that hold the items with what goes with them.
pub(in crate::lower::operations) const AROUND: &[&str] = &[
    "data", "result", "results", "response", "payload", "body", "embedded", "d", "hits", "content",
    "list", "output", "message", "page",
];

/// Members: the items.
pub(super) const ITEMS: &[&str] = &[
    "items",
    "data",
    "results",
    "result",
    "value",
    "values",
    "content",
    "records",
    "entries",
    "elements",
    "list",
    "rows",
    "hits",
    "objects",
    "resources",
    "collection",
    "documents",
    "docs",
    "nodes",
    "children",
];

/// Members that are lists beside the items.
pub(super) const BESIDE: &[&str] = &[
    "errors",
    "warnings",
    "messages",
    "links",
    "included",
    "includes",
    "facets",
    "aggregations",
    "columns",
    "headers",
    "fields",
    "sort",
    "debug",
    "meta",
    "metadata",
    "filters",
    "notices",
    "context",
    "scopes",
    "permissions",
    "links",
    "errormessages",
    "warningmessages",
    "tags",
    "schemas",
    "validationerrors",
    "aggs",
    "orderby",
];

/// Members of a thing, which a page does not have.
pub(super) const THING: &[&str] = &["id", "uuid", "guid", "name"];

/// Members: the number of all items.
pub(super) const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalrecords",
    "recordstotal",
    "totalelements",
    "totalhits",
    "totalentries",
    "totalrows",
    "totalobjects",
    "totalresultcount",
    "totalitemcount",
    "totalrecordcount",
    "totalnumber",
];

/// Members: the number of all pages.
pub(super) const PAGES: &[&str] = &[
    "totalpages",
    "numpages",
    "numberofpages",
    "pagestotal",
    "totalpagecount",
    "pagetotal",
];

/// Members: the number of the last page, where pages count from one.
pub(super) const LAST_PAGE: &[&str] = &["lastpage", "lastpagenumber"];

/// Members: the page's own number.
pub(super) const NUMBER: &[&str] = &[
    "page",
    "currentpage",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
];

/// Members: whether there are more pages.
pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "more",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "hasadditionalresults",
    "moreavailable",
    "moreresultsavailable",
    "ismore",
    "morepages",
];

/// Members: whether the page is the last.
pub(super) const LAST: &[&str] = &["islast", "islastpage", "last"];
