//! Directus: a collection of its own with a field of each kind, folders, users, roles, fields and what the server says of
//! itself.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::process::ExitCode;

use countersign_runtime::MemberReading;
use directus_client::{Client, model, security};
use door::{Door, Told, set, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, status};

const TOKEN: &str = "Bearer token-of-the-admin";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    let client = Client::builder()
        .base_url(journey.url())
        .credential_for_all(security::auth(TOKEN))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url());
    door.head = format!("Authorization: {TOKEN}\r\n");
    println!("version: 11.1.0, npm");
    server(&mut journey, &client, &door).await;
    sessions(&mut journey, &client).await;
    folders(&mut journey, &client, &door).await;
    items(&mut journey, &client, &door).await;
    files(&mut journey, &client, &door).await;
    collections(&mut journey, &client, &door).await;
    people(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

async fn server(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.ping().send().await?;
        equal(found.as_str(), "pong")
    };
    journey.call("ping", outcome.await);
    let outcome = async {
        let found = client.server_info(0).send().await?;
        within(&*found, &door.get("/server/info")?)
    };
    journey.call("serverInfo", outcome.await);
    let outcome = async {
        let found = client.random().length(12).send().await?;
        equal(found.data.as_ref().map(String::len), Some(12))
    };
    journey.call("random", outcome.await);
    let outcome = async {
        let made = client.hash_generate(model::HashGenerateBody::new("a b")).send().await?;
        let hash = made.data.clone().ok_or("no hash")?;
        let found = client.hash_verify(model::HashVerifyBody::new("a b", hash)).send().await?;
        equal(found.data, Some(true))
    };
    journey.call("hash-generate, hash-verify", outcome.await);
    let outcome = async {
        let found = client.schema_snapshot().send().await?;
        let directus_client::schema::SchemaSnapshotSuccess::Ok(found) = &*found else {
            return Err(format!("{found:?}").into());
        };
        within(found, &door.get("/schema/snapshot")?)
    };
    journey.call("schemaSnapshot", outcome.await);
    let outcome = async {
        let found = client.get_settings().send().await?;
        within(&*found, &door.get("/settings")?)
    };
    journey.call("getSettings", outcome.await);
    let outcome = async {
        let body = BTreeMap::from([("project_name".to_owned(), json!("Ann & Ben"))]);
        client.update_setting(body).send().await?;
        equal(door.get("/settings")?["data"]["project_name"].clone(), json!("Ann & Ben"))
    };
    journey.call("updateSetting", outcome.await);
}

async fn sessions(journey: &mut Journey, client: &Client) {
    let login = |password: &str| model::LoginBody::new("admin@example.com", password);
    let outcome = async {
        let error = refused(client.login(login("wrong")).send().await, 401)?;
        let problem = error.problem().ok_or("no problem")?;
        equal(problem.message(), Some("Invalid user credentials."))
    };
    journey.call("login, with a wrong password", outcome.await);
    let outcome = async {
        let found = client.login(login("secret")).send().await?;
        let data = found.data.as_ref().ok_or("no data")?;
        let token = data.access_token.clone().ok_or("no token")?;
        let other = Client::builder()
            .base_url(journey.url())
            .credential_for_all(security::auth(format!("Bearer {token}")))
            .build()?;
        let me = other.get_me().fields(vec!["email".to_owned()]).send().await?;
        let me = me.data.as_ref().ok_or("nobody")?;
        equal(me.email.as_deref(), Some("admin@example.com"))?;
        equal(me.id.as_deref(), None)?;
        let refresh = data.refresh_token.clone().ok_or("no token")?;
        let body = of::<model::RefreshBody>(json!({ "refresh_token": refresh, "mode": "json" }))?;
        let again = other.refresh(body).send().await?;
        let refresh = again.data.as_ref().and_then(|data| data.refresh_token.clone());
        let body = of::<model::LogoutBody>(json!({ "refresh_token": refresh }))?;
        let done = other.logout(body).send().await?;
        status(done.status(), 204)
    };
    let outcome = outcome.await;
    journey.call("login, getMe, refresh, logout", outcome);
    let outcome = async {
        let bare = Client::builder().base_url(journey.url()).build()?;
        let error = refused(bare.get_folders().send().await, 403)?;
        equal(error.to_string().contains("`Builder::credential_for_all`"), true)?;
        let wrong = Client::builder()
            .base_url(journey.url())
            .credential_for_all(security::auth("token-of-the-admin"))
            .build()?;
        let error = refused(wrong.get_folders().send().await, 403)?;
        equal(error.to_string().contains("`Bearer` and a space"), true)
    };
    let outcome = outcome.await;
    journey.call("getFolders, without a credential", outcome);
}

