//! Every operation of the TypeSpec app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, Date, DateTime, Retry};
use parcels_client::{Client, UploadManyForm, UploadOneForm, model, security};
use serde_json::{Value, json};
use support::{
    BIG, ID, Journey, TEXTS, all, equal, fails, file, of, parcel, refused, same, status,
};

/// A time as headers have it.
const TIME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let client = Client::builder()
        .base_url(journey.url())
        .danger_allow_plain_http()
        .credential(Credential::new(security::BEARER_AUTH, "token-1"))
        .credential(Credential::basic(security::BASIC_AUTH, "user", "pass:word"))
        .credential(Credential::new(security::API_KEY_AUTH, "key-1"))
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    parcels(&mut journey, &client).await;
    values(&mut journey, &client).await;
    bodies(&mut journey, &client).await;
    parameters(&mut journey, &client).await;
    answers(&mut journey, &client).await;
    journey.finish()
}

async fn parcels(journey: &mut Journey, client: &Client) {
    let mut id = None;
    let outcome = async {
        let mut new = parcel();
        new["secret"] = json!("s");
        let body = of::<model::ParcelCreate>(new.clone())?;
        let made = client.create_parcel(body).send().await?;
        status(made.status(), 201)?;
        let location = made.headers().get("location").ok_or("no Location")?;
        equal(location.to_str()?, &format!("/parcels/{}", made.id))?;
        id = Some(made.id);
        let mut expected = parcel();
        expected["id"] = json!(made.id);
        same(&*made, expected)?;
        journey.holds("create_parcel", new)
    };
    journey.call("create_parcel", outcome.await);
    let outcome = async {
        let new = of::<model::ParcelCreate>(parcel())?;
        let again = client.create_parcel(new).send().await;
        let problem = json!({ "code": "conflict", "message": parcel()["name"] });
        fails(again, 409, problem)
    };
    journey.call("create_parcel, conflict", outcome.await);
    let id = id.unwrap_or_default();
    let outcome = async { same(&client.get_parcel(id).send().await?.price, json!("19.90")) };
    journey.call("get_parcel", outcome.await);
    let missing = of(json!(ID)).unwrap_or_default();
    let found = client.get_parcel(missing).send().await;
    let problem = json!({ "code": "missing", "message": ID });
    journey.call("get_parcel, missing", fails(found, 404, problem));
    let outcome = async {
        let answer = client.check_parcel(id).send().await?;
        let price = answer.headers().get("x-price").ok_or("no price")?;
        equal(price.to_str()?, "19.90")?;
        refused(client.check_parcel(missing).send().await, 404).map(drop)
    };
    journey.call("check_parcel", outcome.await);
    let outcome = async {
        let patch = json!({ "comment": "new", "address": null, "tags": [], "count": null });
        let body = of::<model::ParcelMergePatchUpdate>(patch.clone())?;
        let patched = client.update_parcel(id, body).send().await?;
        same(&patched.comment, json!("new"))?;
        same(&patched.address, Value::Null)?;
        journey.holds("update_parcel", patch)
    };
    journey.call("update_parcel", outcome.await);
    let outcome = async {
        let kinds = of::<Vec<model::Kind>>(json!(["box", "letter"]))?;
        let made_after = of::<Date>(json!("2026-01-01"))?;
        let sent_before = of::<DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let list = client
            .list_parcels()
            .kinds(kinds)
            .sizes(vec![1, -2])
            .words(vec!["a b".to_owned(), "c,d".to_owned()])
            .fragile(true)
            .made_after(made_after)
            .sent_before(sent_before)
            .price_below(100.1)
            .name("a b+c&d=é")
            .limit(1)
            .offset(0);
        let page = list.send().await?;
        equal((page.total, page.items.len()), (1, 1))?;
        let held = json!([
            ["api-version", "2026-01-01"],
            ["fragile", "true"],
            ["kinds", "box"],
            ["kinds", "letter"],
            ["limit", "1"],
            ["made_after", "2026-01-01"],
            ["name", "a b+c&d=é"],
            ["offset", "0"],
            ["price_below", "100.1"],
            ["sent_before", "2026-03-01T00:00:00+01:00"],
            ["sizes", "1,-2"],
            ["words", "a b|c,d"],
        ]);
        journey.holds("list_parcels", held)
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        client.list_parcels().send().await?;
        journey.holds("list_parcels", json!([["api-version", "2026-01-01"]]))
    };
    journey.call("list_parcels, nothing", outcome.await);
    let outcome = async { status(client.delete_parcel(id).send().await?.status(), 204) };
    journey.call("delete_parcel", outcome.await);
    let gone = client.delete_parcel(id).send().await;
    let problem = json!({ "code": "missing", "message": id.to_string() });
    journey.call("delete_parcel, missing", fails(gone, 404, problem));
}

