//! Every operation of the Dropshot app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{DateTime, Error, FilePart, Retry};
use parcels_client::{Client, UploadAnyForm, model};
use serde_json::{Value, json};
use support::{BIG, ID, Journey, TEXTS, equal, fails, file, of, parcel, refused, same, status};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let client = Client::builder()
        .base_url(journey.url())
        .danger_allow_plain_http()
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
        let price_below = of::<String>(json!("100.10"))?;
        let sent_before = of::<DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let list = client
            .list_parcels()
            .kind(model::Kind::Box)
            .fragile(true)
            .made_after(of(json!("2026-01-01")).unwrap_or_default())
            .sent_before(sent_before)
            .price_below(price_below)
            .name("a b+c&d=é")
            .limit(1);
        let page = list.send().await?;
        equal(page.items.len(), 1)?;
        let held = json!({
            "kind": "box", "fragile": true, "made_after": "2026-01-01", "sent_before": "2026-03-01T00:00:00+01:00",
            "price_below": "100.10", "name": "a b+c&d=é",
        });
        journey.holds("list_parcels", held)
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        for name in ["second", "third"] {
            let mut parcel = parcel();
            parcel["name"] = json!(name);
            client
                .create_parcel(of::<model::NewParcel>(parcel)?)
                .send()
                .await?;
        }
        let list = client.list_parcels().limit(1);
        let mut items = list.items();
        let mut names = Vec::new();
        while let Some(parcel) = items.next().await? {
            names.push(parcel.name);
        }
        names.sort();
        let first = parcel()["name"].as_str().unwrap_or_default().to_owned();
        equal(names, vec![first, "second".to_owned(), "third".to_owned()])
    };
    journey.call("list_parcels, page by page", outcome.await);
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
                    "stop", { "say": "stop" }, { "go_to": { "x": 1, "y": null } }, "wait", { "draw": { "radius": 2.5 } },
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
            "maybes": { "m": null, "n": 2 }, "anything": [1, { "z": null }], "more": { "of": "it" },
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
        let sent = client.upload_raw(b"\0\xff".to_vec()).send().await?;
        equal(sent.into_inner(), 2)?;
        journey.holds("upload_raw", json!("00ff"))
    };
    journey.call("upload_raw", outcome.await);
    let outcome = async {
        let text = client.put_text("plain \"text\"").send().await?;
        equal(text.into_inner(), "plain \"text\"".to_owned())?;
        journey.holds("put_text", json!("plain \"text\""))?;
        let echo = client.put_numbers(vec![1, BIG]).send().await?;
        equal(echo.into_inner(), vec![1, BIG])
    };
    journey.call("put_text, put_numbers", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let text = "text, with \"commas\"";
        let call = client.read_headers(text).x_number(-5);
        let answer = call.send().await?;
        let seen = answer
            .headers()
            .get("x-seen")
            .map(|value| value.as_bytes().to_vec());
        equal(seen, Some(text.as_bytes().to_vec()))?;
        equal(answer.into_inner(), text.to_owned())?;
        journey.holds("read_headers", json!({ "X-Text": text, "X-Number": -5 }))
    };
    journey.call("read_headers", outcome.await);
    for text in TEXTS {
        let outcome = async {
            let echo = client
                .read_path(text, 5.0, of(json!("2026-12-31"))?, model::Kind::Pallet)
                .send()
                .await?;
            equal(echo.into_inner(), text.to_owned())
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
    let outcome = async {
        let order = of::<model::Order>(json!("down"))?;
        let call = client.read_query("a b+c").least(0.5).order(order);
        let filters = json!({ "word": "a b+c", "least": 0.5, "order": "down" });
        same(&*call.send().await?, filters.clone())?;
        journey.holds("read_query", filters)
    };
    journey.call("read_query", outcome.await);
}

async fn answers(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let text = client.read_free().send().await?.into_inner();
        equal(
            text.bytes(100).await?.to_vec(),
            "plain “words”".as_bytes().to_vec(),
        )
    };
    journey.call("read_free", outcome.await);
    let teapot = client.fail(418).send().await;
    let problem = json!({ "code": "teapot", "message": "short and stout" });
    journey.call("fail, 418", fails(teapot, 418, problem.clone()));
    let teapot = client.fail(503).retry(Retry::off()).send().await;
    journey.call("fail, 503", fails(teapot, 503, problem));
    let bad = client.fail(400).send().await;
    let problem = json!({ "error_code": "Bad", "message": "no reason" });
    journey.call("fail, of Dropshot", fails(bad, 400, problem));
    let outcome = async {
        let call = client.list_parcels().page_token("no token");
        let error = refused(call.send().await, 400)?;
        equal(matches!(error, Error::Api(..)), true)
    };
    journey.call("list_parcels, no such token", outcome.await);
    let outcome = async {
        let answer = client.nothing().send().await?;
        status(answer.status(), 202)?;
        equal(answer.into_inner(), None)
    };
    journey.call("nothing", outcome.await);
}
