//! Prometheus Alertmanager: alerts, their groups, and silences.

#[path = "../support.rs"]
mod door;
#[path = "../../frameworks/support.rs"]
mod support;

use std::error::Error;
use std::process::ExitCode;

use alertmanager_client::{Call, Client, GetAlerts, model};
use door::{Door, Told, set};
use serde_json::{Value, json};
use support::{Journey, Outcome, equal, of, refused, same};

type Found<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut journey = Journey::start();
    let told = Told::default();
    let client = Client::builder()
        .base_url(journey.url())
        .on_departure(told.hook())
        .build();
    let Ok(client) = client.inspect_err(|error| println!("{error}")) else {
        return ExitCode::FAILURE;
    };
    let door = Door::new(journey.url().trim_end_matches("/api/v2"));
    println!("version: 0.25.0, Debian 0.25.0-1+b4");
    general(&mut journey, &client, &door).await;
    alerts(&mut journey, &client, &door).await;
    silences(&mut journey, &client, &door).await;
    told.say();
    journey.finish()
}

async fn general(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async {
        let status = client.get_status().send().await?;
        let held = door.get("/api/v2/status")?;
        equal(
            &status.version_info.version,
            &held["versionInfo"]["version"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )?;
        equal(
            json!(status.config.original),
            held["config"]["original"].clone(),
        )?;
        equal(status.cluster.peers.as_ref().map_or(0, Vec::len), 0)
    };
    journey.call("getStatus", outcome.await);
    let outcome = async {
        let receivers = client.get_receivers().send().await?;
        same(&*receivers, door.get("/api/v2/receivers")?)?;
        equal(receivers.len(), 2)
    };
    journey.call("getReceivers", outcome.await);
}

fn alert(name: &str, severity: &str) -> Value {
    json!({
        "labels": { "alertname": name, "severity": severity, "zone": "é \"x\"" },
        "annotations": { "summary": "A, b & c" },
        "startsAt": "2026-01-02T03:04:05.678Z",
        "endsAt": "2036-01-01T00:00:00Z",
        "generatorURL": "http://example.com/graph?a=b&c=d",
    })
}

/// The names of alerts, in order.
fn names<'a>(
    labels: impl Iterator<Item = &'a std::collections::BTreeMap<String, String>>,
) -> Vec<String> {
    let mut names: Vec<String> = labels
        .filter_map(|labels| labels.get("alertname").cloned())
        .collect();
    names.sort();
    names
}

/// The names of the alerts that a call gives.
async fn listed(ask: Call<'_, GetAlerts>) -> Found<Vec<String>> {
    let alerts = ask.send().await?;
    Ok(names(alerts.iter().map(|alert| &alert.labels)))
}

async fn alerts(journey: &mut Journey, client: &Client, door: &Door) {
    let outcome = async { equal(listed(client.get_alerts()).await?, Vec::<String>::new()) };
    journey.call("getAlerts, empty", outcome.await);
    let outcome = async {
        let body = json!([
            alert("One", "page"),
            alert("Two", "page"),
            alert("Three", "info")
        ]);
        client
            .post_alerts(of::<Vec<model::PostableAlert>>(body)?)
            .send()
            .await?;
        let held = door.get("/api/v2/alerts")?;
        equal(held.as_array().map_or(0, Vec::len), 3)
    };
    journey.call("postAlerts", outcome.await);
    let outcome = async {
        let alerts = client.get_alerts().send().await?;
        let held = door.get("/api/v2/alerts")?;
        same(&*alerts, held)?;
        let one = alerts
            .iter()
            .find(|alert| alert.labels["alertname"] == "One")
            .ok_or("no alert")?;
        equal(one.labels["zone"].as_str(), "é \"x\"")?;
        equal(
            one.starts_at.to_string().as_str(),
            "2026-01-02T03:04:05.678Z",
        )
    };
    journey.call("getAlerts", outcome.await);
    let text = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let rows: [(&str, Vec<&str>, Vec<&str>); 4] = [
        ("one filter", vec!["severity=\"page\""], vec!["One", "Two"]),
        (
            "two filters",
            vec!["severity=\"page\"", "alertname!=\"One\""],
            vec!["Two"],
        ),
        (
            "a pattern",
            vec!["alertname=~\"T.*\""],
            vec!["Three", "Two"],
        ),
        (
            "a filter with signs",
            vec!["zone=\"é \\\"x\\\"\""],
            vec!["One", "Three", "Two"],
        ),
    ];
    for (name, filters, expected) in rows {
        let outcome = async {
            equal(
                listed(client.get_alerts().filter(text(&filters))).await?,
                text(&expected),
            )
        };
        journey.call(&format!("getAlerts, {name}"), outcome.await);
    }
    let outcome = async {
        equal(
            listed(client.get_alerts().receiver("other")).await?,
            Vec::<String>::new(),
        )
    };
    journey.call("getAlerts, of a receiver", outcome.await);
    let outcome = async {
        equal(
            listed(client.get_alerts().active(false)).await?,
            Vec::<String>::new(),
        )
    };
    journey.call("getAlerts, not active", outcome.await);
    let outcome = async {
        refused(
            client
                .get_alerts()
                .filter(vec!["=".to_owned()])
                .send()
                .await,
            400,
        )
        .map(|_| ())
    };
    journey.call("getAlerts, a wrong filter", outcome.await);
    let outcome = async {
        let groups = client.get_alert_groups().send().await?;
        same(&*groups, door.get("/api/v2/alerts/groups")?)?;
        let alerts = groups.iter().flat_map(|group| &group.alerts);
        equal(names(alerts.map(|alert| &alert.labels)).len(), 3)
    };
    journey.call("getAlertGroups", outcome.await);
    let outcome = async {
        let ask = client
            .get_alert_groups()
            .filter(vec!["severity=\"info\"".to_owned()])
            .receiver("default");
        let groups = ask.send().await?;
        let alerts = groups.iter().flat_map(|group| &group.alerts);
        equal(names(alerts.map(|alert| &alert.labels)), text(&["Three"]))
    };
    journey.call("getAlertGroups, filtered", outcome.await);
    let outcome = async {
        let body = json!([{ "labels": { "no name": "" } }]);
        refused(client.post_alerts(of(body)?).send().await, 400).map(|_| ())
    };
    journey.call("postAlerts, wrong", outcome.await);
}

