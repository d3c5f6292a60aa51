//! Appgate SDP: a Controller with providers, in memory and on loopback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use appgate_sdp_client::fake::{Received, Server};
use appgate_sdp_client::{
    Client, CreateMfaProvider, CreateMfaProviderError, DeleteMfaProvider, DeleteMfaProviderError,
    Error, GetMfaProvider, GetMfaProviderError, ListMfaProviders, LogIn, LogInError,
    UpdateMfaProvider, UpdateMfaProviderError, model, security,
};
use countersign_runtime::{Secret, StatusCode};
use uuid::Uuid;

use crate::documented;

type Providers = Arc<Mutex<BTreeMap<Uuid, model::MfaProvider>>>;

/// The Controller's copy of a provider that it was sent.
fn stored(id: Uuid, input: &model::MfaProviderInput) -> model::MfaProvider {
    let mut provider = model::MfaProvider::new(&input.name, input.kind.clone());
    provider.id = Some(id);
    provider.hostnames.clone_from(&input.hostnames);
    provider.port = input.port;
    provider
}

fn missing() -> model::Error {
    let mut error = model::Error::default();
    error.message = Some("no object has this ID".to_owned());
    error
}

/// A Controller that keeps what it is told.
pub(crate) fn controller() -> Server {
    let held = Providers::default();
    let (list, create, get, update, delete) =
        (held.clone(), held.clone(), held.clone(), held.clone(), held);
    Server::new()
        .on(move |_: Received<ListMfaProviders>| {
            let mut answer = model::MfaProviderList::default();
            answer.data = Some(list.lock().unwrap().values().cloned().collect());
            Ok(answer)
        })
        .on(move |call: Received<CreateMfaProvider>| {
            let mut held = create.lock().unwrap();
            if held.values().any(|known| known.name == call.body.name) {
                return Err(CreateMfaProviderError::Conflict(model::Error::default()));
            }
            let id = Uuid::from_u128(held.len() as u128 + 1);
            let provider = stored(id, &call.body);
            held.insert(id, provider.clone());
            Ok(provider)
        })
        .on(move |call: Received<GetMfaProvider>| {
            let get = get.clone();
            async move {
                let found = get.lock().unwrap().get(&call.id).cloned();
                found.ok_or_else(|| GetMfaProviderError::NotFound(missing()))
            }
        })
        .on(move |call: Received<UpdateMfaProvider>| {
            let provider = stored(call.id, &call.body);
            match update.lock().unwrap().get_mut(&call.id) {
                Some(held) => {
                    held.clone_from(&provider);
                    Ok(provider)
                }
                None => Err(UpdateMfaProviderError::NotFound(missing())),
            }
        })
        .on(move |call: Received<DeleteMfaProvider>| {
            let deleted = delete.lock().unwrap().remove(&call.id);
            deleted
                .map(drop)
                .ok_or_else(|| DeleteMfaProviderError::NotFound(missing()))
        })
}

fn radius(name: &str) -> model::MfaProviderInput {
    model::MfaProviderInput::new(name, model::MfaProviderType::Radius)
        .hostnames(vec!["radius.example.com".to_owned()])
        .port(1812)
        .shared_secret("s3cret")
}

/// Lists, creates, reads, updates and deletes.
async fn live(client: &Client) {
    let none = client.list_mfa_providers().send().await.unwrap();
    assert_eq!(none.data, Some(vec![]));

    let created = client
        .create_mfa_provider(radius("Codes"))
        .send()
        .await
        .unwrap();
    let id = created.id.unwrap();
    assert_eq!(created.port, Some(1812));
    let twice = client.create_mfa_provider(radius("Codes")).send().await;
    documented!(twice.unwrap_err(), CreateMfaProviderError::Conflict);

    let read = client.get_mfa_provider(id).send().await.unwrap();
    assert_eq!(*read, *created);
    let changed = radius("Codes").port(1645);
    let updated = client
        .update_mfa_provider(id, changed)
        .send()
        .await
        .unwrap();
    assert_eq!(updated.port, Some(1645));
    let listed = client.list_mfa_providers().send().await.unwrap();
    assert_eq!(listed.data, Some(vec![updated.into_inner()]));

    let deleted = client.delete_mfa_provider(id).send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let gone = client.get_mfa_provider(id).send().await.unwrap_err();
    let body = documented!(gone, GetMfaProviderError::NotFound);
    assert_eq!(body, missing());
}

