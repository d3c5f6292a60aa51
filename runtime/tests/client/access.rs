//! Who calls: without a credential, with one that the document does not ask for, with one set by hand, and with cookies.

use countersign_runtime::{
    Builder, Core, Credential, Decoded, Error, Method, Operation, OperationSpec, Reply,
    RequestError, RequestParts, Scheme,
};

use crate::layers::Set;
use crate::sample::*;
use crate::support::{Hurried, Seen, Server as Loopback, json, response};

pub(crate) const OK: &str = r#"{"id":1,"name":"a"}"#;

async fn server() -> Loopback {
    Loopback::start(|_| json("200 OK", OK)).await
}

pub(crate) fn client(server: &Loopback) -> Builder<Client> {
    Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
}

macro_rules! operation {
    ($name:ident, $path:literal $(, $security:expr)?) => {
        pub(crate) struct $name;

        impl Operation for $name {
            type Success = String;
            type Failure = std::convert::Infallible;

            const SPEC: OperationSpec =
                OperationSpec::new(stringify!($name), Method::GET, $path)$(.security($security))?;

            fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
                Ok(())
            }

            fn decode(reply: &mut Reply) -> Decoded<Self> {
                match reply.status() {
                    200..=299 => reply.text("application/json").map(Ok),
                    _ => reply.undocumented(),
                }
            }
        }
    };
}

operation!(Open, "/v1/open");
operation!(Other, "/v2/open");
operation!(Closed, "/v1/closed", &[&[security::BEARER]]);
operation!(Keyed, "/v1/keyed", &[&[security::SESSION, security::QUERY]]);
operation!(Session, "/v1/session", &[&[SID]]);

const SID: Scheme = Scheme::cookie_key("sid", "sid");

/// The header of the last request.
pub(crate) fn last(server: &Loopback, name: &str) -> Option<String> {
    server
        .seen()
        .last()
        .and_then(|seen| seen.header(name).map(str::to_owned))
}

#[tokio::test]
async fn a_call_goes_without_its_credential_where_that_is_asked_for() {
    let server = server().await;
    let missing = client(&server).build().unwrap().call(Closed).send().await;
    assert!(matches!(missing, Err(Error::MissingCredential(_))));
    let anonymous = client(&server).anonymous().build().unwrap();
    anonymous.call(Closed).send().await.unwrap();
    let with = client(&server)
        .credential(security::bearer("t0ken"))
        .build()
        .unwrap();
    with.call(Closed).anonymous().send().await.unwrap();
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("authorization").is_none())
    );
    with.call(Closed).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer t0ken")
    );
    let anonymous = client(&server)
        .credential(security::bearer("t0ken"))
        .anonymous();
    anonymous
        .build()
        .unwrap()
        .call(Closed)
        .send()
        .await
        .unwrap();
    assert_eq!(last(&server, "authorization"), None);
}

#[tokio::test]
async fn a_credential_is_attached_to_operations_that_ask_for_none() {
    let server = server().await;
    let plain = client(&server)
        .credential(security::bearer("t0ken"))
        .build()
        .unwrap();
    plain.call(Open).send().await.unwrap();
    assert_eq!(last(&server, "authorization"), None);
    let all = client(&server)
        .credential_for_all(security::bearer("t0ken"))
        .build()
        .unwrap();
    all.call(Open).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer t0ken")
    );
    all.call(Closed).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer t0ken")
    );
    all.call(Open).anonymous().send().await.unwrap();
    assert_eq!(last(&server, "authorization"), None);
    let some = client(&server).credential_for("/v1/**", security::bearer("t0ken"));
    let some = some.build().unwrap();
    some.call(Open).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer t0ken")
    );
    some.call(Other).send().await.unwrap();
    assert_eq!(last(&server, "authorization"), None);
}

