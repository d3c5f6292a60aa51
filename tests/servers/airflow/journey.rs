//! Airflow: a sign-in by OAuth 2.0, pools, variables, connections, flows, their runs, tasks and values.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::error::Error;
use std::process::ExitCode;

use airflow_client::{Client, GetDagSourceSuccess, GetLogSuccess, GetXcomEntryArgs, model, security};
use countersign_runtime::{Credential, DateTime, ItemStream, MemoryTokens, OAuth, Tokens};
use door::{Door, Told, set, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused};

type Found<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 3.3.2, PyPI");
    let oauth = OAuth::from_flow("", security::OAUTH2_PASSWORD_BEARER_PASSWORD);
    let stranger = Client::builder().base_url(journey.url()).anonymous().build();
    let Ok(stranger) = stranger.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let Some(tokens) = general(&mut journey, &stranger, &oauth).await else {
        return journey.finish();
    };
    let mut door = Door::new(journey.url());
    door.head = format!("Authorization: Bearer {}\r\n", tokens.access_token.expose());
    let scheme = security::OAUTH2_PASSWORD_BEARER;
    let client = Client::builder()
        .base_url(journey.url())
        .credential(Credential::oauth(scheme, oauth, MemoryTokens::new(tokens)))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    pools(&mut journey, &client, &door).await;
    variables(&mut journey, &client, &door).await;
    connections(&mut journey, &client, &door).await;
    flows(&mut journey, &client, &door).await;
    runs(&mut journey, &client, &door).await;
    tasks(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

/// What the server itself has at a path of the API.
fn held(door: &Door, path: &str) -> Found<Value> {
    door.get(&format!("/api/v2/{path}"))
}

async fn general(journey: &mut Journey, stranger: &Client, oauth: &OAuth) -> Option<Tokens> {
    let outcome = async {
        equal(stranger.get_version().send().await?.version.as_str(), "3.3.2")
    };
    journey.call("get_version", outcome.await);
    let outcome = async {
        let found = stranger.get_health().send().await?;
        equal(found.metadatabase.status.as_ref().map(ToString::to_string).as_deref(), Some("healthy"))
    };
    journey.call("get_health", outcome.await);
    let outcome = async { refused(stranger.get_pools().send().await, 401).map(|_| ()) };
    journey.call("get_pools, by a stranger", outcome.await);
    let outcome = async {
        equal(oauth.password(stranger.as_ref(), "admin", "wrong").await.is_err(), true)
    };
    journey.call("a sign-in with a wrong password", outcome.await);
    let mut tokens = None;
    let outcome = async {
        tokens = Some(oauth.password(stranger.as_ref(), "admin", "secret").await?);
        Ok(())
    };
    journey.call("a sign-in with a password", outcome.await);
    tokens
}

async fn pools(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = json!({ "name": "p 1/ü", "slots": 3, "description": "d \"x\"", "include_deferred": true });
        let found = client.post_pool(of::<model::PoolBody>(body)?).send().await?;
        within(&*found, &held(door, "pools/p%201%2F%C3%BC")?)
    };
    journey.call("post_pool", outcome.await);
    let outcome = async {
        let found = client.get_pool("p 1/ü").send().await?;
        within(&*found, &held(door, "pools/p%201%2F%C3%BC")?)
    };
    journey.call("get_pool", outcome.await);
    let outcome = async {
        let body = json!({ "pool": "p 1/ü", "slots": -1, "include_deferred": false });
        let ask = client.patch_pool("p 1/ü", of::<model::PoolPatchBody>(body)?);
        let found = ask.update_mask(vec!["slots".to_owned()]).send().await?;
        let held = held(door, "pools/p%201%2F%C3%BC")?;
        equal((json!(found.slots), json!(true)), (held["slots"].clone(), held["include_deferred"].clone()))
    };
    set("`patch_pool`: all of the pool, since one without its name is refused, also with `update_mask` (findings/airflow-patch-pool.sh)");
    journey.call("patch_pool", outcome.await);
    let outcome = async {
        let found = client.get_pools().order_by(vec!["-name".to_owned()]).send().await?;
        within(&*found, &held(door, "pools?order_by=-name")?)
    };
    journey.call("get_pools", outcome.await);
    let outcome = async {
        let many = (0..5).map(|at| json!({ "name": format!("many{at}"), "slots": at, "include_deferred": false }));
        let many: Vec<Value> = many.collect();
        let body = json!({ "actions": [
            { "action": "create", "entities": many },
            { "action": "delete", "entities": ["none"], "action_on_non_existence": "skip" },
        ] });
        let found = client.bulk_pools(of(body)?).send().await?;
        equal(found.create.as_ref().and_then(|made| made.success.as_ref()).map(Vec::len), Some(5))?;
        equal(held(door, "pools")?["total_entries"].clone(), json!(7))
    };
    journey.call("bulk_pools", outcome.await);
    let outcome = async {
        let mut items = client.get_pools().limit(2).items();
        let mut names = Vec::new();
        while let Some(pool) = items.next().await? {
            names.push(pool.name.clone());
        }
        equal(names.len(), 7)
    };
    journey.call("get_pools, all pages", outcome.await);
    let outcome = async {
        client.delete_pool("p 1/ü").send().await?;
        refused(client.get_pool("p 1/ü").send().await, 404).map(|_| ())
    };
    journey.call("delete_pool", outcome.await);
    let outcome = async {
        let body = of::<model::PoolBody>(json!({ "name": "many0", "slots": 1 }))?;
        refused(client.post_pool(body).send().await, 409).map(|_| ())
    };
    journey.call("post_pool, again", outcome.await);
}

