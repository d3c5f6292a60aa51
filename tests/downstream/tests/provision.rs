//! Provisions at three vendors, which one server on loopback plays.

use std::sync::{Arc, Mutex};

use countersign_downstream::{Provisioned, Service, Vendors, provision};
use parallels_ras_client::countersign_runtime::{AnyError, Credential};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const ID: &str = "4c07bc67-57ea-42dd-b702-c2d6c45419fc";

type Log = Arc<Mutex<Vec<(String, Value)>>>;

/// The status and the body that a vendor answers with.
fn answer(line: &str) -> (u16, String) {
    match line {
        "POST /admin/mfa-providers" => (
            200,
            format!(r#"{{"id":"{ID}","name":"Codes","type":"Radius"}}"#),
        ),
        "POST /api/MFA/Radius" => (201, r#"{"id":7}"#.to_owned()),
        "PUT /api/MFA/Radius/7" => (204, String::new()),
        "POST /config/identity/v1/mfa-servers" => (
            201,
            format!(
                r#"{{"id":"{ID}","name":"Codes","mfa_cert_profile":"Default","folder":"All"}}"#
            ),
        ),
        _ => (404, String::new()),
    }
}

async fn serve(stream: TcpStream, log: Log) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut first = String::new();
        stream.read_line(&mut first).await.ok()?;
        let line = first.strip_suffix(" HTTP/1.1\r\n")?.to_owned();
        let mut length = 0;
        loop {
            let mut header = String::new();
            stream.read_line(&mut header).await.ok()?;
            match header.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().ok()?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let (status, text) = answer(&line);
        log.lock()
            .unwrap()
            .push((line, serde_json::from_slice(&body).ok()?));
        let length = match status {
            204 => String::new(),
            _ => format!("Content-Length: {}\r\n", text.len()),
        };
        let head =
            format!("HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n{length}\r\n{text}");
        stream.get_mut().write_all(head.as_bytes()).await.ok()?;
    }
}

async fn start() -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let log = Log::default();
    let shared = log.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, shared.clone()));
        }
    });
    (url, log)
}

fn vendors(url: &str) -> Vendors {
    Vendors {
        appgate: appgate_sdp_client::Client::builder()
            .base_url(format!("{url}/admin"))
            .accept_variable("apiVersion", 23)
            .credential(appgate_sdp_client::security::bearer_auth("a-token"))
            .build()
            .unwrap(),
        ras: parallels_ras_client::Client::builder()
            .base_url(url)
            .credential(parallels_ras_client::security::auth_token("r-token"))
            .build()
            .unwrap(),
        strata: strata_cloud_manager_client::Client::builder()
            .base_url(format!("{url}/config/identity/v1"))
            .credential(Credential::new(
                strata_cloud_manager_client::security::OAUTH2,
                "s-token",
            ))
            .build()
            .unwrap(),
    }
}

fn service(access_key: &str) -> Service {
    Service {
        name: "Codes".to_owned(),
        host: "radius.example.com".to_owned(),
        port: 1812,
        timeout: 10,
        shared_secret: "shared".into(),
        access_key: access_key.into(),
    }
}

#[tokio::test]
async fn all_three_are_told() -> Result<(), AnyError> {
    let (url, log) = start().await;
    let provisioned = provision(&vendors(&url), &service("long-enough")).await?;
    assert_eq!(
        provisioned,
        Provisioned {
            appgate: Some(ID.to_owned()),
            ras: Some(7),
            strata: Some(ID.to_owned()),
        }
    );
    let log = log.lock().unwrap();
    let lines: Vec<_> = log.iter().map(|(line, _)| line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "POST /admin/mfa-providers",
            "POST /api/MFA/Radius",
            "PUT /api/MFA/Radius/7",
            "POST /config/identity/v1/mfa-servers",
        ]
    );
    assert_eq!(log[0].1["sharedSecret"], "shared");
    assert_eq!(log[0].1["port"], 1812);
    assert_eq!(log[1].1["secretKey"], "shared");
    assert_eq!(log[1].1["radiusServer"], "radius.example.com");
    assert_eq!(log[2].1, json!({ "enabled": true }));
    assert_eq!(
        log[3].1["mfa_vendor_type"]["rsa_securid_access_v1"]["rsa_accesskey"],
        "long-enough"
    );
    Ok(())
}

#[tokio::test]
async fn the_first_failure_ends_it_and_tells_no_secret() {
    let (url, log) = start().await;
    let error = provision(&vendors(&url), &service("tiny!"))
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(text.contains("rsa_accesskey"), "{text}");
    assert!(!format!("{error:?}{text}").contains("tiny!"), "{text}");
    assert_eq!(log.lock().unwrap().len(), 3);
}
