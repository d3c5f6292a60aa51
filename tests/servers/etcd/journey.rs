//! etcd through its JSON gateway: keys, transactions, leases, watches, users and roles.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use countersign_runtime::Base64;
use door::{Door, Told, set};
use etcd_client::{Client, model, security};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    println!("version: 3.4.23, Debian 3.4.23-4+b4");
    let token = Door::new(journey.url()).post(
        "/v3/auth/authenticate",
        &json!({ "name": "root", "password": "secret" }),
    );
    let token = token.map(|answer| answer["token"].as_str().unwrap_or_default().to_owned());
    let token = token
        .inspect_err(|error| println!("{error}"))
        .unwrap_or_default();
    let client = Client::builder()
        .base_url(journey.url())
        .credential(security::api_key(&*token))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url());
    door.head = format!("Authorization: {token}\r\n");
    tokens(&mut journey, &client).await;
    keys(&mut journey, &client, &door).await;
    changes(&mut journey, &client, &door).await;
    leases(&mut journey, &client, &door).await;
    access(&mut journey, &client, &door).await;
    server(&mut journey, &client, &door).await;
    let anonymous = Client::builder()
        .base_url(journey.url())
        .anonymous()
        .on_departure(told.hook())
        .build();
    let Ok(anonymous) = anonymous.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    door.head.clear();
    without_authentication(&mut journey, &client, &anonymous, &door).await;
    told.say();
    set(
        "with authentication off: `Builder::anonymous()`, since a call with a token is refused (findings/etcd-auth-off.sh), and the document requires one",
    );
    journey.finish()
}

const NOTHING: BTreeMap<String, Value> = BTreeMap::new();

/// As it travels.
fn encoded(text: &str) -> Value {
    json!(Base64::from(text.as_bytes().to_vec()))
}

/// The values that the server holds for keys from one to another.
fn held(door: &Door, from: &str, to: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let found = door.post(
        "/v3/kv/range",
        &json!({ "key": encoded(from), "range_end": encoded(to) }),
    )?;
    let all = found["kvs"].as_array().cloned().unwrap_or_default();
    Ok(all.into_iter().map(|one| one["value"].clone()).collect())
}

async fn tokens(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let body = of::<model::EtcdserverpbAuthenticateRequest>(
            json!({ "name": "root", "password": "secret" }),
        )?;
        let found = client.authenticate(body).send().await?;
        equal(found.token.is_some(), true)
    };
    journey.call("Authenticate", outcome.await);
    let outcome = async {
        let body = of::<model::EtcdserverpbAuthenticateRequest>(
            json!({ "name": "root", "password": "wrong" }),
        )?;
        refused(client.authenticate(body).send().await, 400).map(|_| ())
    };
    journey.call("Authenticate, wrong", outcome.await);
    let outcome = async {
        let wrong = Client::builder()
            .base_url(journey.url())
            .credential(security::api_key("nobody.1"))
            .build()?;
        let body = of::<model::EtcdserverpbRangeRequest>(json!({ "key": encoded("a") }))?;
        refused(wrong.range(body).send().await, 401).map(|_| ())
    };
    let outcome = outcome.await;
    journey.call("Range, with a wrong token", outcome);
}

