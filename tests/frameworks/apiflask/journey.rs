//! Every operation of the APIFlask app.

#[path = "../support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::{Credential, Date, DateTime, Retry};
use parcels_client::{Client, UploadManyForm, UploadMaybeForm, UploadOneForm, model, security};
use serde_json::{Value, json};
use support::{
    BIG, ID, Journey, TEXTS, equal, fails, file, moments, of, parcel, refused, same, status,
};

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
    let mut id = String::new();
    let outcome = async {
        let body = of::<model::NewParcel>(parcel())?;
        let made = client.create_parcel(body).send().await?;
        status(made.status(), 201)?;
        id = json!(made.id).as_str().unwrap_or_default().to_owned();
        let location = made.headers().get("location").ok_or("no Location")?;
        equal(location.to_str()?, &format!("/parcels/{id}"))?;
        let mut expected = parcel();
        expected["sent_at"] = json!("2026-02-28T23:59:59.123000+00:00");
        expected["id"] = json!(made.id);
        same(&*made, expected.clone())?;
        journey.holds("create_parcel", expected)
    };
    journey.call("create_parcel", outcome.await);
    let outcome = async {
        let body = of::<model::NewParcel>(parcel())?;
        let again = client.create_parcel(body).send().await;
        fails(
            again,
            409,
            json!({ "code": "conflict", "message": parcel()["name"] }),
        )
    };
    journey.call("create_parcel, conflict", outcome.await);
    let id = id.as_str();
    let outcome = async { same(&client.get_parcel(id).send().await?.price, json!("19.90")) };
    journey.call("get_parcel", outcome.await);
    let missing = client.get_parcel(ID).send().await;
    journey.call(
        "get_parcel, missing",
        fails(missing, 404, json!({ "code": "missing", "message": ID })),
    );
    let outcome = async {
        let patch = json!({ "comment": "new", "address": null, "tags": [] });
        let body = of::<model::NewParcelUpdate>(patch.clone())?;
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
        journey.holds(
            "list_parcels",
            json!({
                "kinds": ["box", "letter"], "sizes": [1, -2], "fragile": true, "made_after": "2026-01-01",
                "sent_before": "2026-03-01T00:00:00+01:00", "price_below": "100.5", "name": "a b+c&d=é", "limit": 1, "offset": 0,
            }),
        )
    };
    journey.call("list_parcels", outcome.await);
    let outcome = async {
        client.list_parcels().send().await?;
        journey.holds("list_parcels", json!({ "limit": 20, "offset": 0 }))
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
    let outcome = async {
        let leaf = |name: &str| json!({ "name": name, "children": [] });
        let tree = json!({ "name": "root", "children": [leaf("a"), leaf("b")], "left": leaf("c") });
        let body = of::<model::Tree>(tree.clone())?;
        let echo = client.echo_tree(body).send().await?;
        same(&*echo, tree.clone())?;
        journey.holds("echo_tree", tree)
    };
    journey.call("echo_tree", outcome.await);
    let timed = || {
        let mut moments = moments(BIG);
        moments["lasts"] = json!(93600.5);
        moments["amount"] = json!(12.5);
        moments
            .as_object_mut()
            .map(|members| members.remove("data"));
        moments
    };
    let outcome = async {
        let body = of::<model::Moments>(timed())?;
        client.echo_moments(body).send().await?;
        Ok(())
    };
    let reason = "`Decimal()` is documented as a number and sent as a text.";
    journey.contradiction("echo_moments", reason, outcome.await);
    let outcome = async {
        journey.holds("echo_moments", timed())?;
        let body = of::<model::Moments>(timed())?;
        let answer = client.echo_moments(body).raw().await?;
        let mut expected = timed();
        expected["amount"] = json!("12.5");
        equal(
            serde_json::from_slice::<Value>(&answer.into_inner())?,
            expected,
        )
    };
    journey.call("echo_moments, raw", outcome.await);
    for presence in [
        json!({ "must": "m", "must_nullable": null, "number": 7 }),
        json!({ "must": "", "must_nullable": "n", "may": "m", "may_nullable": null, "number": 0 }),
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
            "texts": { "a": "b" }, "nested": { "x": { "y": 1 } }, "anything": [1, { "z": null }],
        });
        let body = of::<model::Maps>(maps.clone())?;
        let echo = client.echo_maps(body).send().await?;
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
            file("b", "application/x-b", b""),
        ];
        let form = UploadManyForm::new(files).tags(vec!["x,y".to_owned(), "z".to_owned()]);
        client.upload_many(form).send().await?;
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
        client
            .upload_maybe(UploadMaybeForm::new().note("n"))
            .send()
            .await?;
        journey.holds("upload_maybe", json!({ "file": null, "note": "n" }))?;
        let form = UploadMaybeForm::new().file(file("f", "text/csv", b"a,b"));
        client.upload_maybe(form).send().await?;
        journey.holds(
            "upload_maybe",
            json!({ "file": { "name": "f", "type": "text/csv", "hex": "612c62" }, "note": null }),
        )
    };
    journey.call("upload_maybe", outcome.await);
    let outcome = async {
        let content = client.get_content("a b").send().await?.into_inner();
        equal(content.bytes(100).await?.to_vec(), b"\x89PNG\0".to_vec())
    };
    journey.call("get_content", outcome.await);
    let outcome = async {
        let form = json!({
            "name": "a b&c=d+é", "count": 3, "weight": 2, "made_on": "2026-01-01", "fragile": true,
            "tags": ["x,y", ""], "note": "n",
        });
        let body = of::<model::Sent>(form.clone())?;
        client.send_form(body).send().await?;
        journey.holds("send_form", form)
    };
    journey.call("send_form", outcome.await);
}

