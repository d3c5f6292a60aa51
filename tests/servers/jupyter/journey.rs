//! Jupyter Server: files, checkpoints, kernels, sessions, terminals and settings.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::process::ExitCode;

use countersign_runtime::MemberReading;
use door::{Door, Told, set};
use jupyter_client::{Client, model};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same, status};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    // The document names no credential at all.
    let client = Client::builder()
        .base_url(journey.url())
        .header("Authorization", "token secret")
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url());
    door.head = "Authorization: token secret\r\n".to_owned();
    println!("version: 2.21.1, PyPI");
    general(&mut journey, &client, &door).await;
    files(&mut journey, &client, &door).await;
    checkpoints(&mut journey, &client, &door).await;
    kernels(&mut journey, &client, &door).await;
    terminals(&mut journey, &client, &door).await;
    told.say();
    set(
        "`optional` in settings.toml: `content` and `format` of a file that is answered without its content are null, and `mimetype` of what is not a file",
    );
    journey.finish()
}

async fn general(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async { same(&*client.get_api().send().await?, door.get("/api")?) };
    journey.call("get /api/", outcome.await);
    let outcome = async {
        let text = client.get_api_spec_yaml().send().await?;
        equal(text.status().as_u16(), 200)
    };
    journey.call("get /api/spec.yaml", outcome.await);
    let outcome = async {
        let found = client.get_api_status().send().await?;
        equal(found.kernels, Some(0.0))
    };
    journey.call("get /api/status", outcome.await);
    let outcome = async {
        let found = client.get_api_me().send().await?;
        equal(found.identity.is_some(), true)
    };
    journey.call("get /api/me", outcome.await);
    let outcome = async {
        let set = BTreeMap::from([("c".to_owned(), json!({ "d": [1, 2.5, "x"] }))]);
        client
            .patch_api_config_by_section_name("tree", set)
            .send()
            .await?;
        equal(
            door.get("/api/config/tree")?,
            json!({ "c": { "d": [1, 2.5, "x"] } }),
        )
    };
    journey.call("patch /api/config/{section_name}", outcome.await);
    let outcome = async {
        let found = client.get_api_config_by_section_name("tree").send().await?;
        same(&*found, door.get("/api/config/tree")?)
    };
    journey.call("get /api/config/{section_name}", outcome.await);
    let outcome = async {
        let other = Client::builder().base_url(journey.url()).build()?;
        refused(other.get_api_status().send().await, 403).map(|_| ())
    };
    let outcome = outcome.await;
    journey.call("get /api/status, without a token", outcome);
}

fn held(door: &Door, path: &str) -> Result<Value, Box<dyn std::error::Error>> {
    Ok(door.get(&format!("/api/contents/{path}"))?["content"].clone())
}

