//! LangGraph's server: assistants, threads, runs whose events are streamed, and the store.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use countersign_runtime::{Event, ItemStream, Reconnect};
use door::{Door, Told, set, within};
use langgraph_client::{Client, GetItem, model};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same};

type Found<T> = Result<T, Box<dyn Error>>;

/// The id of no thread.
const NONE: &str = "11111111-1111-4111-8111-111111111111";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 0.16.7, PyPI");
    let client = Client::builder()
        .base_url(journey.url())
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let door = Door::new(journey.url());
    general(&mut journey, &client, &door).await;
    assistants(&mut journey, &client, &door).await;
    let thread = threads(&mut journey, &client, &door).await;
    runs(&mut journey, &client, &door, &thread).await;
    streams(&mut journey, &client, &door, &thread).await;
    store(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

/// What was decoded, as JSON.
fn plain<T: serde::Serialize + ?Sized>(value: &T) -> Found<Value> {
    Ok(countersign_runtime::wire::to_value(value)?)
}

async fn general(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async { same(&*client.health_check().send().await?, json!({ "ok": true })) };
    journey.call("health_check", outcome.await);
    let outcome = async {
        let found = client.server_info().send().await?;
        equal(
            json!(plain(&*found)?["version"]),
            door.get("/info")?["version"].clone(),
        )
    };
    journey.call("server_info", outcome.await);
    let outcome = async {
        let found = client.docs_get().send().await?;
        equal(found.status().as_u16(), 200)
    };
    journey.call("docs", outcome.await);
    let outcome = async {
        let text = client.system_metrics().raw().await?;
        equal(std::str::from_utf8(&text)?.contains("# TYPE"), true)
    };
    journey.call("system_metrics, as it is", outcome.await);
}

async fn assistants(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let body =
            json!({ "graph_id": "counter", "name": "Zähler", "metadata": { "a": [1, 2.5, null] } });
        let made = plain(&*client.create_assistant(of(body)?).send().await?)?;
        id = made["assistant_id"].as_str().unwrap_or_default().to_owned();
        let held = door.get(&format!("/assistants/{id}"))?;
        equal(held["metadata"]["a"].clone(), json!([1, 2.5, null]))
    };
    journey.call("create_assistant", outcome.await);
    let outcome = async {
        let found = client.get_assistant(id.parse()?).send().await?;
        within(&*found, &door.get(&format!("/assistants/{id}"))?)
    };
    journey.call("get_assistant", outcome.await);
    let outcome = async {
        let body = json!({ "name": "renamed" });
        client
            .patch_assistant(id.parse()?, of(body)?)
            .send()
            .await?;
        let held = door.get(&format!("/assistants/{id}"))?;
        equal(
            (held["name"].clone(), held["version"].clone()),
            (json!("renamed"), json!(2)),
        )
    };
    journey.call("patch_assistant", outcome.await);
    let outcome = async {
        let body = json!({ "graph_id": "counter", "limit": 5 });
        let found = client.search_assistants(of(body.clone())?).send().await?;
        within(&*found, &door.post("/assistants/search", &body)?)?;
        equal(found.len(), 2)
    };
    journey.call("search_assistants", outcome.await);
    let outcome = async {
        let found = client.count_assistants(of(json!({}))?).send().await?;
        same(&*found, json!(2))
    };
    journey.call("count_assistants", outcome.await);
    let outcome = async {
        let found = client.get_assistant_schemas(id.parse()?).send().await?;
        within(&*found, &door.get(&format!("/assistants/{id}/schemas"))?)
    };
    journey.call("get_assistant_schemas", outcome.await);
    let outcome = async {
        let found = client.get_assistant_graph(of(json!(id))?).send().await?;
        within(&*found, &door.get(&format!("/assistants/{id}/graph"))?)
    };
    journey.call("get_assistant_graph", outcome.await);
    let outcome = async {
        client.delete_assistant(id.parse()?).send().await?;
        refused(client.get_assistant(id.parse()?).send().await, 404).map(|_| ())
    };
    journey.call("delete_assistant, get_assistant of none", outcome.await);
}

