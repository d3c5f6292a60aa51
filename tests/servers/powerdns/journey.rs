//! PowerDNS Authoritative: zones, records, keys, metadata and what the server says of itself.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::process::ExitCode;

use countersign_runtime::MemberReading;
use door::{Door, Told, set, within};
use powerdns_client::{Client, model, security};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same, status};

/// The server's name for itself.
const HERE: &str = "localhost";
const ZONE: &str = "example.org.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    let client = Client::builder()
        .base_url(journey.url())
        .credential(security::api_key_header("secret"))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let mut door = Door::new(journey.url().trim_end_matches("/api/v1"));
    door.head = "X-API-Key: secret\r\n".to_owned();
    println!("version: 4.7.3, Debian 4.7.3-2");
    server(&mut journey, &client, &door).await;
    zones(&mut journey, &client, &door).await;
    keys(&mut journey, &client, &door).await;
    metadata(&mut journey, &client, &door).await;
    ends(&mut journey, &client, &door).await;
    told.say();
    set(
        "`optional` in settings.toml: `changetype` of a set of records is required, and left out in answers",
    );
    journey.finish()
}

fn at(path: &str) -> String {
    format!("/api/v1/servers/{HERE}{path}")
}

async fn server(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let servers = client.list_servers().send().await?;
        within(&*servers, &door.get("/api/v1/servers")?)
    };
    journey.call("listServers", outcome.await);
    let outcome = async {
        let server = client.list_server(HERE).send().await?;
        within(&*server, &door.get(&at(""))?)?;
        equal(server.version.as_deref(), Some("4.7.3"))
    };
    journey.call("listServer", outcome.await);
    let outcome = async {
        let settings = client.get_config(HERE).send().await?;
        same(&*settings, door.get(&at("/config"))?)?;
        equal(settings.len() > 100, true)
    };
    journey.call("getConfig", outcome.await);
    let outcome = async {
        let statistics = client.get_stats(HERE).send().await?;
        equal(statistics.len() > 50, true)
    };
    journey.call("getStats", outcome.await);
    let outcome = async { refused(client.list_server("nobody").send().await, 404).map(|_| ()) };
    journey.call("listServer, of none", outcome.await);
    let outcome = async {
        let other = Client::builder()
            .base_url(journey.url())
            .credential(security::api_key_header("wrong"))
            .build()?;
        refused(other.list_servers().send().await, 401).map(|_| ())
    };
    let outcome = outcome.await;
    journey.call("listServers, with a wrong key", outcome);
}

fn zone() -> Value {
    json!({
        "name": ZONE,
        "kind": "Native",
        "nameservers": ["ns1.example.org."],
        "soa_edit_api": "DEFAULT",
        "rrsets": [
            { "name": "www.example.org.", "type": "A", "ttl": 300, "changetype": "REPLACE",
              "records": [{ "content": "192.0.2.1", "disabled": false }, { "content": "192.0.2.2", "disabled": true }],
              "comments": [{ "content": "Two, of which one", "account": "me", "modified_at": 1_700_000_000 }] },
            { "name": "text.example.org.", "type": "TXT", "ttl": 60, "changetype": "REPLACE",
              "records": [{ "content": "\"a b; c\"", "disabled": false }] },
        ],
    })
}

/// The records that the server holds for a name.
fn held(door: &Door, name: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let zone = door.get(&at(&format!("/zones/{ZONE}")))?;
    let sets = zone["rrsets"].as_array().cloned().unwrap_or_default();
    let found = sets.into_iter().find(|set| set["name"] == name);
    Ok(found.map_or(Value::Null, |set| set["records"].clone()))
}