#[tokio::test]
async fn a_refusal_says_which_credential_may_be_missing() {
    const KEY: Scheme = Scheme::header_key("key", "authorization");
    operation!(Whole, "/v1/whole", &[&[KEY]]);
    async fn help<O: Operation<Failure = std::convert::Infallible>>(
        server: &Loopback,
        client: Builder<Client>,
        call: O,
    ) -> Option<&'static str> {
        let client = client.base_url(&server.url).build().unwrap();
        let error = client.call(call).send().await.map(drop).unwrap_err();
        let help = error.response().unwrap().help();
        assert!(help.is_none_or(|help| error.to_string().ends_with(help)));
        help
    }
    let refuses = Loopback::start(|_| json("403 Forbidden", "{}")).await;
    let missing = Loopback::start(|_| json("404 Not Found", "{}")).await;
    let open = help(&refuses, client(&refuses), Open).await;
    assert!(open.unwrap().contains("`Builder::credential_for_all`"));
    assert_eq!(help(&missing, client(&missing), Open).await, None);
    // A sign-in is refused for a wrong password.
    operation!(SignIn, "/v1/Login", &[]);
    assert_eq!(help(&refuses, client(&refuses), SignIn).await, None);
    for other in [
        client(&refuses).credential_for_all(security::bearer("t0ken")),
        client(&refuses).header("Authorization", "Bearer t0ken"),
        client(&refuses).anonymous(),
        client(&refuses).keep_cookies(),
        client(&refuses).layer(Set("x-key", "k")),
    ] {
        assert_eq!(help(&refuses, other, Open).await, None);
    }
    let with = |key: &str| client(&refuses).credential(Credential::new(KEY, key.to_owned()));
    let whole = help(&refuses, with("t0ken"), Whole).await;
    assert!(whole.unwrap().contains("`Bearer`"));
    assert_eq!(help(&refuses, with("Bearer t0ken"), Whole).await, None);
    let bearer = client(&refuses).credential(security::bearer("t0ken"));
    assert_eq!(help(&refuses, bearer, Closed).await, None);
}

