//! Every operation of the FastAPI app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, Error, Retry};
use parcels_client::{Client, model, security};
use serde_json::{Value, json};
use support::{Journey, all, equal, fails, file, of, refused, same, status};

const ID: &str = "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a";

fn parcel() -> Value {
    json!({
        "name": "Lamp / 50% “off”",
        "kind": "box",
        "weight": 2.5,
        "count": 3,
        "price": "19.90",
        "fragile": true,
        "tags": ["a,b", "c&d", ""],
        "sizes": [1, -2],
        "made_on": "2026-02-28",
        "sent_at": "2026-02-28T23:59:59.123456Z",
        "note": null,
        "address": { "street": "Main St 1", "city": null, "zip": "01234" },
        "labels": { "ü": "é", "a.b": "" },
        "extra": { "deep": [1, 2.5, null, { "x": [] }], "big": 9007199254740993_i64 },
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let client = match client(&journey) {
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

fn client(journey: &Journey) -> Result<Client, Box<dyn std::error::Error>> {
    let client = Client::builder()
        .base_url(journey.url())
        .danger_allow_plain_http()
        .credential(Credential::new(security::HTTP_BEARER, "token-1"))
        .credential(Credential::basic(security::HTTP_BASIC, "user", "pass:word"))
        .credential(Credential::new(security::API_KEY_HEADER, "key-1"));
    Ok(client.build()?)
}

async fn parcels(journey: &mut Journey, client: &Client) {
    let mut id = None;
    let outcome = async {
        let made = client
            .create_parcel(of::<model::NewParcel>(parcel())?)
            .send()
            .await?;
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
        let again = client
            .create_parcel(of::<model::NewParcel>(parcel())?)
            .send()
            .await;
        fails(
            again,
            409,
            json!({ "code": "conflict", "message": parcel()["name"] }),
        )
    };
    journey.call("create_parcel, conflict", outcome.await);
    let id = id.unwrap_or_default();
    let outcome = async {
        let found = client.get_parcel(id).send().await?;
        equal(&found.price, &"19.90".to_owned())?;
        equal(found.note.clone(), None)
    };
    journey.call("get_parcel", outcome.await);
    let missing = of(json!(ID)).unwrap_or_default();
    let outcome = fails(
        client.get_parcel(missing).send().await,
        404,
        json!({ "code": "missing", "message": ID }),
    );
    journey.call("get_parcel, missing", outcome);
    let outcome = async {
        let patch = json!({ "comment": "new", "address": null, "tags": [] });
        let patched = client
            .update_parcel(id, of::<model::ParcelPatch>(patch.clone())?)
            .send()
            .await?;
        same(&patched.comment, json!("new"))?;
        same(&patched.address, Value::Null)?;
        journey.holds("update_parcel", patch)
    };
    journey.call("update_parcel", outcome.await);
    let outcome = async {
        let kinds = of::<Vec<model::Kind>>(json!(["box", "letter"]))?;
        let made_after = of::<countersign_runtime::Date>(json!("2026-01-01"))?;
        let sent_before = of::<countersign_runtime::DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let page = client
            .list_parcels()
            .kinds(kinds)
            .sizes(vec![1, -2])
            .fragile(true)
            .made_after(made_after)
            .sent_before(sent_before)
            .price_below("100.10".to_owned().into())
            .name("a b+c&d=é")
            .limit(1)
            .offset(0)
            .send()
            .await?;
        equal((page.total, page.items.len()), (1, 1))?;
        journey.holds(
            "list_parcels",
            json!({
                "kinds": ["box", "letter"], "sizes": [1, -2], "fragile": true, "made_after": "2026-01-01",
                "sent_before": "2026-03-01T00:00:00+01:00", "price_below": "100.10", "name": "a b+c&d=é",
                "limit": 1, "offset": 0,
            }),
        )
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        client.list_parcels().send().await?;
        journey.holds(
            "list_parcels",
            json!({
                "kinds": null, "sizes": [], "fragile": null, "made_after": null, "sent_before": null,
                "price_below": null, "name": null, "limit": 20, "offset": 0,
            }),
        )
    };
    journey.call("list_parcels, nothing", outcome.await);
    let outcome = async { status(client.delete_parcel(id).send().await?.status(), 204) };
    journey.call("delete_parcel", outcome.await);
    let gone = fails(
        client.delete_parcel(id).send().await,
        404,
        json!({ "code": "missing", "message": id.to_string() }),
    );
    journey.call("delete_parcel, missing", gone);
}

async fn values(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let shapes = json!([
            { "kind": "circle", "radius": 1 },
            { "kind": "square", "side": 0.1, "label": "s" },
        ]);
        let echo = client.echo_shapes(of(shapes.clone())?).send().await?;
        equal(echo.len(), 2)?;
        journey.holds(
            "echo_shapes",
            json!([
                { "kind": "circle", "radius": 1.0 },
                { "kind": "square", "side": 0.1, "label": "s" },
            ]),
        )
    };
    journey.call("echo_shapes", outcome.await);
    for value in [
        json!(5),
        json!(true),
        json!("5"),
        json!([1, 2]),
        json!(null),
    ] {
        let outcome = async {
            let loose =
                json!({ "value": value, "either": { "street": "s", "city": null, "zip": null } });
            let echo = client
                .echo_loose(of::<model::Loose>(loose.clone())?)
                .send()
                .await?;
            same(&*echo, loose.clone())?;
            journey.holds("echo_loose", loose)
        };
        journey.call(&format!("echo_loose, {value}"), outcome.await);
    }
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name, "children": [], "left": null });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let echo = client
            .echo_tree(of::<model::TreeInput>(tree.clone())?)
            .send()
            .await?;
        same(&*echo, tree.clone())?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let outcome = async {
        let moments = json!({
            "day": "2024-02-29", "clock": "23:59:59.500000", "at": "2024-02-29T12:00:00+05:30",
            "lasts": "P1DT2H", "amount": "12345678901234567890.0123456789", "id": ID, "data": "AP/+aGk=",
            "link": "https://example.com/a?b=c", "big": 9007199254740993_i64, "ratio": 23482.350000000002,
        });
        let echo = client
            .echo_moments(of::<model::MomentsInput>(moments.clone())?)
            .send()
            .await?;
        same(&*echo, moments.clone())?;
        let mut held = moments;
        held["data"] = json!("00fffe6869");
        journey.holds("echo_moments", held)
    };
    journey.call("echo_moments", outcome.await);
    for (presence, whole) in [
        (
            json!({ "must": "m", "must_nullable": null }),
            json!({ "must": "m", "must_nullable": null, "may": "unset", "may_nullable": null, "number": 7 }),
        ),
        (
            json!({ "must": "", "must_nullable": "n", "may": "m", "may_nullable": null, "number": 0 }),
            json!({ "must": "", "must_nullable": "n", "may": "m", "may_nullable": null, "number": 0 }),
        ),
    ] {
        let outcome = async {
            let echo = client
                .echo_presence(of::<model::Presence>(presence.clone())?)
                .send()
                .await?;
            same(&*echo, whole)?;
            journey.holds("echo_presence", presence.clone())?;
            let set = client
                .echo_set(of::<model::Presence>(presence.clone())?)
                .send()
                .await?;
            same(&*set, presence)
        };
        journey.call("echo_presence", outcome.await);
    }
    let outcome = async {
        let maps = json!({
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "anything": [1, { "z": null }],
            "pair": ["p", 2], "more": { "of": "it" },
        });
        let echo = client
            .echo_maps(of::<model::Maps>(maps.clone())?)
            .send()
            .await?;
        same(&*echo, maps.clone())?;
        journey.holds("echo_maps", maps)
    };
    journey.call("echo_maps", outcome.await);
}

async fn bodies(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let form = parcels_client::UploadOneForm::new(
            file("naïve file.txt", "text/plain", b"one\r\n--two"),
            "a caption",
        )
        .copies(2);
        client.upload_one(form).send().await?;
        journey.holds("upload_one", json!({
            "file": { "name": "naïve file.txt", "type": "text/plain", "hex": "6f6e650d0a2d2d74776f" },
            "caption": "a caption", "copies": 2,
        }))
    };
    journey.call("upload_one", outcome.await);
    let outcome = async {
        let files = vec![
            file("a", "image/png", b"\x89PNG"),
            file("b", "application/x-b", b""),
        ];
        let form =
            parcels_client::UploadManyForm::new(files).tags(vec!["x,y".to_owned(), "z".to_owned()]);
        equal(client.upload_many(form).send().await?.into_inner(), 2)?;
        journey.holds(
            "upload_many",
            json!({
                "files": [
                    { "name": "a", "type": "image/png", "hex": "89504e47" },
                    { "name": "b", "type": "application/x-b", "hex": "" },
                ],
                "tags": ["x,y", "z"],
            }),
        )
    };
    journey.call("upload_many", outcome.await);
    let outcome = async {
        let form = parcels_client::UploadMaybeForm::new().note("n");
        equal(client.upload_maybe(form).send().await?.into_inner(), false)?;
        journey.holds("upload_maybe", json!({ "file": null, "note": "n" }))?;
        let form = parcels_client::UploadMaybeForm::new().file(file("f", "text/csv", b"a,b"));
        equal(client.upload_maybe(form).send().await?.into_inner(), true)?;
        journey.holds(
            "upload_maybe",
            json!({
                "file": { "name": "f", "type": "text/csv", "hex": "612c62" }, "note": null,
            }),
        )
    };
    journey.call("upload_maybe", outcome.await);
    let outcome = async {
        client.upload_maybe(None).send().await?;
        journey.holds("upload_maybe", json!({ "file": null, "note": null }))
    };
    journey.call("upload_maybe, nothing", outcome.await);
    let outcome = async {
        let form =
            parcels_client::UploadRawForm::new(file("r", "application/octet-stream", b"\0\xff"));
        equal(client.upload_raw(form).send().await?.into_inner(), 2)?;
        journey.holds("upload_raw", json!("00ff"))
    };
    journey.call("upload_raw", outcome.await);
    let outcome = async {
        client
            .put_content("a b", b"\x89PNG\0".to_vec())
            .send()
            .await?;
        journey.holds("put_content", json!("89504e4700"))?;
        let content = client.get_content("a b").send().await?.into_inner();
        equal(content.bytes(100).await?.to_vec(), b"\x89PNG\0".to_vec())
    };
    journey.call("put_content, get_content", outcome.await);
    let outcome = async {
        let form = of::<model::BodySendForm>(json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true,
            "tags": ["x,y", ""], "note": "n",
        }))?;
        client.send_form(form).send().await?;
        journey.holds("send_form", json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2.0, "made_on": "2026-01-01", "fragile": true,
            "tags": ["x,y", ""], "note": "n",
        }))
    };
    journey.call("send_form", outcome.await);
    let outcome = async {
        client.put_text("plain \"text\"").send().await?;
        journey.holds("put_text", json!("plain \"text\""))?;
        let echo = client
            .put_numbers(vec![1, 9_007_199_254_740_993])
            .send()
            .await?;
        equal(echo.into_inner(), vec![1, 9_007_199_254_740_993])?;
        let body = json!({ "first": 1, "second": "2", "tree": null });
        client
            .put_embedded(of::<model::BodyPutEmbedded>(body.clone())?)
            .send()
            .await?;
        journey.holds("put_embedded", body)
    };
    journey.call("put_text, put_numbers, put_embedded", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let answer = client
            .read_headers("text, with \"commas\"")
            .x_number(-5)
            .x_words(vec!["one".to_owned(), "two".to_owned()])
            .send()
            .await?;
        equal(
            answer
                .headers()
                .get("x-seen")
                .map(|value| value.as_bytes().to_vec()),
            Some(b"text, with \"commas\"".to_vec()),
        )?;
        journey.holds(
            "read_headers",
            json!({
                "text": "text, with \"commas\"", "number": -5, "words": ["one,two"],
            }),
        )
    };
    journey.call("read_headers", outcome.await);
    let outcome = async {
        client.read_cookies("s-1").visits(3).send().await?;
        journey.holds("read_cookies", json!({ "session": "s-1", "visits": 3 }))
    };
    journey.call("read_cookies", outcome.await);
    for text in ["plain", "a b", "100%", "ü&é?", "#", ".hidden", "%2F", "+"] {
        let outcome = async {
            let day = of::<countersign_runtime::Date>(json!("2026-12-31"))?;
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
        let order = of::<model::ReadQueryOrder>(json!("down"))?;
        let answer = client
            .read_query()
            .words(vec!["a b".to_owned(), "c,d".to_owned()])
            .least(0.5)
            .order(order)
            .send()
            .await?;
        let filters = json!({ "words": ["a b", "c,d"], "least": 0.5, "order": "down" });
        same(&*answer, filters.clone())?;
        journey.holds("read_query", filters)
    };
    journey.call("read_query", outcome.await);
}