async fn values(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let shapes = json!([
            { "kind": "circle", "radius": 1 },
            { "kind": "square", "side": 0.1, "label": "s" },
        ]);
        let echo = client.echo_shapes(of(shapes.clone())?).send().await?;
        same(&*echo, shapes.clone())?;
        journey.holds("echo_shapes", shapes)
    };
    journey.call("echo_shapes", outcome.await);
    let values = [
        json!(5),
        json!(true),
        json!("5"),
        json!([1, 2]),
        json!(null),
    ];
    for value in values {
        let outcome = async {
            let loose = json!({
                "value": value, "either": { "street": "s", "city": null }, "color": "green", "level": 2,
                "steps": [
                    { "kind": "say", "value": { "text": "stop" } }, { "kind": "tree", "value": { "name": "t" } },
                ],
                "animal": { "type": "dog", "name": "d", "friend": { "type": "cat", "name": "c", "lives": 9 } },
            });
            let body = of::<model::Loose>(loose.clone())?;
            let echo = client.echo_loose(body).send().await?;
            same(&*echo, loose.clone())?;
            journey.holds("echo_loose", loose)
        };
        journey.call(&format!("echo_loose, {value}"), outcome.await);
    }
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let body = of::<model::Tree>(tree.clone())?;
        let echo = client.echo_tree(body).send().await?;
        same(&*echo, tree.clone())?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let outcome = async {
        let moments = json!({
            "day": "2024-02-29", "clock": "23:59:59.500", "at": "2024-02-29T12:00:00+05:30", "lasts": "P1DT2H",
            "waits": 1.5, "since": 1709208000, "amount": 12.25, "id": ID, "data": "AP/+aGk=", "proof": "AP_-aGk",
            "link": "https://example.com/a?b=c", "big": BIG, "text_big": BIG.to_string(), "safe": 9007199254740991_i64,
            "ratio": 23482.350000000002, "small": 0.1,
        });
        let body = of::<model::Moments>(moments.clone())?;
        let echo = client.echo_moments(body).send().await?;
        same(&*echo, moments.clone())?;
        journey.holds("echo_moments", moments)
    };
    journey.call("echo_moments", outcome.await);
    for presence in [
        json!({ "must": "m", "must_nullable": null }),
        json!({ "must": "", "must_nullable": "n", "may": "m", "may_absent": "", "may_nullable": null, "number": 0 }),
    ] {
        let outcome = async {
            let body = of::<model::Presence>(presence.clone())?;
            let echo = client.echo_presence(body).send().await?;
            same(&*echo, presence.clone())?;
            journey.holds("echo_presence", presence)
        };
        journey.call("echo_presence", outcome.await);
    }
    let outcome = async {
        let maps = json!({
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "anything": [1, { "z": null }], "pair": ["p", 2],
            "open": { "known": "k", "more": 3 },
        });
        let body = of::<model::Maps>(maps.clone())?;
        let echo = client.echo_maps(body).send().await?;
        same(&*echo, maps.clone())?;
        journey.holds("echo_maps", maps)
    };
    journey.call("echo_maps", outcome.await);
}

