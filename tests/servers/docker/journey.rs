//! The Docker Engine: images, containers, what happens, volumes, networks and secrets.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::error::Error;
use std::process::ExitCode;

use countersign_runtime::{Body, ItemStream, MemberReading};
use docker_client::{Client, model};
use door::{Door, Told, set, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused};

type Found<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 20.10.24, Debian 20.10.24+dfsg1-1+deb12u1+b6");
    let client = Client::builder()
        .base_url(journey.url())
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let door = Door::new(journey.url().trim_end_matches("/v1.41"));
    system(&mut journey, &client, &door).await;
    images(&mut journey, &client, &door).await;
    containers(&mut journey, &client, &door).await;
    running(&mut journey, &client, &door).await;
    things(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

/// All items of a stream.
async fn all<T: Clone>(mut items: ItemStream<T>) -> Found<Vec<T>> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await? {
        found.push(item);
    }
    Ok(found)
}

/// An image of one program, as the server's script made it.
async fn tar(folder: &str) -> Found<Body> {
    Ok(Body::from(std::fs::read(format!("{folder}/image.tar"))?))
}

async fn system(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async { equal(client.system_ping().send().await?.as_str(), "OK") };
    journey.call("SystemPing", outcome.await);
    let outcome = async { Ok(client.system_ping_head().send().await.map(|_| ())?) };
    journey.call("SystemPingHead", outcome.await);
    let outcome = async { within(&*client.system_version().send().await?, &door.get("/version")?) };
    journey.call("SystemVersion", outcome.await);
    let outcome = async {
        let found = client.system_info().send().await?;
        equal(json!(found.id), door.get("/info")?["ID"].clone())
    };
    journey.call("SystemInfo", outcome.await);
}

async fn images(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let info = door.get("/info")?;
        let root = info["DockerRootDir"].as_str().unwrap_or_default();
        let ask = client.image_create(tar(root.trim_end_matches("/store")).await?);
        let ask = ask.from_src("-").repo("box").tag("1");
        let lines = all(ask.read_as::<ItemStream<Value>>().await?.into_inner()).await?;
        let held = door.get("/images/box:1/json")?;
        equal(lines.last().map(|line| line["status"].clone()), Some(held["Id"].clone()))
    };
    set("`ImageBuild`, `ImageCreate`, `ImageLoad`: `read_as::<ItemStream<Value>>()` for the progress, of which the document says nothing; one that fails half way says so there, with status 200");
    journey.call("ImageCreate", outcome.await);
    let outcome = async { within(&*client.image_list().send().await?, &door.get("/images/json")?) };
    journey.call("ImageList", outcome.await);
    let outcome = async {
        let found = client.image_inspect("box:1").send().await?;
        within(&*found, &door.get("/images/box:1/json")?)
    };
    journey.call("ImageInspect", outcome.await);
    let outcome = async {
        let found = client.image_history("box:1").send().await?;
        within(&*found, &door.get("/images/box:1/history")?)
    };
    journey.call("ImageHistory", outcome.await);
    let outcome = async {
        client.image_tag("box:1").repo("copy").tag("a.b").send().await?;
        within(&*client.image_inspect("copy:a.b").send().await?, &door.get("/images/box:1/json")?)
    };
    journey.call("ImageTag", outcome.await);
    let outcome = async { refused(client.image_inspect("none").send().await, 404).map(|_| ()) };
    journey.call("ImageInspect, of none", outcome.await);
}

fn container(command: &str) -> Value {
    json!({
        "Image": "box:1", "Cmd": ["sh", "-c", command], "Labels": { "a.b": "ü \"x\"" },
        "HostConfig": { "NetworkMode": "none" },
    })
}

async fn create(client: &Client, name: &str, command: &str) -> Found<String> {
    let body = of::<model::ContainerCreateJsonBody>(container(command))?;
    Ok(client.container_create(body).name(name).send().await?.id.clone())
}