async fn zones(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let made = client
            .create_zone(HERE, of(zone())?)
            .rrsets(false)
            .send()
            .await?;
        status(made.status(), 201)?;
        equal(made.rrsets.is_none(), true)?;
        equal(
            held(door, "text.example.org.")?[0]["content"].clone(),
            json!("\"a b; c\""),
        )
    };
    journey.call("createZone", outcome.await);
    let outcome = async {
        let zones = client.list_zones(HERE).send().await?;
        within(&*zones, &door.get(&at("/zones"))?)
    };
    journey.call("listZones", outcome.await);
    let outcome = async {
        let zones = client.list_zones(HERE).zone(ZONE).send().await?;
        equal(zones.len(), 1)?;
        let none = client.list_zones(HERE).zone("example.com.").send().await?;
        equal(none.len(), 0)
    };
    journey.call("listZones, one", outcome.await);
    let outcome = async {
        let found = client.list_zone(HERE, ZONE).send().await?;
        within(&*found, &door.get(&at(&format!("/zones/{ZONE}")))?)?;
        equal(found.rrsets.as_ref().map(Vec::len), Some(4))
    };
    journey.call("listZone", outcome.await);
    let outcome = async {
        let found = client.list_zone(HERE, ZONE).raw().await?;
        status(found.status(), 200)?;
        let zone: Value = serde_json::from_slice(&found)?;
        equal(zone["rrsets"].as_array().map_or(0, Vec::len), 4)
    };
    journey.call("listZone, as it is", outcome.await);
    let outcome = async {
        let found = client.list_zone(HERE, ZONE).rrsets(false).send().await?;
        equal(found.rrsets.is_none(), true)
    };
    journey.call("listZone, without records", outcome.await);
    let outcome = async {
        let change = json!({ "rrsets": [{ "name": "www.example.org.", "type": "A", "ttl": 600, "changetype": "REPLACE",
            "records": [{ "content": "192.0.2.9", "disabled": false }] }] });
        let done = client.patch_zone(HERE, ZONE, of(change)?).send().await?;
        status(done.status(), 204)?;
        equal(
            held(door, "www.example.org.")?,
            json!([{ "content": "192.0.2.9", "disabled": false }]),
        )
    };
    journey.call("patchZone, replace", outcome.await);
    let outcome = async {
        let change = json!({ "rrsets": [{ "name": "text.example.org.", "type": "TXT", "ttl": 0, "changetype": "DELETE", "records": [] }] });
        client.patch_zone(HERE, ZONE, of(change)?).send().await?;
        equal(held(door, "text.example.org.")?, Value::Null)
    };
    journey.call("patchZone, delete", outcome.await);
    let outcome = async {
        client
            .put_zone(HERE, ZONE, of(json!({ "account": "ann & ben" }))?)
            .send()
            .await?;
        equal(
            door.get(&at(&format!("/zones/{ZONE}")))?["account"].clone(),
            json!("ann & ben"),
        )
    };
    journey.call("putZone", outcome.await);
    let outcome = async {
        let error = client.axfr_export_zone(HERE, ZONE).send().await;
        let error = error.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(help.contains("`json-text`"), true)?;
        let exported = client
            .axfr_export_zone(HERE, ZONE)
            .reading_of("", MemberReading::JsonText)
            .send()
            .await?;
        let exported: Value = serde_json::from_str(&exported)?;
        equal(exported["zone"].is_string(), true)
    };
    set(
        "`axfrExportZone`: the header `Accept: text/plain`, or the answer as `json-text`, since to who accepts JSON an object is sent where the document has a text",
    );
    journey.call("axfrExportZone", outcome.await);
    let outcome = async {
        let exported = client
            .axfr_export_zone(HERE, ZONE)
            .header("Accept", "text/plain")
            .send()
            .await?;
        equal(
            exported.contains("www.example.org.\t600\tIN\tA\t192.0.2.9"),
            true,
        )
    };
    journey.call("axfrExportZone, as text", outcome.await);
    let outcome = async {
        let found = client.search_data(HERE, "*192.0.2*", 10).send().await?;
        within(&*found, &door.get(&at("/search-data?q=*192.0.2*&max=10"))?)?;
        equal(found.len(), 1)
    };
    journey.call("searchData", outcome.await);
    let outcome = async {
        let found = client
            .search_data(HERE, "example*", 10)
            .object_type("zone")
            .send()
            .await?;
        equal(found.len(), 1)
    };
    journey.call("searchData, zones", outcome.await);
    let outcome = async {
        let flushed = client.cache_flush_by_name(HERE, ZONE).send().await?;
        equal(flushed.result.as_deref(), Some("Flushed cache."))
    };
    journey.call("cacheFlushByName", outcome.await);
    let outcome = async {
        let body = json!({ "name": "example.net.", "kind": "Master", "nameservers": [] });
        let made = client
            .create_zone(HERE, of(body)?)
            .rrsets(false)
            .send()
            .await?;
        equal(
            json!(made.kind),
            door.get(&at("/zones/example.net."))?["kind"].clone(),
        )
    };
    journey.call("createZone, another kind", outcome.await);
    let outcome = async {
        let body = json!({ "name": "example.com.", "kind": "Native", "nameservers": [] });
        let made = client.create_zone(HERE, of(body)?).send().await?;
        within(&*made, &door.get(&at("/zones/example.com."))?)
    };
    journey.call("createZone, with its records", outcome.await);
    let outcome = async {
        let body = json!({ "name": "no-dot-at-its-end", "kind": "Native", "nameservers": [] });
        let error = refused(client.create_zone(HERE, of(body)?).send().await, 422)?;
        equal(matches!(error, countersign_runtime::Error::Api(..)), true)
    };
    journey.call("createZone, wrong", outcome.await);
    // It is plain text for who does not ask for JSON: see findings/powerdns-error-bodies.sh.
    let outcome = async {
        let error = refused(client.list_zone(HERE, "nowhere.").send().await, 404)?;
        equal(matches!(error, countersign_runtime::Error::Api(..)), true)
    };
    journey.call("listZone, of none", outcome.await);
}