async fn threads(journey: &mut Journey, client: &Client, door: &Door) -> String {
    let mut id = String::new();
    let outcome = async {
        let body = json!({ "metadata": { "ü": "x \"y\"" } });
        let made = plain(&*client.create_thread(of(body)?).send().await?)?;
        id = made["thread_id"].as_str().unwrap_or_default().to_owned();
        let held = door.get(&format!("/threads/{id}"))?;
        equal(held["metadata"].clone(), json!({ "ü": "x \"y\"" }))
    };
    journey.call("create_thread", outcome.await);
    let outcome = async {
        let found = client.get_thread(id.parse()?).send().await?;
        within(&*found, &door.get(&format!("/threads/{id}"))?)
    };
    journey.call("get_thread", outcome.await);
    let outcome = async {
        let body = json!({ "metadata": { "b": true } });
        client.patch_thread(id.parse()?, of(body)?).send().await?;
        let held = door.get(&format!("/threads/{id}"))?;
        equal(held["metadata"]["b"].clone(), json!(true))
    };
    journey.call("patch_thread", outcome.await);
    let outcome = async {
        let body = json!({ "metadata": { "b": true } });
        let found = client.search_threads(of(body.clone())?).send().await?;
        within(&*found, &door.post("/threads/search", &body)?)?;
        equal(found.len(), 1)
    };
    journey.call("search_threads", outcome.await);
    let outcome = async { refused(client.get_thread(NONE.parse()?).send().await, 404).map(|_| ()) };
    journey.call("get_thread, of none", outcome.await);
    id
}