async fn parameters(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let call = client.read_headers("text, \"quoted\"").x_number(-5);
        let answer = call.send().await?;
        let seen = answer.headers().get("x-seen").ok_or("no X-Seen")?;
        equal(seen.to_str()?, "text, \"quoted\"")?;
        journey.holds(
            "read_headers",
            json!({ "text": "text, \"quoted\"", "number": -5 }),
        )
    };
    journey.call("read_headers", outcome.await);
    let outcome = async {
        client.read_cookies("s-1").visits(3).send().await?;
        journey.holds("read_cookies", json!({ "session": "s-1", "visits": 3 }))
    };
    journey.call("read_cookies", outcome.await);
    let outcome = async {
        client.read_path("t", 5.0, "box").send().await?;
        Ok(())
    };
    let reason =
        "`<float:number>` is documented as a number and finds nothing for a whole one, `5`.";
    journey.contradiction("read_path, a whole number", reason, outcome.await);
    let outcome = async {
        equal(client.read_whole(7).send().await?.number, 7)?;
        equal(
            client.read_rest("a/b c").send().await?.rest.clone(),
            "a/b c".to_owned(),
        )
    };
    journey.call("read_whole, read_rest", outcome.await);
    for text in TEXTS {
        let outcome = async {
            let echo = client.read_path(text, 5.5, "pallet").send().await?;
            equal(echo.text.as_str(), text)?;
            journey.holds(
                "read_path",
                json!({ "text": text, "number": 5.5, "kind": "pallet" }),
            )
        };
        journey.call(&format!("read_path, {text}"), outcome.await);
    }
}

async fn answers(journey: &mut Journey, client: &Client) {
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
        let body: Value = serde_json::from_slice(error.raw_body().unwrap_or_default())?;
        equal(&body["message"], &json!("no reason"))
    };
    journey.call("fail, 503", outcome.await);
    let outcome = async { status(client.nothing().send().await?.status(), 202) };
    journey.call("nothing", outcome.await);
    let outcome = async {
        equal(
            client.with_bearer().send().await?.secret.as_str(),
            "token-1",
        )?;
        equal(
            client.with_basic().send().await?.secret.as_str(),
            "user/pass:word",
        )?;
        equal(client.with_key().send().await?.secret.as_str(), "key-1")
    };
    journey.call("with_bearer, with_basic, with_key", outcome.await);
}
