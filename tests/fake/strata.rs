//! Strata Cloud Manager: profiles, pages of them, a token, and a push with its job.

use std::sync::{Arc, Mutex};

use countersign_runtime::{ClientCredentials, Credential, Error, Secret, Token};
use strata_cloud_manager_client::fake::{Outcome, Received, Server, TokenRefusal};
use strata_cloud_manager_client::{
    Client, CreateMfaServer, DeleteMfaServer, GetJob, GetMfaServer, GetMfaServerError,
    ListMfaServers, PushCandidateConfig, UpdateMfaServer, model, security,
};
use uuid::Uuid;

use crate::documented;

const MANY: i64 = 450;

fn profile(name: &str) -> model::MfaServerInput {
    let folder = model::MfaServerContainer::Folder("All".to_owned());
    model::MfaServerInput::new(name, "Default", folder)
}

fn stored(id: Uuid, input: &model::MfaServerInput) -> model::MfaServer {
    let mut profile = model::MfaServer::new(
        &input.name,
        &input.certificate_profile,
        input.container.clone(),
    );
    profile.id = Some(id);
    profile
}

fn missing() -> model::GenericError {
    model::GenericError::default()
}

/// A tenant with one profile at a time.
fn tenant() -> Server {
    let held: Arc<Mutex<Option<model::MfaServer>>> = Arc::default();
    let (create, get, update, delete) = (held.clone(), held.clone(), held.clone(), held);
    Server::new()
        .on(move |call: Received<CreateMfaServer>| {
            let created = stored(Uuid::from_u128(1), &call.body);
            *create.lock().unwrap() = Some(created.clone());
            Outcome::success(Some(created)).status(201)
        })
        .on(move |_: Received<GetMfaServer>| {
            let found = get.lock().unwrap().clone();
            found.ok_or_else(|| GetMfaServerError::NotFound(missing()))
        })
        .on(move |call: Received<UpdateMfaServer>| {
            let updated = stored(call.id, &call.body);
            *update.lock().unwrap() = Some(updated.clone());
            Ok(updated)
        })
        .on(move |_: Received<DeleteMfaServer>| {
            delete.lock().unwrap().take();
            Ok(())
        })
}

async fn live(client: &Client) {
    let created = client
        .create_mfa_server(profile("Duo"))
        .send()
        .await
        .unwrap();
    assert_eq!(created.status().as_u16(), 201);
    let id = created.into_inner().and_then(|profile| profile.id).unwrap();
    let updated = client
        .update_mfa_server(id, profile("Okta"))
        .send()
        .await
        .unwrap();
    let read = client.get_mfa_server(id).send().await.unwrap();
    assert_eq!(*read, *updated);
    assert_eq!(read.name, "Okta");
    client.delete_mfa_server(id).send().await.unwrap();
    let gone = client.get_mfa_server(id).send().await.unwrap_err();
    assert_eq!(documented!(gone, GetMfaServerError::NotFound), missing());
}

#[tokio::test]
async fn a_tenant_lives_in_memory() {
    live(&tenant().client()).await;
}

#[tokio::test]
async fn a_tenant_lives_on_loopback() {
    let fake = tenant();
    let client = Client::builder()
        .base_url(fake.listen().await.unwrap().url())
        .credential(Credential::new(security::OAUTH2, "token"))
        .build()
        .unwrap();
    live(&client).await;
}

/// The statuses that the document leaves open are those of no other response.
#[tokio::test]
async fn the_default_failure_has_a_status_of_its_own() {
    for (asked, status) in [(None, 500), (Some(503), 503), (Some(418), 418)] {
        let fake = Server::new().on(move |_: Received<GetMfaServer>| {
            let failed = Outcome::failure(GetMfaServerError::Default(missing()));
            match asked {
                Some(status) => failed.status(status),
                None => failed,
            }
        });
        let error = fake
            .client()
            .get_mfa_server(Uuid::nil())
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        documented!(error, GetMfaServerError::Default);
    }
    let fake = Server::new().on(|_: Received<GetMfaServer>| {
        Outcome::failure(GetMfaServerError::Default(missing())).status(404)
    });
    let error = fake.client().get_mfa_server(Uuid::nil()).send().await;
    assert!(matches!(error, Err(Error::Transport(_))), "{error:?}");
    assert_eq!(fake.problems().len(), 1);
}

