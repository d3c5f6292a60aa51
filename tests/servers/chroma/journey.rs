//! Chroma: tenants, databases, collections and their records.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::process::ExitCode;

use chroma_client::{Client, model, security};
use door::{Door, Told, set, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same, status};

const T: &str = "tenant one";
const D: &str = "base";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    // The document requires a token, of which a server that asks for none takes no notice.
    let client = Client::builder()
        .base_url(journey.url())
        .credential(security::api_key_auth("none"))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let door = Door::new(journey.url());
    println!("version: 1.5.9, PyPI");
    server(&mut journey, &client, &door).await;
    tenants(&mut journey, &client, &door).await;
    collections(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

async fn server(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.heartbeat().send().await?;
        within(&*found, &door.get("/api/v2/heartbeat")?).or_else(|_| {
            equal(
                countersign_runtime::wire::to_value(&*found)?
                    .as_object()
                    .map_or(0, |all| all.len()),
                1,
            )
        })
    };
    journey.call("heartbeat", outcome.await);
    let outcome = async {
        same(
            &*client.version().send().await?,
            door.get("/api/v2/version")?,
        )
    };
    journey.call("version", outcome.await);
    let outcome = async {
        let found = client.version().raw().await?;
        equal(
            serde_json::from_slice::<Value>(&found)?,
            door.get("/api/v2/version")?,
        )
    };
    journey.call("version, as it is", outcome.await);
    let outcome = async {
        within(
            &*client.pre_flight_checks().send().await?,
            &door.get("/api/v2/pre-flight-checks")?,
        )
    };
    journey.call("pre_flight_checks", outcome.await);
    let outcome = async {
        let found = client.healthcheck().send().await?;
        equal(
            serde_json::from_str::<Value>(&found)?,
            door.get("/api/v2/healthcheck")?,
        )
    };
    set(
        "`healthcheck`: `json-text` in settings.toml, since an object is sent where the document has a text",
    );
    journey.call("healthcheck", outcome.await);
    let outcome = async { status(client.healthcheck().raw().await?.status(), 200) };
    journey.call("healthcheck, as it is", outcome.await);
    let outcome = async {
        within(
            &*client.get_user_identity().send().await?,
            &door.get("/api/v2/auth/identity")?,
        )
    };
    journey.call("get_user_identity", outcome.await);
}

async fn tenants(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        client
            .create_tenant(of::<model::CreateTenantPayload>(json!({ "name": T }))?)
            .send()
            .await?;
        equal(
            door.get("/api/v2/tenants/tenant%20one")?["name"].clone(),
            json!(T),
        )
    };
    journey.call("create_tenant", outcome.await);
    let outcome = async {
        within(
            &*client.get_tenant(T).send().await?,
            &door.get("/api/v2/tenants/tenant%20one")?,
        )
    };
    journey.call("get_tenant", outcome.await);
    let outcome = async { refused(client.get_tenant("nobody").send().await, 404).map(|_| ()) };
    journey.call("get_tenant, of none", outcome.await);
    let outcome = async {
        client
            .create_database(T, of::<model::CreateDatabasePayload>(json!({ "name": D }))?)
            .send()
            .await?;
        let found = client.get_database(T, D).send().await?;
        within(
            &*found,
            &door.get("/api/v2/tenants/tenant%20one/databases/base")?,
        )
    };
    journey.call("create_database, get_database", outcome.await);
    let outcome = async {
        let error = client.list_databases(T).send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`read_as`"), true)?;
        let found = client
            .list_databases(T)
            .read_as::<Vec<model::Database>>()
            .await?;
        within(
            &*found,
            &door.get("/api/v2/tenants/tenant%20one/databases")?,
        )
    };
    set(
        "`list_databases`: `read_as::<Vec<Database>>()`, since databases are sent where the document has collections",
    );
    journey.call("list_databases", outcome.await);
    let outcome = async {
        let found = client.list_databases(T).raw().await?;
        equal(
            serde_json::from_slice::<Value>(&found)?,
            door.get("/api/v2/tenants/tenant%20one/databases")?,
        )
    };
    journey.call("list_databases, as it is", outcome.await);
    let outcome = async {
        let body = of::<model::CreateDatabasePayload>(json!({ "name": D }))?;
        refused(client.create_database(T, body).send().await, 409).map(|_| ())
    };
    journey.call("create_database, twice", outcome.await);
}

/// The records that the server holds, by id.
fn held(door: &Door, id: &str) -> Result<Value, Box<dyn std::error::Error>> {
    door.post(
        &format!("/api/v2/tenants/tenant%20one/databases/base/collections/{id}/get"),
        &json!({ "include": ["documents", "metadatas", "embeddings"] }),
    )
}

