//! Every operation of the Django REST framework app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, Date, DateTime, Retry};
use parcels_client::{Client, UploadManyForm, UploadMaybeForm, UploadOneForm, model, security};
use serde_json::{Value, json};
use support::{
    BIG, ID, Journey, TEXTS, all, equal, fails, file, moments, of, parcel, refused, same, status,
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
        let made = client
            .create_parcel(of::<model::NewParcelRequest>(parcel())?)
            .send()
            .await?;
        status(made.status(), 201)?;
        let location = made.headers().get("location").ok_or("no Location")?;
        equal(location.to_str()?, &format!("/parcels/{}", made.id))?;
        id = Some(made.id);
        let mut expected = parcel();
        expected["id"] = json!(made.id);
        expected["comment"] = Value::Null;
        expected["sent_at"] = json!("2026-02-28T23:59:59.123000Z");
        same(&*made, expected.clone())?;
        journey.holds("create_parcel", expected)
    };
    journey.call("create_parcel", outcome.await);
    let outcome = async {
        let again = client
            .create_parcel(of::<model::NewParcelRequest>(parcel())?)
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
    let outcome = async { same(&client.get_parcel(id).send().await?.price, json!("19.90")) };
    journey.call("get_parcel", outcome.await);
    let missing = client
        .get_parcel(of(json!(ID)).unwrap_or_default())
        .send()
        .await;
    journey.call(
        "get_parcel, missing",
        fails(missing, 404, json!({ "code": "missing", "message": ID })),
    );
    let outcome = async {
        let patch = json!({ "comment": "new", "address": null, "tags": [] });
        let body = of::<model::PatchedNewParcelRequest>(patch.clone())?;
        let patched = client.update_parcel(id, body).send().await?;
        same(&patched.comment, json!("new"))?;
        same(&patched.address, Value::Null)?;
        journey.holds("update_parcel", patch)
    };
    journey.call("update_parcel", outcome.await);
    let outcome = async {
        let (kinds, made_after) = (
            of::<Vec<model::ListParcelsKind>>(json!(["box", "letter"]))?,
            of::<Date>(json!("2026-01-01"))?,
        );
        let sent_before = of::<DateTime>(json!("2026-03-01T00:00:00+01:00"))?;
        let list = client
            .list_parcels()
            .kinds(kinds)
            .sizes(vec![1, -2])
            .fragile(true)
            .made_after(made_after)
            .sent_before(sent_before)
            .price_below(100.5)
            .name("a b+c&d=é")
            .limit(1)
            .offset(0);
        let page = list.send().await?;
        equal((page.total, page.items.len()), (1, 1))?;
        journey.holds("list_parcels", json!({
            "kinds": ["box", "letter"], "sizes": ["1", "-2"], "fragile": ["true"], "made_after": ["2026-01-01"],
            "sent_before": ["2026-03-01T00:00:00+01:00"], "price_below": ["100.5"], "name": ["a b+c&d=é"],
            "limit": ["1"], "offset": ["0"],
        }))
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        client.list_parcels().send().await?;
        journey.holds("list_parcels", json!({}))
    };
    journey.call("list_parcels, nothing", outcome.await);
    let outcome = async { status(client.delete_parcel(id).send().await?.status(), 204) };
    journey.call("delete_parcel", outcome.await);
    let gone = client.delete_parcel(id).send().await;
    journey.call(
        "delete_parcel, missing",
        fails(gone, 404, json!({ "code": "missing", "message": id })),
    );
}

async fn values(journey: &mut Journey, client: &Client) {
    for shape in [
        json!({ "kind": "circle", "radius": 1 }),
        json!({ "kind": "square", "side": 0.1, "label": "s" }),
    ] {
        let outcome = async {
            let body = of::<model::ShapeRequest>(shape.clone())?;
            let echo = client.echo_shape(body).send().await?;
            same(&*echo, shape.clone())?;
            journey.holds("echo_shape", shape)
        };
        journey.call("echo_shape", outcome.await);
    }
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name, "children": [], "left": null });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let echo = client
            .echo_tree(of::<model::TreeRequest>(tree.clone())?)
            .send()
            .await?;
        same(&*echo, tree.clone())?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let outcome = async {
        let mut moments = moments(BIG);
        if let Some(members) = moments.as_object_mut() {
            members.remove("data");
            members.insert("address".to_owned(), json!("::1"));
        }
        let echo = client
            .echo_moments(of::<model::MomentsRequest>(moments.clone())?)
            .send()
            .await?;
        journey.holds("echo_moments", moments.clone())?;
        moments["at"] = json!("2024-02-29T06:30:00Z");
        moments["lasts"] = json!("1 02:00:00");
        same(&*echo, moments)
    };
    journey.call("echo_moments", outcome.await);
    for presence in [
        json!({ "must": "m", "must_nullable": null, "may_nullable": null, "choice": null, "number": 7 }),
        json!({ "must": "", "must_nullable": "n", "may": "m", "may_nullable": null, "choice": "", "number": 0 }),
        json!({ "must": "", "must_nullable": "n", "maybe_flag": true, "may_nullable": "m", "choice": "down", "number": 0 }),
    ] {
        let outcome = async {
            let echo = client
                .echo_presence(of::<model::PresenceRequest>(presence.clone())?)
                .send()
                .await?;
            same(&*echo, presence.clone())?;
            journey.holds("echo_presence", presence)
        };
        journey.call("echo_presence", outcome.await);
    }
    let outcome = async {
        let maps = json!({
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "anything": [1, { "z": null }],
        });
        let echo = client
            .echo_maps(of::<model::MapsRequest>(maps.clone())?)
            .send()
            .await?;
        same(&*echo, maps.clone())?;
        journey.holds("echo_maps", maps)
    };
    journey.call("echo_maps", outcome.await);
}

