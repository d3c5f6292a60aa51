//! ZenML: sign-ins by OAuth 2.0, users, projects, tags, secrets, keys, stacks, models and pipelines.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::error::Error;
use std::process::ExitCode;

use countersign_runtime::{Credential, MemoryTokens, OAuth, Tokens};
use door::{Door, Told, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same};
use zenml_client::{Client, model, security};

/// The client of OAuth 2.0: the server wants a UUID.
const CLIENT: &str = "7d6a2a14-6a5e-4a83-bb2f-6e0c0d0e7f11";

type Found<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 0.98.0, PyPI");
    let stranger = Client::builder()
        .base_url(journey.url())
        .anonymous()
        .on_departure(told.hook())
        .build();
    let Ok(stranger) = stranger.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let oauth = OAuth::new(CLIENT, format!("{}/api/v1/login", journey.url()))
        .device_authorization_url(format!("{}/api/v1/device_authorization", journey.url()));
    let tokens = general(&mut journey, &stranger, &oauth).await;
    let Some(tokens) = tokens else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url());
    door.head = format!("Authorization: Bearer {}\r\n", tokens.access_token.expose());
    let client = Client::builder()
        .base_url(journey.url())
        .credential(Credential::oauth(
            security::COOKIE_OAUTH2_TOKEN_BEARER,
            oauth.clone(),
            MemoryTokens::new(tokens),
        ))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    device(&mut journey, &client, &stranger, &oauth, &door).await;
    users(&mut journey, &client, &door).await;
    tags(&mut journey, &client, &door).await;
    secrets(&mut journey, &client, &door).await;
    stacks(&mut journey, &client, &door).await;
    let project = projects(&mut journey, &client, &door).await;
    in_project(&mut journey, &client, &door, &project).await;
    told.say();
    journey.finish()
}

async fn general(journey: &mut Journey, stranger: &Client, oauth: &OAuth) -> Option<Tokens> {
    let outcome = async { equal(stranger.health().send().await?.as_str(), "ok") };
    journey.call("health", outcome.await);
    let outcome = async {
        let found = stranger.server_info().send().await?;
        equal(found.version.as_str(), "0.98.0")
    };
    journey.call("server_info", outcome.await);
    let outcome = async { refused(stranger.list_tags().send().await, 401).map(|_| ()) };
    journey.call("list_tags, by a stranger", outcome.await);
    let outcome = async {
        let wrong = oauth.password(stranger.as_ref(), "default", "wrong").await;
        equal(wrong.is_err(), true)
    };
    journey.call("a sign-in with a wrong password", outcome.await);
    let mut tokens = None;
    let outcome = async {
        tokens = Some(oauth.password(stranger.as_ref(), "default", "").await?);
        Ok(())
    };
    journey.call("a sign-in with a password", outcome.await);
    tokens
}

/// The device grant: one client asks for a code, and another, where somebody has signed in, confirms it.
async fn device(
    journey: &mut Journey,
    client: &Client,
    stranger: &Client,
    oauth: &OAuth,
    door: &Door,
) {
    let outcome = async {
        let device = oauth.device(stranger.as_ref()).await?;
        let page = device.verification_uri_complete().unwrap_or_default();
        equal(page.starts_with("http://127.0.0.1"), true)?;
        let id = page.split(['?', '&', '=']).nth(2).unwrap_or_default();
        let body = json!({ "user_code": device.user_code(), "trusted_device": true });
        let verified = client
            .verify_authorized_device(id.parse()?, of(body)?)
            .send()
            .await?;
        equal(verified.id.to_string().as_str(), id)?;
        let tokens = device.wait(stranger.as_ref()).await?;
        let own = Client::builder()
            .base_url(journey.url())
            .credential(security::cookie_oauth2_token_bearer(tokens.access_token))
            .build()?;
        equal(
            own.get_current_user().send().await?.name.as_str(),
            "default",
        )
    };
    journey.call("a sign-in with a device", outcome.await);
    let outcome = async {
        let found = client.list_authorized_devices().send().await?;
        within(&*found, &door.get("/api/v1/devices")?)?;
        equal(found.items.len(), 1)
    };
    journey.call("list_authorized_devices", outcome.await);
    let outcome = async {
        let found = door.get("/api/v1/devices")?;
        let id = found["items"][0]["id"].as_str().unwrap_or_default();
        client.delete_authorized_device(id.parse()?).send().await?;
        equal(door.get("/api/v1/devices")?["total"].clone(), json!(0))
    };
    journey.call("delete_authorized_device", outcome.await);
}