async fn containers(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let id = create(client, "one", "echo out; echo err >&2; exit 3").await?;
        let held = door.get("/containers/one/json")?;
        equal(held["Id"].clone(), json!(id))?;
        equal(held["Config"]["Labels"].clone(), json!({ "a.b": "ü \"x\"" }))
    };
    journey.call("ContainerCreate", outcome.await);
    let outcome = async {
        let body = of::<model::ContainerCreateJsonBody>(container("true"))?;
        refused(client.container_create(body).name("one").send().await, 409).map(|_| ())
    };
    journey.call("ContainerCreate, again", outcome.await);
    let outcome = async {
        let ask = client.container_list().all(true).filters(json!({ "label": ["a.b"] }).to_string());
        let found = ask.send().await?;
        equal(found.len(), 1)?;
        within(&*found, &door.get("/containers/json?all=1")?)
    };
    journey.call("ContainerList", outcome.await);
    let outcome = async {
        let found = client.container_inspect("one").send().await?;
        within(&*found, &door.get("/containers/one/json")?)
    };
    journey.call("ContainerInspect", outcome.await);
    let outcome = async { equal(client.container_changes("one").send().await?.len(), 0) };
    journey.call("ContainerChanges, of none", outcome.await);
    let outcome = async {
        client.container_start("one").send().await?;
        let found = client.container_wait("one").send().await?;
        equal(found.status_code, 3)
    };
    journey.call("ContainerStart, ContainerWait", outcome.await);
    let outcome = async {
        let found = client.container_logs("one").stdout(true).send().await?;
        equal(found.into_inner().bytes(1024).await?.as_ref(), b"\x01\0\0\0\0\0\0\x04out\n".as_slice())
    };
    journey.call("ContainerLogs", outcome.await);
    let outcome = async { refused(client.container_start("none").send().await, 404).map(|_| ()) };
    journey.call("ContainerStart, of none", outcome.await);
    let outcome = async {
        client.container_rename("one", "uno").send().await?;
        equal(door.get("/containers/uno/json")?["Name"].clone(), json!("/uno"))?;
        client.container_delete("uno").v(true).send().await?;
        equal(door.ask("GET", "/containers/uno/json", "")?.0, 404)
    };
    journey.call("ContainerRename, ContainerDelete", outcome.await);
}

