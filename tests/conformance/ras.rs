//! The calls of Parallels RAS, each with all parameters that it takes.

use parallels_ras_client::{Client, model};

use crate::asked::Asked;

const ID: i32 = 7;
const SITE: i32 = 1;

/// Sends what is asked for.
pub(crate) async fn send(client: &Client, asked: &Asked) -> Result<(), String> {
    match asked.operation.as_str() {
        "getMfaCriteria" => asked.of(client.get_mfa_criteria(ID)).await,
        "updateMfaCriteria" => {
            asked
                .of(client.update_mfa_criteria(ID, asked.body()?))
                .await
        }
        "createDeepnetMfa" => asked.of(client.create_deepnet_mfa(asked.body()?)).await,
        "updateDeepnetMfa" => asked.of(client.update_deepnet_mfa(ID, asked.body()?)).await,
        "getMfaDefaultSettings" => {
            let call = client.get_mfa_default_settings();
            asked.of(call.site_id(SITE)).await
        }
        "getDefaultMfaCriteria" => {
            let call = client.get_default_mfa_criteria();
            asked.of(call.site_id(SITE)).await
        }
        "updateDefaultMfaCriteria" => {
            let call = client.update_default_mfa_criteria(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "listMfaDevices" => asked.of(client.list_mfa_devices(ID)).await,
        "addMfaDevice" => asked.of(client.add_mfa_device(ID, asked.body()?)).await,
        "removeMfaDevice" => asked.of(client.remove_mfa_device(ID, asked.body()?)).await,
        "listDefaultMfaDevices" => {
            let call = client.list_default_mfa_devices();
            asked.of(call.site_id(SITE)).await
        }
        "addDefaultMfaDevice" => {
            let call = client.add_default_mfa_device(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "removeDefaultMfaDevice" => {
            let call = client.remove_default_mfa_device(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "createEmailOtpMfa" => asked.of(client.create_email_otp_mfa(asked.body()?)).await,
        "updateEmailOtpMfa" => {
            asked
                .of(client.update_email_otp_mfa(ID, asked.body()?))
                .await
        }
        "listMfaGateways" => asked.of(client.list_mfa_gateways(ID)).await,
        "addMfaGateway" => asked.of(client.add_mfa_gateway(ID, asked.body()?)).await,
        "removeMfaGateway" => asked.of(client.remove_mfa_gateway(ID, asked.body()?)).await,
        "listDefaultMfaGateways" => {
            let call = client.list_default_mfa_gateways();
            asked.of(call.site_id(SITE)).await
        }
        "addDefaultMfaGateway" => {
            let call = client.add_default_mfa_gateway(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "removeDefaultMfaGateway" => {
            let call = client.remove_default_mfa_gateway(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "listMfaHardwareIds" => asked.of(client.list_mfa_hardware_ids(ID)).await,
        "addMfaHardwareId" => {
            asked
                .of(client.add_mfa_hardware_id(ID, asked.body()?))
                .await
        }
        "removeMfaHardwareId" => {
            asked
                .of(client.remove_mfa_hardware_id(ID, asked.body()?))
                .await
        }
        "listDefaultMfaHardwareIds" => {
            let call = client.list_default_mfa_hardware_ids();
            asked.of(call.site_id(SITE)).await
        }
        "addDefaultMfaHardwareId" => {
            let call = client.add_default_mfa_hardware_id(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "removeDefaultMfaHardwareId" => {
            let call = client.remove_default_mfa_hardware_id(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "listMfaIpAddresses" => asked.of(client.list_mfa_ip_addresses(ID)).await,
        "addMfaIpAddress" => asked.of(client.add_mfa_ip_address(ID, asked.body()?)).await,
        "removeMfaIpAddress" => {
            asked
                .of(client.remove_mfa_ip_address(ID, asked.body()?))
                .await
        }
        "listDefaultMfaIpAddresses" => {
            let call = client.list_default_mfa_ip_addresses();
            asked.of(call.site_id(SITE)).await
        }
        "addDefaultMfaIpAddress" => {
            let call = client.add_default_mfa_ip_address(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "removeDefaultMfaIpAddress" => {
            let call = client.remove_default_mfa_ip_address(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "listMfaProviders" => {
            let list = client.list_mfa_providers();
            asked.of(list.site_id(SITE).name("Email code")).await
        }
        "getMfaProvider" => asked.of(client.get_mfa_provider(ID)).await,
        "deleteMfaProvider" => asked.of(client.delete_mfa_provider(ID)).await,
        "duplicateMfaProvider" => asked.of(client.duplicate_mfa_provider(ID)).await,
        "getMfaOperatingSystems" => asked.of(client.get_mfa_operating_systems(ID)).await,
        "updateMfaOperatingSystems" => {
            asked
                .of(client.update_mfa_operating_systems(ID, asked.body()?))
                .await
        }
        "getDefaultMfaOperatingSystems" => {
            let call = client.get_default_mfa_operating_systems();
            asked.of(call.site_id(SITE)).await
        }
        "updateDefaultMfaOperatingSystems" => {
            let call = client.update_default_mfa_operating_systems(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "createRadiusMfa" => {
            let create = client.create_radius_mfa(asked.body()?);
            asked
                .of(create.radius_type(model::RadiusType::DuoRadius))
                .await
        }
        "updateRadiusMfa" => asked.of(client.update_radius_mfa(ID, asked.body()?)).await,
        "checkMfaConnection" => {
            let check = client
                .check_mfa_connection()
                .server("radius.example.com")
                .backup_server("radius2.example.com")
                .port(1812)
                .ha_mode(1)
                .with_timeout(5)
                .retries(3)
                .secret_key("example & secret/key")
                .password_encoding(1);
            asked.of(check).await
        }
        "createSafenetMfa" => asked.of(client.create_safenet_mfa(asked.body()?)).await,
        "updateSafenetMfa" => asked.of(client.update_safenet_mfa(ID, asked.body()?)).await,
        "listMfaSecurityPrincipals" => asked.of(client.list_mfa_security_principals(ID)).await,
        "addMfaSecurityPrincipal" => {
            asked
                .of(client.add_mfa_security_principal(ID, asked.body()?))
                .await
        }
        "removeMfaSecurityPrincipal" => {
            asked
                .of(client.remove_mfa_security_principal(ID, asked.body()?))
                .await
        }
        "listDefaultMfaSecurityPrincipals" => {
            let call = client.list_default_mfa_security_principals();
            asked.of(call.site_id(SITE)).await
        }
        "addDefaultMfaSecurityPrincipal" => {
            let call = client.add_default_mfa_security_principal(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "removeDefaultMfaSecurityPrincipal" => {
            let call = client.remove_default_mfa_security_principal(asked.body()?);
            asked.of(call.site_id(SITE)).await
        }
        "logOn" => {
            asked
                .of(client.log_on(asked.body()?).local_auth(false))
                .await
        }
        "logOff" => asked.of(client.log_off()).await,
        "applySettings" => asked.of(client.apply_settings()).await,
        "createTotpMfa" => asked.of(client.create_totp_mfa(asked.body()?)).await,
        "updateTotpMfa" => asked.of(client.update_totp_mfa(ID, asked.body()?)).await,
        _ => Err("no call is written for it".to_owned()),
    }
}