async fn answers(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let ticks = all(client.watch().send().await?.into_inner()).await?;
        let found: Vec<_> = ticks.into_iter().map(|tick| tick.into_data()).collect();
        same(
            &found,
            json!([
                { "number": 0, "text": null },
                { "number": 1, "text": "line\nbreak" },
                { "number": 2, "text": "line\nbreak" },
            ]),
        )
    };
    journey.call("watch", outcome.await);
    let outcome = async {
        let events = all(client.watch_named().send().await?.into_inner()).await?;
        let found: Vec<_> = events
            .into_iter()
            .map(|event| (event.event.to_string(), event.id.clone(), event.into_data()))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        equal(
            found,
            vec![
                ("tick".to_owned(), text("a1"), "{\"number\": 1}".to_owned()),
                ("note".to_owned(), text("a1"), "plain words".to_owned()),
            ],
        )
    };
    journey.call("watch_named", outcome.await);
    let outcome = async {
        let ticks = all(client.read_lines().send().await?.into_inner()).await?;
        same(
            &ticks,
            json!([
                { "number": 0, "text": null }, { "number": 1, "text": null }, { "number": 2, "text": null },
            ]),
        )
    };
    journey.call("read_lines", outcome.await);
    let outcome = async {
        equal(
            client.read_text().send().await?.into_inner(),
            "plain “words”".to_owned(),
        )
    };
    journey.call("read_text", outcome.await);
    let teapot = fails(
        client.fail(418).send().await,
        418,
        json!({ "code": "teapot", "message": "short and stout" }),
    );
    journey.call("fail, 418", teapot);
    let outcome = async {
        let error = refused(client.fail(503).retry(Retry::off()).send().await, 503)?;
        equal(
            error.raw_body().unwrap_or_default(),
            b"{\"detail\":\"no reason\"}".as_slice(),
        )?;
        refused(client.fail(400).send().await, 400)?;
        Ok(())
    };
    journey.call("fail, others", outcome.await);
    let outcome = async {
        let kinds = of::<Vec<model::Kind>>(json!(["crate"]))?;
        let error = refused(client.list_parcels().kinds(kinds).send().await, 422)?;
        let Error::Api(parcels_client::ListParcelsError::UnprocessableContent(problem), _) = error
        else {
            return Err(format!("not a documented failure: {error:?}").into());
        };
        let detail = problem.detail.unwrap_or_default();
        let places: Vec<_> = detail.iter().map(|error| &error.loc).collect();
        same(&places, json!([["query", "kinds", 0]]))
    };
    journey.call("check", outcome.await);
    let outcome = async {
        let done = client.nothing().send().await?;
        status(done.status(), 202)
    };
    journey.call("nothing", outcome.await);
    let outcome = async {
        equal(
            client.with_bearer().send().await?.into_inner(),
            "token-1".to_owned(),
        )?;
        equal(
            client.with_basic().send().await?.into_inner(),
            "user/pass:word".to_owned(),
        )?;
        equal(
            client.with_key().send().await?.into_inner(),
            "key-1".to_owned(),
        )
    };
    journey.call("with_bearer, with_basic, with_key", outcome.await);
}