async fn users(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_current_user().send().await?;
        within(&*found, &door.get("/api/v1/current-user")?)
    };
    journey.call("get_current_user", outcome.await);
    let outcome = async {
        let body = json!({ "name": "ann", "password": "secret & word", "is_admin": false, "full_name": "Ännchen" });
        client.create_user(of(body)?).send().await?;
        let held = door.get("/api/v1/users/ann")?;
        equal(held["body"]["full_name"].clone(), json!("Ännchen"))
    };
    journey.call("create_user", outcome.await);
    let outcome = async {
        let found = client.get_user(of(json!("ann"))?).send().await?;
        within(&*found, &door.get("/api/v1/users/ann")?)
    };
    journey.call("get_user", outcome.await);
    let outcome = async {
        let body = json!({ "name": "ann", "password": "other", "is_admin": false });
        refused(client.create_user(of(body)?).send().await, 409).map(|_| ())
    };
    journey.call("create_user, twice", outcome.await);
    let outcome = async {
        let found = client.list_users().send().await?;
        within(&*found, &door.get("/api/v1/users")?)?;
        equal(found.items.len(), 2)
    };
    journey.call("list_users", outcome.await);
    let outcome = async {
        client.delete_user(of(json!("ann"))?).send().await?;
        equal(door.get("/api/v1/users")?["total"].clone(), json!(1))
    };
    journey.call("delete_user", outcome.await);
    let mut account = None;
    let outcome = async {
        let body = json!({ "name": "robot", "active": true, "description": "one \"two\"" });
        let made = client.create_service_account(of(body)?).send().await?;
        account = Some(made.id);
        let held = door.get("/api/v1/service_accounts/robot")?;
        equal(
            held["metadata"]["description"].clone(),
            json!("one \"two\""),
        )
    };
    journey.call("create_service_account", outcome.await);
    let outcome = async {
        let account = account.ok_or("no account")?;
        let body = json!({ "name": "key", "description": "d" });
        let made = client.create_api_key(account, of(body)?).send().await?;
        let made = countersign_runtime::wire::to_value(&*made)?;
        let path = format!("/api/v1/service_accounts/{account}/api_keys/key");
        equal(door.get(&path)?["id"].clone(), made["id"].clone())
    };
    journey.call("create_api_key", outcome.await);
    let outcome = async {
        let account = account.ok_or("no account")?;
        let found = client.list_api_keys(account).send().await?;
        equal(found.items.len(), 1)?;
        client
            .delete_api_key(account, of(json!("key"))?)
            .send()
            .await?;
        equal(client.list_api_keys(account).send().await?.items.len(), 0)
    };
    journey.call("list_api_keys, delete_api_key", outcome.await);
}

fn tag(door: &Door, id: &str) -> Found<Value> {
    door.get(&format!("/api/v1/tags/{id}?hydrate=true"))
}