async fn bodies(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let one = file("naïve file.txt", "text/x-plain", b"one\r\n--two");
        let form = UploadOneForm::new(one, "a caption").copies(2);
        client.upload_one(form).send().await?;
        journey.holds(
            "upload_one",
            json!({
                "file": { "name": "naïve file.txt", "type": "text/x-plain", "hex": "6f6e650d0a2d2d74776f" },
                "caption": "a caption", "copies": 2,
            }),
        )
    };
    journey.call("upload_one", outcome.await);
    let outcome = async {
        let files = vec![
            file("a", "image/png", b"\x89PNG"),
            file("b", "application/x-b", b"\0"),
        ];
        let form = UploadManyForm::new(files).tags(vec!["x,y".to_owned(), "z".to_owned()]);
        equal(client.upload_many(form).send().await?.into_inner(), 2)?;
        journey.holds(
            "upload_many",
            json!({
                "files": [
                    { "name": "a", "type": "image/png", "hex": "89504e47" },
                    { "name": "b", "type": "application/x-b", "hex": "00" },
                ],
                "tags": ["x,y", "z"],
            }),
        )
    };
    journey.call("upload_many", outcome.await);
    let outcome = async {
        equal(
            client
                .upload_maybe(UploadMaybeForm::new().note("n"))
                .send()
                .await?
                .into_inner(),
            false,
        )?;
        journey.holds("upload_maybe", json!({ "file": null, "note": "n" }))?;
        let form = UploadMaybeForm::new().file(file("f", "text/csv", b"a,b"));
        equal(client.upload_maybe(form).send().await?.into_inner(), true)?;
        journey.holds(
            "upload_maybe",
            json!({ "file": { "name": "f", "type": "text/csv", "hex": "612c62" }, "note": null }),
        )
    };
    journey.call("upload_maybe", outcome.await);
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
        let form = json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true,
            "tags": ["x,y", ""], "note": "n",
        });
        client
            .send_form(of::<model::SentRequest>(form.clone())?)
            .send()
            .await?;
        journey.holds("send_form", form)
    };
    journey.call("send_form", outcome.await);
    let outcome = async {
        let call = client.put_numbers(vec![1, -2]);
        equal(call.send().await?.into_inner(), vec![1, -2])
    };
    journey.call("put_numbers", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let call = client
            .read_headers("text, \"quoted\"")
            .x_number(-5)
            .session("s-1");
        let answer = call.send().await?;
        let seen = answer.headers().get("x-seen").ok_or("no X-Seen")?;
        equal(seen.to_str()?, "text, \"quoted\"")?;
        journey.holds(
            "read_headers",
            json!({ "text": "text, \"quoted\"", "number": "-5", "session": "s-1" }),
        )
    };
    journey.call("read_headers", outcome.await);
    for text in TEXTS {
        let outcome = async {
            let echo = client.read_path(text, 5, "pallet").send().await?;
            equal(echo.into_inner(), text.to_owned())?;
            journey.holds(
                "read_path",
                json!({ "text": text, "number": 5, "kind": "pallet" }),
            )
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
}

async fn answers(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let ticks = all(client.read_lines().send().await?.into_inner()).await?;
        same(
            &ticks,
            json!([{ "code": "teapot", "message": "a" }, { "code": "teapot", "message": "b" }]),
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
    let teapot = client.fail(418).send().await;
    journey.call(
        "fail, 418",
        fails(
            teapot,
            418,
            json!({ "code": "teapot", "message": "short and stout" }),
        ),
    );
    let outcome = async {
        let error = refused(client.fail(503).retry(Retry::off()).send().await, 503)?;
        equal(
            error.raw_body().unwrap_or_default(),
            b"{\"detail\":\"no reason\"}",
        )
    };
    journey.call("fail, 503", outcome.await);
    let outcome = async { status(client.nothing().send().await?.status(), 202) };
    journey.call("nothing", outcome.await);
    let outcome = async {
        equal(
            client.with_bearer().send().await?.into_inner(),
            "Bearer token-1".to_owned(),
        )?;
        equal(
            client.with_basic().send().await?.into_inner(),
            "Basic dXNlcjpwYXNzOndvcmQ=".to_owned(),
        )?;
        equal(
            client.with_key().send().await?.into_inner(),
            "key-1".to_owned(),
        )
    };
    journey.call("with_bearer, with_basic, with_key", outcome.await);
}
