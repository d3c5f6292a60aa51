//! CrowdSec's local API: watchers with tokens, alerts and decisions, and bouncers with keys.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::error::Error;
use std::process::ExitCode;

use crowdsec_client::{Client, GetAlertbyIdError, model, security};
use door::{Door, Told, set, within};
use serde_json::{Value, json};
use support::{Journey, equal, of, refused, same, status};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    let mut door = Door::new(journey.url().trim_end_matches("/v1"));
    println!("version: 1.4.6, Debian 1.4.6-6~deb12u1+b1");
    let Ok(token) = watchers(&mut journey, &told).await else {
        return journey.finish();
    };
    let client = Client::builder()
        .base_url(journey.url())
        .credential(security::jwt_authorizer(&*token))
        .credential_for("/decisions", security::api_key_authorizer("secret-of-the-box"))
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    door.head = format!("Authorization: Bearer {token}\r\nX-Api-Key: secret-of-the-box\r\n");
    empty(&mut journey, &client).await;
    alerts(&mut journey, &client, &door).await;
    searches(&mut journey, &client, &door).await;
    decisions(&mut journey, &client, &door).await;
    wrong(&mut journey, &client).await;
    ends(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

/// Signs in as a watcher, whose token it gives.
async fn watchers(journey: &mut Journey, told: &Told) -> Result<String, Box<dyn Error>> {
    let client = Client::builder()
        .base_url(journey.url())
        .on_departure(told.hook())
        .build()?;
    let other = || model::WatcherRegistrationRequest::new("other", "pass:word/é");
    let outcome = async {
        let made = client.register_watcher(other()).send().await?;
        status(made.status(), 201)
    };
    journey.call("RegisterWatcher", outcome.await);
    let outcome = async {
        let error = refused(client.register_watcher(other()).send().await, 403)?;
        let words = error.problem().ok_or("no problem")?;
        equal(words.message(), Some("user 'other': user already exist"))
    };
    journey.call("RegisterWatcher, twice", outcome.await);
    let outcome = async {
        let body = model::WatcherAuthRequest::new("other", "pass:word/é");
        let error = refused(client.authenticate_watcher(body).send().await, 401)?;
        let words = error.problem().ok_or("no problem")?;
        equal(words.message(), Some("machine other not validated"))
    };
    journey.call("AuthenticateWatcher, of one that nobody validated", outcome.await);
    let outcome = async {
        let body = model::WatcherAuthRequest::new("watcher", "wrong");
        refused(client.authenticate_watcher(body).send().await, 401).map(|_| ())
    };
    journey.call("AuthenticateWatcher, with a wrong password", outcome.await);
    let mut token = Err("no token".into());
    let outcome = async {
        let body = model::WatcherAuthRequest::new("watcher", "secret")
            .scenarios(vec!["test/ssh".to_owned(), "test/http".to_owned()]);
        let found = client.authenticate_watcher(body).send().await?;
        equal(found.code, Some(200))?;
        token = Ok(found.token.clone().ok_or("no token")?);
        Ok(())
    };
    let outcome = outcome.await;
    journey.call("AuthenticateWatcher", outcome);
    token
}

async fn empty(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let found = client.search_alerts().send().await?;
        equal(found.len(), 0)
    };
    journey.call("searchAlerts, none", outcome.await);
    let outcome = async {
        let found = client.get_decisions().send().await?;
        equal(found.len(), 0)
    };
    journey.call("getDecisions, none", outcome.await);
    let outcome = async {
        let found = client.get_decisions_stream().startup(true).send().await?;
        equal(found.new.as_ref().map_or(0, Vec::len), 0)?;
        equal(found.deleted.as_ref().map_or(0, Vec::len), 0)
    };
    journey.call("getDecisionsStream, none", outcome.await);
}

/// Decisions of an alert last from its beginning.
fn now() -> String {
    countersign_runtime::jiff::Timestamp::now().to_string()
}