async fn running(journey: &mut Journey, client: &Client, door: &Door) {
    let state = || Ok::<_, Box<dyn Error>>(door.get("/containers/two/json")?["State"]["Status"].clone());
    let outcome = async {
        create(client, "two", "while true; do sleep 1; done").await?;
        client.container_start("two").send().await?;
        equal(state()?, json!("running"))?;
        refused(client.container_start("two").send().await, 304).map(|_| ())
    };
    journey.call("ContainerStart, again", outcome.await);
    let outcome = async {
        let found = client.container_top("two").send().await?;
        let held = door.get("/containers/two/top")?;
        equal(json!(found.titles), held["Titles"].clone())?;
        equal(json!(found.processes.as_ref().map_or(0, Vec::len)), json!(2))
    };
    journey.call("ContainerTop", outcome.await);
    let outcome = async {
        let found = client.container_stats("two").with_stream(false).send().await?;
        equal(found["name"].clone(), json!("/two"))
    };
    journey.call("ContainerStats", outcome.await);
    let outcome = async {
        let mut found = client.container_stats("two").read_as::<ItemStream<Value>>().await?.into_inner();
        let one = found.next().await?.ok_or("no item")?;
        let two = found.next().await?.ok_or("no item")?;
        equal((one["read"].clone(), one["name"].clone()), (two["preread"].clone(), json!("/two")))
    };
    set("`ContainerStats`: `read_as::<ItemStream<Value>>()`, or `with_stream(false)`, since figures come one after another");
    journey.call("ContainerStats, as a stream", outcome.await);
    let outcome = async {
        client.container_pause("two").send().await?;
        equal(state()?, json!("paused"))?;
        client.container_unpause("two").send().await?;
        equal(state()?, json!("running"))
    };
    journey.call("ContainerPause, ContainerUnpause", outcome.await);
    let outcome = async {
        let body = of(json!({ "AttachStdout": true, "Cmd": ["sh", "-c", "echo $X; exit 7"], "Env": ["X=ü & more"] }))?;
        let made = client.container_exec("two", body).send().await?;
        let body = of::<model::ExecStartBody>(json!({ "Detach": false, "Tty": true }))?;
        let said = client.exec_start(made.id.as_str(), body).raw().await?;
        equal(std::str::from_utf8(&said)?.trim(), "ü & more")?;
        let found = client.exec_inspect(made.id.as_str()).send().await?;
        within(&*found, &door.get(&format!("/exec/{}/json", made.id))?)?;
        equal(found.exit_code, Some(7))
    };
    journey.call("ContainerExec, ExecStart, ExecInspect", outcome.await);
    let outcome = async {
        let found = client.container_archive("two", "/bin/true").send().await?;
        let tar = found.into_inner().bytes(1 << 20).await?;
        client.put_container_archive("two", "/", tar.clone()).send().await?;
        equal(tar.starts_with(b"true\0"), true)
    };
    journey.call("ContainerArchive, PutContainerArchive", outcome.await);
    let outcome = async {
        let found = client.container_archive_info("two", "/bin/true").send().await;
        Ok(found.map(|_| ())?)
    };
    journey.call("ContainerArchiveInfo", outcome.await);
    let outcome = async {
        let found = client.container_changes("two").send().await?;
        within(&*found, &door.get("/containers/two/changes")?)
    };
    journey.call("ContainerChanges", outcome.await);
    let outcome = async {
        let body = of(json!({ "CpuShares": 512, "RestartPolicy": { "Name": "on-failure", "MaximumRetryCount": 4 } }))?;
        client.container_update("two", body).send().await?;
        equal(door.get("/containers/two/json")?["HostConfig"]["CpuShares"].clone(), json!(512))
    };
    journey.call("ContainerUpdate", outcome.await);
    let outcome = async {
        client.container_kill("two").signal("SIGKILL").send().await?;
        client.container_wait("two").send().await?;
        refused(client.container_kill("two").send().await, 409).map(|_| ())
    };
    journey.call("ContainerKill", outcome.await);
    let outcome = async {
        let found = client.image_commit(None).container("two").repo("made").tag("1").send().await?;
        equal(door.get("/images/made:1/json")?["Id"].clone(), json!(found.id))
    };
    journey.call("ImageCommit", outcome.await);
    let outcome = async {
        let error = client.system_data_usage().send().await.err().ok_or("read")?;
        equal(error.to_string().contains("set `/Containers/*` to `one-for-list`"), true)?;
        let ask = client.system_data_usage();
        let found = ask.reading_of("/Containers/*", MemberReading::OneForList).send().await?;
        let items = found.containers.iter().flatten().flatten();
        let mut held = door.get("/system/df")?;
        within(&items.collect::<Vec<_>>(), &held["Containers"].take())?;
        within(&found.images, &held["Images"].take())
    };
    set("`SystemDataUsage`: `/Containers/*` as `one-for-list`, since the document has a list of lists of containers");
    journey.call("SystemDataUsage", outcome.await);
    let outcome = async {
        let found = client.container_prune().send().await?;
        equal(found.containers_deleted.as_ref().map(Vec::len), Some(1))?;
        equal(client.container_prune().send().await?.containers_deleted.clone(), None)
    };
    journey.call("ContainerPrune", outcome.await);
    let outcome = async {
        let until = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let ask = || {
            let filters = json!({ "type": ["container"] }).to_string();
            client.system_events().since("1").until(until.as_secs().to_string()).filters(filters)
        };
        let error = ask().send().await.err().ok_or("read")?;
        equal(error.to_string().contains("`read_as::<ItemStream<T>>()`"), true)?;
        let found = ask().read_as::<ItemStream<model::SystemEventsResponse>>().await?;
        let found = all(found.into_inner()).await?;
        equal(found.first().and_then(|event| event.action.clone()).as_deref(), Some("create"))?;
        equal(found.len() > 10, true)
    };
    set("`SystemEvents`: `read_as::<ItemStream<SystemEventsResponse>>()`, since events come one after another");
    journey.call("SystemEvents", outcome.await);
}