async fn collections(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let body =
            json!({ "name": "things", "metadata": { "a": 1, "b": "é", "c": true, "d": 2.5 } });
        let made = client
            .create_collection(T, D, of::<model::CreateCollectionPayload>(body)?)
            .send()
            .await?;
        id = countersign_runtime::wire::to_value(&made.id)?
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let held = door.get("/api/v2/tenants/tenant%20one/databases/base/collections/things")?;
        equal(
            held["metadata"].clone(),
            json!({ "a": 1, "b": "é", "c": true, "d": 2.5 }),
        )
    };
    journey.call("create_collection", outcome.await);
    let outcome = async {
        let found = client.get_collection(T, D, "things").send().await?;
        within(
            &*found,
            &door.get("/api/v2/tenants/tenant%20one/databases/base/collections/things")?,
        )
    };
    journey.call("get_collection", outcome.await);
    let outcome = async {
        let found = client
            .list_collections(T, D)
            .limit(5)
            .offset(0)
            .send()
            .await?;
        equal(found.len(), 1)?;
        let count = client.count_collections(T, D).send().await?;
        equal(json!(*count), json!(1))
    };
    journey.call("list_collections, count_collections", outcome.await);
    let outcome = async {
        let body = json!({
            "ids": ["1", "ü 2", "3"], "embeddings": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            "documents": ["one", null, "three \"3\""], "metadatas": [{ "n": 1 }, null, { "n": 3, "s": "x" }],
        });
        client
            .collection_add(T, D, &*id, of::<model::AddCollectionRecordsPayload>(body)?)
            .send()
            .await?;
        let held = held(door, &id)?;
        equal(held["ids"].clone(), json!(["1", "ü 2", "3"]))?;
        equal(
            held["documents"].clone(),
            json!(["one", null, "three \"3\""]),
        )
    };
    journey.call("collection_add", outcome.await);
    let outcome = async {
        equal(
            json!(*client.collection_count(T, D, &*id).send().await?),
            json!(3),
        )
    };
    journey.call("collection_count", outcome.await);
    let outcome = async {
        let body = json!({ "include": ["documents", "metadatas", "embeddings"] });
        let found = client
            .collection_get(T, D, &*id, of::<model::GetRequestPayload>(body)?)
            .send()
            .await?;
        within(&*found, &held(door, &id)?)?;
        equal(found.ids.len(), 3)
    };
    journey.call("collection_get", outcome.await);
    let outcome = async {
        let body = json!({ "where": { "n": { "$gt": 2 } }, "include": ["documents"] });
        let found = client
            .collection_get(T, D, &*id, of::<model::GetRequestPayload>(body)?)
            .send()
            .await?;
        equal(found.ids.clone(), vec!["3".to_owned()])
    };
    journey.call("collection_get, filtered", outcome.await);
    let outcome = async {
        let body = json!({ "query_embeddings": [[0.9, 0.1, 0.0]], "n_results": 2, "include": ["distances", "documents"] });
        let path = format!("/api/v2/tenants/tenant%20one/databases/base/collections/{id}/query");
        let held = door.post(&path, &body)?;
        let found = client
            .collection_query(T, D, &*id, of::<model::QueryRequestPayload>(body)?)
            .send()
            .await?;
        equal(json!(found.ids), held["ids"].clone())?;
        equal(
            found.ids.first().and_then(|ids| ids.first().cloned()),
            Some("1".to_owned()),
        )
    };
    journey.call("collection_query", outcome.await);
    let outcome = async {
        let body = json!({ "ids": ["1"], "documents": ["eins"], "metadatas": [{ "n": 10 }] });
        client
            .collection_update(
                T,
                D,
                &*id,
                of::<model::UpdateCollectionRecordsPayload>(body)?,
            )
            .send()
            .await?;
        equal(held(door, &id)?["documents"][0].clone(), json!("eins"))
    };
    journey.call("collection_update", outcome.await);
    let outcome = async {
        let body = json!({ "ids": ["4"], "embeddings": [[0.5, 0.5, 0.0]], "documents": ["four"] });
        client
            .collection_upsert(
                T,
                D,
                &*id,
                of::<model::UpsertCollectionRecordsPayload>(body)?,
            )
            .send()
            .await?;
        equal(held(door, &id)?["ids"].as_array().map_or(0, Vec::len), 4)
    };
    journey.call("collection_upsert", outcome.await);
    let outcome = async {
        let body = json!({ "ids": ["5"], "embeddings": [[1.0]] });
        let body = of::<model::AddCollectionRecordsPayload>(body)?;
        refused(client.collection_add(T, D, &*id, body).send().await, 400).map(|_| ())
    };
    journey.call("collection_add, wrong", outcome.await);
    let outcome = async {
        let body = json!({ "ids": ["3"] });
        client
            .collection_delete(
                T,
                D,
                &*id,
                of::<model::DeleteCollectionRecordsPayload>(body)?,
            )
            .send()
            .await?;
        equal(held(door, &id)?["ids"].as_array().map_or(0, Vec::len), 3)
    };
    journey.call("collection_delete", outcome.await);
    let outcome = async {
        let body = json!({ "new_name": "renamed", "new_metadata": { "a": 2 } });
        client
            .update_collection(T, D, &*id, of::<model::UpdateCollectionPayload>(body)?)
            .send()
            .await?;
        let held = door.get("/api/v2/tenants/tenant%20one/databases/base/collections/renamed")?;
        equal(held["metadata"]["a"].clone(), json!(2))
    };
    journey.call("update_collection", outcome.await);
    let outcome =
        async { refused(client.get_collection(T, D, "things").send().await, 404).map(|_| ()) };
    journey.call("get_collection, of none", outcome.await);
    let outcome = async {
        client.delete_collection(T, D, "renamed").send().await?;
        equal(
            door.get("/api/v2/tenants/tenant%20one/databases/base/collections_count")?,
            json!(0),
        )
    };
    journey.call("delete_collection", outcome.await);
    let outcome = async {
        client.delete_database(T, D).send().await?;
        let (found, _) = door.ask("GET", "/api/v2/tenants/tenant%20one/databases/base", "")?;
        equal(found, 404)
    };
    journey.call("delete_database", outcome.await);
    let outcome = async { same(&*client.reset().send().await?, json!(true)) };
    journey.call("reset", outcome.await);
    let outcome = async {
        equal(
            serde_json::from_slice::<Value>(&client.reset().raw().await?)?,
            json!(true),
        )
    };
    journey.call("reset, as it is", outcome.await);
}