async fn folders(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let made = client.create_folder(model::CreateFolderBody::new("a/b 1")).send().await?;
        let made = made.data.as_ref().ok_or("no data")?;
        id = made.id.clone().ok_or("no id")?;
        equal(door.get(&format!("/folders/{id}"))?["data"]["name"].clone(), json!("a/b 1"))
    };
    journey.call("createFolder", outcome.await);
    let outcome = async {
        let body = json!({ "name": "inner", "parent": id });
        let made = client.create_folder(None).json_body(&body).send().await?;
        let made = made.data.as_ref().ok_or("no data")?;
        let inner = made.id.clone().ok_or("no id")?;
        within(made, &door.get(&format!("/folders/{inner}"))?["data"])?;
        equal(door.get(&format!("/folders/{inner}"))?["data"]["parent"].clone(), json!(id))
    };
    journey.call("createFolder, in another", outcome.await);
    let outcome = async {
        let found = client.get_folder(&*id).send().await?;
        within(&*found, &door.get(&format!("/folders/{id}"))?)
    };
    journey.call("getFolder", outcome.await);
    let outcome = async {
        let body = of::<model::UpdateFolderBody>(json!({ "name": "b" }))?;
        client.update_folder(&*id, body).send().await?;
        equal(door.get(&format!("/folders/{id}"))?["data"]["name"].clone(), json!("b"))
    };
    journey.call("updateFolder", outcome.await);
    let outcome = async {
        for number in 1..=5 {
            client.create_folder(model::CreateFolderBody::new(format!("f{number}"))).send().await?;
        }
        let mut pages = client.get_folders().limit(2).sort(vec!["-name".to_owned()]).items();
        let mut names = Vec::new();
        while let Some(folder) = pages.next().await? {
            names.push(folder.name.clone().unwrap_or_default());
        }
        equal(names.join(" "), "inner f5 f4 f3 f2 f1 b".to_owned())
    };
    journey.call("getFolders, in pages", outcome.await);
    let outcome = async {
        let filter = BTreeMap::from([("name".to_owned(), json!({ "_starts_with": "f" }))]);
        let found = client.get_folders().filter(filter.clone()).meta("*").send().await?;
        let meta = found.meta.as_ref().ok_or("no meta")?;
        equal((meta.total_count, meta.filter_count), (Some(7), Some(5)))?;
        let mut pages = client.get_folders().filter(filter).meta("*").limit(2).items();
        let mut count = 0;
        while pages.next().await?.is_some() {
            count += 1;
        }
        equal(count, 5)
    };
    journey.call("getFolders, some in pages", outcome.await);
    let outcome = async {
        let held = door.get("/folders?filter={%22name%22:{%22_starts_with%22:%22f%22}}&fields=id")?;
        let ids: Vec<Value> = held["data"].as_array().into_iter().flatten().map(|folder| folder["id"].clone()).collect();
        let done = client.delete_folders().json_body(&ids).send().await?;
        status(done.status(), 204)?;
        equal(door.get("/folders")?["data"].as_array().map(Vec::len), Some(2))
    };
    journey.call("deleteFolders", outcome.await);
    let outcome = async {
        let held = door.get("/folders?sort=-name&fields=id")?;
        for folder in held["data"].as_array().into_iter().flatten() {
            let one = folder["id"].as_str().ok_or("no id")?;
            let done = client.delete_folder(one).send().await?;
            status(done.status(), 204)?;
        }
        let error = refused(client.get_folder(&*id).send().await, 403)?;
        let problem = error.problem().ok_or("no problem")?;
        equal(problem.message(), Some("You don't have permission to access this."))
    };
    journey.call("deleteFolder", outcome.await);
}