fn silence() -> Value {
    json!({
        "matchers": [
            { "name": "alertname", "value": "One|Two", "isRegex": true },
            { "name": "severity", "value": "info", "isRegex": false, "isEqual": false },
        ],
        "startsAt": "2035-06-01T00:00:00Z",
        "endsAt": "2036-01-01T00:00:00Z",
        "createdBy": "Ann",
        "comment": "Quiet, \"please\"",
    })
}

async fn silences(journey: &mut Journey, client: &Client, door: &Door) {
    let mut id = String::new();
    let outcome = async {
        let made = client
            .post_silences(of::<model::PostableSilence>(silence())?)
            .send()
            .await?;
        id = made.silence_id.clone().ok_or("no id")?;
        let held = door.get(&format!("/api/v2/silence/{id}"))?;
        equal(held["comment"].clone(), silence()["comment"].clone())
    };
    journey.call("postSilences", outcome.await);
    let outcome = async {
        let found = client.get_silence(id.parse()?).send().await?;
        same(&*found, door.get(&format!("/api/v2/silence/{id}"))?)?;
        equal(found.matchers.len(), 2)
    };
    journey.call("getSilence", outcome.await);
    let outcome = async {
        let all = client.get_silences().send().await?;
        same(&*all, door.get("/api/v2/silences")?)?;
        let ask = client
            .get_silences()
            .filter(vec!["alertname=\"Nine\"".to_owned()]);
        equal(ask.send().await?.len(), 0)
    };
    journey.call("getSilences", outcome.await);
    let outcome = async {
        let mut changed = silence();
        changed["id"] = json!(id);
        changed["comment"] = json!("Changed");
        let made = client.post_silences(of(changed)?).send().await?;
        let now = made.silence_id.clone().ok_or("no id")?;
        let held = door.get(&format!("/api/v2/silence/{now}"))?;
        equal(held["comment"].clone(), json!("Changed"))?;
        id = now;
        Ok(())
    };
    let changed: Outcome = outcome.await;
    journey.call("postSilences, changed", changed);
    let outcome = async {
        let mut begun = silence();
        begun["startsAt"] = json!("2020-01-01T00:00:00Z");
        let made = client.post_silences(of(begun)?).send().await?;
        let held = door.get(&format!(
            "/api/v2/silence/{}",
            made.silence_id.clone().ok_or("no id")?
        ))?;
        let starts = held["startsAt"].as_str().unwrap_or_default();
        equal(starts > "2020-01-01T00:00:01", true)
    };
    set(
        "`postSilences`: nothing; a silence that begins in the past is kept with the time of the call as its beginning (findings/alertmanager-silence-start.sh)",
    );
    journey.call("postSilences, begun", outcome.await);
    let outcome = async {
        Ok(client
            .delete_silence(id.parse()?)
            .send()
            .await
            .map(|_| ())?)
    };
    journey.call("deleteSilence", outcome.await);
    let outcome = async {
        let found = client.get_silence(id.parse()?).send().await?;
        equal(
            found.status.state.clone(),
            model::SilenceStatusState::Expired,
        )
    };
    journey.call("getSilence, expired", outcome.await);
    let outcome = async {
        let nobody = "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a".parse()?;
        refused(client.get_silence(nobody).send().await, 404).map(|_| ())
    };
    journey.call("getSilence, of none", outcome.await);
    let outcome = async {
        let mut wrong = silence();
        wrong["endsAt"] = json!("2020-01-01T00:00:00Z");
        refused(client.post_silences(of(wrong)?).send().await, 400).map(|_| ())
    };
    journey.call("postSilences, wrong", outcome.await);
}
