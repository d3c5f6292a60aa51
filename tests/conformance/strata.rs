//! The calls of Strata Cloud Manager, each with all parameters that it takes.

use strata_cloud_manager_client::{Client, model};
use uuid::Uuid;

use crate::asked::Asked;

const ID: Uuid = Uuid::from_u128(0x4c07_bc67_57ea_42dd_b702_c2d6_c454_19fc);
const JOB: &str = "1423";

/// Sends what is asked for.
pub(crate) async fn send(client: &Client, asked: &Asked) -> Result<(), String> {
    match asked.operation.as_str() {
        "listMfaServers" => {
            let list = client.list_mfa_servers(model::Position::Pre);
            asked
                .of(list.folder("Mobile Users").limit(200).offset(0))
                .await
        }
        "createMfaServer" => asked.of(client.create_mfa_server(asked.body()?)).await,
        "getMfaServer" => asked.of(client.get_mfa_server(ID)).await,
        "updateMfaServer" => asked.of(client.update_mfa_server(ID, asked.body()?)).await,
        "deleteMfaServer" => asked.of(client.delete_mfa_server(ID)).await,
        "pushCandidateConfig" => asked.of(client.push_candidate_config(asked.body()?)).await,
        "getJob" => asked.of(client.get_job(JOB)).await,
        _ => Err("no call is written for it".to_owned()),
    }
}
