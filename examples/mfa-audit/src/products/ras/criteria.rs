//! The criteria of a provider: six kinds, each with operations of its own.

use parallels_ras_client::model::{
    AllowedIpRanges, AllowedOperatingSystems, CriteriaAccess, DeviceMember, GatewayMember,
    HardwareIdMember, MfaCriteria, NewGatewayMember, SecurityPrincipalMember,
    UpdateAllowedOperatingSystems, UpdateCriteria,
};
use parallels_ras_client::{
    AddMfaDevice, AddMfaGateway, AddMfaHardwareId, AddMfaSecurityPrincipal, RemoveMfaDevice,
    RemoveMfaGateway, RemoveMfaHardwareId, RemoveMfaSecurityPrincipal, UpdateMfaCriteria,
    UpdateMfaOperatingSystems,
};

use super::{NAME, Ras};
use crate::criteria::{Access, Criteria, Criterion, Kind, Member, Step};
use crate::problem::Problem;
use crate::runtime::Presence;

impl Ras {
    pub(super) async fn change(&self, id: i32, step: &Step) -> Result<(), Problem> {
        match step {
            Step::Access(access) => {
                let access = match access {
                    Access::Allow => CriteriaAccess::AllowCriteriaWhen,
                    Access::Deny => CriteriaAccess::DenyCriteriaWhen,
                };
                let body = UpdateCriteria::default().access(access);
                self.send(UpdateMfaCriteria::new(id, body)).await
            }
            Step::Users(on) => {
                let body = UpdateCriteria::default().security_principals_enabled(*on);
                self.send(UpdateMfaCriteria::new(id, body)).await
            }
            Step::Add(member) => self.add(id, member).await,
            Step::Remove(member) => self.remove(id, member).await,
        }
    }

    async fn add(&self, id: i32, Member { kind, value }: &Member) -> Result<(), Problem> {
        let value = value.as_str();
        match kind {
            Kind::User => {
                let body = SecurityPrincipalMember::default().account(value);
                self.send(AddMfaSecurityPrincipal::new(id, body)).await
            }
            Kind::Gateway => {
                let body = NewGatewayMember::default().ip(value);
                self.send(AddMfaGateway::new(id, body)).await
            }
            Kind::HardwareId => {
                let body = HardwareIdMember::new(value);
                self.send(AddMfaHardwareId::new(id, body)).await
            }
            Kind::Device => {
                let body = DeviceMember::new(value);
                self.send(AddMfaDevice::new(id, body)).await
            }
            Kind::Os => {
                let body = operating_system(value, true)?;
                self.send(UpdateMfaOperatingSystems::new(id, body)).await
            }
            Kind::Ip => no_addresses(),
        }
    }

    async fn remove(&self, id: i32, Member { kind, value }: &Member) -> Result<(), Problem> {
        let value = value.as_str();
        match kind {
            Kind::User => {
                let body = SecurityPrincipalMember::default().account(value);
                self.send(RemoveMfaSecurityPrincipal::new(id, body)).await
            }
            Kind::Gateway => {
                let body = GatewayMember::new(value);
                self.send(RemoveMfaGateway::new(id, body)).await
            }
            Kind::HardwareId => {
                let body = HardwareIdMember::new(value);
                self.send(RemoveMfaHardwareId::new(id, body)).await
            }
            Kind::Device => {
                let body = DeviceMember::new(value);
                self.send(RemoveMfaDevice::new(id, body)).await
            }
            Kind::Os => {
                let body = operating_system(value, false)?;
                self.send(UpdateMfaOperatingSystems::new(id, body)).await
            }
            Kind::Ip => no_addresses(),
        }
    }
}

/// Whether a change can be asked for.
pub(super) fn check(step: &Step) -> Result<(), Problem> {
    match step {
        Step::Add(Member { kind, value }) | Step::Remove(Member { kind, value }) => match kind {
            Kind::Os => operating_system(value, true).map(drop),
            Kind::Ip => no_addresses(),
            Kind::User | Kind::Gateway | Kind::HardwareId | Kind::Device => Ok(()),
        },
        Step::Access(_) | Step::Users(_) => Ok(()),
    }
}

