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