async fn keys(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        for (key, value) in [("k/a", "one"), ("k/b", "zwei, “é”"), ("k/c", "")] {
            let body = of::<model::EtcdserverpbPutRequest>(
                json!({ "key": encoded(key), "value": encoded(value) }),
            )?;
            client.put(body).send().await?;
        }
        equal(held(door, "k/", "k0")?[1].clone(), encoded("zwei, “é”"))
    };
    journey.call("Put", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("k/a") });
        let found = client
            .range(of::<model::EtcdserverpbRangeRequest>(body.clone())?)
            .send()
            .await?;
        same(&*found, door.post("/v3/kv/range", &body)?)?;
        equal(found.count.as_deref(), Some("1"))
    };
    journey.call("Range", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("k/"), "range_end": encoded("k0"), "limit": "2", "sort_order": "DESCEND", "sort_target": "KEY" });
        let found = client
            .range(of::<model::EtcdserverpbRangeRequest>(body.clone())?)
            .send()
            .await?;
        same(&*found, door.post("/v3/kv/range", &body)?)?;
        equal(found.more, Some(true))?;
        equal(found.kvs.as_ref().map_or(0, Vec::len), 2)
    };
    journey.call("Range, sorted and limited", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("k/"), "range_end": encoded("k0"), "count_only": true });
        let found = client
            .range(of::<model::EtcdserverpbRangeRequest>(body)?)
            .send()
            .await?;
        equal(
            (found.count.as_deref(), found.kvs.is_none()),
            (Some("3"), true),
        )
    };
    journey.call("Range, counted", outcome.await);
    let outcome = async {
        let found = client
            .range(of::<model::EtcdserverpbRangeRequest>(
                json!({ "key": encoded("none") }),
            )?)
            .send()
            .await?;
        equal(found.kvs.is_none(), true)
    };
    journey.call("Range, of nothing", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("k/a"), "value": encoded("two"), "prev_kv": true });
        let found = client
            .put(of::<model::EtcdserverpbPutRequest>(body)?)
            .send()
            .await?;
        let before = found
            .prev_kv
            .as_ref()
            .and_then(|before| before.value.clone());
        equal(json!(before), encoded("one"))
    };
    journey.call("Put, with what was there", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("k/c"), "prev_kv": true });
        let found = client
            .delete_range(of::<model::EtcdserverpbDeleteRangeRequest>(body)?)
            .send()
            .await?;
        equal(found.deleted.as_deref(), Some("1"))?;
        equal(held(door, "k/", "k0")?.len(), 2)
    };
    journey.call("DeleteRange", outcome.await);
    let outcome = async {
        refused(
            client
                .range(of::<model::EtcdserverpbRangeRequest>(json!({}))?)
                .send()
                .await,
            400,
        )
        .map(|_| ())
    };
    journey.call("Range, without a key", outcome.await);
}

async fn changes(journey: &mut Journey, client: &Client, door: &Door) {
    let transaction = |expected: &str| {
        json!({
            "compare": [{ "key": encoded("k/a"), "target": "VALUE", "result": "EQUAL", "value": encoded(expected) }],
            "success": [{ "request_put": { "key": encoded("k/t"), "value": encoded("yes") } }],
            "failure": [{ "request_range": { "key": encoded("k/a") } }],
        })
    };
    let outcome = async {
        let found = client
            .txn(of::<model::EtcdserverpbTxnRequest>(transaction("two"))?)
            .send()
            .await?;
        equal(found.succeeded, Some(true))?;
        equal(held(door, "k/t", "k/u")?, vec![encoded("yes")])
    };
    journey.call("Txn", outcome.await);
    let outcome = async {
        let found = client
            .txn(of::<model::EtcdserverpbTxnRequest>(transaction("three"))?)
            .send()
            .await?;
        equal(found.succeeded.unwrap_or_default(), false)?;
        equal(found.responses.as_ref().map_or(0, Vec::len), 1)
    };
    journey.call("Txn, the other way", outcome.await);
    let outcome = async {
        let body = json!({ "create_request": { "key": encoded("k/a"), "start_revision": "1" } });
        let mut body = client
            .watch(of::<model::EtcdserverpbWatchRequest>(body)?)
            .raw_stream()
            .await?
            .into_inner();
        let mut text = String::new();
        // One answer that the watch is there, and one with what happened since.
        while text.lines().count() < 2 || !text.ends_with('\n') {
            let chunk = std::future::poll_fn(|cx| {
                http_body::Body::poll_frame(std::pin::Pin::new(&mut body), cx)
            })
            .await;
            let chunk = chunk
                .ok_or("the end")??
                .into_data()
                .map_err(|_| "trailers")?;
            text.push_str(std::str::from_utf8(&chunk)?);
        }
        let second: Value = serde_json::from_str(text.lines().nth(1).unwrap_or_default())?;
        equal(second["result"]["events"].as_array().map_or(0, Vec::len), 2)
    };
    journey.call("Watch, as it is", outcome.await);
    let outcome = async {
        let now = door.post("/v3/kv/range", &json!({ "key": encoded("k/a") }))?;
        let body = json!({ "revision": now["header"]["revision"], "physical": true });
        client
            .compact(of::<model::EtcdserverpbCompactionRequest>(body)?)
            .send()
            .await?;
        let old = json!({ "key": encoded("k/a"), "revision": "2" });
        refused(
            client
                .range(of::<model::EtcdserverpbRangeRequest>(old)?)
                .send()
                .await,
            400,
        )
        .map(|_| ())
    };
    journey.call("Compact", outcome.await);
}