fn article(title: &str) -> Value {
    json!({
        "title": title, "body": "“x” & y\n", "views": 3, "big": 9_007_199_254_740_993_i64, "price": 19.9, "rating": -0.5,
        "published": true, "day": "2026-02-28", "seen_at": "2026-02-28T23:59:59", "clock": "23:59:58",
        "sent_at": "2026-02-28T23:59:59.123Z", "labels": ["a", "b c"], "extra": { "deep": [1, null, { "x": "é" }] },
        "code": "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a",
    })
}

async fn items(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = of::<model::CreateItemsArticlesBody>(article("One"))?;
        let ask = || client.create_items_articles(body.clone());
        let error = ask().send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`one-for-list`"), true)?;
        let made = ask().reading_of("/data", MemberReading::OneForList).send().await?;
        let made = made.data.as_ref().ok_or("no data")?;
        equal(made.len(), 1)?;
        within(&made[0], &door.get("/items/articles/2")?["data"])?;
        client.delete_single_items_articles(1.into()).send().await?;
        Ok(())
    };
    set(
        "`createItemsArticles`: `/data` as `one-for-list`, since an object is sent for one item where the document has a list",
    );
    journey.call("createItemsArticles", outcome.await);
    let outcome = async {
        let body = of::<model::CreateItemsArticlesBody>(json!([article("Two"), { "title": "Three" }]))?;
        let made = client.create_items_articles(body).send().await?;
        let made = made.data.as_ref().ok_or("no data")?;
        equal(made.len(), 2)
    };
    journey.call("createItemsArticles, several", outcome.await);
    let outcome = async {
        let found = client.read_items_articles().send().await?;
        within(&*found, &door.get("/items/articles")?)?;
        let first = found.data.as_ref().and_then(|data| data.first()).ok_or("none")?;
        equal(first.labels.as_ref().map(Vec::len), Some(2))
    };
    journey.call("readItemsArticles", outcome.await);
    let outcome = async {
        let filter = BTreeMap::from([("views".to_owned(), json!({ "_gte": 3 }))]);
        let found = client
            .read_items_articles()
            .filter(filter)
            .fields(vec!["id".to_owned(), "title".to_owned()])
            .sort(vec!["-title".to_owned(), "id".to_owned()])
            .search("o")
            .limit(-1)
            .send()
            .await?;
        support::same(&found.data, json!([{ "id": 3, "title": "Two" }, { "id": 2, "title": "One" }]))
    };
    journey.call("readItemsArticles, some", outcome.await);
    let outcome = async {
        let found = client.read_single_items_articles(2.into()).send().await?;
        within(&*found, &door.get("/items/articles/2")?)
    };
    journey.call("readSingleItemsArticles", outcome.await);
    let outcome = async {
        let held = door.get("/users/me")?["data"]["id"].clone();
        let body = of::<model::ItemsArticles>(json!({ "author": held, "views": null, "sent_at": "2026-03-01T00:00:00+02:00" }))?;
        let done = client
            .update_single_items_articles(2.into(), body)
            .fields(vec!["*".to_owned(), "author.*".to_owned()])
            .send()
            .await?;
        let done = done.data.as_ref().ok_or("no data")?;
        equal(done.views.is_null(), true)?;
        let Some(model::ItemsArticlesAuthor::Users(author)) = done.author.as_ref() else {
            return Err(format!("{:?}", done.author).into());
        };
        equal(author.email.as_deref(), Some("admin@example.com"))?;
        equal(door.get("/items/articles/2")?["data"]["author"].clone(), held)
    };
    journey.call("updateSingleItemsArticles", outcome.await);
    let outcome = async {
        let body = json!({ "keys": [3, 4], "data": { "views": 9 } });
        let done = client.update_items_articles(None).json_body(&body).send().await?;
        equal(done.data.as_ref().map(Vec::len), Some(2))?;
        equal(door.get("/items/articles/4")?["data"]["views"].clone(), json!(9))
    };
    journey.call("updateItemsArticles", outcome.await);
    let outcome = async {
        let done = client.delete_single_items_articles(4.into()).send().await?;
        status(done.status(), 204)?;
        let done = client.delete_items_articles().json_body(&[3]).send().await?;
        status(done.status(), 204)?;
        equal(door.get("/items/articles")?["data"].as_array().map(Vec::len), Some(1))
    };
    journey.call("deleteSingleItemsArticles, deleteItemsArticles", outcome.await);
    let outcome = async {
        let error = client.create_items_articles(of::<model::CreateItemsArticlesBody>(json!({ "views": 1 }))?).send().await;
        let error = refused(error, 400)?;
        let problem = error.problem().ok_or("no problem")?;
        equal(problem.message().is_some_and(|words| words.contains("\"title\"")), true)
    };
    journey.call("createItemsArticles, wrong", outcome.await);
}

