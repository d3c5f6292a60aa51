//! Answers that depart as a whole: by their media type, their status, an empty body, or the path that they come from.

use countersign_runtime::{
    ApiSpec, Body, Builder, Core, Correction, Decoded, Departure, Deserialize, Error, Found,
    MemberReading, MemoryTransport, Method, Operation, OperationSpec, Reading, Reply, RequestError,
    RequestParts, Statuses,
};

static STRICT: ApiSpec = ApiSpec::new("notes", "1");
static TOLERANT: ApiSpec = ApiSpec::new("notes", "1").reading(Reading::Tolerant);

type Problem = std::collections::BTreeMap<String, i64>;

macro_rules! operation {
    ($name:ident, $success:ty, $spec:expr, $read:expr) => {
        struct $name;

        impl Operation for $name {
            type Success = $success;
            type Failure = Problem;

            const SPEC: OperationSpec = $spec
                .source("notes.yaml#/paths/~1notes/get")
                .responses(Statuses::of(&[200, 400]));

            fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
                Ok(())
            }

            fn decode(reply: &mut Reply) -> Decoded<Self> {
                let read: fn(&mut Reply) -> _ = $read;
                match reply.status() {
                    200..=299 => read(reply).map(Ok),
                    400 => reply.json_error(|problem: Problem| problem),
                    _ => reply.undocumented(),
                }
            }
        }
    };
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Note {
    text: String,
}

operation!(
    GetText,
    String,
    OperationSpec::new("GetText", Method::GET, "/notes"),
    |reply| reply.text("text/plain")
);
operation!(
    ListNotes,
    Vec<Note>,
    OperationSpec::new("ListNotes", Method::GET, "/notes"),
    Reply::json
);
operation!(
    GetNote,
    Note,
    OperationSpec::new("GetNote", Method::GET, "/notes"),
    Reply::json
);
operation!(
    GetWord,
    String,
    OperationSpec::new("GetWord", Method::GET, "/notes").members(&[("", MemberReading::JsonText)]),
    Reply::json
);

fn client(
    api: &'static ApiSpec,
    status: u16,
    media: &'static str,
    body: &'static str,
) -> Builder<Core> {
    let transport = MemoryTransport::new(move |_| {
        let mut answer = http::Response::builder().status(status);
        if !media.is_empty() {
            answer = answer.header("content-type", media);
        }
        Ok(answer.body(Body::from(body.as_bytes().to_vec())).unwrap())
    });
    Builder::new(api)
        .base_url("https://api.example")
        .transport(transport)
}

