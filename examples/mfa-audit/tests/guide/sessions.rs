//! Sessions end, whatever became of the command; and nobody signs in to sign out.

use appgate_sdp_client::fake::{Received, Server};
use appgate_sdp_client::model::{AuthenticationError, Error, LoginResponse};
use appgate_sdp_client::{ListMfaProviders, ListMfaProvidersError, LogIn, LogInError, LogOut};

use crate::program::{Program, Said};

/// A Controller that lets nobody list, and lets in whoever it is told to.
fn controller(lets_in: bool) -> Server {
    Server::new()
        .on(move |_: Received<LogIn>| {
            let mut session = LoginResponse::default();
            session.token = Some("example-session-token".into());
            let refused = LogInError::Unauthorized(AuthenticationError::default());
            lets_in.then_some(session).ok_or(refused)
        })
        .on(|_: Received<LogOut>| Ok(()))
        .on(|_: Received<ListMfaProviders>| Err(ListMfaProvidersError::Forbidden(Error::default())))
}

async fn run(server: &Server, arguments: &[&str]) -> Said {
    let listening = server.listen().await.expect("a port");
    let program = Program::bare()
        .with("APPGATE_URL", &listening.url())
        .with("APPGATE_USERNAME", "auditor")
        .with("APPGATE_PASSWORD", "example-password");
    program.run(arguments).await
}

#[tokio::test]
async fn end_after_a_failure() {
    for arguments in [
        &["list"][..],
        &["show", "appgate", "Okta"],
        &["delete", "appgate", "Okta"],
    ] {
        let server = controller(true);
        let failed = run(&server, arguments).await;
        assert_eq!(failed.status, Some(1), "{failed}");
        assert_eq!(server.calls::<LogIn>().len(), 1, "{failed}");
        assert_eq!(server.calls::<LogOut>().len(), 1, "{failed}");
    }
}

#[tokio::test]
async fn are_not_begun_to_be_ended() {
    let server = controller(false);
    let failed = run(&server, &["list"]).await;
    assert_eq!(failed.status, Some(1), "{failed}");
    assert_eq!(server.calls::<LogIn>().len(), 1, "{failed}");
    assert_eq!(server.calls::<LogOut>().len(), 0, "{failed}");
}