#[tokio::test]
async fn a_sign_in_does_not_wait_for_itself() {
    let server = Loopback::start(|seen| match seen.line.as_str() {
        "POST /login HTTP/1.1" => json("200 OK", r#"{"token":"s1"}"#),
        _ => json("200 OK", OK),
    })
    .await;
    let sign_in = Credential::sign_in(security::BEARER, |core| async move {
        let login = core.call(Login {
            password: "pa55word".into(),
        });
        Ok(countersign_runtime::Token::new(
            login.send().await?.into_inner().token,
        ))
    });
    let client = client(&server).credential_for_all(sign_in).build().unwrap();
    client.call(Open).send().await.unwrap();
    assert_eq!(server.seen()[0].header("authorization"), None);
    assert_eq!(last(&server, "authorization").as_deref(), Some("Bearer s1"));
}

#[tokio::test]
async fn a_header_set_by_hand_satisfies_a_scheme() {
    let server = server().await;
    let plain = client(&server).build().unwrap();
    let call = plain.call(Closed).header("Authorization", "Bearer mine");
    call.send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer mine")
    );
    let common = client(&server)
        .header("authorization", "Bearer all")
        .build()
        .unwrap();
    common.call(Closed).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer all")
    );
    // What is set by hand goes before the client's credential.
    let both = client(&server)
        .credential(security::bearer("t0ken"))
        .build()
        .unwrap();
    let call = both.call(Closed).header("authorization", "Bearer mine");
    call.send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer mine")
    );
    // Of two schemes, one by hand and one by a credential; a query by hand.
    let half = client(&server)
        .credential(Credential::new(security::QUERY, "q"))
        .build()
        .unwrap();
    half.call(Keyed)
        .header("x-session", "h")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.seen().last().unwrap().line,
        "GET /v1/keyed?key=q HTTP/1.1"
    );
    let call = plain
        .call(Keyed)
        .header("x-session", "h")
        .query_text("key", "k");
    call.send().await.unwrap();
    assert!(
        plain
            .call(Keyed)
            .header("x-session", "h")
            .send()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_layer_may_add_what_is_needed_and_one_that_does_not_is_told() {
    let server = server().await;
    let adds = client(&server)
        .layer(Set("authorization", "Bearer layer"))
        .build()
        .unwrap();
    adds.call(Closed).send().await.unwrap();
    assert_eq!(
        last(&server, "authorization").as_deref(),
        Some("Bearer layer")
    );
    let count = server.seen().len();
    let other = client(&server).layer(Set("x-other", "1")).build().unwrap();
    let error = other.call(Closed).send().await.unwrap_err();
    assert!(matches!(error, Error::MissingCredential(_)), "{error}");
    assert_eq!(server.seen().len(), count);
}

#[tokio::test]
async fn cookies_of_a_login_are_a_session() {
    let script = |seen: &Seen| match seen.header("cookie") {
        Some("sid=s1") => json("200 OK", OK),
        None if seen.line.starts_with("GET /v1/open") => response(
            "200 OK",
            &[
                ("Set-Cookie", "sid=s1; Path=/; HttpOnly"),
                ("Content-Type", "application/json"),
            ],
            OK,
        ),
        _ => response("403 Forbidden", &[], ""),
    };
    let server = Loopback::start(script).await;
    let keeps = client(&server).keep_cookies().build().unwrap();
    assert!(matches!(
        keeps.call(Session).send().await,
        Err(Error::MissingCredential(_))
    ));
    keeps.call(Open).send().await.unwrap();
    keeps.call(Session).send().await.unwrap();
    keeps.call(Other).send().await.unwrap();
    assert_eq!(last(&server, "cookie").as_deref(), Some("sid=s1"));
    // Without it, nothing is kept.
    let forgets = client(&server).build().unwrap();
    forgets.call(Open).send().await.unwrap();
    assert!(forgets.call(Other).send().await.is_err());
}

#[tokio::test]
async fn the_user_agent_can_be_set() {
    let server = server().await;
    client(&server)
        .build()
        .unwrap()
        .call(Open)
        .send()
        .await
        .unwrap();
    assert_eq!(
        last(&server, "user-agent").as_deref(),
        Some("Sample-API/1.0")
    );
    let own = client(&server).user_agent("mine/2").build().unwrap();
    own.call(Open).send().await.unwrap();
    assert_eq!(last(&server, "user-agent").as_deref(), Some("mine/2"));
    static BARE: countersign_runtime::ApiSpec = countersign_runtime::ApiSpec::new("bare", "");
    let core: Core = Builder::new(&BARE).base_url(&server.url).build().unwrap();
    core.call(Open).send().await.unwrap();
    assert_eq!(last(&server, "user-agent").as_deref(), Some("bare"));
}

#[tokio::test]
async fn parameters_are_sent_otherwise_on_request() {
    let server = server().await;
    let client = client(&server)
        .credential(security::bearer("t0ken"))
        .raw_slashes("id");
    let client = client.build().unwrap();
    client
        .get_server("a/b")
        .query_text("x y", "1&2")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.seen()[0].line,
        "GET /servers/a/b?x%20y=1%262 HTTP/1.1"
    );
    client
        .get_server("a")
        .path_segment("id", "c/d")
        .send()
        .await
        .unwrap();
    assert_eq!(server.seen()[1].line, "GET /servers/c%2Fd HTTP/1.1");
    client
        .get_server("a")
        .raw_path_segment("id", "c/d")
        .send()
        .await
        .unwrap();
    assert_eq!(server.seen()[2].line, "GET /servers/c/d HTTP/1.1");
    for bad in ["../x", "a/../../x", "a?b", "a#b", "a b"] {
        let refused = client
            .get_server("a")
            .raw_path_segment("id", bad)
            .send()
            .await;
        assert!(matches!(refused, Err(Error::Request(_))), "{bad}");
    }
    assert!(client.get_server("..").send().await.is_err());
    assert!(client.get_server("x/../y").send().await.is_err());
    assert_eq!(server.seen().len(), 3);
    let with_body = client.get_server("a").json_body(&[1, 2]);
    with_body.send().await.unwrap();
    assert_eq!(server.seen()[3].body, b"[1,2]");
    assert_eq!(
        server.seen()[3].header("content-type"),
        Some("application/json")
    );
}