async fn tags(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = None;
    let outcome = async {
        for name in ["one", "two words", "drei & vier"] {
            let body = of::<model::TagRequest>(json!({ "name": name, "color": "red" }))?;
            let made = client.create_tag(body).send().await?;
            id = Some(made.id);
            equal(
                tag(door, &made.id.to_string())?["name"].clone(),
                json!(name),
            )?;
        }
        Ok(())
    };
    journey.call("create_tag", outcome.await);
    let outcome = async {
        let id = id.ok_or("no tag")?;
        let found = client.get_tag(id).send().await?;
        within(&*found, &tag(door, &id.to_string())?)
    };
    journey.call("get_tag", outcome.await);
    let outcome = async {
        let found = client
            .list_tags()
            .page(2)
            .size(2)
            .sort_by("name")
            .send()
            .await?;
        equal((found.total, found.items.len()), (3, 1))?;
        equal(found.items[0].name.as_str(), "two words")
    };
    journey.call("list_tags, the second page", outcome.await);
    let outcome = async {
        let ask = client.list_tags().name(of(json!("contains:&"))?);
        let found = ask.send().await?;
        equal(found.items.len(), 1)
    };
    journey.call("list_tags, filtered", outcome.await);
    let outcome = async {
        let id = id.ok_or("no tag")?;
        let body = of::<model::TagUpdate>(json!({ "color": "blue" }))?;
        client.update_tag(id, body).send().await?;
        equal(
            tag(door, &id.to_string())?["body"]["color"].clone(),
            json!("blue"),
        )
    };
    journey.call("update_tag", outcome.await);
    let outcome = async {
        let id = id.ok_or("no tag")?;
        client.delete_tag(id).send().await?;
        refused(client.get_tag(id).send().await, 404).map(|_| ())
    };
    journey.call("delete_tag, get_tag of none", outcome.await);
    let outcome = async {
        let raw = client
            .get_tag(CLIENT.parse()?)
            .path_segment("tag_id", "a b ?");
        refused(raw.send().await, 422).map(|_| ())
    };
    journey.call("get_tag, of what is not an id", outcome.await);
}

async fn secrets(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = None;
    let outcome = async {
        let body = json!({ "name": "keys", "values": { "a": "ü \"1\"", "b": "" } });
        let made = client
            .create_secret_api_v1_secrets_post(of(body)?)
            .send()
            .await?;
        id = Some(made.id);
        let held = door.get(&format!("/api/v1/secrets/{}", made.id))?;
        equal(
            held["body"]["values"].clone(),
            json!({ "a": "ü \"1\"", "b": "" }),
        )
    };
    journey.call("create_secret", outcome.await);
    let outcome = async {
        let id = id.ok_or("no secret")?;
        let found = client.get_secret(id).send().await?;
        equal(found.name.as_str(), "keys")?;
        // Debug output has no secret in it.
        equal(format!("{found:?}").contains("ü \"1\""), false)
    };
    journey.call("get_secret", outcome.await);
    let outcome = async {
        let id = id.ok_or("no secret")?;
        let body = json!({ "values": { "b": "2" } });
        client.update_secret(id, of(body)?).send().await?;
        let held = door.get(&format!("/api/v1/secrets/{id}"))?;
        equal(held["body"]["values"]["b"].clone(), json!("2"))
    };
    journey.call("update_secret", outcome.await);
    let outcome = async {
        client.delete_secret(id.ok_or("no secret")?).send().await?;
        equal(door.get("/api/v1/secrets")?["total"].clone(), json!(0))
    };
    journey.call("delete_secret", outcome.await);
}

async fn stacks(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.list_stacks_api_v1_stacks_get().send().await?;
        within(&*found, &door.get("/api/v1/stacks")?)?;
        equal(found.items.len(), 1)
    };
    journey.call("list_stacks", outcome.await);
    let outcome = async {
        let stacks = door.get("/api/v1/stacks")?;
        let id = stacks["items"][0]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let found = client.get_stack(id.parse()?).send().await?;
        within(&*found, &door.get(&format!("/api/v1/stacks/{id}"))?)
    };
    journey.call("get_stack", outcome.await);
    let mut id = None;
    let outcome = async {
        let body = json!({ "name": "store", "type": "artifact_store", "flavor": "local",
            "configuration": { "path": "" }, "labels": { "a b": "c&d" } });
        let made = client
            .create_stack_component_api_v1_components_post(of(body)?)
            .send()
            .await?;
        id = Some(made.id);
        let held = door.get(&format!("/api/v1/components/{}", made.id))?;
        equal(held["metadata"]["labels"].clone(), json!({ "a b": "c&d" }))
    };
    journey.call("create_stack_component", outcome.await);
    let outcome = async {
        let id = id.ok_or("no component")?;
        let found = client.get_stack_component(id).send().await?;
        within(&*found, &door.get(&format!("/api/v1/components/{id}"))?)?;
        client.deregister_stack_component(id).send().await?;
        let (found, _) = door.ask("GET", &format!("/api/v1/components/{id}"), "")?;
        equal(found, 404)
    };
    journey.call(
        "get_stack_component, deregister_stack_component",
        outcome.await,
    );
    let outcome = async {
        let found = client.list_flavors().send().await?;
        equal(found.items.is_empty(), false)?;
        within(&*found, &door.get("/api/v1/flavors")?)
    };
    journey.call("list_flavors", outcome.await);
    let outcome = async {
        let found = client.get_settings().send().await?;
        within(&*found, &door.get("/api/v1/settings")?)
    };
    journey.call("get_settings", outcome.await);
    let outcome = async {
        let found = client.get_server_statistics().send().await?;
        within(&*found, &door.get("/api/v1/statistics")?)
    };
    journey.call("get_server_statistics", outcome.await);
}