fn told(departures: &[Departure]) -> Vec<String> {
    departures.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn json_and_other_text_stand_for_text() {
    for (media, body, expected, departure) in [
        ("application/json", "\"1.5\\n\"", "1.5\n", "JSON"),
        ("application/json", "true", "true", "JSON"),
        ("application/json", "{\"a\": 1}", "{\"a\": 1}", "JSON"),
        ("application/problem+json", "[1,", "[1,", "JSON"),
        ("text/csv", "\"a\"", "\"a\"", "another media type"),
        ("application/yaml", "a: 1", "a: 1", "another media type"),
    ] {
        let tolerant = client(&TOLERANT, 200, media, body).build().unwrap();
        let answer = tolerant.call(GetText).send().await.unwrap();
        assert_eq!(*answer, expected, "{media}");
        let said = format!(
            "the whole answer: expected the media type text/plain, found {departure}, read as text"
        );
        assert_eq!(told(answer.departures()), [said.as_str()]);
        let strict = client(&STRICT, 200, media, body).build().unwrap();
        let strict = strict.call(GetText).send().await;
        // A text of JSON has one meaning.
        if media == "application/json" && body.starts_with('"') {
            let answer = strict.unwrap();
            assert_eq!(*answer, expected);
            assert_eq!(told(answer.departures()), [said.as_str()]);
        } else {
            assert!(matches!(strict, Err(Error::UnexpectedContentType(_))));
        }
    }
    // A text that is what it should be stays as it is, and a page may be that of a proxy.
    let quoted = client(&TOLERANT, 200, "text/plain", "\"1.5\"").build();
    let answer = quoted.unwrap().call(GetText).send().await.unwrap();
    assert_eq!((&**answer, answer.departures().len()), ("\"1.5\"", 0));
    for media in ["text/html", "image/png"] {
        let page = client(&TOLERANT, 200, media, "<p>").build().unwrap();
        let refused = page.call(GetText).send().await;
        assert!(matches!(refused, Err(Error::UnexpectedContentType(_))));
    }
    // Without markup there is no page.
    let html = "text/html; charset=utf-8";
    let pong = client(&TOLERANT, 200, html, "pong").build().unwrap();
    let answer = pong.call(GetText).send().await.unwrap();
    assert_eq!(&**answer, "pong");
    assert_eq!(answer.departures()[0].found(), Found::MediaType);
    let strict = client(&STRICT, 200, html, "pong").build().unwrap();
    assert!(strict.call(GetText).send().await.is_err());
}

#[tokio::test]
async fn json_under_another_type_is_told_in_both_readings() {
    for api in [&STRICT, &TOLERANT] {
        let plain = client(api, 200, "text/plain", "[{\"text\":\"a\"}]");
        let answer = plain.build().unwrap().call(ListNotes).send().await.unwrap();
        let [departure] = answer.departures() else {
            panic!("{:?}", answer.departures());
        };
        assert_eq!(departure.found(), Found::MediaType);
        assert_eq!(departure.correction(), Some(Correction::Json));
    }
}

#[tokio::test]
async fn another_status_of_success_is_told() {
    for api in [&STRICT, &TOLERANT] {
        let created = client(api, 201, "application/json", "[]").build().unwrap();
        let answer = created.call(ListNotes).send().await.unwrap();
        assert_eq!(
            told(answer.departures()),
            [
                "the whole answer: expected a documented status, found another status, read as a documented one"
            ]
        );
        assert_eq!(answer.departures()[0].status(), 201);
    }
}

#[tokio::test]
async fn an_answer_without_a_body_is_an_empty_list() {
    for status in [200, 204] {
        let empty = client(&TOLERANT, status, "", "").build().unwrap();
        let answer = empty.call(ListNotes).send().await.unwrap();
        assert!(answer.is_empty());
        assert_eq!(
            told(answer.departures())[0],
            "the whole answer: expected a body, found nothing, read as empty"
        );
        let strict = client(&STRICT, status, "", "").build().unwrap();
        let refused = strict.call(ListNotes).send().await.unwrap_err();
        assert!(matches!(refused, Error::EmptyBody(_)));
        let refused = empty.call(GetNote).send().await.unwrap_err();
        assert!(refused.to_string().contains("`raw` takes"), "{refused}");
    }
}

#[tokio::test]
async fn an_answer_is_read_as_another_type() {
    let one = client(&TOLERANT, 200, "application/json", "{\"text\":7}");
    let one = one.build().unwrap();
    assert!(one.call(ListNotes).send().await.is_err());
    let answer = one.call(ListNotes).read_as::<Note>().await.unwrap();
    assert_eq!(answer.text, "7");
    assert_eq!(answer.departures().len(), 1);
    assert!(one.call(ListNotes).read_as::<Vec<Note>>().await.is_err());
    let failed = client(&TOLERANT, 400, "application/json", "{\"code\":\"7\"}");
    let failed = failed.build().unwrap();
    let error = failed.call(ListNotes).read_as::<Note>().await.unwrap_err();
    let Error::Api(problem, _) = &error else {
        panic!("{error}");
    };
    assert_eq!(problem["code"], 7);
}

#[tokio::test]
async fn one_operation_or_one_call_has_a_shape_of_its_own() {
    let object = client(&STRICT, 200, "application/json", "{\"text\":\"a\"}");
    let object = object.build().unwrap();
    let answer = object.call(GetWord).send().await.unwrap();
    assert_eq!(*answer, "{\"text\":\"a\"}");
    let call = || object.call(ListNotes);
    assert!(call().send().await.is_err());
    let listed = call().reading_of("", MemberReading::OneForList);
    assert_eq!(listed.send().await.unwrap().len(), 1);
    let error = call().reading(Reading::Tolerant).send().await.unwrap_err();
    let setting = "set the operation to `one-for-list` in `operations` of `[api.NAME.reading]`";
    assert!(error.to_string().contains(setting), "{error}");
}

#[tokio::test]
async fn failures_tell_where_they_depart() {
    let failure = |body| {
        client(&TOLERANT, 400, "application/json", body)
            .build()
            .unwrap()
    };
    let error = failure("{\"code\":\"7\"}")
        .call(GetNote)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Api(..)));
    let expected = ["/code: expected i64, found text, read as a number"];
    assert_eq!(told(error.departures()), expected);
    assert_eq!(told(error.response().unwrap().departures()), expected);
    let error = failure("{\"code\":[]}")
        .call(GetNote)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)));
    let [departure] = error.departures() else {
        panic!("{error}");
    };
    assert_eq!((departure.path(), departure.correction()), ("/code", None));
    let error = failure("{\"code\":7}")
        .call(GetNote)
        .send()
        .await
        .unwrap_err();
    assert!(error.departures().is_empty());
}

/// A server that has `/notes/` and leads there.
fn slashed(api: &'static ApiSpec, status: u16, to: &'static str) -> Core {
    let transport = MemoryTransport::new(move |request| {
        let is_there = request.uri().path() == "/notes/";
        let answer = http::Response::builder();
        let answer = match is_there {
            true => answer
                .status(200)
                .header("content-type", "application/json"),
            false => answer.status(status).header("location", to),
        };
        Ok(answer.body(Body::from(b"[]".to_vec())).unwrap())
    });
    let builder = Builder::new(api).base_url("https://api.example");
    builder.transport(transport).build().unwrap()
}

#[tokio::test]
async fn a_slash_more_or_less_is_followed_and_told() {
    for (status, to) in [
        (301, "/notes/"),
        (302, "https://api.example/notes/"),
        (307, "notes/"),
        (308, "/notes/"),
    ] {
        let tolerant = slashed(&TOLERANT, status, to);
        let answer = tolerant.call(ListNotes).send().await.unwrap();
        assert_eq!(answer.attempts(), 1);
        assert_eq!(
            told(answer.departures()),
            [
                "the whole answer: expected an answer, found a redirect to the path with or without a slash, read as the answer there"
            ]
        );
        let error = slashed(&STRICT, status, to).call(ListNotes).send().await;
        let error = error.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`follow_redirects_within_origin`"),
            "{error}"
        );
    }
    for to in [
        "/other/",
        "/notes//",
        "/notes/?page=1",
        "https://other.example/notes/",
        "http://api.example/notes/",
    ] {
        let refused = slashed(&TOLERANT, 301, to).call(ListNotes).send().await;
        assert!(matches!(refused, Err(Error::Redirect(_))), "{to}");
    }
}
