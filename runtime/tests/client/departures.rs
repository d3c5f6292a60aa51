//! Answers that are not what the document says: read, told and refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use countersign_runtime::{
    ApiSpec, Body, Builder, Core, Correction, Decoded, Departure, Deserialize, Error, Found,
    Framing, ItemStream, MemberReading, MemoryTransport, Method, Operation, OperationSpec, Reading,
    Reply, RequestError, RequestParts, Status, Statuses,
};

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Pet {
    id: i64,
    tags: Vec<String>,
    #[wire(default = "\"dog\"")]
    kind: String,
    labels: Option<BTreeMap<String, String>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Problem {
    code: i64,
}

/// `GET /pets`.
struct ListPets;

impl Operation for ListPets {
    type Success = Vec<Pet>;
    type Failure = Problem;

    const SPEC: OperationSpec = OperationSpec::new("ListPets", Method::GET, "/pets")
        .source("pets.yaml#/paths/~1pets/get")
        .responses(Statuses::of(&[200, 400]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200 => reply.json().map(Ok),
            400 => reply.json_error(|problem: Problem| problem),
            _ => reply.undocumented(),
        }
    }
}

/// An operation that is strict by its own setting, and has two successes.
struct GetEither;

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Pet(Pet),
    Problem(Problem),
}

impl Operation for GetEither {
    type Success = Either;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("GetEither", Method::GET, "/either");

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.success(&[
            (Status::Code(200), "application/json", |reply| {
                reply.json().map(|pet| Ok(Either::Pet(pet)))
            }),
            (Status::Code(200), "application/json", |reply| {
                reply.json().map(|problem| Ok(Either::Problem(problem)))
            }),
        ])
    }
}

struct StrictPets;

impl Operation for StrictPets {
    type Success = Vec<Pet>;
    type Failure = Problem;

    const SPEC: OperationSpec =
        OperationSpec::new("StrictPets", Method::GET, "/pets").reading(Reading::Strict);

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        ListPets::decode(reply)
    }
}

static STRICT: ApiSpec = ApiSpec::new("pets", "1");
static TOLERANT: ApiSpec = ApiSpec::new("pets", "1")
    .reading(Reading::Tolerant)
    .members(&[("/*/labels", MemberReading::Strict)]);

fn client(api: &'static ApiSpec, status: u16, body: &'static str) -> Builder<Core> {
    let transport = MemoryTransport::new(move |_| {
        let answer = http::Response::builder()
            .status(status)
            .header("content-type", "application/json");
        Ok(answer.body(Body::from(body.as_bytes().to_vec())).unwrap())
    });
    Builder::new(api)
        .base_url("https://api.example")
        .transport(transport)
}

const DEPARTING: &str = r#"[{"id":"1","tags":null,"kind":"cat"},
{"id":2,"tags":[],"x":0}]"#;

#[tokio::test]
async fn an_answer_tells_where_it_departs() {
    let client = client(&TOLERANT, 200, DEPARTING).build().unwrap();
    let answer = client.call(ListPets).send().await.unwrap();
    assert_eq!(answer[0].id, 1);
    assert_eq!(answer[1].kind, "dog");
    let told: Vec<(&str, Found, Option<Correction>)> = answer
        .departures()
        .iter()
        .map(|departure| (departure.path(), departure.found(), departure.correction()))
        .collect();
    assert_eq!(
        told,
        [
            ("/0/id", Found::Text, Some(Correction::Number)),
            ("/0/tags", Found::Null, Some(Correction::Empty)),
            ("/1/kind", Found::Nothing, Some(Correction::Default)),
        ]
    );
    let first = &answer.departures()[0];
    assert_eq!((first.operation(), first.status()), ("ListPets", 200));
    assert_eq!(
        first.document(),
        "pets.yaml#/paths/~1pets/get/responses/200"
    );
    assert_eq!(
        first.to_json(),
        r#"{"operation":"ListPets","status":200,"document":"pets.yaml#/paths/~1pets/get/responses/200","path":"/0/id","expected":"a number","found":"text","correction":"number"}"#
    );
    let mapped = answer.map(|pets| pets.len());
    assert_eq!(mapped.departures().len(), 3);
}