/// An alert of some failed logins at an address.
fn alert(scenario: &str, address: &str) -> Value {
    json!({
        "scenario": scenario, "scenario_hash": "4441", "scenario_version": "1.0", "message": "“3” tries, 100%",
        "events_count": 3, "start_at": now(), "stop_at": now(),
        "capacity": 5, "leakspeed": "10s", "simulated": false, "remediation": true,
        "events": [{ "timestamp": "2026-01-02T03:04:05Z", "meta": [{ "key": "log_type", "value": "ssh & more" }] }],
        "source": { "scope": "Ip", "value": address, "ip": address, "range": "192.0.2.0/24", "as_name": "Aé", "cn": "DE",
            "latitude": 52.5, "longitude": -13.25 },
        "meta": [{ "key": "a", "value": "b" }],
    })
}

async fn alerts(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let body = of::<Vec<model::AlertInput>>(json!([alert("test/ssh", "192.0.2.1"), alert("test/http", "2001:db8::1")]))?;
        let made = client.push_alerts(body).send().await?;
        status(made.status(), 201)?;
        same(&*made, json!(["1", "2"]))
    };
    journey.call("pushAlerts", outcome.await);
    let outcome = async {
        let mut with = alert("manual", "192.0.2.9");
        with["decisions"] = json!([{ "origin": "cscli", "type": "captcha", "scope": "Username", "value": "ann & ben",
            "duration": "1h", "scenario": "by hand" }]);
        let made = client.push_alerts(of(json!([with]))?).send().await?;
        same(&*made, json!(["3"]))?;
        equal(door.get("/v1/alerts/3")?["decisions"][0]["value"].clone(), json!("ann & ben"))
    };
    journey.call("pushAlerts, with a decision", outcome.await);
    let outcome = async {
        let mut bare = alert("test/bare", "192.0.2.7");
        bare["events"] = json!([]);
        bare["meta"] = json!([]);
        bare["remediation"] = json!(false);
        let made = client.push_alerts(of(json!([bare]))?).send().await?;
        same(&*made, json!(["4"]))
    };
    journey.call("pushAlerts, without events", outcome.await);
    let outcome = async {
        let made = client.push_alerts(Vec::new()).send().await?;
        same(&*made, json!([]))
    };
    journey.call("pushAlerts, none", outcome.await);
    let outcome = async {
        let found = client.get_alertby_id("1").send().await?;
        but_duration(&*found, &door.get("/v1/alerts/1")?)?;
        equal(found.source.longitude, Some(-13.25))?;
        equal(found.events.len(), 1)
    };
    journey.call("GetAlertbyID", outcome.await);
    let outcome = async {
        let found = client.get_alertby_id("4").send().await?;
        equal(found.events.len(), 0)
    };
    journey.call("GetAlertbyID, of one without events", outcome.await);
    let outcome = async {
        let found = client.head_alertby_id("1").send().await?;
        status(found.status(), 200)
    };
    journey.call("HeadAlertbyID", outcome.await);
    let outcome = async { refused(client.get_alertby_id("99").send().await, 404).map(|_| ()) };
    journey.call("GetAlertbyID, of none", outcome.await);
    let outcome = async {
        let error = client.get_alertby_id("a/b?").send().await.err().ok_or("found")?;
        equal(error.status().map(|status| status.as_u16()), Some(404))
    };
    journey.call("GetAlertbyID, with a slash", outcome.await);
    let outcome = async {
        let error = refused(client.get_alertby_id("x").send().await, 400)?;
        let Some(GetAlertbyIdError::BadRequest(body)) = error.api() else {
            return Err(format!("{error:?}").into());
        };
        equal(body.message.as_str(), "alert_id must be valid integer")
    };
    journey.call("GetAlertbyID, wrong", outcome.await);
}