async fn files(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let form = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA “note”\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n\
                    one\ntwo é\r\n--x--\r\n";
        let made = client
            .create_file(None)
            .raw_body(form)
            .header("Content-Type", "multipart/form-data; boundary=x")
            .send()
            .await?;
        let file = made.data.as_ref().ok_or("no data")?;
        equal(file.title.as_deref(), Some("A “note”"))?;
        id = file.id.clone().ok_or("no id")?;
        within(file, &door.get(&format!("/files/{id}"))?["data"])
    };
    set("`createFile`: `raw_body` with a form, since a file is sent where the document has JSON");
    journey.call("createFile", outcome.await);
    let outcome = async {
        let found = client.get_asset(&*id).send().await?;
        equal(found.as_str(), "one\ntwo é")?;
        let found = client.get_files().search("note").send().await?;
        equal(found.data.as_ref().map(Vec::len), Some(1))
    };
    journey.call("getAsset, getFiles", outcome.await);
    let outcome = async {
        let body = of::<model::UpdateFileJsonBody>(json!({ "description": "b" }))?;
        let done = client.update_file(&*id, body).send().await?;
        let file = done.data.as_ref().ok_or("no data")?;
        within(file, &door.get(&format!("/files/{id}"))?["data"])?;
        client.delete_file(&*id).send().await?;
        equal(door.ask("GET", &format!("/files/{id}"), "")?.0, 403)
    };
    journey.call("updateFile, deleteFile", outcome.await);
}

async fn collections(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_collections().send().await?;
        within(&*found, &door.get("/collections")?)
    };
    journey.call("getCollections", outcome.await);
    let outcome = async {
        let field = of(json!({ "field": "id", "type": "uuid", "schema": { "is_primary_key": true } }))?;
        let body = model::CreateCollectionBody::new("notes", vec![field]);
        client.create_collection(body).json_body(&json!({ "collection": "notes", "schema": {}, "fields": [
            { "field": "id", "type": "uuid", "schema": { "is_primary_key": true } }] })).send().await?;
        let found = client.get_collection("notes").send().await?;
        within(&*found, &door.get("/collections/notes")?)
    };
    journey.call("createCollection, getCollection", outcome.await);
    let outcome = async {
        let body = of::<model::CreateFieldBody>(json!({ "field": "text", "type": "string" }))?;
        client.create_field("notes", body).send().await?;
        let found = client.get_collection_field("notes", "text").send().await?;
        within(&*found, &door.get("/fields/notes/text")?)
    };
    journey.call("createField, getCollectionField", outcome.await);
    let outcome = async {
        let found = client.get_fields().send().await?;
        within(&*found, &door.get("/fields")?)?;
        let found = client.get_collection_fields("articles").send().await?;
        within(&*found, &door.get("/fields/articles")?)
    };
    journey.call("getFields, getCollectionFields", outcome.await);
    let outcome = async {
        client.delete_field("notes", "text").send().await?;
        equal(door.ask("GET", "/fields/notes/text", "")?.0, 403)?;
        client.delete_collection("notes").send().await?;
        equal(door.ask("GET", "/collections/notes", "")?.0, 403)
    };
    journey.call("deleteField, deleteCollection", outcome.await);
    let outcome = async {
        let found = client.get_relations().send().await?;
        within(&*found, &door.get("/relations")?)
    };
    journey.call("getRelations", outcome.await);
}

