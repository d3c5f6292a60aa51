//! The comparison is fair: both sides send the same requests.

use std::collections::BTreeSet;

use countersign_bench::{ByHand, Error, Generated, Operation, Server, Side, runtime};
use serde_json::Value;

/// A request, its headers in whatever order and but for the port that it went to.
#[derive(Debug, PartialEq)]
struct Request {
    line: String,
    headers: BTreeSet<String>,
    body: Option<Value>,
}

fn sent<S: Side>(operation: Operation) -> Result<Request, Error> {
    let (server, requests) = Server::recording()?;
    let side = S::new(&server)?;
    runtime()?.block_on(operation.call(&side))?;
    let request = String::from_utf8(requests.recv()?)?;
    let (head, body) = request.split_once("\r\n\r\n").ok_or("no end of the head")?;
    let mut lines = head.lines();
    let line = lines.next().ok_or("no request line")?.to_owned();
    let is_host = |line: &String| line.starts_with("host:");
    Ok(Request {
        line,
        headers: lines
            .map(str::to_ascii_lowercase)
            .filter(|line| !is_host(line))
            .collect(),
        body: (!body.is_empty())
            .then(|| serde_json::from_str(body))
            .transpose()?,
    })
}

#[test]
fn both_sides_send_the_same_requests() -> Result<(), Error> {
    for operation in Operation::ALL {
        let generated = sent::<Generated>(operation)?;
        assert!(generated.headers.len() >= 4, "{generated:?}");
        assert_eq!(generated, sent::<ByHand>(operation)?);
    }
    Ok(())
}