#[tokio::test]
async fn the_nearest_setting_counts() {
    let reads = |builder: Builder<Core>| async move {
        builder.build().unwrap().call(ListPets).send().await.is_ok()
    };
    assert!(!reads(client(&STRICT, 200, DEPARTING)).await);
    assert!(reads(client(&STRICT, 200, DEPARTING).reading(Reading::Tolerant)).await);
    assert!(reads(client(&TOLERANT, 200, DEPARTING)).await);
    assert!(!reads(client(&TOLERANT, 200, DEPARTING).reading(Reading::Strict)).await);
    let tolerant = client(&TOLERANT, 200, DEPARTING).build().unwrap();
    assert!(tolerant.call(StrictPets).send().await.is_err());
    let call = tolerant.call(StrictPets).reading(Reading::Tolerant);
    assert!(call.send().await.is_ok());
    let call = tolerant.call(ListPets).reading(Reading::Strict);
    assert!(call.send().await.is_err());
    // A member keeps its own.
    const LABELS: &str = r#"[{"id":1,"tags":[],"kind":"cat","labels":[]}]"#;
    assert!(!reads(client(&TOLERANT, 200, LABELS)).await);
    let labels = client(&TOLERANT, 200, LABELS);
    assert!(reads(labels.reading_of("**/labels", MemberReading::Tolerant)).await);
    const ONE: &str = r#"[{"id":1,"tags":"a","kind":"cat"}]"#;
    assert!(!reads(client(&TOLERANT, 200, ONE)).await);
    let one = client(&STRICT, 200, ONE);
    assert!(reads(one.reading_of("/*/tags", MemberReading::OneForList)).await);
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_hook_is_told_of_what_was_corrected_and_what_was_not() {
    let written = Written::default();
    let hook = Departure::lines(written.clone());
    let client = client(
        &TOLERANT,
        200,
        r#"[{"id":null,"tags":null,"kind":"cat"},{"id":1,"tags":["a",{"s3cret":"s3cret"}]}]"#,
    );
    let client = client.on_departure(hook).build().unwrap();
    let error = client.call(ListPets).send().await.unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error}");
    };
    let places: Vec<&str> = error.departures().iter().map(Departure::path).collect();
    assert_eq!(places, ["/0/id", "/1/tags/1", "/0/tags", "/1/kind"]);
    assert_eq!(error.path(), "$[0].id");
    assert_eq!((error.line(), error.column()), (1, 8));
    let message = error.message();
    assert!(
        message.contains("found null") || message.contains("null, expected"),
        "{message}"
    );
    assert!(message.contains("nullable in the document"), "{message}");
    let shown = error.to_string();
    assert!(
        shown.contains("it departs in 4 places: /0/id: expected"),
        "{shown}"
    );
    let lines = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert_eq!(lines.lines().count(), 4, "{lines}");
    assert!(!lines.contains("s3cret"), "{lines}");
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["operation"], "ListPets");
    }
}

#[tokio::test]
async fn documented_failures_are_read_so_too() {
    let client = client(&TOLERANT, 400, r#"{"code":"7"}"#);
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&told);
    let hook = move |departure: &Departure| seen.lock().unwrap().push(departure.to_string());
    let client = client.on_departure(hook).build().unwrap();
    let error = client.call(ListPets).send().await.unwrap_err();
    assert!(
        matches!(error, Error::Api(Problem { code: 7 }, _)),
        "{error}"
    );
    assert_eq!(
        *told.lock().unwrap(),
        ["/code: expected a number, found text, read as a number"]
    );
}

