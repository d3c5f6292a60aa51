//! Requests as a server reads them: the reverse of `RequestParts`.
//!
//! Fake servers read with it, and so can receivers of webhooks. Each reader returns nothing where the request is not as
//! the document says, and keeps the [`Fault`].

#[cfg(test)]
mod agreement;
mod answer;
mod bodies;
mod encoded;
mod fault;
mod multipart;
mod pairs;
mod parameters;
mod receiver;
mod template;

use bytes::Bytes;
use http::header::COOKIE;
use http::request::Parts as Head;

pub use self::answer::Answer;
#[doc(hidden)]
pub use self::answer::Side;
#[doc(hidden)]
pub use self::encoded::{Coding, decode};
pub use self::fault::{Fault, Place};
pub use self::multipart::Parts;
#[doc(hidden)]
pub use self::pairs::Pairs;
pub use self::receiver::{
    Arrival, EventKind, EventSpec, Events, Mark, NotVerified, Receive, Receiver, Receiving,
    Refused, Undescribed, UnknownEvent, Verify,
};
#[doc(hidden)]
pub use self::template::{captured, segments};

/// A request that is being read. What is wrong with it is noted, all of it at once.
#[derive(Debug)]
pub struct Inbound {
    head: Head,
    path: Vec<(&'static str, String)>,
    query: Pairs,
    cookies: Pairs,
    body: Bytes,
    /// Whether the operation has a body.
    reads_body: bool,
    any_query: bool,
    faults: Vec<Fault>,
}

impl Inbound {
    /// A request whose operation is known; `path` has the values of its path parameters, as they were sent.
    pub fn new(head: Head, path: Vec<(&'static str, String)>, body: Bytes) -> Self {
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let cookies: Vec<String> = head.headers.get_all(COOKIE).iter().map(text).collect();
        Self {
            query: Pairs::of_query(head.uri.query().unwrap_or_default()),
            cookies: Pairs::of_cookies(&cookies.join(";")),
            head,
            path,
            body,
            reads_body: false,
            any_query: false,
            faults: Vec::new(),
        }
    }

    /// Lets the query have parameters that the document does not have: those of a link to another page are the
    /// server's own.
    pub fn any_query(&mut self) {
        self.any_query = true;
    }

    /// The request's line and headers.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Lets pass the parameters of the query that are part of the operation's path.
    #[doc(hidden)]
    pub fn pass_query(&mut self, fixed: &str) {
        self.query.take_all(&Pairs::of_query(fixed));
    }

    /// The text of a parameter of the query.
    #[doc(hidden)]
    pub fn query_text(&mut self, name: &str) -> Option<String> {
        self.query.first(name)
    }

    /// The text of a cookie.
    #[doc(hidden)]
    pub fn cookie_text(&mut self, name: &str) -> Option<String> {
        self.cookies.first(name)
    }

    /// Notes a fault.
    pub fn refuse(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Everything that is wrong, with what nobody read.
    pub fn finish(mut self) -> (Head, Vec<Fault>) {
        if !self.any_query {
            let left = self.query.left().map(|name| Fault::Parameter {
                place: Place::Query,
                name: name.to_owned(),
                why: "is not in the document".to_owned(),
            });
            self.faults.extend(left);
        }
        if !self.reads_body && !self.body.is_empty() {
            self.refuse_body::<()>("$", "the document has no body".to_owned());
        }
        (self.head, self.faults)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::client::{CookieStyle, PathStyle, QueryStyle};

    pub(super) fn request(uri: &str, headers: &[(&str, &str)], body: &str) -> Inbound {
        let mut request = http::Request::post(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, body) = request
            .body(Bytes::from(body.to_owned()))
            .unwrap()
            .into_parts();
        let path = vec![("id", "a%2Fb,c".to_owned()), ("m", ";m=1;m=2".to_owned())];
        Inbound::new(head, path, body)
    }

    #[test]
    fn parameters_are_read_where_they_travel() {
        let headers = [("x-ids", "1, 2"), ("cookie", "a=1; b=2")];
        let mut request = request("/?n=1,2&flag=true&rest=x", &headers, "");
        let list = |items: [&str; 2]| Some(items.map(str::to_owned).to_vec());
        assert_eq!(request.path("id"), list(["a/b", "c"]));
        assert_eq!(
            request.path_as("m", PathStyle::MatrixExploded),
            Some(vec![1, 2])
        );
        let plain = QueryStyle::Form { explode: false };
        assert_eq!(request.query_as("n", plain), Some(vec![1, 2]));
        assert_eq!(request.query("flag"), Some(true));
        assert_eq!(request.query("none"), Some(None::<i32>));
        assert_eq!(request.header("X-Ids"), Some(vec![1, 2]));
        assert_eq!(request.cookie_as("b", CookieStyle::Form), Some(2));
        let rest = BTreeMap::from([("rest".to_owned(), "x".to_owned())]);
        assert_eq!(request.query_members("filter", &[]), Some(rest));
        assert_eq!(request.finish().1, []);
    }

    #[test]
    fn everything_that_is_wrong_is_noted() {
        let mut request = request("/?n=x&m=1", &[], "{}");
        assert_eq!(request.query::<i32>("n"), None);
        assert_eq!(request.header::<String>("X-Id"), None);
        assert_eq!(request.json::<i32>(), None);
        let lines: Vec<_> = request.finish().1.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "query parameter `n` is not an integer that fits",
                "header `X-Id` is required",
                "the body is of no media type instead of application/json",
                "query parameter `m` is not in the document",
            ]
        );
    }
}