/// Page by page, through the fake's own idea of how many it gives at once.
#[tokio::test]
async fn a_list_is_paged_through() {
    let fake = Server::new().on(|call: Received<ListMfaServers>| {
        let (offset, limit) = (call.offset.unwrap_or(0), call.limit.unwrap_or(200));
        let mut page = model::MfaServerList::default();
        let numbers = (offset..MANY).take(limit as usize);
        let profiles = numbers.map(|n| stored(Uuid::from_u128(n as u128), &profile("p")));
        page.data = Some(profiles.collect());
        (page.offset, page.limit, page.total) = (Some(offset), Some(limit), Some(MANY));
        Ok(page)
    });
    let client = fake.client();
    let listed = client
        .list_mfa_servers(model::Position::Pre)
        .folder("All")
        .limit(100)
        .items()
        .collect()
        .await
        .unwrap();
    assert_eq!(listed.len() as i64, MANY);
    assert_eq!(listed[449].id, Some(Uuid::from_u128(449)));
    let offsets: Vec<_> = fake
        .calls::<ListMfaServers>()
        .iter()
        .map(|call| call.offset)
        .collect();
    assert_eq!(offsets.len(), 5);
    assert_eq!(offsets[4], Some(400));
}

/// A token is asked for once, in memory at the documented URL, on loopback at its path.
#[tokio::test]
async fn tokens_are_given() {
    let fake = Server::new()
        .on_token(|request| {
            let scopes: Vec<&str> = request.scopes().collect();
            if request.client_secret() != &Secret::from("s3cret") {
                return Err(TokenRefusal::InvalidClient);
            }
            assert_eq!(
                (request.client_id(), scopes),
                ("me@example.com", vec!["tsg_id:1"])
            );
            Ok(Token::new("granted"))
        })
        .on(|call: Received<GetMfaServer>| {
            assert_eq!(call.credential(), Some(&Secret::from("granted")));
            Ok(stored(call.id, &profile("Duo")))
        });
    let in_memory = fake
        .builder()
        .credential(security::oauth2("me@example.com", "s3cret", &["tsg_id:1"]))
        .build()
        .unwrap();
    let grant = |secret: &str| {
        ClientCredentials::new("/oauth2/access_token", "me@example.com", secret)
            .scopes(["tsg_id:1"])
    };
    let listening = fake.listen().await.unwrap();
    let on_loopback = |secret: &str| {
        Client::builder()
            .base_url(listening.url())
            .credential(Credential::client_credentials(
                security::OAUTH2,
                grant(secret),
            ))
            .build()
            .unwrap()
    };
    for client in [in_memory, on_loopback("s3cret")] {
        client.get_mfa_server(Uuid::nil()).send().await.unwrap();
    }
    let error = on_loopback("guess")
        .get_mfa_server(Uuid::nil())
        .send()
        .await;
    assert!(matches!(error, Err(Error::Credential(_))), "{error:?}");
    assert_eq!(fake.calls::<GetMfaServer>().len(), 2);
}

/// Operations with a server of their own are found at its path too, and tokens are given unasked.
#[tokio::test]
async fn a_push_is_waited_for() {
    let fake = Server::new()
        .on(|call: Received<PushCandidateConfig>| {
            assert_eq!(
                call.uri().path(),
                "/config/operations/v1/config-versions/candidate:push"
            );
            let mut pushed = model::PushResult::default();
            pushed.job_id = Some("7".to_owned());
            Ok(Some(pushed))
        })
        .on(|call: Received<GetJob>| {
            let mut job = model::Job::default();
            job.id = Some(call.id.clone());
            job.status = Some(match call.earlier() {
                0 => model::JobStatus::Active,
                _ => model::JobStatus::Finished,
            });
            let mut jobs = model::JobList::default();
            jobs.data = Some(vec![job]);
            Ok(jobs)
        });
    let client = Client::builder()
        .transport(fake.transport())
        .credential(security::oauth2("me@example.com", "s3cret", &[]))
        .build()
        .unwrap();
    let push = model::PushRequest::new(vec!["All".to_owned()]);
    let pushed = client.push_candidate_config(push).send().await.unwrap();
    let id = pushed
        .into_inner()
        .and_then(|pushed| pushed.job_id)
        .unwrap();
    let mut polls = 0;
    loop {
        polls += 1;
        let jobs = client.get_job(&id).send().await.unwrap().into_inner();
        let status = jobs.data.unwrap_or_default().remove(0).status;
        if status == Some(model::JobStatus::Finished) {
            break;
        }
    }
    assert_eq!(polls, 2);
}
