//! No secret is ever written, whatever happens.

use appgate_sdp_client::fake::{Received, Server};
use appgate_sdp_client::model::{Error, FieldError, LoginResponse, ValidationError};
use appgate_sdp_client::{
    CreateMfaProvider, CreateMfaProviderError, ListMfaProviders, ListMfaProvidersError, LogIn,
};

use crate::demo::{Demo, PASSWORD};
use crate::program::{Program, SECRETS, Said, provider};

const TOKEN: &str = "example-session-token";

fn tells_none(said: &Said) {
    let secrets = SECRETS.iter().map(|(_, secret)| *secret);
    for secret in secrets.chain([
        PASSWORD,
        TOKEN,
        "demo-encrypted-secret",
        "demo-tenant-token",
    ]) {
        let shown = said.stdout.contains(secret) || said.stderr.contains(secret);
        assert!(!shown, "{secret} is shown:\n{said}");
    }
}

#[tokio::test]
async fn not_in_lists_plans_and_what_was_created() {
    let demo = Demo::start().await.expect("ports");
    let program = || Program::new(&demo).secrets();
    for arguments in [&["list"][..], &["list", "--format", "json"]] {
        tells_none(&program().run(arguments).await);
    }
    for product in ["appgate", "ras", "strata"] {
        let file = provider(product);
        tells_none(&program().run(&["create", &file, "--dry-run"]).await);
        tells_none(&program().run(&["create", &file, "--format", "json"]).await);
        let taken = program().run(&["create", &file]).await;
        assert_eq!(taken.status, Some(1));
        tells_none(&taken);
        tells_none(&program().run(&["test", &file]).await);
        let name = match product {
            "strata" => "Branch office Duo",
            _ => "Branch office RADIUS",
        };
        tells_none(&program().run(&["show", product, name]).await);
        tells_none(&program().run(&["update", name, &file, "--dry-run"]).await);
        tells_none(&program().run(&["update", name, &file]).await);
    }
    tells_none(&program().run(&["list"]).await);
}

/// A Controller that repeats what it is sent in its errors.
fn parrot() -> Server {
    Server::new()
        .on(|_: Received<LogIn>| {
            let mut session = LoginResponse::default();
            session.token = Some(TOKEN.into());
            Ok(session)
        })
        .on(|call: Received<ListMfaProviders>| {
            let token = call.credential().map(|token| token.expose().clone());
            let mut error = Error::default();
            error.message = Some(format!("not with {}", token.unwrap_or_default()));
            Err(ListMfaProvidersError::Forbidden(error))
        })
        .on(|call: Received<CreateMfaProvider>| {
            let secret = call.body.shared_secret.as_ref().expect("a secret");
            let mut field = FieldError::default();
            field.field = Some("sharedSecret".to_owned());
            field.message = Some(format!("`{}` is too simple", secret.expose()));
            let mut error = ValidationError::default();
            error.errors = Some(vec![field]);
            Err(CreateMfaProviderError::UnprocessableContent(error))
        })
        .lenient()
}

#[tokio::test]
async fn not_where_the_server_repeats_them() {
    let parrot = parrot();
    let url = parrot.listen().await.expect("a port").url();
    let program = || {
        Program::bare()
            .with("APPGATE_URL", &url)
            .with("APPGATE_USERNAME", "auditor")
            .with("APPGATE_PASSWORD", PASSWORD)
            .secrets()
    };
    let listed = program().run(&["list"]).await;
    assert!(listed.stderr.contains("not with [redacted]"), "{listed}");
    tells_none(&listed);
    let created = program().run(&["create", &provider("appgate")]).await;
    let line = "sharedSecret: `[redacted]` is too simple";
    assert!(created.stderr.contains(line), "{created}");
    tells_none(&created);
}

#[tokio::test]
async fn not_where_they_stand_in_a_file_by_mistake() {
    let (_, secret) = SECRETS[0];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("provider.toml");
    for value in [
        format!("\"{secret}\""),
        format!("{{ value = \"{secret}\" }}"),
        format!("{{ env = \"{secret}\" }}"),
        format!("[\"{secret}\"]"),
        format!("\"{secret}"),
    ] {
        let text = format!("[ras]\nsecret = {value}\n");
        std::fs::write(&path, text).expect("written");
        let said = Program::bare()
            .run(&["create", path.to_str().expect("UTF-8")])
            .await;
        assert_eq!(said.status, Some(2));
        // A variable's name is not a secret; but here one stands for it.
        if !value.contains("env") {
            tells_none(&said);
        }
    }
}