/// Compares what the client decoded with what the server holds, but for what is left of decisions.
fn but_duration<T: serde::Serialize + ?Sized>(found: &T, held: &Value) -> Result<(), Box<dyn Error>> {
    fn drop(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("duration");
                members.values_mut().for_each(drop);
            }
            Value::Array(items) => items.iter_mut().for_each(drop),
            _ => {}
        }
    }
    let (mut found, mut held) = (countersign_runtime::wire::to_value(found)?, held.clone());
    drop(&mut found);
    drop(&mut held);
    within(&found, &held)
}

async fn searches(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.search_alerts().send().await?;
        equal(found.len(), 4)?;
        but_duration(&*found, &door.get("/v1/alerts")?)
    };
    journey.call("searchAlerts", outcome.await);
    let outcome = async {
        let found = client.search_alerts().scenario("test/http").ip("2001:db8::1").send().await?;
        equal(found.len(), 1)?;
        equal(found[0].scenario.as_str(), "test/http")
    };
    journey.call("searchAlerts, of an address", outcome.await);
    let outcome = async {
        let ask = || client.search_alerts().range("192.0.2.0/24");
        equal(ask().send().await?.len(), 0)?;
        let found = ask().query_text("contains", "false").send().await?;
        let held = door.get("/v1/alerts?range=192.0.2.0/24&contains=false")?;
        equal(found.len(), 1)?;
        but_duration(&*found, &held)
    };
    journey.call("searchAlerts, of a range", outcome.await);
    let outcome = async {
        let found = client.search_alerts().limit(2.0).send().await?;
        equal(found.len(), 2)
    };
    journey.call("searchAlerts, two", outcome.await);
    let outcome = async {
        let found = client.search_alerts().has_active_decision(true).simulated(true).send().await?;
        let held = door.get("/v1/alerts?has_active_decision=true&simulated=true")?;
        equal(Some(found.len()), held.as_array().map(Vec::len))
    };
    journey.call("searchAlerts, with decisions", outcome.await);
    let outcome = async {
        let found = client.search_alerts().query_text("since", "24h").send().await?;
        equal(found.len(), 4)?;
        let found = client.search_alerts().query_text("until", "24h").send().await?;
        equal(found.len(), 0)
    };
    journey.call("searchAlerts, since", outcome.await);
    let outcome = async {
        let found = client.head_alerts().scope("Ip").send().await?;
        status(found.status(), 200)
    };
    journey.call("headAlerts", outcome.await);
}

async fn decisions(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let found = client.get_decisions().send().await?;
        equal(found.len(), 3)?;
        but_duration(&*found, &door.get("/v1/decisions")?)
    };
    journey.call("getDecisions", outcome.await);
    let outcome = async {
        let found = client.get_decisions().ip("192.0.2.1").r#type("ban").send().await?;
        equal(found.len(), 1)?;
        equal(found[0].scope.as_str(), "Ip")
    };
    journey.call("getDecisions, of an address", outcome.await);
    let outcome = async {
        let found = client.get_decisions().scope("Username").value("ann & ben").send().await?;
        equal(found.len(), 1)?;
        equal(found[0].r#type.as_str(), "captcha")
    };
    journey.call("getDecisions, of a user", outcome.await);
    let outcome = async {
        let found = client.get_decisions().origins("cscli,crowdsec").scenarios_containing("ssh,http").send().await?;
        equal(found.len(), 2)
    };
    journey.call("getDecisions, of origins and scenarios", outcome.await);
    let outcome = async {
        let found = client.get_decisions_stream().startup(true).send().await?;
        but_duration(&*found, &door.get("/v1/decisions/stream?startup=true")?)?;
        equal(found.new.as_ref().map(Vec::len), Some(2))
    };
    journey.call("getDecisionsStream", outcome.await);
    let outcome = async {
        let found = client.head_decisions().ip("192.0.2.1").send().await?;
        status(found.status(), 200)?;
        let found = client.head_decisions_stream().startup(false).send().await?;
        status(found.status(), 200)
    };
    journey.call("headDecisions, headDecisionsStream", outcome.await);
    let outcome = async {
        let done = client.delete_decision("1").send().await?;
        equal(done.nb_deleted.as_deref(), Some("1"))?;
        equal(door.get("/v1/decisions?ip=192.0.2.1")?, Value::Null)
    };
    journey.call("DeleteDecision", outcome.await);
    let outcome = async {
        let ask = || client.delete_decisions().value("ann & ben");
        refused(ask().scope("Username").send().await, 500)?;
        let done = ask().query_text("scopes", "Username").send().await?;
        equal(done.nb_deleted.as_deref(), Some("1"))?;
        equal(door.get("/v1/decisions")?.as_array().map(Vec::len), Some(1))
    };
    journey.call("deleteDecisions", outcome.await);
    let outcome = async { refused(client.delete_decision("99").send().await, 500).map(|_| ()) };
    journey.call("DeleteDecision, of none", outcome.await);
}

