//! Every operation of the aide app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, Date, DateTime, FilePart, Retry};
use parcels_client::{
    Client, UploadAnyForm, UploadManyForm, UploadMaybeForm, UploadOneForm, model, security,
};
use serde_json::{Value, json};
use support::{
    BIG, ID, Journey, TEXTS, all, equal, fails, file, of, parcel, refused, same, status,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let client = Client::builder()
        .base_url(journey.url())
        .danger_allow_plain_http()
        .credential(Credential::new(security::BEARER, "token-1"))
        .credential(Credential::basic(security::BASIC, "user", "pass:word"))
        .credential(Credential::new(security::KEY, "key-1"))
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
        let new = of::<model::NewParcel>(parcel())?;
        let made = client.create_parcel(new).send().await?;
        status(made.status(), 201)?;
        let location = made.headers().get("location").ok_or("no Location")?;
        equal(location.to_str()?, &format!("/parcels/{}", made.id))?;
        id = Some(made.id);
        let mut expected = parcel();
        expected["id"] = json!(made.id);
        expected["comment"] = Value::Null;
        same(&*made, expected.clone())?;
        journey.holds("create_parcel", expected)
    };
    journey.call("create_parcel", outcome.await);
    let outcome = async {
        let new = of::<model::NewParcel>(parcel())?;
        let again = client.create_parcel(new).send().await;
        let problem = json!({ "code": "conflict", "message": parcel()["name"] });
        fails(again, 409, problem)
    };
    journey.call("create_parcel, conflict", outcome.await);
    let id = id.unwrap_or_default();
    let outcome = async { same(&client.get_parcel(id).send().await?.price, json!("19.90")) };
    journey.call("get_parcel", outcome.await);
    let missing = of(json!(ID)).unwrap_or_default();
    let missing = client.get_parcel(missing).send().await;
    let problem = json!({ "code": "missing", "message": ID });
    journey.call("get_parcel, missing", fails(missing, 404, problem));
    let outcome = async {
        let patch = json!({ "comment": "new", "address": null, "tags": [] });
        let body = of::<model::ParcelPatch>(patch.clone())?;
        let patched = client.update_parcel(id, body).send().await?;
        same(&patched.comment, json!("new"))?;
        same(&patched.address, Value::Null)?;
        journey.holds("update_parcel", patch)
    };
    journey.call("update_parcel", outcome.await);
    let outcome = async {
        let kinds = of::<Vec<model::Kind>>(json!(["box", "letter"]))?;
        let price_below = of::<model::ListParcelsPriceBelow>(json!("100.10"))?;
        let made_after = of::<Date>(json!("2026-01-01"))?;
        let sent_before = of::<DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let list = client
            .list_parcels()
            .kinds(kinds)
            .sizes(vec![1, -2])
            .fragile(true)
            .made_after(made_after)
            .sent_before(sent_before)
            .price_below(price_below)
            .name("a b+c&d=é")
            .limit(1)
            .offset(0);
        let page = list.send().await?;
        equal((page.total, page.items.len()), (1, 1))?;
        let held = json!({
            "kinds": ["box", "letter"], "sizes": [1, -2], "fragile": true, "made_after": "2026-01-01",
            "sent_before": "2026-03-01T00:00:00+01:00", "price_below": "100.10", "name": "a b+c&d=é",
            "limit": 1, "offset": 0,
        });
        journey.holds("list_parcels", held)
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        client.list_parcels().send().await?;
        let held = json!({
            "kinds": [], "sizes": [], "fragile": null, "made_after": null, "sent_before": null,
            "price_below": null, "name": null, "limit": 20, "offset": 0,
        });
        journey.holds("list_parcels", held)
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
            { "kind": "point" },
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
                "value": value,
                "either": { "street": "s", "city": null, "zip": null },
                "steps": [
                    "stop", { "say": "stop" }, { "turn": [90, true] }, { "go_to": { "x": 1, "y": null } }, "wait", { "draw": { "radius": 2.5 } },
                ],
                "state": { "state": "failed", "detail": { "code": 7 } },
            });
            let body = of::<model::Loose>(loose.clone())?;
            let echo = client.echo_loose(body).send().await?;
            same(&*echo, loose.clone())?;
            journey.holds("echo_loose", loose)
        };
        journey.call(&format!("echo_loose, {value}"), outcome.await);
    }
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name, "children": [], "left": null });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let body = of::<model::Tree>(tree.clone())?;
        let echo = client.echo_tree(body).send().await?;
        same(&*echo, tree.clone())?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let moments = json!({
        "day": "2024-02-29", "clock": "23:59:59.500", "at": "2024-02-29T12:00:00+05:30", "lasts": { "secs": 93600, "nanos": 5 },
        "amount": "1234567890123456.0123456789", "id": ID, "data": "AP/+aGk=", "link": "https://example.com/a?b=c",
        "big": BIG, "huge": u64::MAX, "ratio": 23482.350000000002, "small": 0.1,
    });
    let outcome = async {
        let body = of::<model::Moments>(moments.clone())?;
        let echo = client.echo_moments(body).send().await?;
        same(&*echo, moments.clone())?;
        journey.holds("echo_moments", moments.clone())?;
        journey.holds("moments_data", json!("00fffe6869"))
    };
    journey.call("echo_moments", outcome.await);
    for (presence, whole) in [
        (
            json!({ "must": "m", "must_nullable": null }),
            json!({ "must": "m", "must_nullable": null, "may": "unset", "number": 7 }),
        ),
        (
            json!({ "must": "", "must_nullable": "n", "may": "m", "may_absent": "", "may_nullable": null, "number": 0 }),
            json!({ "must": "", "must_nullable": "n", "may": "m", "may_absent": "", "may_nullable": null, "number": 0 }),
        ),
    ] {
        let outcome = async {
            let body = of::<model::Presence>(presence)?;
            let echo = client.echo_presence(body).send().await?;
            same(&*echo, whole.clone())?;
            journey.holds("echo_presence", whole)
        };
        journey.call("echo_presence", outcome.await);
    }
    let outcome = async {
        let maps = json!({
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "by_kind": { "box": [1] },
            "maybes": { "m": null, "n": 2 }, "anything": [1, { "z": null }], "pair": ["p", 2], "more": { "of": "it" },
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
        let form = UploadOneForm::new("a caption", sent).copies(2);
        let parts = client.upload_one(form).send().await?;
        let expected = json!({
            "file": [seen("naïve file.txt", "text/plain", "6f6e650d0a2d2d74776f")],
            "caption": ["a caption"], "copies": ["2"],
        });
        same(&*parts, expected.clone())?;
        journey.holds("upload_one", expected)
    };
    journey.call("upload_one", outcome.await);
    let outcome = async {
        let files = vec![
            file("a", "image/png", b"\x89PNG"),
            file("b", "application/x-b", b""),
        ];
        let form = UploadManyForm::new(files).tags(vec!["x,y".to_owned(), "z".to_owned()]);
        equal(client.upload_many(form).send().await?.into_inner(), 2)?;
        let expected = json!({
            "files": [seen("a", "image/png", "89504e47"), seen("b", "application/x-b", "")], "tags": ["x,y", "z"],
        });
        journey.holds("upload_many", expected)
    };
    journey.call("upload_many", outcome.await);
    let outcome = async {
        let form = UploadMaybeForm::new().note("n");
        equal(client.upload_maybe(form).send().await?.into_inner(), false)?;
        journey.holds("upload_maybe", json!({ "note": ["n"] }))?;
        let form = UploadMaybeForm::new().file(file("f", "text/csv", b"a,b"));
        equal(client.upload_maybe(form).send().await?.into_inner(), true)?;
        journey.holds(
            "upload_maybe",
            json!({ "file": [seen("f", "text/csv", "612c62")] }),
        )
    };
    journey.call("upload_maybe", outcome.await);
    let outcome = async {
        let sent = vec![
            ("one".to_owned(), FilePart::new(b"a b".to_vec())),
            ("two".to_owned(), file("f", "text/csv", b"a,b")),
        ];
        let form = UploadAnyForm::new().parts(sent);
        equal(client.upload_any(form).send().await?.into_inner(), 2)?;
        let two = seen("f", "text/csv", "612c62");
        journey.holds("upload_any", json!({ "one": ["a b"], "two": [two] }))
    };
    journey.call("upload_any", outcome.await);
    let outcome = async {
        let content = b"\x89PNG\0".to_vec();
        client.put_content("a b", content.clone()).send().await?;
        journey.holds("put_content", json!("89504e4700"))?;
        let found = client.get_content("a b").send().await?.into_inner();
        equal(found.bytes(100).await?.to_vec(), content)
    };
    journey.call("put_content, get_content", outcome.await);
    for tags in [json!(["x,y", ""]), json!(["one"]), json!([])] {
        let outcome = async {
            let form = json!({
                "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true, "tags": tags,
                "note": "n",
            });
            let body = of::<model::Filled>(form.clone())?;
            let name = client.send_form(body).send().await?.into_inner();
            equal(name, "a b&c=d+é".to_owned())?;
            journey.holds("send_form", form)
        };
        journey.call("send_form", outcome.await);
    }
    let outcome = async {
        let text = client.put_text("plain \"text\"").send().await?;
        equal(text.into_inner(), "plain \"text\"".to_owned())?;
        journey.holds("put_text", json!("plain \"text\""))?;
        let echo = client.put_numbers(vec![1, BIG]).send().await?;
        equal(echo.into_inner(), vec![1, BIG])
    };
    journey.call("put_text, put_numbers", outcome.await);
    let outcome = async {
        let body = json!({ "first": 1, "second": "2", "tree": null });
        let embedded = of::<model::Embedded>(body.clone())?;
        let first = client.put_embedded(embedded).send().await?;
        equal(first.into_inner(), 1)?;
        journey.holds("put_embedded", body)
    };
    journey.call("put_embedded", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let text = "text, with \"commas\"";
        let words = vec!["one".to_owned(), "two".to_owned()];
        let call = client.read_headers(text).x_number(-5).x_words(words);
        let answer = call.send().await?;
        let seen = answer
            .headers()
            .get("x-seen")
            .map(|value| value.as_bytes().to_vec());
        equal(seen, Some(text.as_bytes().to_vec()))?;
        journey.holds(
            "read_headers",
            json!({ "text": text, "number": -5, "words": ["one,two"] }),
        )
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
            equal(echo.into_inner(), text.to_owned())
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
    let outcome = async {
        client.read_rest("a/b c").send().await?;
        journey.holds("read_rest", json!("a/b c"))
    };
    journey.call("read_rest", outcome.await);
    let outcome = async {
        let order = of::<model::Order>(json!("down"))?;
        let words = vec!["a b".to_owned(), "c,d".to_owned()];
        let call = client.read_query().words(words).least(0.5).order(order);
        let filters = json!({ "words": ["a b", "c,d"], "least": 0.5, "order": "down" });
        same(&*call.send().await?, filters.clone())?;
        journey.holds("read_query", filters)
    };
    journey.call("read_query", outcome.await);
}

async fn answers(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let ticks = all(client.watch().send().await?.into_inner()).await?;
        let found: Vec<_> = ticks.into_iter().map(|tick| tick.into_data()).collect();
        let expected = json!([
            { "number": 0, "text": null },
            { "number": 1, "text": "line\nbreak" },
            { "number": 2, "text": "line\nbreak" },
        ]);
        same(&found, expected)
    };
    journey.call("watch", outcome.await);
    let outcome = async {
        let events = all(client.watch_named().send().await?.into_inner()).await?;
        let found: Vec<_> = events
            .into_iter()
            .map(|event| (event.event.to_string(), event.id.clone(), event.into_data()))
            .collect();
        let id = Some("a1".to_owned());
        let expected = vec![
            ("tick".to_owned(), id.clone(), "{\"number\":1}".to_owned()),
            ("note".to_owned(), id, "plain words".to_owned()),
        ];
        equal(found, expected)
    };
    journey.call("watch_named", outcome.await);
    let outcome = async {
        let ticks = all(client.read_lines().send().await?.into_inner()).await?;
        let expected = json!([
            { "number": 0, "text": null }, { "number": 1, "text": null }, { "number": 2, "text": null },
        ]);
        same(&ticks, expected)
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