async fn files(journey: &mut Journey, client: &Client, door: &Door) {
    let put = |content: &str| {
        let body = json!({ "name": "a b.txt", "path": "a b.txt", "type": "file", "format": "text", "content": content });
        of::<model::PutApiContentsByPathBody>(body)
    };
    let outcome = async {
        let body = put("Grüße, \"x\"\n")?;
        let answer = client
            .put_api_contents_by_path("a b.txt", body)
            .raw()
            .await?;
        status(answer.status(), 201)?;
        equal(held(door, "a%20b.txt")?, json!("Grüße, \"x\"\n"))
    };
    journey.call(
        "put /api/contents/{path}, its answer as it is",
        outcome.await,
    );
    let outcome = async {
        let body = put("again")?;
        let saved = client
            .put_api_contents_by_path("a b.txt", body)
            .send()
            .await?;
        equal(saved.content.is_none() && saved.format.is_none(), true)?;
        equal(held(door, "a%20b.txt")?, json!("again"))
    };
    journey.call("put /api/contents/{path}", outcome.await);
    let outcome = async {
        let found = client.get_api_contents_by_path("a b.txt").send().await?;
        equal(json!(found.content), held(door, "a%20b.txt")?)?;
        equal(found.content.as_deref(), Some("again"))?;
        equal(found.size, Some(5))
    };
    journey.call("get /api/contents/{path}", outcome.await);
    let outcome = async {
        let found = client
            .get_api_contents_by_path("a b.txt")
            .format(model::GetApiContentsByPathFormat::Base64)
            .r#type(model::GetApiContentsByPathType::File)
            .send()
            .await?;
        equal(found.content.as_deref().map(str::trim), Some("YWdhaW4="))
    };
    journey.call("get /api/contents/{path}, in base64", outcome.await);
    let outcome = async {
        let found = client
            .get_api_contents_by_path("a b.txt")
            .content(0)
            .send()
            .await?;
        equal((found.content.is_none(), found.size), (true, Some(5)))
    };
    journey.call("get /api/contents/{path}, without content", outcome.await);
    let outcome = async {
        let body = of::<model::PutApiContentsByPathBody>(json!({ "type": "directory" }))?;
        let answer = client.put_api_contents_by_path("box", body).raw().await?;
        status(answer.status(), 201)?;
        equal(held(door, "box")?, json!([]))
    };
    journey.call("put /api/contents/{path}, a folder", outcome.await);
    let outcome = async {
        let body =
            of::<model::PostApiContentsByPathBody>(json!({ "type": "file", "ext": ".txt" }))?;
        let answer = client.post_api_contents_by_path("box", body).raw().await?;
        status(answer.status(), 201)?;
        equal(held(door, "box/untitled.txt")?, json!(""))
    };
    journey.call("post /api/contents/{path}", outcome.await);
    let outcome = async {
        let found = client
            .get_api_contents_by_path("box/untitled.txt")
            .send()
            .await?;
        equal(found.path.as_str(), "box/untitled.txt")
    };
    journey.call("get /api/contents/{path}, in a folder", outcome.await);
    let outcome = async {
        let folder = || client.get_api_contents_by_path("box");
        let error = folder().send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("set `/content` to `json-text`"), true)?;
        let found = folder()
            .reading_of("/content", MemberReading::JsonText)
            .send()
            .await?;
        let listed: Value = serde_json::from_str(found.content.as_deref().unwrap_or_default())?;
        equal(listed, held(door, "box")?)
    };
    set(
        "`get /api/contents/{path}` of a folder: `/content` as `json-text`, since a list is sent where the document has a text",
    );
    journey.call("get /api/contents/{path}, of a folder", outcome.await);
    let outcome = async {
        let body = of::<model::PatchApiContentsByPathBody>(json!({ "path": "box/new & old.txt" }))?;
        let answer = client
            .patch_api_contents_by_path("box/untitled.txt", body)
            .raw()
            .await?;
        status(answer.status(), 200)?;
        equal(held(door, "box/new%20%26%20old.txt")?, json!(""))
    };
    journey.call("patch /api/contents/{path}", outcome.await);
    let outcome = async {
        let found = client
            .get_api_resolve_path("box/new & old.txt")
            .send()
            .await?;
        equal(
            found.resolved.first().map(|one| one.path.clone()),
            Some("box/new & old.txt".to_owned()),
        )
    };
    journey.call("get /api/resolvePath", outcome.await);
    let outcome = async {
        let done = client
            .delete_api_contents_by_path("box/new & old.txt")
            .send()
            .await?;
        status(done.status(), 204)?;
        equal(held(door, "box")?, json!([]))
    };
    journey.call("delete /api/contents/{path}", outcome.await);
    let outcome = async {
        refused(
            client.get_api_contents_by_path("nothing.txt").send().await,
            404,
        )
        .map(|_| ())
    };
    journey.call("get /api/contents/{path}, of nothing", outcome.await);
}

async fn checkpoints(journey: &mut Journey, client: &Client, door: &Door) {
    const FILE: &str = "a b.txt";
    let path = "/api/contents/a%20b.txt/checkpoints";
    let mut id = String::new();
    let outcome = async {
        let made = client
            .post_api_contents_by_path_checkpoints(FILE)
            .send()
            .await?;
        status(made.status(), 201)?;
        id = made.id.clone();
        same(&*made, door.get(path)?[0].clone())
    };
    journey.call("post /api/contents/{path}/checkpoints", outcome.await);
    let outcome = async {
        let found = client
            .get_api_contents_by_path_checkpoints(FILE)
            .send()
            .await?;
        let found = found.into_inner();
        same(&found, door.get(path)?)
    };
    journey.call("get /api/contents/{path}/checkpoints", outcome.await);
    let outcome = async {
        let (put, _) = door.ask(
            "PUT",
            "/api/contents/a%20b.txt",
            r#"{"type":"file","format":"text","content":"later"}"#,
        )?;
        equal(put, 200)?;
        client
            .post_api_contents_by_path_checkpoints_by_checkpoint_id(FILE, &*id)
            .send()
            .await?;
        equal(held(door, "a%20b.txt")?, json!("again"))
    };
    journey.call(
        "post /api/contents/{path}/checkpoints/{checkpoint_id}",
        outcome.await,
    );
    let outcome = async {
        client
            .delete_api_contents_by_path_checkpoints_by_checkpoint_id(FILE, &*id)
            .send()
            .await?;
        equal(door.get(path)?, json!([]))
    };
    journey.call(
        "delete /api/contents/{path}/checkpoints/{checkpoint_id}",
        outcome.await,
    );
}