async fn keys(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let body = of::<model::TsigKeyInput>(json!({ "name": "k1", "algorithm": "hmac-sha256" }))?;
        let made = client.create_tsig_key(HERE, body).send().await?;
        let made = serde_json::to_value(countersign_runtime::wire::to_value(&*made)?)?;
        id = made["id"].as_str().ok_or("no id")?.to_owned();
        let held = door.get(&at(&format!("/tsigkeys/{id}")))?;
        equal(made["algorithm"].clone(), held["algorithm"].clone())
    };
    journey.call("createTSIGKey", outcome.await);
    let outcome = async {
        let found = client.get_tsig_key(HERE, &*id).send().await?;
        equal(
            json!(found.name),
            door.get(&at(&format!("/tsigkeys/{id}")))?["name"].clone(),
        )
    };
    journey.call("getTSIGKey", outcome.await);
    let outcome = async {
        let found = client.list_tsig_keys(HERE).send().await?;
        equal(found.len(), 1)
    };
    journey.call("listTSIGKeys", outcome.await);
    let outcome = async {
        let body = of::<model::TsigKeyInput>(json!({ "name": "k1", "algorithm": "hmac-sha512" }))?;
        client.put_tsig_key(HERE, &*id, body).send().await?;
        let keys = door.get(&at("/tsigkeys"))?;
        equal(keys.as_array().map_or(0, Vec::len), 2)
    };
    set(
        "`putTSIGKey`: delete the key and create it again, since another algorithm makes a second key of the same name (findings/powerdns-tsig-algorithm.sh)",
    );
    journey.call("putTSIGKey", outcome.await);
    let outcome = async {
        client.delete_tsig_key(HERE, &*id).send().await?;
        equal(door.get(&at("/tsigkeys"))?, json!([]))
    };
    journey.call("deleteTSIGKey", outcome.await);
    let mut number = 0;
    let outcome = async {
        let body = of::<model::Cryptokey>(json!({ "keytype": "csk", "active": true }))?;
        let made = client.create_cryptokey(HERE, ZONE, body).send().await?;
        number = made.id.ok_or("no id")?;
        equal(
            door.get(&at(&format!("/zones/{ZONE}/cryptokeys/{number}")))?["active"].clone(),
            json!(true),
        )
    };
    journey.call("createCryptokey", outcome.await);
    let outcome = async {
        let found = client.list_cryptokeys(HERE, ZONE).send().await?;
        equal(found.len(), 1)?;
        let one = client
            .get_cryptokey(HERE, ZONE, number.to_string())
            .send()
            .await?;
        equal(
            json!(one.dnskey),
            door.get(&at(&format!("/zones/{ZONE}/cryptokeys/{number}")))?["dnskey"].clone(),
        )
    };
    journey.call("listCryptokeys, getCryptokey", outcome.await);
    let outcome = async {
        let body = of::<model::Cryptokey>(json!({ "active": false }))?;
        client
            .modify_cryptokey(HERE, ZONE, number.to_string(), body)
            .send()
            .await?;
        equal(
            door.get(&at(&format!("/zones/{ZONE}/cryptokeys/{number}")))?["active"].clone(),
            json!(false),
        )
    };
    journey.call("modifyCryptokey", outcome.await);
    let outcome = async {
        let found = client.rectify_zone(HERE, ZONE).send().await?;
        let found: Value = serde_json::from_str(&found)?;
        equal(found, json!({ "result": "Rectified" }))
    };
    set(
        "`rectifyZone`: `json-text` in settings.toml, since an object is sent where the document has a text",
    );
    journey.call("rectifyZone", outcome.await);
    let outcome = async {
        let done = client.rectify_zone(HERE, ZONE).raw().await?;
        equal(
            serde_json::from_slice::<Value>(&done)?,
            json!({ "result": "Rectified" }),
        )
    };
    journey.call("rectifyZone, as it is", outcome.await);
    let outcome = async {
        client
            .delete_cryptokey(HERE, ZONE, number.to_string())
            .send()
            .await?;
        equal(
            door.get(&at(&format!("/zones/{ZONE}/cryptokeys")))?,
            json!([]),
        )
    };
    journey.call("deleteCryptokey", outcome.await);
}

