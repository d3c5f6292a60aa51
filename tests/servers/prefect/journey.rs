//! Prefect: flows and their runs, variables, work pools, artifacts and limits.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::process::ExitCode;

use door::{Door, Told, within};
use prefect_client::{Client, model};
use serde_json::json;
use support::{Journey, equal, of, refused, status};

const NOBODY: &str = "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    let client = Client::builder()
        .on_departure(told.hook())
        .base_url(format!("{}/api", journey.url()))
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let door = Door::new(journey.url());
    println!("version: 3.9.1, PyPI");
    server(&mut journey, &client).await;
    flows(&mut journey, &client, &door).await;
    runs(&mut journey, &client, &door).await;
    variables(&mut journey, &client, &door).await;
    pools(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

async fn server(journey: &mut Journey, client: &Client) {
    let outcome = async { equal(*client.health_check_health_get().send().await?, true) };
    journey.call("health_check", outcome.await);
    let outcome = async {
        equal(
            client.server_version_version_get().send().await?.is_empty(),
            false,
        )
    };
    journey.call("server_version", outcome.await);
    let outcome = async {
        equal(
            client
                .read_version_admin_version_get()
                .send()
                .await?
                .as_str(),
            "3.9.1",
        )
    };
    journey.call("read_version", outcome.await);
    let outcome = async { equal(client.hello_hello_get().send().await?.is_empty(), false) };
    journey.call("hello", outcome.await);
}

async fn flows(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = None;
    for (name, tags) in [
        ("ü b", json!(["x", "y,z"])),
        ("second", json!([])),
        ("third", json!(["x"])),
    ] {
        let outcome = async {
            let body = of::<model::FlowCreate>(
                json!({ "name": name, "tags": tags, "labels": { "a": 1, "b": "c", "d": true } }),
            )?;
            let made = client.create_flow_flows_post(body).send().await?;
            status(made.status(), 201)?;
            let held = door.get(&format!("/api/flows/{}", made.id))?;
            within(&*made, &held)?;
            equal(held["tags"].clone(), tags)?;
            id.get_or_insert(made.id);
            Ok(())
        };
        journey.call(&format!("create_flow, {name}"), outcome.await);
    }
    let Some(id) = id else { return };
    let outcome = async {
        let found = client.read_flow_flows_id_get(id).send().await?;
        within(&*found, &door.get(&format!("/api/flows/{id}"))?)?;
        equal(found.name.as_str(), "ü b")
    };
    journey.call("read_flow", outcome.await);
    let outcome = async {
        let found = client
            .read_flow_by_name_flows_name_name_get("ü b")
            .send()
            .await?;
        equal(found.id, id)
    };
    journey.call("read_flow_by_name", outcome.await);
    let outcome = async {
        let body = of::<model::BodyReadFlowsFlowsFilterPost>(
            json!({ "sort": "NAME_ASC", "limit": 2, "offset": 0 }),
        )?;
        let found = client.read_flows_flows_filter_post(body).send().await?;
        let held = door.post(
            "/api/flows/filter",
            &json!({ "sort": "NAME_ASC", "limit": 2 }),
        )?;
        within(&*found, &held)?;
        equal(found.len(), 2)
    };
    journey.call("read_flows, sorted and limited", outcome.await);
    let outcome = async {
        let filter = json!({ "flows": { "tags": { "all_": ["x"] } } });
        let body = of::<model::BodyCountFlowsFlowsCountPost>(filter)?;
        let found = client.count_flows_flows_count_post(body).send().await?;
        equal(*found, 2)
    };
    journey.call("count_flows, with a tag", outcome.await);
    let outcome = async {
        let body = of::<model::BodyPaginateFlowsFlowsPaginatePost>(
            json!({ "limit": 2, "page": 2, "sort": "NAME_ASC" }),
        )?;
        let found = client
            .paginate_flows_flows_paginate_post(body)
            .send()
            .await?;
        equal(
            (found.count, found.pages, found.page, found.results.len()),
            (3, 2, 2, 1),
        )
    };
    journey.call("paginate_flows", outcome.await);
    let outcome = async {
        let body = of::<model::FlowUpdate>(json!({ "tags": ["new"] }))?;
        let done = client.update_flow_flows_id_patch(id, body).send().await?;
        status(done.status(), 204)?;
        equal(
            door.get(&format!("/api/flows/{id}"))?["tags"].clone(),
            json!(["new"]),
        )
    };
    journey.call("update_flow", outcome.await);
    let outcome = async {
        refused(
            client.read_flow_flows_id_get(NOBODY.parse()?).send().await,
            404,
        )
        .map(|_| ())
    };
    journey.call("read_flow, of none", outcome.await);
    let outcome = async {
        let done = client.delete_flow_flows_id_delete(id).send().await?;
        status(done.status(), 204)?;
        let (found, _) = door.ask("GET", &format!("/api/flows/{id}"), "")?;
        equal(found, 404)
    };
    journey.call("delete_flow", outcome.await);
}

async fn runs(journey: &mut Journey, client: &Client, door: &Door) {
    let flow = door.post("/api/flows/", &json!({ "name": "runs" }));
    let flow = flow.map(|flow| flow["id"].clone()).unwrap_or_default();
    let mut id = None;
    let outcome = async {
        let body = json!({
            "flow_id": flow, "name": "run one", "parameters": { "n": 1, "deep": { "list": [1, null, "x"] } },
            "tags": ["t"], "state": { "type": "SCHEDULED", "name": "Late", "state_details": { "scheduled_time": "2036-01-02T03:04:05.678Z" } },
        });
        let made = client
            .create_flow_run_flow_runs_post(of::<model::FlowRunCreate>(body)?)
            .send()
            .await?;
        status(made.status(), 201)?;
        id = Some(made.id);
        let held = door.get(&format!("/api/flow_runs/{}", made.id))?;
        equal(
            held["parameters"].clone(),
            json!({ "n": 1, "deep": { "list": [1, null, "x"] } }),
        )
    };
    journey.call("create_flow_run", outcome.await);
    let Some(id) = id else { return };
    let outcome = async {
        let found = client.read_flow_run_flow_runs_id_get(id).send().await?;
        let held = door.get(&format!("/api/flow_runs/{id}"))?;
        equal(json!(found.name), held["name"].clone())?;
        equal(json!(found.state_name), held["state_name"].clone())
    };
    journey.call("read_flow_run", outcome.await);
    let outcome = async {
        let body = of::<model::BodySetFlowRunStateFlowRunsIdSetStatePost>(
            json!({ "state": { "type": "RUNNING", "name": "Running" }, "force": true }),
        )?;
        let found = client
            .set_flow_run_state_flow_runs_id_set_state_post(id, body)
            .send()
            .await?;
        equal(
            countersign_runtime::wire::to_value(&found.status)?,
            json!("ACCEPT"),
        )?;
        equal(
            door.get(&format!("/api/flow_runs/{id}"))?["state_type"].clone(),
            json!("RUNNING"),
        )
    };
    journey.call("set_flow_run_state", outcome.await);
    let outcome = async {
        let found = client
            .read_flow_run_states_flow_run_states_get(id)
            .send()
            .await?;
        equal(found.len(), 2)
    };
    journey.call("read_flow_run_states", outcome.await);
    let outcome = async {
        let body = json!({ "flow_runs": { "state": { "type": { "any_": ["RUNNING"] } } }, "sort": "ID_DESC" });
        let body = of::<model::BodyReadFlowRunsFlowRunsFilterPost>(body)?;
        let found = client
            .read_flow_runs_flow_runs_filter_post(body)
            .send()
            .await?;
        equal(found.iter().map(|run| run.id).collect::<Vec<_>>(), vec![id])
    };
    journey.call("read_flow_runs", outcome.await);
    let outcome = async {
        let line = |message: &str, level: u8| json!({ "name": "log", "level": level, "message": message, "timestamp": "2026-01-02T03:04:05.678901Z", "flow_run_id": id });
        let body = of::<Vec<model::LogCreate>>(json!([line("a \"b\"", 20), line("é\n", 40)]))?;
        let done = client.create_logs_logs_post(body).send().await?;
        status(done.status(), 201)?;
        let held = door.post("/api/logs/filter", &json!({}))?;
        equal(held.as_array().map_or(0, Vec::len), 2)
    };
    journey.call("create_logs", outcome.await);
    let outcome = async {
        let body =
            of::<model::BodyReadLogsLogsFilterPost>(json!({ "logs": { "level": { "ge_": 30 } } }))?;
        let found = client.read_logs_logs_filter_post(body).send().await?;
        equal(
            found
                .iter()
                .map(|log| log.message.clone())
                .collect::<Vec<_>>(),
            vec!["é\n".to_owned()],
        )
    };
    journey.call("read_logs", outcome.await);
    let outcome = async {
        let done = client
            .delete_flow_run_flow_runs_id_delete(id)
            .send()
            .await?;
        status(done.status(), 204)
    };
    journey.call("delete_flow_run", outcome.await);
}

async fn variables(journey: &mut Journey, client: &Client, door: &Door) {
    let value = json!({ "a": [1, 2.5, null, { "b": "é" }] });
    let mut id = None;
    let outcome = async {
        let body =
            of::<model::VariableCreate>(json!({ "name": "one", "value": value, "tags": ["x"] }))?;
        let made = client.create_variable_variables_post(body).send().await?;
        status(made.status(), 201)?;
        id = Some(made.id);
        equal(
            door.get("/api/variables/name/one")?["value"].clone(),
            value.clone(),
        )
    };
    journey.call("create_variable", outcome.await);
    let Some(id) = id else { return };
    let outcome = async {
        let found = client.read_variable_variables_id_get(id).send().await?;
        within(&*found, &door.get(&format!("/api/variables/{id}"))?)
    };
    journey.call("read_variable", outcome.await);
    let outcome = async {
        let found = client
            .read_variable_by_name_variables_name_name_get("one")
            .send()
            .await?;
        equal(found.id, id)
    };
    journey.call("read_variable_by_name", outcome.await);
    let outcome = async {
        let body = of::<model::VariableUpdate>(json!({ "value": "text" }))?;
        client
            .update_variable_variables_id_patch(id, body)
            .send()
            .await?;
        equal(
            door.get("/api/variables/name/one")?["value"].clone(),
            json!("text"),
        )
    };
    journey.call("update_variable", outcome.await);
    let outcome = async {
        let body = of::<model::BodyReadVariablesVariablesFilterPost>(
            json!({ "variables": { "name": { "like_": "on" } } }),
        )?;
        let found = client
            .read_variables_variables_filter_post(body)
            .send()
            .await?;
        equal(found.len(), 1)
    };
    journey.call("read_variables", outcome.await);
    let outcome = async {
        equal(
            *client
                .count_variables_variables_count_post(None)
                .send()
                .await?,
            1,
        )
    };
    journey.call("count_variables", outcome.await);
    let outcome = async {
        let body = of::<model::VariableCreate>(json!({ "name": "one", "value": 1 }))?;
        refused(
            client.create_variable_variables_post(body).send().await,
            409,
        )
        .map(|_| ())
    };
    journey.call("create_variable, twice", outcome.await);
    let outcome = async {
        client
            .delete_variable_by_name_variables_name_name_delete("one")
            .send()
            .await?;
        equal(door.post("/api/variables/count", &json!({}))?, json!(0))
    };
    journey.call("delete_variable_by_name", outcome.await);
}

async fn pools(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = json!({ "name": "pool one", "type": "process", "description": "A pool", "concurrency_limit": 3 });
        let made = client
            .create_work_pool_work_pools_post(of::<model::WorkPoolCreate>(body)?)
            .send()
            .await?;
        status(made.status(), 201)?;
        equal(
            door.get("/api/work_pools/pool%20one")?["concurrency_limit"].clone(),
            json!(3),
        )
    };
    journey.call("create_work_pool", outcome.await);
    let outcome = async {
        let found = client
            .read_work_pool_work_pools_name_get("pool one")
            .send()
            .await?;
        let held = door.get("/api/work_pools/pool%20one")?;
        equal(json!(found.description), held["description"].clone())
    };
    journey.call("read_work_pool", outcome.await);
    let outcome = async {
        let body = of::<model::WorkPoolUpdate>(json!({ "is_paused": true }))?;
        client
            .update_work_pool_work_pools_name_patch("pool one", body)
            .send()
            .await?;
        equal(
            door.get("/api/work_pools/pool%20one")?["is_paused"].clone(),
            json!(true),
        )
    };
    journey.call("update_work_pool", outcome.await);
    let outcome = async {
        let body = of::<model::WorkQueueCreate>(json!({ "name": "q", "priority": 5 }))?;
        let made = client
            .create_work_queue_work_pools_work_pool_name_queues_post("pool one", body)
            .send()
            .await?;
        status(made.status(), 201)?;
        let found = client
            .read_work_queue_work_pools_work_pool_name_queues_name_get("pool one", "q")
            .send()
            .await?;
        equal((found.id, found.name.as_str()), (made.id, "q"))
    };
    journey.call("create_work_queue, read_work_queue", outcome.await);
    let outcome = async {
        let found = client
            .read_work_pools_work_pools_filter_post(None)
            .send()
            .await?;
        equal(
            found.iter().filter(|pool| pool.name == "pool one").count(),
            1,
        )
    };
    journey.call("read_work_pools", outcome.await);
    let outcome = async {
        client
            .delete_work_pool_work_pools_name_delete("pool one")
            .send()
            .await?;
        let (found, _) = door.ask("GET", "/api/work_pools/pool%20one", "")?;
        equal(found, 404)
    };
    journey.call("delete_work_pool", outcome.await);
    let outcome = async {
        let body = of::<model::ArtifactCreate>(
            json!({ "key": "table-1", "type": "table", "data": "[{\"a\": 1}]", "description": "**b**" }),
        )?;
        let made = client.create_artifact_artifacts_post(body).send().await?;
        status(made.status(), 201)?;
        let latest = client
            .read_latest_artifact_artifacts_key_latest_get("table-1")
            .send()
            .await?;
        equal(
            countersign_runtime::wire::to_value(&latest.id)?,
            door.get("/api/artifacts/table-1/latest")?["id"].clone(),
        )?;
        let held = door.get(&format!(
            "/api/artifacts/{}",
            countersign_runtime::wire::to_value(&made.id)?
                .as_str()
                .unwrap_or_default()
        ))?;
        equal(held["description"].clone(), json!("**b**"))
    };
    journey.call("create_artifact, read_latest_artifact", outcome.await);
    let outcome = async {
        let body = of::<model::ConcurrencyLimitV2Create>(json!({ "name": "limit", "limit": 2 }))?;
        let made = client
            .create_concurrency_limit_v2_v2_concurrency_limits_post(body)
            .send()
            .await?;
        status(made.status(), 201)?;
        let found = client
            .read_concurrency_limit_v2_v2_concurrency_limits_id_or_name_get("limit".into())
            .send()
            .await?;
        equal(
            (json!(found.limit), json!(found.slot_decay_per_second)),
            (json!(2), json!(0.0)),
        )
    };
    journey.call(
        "create_concurrency_limit_v2, read_concurrency_limit_v2",
        outcome.await,
    );
    let outcome = async {
        let pool = || of::<model::WorkPoolCreate>(json!({ "name": "two", "type": "process" }));
        client
            .create_work_pool_work_pools_post(pool()?)
            .send()
            .await?;
        refused(
            client
                .create_work_pool_work_pools_post(pool()?)
                .send()
                .await,
            409,
        )
        .map(|_| ())
    };
    journey.call("create_work_pool, twice", outcome.await);
}