async fn runs(journey: &mut Journey, client: &Client, door: &Door, thread: &str) {
    let outcome = async {
        let body = json!({ "assistant_id": "counter", "input": { "count": 1, "ask": true } });
        let found = client.wait_run(thread.parse()?, of(body)?).send().await?;
        let found = plain(&*found)?;
        equal(found["__interrupt__"][0]["value"].clone(), json!("what?"))
    };
    journey.call("wait_run, which asks", outcome.await);
    let outcome = async {
        let ask = || Ok::<_, Box<dyn Error>>(client.get_latest_thread_state(thread.parse()?));
        let error = ask()?.send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`read_as`"), true)?;
        let found = ask()?.read_as::<Value>().await?;
        let held = door.get(&format!("/threads/{thread}/state"))?;
        same(&*found, held.clone())?;
        equal(held["next"].clone(), json!(["ask"]))
    };
    set(
        "`get_latest_thread_state` of a run that asks: `read_as::<Value>()`, since what a graph asks is any value where the document has a map",
    );
    journey.call("get_latest_thread_state", outcome.await);
    let outcome = async {
        let body = json!({ "assistant_id": "counter", "command": { "resume": "42 & more" } });
        let found = client.wait_run(thread.parse()?, of(body)?).send().await?;
        let held = door.get(&format!("/threads/{thread}/state"))?;
        equal(plain(&*found)?, held["values"].clone())?;
        equal(
            held["values"]["notes"][1].clone(),
            json!("answered 42 & more"),
        )
    };
    journey.call("wait_run, answered", outcome.await);
    let outcome = async {
        let body = json!({ "values": { "count": 40 }, "as_node": "count" });
        client
            .update_thread_state(thread.parse()?, of(body)?)
            .send()
            .await?;
        let held = door.get(&format!("/threads/{thread}/state"))?;
        equal(held["values"]["count"].clone(), json!(40))
    };
    journey.call("update_thread_state", outcome.await);
    let outcome = async {
        let found = client.get_thread_history(thread.parse()?).send().await?;
        within(&*found, &door.get(&format!("/threads/{thread}/history"))?)
    };
    journey.call("get_thread_history", outcome.await);
    let mut run = String::new();
    let outcome = async {
        let body = json!({ "assistant_id": "counter", "input": { "count": 5 } });
        let made = client.create_run(thread.parse()?, of(body)?).send().await?;
        run = plain(&*made)?["run_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let found = client
            .join_run_http(thread.parse()?, run.parse()?)
            .send()
            .await?;
        equal(plain(&*found)?["count"].clone(), json!(6))
    };
    journey.call("create_run, join_run", outcome.await);
    let outcome = async {
        let found = client
            .get_run_http(thread.parse()?, run.parse()?)
            .send()
            .await?;
        within(
            &*found,
            &door.get(&format!("/threads/{thread}/runs/{run}"))?,
        )
    };
    journey.call("get_run", outcome.await);
    let outcome = async {
        let found = client.list_runs_http(thread.parse()?).send().await?;
        within(&*found, &door.get(&format!("/threads/{thread}/runs"))?)?;
        equal(found.len(), 3)
    };
    journey.call("list_runs", outcome.await);
    let outcome = async {
        client
            .delete_run(thread.parse()?, run.parse()?)
            .send()
            .await?;
        let (found, _) = door.ask("GET", &format!("/threads/{thread}/runs/{run}"), "")?;
        equal(found, 404)
    };
    journey.call("delete_run", outcome.await);
}

/// The names of the events of a stream, and their data as JSON.
async fn all(mut events: ItemStream<Event<String>>) -> Found<Vec<(String, Value)>> {
    let mut found = Vec::new();
    while let Some(event) = events.next().await? {
        found.push((event.event.to_string(), serde_json::from_str(&event.data)?));
    }
    Ok(found)
}

async fn streams(journey: &mut Journey, client: &Client, door: &Door, thread: &str) {
    let outcome = async {
        let body = json!({ "assistant_id": "counter", "input": { "count": 1 }, "stream_mode": ["values", "custom"] });
        let events = client.stream_run_stateless(of(body)?).send().await?;
        let events = all(events.into_inner()).await?;
        let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
        equal(
            names,
            vec![
                "metadata", "values", "custom", "custom", "custom", "values", "values",
            ],
        )?;
        equal(events[3].1.clone(), json!({ "number": 1 }))?;
        equal(
            events[6].1.clone(),
            json!({ "notes": ["counted", "not asked"], "count": 2 }),
        )
    };
    journey.call("stream_run_stateless", outcome.await);
    let outcome = async {
        let body = json!({ "assistant_id": "counter", "input": { "count": 10 }, "stream_mode": "updates" });
        let events = client.stream_run(thread.parse()?, of(body)?);
        let events = events.reconnect(Reconnect::new()).send().await?;
        let events = all(events.into_inner()).await?;
        let held = door.get(&format!("/threads/{thread}/state"))?;
        equal(held["values"]["count"].clone(), json!(11))?;
        let last = events.last().ok_or("no event")?;
        equal(
            last.clone(),
            (
                "updates".to_owned(),
                json!({ "ask": { "notes": ["not asked"] } }),
            ),
        )
    };
    journey.call("stream_run", outcome.await);
    let outcome = async {
        let body = json!({ "assistant_id": "none", "input": {} });
        refused(client.stream_run_stateless(of(body)?).send().await, 422).map(|_| ())
    };
    journey.call("stream_run_stateless, of no graph", outcome.await);
    let outcome = async {
        let copy = plain(&*client.copy_thread_post(thread.parse()?).send().await?)?;
        let id = copy["thread_id"].as_str().unwrap_or_default();
        let held = door.get(&format!("/threads/{id}/state"))?;
        equal(held["values"]["count"].clone(), json!(11))?;
        client.delete_thread(id.parse()?).send().await?;
        equal(door.ask("GET", &format!("/threads/{id}"), "")?.0, 404)
    };
    journey.call("copy_thread, delete_thread", outcome.await);
}

async fn store(journey: &mut Journey, client: &Client, door: &Door) {
    let path = "/store/items?namespace=a.b%20c&key=k%26%201";
    let outcome = async {
        let body = json!({ "namespace": ["a", "b c"], "key": "k& 1", "value": { "x": [1, { "y": null }] } });
        client.put_item(of(body)?).send().await?;
        equal(
            door.get(path)?["value"].clone(),
            json!({ "x": [1, { "y": null }] }),
        )
    };
    journey.call("put_item", outcome.await);
    let outcome = async {
        let namespace = || vec!["a".to_owned(), "b c".to_owned()];
        let ask = || {
            let ask = client.get_item("k& 1");
            ask.with(|ask: GetItem| ask.namespace(namespace()))
        };
        equal(ask().raw().await?.as_ref(), b"null".as_slice())?;
        let found = ask().query_text("namespace", "a.b c").send().await?;
        within(&*found, &door.get(path)?)
    };
    set(
        "`get_item`: `.query_text(\"namespace\", \"a.b\")`, since a list in the form that the document has is read as its last item (findings/langgraph-store-namespace.sh)",
    );
    journey.call("get_item", outcome.await);
    let outcome = async {
        let body = json!({ "namespace_prefix": ["a"], "limit": 3 });
        let found = client.search_items(of(body.clone())?).send().await?;
        within(&*found, &door.post("/store/items/search", &body)?)
    };
    journey.call("search_items", outcome.await);
    let outcome = async {
        let error = client.list_namespaces(of(json!({}))?).send().await;
        let error = error.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`read_as`"), true)?;
        let found = client
            .list_namespaces(of(json!({}))?)
            .read_as::<BTreeMap<String, Vec<Vec<String>>>>()
            .await?;
        same(&*found, door.post("/store/namespaces", &json!({}))?)
    };
    set(
        "`list_namespaces`: `read_as::<BTreeMap<String, Vec<Vec<String>>>>()`, since an object around the list is sent",
    );
    journey.call("list_namespaces", outcome.await);
    let outcome = async {
        let body =
            of::<model::StoreDeleteRequest>(json!({ "namespace": ["a", "b c"], "key": "k& 1" }))?;
        client.delete_item(body).send().await?;
        equal(door.get(path)?, Value::Null)
    };
    journey.call("delete_item", outcome.await);
}