async fn projects(journey: &mut Journey, client: &Client, door: &Door) -> String {
    let mut id = String::new();
    let outcome = async {
        let body = json!({ "name": "works", "display_name": "Works & more", "description": "ß" });
        let made = client
            .create_project_api_v1_projects_post(of(body)?)
            .send()
            .await?;
        id = made.id.to_string();
        let held = door.get("/api/v1/projects/works")?;
        equal(held["body"]["display_name"].clone(), json!("Works & more"))
    };
    journey.call("create_project", outcome.await);
    let outcome = async {
        let found = client
            .get_project_api_v1_projects_project_name_or_id_get(of(json!("works"))?)
            .send()
            .await?;
        within(&*found, &door.get("/api/v1/projects/works")?)
    };
    journey.call("get_project", outcome.await);
    let outcome = async {
        let body = json!({ "description": "changed" });
        client
            .update_project_api_v1_projects_project_name_or_id_put(id.parse()?, of(body)?)
            .send()
            .await?;
        let held = door.get("/api/v1/projects/works")?;
        equal(held["metadata"]["description"].clone(), json!("changed"))
    };
    journey.call("update_project", outcome.await);
    id
}

async fn in_project(journey: &mut Journey, client: &Client, door: &Door, project: &str) {
    let mut id = None;
    let outcome = async {
        let body =
            json!({ "project": project, "name": "net", "description": "d", "tags": ["one"] });
        let made = client
            .create_model_api_v1_models_post(of(body)?)
            .send()
            .await?;
        id = Some(made.id);
        let held = door.get(&format!("/api/v1/models/{}", made.id))?;
        equal(held["metadata"]["description"].clone(), json!("d"))
    };
    journey.call("create_model", outcome.await);
    let outcome = async {
        let id = id.ok_or("no model")?;
        let found = client.get_model(id).send().await?;
        within(&*found, &door.get(&format!("/api/v1/models/{id}"))?)
    };
    journey.call("get_model", outcome.await);
    let outcome = async {
        let id = id.ok_or("no model")?;
        let body = json!({ "license": "MIT", "add_tags": ["new"] });
        client.update_model(id, of(body)?).send().await?;
        let held = door.get(&format!("/api/v1/models/{id}"))?;
        equal(held["metadata"]["license"].clone(), json!("MIT"))
    };
    journey.call("update_model", outcome.await);
    let outcome = async {
        let body = json!({ "project": project, "name": "train" });
        let made = client
            .create_pipeline_api_v1_pipelines_post(of(body)?)
            .send()
            .await?;
        let found = client.get_pipeline(made.id).send().await?;
        within(
            &*found,
            &door.get(&format!("/api/v1/pipelines/{}", made.id))?,
        )?;
        client.delete_pipeline(made.id).send().await?;
        let (found, _) = door.ask("GET", &format!("/api/v1/pipelines/{}", made.id), "")?;
        equal(found, 404)
    };
    journey.call(
        "create_pipeline, get_pipeline, delete_pipeline",
        outcome.await,
    );
    let outcome = async {
        client.delete_model(id.ok_or("no model")?).send().await?;
        client
            .delete_project_api_v1_projects_project_name_or_id_delete(of(json!("works"))?)
            .send()
            .await?;
        let (found, _) = door.ask("GET", "/api/v1/projects/works", "")?;
        equal(found, 404)
    };
    journey.call("delete_model, delete_project", outcome.await);
    let outcome = async { same(&client.health().send().await?.as_str(), json!("ok")) };
    journey.call("health, at the end", outcome.await);
}