async fn kernels(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_api_kernelspecs().send().await?;
        equal(
            json!(found.default),
            door.get("/api/kernelspecs")?["default"].clone(),
        )
    };
    journey.call("get /api/kernelspecs", outcome.await);
    let mut id = None;
    let outcome = async {
        let body = of::<model::PostApiKernelsBody>(json!({ "name": "python3" }))?;
        let made = client.post_api_kernels(body).send().await?;
        status(made.status(), 201)?;
        id = Some(made.id);
        equal(
            door.get(&format!("/api/kernels/{}", made.id))?["name"].clone(),
            json!("python3"),
        )
    };
    journey.call("post /api/kernels", outcome.await);
    let Some(id) = id else { return };
    let outcome = async {
        let all = client.get_api_kernels().send().await?;
        equal(
            all.iter().map(|kernel| kernel.id).collect::<Vec<_>>(),
            vec![id],
        )?;
        let one = client.get_api_kernels_by_kernel_id(id).send().await?;
        equal(one.name.as_str(), "python3")
    };
    journey.call(
        "get /api/kernels, get /api/kernels/{kernel_id}",
        outcome.await,
    );
    let outcome = async {
        let done = client
            .post_api_kernels_by_kernel_id_interrupt(id)
            .send()
            .await?;
        status(done.status(), 204)
    };
    journey.call("post /api/kernels/{kernel_id}/interrupt", outcome.await);
    let outcome = async {
        let again = client
            .post_api_kernels_by_kernel_id_restart(id)
            .send()
            .await?;
        equal(again.id, id)
    };
    journey.call("post /api/kernels/{kernel_id}/restart", outcome.await);
    let mut session = None;
    let outcome = async {
        let body = json!({ "path": "a.ipynb", "name": "a & b", "type": "notebook", "kernel": { "id": id, "name": "python3" } });
        let body = of::<model::Session>(body)?;
        let made = client.post_api_sessions(body).send().await?;
        status(made.status(), 201)?;
        session = made.id;
        equal(
            door.get("/api/sessions")?[0]["name"].clone(),
            json!("a & b"),
        )
    };
    journey.call("post /api/sessions", outcome.await);
    if let Some(session) = session {
        let outcome = async {
            let all = client.get_api_sessions().send().await?;
            equal(all.len(), 1)?;
            let one = client.get_api_sessions_by_session(session).send().await?;
            equal(one.path.as_deref(), Some("a.ipynb"))
        };
        journey.call(
            "get /api/sessions, get /api/sessions/{session}",
            outcome.await,
        );
        let outcome = async {
            let body = of::<model::Session>(json!({ "name": "renamed" }))?;
            client
                .patch_api_sessions_by_session(session, body)
                .send()
                .await?;
            equal(
                door.get("/api/sessions")?[0]["name"].clone(),
                json!("renamed"),
            )
        };
        journey.call("patch /api/sessions/{session}", outcome.await);
        let outcome = async {
            let done = client
                .delete_api_sessions_by_session(session)
                .send()
                .await?;
            status(done.status(), 204)?;
            equal(door.get("/api/sessions")?, json!([]))
        };
        journey.call("delete /api/sessions/{session}", outcome.await);
    }
    let outcome = async {
        let nobody = "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a".parse()?;
        refused(
            client.get_api_kernels_by_kernel_id(nobody).send().await,
            404,
        )
        .map(|_| ())
    };
    journey.call("get /api/kernels/{kernel_id}, of none", outcome.await);
}

async fn terminals(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let made = client.post_api_terminals().send().await?;
        let all = client.get_api_terminals().send().await?;
        equal(all.len(), 1)?;
        let one = client
            .get_api_terminals_by_terminal_id(&*made.name)
            .send()
            .await?;
        equal(one.name.clone(), made.name.clone())?;
        let done = client
            .delete_api_terminals_by_terminal_id(&*made.name)
            .send()
            .await?;
        status(done.status(), 204)?;
        equal(door.get("/api/terminals")?, json!([]))
    };
    journey.call("post, get and delete /api/terminals", outcome.await);
}
