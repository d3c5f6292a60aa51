//! The criteria, which all providers of the demo share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parallels_ras_client::fake::{Received, Server};
use parallels_ras_client::model::{
    ClientDeviceCriteriaEntry, CriteriaAccess, GatewayCriteriaEntry, HardwareIdCriteriaEntry,
    MatchingMode, MfaCriteria, SecurityPrincipalCriteriaEntry, UpdateAllowedOperatingSystems,
};
use parallels_ras_client::{
    AddMfaDevice, AddMfaDeviceError, AddMfaGateway, AddMfaGatewayError, AddMfaHardwareId,
    AddMfaHardwareIdError, AddMfaSecurityPrincipal, AddMfaSecurityPrincipalError, GetMfaCriteria,
    GetMfaCriteriaError, RemoveMfaSecurityPrincipal, RemoveMfaSecurityPrincipalError,
    UpdateMfaCriteria, UpdateMfaCriteriaError, UpdateMfaOperatingSystems,
    UpdateMfaOperatingSystemsError, countersign_runtime::Presence,
};

use super::signed_in;

/// The criteria, as long as the farm runs.
#[derive(Clone)]
struct Kept(Arc<Mutex<MfaCriteria>>);

impl Kept {
    fn open(&self) -> MutexGuard<'_, MfaCriteria> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn on(server: Server) -> Server {
    let kept = Kept(Arc::new(Mutex::new(staff())));
    let [get, update, systems, add, gateway, device, hardware, remove] =
        std::array::from_fn(|_| kept.clone());
    server
        .on(move |call: Received<GetMfaCriteria>| {
            signed_in(&call, GetMfaCriteriaError::Unauthorized)?;
            Ok(get.open().clone())
        })
        .on(move |call: Received<UpdateMfaCriteria>| {
            signed_in(&call, UpdateMfaCriteriaError::Unauthorized)?;
            let mut criteria = update.open();
            if let Some(access) = &call.body.access {
                criteria.access = Some(access.clone());
            }
            if let Some(on) = call.body.security_principals_enabled.into_option() {
                criteria.security_principals.get_or_insert_default().enabled = Some(on);
            }
            Ok(())
        })
        .on(move |call: Received<UpdateMfaOperatingSystems>| {
            signed_in(&call, UpdateMfaOperatingSystemsError::Unauthorized)?;
            switch(&mut systems.open(), &call.body);
            Ok(())
        })
        .on(move |call: Received<AddMfaSecurityPrincipal>| {
            signed_in(&call, AddMfaSecurityPrincipalError::Unauthorized)?;
            let mut entry = SecurityPrincipalCriteriaEntry::default();
            entry.account.clone_from(&call.body.account);
            let mut criteria = add.open();
            let members = &mut criteria.security_principals.get_or_insert_default().members;
            push(members, entry);
            Ok(())
        })
        .on(move |call: Received<AddMfaGateway>| {
            signed_in(&call, AddMfaGatewayError::Unauthorized)?;
            let mut entry = GatewayCriteriaEntry::default();
            entry.gateway_ip.clone_from(&call.body.ip);
            push(
                &mut gateway.open().gateways.get_or_insert_default().members,
                entry,
            );
            Ok(())
        })
        .on(move |call: Received<AddMfaDevice>| {
            signed_in(&call, AddMfaDeviceError::Unauthorized)?;
            let mut entry = ClientDeviceCriteriaEntry::default();
            entry.client = call.body.client_device_name.clone().into();
            push(
                &mut device.open().devices.get_or_insert_default().members,
                entry,
            );
            Ok(())
        })
        .on(move |call: Received<AddMfaHardwareId>| {
            signed_in(&call, AddMfaHardwareIdError::Unauthorized)?;
            let mut entry = HardwareIdCriteriaEntry::default();
            entry.hardware_id = call.body.hardware_id.clone().into();
            push(
                &mut hardware.open().hardware_ids.get_or_insert_default().members,
                entry,
            );
            Ok(())
        })
        .on(move |call: Received<RemoveMfaSecurityPrincipal>| {
            signed_in(&call, RemoveMfaSecurityPrincipalError::Unauthorized)?;
            let mut criteria = remove.open();
            let members = &mut criteria.security_principals.get_or_insert_default().members;
            let account = &call.body.account;
            if let Some(members) = members.as_mut() {
                members.retain(|known| known.account != *account);
            }
            Ok(())
        })
}

/// Staff have to use a provider.
fn staff() -> MfaCriteria {
    let mut staff = SecurityPrincipalCriteriaEntry::default();
    staff.account = "EXAMPLE\\Staff".into();
    let mut criteria = MfaCriteria::default();
    criteria.access = Some(CriteriaAccess::AllowCriteriaWhen);
    let principals = criteria.security_principals.get_or_insert_default();
    principals.enabled = Some(true);
    principals.matching_mode = Some(MatchingMode::IsOneOfTheFollowing);
    principals.members = vec![staff].into();
    criteria
}

fn push<T>(members: &mut Presence<Vec<T>>, entry: T) {
    match members.as_mut() {
        Some(members) => members.push(entry),
        None => *members = vec![entry].into(),
    }
}

fn switch(criteria: &mut MfaCriteria, body: &UpdateAllowedOperatingSystems) {
    let systems = criteria.operating_systems.get_or_insert_default();
    let allowed = systems.allowed.get_or_insert_default();
    allowed.windows = body.windows.into_option().or(allowed.windows);
    allowed.linux = body.linux.into_option().or(allowed.linux);
    allowed.mac = body.mac.into_option().or(allowed.mac);
}