/// Calls without the credential that the server asks for.
async fn wrong(journey: &mut Journey, client: &Client) {
    let outcome = async {
        let other = Client::builder().base_url(journey.url()).build()?;
        let error = other.search_alerts().send().await.err().ok_or("found")?;
        equal(matches!(error, countersign_runtime::Error::MissingCredential(_)), true)?;
        refused(other.search_alerts().anonymous().send().await, 401)?;
        let error = refused(other.get_decisions().send().await, 403)?;
        equal(error.to_string().contains("`Builder::credential_for_all`"), true)
    };
    let outcome = outcome.await;
    journey.call("searchAlerts, getDecisions, without a credential", outcome);
    let outcome = async {
        let start = "2026-01-01T00:00:00Z".parse::<countersign_runtime::DateTime>()?;
        let error = refused(client.search_alerts().since(start).send().await, 500)?;
        equal(error.to_string().contains("while parsing duration"), true)
    };
    journey.call("searchAlerts, since a time", outcome.await);
    let outcome = async {
        let other = Client::builder().base_url(journey.url()).user_agent("my app/1.0 (Linux; x86/64)").build()?;
        let body = model::WatcherAuthRequest::new("watcher", "secret");
        refused(other.authenticate_watcher(body).send().await, 401).map(|_| ())
    };
    let outcome = outcome.await;
    journey.call("AuthenticateWatcher, with another user agent", outcome);
}

async fn ends(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let done = client.delete_alert("1").send().await?;
        equal(done.nb_deleted.as_deref(), Some("1"))?;
        equal(door.ask("GET", "/v1/alerts/1", "")?.0, 404)
    };
    journey.call("DeleteAlert", outcome.await);
    let outcome = async {
        let done = client.delete_alerts().scenario("test/http").send().await?;
        equal(done.nb_deleted.as_deref(), Some("1"))?;
        let done = client.delete_alerts().send().await?;
        equal(done.nb_deleted.as_deref(), Some("2"))?;
        equal(door.get("/v1/alerts")?, Value::Null)
    };
    journey.call("deleteAlerts", outcome.await);
    let outcome = async { refused(client.delete_alert("1").send().await, 500).map(|_| ()) };
    journey.call("DeleteAlert, of none", outcome.await);
    set("`getDecisions`: `credential_for(\"/decisions\", ..)`, since the document forgot its key");
    set("`deleteDecisions`: `.query_text(\"scopes\", ..)` in place of `scope`, which the server refuses");
    set("`AuthenticateWatcher`: a user agent of your own must have one slash (findings/crowdsec-user-agent.sh)");
    set(
        "`pushAlerts`: times by RFC 3339, not as they are read (findings/crowdsec-alert-times.sh)",
    );
    set("`since`, `until`: `.query_text(\"since\", \"24h\")`, since durations are read where the document has a date-time");
}
