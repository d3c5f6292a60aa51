//! The calls through the generated client.

use appgate_sdp_client::{Client, model, security};

use crate::{Error, ID, SECRET, Server, Side, TOKEN};

/// The generated client, as it comes.
#[derive(Debug)]
pub struct Generated {
    client: Client,
}

impl Side for Generated {
    fn new(server: &Server) -> Result<Self, Error> {
        let client = Client::builder()
            .base_url(server.url())
            .accept_variable("apiVersion", 22)
            .credential(security::bearer_auth(TOKEN))
            .build()?;
        Ok(Self { client })
    }

    async fn get(&self) -> Result<(), Error> {
        let provider = self.client.get_mfa_provider(ID).send().await?;
        check(&provider)
    }

    async fn post(&self) -> Result<(), Error> {
        let provider = model::MfaProviderInput::new("RADIUS", model::MfaProviderType::Radius)
            .notes("Created for a benchmark.")
            .tags(vec!["developer".to_owned(), "api-created".to_owned()])
            .hostnames(vec![
                "radius-1.example.com".to_owned(),
                "radius-2.example.com".to_owned(),
            ])
            .port(1812)
            .timeout(6)
            .mode(model::MfaMode::Challenge)
            .input_type(model::InputType::Masked)
            .authentication_protocol(model::AuthenticationProtocol::Chap)
            .use_user_password(false)
            .shared_secret(SECRET)
            .challenge_shared_secret(SECRET);
        let provider = self.client.create_mfa_provider(provider).send().await?;
        check(&provider)
    }
}

fn check(provider: &model::MfaProvider) -> Result<(), Error> {
    match provider.id == Some(ID) && provider.mode == Some(model::MfaMode::Challenge) {
        true => Ok(()),
        false => Err("another provider came".into()),
    }
}