async fn metadata(journey: &mut Journey, client: &Client, door: &Door) {
    let path = at(&format!("/zones/{ZONE}/metadata/ALLOW-AXFR-FROM"));
    let outcome = async {
        let body = of::<model::Metadata>(
            json!({ "kind": "ALLOW-AXFR-FROM", "metadata": ["192.0.2.0/24"] }),
        )?;
        client
            .modify_metadata(HERE, ZONE, "ALLOW-AXFR-FROM", body)
            .send()
            .await?;
        equal(
            door.get(&path)?["metadata"].clone(),
            json!(["192.0.2.0/24"]),
        )
    };
    journey.call("modifyMetadata", outcome.await);
    let outcome = async {
        let found = client
            .get_metadata(HERE, ZONE, "ALLOW-AXFR-FROM")
            .send()
            .await?;
        within(&*found, &door.get(&path)?)
    };
    journey.call("getMetadata", outcome.await);
    let outcome = async {
        let found = client.list_metadata(HERE, ZONE).send().await?;
        within(&*found, &door.get(&at(&format!("/zones/{ZONE}/metadata")))?)
    };
    journey.call("listMetadata", outcome.await);
    let outcome = async {
        client
            .delete_metadata(HERE, ZONE, "ALLOW-AXFR-FROM")
            .send()
            .await?;
        equal(door.get(&path)?["metadata"].clone(), json!([]))
    };
    journey.call("deleteMetadata", outcome.await);
}

async fn ends(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = of::<model::Autoprimary>(
            json!({ "ip": "192.0.2.7", "nameserver": "ns.example.", "account": "" }),
        )?;
        client.create_autoprimary(HERE, body).send().await?;
        equal(
            door.get(&at("/autoprimaries"))?[0]["ip"].clone(),
            json!("192.0.2.7"),
        )
    };
    journey.call("createAutoprimary", outcome.await);
    let outcome = async {
        let ask = || client.get_autoprimaries(HERE);
        let error = ask().send().await.err().ok_or("read")?;
        let help = error.departures().first().ok_or("no departure")?.help();
        equal(
            help.contains("`list-for-one`") && help.contains("`read_as`"),
            true,
        )?;
        let found = ask().read_as::<Vec<model::Autoprimary>>().await?;
        within(&*found, &door.get(&at("/autoprimaries"))?)?;
        let one = ask()
            .reading_of("", MemberReading::ListForOne)
            .send()
            .await?;
        equal(one.ip.as_deref(), Some("192.0.2.7"))
    };
    set(
        "`getAutoprimaries`: `read_as::<Vec<Autoprimary>>()`, since a list is sent where the document has one",
    );
    journey.call("getAutoprimaries", outcome.await);
    let outcome = async {
        client
            .delete_autoprimary(HERE, "192.0.2.7", "ns.example.")
            .send()
            .await?;
        equal(door.get(&at("/autoprimaries"))?, json!([]))
    };
    journey.call("deleteAutoprimary", outcome.await);
    let outcome = async {
        client.delete_zone(HERE, ZONE).send().await?;
        let (found, _) = door.ask("GET", &at(&format!("/zones/{ZONE}")), "")?;
        equal(found, 404)
    };
    journey.call("deleteZone", outcome.await);
}