async fn variables(journey: &mut Journey, client: &Client, door: &Door) {
    let key = "v/1 ü?&";
    let path = "variables/v%2F1%20%C3%BC%3F%26";
    let outcome = async {
        let body = json!({ "key": key, "value": { "a": [1, 2.5, null] }, "description": "d" });
        client.post_variable(of::<model::VariableBody>(body)?).send().await?;
        let found = client.get_variable(key).send().await?;
        within(&*found, &held(door, path)?)?;
        equal(serde_json::from_str::<Value>(found.value.as_ref().ok_or("no value")?)?, json!({ "a": [1, 2.5, null] }))
    };
    journey.call("post_variable, get_variable", outcome.await);
    let outcome = async {
        let body = of::<model::VariableBody>(json!({ "key": key, "value": "x" }))?;
        client.patch_variable(key, body).update_mask(vec!["value".to_owned()]).send().await?;
        let held = held(door, path)?;
        equal((held["value"].clone(), held["description"].clone()), (json!("x"), json!("d")))
    };
    journey.call("patch_variable", outcome.await);
    let outcome = async {
        let found = client.get_variables().variable_key_pattern("v%").send().await?;
        equal(found.total_entries, 1)?;
        within(&*found, &held(door, "variables")?)
    };
    journey.call("get_variables", outcome.await);
    let outcome = async {
        client.delete_variable(key).send().await?;
        refused(client.delete_variable(key).send().await, 404).map(|_| ())
    };
    journey.call("delete_variable", outcome.await);
}

async fn connections(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = json!({
            "connection_id": "c1", "conn_type": "http", "host": "example.com", "port": 8080,
            "login": "me", "password": "pa ss", "extra": "{\"a\": 1}",
        });
        client.post_connection(of::<model::ConnectionBody>(body)?).send().await?;
        let found = client.get_connection("c1").send().await?;
        within(&*found, &held(door, "connections/c1")?)?;
        equal((found.port, found.conn_type.as_str()), (Some(8080), "http"))
    };
    journey.call("post_connection, get_connection", outcome.await);
    let outcome = async {
        let found = client.get_connections().connection_id_pattern("c%").send().await?;
        within(&*found, &held(door, "connections?connection_id_pattern=c%25")?)
    };
    journey.call("get_connections", outcome.await);
    let outcome = async {
        client.delete_connection("c1").send().await?;
        refused(client.get_connection("c1").send().await, 404).map(|_| ())
    };
    journey.call("delete_connection", outcome.await);
}

