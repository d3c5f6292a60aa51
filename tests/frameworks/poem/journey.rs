//! Every operation of the poem-openapi app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, DateTime, Retry};
use parcels_client::{Client, UploadManyForm, UploadMaybeForm, UploadOneForm, model, security};
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
        .credential(Credential::new(security::TOKEN, "token-1"))
        .credential(Credential::basic(security::USER, "user", "pass:word"))
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

/// A value without members that are null, which no member is documented to be.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let there = members.iter().filter(|(_, value)| !value.is_null());
            there
                .map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// A parcel as it is documented, but for what may be anything.
fn plain_parcel() -> Value {
    let mut plain = without_nulls(&parcel());
    plain["extra"] = parcel()["extra"].clone();
    // The server writes both so.
    plain["price"] = json!("19.9");
    plain["sent_at"] = json!("2026-02-28T23:59:59.123+00:00");
    plain
}

async fn parcels(journey: &mut Journey, client: &Client) {
    let mut id = None;
    let outcome = async {
        let new = of::<model::NewParcel>(plain_parcel())?;
        let made = client.create_parcel(new).send().await?;
        status(made.status(), 201)?;
        let location = made.headers().get("location").ok_or("no Location")?;
        equal(location.to_str()?, &format!("/parcels/{}", made.id))?;
        id = Some(made.id);
        let (mut expected, mut plain) = (parcel(), plain_parcel());
        expected["id"] = json!(made.id);
        expected["comment"] = Value::Null;
        expected["price"] = plain["price"].clone();
        expected["sent_at"] = plain["sent_at"].clone();
        plain["id"] = json!(made.id);
        same(&*made, plain)?;
        journey.holds("create_parcel", expected)
    };
    journey.call("create_parcel", outcome.await);
    let outcome = async {
        let new = of::<model::NewParcel>(plain_parcel())?;
        let again = client.create_parcel(new).send().await;
        let problem = json!({ "code": "conflict", "message": parcel()["name"] });
        fails(again, 409, problem)
    };
    journey.call("create_parcel, conflict", outcome.await);
    let id = id.unwrap_or_default();
    let outcome = async { same(&client.get_parcel(id).send().await?.price, json!("19.9")) };
    journey.call("get_parcel", outcome.await);
    let missing = of(json!(ID)).unwrap_or_default();
    let missing = client.get_parcel(missing).send().await;
    let problem = json!({ "code": "missing", "message": ID });
    journey.call("get_parcel, missing", fails(missing, 404, problem));
    let outcome = async {
        let patch = json!({ "comment": "new", "tags": [] });
        let body = of::<model::ParcelPatch>(patch)?;
        let patched = client.update_parcel(id, body).send().await?;
        same(&patched.comment, json!("new"))?;
        let held = json!({
            "name": null, "comment": "new", "address": null, "tags": [], "is_there": [true, false],
        });
        journey.holds("update_parcel", held)
    };
    journey.call("update_parcel", outcome.await);
    let outcome = async {
        let body = of::<model::ParcelPatch>(json!({ "address": null }))?;
        client.update_parcel(id, body).send().await?;
        let held = json!({
            "name": null, "comment": null, "address": null, "tags": null, "is_there": [false, true],
        });
        journey.holds("update_parcel", held)
    };
    let reason = "`MaybeUndefined` is documented as a member that is never null.";
    journey.contradiction("update_parcel, null", reason, outcome.await);
    let outcome = async {
        let kinds = of::<Vec<model::Kind>>(json!(["box", "letter"]))?;
        let sent_before = of::<DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let list = client
            .list_parcels()
            .kinds(kinds)
            .sizes(vec![1, -2])
            .fragile(true)
            .made_after("2026-01-01")
            .sent_before(sent_before)
            .price_below("100.10")
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
            "kinds": null, "sizes": [], "fragile": null, "made_after": null, "sent_before": null,
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
                "value": value, "either": { "street": "s", "city": "c" },
                "steps": [{ "say": { "text": "stop" } }, { "draw": { "radius": 2.5 } }],
            });
            let body = of::<model::Loose>(without_nulls(&loose))?;
            let echo = client.echo_loose(body).send().await?;
            same(&*echo, without_nulls(&loose))?;
            let mut held = loose;
            held["either"]["zip"] = Value::Null;
            journey.holds("echo_loose", held)
        };
        journey.call(&format!("echo_loose, {value}"), outcome.await);
    }
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name, "children": [], "left": null });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let body = of::<model::Tree>(without_nulls(&tree))?;
        let echo = client.echo_tree(body).send().await?;
        same(&*echo, without_nulls(&tree))?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let moments = json!({
        "day": "2024-02-29", "clock": "23:59:59.500", "at": "2024-02-29T12:00:00+05:30", "lasts": "1day 2h",
        "amount": "1234567890123456.0123456789", "id": ID, "data": "AP/+aGk=", "link": "https://example.com/a?b=c",
        "big": BIG, "huge": u64::MAX, "ratio": 23482.350000000002, "small": 0.5,
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
            json!({ "must": "m" }),
            json!({ "must": "m", "may": "unset", "number": 7, "seen": "seen" }),
        ),
        (
            json!({ "must": "", "may": "m", "may_absent": "", "may_nullable": "n", "number": 0 }),
            json!({
                "must": "", "may": "m", "may_absent": "", "may_nullable": "n", "number": 0, "seen": "seen",
            }),
        ),
    ] {
        let outcome = async {
            let body = of::<model::PresenceInput>(presence)?;
            let echo = client.echo_presence(body).send().await?;
            same(&*echo, whole.clone())?;
            journey.holds("echo_presence", whole)
        };
        journey.call("echo_presence", outcome.await);
    }
    let outcome = async {
        let maps = json!({
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "maybes": { "n": 2 },
            "anything": [1, { "z": null }], "few": [1, 2, 3],
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
        let address = of::<model::Address>(json!({ "street": "s", "city": "c" }))?;
        let form = UploadOneForm::new(sent, "a caption")
            .copies(2)
            .address(address);
        equal(client.upload_one(form).send().await?.into_inner(), 2)?;
        let expected = json!({
            "file": seen("naïve file.txt", "text/plain", "6f6e650d0a2d2d74776f"),
            "caption": "a caption", "copies": 2, "address": { "street": "s", "city": "c", "zip": null },
        });
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
        journey.holds("upload_maybe", json!({ "file": null, "note": "n" }))?;
        let form = UploadMaybeForm::new().file(file("f", "text/csv", b"a,b"));
        equal(client.upload_maybe(form).send().await?.into_inner(), true)?;
        journey.holds(
            "upload_maybe",
            json!({ "file": seen("f", "text/csv", "612c62"), "note": null }),
        )
    };
    journey.call("upload_maybe", outcome.await);
    let outcome = async {
        let content = b"\x89PNG\0".to_vec();
        client.put_content("a b", content.clone()).send().await?;
        journey.holds("put_content", json!("89504e4700"))?;
        let found = client.get_content("a b").send().await?.into_inner();
        equal(found.bytes(100).await?.to_vec(), content)?;
        let base64 = client.get_base64("a b").send().await?.into_inner();
        equal(base64, "iVBORwA=".to_owned())
    };
    journey.call("put_content, get_content, get_base64", outcome.await);
    let outcome = async {
        let form = json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true, "note": "n",
        });
        let body = of::<model::Filled>(form.clone())?;
        let name = client.send_form(body).send().await?.into_inner();
        equal(name, "a b&c=d+é".to_owned())?;
        journey.holds("send_form", form)
    };
    journey.call("send_form", outcome.await);
    let outcome = async {
        let text = client.put_text("plain \"text\"").send().await?;
        equal(text.into_inner(), "plain \"text\"".to_owned())?;
        journey.holds("put_text", json!("plain \"text\""))?;
        let echo = client.put_numbers(vec![1, BIG]).send().await?;
        equal(echo.into_inner(), vec![1, BIG])
    };
    journey.call("put_text, put_numbers", outcome.await);
    let outcome = async {
        let body = json!({ "first": 1, "second": "2" });
        let embedded = of::<model::Embedded>(body)?;
        let first = client.put_embedded(embedded).send().await?;
        equal(first.into_inner(), 1)?;
        journey.holds(
            "put_embedded",
            json!({ "first": 1, "second": "2", "tree": null }),
        )?;
        Ok(())
    };
    journey.call("put_embedded", outcome.await);
    let outcome = async {
        let none = client.put_embedded(None).send().await?;
        equal(none.into_inner(), 0)
    };
    let reason = "`Json<Option<T>>` is documented as a body that may be absent, and refused without one: \
                  \"the client request does not include the `Content-Type` header\".";
    journey.contradiction("put_embedded, nothing", reason, outcome.await);
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
        journey.holds("read_cookies", json!({ "session": "s-1", "visits": 3 }))
    };
    journey.call("read_cookies", outcome.await);
    for text in TEXTS {
        let outcome = async {
            let echo = client
                .read_path(text, 5.0, "2026-12-31", model::Kind::Pallet)
                .send()
                .await?;
            equal(echo.into_inner(), text.to_owned())
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
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
            { "number": 0 },
            { "number": 1, "text": "line\nbreak" },
            { "number": 2, "text": "line\nbreak" },
        ]);
        same(&found, expected)
    };
    journey.call("watch", outcome.await);
    let outcome = async {
        let events = all(client.watch_named().send().await?.into_inner()).await?;
        equal(events.len(), 3)?;
        for (number, event) in events.into_iter().enumerate() {
            equal((&*event.event, event.id.as_deref()), ("tick", Some("a1")))?;
            equal(event.into_data().number, number as i32)?;
        }
        Ok(())
    };
    journey.call("watch_named", outcome.await);
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
        equal(bearer, "token-1".to_owned())?;
        let basic = client.with_basic().send().await?.into_inner();
        equal(basic, "user/pass:word".to_owned())?;
        equal(
            client.with_key().send().await?.into_inner(),
            "key-1".to_owned(),
        )
    };
    journey.call("with_bearer, with_basic, with_key", outcome.await);
}