async fn bodies(journey: &mut Journey, client: &Client) {
    let seen = |name: &str, media_type: &str, hex: &str| json!({ "name": name, "type": media_type, "hex": hex });
    let outcome = async {
        let sent = file("naïve file.txt", "text/plain", b"one\r\n--two");
        let address = of::<model::Address>(json!({ "street": "s", "city": null }))?;
        let form = UploadOneForm::new(sent, "a caption", address).copies(2);
        equal(client.upload_one(form).send().await?.into_inner(), 1)?;
        let expected = json!({
            "file": [seen("naïve file.txt", "text/plain", "6f6e650d0a2d2d74776f")],
            "caption": ["a caption"], "copies": ["2"], "address": ["{\"street\":\"s\",\"city\":null}"],
        });
        journey.holds("upload_one", expected)
    };
    journey.call("upload_one", outcome.await);
    let outcome = async {
        let files = vec![
            file("a", "image/png", b"\x89PNG"),
            file("b", "application/x-b", b""),
        ];
        let tags = vec!["x,y".to_owned(), "z".to_owned()];
        let form = UploadManyForm::new(files, tags).icon(file("i", "image/png", b"\x89"));
        equal(client.upload_many(form).send().await?.into_inner(), 2)?;
        let expected = json!({
            "files": [seen("a", "image/png", "89504e47"), seen("b", "application/x-b", "")], "tags": ["x,y", "z"],
            "icon": [seen("i", "image/png", "89")],
        });
        journey.holds("upload_many", expected)
    };
    journey.call("upload_many", outcome.await);
    let outcome = async {
        let content = b"\x89PNG\0".to_vec();
        client.put_content("a b", content.clone()).send().await?;
        journey.holds("put_content", json!("89504e4700"))?;
        let found = client.get_content("a b").send().await?.into_inner();
        equal(found.bytes(100).await?.to_vec(), content.clone())?;
        let found = client.get_any("a b").send().await?.into_inner();
        equal(found.bytes(100).await?.to_vec(), content)?;
        let asked = journey.held("get_any")?;
        equal(
            asked
                .as_str()
                .is_some_and(|asked| asked.starts_with("image/png")),
            true,
        )
    };
    journey.call("put_content, get_content, get_any", outcome.await);
    let outcome = async {
        let form = json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true, "tags": ["x,y", ""],
            "note": "n",
        });
        let name = client.send_form(of::<model::Filled>(form)?).send().await?;
        equal(name.into_inner(), "a b&c=d+é".to_owned())?;
        let held = json!([
            ["count", "3"],
            ["fragile", "true"],
            ["made_on", "2026-01-01"],
            ["name", "a b&c=d+é"],
            ["note", "n"],
            ["tags", "x,y"],
            ["tags", ""],
            ["weight", "2"],
        ]);
        journey.holds("send_form", held)
    };
    journey.call("send_form", outcome.await);
    let outcome = async {
        let text = client.put_text("plain \"text\"").send().await?;
        equal(text.into_inner(), "plain \"text\"".to_owned())?;
        journey.holds("put_text", json!("plain \"text\""))?;
        let echo = client.put_numbers(vec![1, BIG]).send().await?;
        equal(echo.into_inner(), vec![1, BIG])?;
        journey.holds("put_numbers", json!([1, BIG]))
    };
    journey.call("put_text, put_numbers", outcome.await);
    let outcome = async {
        let body = json!({ "first": 1, "second": "2", "tree": { "name": "t" } });
        let embedded = of::<model::PutEmbeddedBody>(body.clone())?;
        equal(client.put_embedded(embedded).send().await?.into_inner(), 1)?;
        journey.holds("put_embedded", body)
    };
    journey.call("put_embedded", outcome.await);
    let outcome = async {
        let tree = of::<model::Tree>(json!({ "name": "t" }))?;
        let call = client.put_optional(tree);
        equal(call.send().await?.into_inner(), true)?;
        journey.holds("put_optional", json!({ "name": "t" }))?;
        equal(client.put_optional(None).send().await?.into_inner(), false)
    };
    journey.call("put_optional", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let (text, day) = ("text, with \"commas\"", of::<Date>(json!("2026-12-31"))?);
        let words = vec!["one".to_owned(), "two".to_owned()];
        let call = client
            .read_headers(text)
            .x_number(-5)
            .x_words(words)
            .x_since(TIME)
            .x_day(day);
        let answer = call.send().await?;
        let header = |name| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        equal(
            (header("x-seen"), header("x-since")),
            (Some(text), Some(TIME)),
        )?;
        let held = json!({
            "x-text": text, "x-number": "-5", "x-words": "one,two", "x-since": TIME, "x-day": "2026-12-31",
        });
        journey.holds("read_headers", held)
    };
    journey.call("read_headers", outcome.await);
    let outcome = async {
        client.read_cookies("s-1").visits(3).send().await?;
        journey.holds("read_cookies", json!({ "session": "s-1", "visits": "3" }))
    };
    journey.call("read_cookies", outcome.await);
    for text in TEXTS {
        let outcome = async {
            let day = of::<Date>(json!("2026-12-31"))?;
            let echo = client
                .read_path(text, 5.0, day, model::Kind::Pallet)
                .send()
                .await?;
            equal(echo.into_inner(), text.to_owned())?;
            let held =
                json!({ "text": text, "number": "5", "day": "2026-12-31", "kind": "pallet" });
            journey.holds("read_path", held)
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
    let outcome = async {
        client.read_rest("a/b c").send().await?;
        journey.holds("read_rest", json!("a/b c"))
    };
    journey.call("read_rest", outcome.await);
    let outcome = async {
        let filters = json!({ "words": ["a b", "c,d"], "least": 0.5, "order": "down" });
        let call = client.read_query(of::<model::Filters>(filters.clone())?);
        same(&*call.send().await?, filters)?;
        let held = json!([
            ["least", "0.5"],
            ["order", "down"],
            ["words", "a b"],
            ["words", "c,d"],
        ]);
        journey.holds("read_query", held)
    };
    journey.call("read_query", outcome.await);
}

async fn answers(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let events = all(client.watch().send().await?.into_inner()).await?;
        let found: Vec<_> = events
            .into_iter()
            .map(|event| (event.event.to_string(), event.id.clone(), event.into_data()))
            .collect();
        let [(first, id, tick), (second, _, note)] = &found[..] else {
            return Err(format!("{} events", found.len()).into());
        };
        equal(
            (first.as_str(), id.as_deref(), second.as_str()),
            ("tick", Some("a1"), "note"),
        )?;
        let model::WatchEvent::Tick(tick) = tick else {
            return Err(format!("not a tick: {tick:?}").into());
        };
        same(tick, json!({ "number": 1, "text": "line\nbreak" }))?;
        let model::WatchEvent::Note(note) = note else {
            return Err(format!("not a note: {note:?}").into());
        };
        equal(note.as_str(), "plain words")
    };
    journey.call("watch", outcome.await);
    let outcome = async {
        let lines = client.read_lines().send().await?.into_inner();
        let lines = lines.bytes(1000).await?;
        equal(
            &lines[..],
            b"{\"number\":0}\n{\"number\":1}\n{\"number\":2}\n".as_slice(),
        )
    };
    journey.call("read_lines", outcome.await);
    let outcome = async {
        let text = client.read_text().send().await?.into_inner();
        equal(text, "plain “words”".to_owned())
    };
    journey.call("read_text", outcome.await);
    let teapot = client.fail(418).send().await;
    let problem = json!({ "code": "teapot", "message": "short and stout" });
    journey.call("fail, 418", fails(teapot, 418, problem));
    let teapot = client.fail(503).retry(Retry::off()).send().await;
    let problem = json!({ "code": "missing", "message": "no reason" });
    journey.call("fail, 503", fails(teapot, 503, problem));
    let outcome = async {
        status(client.fail(204).send().await?.status(), 204)?;
        let error = refused(client.fail(400).send().await, 400)?;
        equal(
            error.raw_body().unwrap_or_default(),
            b"no reason".as_slice(),
        )
    };
    journey.call("fail, undocumented", outcome.await);
    let outcome = async { status(client.nothing().send().await?.status(), 202) };
    journey.call("nothing", outcome.await);
    let outcome = async {
        let bearer = client.with_bearer().send().await?.into_inner();
        equal(bearer, "Bearer token-1".to_owned())?;
        let basic = client.with_basic().send().await?.into_inner();
        equal(basic, "Basic dXNlcjpwYXNzOndvcmQ=".to_owned())?;
        equal(
            client.with_key().send().await?.into_inner(),
            "key-1".to_owned(),
        )
    };
    journey.call("with_bearer, with_basic, with_key", outcome.await);
}