async fn flows(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_dags().dag_id_pattern("demo").send().await?;
        within(&*found, &held(door, "dags?dag_id_pattern=demo")?)?;
        equal(found.total_entries, 1)
    };
    journey.call("get_dags", outcome.await);
    let outcome = async {
        let ask = client.get_dags().tags(vec!["ä b".to_owned(), "none".to_owned()]);
        equal(ask.send().await?.total_entries, 1)
    };
    journey.call("get_dags, by tags", outcome.await);
    let outcome = async {
        within(&*client.get_dag("demo").send().await?, &held(door, "dags/demo")?)
    };
    journey.call("get_dag", outcome.await);
    let outcome = async {
        // The time of parsing is the time of the call.
        let mut found = client.get_dag_details("demo").send().await?.into_inner();
        found.last_parsed = None;
        let mut held = held(door, "dags/demo/details")?;
        held["last_parsed"] = Value::Null;
        within(&found, &held)
    };
    journey.call("get_dag_details", outcome.await);
    let outcome = async {
        let body = of::<model::DagPatchBody>(json!({ "is_paused": false }))?;
        client.patch_dag("demo", body).send().await?;
        equal(held(door, "dags/demo")?["is_paused"].clone(), json!(false))
    };
    journey.call("patch_dag", outcome.await);
    let outcome = async { within(&*client.get_tasks("demo").send().await?, &held(door, "dags/demo/tasks")?) };
    journey.call("get_tasks", outcome.await);
    let outcome = async {
        within(&*client.get_task("demo", "two").send().await?, &held(door, "dags/demo/tasks/two")?)
    };
    journey.call("get_task", outcome.await);
    let outcome = async {
        let held = held(door, "dagSources/demo")?["content"].clone();
        match &*client.get_dag_source("demo").send().await? {
            GetDagSourceSuccess::Ok(found) => equal(json!(found.content), held.clone())?,
            other => return Err(format!("not JSON: {other:?}").into()),
        }
        let ask = client.get_dag_source("demo").header("Accept", "text/plain");
        match &*ask.send().await? {
            GetDagSourceSuccess::Text(found) => equal(json!(found), held),
            other => Err(format!("not text: {other:?}").into()),
        }
    };
    journey.call("get_dag_source", outcome.await);
    let outcome = async {
        let found = client.get_dag_versions("demo").send().await?;
        within(&*found, &held(door, "dags/demo/dagVersions")?)
    };
    journey.call("get_dag_versions", outcome.await);
    let outcome = async { refused(client.get_dag("none").send().await, 404).map(|_| ()) };
    journey.call("get_dag, of none", outcome.await);
    let outcome = async { refused(client.get_config().send().await, 403).map(|_| ()) };
    journey.call("get_config, not exposed", outcome.await);
    let outcome = async { within(&*client.get_providers().send().await?, &held(door, "providers")?) };
    journey.call("get_providers", outcome.await);
}

async fn runs(journey: &mut Journey, client: &Client, door: &Door) {
    let path = "dags/demo/dagRuns/r:1";
    let outcome = async {
        let body = json!({ "dag_run_id": "r:1", "logical_date": "2026-01-02T03:04:05.678Z", "conf": { "a": [null, 1.5] } });
        let found = client.trigger_dag_run("demo", of(body)?).send().await?;
        within(&*found, &held(door, path)?)?;
        equal(found.logical_date.as_ref().map(ToString::to_string).as_deref(), Some("2026-01-02T03:04:05.678000Z"))
    };
    journey.call("trigger_dag_run", outcome.await);
    let outcome = async { within(&*client.get_dag_run("demo", "r:1").send().await?, &held(door, path)?) };
    journey.call("get_dag_run", outcome.await);
    let outcome = async {
        let ask = client.get_dag_runs("demo").logical_date_gte("2026-01-01T00:00:00Z".parse::<DateTime>()?);
        let found = ask.state(vec!["queued".to_owned()]).send().await?;
        within(&*found, &held(door, "dags/demo/dagRuns")?)?;
        equal(found.total_entries.as_ref(), Some(&1))
    };
    journey.call("get_dag_runs", outcome.await);
    let outcome = async {
        let body = of::<model::DagRunsBatchBody>(json!({ "dag_ids": ["demo"], "states": ["queued"] }))?;
        let found = client.get_list_dag_runs_batch(body).send().await?;
        within(&*found, &held(door, "dags/demo/dagRuns")?)
    };
    journey.call("get_list_dag_runs_batch", outcome.await);
    let outcome = async {
        let ask = client.wait_dag_run_until_finished("demo", "r:1", 0.1);
        let mut states = ask.read_as::<ItemStream<Value>>().await?.into_inner();
        equal(states.next().await?, Some(json!({ "state": "queued" })))?;
        let body = of::<model::DagRunPatchBody>(json!({ "state": "success", "note": "é" }))?;
        client.patch_dag_run("demo", "r:1", body).send().await?;
        let mut last = None;
        while let Some(state) = states.next().await? {
            last = Some(state);
        }
        equal(last, Some(json!({ "state": "success" })))?;
        equal(held(door, path)?["note"].clone(), json!("é"))
    };
    set("`wait_dag_run_until_finished`: `read_as::<ItemStream<Value>>()`, since the document has the lines as one text");
    journey.call("wait_dag_run_until_finished, patch_dag_run", outcome.await);
    let outcome = async {
        let body = json!({ "dag_run_id": "r:1", "logical_date": null });
        refused(client.trigger_dag_run("demo", of(body)?).send().await, 409).map(|_| ())
    };
    journey.call("trigger_dag_run, again", outcome.await);
    let outcome = async {
        let found = client.get_dag_stats().dag_ids(vec!["demo".to_owned()]).send().await?;
        within(&*found, &held(door, "dagStats?dag_ids=demo")?)
    };
    journey.call("get_dag_stats", outcome.await);
}