async fn leases(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let made = client
            .lease_grant(of::<model::EtcdserverpbLeaseGrantRequest>(
                json!({ "TTL": "600" }),
            )?)
            .send()
            .await?;
        id = made.id.clone().ok_or("no id")?;
        let held = door.post("/v3/lease/leases", &json!({}))?;
        equal(held["leases"][0]["ID"].clone(), json!(id))
    };
    journey.call("LeaseGrant", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("leased"), "value": encoded("x"), "lease": id });
        client
            .put(of::<model::EtcdserverpbPutRequest>(body)?)
            .send()
            .await?;
        let body = json!({ "ID": id, "keys": true });
        let found = client
            .lease_time_to_live(of::<model::EtcdserverpbLeaseTimeToLiveRequest>(body)?)
            .send()
            .await?;
        equal(json!(found.keys), json!([encoded("leased")]))?;
        equal(found.granted_ttl.as_deref(), Some("600"))
    };
    journey.call("LeaseTimeToLive", outcome.await);
    let outcome = async {
        let found = client.lease_leases(NOTHING).send().await?;
        equal(
            found
                .leases
                .as_ref()
                .and_then(|all| all.first()?.id.clone()),
            Some(id.clone()),
        )
    };
    journey.call("LeaseLeases", outcome.await);
    let outcome = async {
        let body = of::<model::EtcdserverpbLeaseKeepAliveRequest>(json!({ "ID": id }))?;
        let found = client.lease_keep_alive(body).send().await?;
        equal(
            found.result.as_ref().and_then(|result| result.id.clone()),
            Some(id.clone()),
        )
    };
    journey.call("LeaseKeepAlive", outcome.await);
    let outcome = async {
        client
            .lease_revoke(of::<model::EtcdserverpbLeaseRevokeRequest>(
                json!({ "ID": id }),
            )?)
            .send()
            .await?;
        equal(held(door, "leased", "leasee")?.len(), 0)
    };
    journey.call("LeaseRevoke", outcome.await);
}

async fn access(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        client
            .role_add(of::<model::EtcdserverpbAuthRoleAddRequest>(
                json!({ "name": "reads" }),
            )?)
            .send()
            .await?;
        let body = json!({ "name": "reads", "perm": { "permType": "READ", "key": encoded("k/"), "range_end": encoded("k0") } });
        client
            .role_grant_permission(of::<model::EtcdserverpbAuthRoleGrantPermissionRequest>(
                body,
            )?)
            .send()
            .await?;
        let found = client
            .role_get(of::<model::EtcdserverpbAuthRoleGetRequest>(
                json!({ "role": "reads" }),
            )?)
            .send()
            .await?;
        same(
            &*found,
            door.post("/v3/auth/role/get", &json!({ "role": "reads" }))?,
        )?;
        equal(found.perm.as_ref().map_or(0, Vec::len), 1)
    };
    journey.call("RoleAdd, RoleGrantPermission, RoleGet", outcome.await);
    let outcome = async {
        let found = client.role_list(NOTHING).send().await?;
        equal(
            found.roles.clone(),
            Some(vec!["reads".to_owned(), "root".to_owned()]),
        )
    };
    journey.call("RoleList", outcome.await);
    let outcome = async {
        client
            .user_add(of::<model::EtcdserverpbAuthUserAddRequest>(
                json!({ "name": "ann", "password": "a b&c" }),
            )?)
            .send()
            .await?;
        client
            .user_grant_role(of::<model::EtcdserverpbAuthUserGrantRoleRequest>(
                json!({ "user": "ann", "role": "reads" }),
            )?)
            .send()
            .await?;
        let found = client
            .user_get(of::<model::EtcdserverpbAuthUserGetRequest>(
                json!({ "name": "ann" }),
            )?)
            .send()
            .await?;
        equal(found.roles.clone(), Some(vec!["reads".to_owned()]))
    };
    journey.call("UserAdd, UserGrantRole, UserGet", outcome.await);
    let outcome = async {
        let body = of::<model::EtcdserverpbAuthenticateRequest>(
            json!({ "name": "ann", "password": "a b&c" }),
        )?;
        let token = client
            .authenticate(body)
            .send()
            .await?
            .token
            .clone()
            .ok_or("no token")?;
        let ann = Client::builder()
            .base_url(journey.url())
            .credential(security::api_key(&*token))
            .build()?;
        let read = ann
            .range(of::<model::EtcdserverpbRangeRequest>(
                json!({ "key": encoded("k/a") }),
            )?)
            .send()
            .await?;
        equal(read.count.as_deref(), Some("1"))?;
        let write = json!({ "key": encoded("k/a"), "value": encoded("x") });
        refused(
            ann.put(of::<model::EtcdserverpbPutRequest>(write)?)
                .send()
                .await,
            403,
        )
        .map(|_| ())
    };
    let outcome = outcome.await;
    journey.call("Range and Put, of another user", outcome);
    let outcome = async {
        client
            .user_delete(of::<model::EtcdserverpbAuthUserDeleteRequest>(
                json!({ "name": "ann" }),
            )?)
            .send()
            .await?;
        let found = client.user_list(NOTHING).send().await?;
        equal(found.users.clone(), Some(vec!["root".to_owned()]))
    };
    journey.call("UserDelete, UserList", outcome.await);
    let outcome = async {
        let nobody = of::<model::EtcdserverpbAuthUserGetRequest>(json!({ "name": "nobody" }))?;
        refused(client.user_get(nobody).send().await, 412).map(|_| ())
    };
    journey.call("UserGet, of none", outcome.await);
}