#[tokio::test]
async fn a_controller_lives_in_memory() {
    let fake = controller();
    live(&fake.client()).await;
    let created = fake.calls::<CreateMfaProvider>();
    assert_eq!(created.len(), 2);
    assert_eq!(created[0], CreateMfaProvider::new(radius("Codes")));
    assert_eq!(created[0].body.shared_secret, Some(Secret::from("s3cret")));
    assert_eq!(fake.problems(), []);
}

#[tokio::test]
async fn a_controller_lives_on_loopback() {
    let fake = controller();
    let listening = fake.listen().await.unwrap();
    assert!(listening.url().ends_with("/admin"), "{}", listening.url());
    for base in [listening.url(), listening.origin()] {
        let client = Client::builder()
            .base_url(base)
            .accept_variable("apiVersion", 22)
            .credential(security::bearer_auth("token"))
            .build()
            .unwrap();
        live(&client).await;
    }
    assert_eq!(fake.calls::<DeleteMfaProvider>().len(), 2);
}

/// What `listen` returns is enough to keep the server, so a helper of a test may drop the rest.
#[tokio::test]
async fn a_server_lives_as_long_as_it_listens() {
    let listening = controller().listen().await.unwrap();
    let client = |base: String| {
        Client::builder()
            .base_url(base)
            .accept_variable("apiVersion", 22)
            .credential(security::bearer_auth("token"))
            .build()
            .unwrap()
    };
    let url = listening.url();
    live(&client(url.clone())).await;
    let clone = listening.clone();
    drop(listening);
    live(&client(url.clone())).await;
    drop(clone);
    let error = client(url).list_mfa_providers().send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}

/// Each failure comes back as it was given.
#[tokio::test]
async fn every_documented_failure_can_be_faked() {
    use CreateMfaProviderError as E;
    let mut invalid = model::ValidationError::default();
    invalid.message = Some("no".to_owned());
    let error = missing();
    for (status, failure) in [
        (400, E::BadRequest(error.clone())),
        (401, E::Unauthorized(error.clone())),
        (403, E::Forbidden(error.clone())),
        (406, E::NotAcceptable(error.clone())),
        (409, E::Conflict(error.clone())),
        (422, E::UnprocessableContent(invalid)),
        (500, E::InternalServerError(error)),
    ] {
        let given = failure.clone();
        let fake = Server::new().on(move |_: Received<CreateMfaProvider>| Err(given.clone()));
        let listening = fake.listen().await.unwrap();
        let on_loopback = Client::builder()
            .base_url(listening.url())
            .accept_variable("apiVersion", 23)
            .credential(security::bearer_auth("token"))
            .build()
            .unwrap();
        for client in [fake.client(), on_loopback] {
            let error = client
                .create_mfa_provider(radius("x"))
                .send()
                .await
                .unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            let countersign_runtime::Error::Api(found, _) = error else {
                panic!("{error:?}");
            };
            assert_eq!(found, failure);
        }
    }
}

/// Signs in, is refused once the token is used up, and signs in again.
#[tokio::test]
async fn a_session_is_renewed() {
    let fake = Server::new()
        .on(|call: Received<LogIn>| {
            if call.body.password != Some(Secret::from("open sesame")) {
                return Err(LogInError::Unauthorized(
                    model::AuthenticationError::default(),
                ));
            }
            let mut session = model::LoginResponse::default();
            session.token = Some(format!("token-{}", call.earlier() + 1).into());
            Ok(session)
        })
        .on(|call: Received<GetMfaProvider>| {
            // The first token is good for one call.
            let stale = call.credential() == Some(&Secret::from("token-1")) && call.earlier() > 0;
            if stale {
                return Err(GetMfaProviderError::Unauthorized(model::Error::default()));
            }
            Ok(stored(call.id, &radius("Codes")))
        });
    let log_in = |password: &str| {
        let body = model::LoginRequest::new("local", Uuid::nil());
        LogIn::new(body.username("admin").password(password))
    };
    let client = fake
        .builder()
        .credential(security::sign_in(log_in("open sesame")))
        .build()
        .unwrap();
    for _ in 0..3 {
        client.get_mfa_provider(Uuid::nil()).send().await.unwrap();
    }
    assert_eq!(fake.calls::<LogIn>().len(), 2);
    assert_eq!(fake.calls::<GetMfaProvider>().len(), 4);

    let stranger = fake
        .builder()
        .credential(security::sign_in(log_in("guess")))
        .build()
        .unwrap();
    let error = stranger
        .get_mfa_provider(Uuid::nil())
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error, countersign_runtime::Error::Credential(_)),
        "{error:?}"
    );
}