#[tokio::test]
async fn of_several_successes_only_one_that_can_be_meant_is_read() {
    let read = |body| async move {
        let client = client(&TOLERANT, 200, body).build().unwrap();
        client.call(GetEither).send().await
    };
    let problem = read(r#"{"code":1}"#).await.unwrap();
    assert_eq!(
        (problem.departures().len(), problem.into_inner()),
        (0, Either::Problem(Problem { code: 1 }))
    );
    let problem = read(r#"{"code":"1"}"#).await.unwrap();
    assert_eq!(problem.departures().len(), 1);
    assert_eq!(*problem, Either::Problem(Problem { code: 1 }));
    // It could be a pet without tags as well.
    assert!(read(r#"{"code":"1","id":"1"}"#).await.is_err());
}

#[tokio::test]
async fn a_strict_error_lists_all_departures() {
    let client = client(&STRICT, 200, DEPARTING).build().unwrap();
    let Err(Error::Decode(error)) = client.call(ListPets).send().await else {
        panic!("read");
    };
    let places: Vec<&str> = error.departures().iter().map(Departure::path).collect();
    assert_eq!(places, ["/0/id", "/0/tags", "/1/kind"]);
    assert_eq!(error.path(), "$[0].id");
    assert_eq!(error.departures()[1].correction(), None);
}

/// `GET /watch`, item by item.
struct WatchPets;

impl Operation for WatchPets {
    type Success = ItemStream<Pet>;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("WatchPets", Method::GET, "/watch")
        .items(&["application/json"])
        .responses(Statuses::of(&[200]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.items("application/json", Framing::Lines).map(Ok)
    }
}

#[tokio::test]
async fn items_of_streams_are_read_so_too() {
    const ITEMS: &str = "{\"id\":\"1\",\"tags\":null}\n{\"id\":2,\"tags\":[],\"kind\":\"cat\"}\n{\"id\":null,\"tags\":[]}\n";
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&told);
    let hook = move |departure: &Departure| seen.lock().unwrap().push(departure.path().to_owned());
    let tolerant = client(&TOLERANT, 200, ITEMS)
        .on_departure(hook)
        .build()
        .unwrap();
    let mut items = tolerant.call(WatchPets).send().await.unwrap().into_inner();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.next().await.unwrap().unwrap().id, 2);
    assert!(items.next().await.is_err());
    let mut told = told.lock().unwrap().clone();
    told.sort();
    assert_eq!(told, ["/id", "/id", "/kind", "/kind", "/tags"]);
    let strict = client(&STRICT, 200, ITEMS).build().unwrap();
    let mut items = strict.call(WatchPets).send().await.unwrap().into_inner();
    assert!(items.next().await.is_err());
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Search {
    found: Option<Vec<Near>>,
    total: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Near {
    id: Option<String>,
    url: Option<String>,
    extra: Option<Search>,
}

/// `GET /near`.
struct ListNear;

impl Operation for ListNear {
    type Success = Search;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec = OperationSpec::new("ListNear", Method::GET, "/near");

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.json().map(Ok)
    }
}

#[tokio::test]
async fn an_object_that_has_other_members_alone_is_told() {
    for (body, expected) in [
        (r#"{"found":[{"id":"1","x":1}],"x":2}"#, vec![]),
        (r#"{}"#, vec![]),
        (r#"{"found":[{}]}"#, vec![]),
        (r#"{"watches":{"a":1}}"#, vec![""]),
        (
            r#"{"found":[{"id":"1"},{"request":{"id":"1"}},{"x":1}]}"#,
            vec!["/found/1", "/found/2"],
        ),
        (
            r#"{"found":[{"extra":{"x":{}}}],"total":1e0}"#,
            vec!["/found/0/extra"],
        ),
    ] {
        for api in [&STRICT, &TOLERANT] {
            let client = client(api, 200, body).build().unwrap();
            let answer = client.call(ListNear).send().await.unwrap();
            let paths: Vec<&str> = answer.departures().iter().map(Departure::path).collect();
            assert_eq!(paths, expected, "{body}");
            for departure in answer.departures() {
                assert_eq!(departure.found(), Found::OtherMembers);
                assert!(departure.expected().starts_with("one of the members "));
                assert!(departure.help().contains("keep-unknown"));
            }
        }
    }
    // With another departure beside it, both are told.
    let client = client(&TOLERANT, 200, r#"{"found":{"x":1},"total":"7"}"#);
    let client = client.reading_of("/found", MemberReading::OneForList);
    let answer = client.build().unwrap().call(ListNear).send().await.unwrap();
    assert_eq!(answer.total, Some(7));
    assert!(
        answer
            .departures()
            .iter()
            .any(|departure| departure.found() == Found::OtherMembers)
    );
    assert_eq!(answer.departures().len(), 3);
}