async fn server(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.status(NOTHING).send().await?;
        equal(found.version.as_deref(), Some("3.4.23"))
    };
    journey.call("Status", outcome.await);
    let outcome = async {
        let found = client.member_list(NOTHING).send().await?;
        same(&*found, door.post("/v3/cluster/member/list", &json!({}))?)?;
        equal(found.members.as_ref().map_or(0, Vec::len), 1)
    };
    journey.call("MemberList", outcome.await);
    let outcome = async {
        let found = client
            .alarm(of::<model::EtcdserverpbAlarmRequest>(
                json!({ "action": "GET" }),
            )?)
            .send()
            .await?;
        equal(found.alarms.is_none(), true)
    };
    journey.call("Alarm", outcome.await);
    let outcome = async {
        let found = client
            .hash_kv(of::<model::EtcdserverpbHashKvRequest>(json!({}))?)
            .send()
            .await?;
        equal(found.hash.is_some(), true)
    };
    journey.call("HashKV", outcome.await);
    let outcome = async { Ok(client.defragment(NOTHING).send().await.map(|_| ())?) };
    journey.call("Defragment", outcome.await);
}

/// Calls with authentication off: `client` has a token, `anonymous` has not.
async fn without_authentication(
    journey: &mut Journey,
    client: &Client,
    anonymous: &Client,
    door: &Door,
) {
    let range = |key: &str| {
        let body = json!({ "key": encoded(key) });
        of::<model::EtcdserverpbRangeRequest>(body)
    };
    let outcome = async {
        client.auth_disable(NOTHING).send().await?;
        // The server itself asks for a token no more.
        equal(held(door, "anonymous/", "anonymous0")?.len(), 0)
    };
    journey.call("AuthDisable", outcome.await);
    let outcome = async {
        let refused = client.range(range("anonymous/a")?).send().await;
        equal(refused.is_err(), true)?;
        let found = client
            .range(range("anonymous/a")?)
            .anonymous()
            .send()
            .await?;
        equal(found.kvs.is_none(), true)
    };
    journey.call("Range, one call without the token", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("anonymous/a"), "value": encoded("1") });
        let body = of::<model::EtcdserverpbPutRequest>(body)?;
        anonymous.put(body).send().await?;
        equal(held(door, "anonymous/", "anonymous0")?, vec![encoded("1")])
    };
    journey.call("Put, anonymous", outcome.await);
    let outcome = async {
        let found = anonymous.range(range("anonymous/a")?).send().await?;
        equal(found.kvs.as_ref().map(Vec::len), Some(1))
    };
    journey.call("Range, anonymous", outcome.await);
    let outcome = async {
        let body = json!({ "key": encoded("anonymous/a") });
        let body = of::<model::EtcdserverpbDeleteRangeRequest>(body)?;
        anonymous.delete_range(body).send().await?;
        equal(held(door, "anonymous/", "anonymous0")?.len(), 0)
    };
    journey.call("DeleteRange, anonymous", outcome.await);
}