async fn things(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let ask = client.image_create(None).from_image("127.0.0.1:1/none").tag("1");
        refused(ask.send().await, 500).map(|_| ())
    };
    journey.call("ImageCreate, from nowhere", outcome.await);
    let outcome = async {
        let body = of(json!({ "Name": "v1", "Driver": "local", "Labels": { "x": "y" } }))?;
        let found = client.volume_create(body).send().await?;
        within(&*found, &door.get("/volumes/v1")?)
    };
    journey.call("VolumeCreate", outcome.await);
    let outcome = async { within(&*client.volume_list().send().await?, &door.get("/volumes")?) };
    journey.call("VolumeList", outcome.await);
    let outcome = async {
        within(&*client.volume_inspect("v1").send().await?, &door.get("/volumes/v1")?)?;
        client.volume_delete("v1").send().await?;
        refused(client.volume_inspect("v1").send().await, 404).map(|_| ())
    };
    journey.call("VolumeInspect, VolumeDelete", outcome.await);
    let outcome = async {
        let found = client.network_list().send().await?;
        let none = found.iter().find(|network| network.name.as_deref() == Some("none"));
        within(none.ok_or("no network")?, &door.get("/networks/none")?)
    };
    journey.call("NetworkList", outcome.await);
    let outcome = async { refused(client.secret_list().send().await, 503).map(|_| ()) };
    journey.call("SecretList, without a swarm", outcome.await);
    let outcome = async {
        let tar = build("FROM box:1\nLABEL a=b\n");
        let ask = client.image_build(tar).t("built:1").networkmode("none");
        let lines = all(ask.read_as::<ItemStream<Value>>().await?.into_inner()).await?;
        equal(lines[0]["stream"].clone(), json!("Step 1/2 : FROM box:1"))?;
        equal(door.get("/images/built:1/json")?["Config"]["Labels"].clone(), json!({ "a": "b" }))
    };
    journey.call("ImageBuild", outcome.await);
    let outcome = async {
        let ask = client.image_build(build("FROM none.invalid/x\n")).networkmode("none");
        let lines = all(ask.read_as::<ItemStream<Value>>().await?.into_inner()).await?;
        equal(lines.last().ok_or("no line")?["errorDetail"].is_object(), true)
    };
    journey.call("ImageBuild, that fails half way", outcome.await);
    let outcome = async {
        let saved = client.image_get("built:1").send().await?.into_inner().bytes(1 << 24).await?;
        client.image_delete("built:1").send().await?;
        let lines = client.image_load(saved).read_as::<ItemStream<Value>>().await?;
        let lines = all(lines.into_inner()).await?;
        equal(lines.last().ok_or("no line")?["stream"].clone(), json!("Loaded image: built:1\n"))
    };
    journey.call("ImageGet, ImageLoad", outcome.await);
    let outcome = async {
        let found = client.image_delete("copy:a.b").send().await?;
        equal(found.first().and_then(|one| one.untagged.clone()).as_deref(), Some("copy:a.b"))
    };
    journey.call("ImageDelete", outcome.await);
    let outcome = async {
        let body = of::<model::SwarmInitJsonBody>(json!({ "ListenAddr": "127.0.0.1:0", "AdvertiseAddr": "127.0.0.1" }))?;
        let found = client.swarm_init(body).send().await?;
        let held = door.get("/nodes")?;
        equal(json!(*found), held[0]["ID"].clone())
    };
    journey.call("SwarmInit", outcome.await);
    let outcome = async {
        let body = of(json!({ "Name": "key", "Data": "w7wmeA==", "Labels": { "a": "b" } }))?;
        let made = client.secret_create(of::<model::SecretCreateBody>(body)?).send().await?;
        let found = client.secret_inspect(made.id.as_str()).send().await?;
        within(&*found, &door.get("/secrets/key")?)
    };
    journey.call("SecretCreate, SecretInspect", outcome.await);
    let outcome = async { within(&*client.swarm_inspect().send().await?, &door.get("/swarm")?) };
    journey.call("SwarmInspect", outcome.await);
    let outcome = async { within(&*client.node_list().send().await?, &door.get("/nodes")?) };
    journey.call("NodeList", outcome.await);
    let outcome = async {
        client.swarm_leave().force(true).send().await?;
        refused(client.node_list().send().await, 503).map(|_| ())
    };
    journey.call("SwarmLeave", outcome.await);
}

/// A tar with a Dockerfile.
fn build(text: &str) -> Body {
    let mut head = vec![0; 512];
    let mut put = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, "Dockerfile");
    put(100, "0000644\00000000\00000000\0");
    put(124, &format!("{:011o}\000000000000\0", text.len()));
    put(148, "        0");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head.extend_from_slice(text.as_bytes());
    head.resize(2560, 0);
    Body::from(head)
}