async fn people(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let body = of::<model::Users>(json!({ "email": "b@example.com", "first_name": "Ben", "password": "p", "tags": ["x"] }))?;
        let made = client.create_user(body).send().await?;
        id = made.data.as_ref().and_then(|user| user.id.clone()).ok_or("no id")?;
        within(&*made, &door.get(&format!("/users/{id}"))?)
    };
    journey.call("createUser", outcome.await);
    let outcome = async {
        let found = client.get_users().search("ben").send().await?;
        equal(found.data.as_ref().map(Vec::len), Some(1))?;
        let found = client.get_user(&*id).send().await?;
        within(&*found, &door.get(&format!("/users/{id}"))?)
    };
    journey.call("getUsers, getUser", outcome.await);
    let outcome = async {
        let done = client.update_me().json_body(&json!({ "title": "Head" })).send().await?;
        equal(done.data.as_ref().and_then(|me| me.title.as_ref().cloned()), Some("Head".to_owned()))
    };
    journey.call("updateMe", outcome.await);
    let outcome = async {
        let done = client.delete_user(&*id).send().await?;
        status(done.status(), 204)?;
        equal(door.ask("GET", &format!("/users/{id}"), "")?.0, 403)
    };
    journey.call("deleteUser", outcome.await);
    let outcome = async {
        let found = client.get_roles().send().await?;
        within(&*found, &door.get("/roles")?)
    };
    journey.call("getRoles", outcome.await);
    let outcome = async {
        let mut items = client.get_activities().limit(3).items();
        let mut count = 0;
        while items.next().await?.is_some() {
            count += 1;
        }
        let held = door.get("/activity?limit=-1")?;
        equal(Some(count), held["data"].as_array().map(Vec::len))
    };
    journey.call("getActivities, in pages", outcome.await);
    let outcome = async {
        let body = of::<model::CreatePresetBody>(json!({ "collection": "articles", "bookmark": "mine" }))?;
        let made = client.create_preset(body).send().await?;
        let number = made.data.as_ref().and_then(|preset| preset.id).ok_or("no id")?;
        let found = client.get_preset(number).send().await?;
        within(&*found, &door.get(&format!("/presets/{number}"))?)?;
        client.delete_preset(number).send().await?;
        equal(door.ask("GET", &format!("/presets/{number}"), "")?.0, 403)
    };
    journey.call("createPreset, getPreset, deletePreset", outcome.await);
    set(
        "all: `credential_for_all(security::auth(\"Bearer ..\"))`, since the document asks for a credential three times only",
    );
    set(
        "`createFolder` in another: `json_body`, since `parent` is a UUID where the document has an integer",
    );
    set(
        "`deleteFolders`, `deleteItemsArticles`, `updateMe`: `json_body`, since the document has no body",
    );
    set(
        "`updateItemsArticles`: `json_body` with `keys` and `data`, which the document does not have",
    );
    set(
        "`createCollection`: `json_body` with `schema`, without which no table is made, and which the document does not have",
    );
}