async fn tasks(journey: &mut Journey, client: &Client, door: &Door) {
    let path = "dags/demo/dagRuns/r:1/taskInstances";
    let outcome = async {
        let found = client.get_task_instances("demo", "r:1").send().await?;
        within(&*found, &held(door, path)?)?;
        equal(found.task_instances.len(), 2)
    };
    journey.call("get_task_instances", outcome.await);
    let outcome = async {
        let found = client.get_task_instance("demo", "r:1", "one").send().await?;
        within(&*found, &held(door, &format!("{path}/one"))?)
    };
    journey.call("get_task_instance", outcome.await);
    let value = json!({ "a": [1, null, "ü"], "b": 2.5 });
    let outcome = async {
        let body = of::<model::XComCreateBody>(json!({ "key": "k 1", "value": value }))?;
        client.create_xcom_entry("demo", "r:1", "one", body).send().await?;
        equal(held(door, &format!("{path}/one/xcomEntries/k%201"))?["value"].clone(), value.clone())
    };
    journey.call("create_xcom_entry", outcome.await);
    let entry = || GetXcomEntryArgs { dag_id: "demo", task_id: "one", dag_run_id: "r:1", xcom_key: "k 1" };
    let outcome = async {
        let found = client.get_xcom_entry(entry()).send().await?;
        within(&*found, &held(door, &format!("{path}/one/xcomEntries/k%201"))?)
    };
    journey.call("get_xcom_entry", outcome.await);
    let outcome = async {
        let found = client.get_xcom_entry(entry()).stringify(true).send().await?;
        within(&*found, &held(door, &format!("{path}/one/xcomEntries/k%201?stringify=true"))?)
    };
    journey.call("get_xcom_entry, as text", outcome.await);
    let outcome = async {
        let found = client.get_xcom_entries("demo", "r:1", "one").send().await?;
        within(&*found, &held(door, &format!("{path}/one/xcomEntries"))?)
    };
    journey.call("get_xcom_entries", outcome.await);
    let outcome = async {
        let ask = || client.get_log("demo", "r:1", "one", 0);
        let lines = match ask().send().await?.into_inner() {
            GetLogSuccess::Ok(found) => countersign_runtime::wire::to_value(&found)?["content"].clone(),
            other => return Err(format!("not JSON: {other:?}").into()),
        };
        let ask = ask().header("Accept", "application/x-ndjson");
        let mut items = ask.read_as::<ItemStream<Value>>().await?.into_inner();
        let mut found = Vec::new();
        while let Some(item) = items.next().await? {
            found.push(item);
        }
        equal(found.len(), lines.as_array().map_or(0, Vec::len))
    };
    set("`get_log`: `read_as::<ItemStream<Value>>()` with the header `Accept: application/x-ndjson`, since the document has the lines as one text");
    journey.call("get_log", outcome.await);
    let outcome = async {
        let found = client.get_event_logs().limit(3).send().await?;
        equal(found.event_logs.len(), 3)
    };
    journey.call("get_event_logs", outcome.await);
    let outcome = async {
        client.delete_dag_run("demo", "r:1").send().await?;
        refused(client.get_dag_run("demo", "r:1").send().await, 404).map(|_| ())
    };
    journey.call("delete_dag_run", outcome.await);
}
