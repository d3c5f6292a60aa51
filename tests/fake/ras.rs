//! Parallels RAS: providers of a farm, a session, and two error bodies.

use std::sync::{Arc, Mutex};

use countersign_runtime::{Error, Presence, Secret, StatusCode};
use parallels_ras_client::fake::{Outcome, Received, Server};
use parallels_ras_client::{
    ApplySettings, Client, CreateRadiusMfa, CreateRadiusMfaError, DeleteMfaProvider,
    DeleteMfaProviderError, GetMfaProvider, GetMfaProviderError, ListMfaProviders,
    ListMfaProvidersError, LogOn, UpdateRadiusMfa, UpdateRadiusMfaError, model, security,
};

use crate::documented;

fn problem(title: &str) -> Option<Box<model::ProblemDetails>> {
    let mut problem = model::ProblemDetails::default();
    problem.title = title.into();
    Some(Box::new(problem))
}

/// A farm that keeps RADIUS providers.
fn farm() -> Server {
    let held: Arc<Mutex<Vec<model::Mfa>>> = Arc::default();
    let (create, list, get, update, delete) =
        (held.clone(), held.clone(), held.clone(), held.clone(), held);
    let by_id = |id: i32| move |known: &model::Mfa| known.id == Some(id);
    Server::new()
        .on(move |call: Received<CreateRadiusMfa>| {
            let mut held = create.lock().unwrap();
            let id = held.len() as i32 + 1;
            let mut kept = model::Mfa::default();
            kept.id = Some(id);
            kept.name = Presence::from(call.body.name.clone());
            held.push(kept);
            let mut created = model::MfaRadius::default();
            created.id = Some(id);
            Ok(created)
        })
        .on(move |_: Received<ListMfaProviders>| Ok(list.lock().unwrap().clone()))
        .on(move |call: Received<GetMfaProvider>| {
            let held = get.lock().unwrap();
            let found = held.iter().find(|known| by_id(call.id)(known));
            found
                .cloned()
                .ok_or_else(|| GetMfaProviderError::NotFound(problem("gone")))
        })
        .on(move |call: Received<UpdateRadiusMfa>| {
            let mut held = update.lock().unwrap();
            match held.iter_mut().find(|known| by_id(call.id)(known)) {
                Some(known) => {
                    known.enabled = call.body.enabled.into_option();
                    Ok(())
                }
                None => Err(UpdateRadiusMfaError::NotFound(None)),
            }
        })
        .on(move |call: Received<DeleteMfaProvider>| {
            let mut held = delete.lock().unwrap();
            let before = held.len();
            held.retain(|known| !by_id(call.id)(known));
            match held.len() < before {
                true => Ok(()),
                false => Err(DeleteMfaProviderError::NotFound(problem("gone"))),
            }
        })
}

fn radius() -> model::NewMfaRadius {
    model::NewMfaRadius::new("Codes", "Codes", "radius.example.com", 1812, 3, 6, "s3cret")
}

async fn live(client: &Client) {
    let created = client.create_radius_mfa(radius()).send().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    let id = created.id.unwrap();
    let on = model::UpdateMfa::default().enabled(true);
    client
        .update_radius_mfa(id, on.clone())
        .send()
        .await
        .unwrap();
    let read = client.get_mfa_provider(id).send().await.unwrap();
    assert_eq!(
        (read.enabled, &read.name),
        (Some(true), &Presence::from("Codes"))
    );
    let listed = client.list_mfa_providers().send().await.unwrap();
    assert_eq!(*listed, [read.into_inner()]);
    client.delete_mfa_provider(id).send().await.unwrap();

    let gone = client.get_mfa_provider(id).send().await.unwrap_err();
    let body = documented!(gone, GetMfaProviderError::NotFound);
    assert_eq!(body, problem("gone"));
    let gone = client.update_radius_mfa(id, on).send().await.unwrap_err();
    assert_eq!(documented!(gone, UpdateRadiusMfaError::NotFound), None);
}

#[tokio::test]
async fn a_farm_lives_in_memory() {
    let fake = farm();
    live(&fake.client()).await;
    assert_eq!(
        fake.calls::<CreateRadiusMfa>(),
        [CreateRadiusMfa::new(radius())]
    );
}

#[tokio::test]
async fn a_farm_lives_on_loopback() {
    let fake = farm();
    let client = Client::builder()
        .base_url(fake.listen().await.unwrap().url())
        .credential(security::auth_token("token"))
        .build()
        .unwrap();
    live(&client).await;
}

#[tokio::test]
async fn every_documented_failure_can_be_faked() {
    use CreateRadiusMfaError as E;
    let mut message = model::ErrorMessage::default();
    message.code = Some(7);
    for (status, failure) in [
        (400, E::BadRequest(Some(message))),
        (400, E::BadRequest(None)),
        (401, E::Unauthorized(problem("who?"))),
        (401, E::Unauthorized(None)),
        (409, E::Conflict(problem("taken"))),
    ] {
        let given = failure.clone();
        let fake = Server::new().on(move |_: Received<CreateRadiusMfa>| Err(given.clone()));
        let error = fake.client().create_radius_mfa(radius()).send().await;
        let Err(Error::Api(found, failed)) = error else {
            panic!("{error:?}");
        };
        assert_eq!((found, failed.status().as_u16()), (failure, status));
    }
}

/// Of two successes that carry the same, the first is answered unless the other is asked for.
#[tokio::test]
async fn a_status_is_chosen_where_the_document_has_several() {
    let apply = |status: Option<u16>| async move {
        let fake = Server::new().on(move |_: Received<ApplySettings>| {
            let applied = Outcome::success(());
            status.map_or(Outcome::success(()), |status| applied.status(status))
        });
        let answer = fake.client().apply_settings().send().await;
        let problems = fake.problems();
        (answer.map(|answer| answer.status().as_u16()).ok(), problems)
    };
    assert_eq!(apply(None).await, (Some(200), vec![]));
    assert_eq!(apply(Some(204)).await, (Some(204), vec![]));
    let (answer, problems) = apply(Some(202)).await;
    assert_eq!(answer, None);
    assert!(problems[0].to_string().ends_with(
        "the answer is not in the document: status 202 is not documented with this body"
    ));
}

/// Logs on at the first call, and again once the session has ended.
#[tokio::test]
async fn a_session_is_renewed() {
    let fake = Server::new()
        .on(|call: Received<LogOn>| {
            assert_eq!(call.body.password, Some(Secret::from("secret")));
            let mut session = model::Session::default();
            session.auth_token = format!("session-{}", call.earlier() + 1).as_str().into();
            Ok(session)
        })
        .on(|call: Received<ListMfaProviders>| {
            match call.credential() == Some(&Secret::from("session-2")) {
                true => Ok(vec![]),
                false => Err(ListMfaProvidersError::Unauthorized(None)),
            }
        });
    let listening = fake.listen().await.unwrap();
    let log_on = LogOn::new(model::NewApiSession::new("admin", "secret"));
    let client = Client::builder()
        .base_url(listening.url())
        .credential(security::sign_in(log_on))
        .build()
        .unwrap();
    client.list_mfa_providers().send().await.unwrap();
    client.list_mfa_providers().send().await.unwrap();
    assert_eq!(fake.calls::<LogOn>().len(), 2);
    assert_eq!(fake.calls::<ListMfaProviders>().len(), 3);
}
