//! Operations whose answers come in pages.

use super::*;

/// `GET /servers`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListServers {
    pub offset: Option<u64>,
    pub limit: Option<u64>,
    pub tags: Vec<String>,
}

impl ListServers {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ServerPage {
    pub data: Vec<Server>,
    #[serde(default)]
    pub total: Option<u64>,
    #[serde(default)]
    pub next: Option<String>,
}

impl Operation for ListServers {
    type Success = ServerPage;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("ListServers", Method::GET, "/servers")
        .source("spec/sample/openapi.yaml#/paths/~1servers/get")
        .responses(Statuses::of(&[200]));

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.query("offset", &self.offset)?;
        request.query("limit", &self.limit)?;
        request.query_as("tags", QueryStyle::Form { explode: false }, &self.tags)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

impl Paginated for ListServers {
    type Item = Server;

    fn position(&self) -> Position {
        Position::Offset {
            offset: self.offset,
            limit: self.limit,
        }
    }

    fn turn_to(&mut self, position: Position) {
        if let Position::Offset { offset, .. } = position {
            self.offset = offset;
        }
    }

    fn summary(page: &ServerPage) -> Summary {
        Summary::new(page.data.len()).total(page.total)
    }

    fn items(page: ServerPage) -> Vec<Server> {
        page.data
    }
}

/// `GET /linked`, whose pages name the next one by its URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ListLinked;

impl Operation for ListLinked {
    type Success = ServerPage;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec =
        OperationSpec::new("ListLinked", Method::GET, "/linked").security(&[&[security::BEARER]]);

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

impl Paginated for ListLinked {
    type Item = Server;

    fn position(&self) -> Position {
        Position::Link(None)
    }

    fn turn_to(&mut self, _: Position) {}

    fn summary(page: &ServerPage) -> Summary {
        Summary::new(page.data.len()).next(page.next.clone())
    }

    fn items(page: ServerPage) -> Vec<Server> {
        page.data
    }
}

/// `GET /numbered`, by the number of a page. The type parameter decides what is known of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListNumbered<const FIRST: i8> {
    pub page: Option<u64>,
    pub size: Option<u64>,
}

impl<const FIRST: i8> Operation for ListNumbered<FIRST> {
    type Success = ServerPage;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("ListNumbered", Method::GET, "/numbered");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.query("page", &self.page)?;
        request.query("size", &self.size)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

impl<const FIRST: i8> Paginated for ListNumbered<FIRST> {
    type Item = Server;

    const LIST: ListSpec = match FIRST {
        0 => ListSpec::new().items(&["data"]).first(0),
        1 => ListSpec::new().items(&["data"]).first(1).partly_filled(),
        _ => ListSpec::new().items(&["data"]),
    };

    fn position(&self) -> Position {
        Position::Page {
            page: self.page,
            size: self.size,
        }
    }

    fn turn_to(&mut self, position: Position) {
        if let Position::Page { page, size } = position {
            self.page = page;
            self.size = size;
        }
    }

    fn summary(page: &ServerPage) -> Summary {
        Summary::new(page.data.len()).total(page.total)
    }

    fn items(page: ServerPage) -> Vec<Server> {
        page.data
    }
}

/// `GET /walked`, whose answers are lists and have the next page in the header `Link`.
#[derive(Clone, Debug, PartialEq)]
pub struct ListWalked;

impl Operation for ListWalked {
    type Success = Vec<Server>;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec =
        OperationSpec::new("ListWalked", Method::GET, "/walked").security(&[&[security::BEARER]]);

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

impl Paginated for ListWalked {
    type Item = Server;

    const LIST: ListSpec = ListSpec::new().link_header();

    fn position(&self) -> Position {
        Position::Link(None)
    }

    fn turn_to(&mut self, _: Position) {}

    fn summary(page: &Vec<Server>) -> Summary {
        Summary::new(page.len())
    }

    fn items(page: Vec<Server>) -> Vec<Server> {
        page
    }
}

/// `GET /after`, whose next page starts after the last item of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAfter {
    pub starting_after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AfterPage {
    pub data: Vec<Server>,
    pub has_more: bool,
}

impl Operation for ListAfter {
    type Success = AfterPage;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("ListAfter", Method::GET, "/after");

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.query("starting_after", &self.starting_after)
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}

impl Paginated for ListAfter {
    type Item = Server;

    const LIST: ListSpec = ListSpec::new().items(&["data"]);

    fn position(&self) -> Position {
        Position::Cursor(self.starting_after.clone())
    }

    fn turn_to(&mut self, position: Position) {
        if let Position::Cursor(cursor) = position {
            self.starting_after = cursor;
        }
    }

    fn summary(page: &AfterPage) -> Summary {
        let last = page.data.last().map(|last| last.id.to_string());
        Summary::new(page.data.len())
            .next(last)
            .more(Some(page.has_more))
    }

    fn items(page: AfterPage) -> Vec<Server> {
        page.data
    }
}