/// Operating systems are not members but switches.
fn operating_system(name: &str, allowed: bool) -> Result<UpdateAllowedOperatingSystems, Problem> {
    let body = UpdateAllowedOperatingSystems::default();
    Ok(match name.to_ascii_lowercase().as_str() {
        "chrome" => body.chrome(allowed),
        "android" => body.android(allowed),
        "web-client" => body.web_client(allowed),
        "ios" => body.ios(allowed),
        "linux" => body.linux(allowed),
        "mac" => body.mac(allowed),
        "wyse" => body.wyse(allowed),
        "windows" => body.windows(allowed),
        _ => {
            let what = format!(
                "has the operating systems chrome, android, web-client, ios, linux, mac, wyse and windows, \
                 not {name:?}"
            );
            return Problem::lacks(NAME, what);
        }
    })
}

fn no_addresses() -> Result<(), Problem> {
    Problem::lacks(
        NAME,
        "does not document the number that goes with an address (`ipType`): change addresses in its console",
    )
}

impl From<MfaCriteria> for Criteria {
    fn from(found: MfaCriteria) -> Self {
        let users = found.security_principals.unwrap_or_default();
        let gateways = found.gateways.unwrap_or_default();
        let systems = found.operating_systems.unwrap_or_default();
        let addresses = found.ip_addresses.unwrap_or_default();
        let hardware = found.hardware_ids.unwrap_or_default();
        let devices = found.devices.unwrap_or_default();
        let users_named = names(users.members, |member| member.account);
        let gateways_named = names(gateways.members, |member| member.gateway_ip);
        let systems_named = allowed(systems.allowed.unwrap_or_default());
        let addresses_named = ranges(addresses.allowed.unwrap_or_default());
        let hardware_named = names(hardware.members, |member| member.hardware_id);
        let devices_named = names(devices.members, |member| member.client);
        let criteria = [
            (Kind::User, users.enabled, users.matching_mode, users_named),
            (
                Kind::Gateway,
                gateways.enabled,
                gateways.matching_mode,
                gateways_named,
            ),
            (
                Kind::Os,
                systems.enabled,
                systems.matching_mode,
                systems_named,
            ),
            (
                Kind::Ip,
                addresses.enabled,
                addresses.matching_mode,
                addresses_named,
            ),
            (
                Kind::HardwareId,
                hardware.enabled,
                hardware.matching_mode,
                hardware_named,
            ),
            (
                Kind::Device,
                devices.enabled,
                devices.matching_mode,
                devices_named,
            ),
        ];
        Self {
            access: found.access.and_then(|access| match access {
                CriteriaAccess::AllowCriteriaWhen => Some(Access::Allow),
                CriteriaAccess::DenyCriteriaWhen => Some(Access::Deny),
                _ => None,
            }),
            criteria: criteria
                .into_iter()
                .map(|(kind, enabled, mode, members)| Criterion {
                    kind,
                    enabled,
                    matches: mode.map(|mode| mode.to_string()),
                    members,
                })
                .collect(),
        }
    }
}

fn names<T>(members: Presence<Vec<T>>, name: impl Fn(T) -> Presence<String>) -> Vec<String> {
    let members = members.into_option().unwrap_or_default();
    let names = members.into_iter().map(name);
    names.filter_map(Presence::into_option).collect()
}

fn allowed(systems: AllowedOperatingSystems) -> Vec<String> {
    let on = [
        ("chrome", systems.chrome),
        ("android", systems.android),
        ("web-client", systems.web_client),
        ("ios", systems.ios),
        ("linux", systems.linux),
        ("mac", systems.mac),
        ("wyse", systems.wyse),
        ("windows", systems.windows),
    ];
    let on = on.into_iter().filter(|(_, on)| *on == Some(true));
    on.map(|(name, _)| name.to_owned()).collect()
}

fn ranges(allowed: AllowedIpRanges) -> Vec<String> {
    let lists = [allowed.ipv4_ranges, allowed.ipv6_ranges];
    let ranges = lists
        .into_iter()
        .filter_map(Presence::into_option)
        .flatten();
    ranges
        .map(|range| {
            let end = |end: Presence<String>| end.into_option().unwrap_or_default();
            format!("{}-{}", end(range.from), end(range.to))
        })
        .collect()
}
