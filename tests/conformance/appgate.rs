//! The calls of Appgate SDP, each with all parameters that it takes.

use appgate_sdp_client::Client;
use uuid::Uuid;

use crate::asked::Asked;

const ID: Uuid = Uuid::from_u128(0x4c07_bc67_57ea_42dd_b702_c2d6_c454_19fc);

/// Sends what is asked for.
pub(crate) async fn send(client: &Client, asked: &Asked) -> Result<(), String> {
    match asked.operation.as_str() {
        "testMfaProvider" => asked.of(client.test_mfa_provider(asked.body()?)).await,
        "logIn" => asked.of(client.log_in(asked.body()?)).await,
        "logOut" => asked.of(client.log_out()).await,
        "listMfaProviders" => {
            let filter = [("tags", "aws"), ("name", "us-east")];
            let filter = filter.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let list = client
                .list_mfa_providers()
                .query("codes")
                .range("0-10")
                .order_by("name")
                .descending("true")
                .filter_by(filter.into());
            asked.of(list).await
        }
        "createMfaProvider" => asked.of(client.create_mfa_provider(asked.body()?)).await,
        "getMfaProvider" => asked.of(client.get_mfa_provider(ID)).await,
        "updateMfaProvider" => {
            asked
                .of(client.update_mfa_provider(ID, asked.body()?))
                .await
        }
        "deleteMfaProvider" => asked.of(client.delete_mfa_provider(ID)).await,
        "getVersion" => asked.of(client.get_version()).await,
        _ => Err("no call is written for it".to_owned()),
    }
}
