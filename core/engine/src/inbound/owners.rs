//! Which app signed a post, and whose each change is.

use std::collections::BTreeMap;

use convolog_domain::{
    AppId, ChannelId, ClaimKey, SecretId, StreamKind, WorkspaceId,
    installation::Installation,
    meta_app::MetaApp,
    number::{Number, NumberReserved},
    quarantine::Reason,
};
use convolog_whatsapp::{Part, Place};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::Inbound;
use crate::error::EngineError;
use crate::recorded::Stream;

/// How many apps are tried when a body names no known number.
const MAX_TRIED_APPS: usize = 256;

/// An app whose secret verified a post.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct App {
    /// Whose app; the installation's is nil.
    pub(crate) owner: WorkspaceId,
    /// Which app.
    pub(crate) id: AppId,
    /// Which secret.
    pub(crate) secret: SecretId,
}

/// The parts of a post by whose they are.
pub(crate) struct Sorted {
    pub(crate) ours: BTreeMap<WorkspaceId, Vec<Part>>,
    pub(crate) foreign: Vec<(Reason, Part)>,
}

impl Inbound {
    /// The app whose secret made the signature. Apps of the named numbers and accounts are tried
    /// first; if the body names none that is known, every app up to a limit.
    pub(crate) fn signer(&self, body: &[u8], signature: &str) -> Result<Option<App>, EngineError> {
        let directory = self.directory()?;
        let named = convolog_whatsapp::scan(body);
        let mut apps: Vec<(WorkspaceId, AppId)> = Vec::new();
        let mut add = |app: (WorkspaceId, AppId)| {
            if !apps.contains(&app) {
                apps.push(app);
            }
        };
        for id in &named.phone_number_ids {
            if let Some(number) = self.owner_of(id)? {
                add(app_of(&number));
            }
        }
        for account in &named.account_ids {
            for link in directory.accounts.get(account).into_iter().flatten() {
                if let Some(owner) = directory.apps.get(&link.app) {
                    add((*owner, link.app));
                }
            }
        }
        for (app, owner) in directory.apps.iter().take(MAX_TRIED_APPS) {
            add((*owner, *app));
        }
        for (owner, id) in apps {
            if let Some(secret) = self.verifies(owner, id, body, signature)? {
                return Ok(Some(App { owner, id, secret }));
            }
        }
        Ok(None)
    }

    fn verifies(
        &self,
        owner: WorkspaceId,
        app: AppId,
        body: &[u8],
        signature: &str,
    ) -> Result<Option<SecretId>, EngineError> {
        let loaded = self.engine.load::<MetaApp>(owner, app.0)?;
        Ok(loaded.state.secrets.iter().find_map(|secret| {
            let value = self.engine.vault().secret(owner.0, secret.id.0)?;
            convolog_whatsapp::verify(value.expose_secret().as_bytes(), body, signature)
                .then_some(secret.id)
        }))
    }

    pub(crate) fn knows_verify_token(&self, token: &str) -> Result<bool, EngineError> {
        let mut known = false;
        for (app, owner) in &self.directory()?.apps {
            let loaded = self.engine.load::<MetaApp>(*owner, app.0)?;
            let Some(expected) = &loaded.state.verify_token else { continue };
            if let Some(value) = self.engine.vault().secret(owner.0, expected.id.0) {
                known |= bool::from(value.expose_secret().as_bytes().ct_eq(token.as_bytes()));
            }
        }
        Ok(known)
    }

    pub(crate) fn directory(
        &self,
    ) -> Result<std::sync::Arc<convolog_domain::installation::State>, EngineError> {
        Ok(self.engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state)
    }

    fn owner_of(&self, phone_number_id: &str) -> Result<Option<NumberReserved>, EngineError> {
        let key = ClaimKey::Number(phone_number_id.to_owned());
        let claim = self.engine.claim_hash(WorkspaceId::INSTALLATION, &key)?;
        let Some(holder) = self.engine.log().holder(&claim)? else { return Ok(None) };
        let Some(stream) = Stream::from_key(holder.stream) else { return Ok(None) };
        if stream.kind != StreamKind::Number {
            return Ok(None);
        }
        let loaded = self.engine.load::<Number>(stream.workspace, stream.id)?;
        Ok(loaded.state.owner.clone())
    }

    /// The channel of a workspace that speaks for a place. For a change that names only an account
    /// it is the account's first channel there.
    pub(crate) fn channel_for(
        &self,
        workspace: WorkspaceId,
        place: &Place,
    ) -> Result<ChannelId, EngineError> {
        if let Some(id) = &place.phone_number_id
            && let Some(number) = self.owner_of(id)?
            && number.workspace == workspace
        {
            return Ok(number.channel);
        }
        let directory = self.directory()?;
        let account = place.account_id.as_ref().and_then(|id| directory.accounts.get(id));
        Ok(account
            .into_iter()
            .flatten()
            .find(|link| link.workspace == workspace)
            .map_or_else(ChannelId::default, |link| link.channel))
    }

    /// Sorts the parts of a post by the workspace that may take them, given the app that signed.
    pub(crate) fn sort(&self, app: &App, parts: Vec<Part>) -> Result<Sorted, EngineError> {
        let mut sorted = Sorted { ours: BTreeMap::new(), foreign: Vec::new() };
        let mut beside = Vec::new();
        for part in parts {
            if part.phone_number_id.is_none() && part.field.is_none() {
                beside.push(part);
                continue;
            }
            match self.workspace_of(app, &part)? {
                Ok(workspace) => sorted.ours.entry(workspace).or_default().push(part),
                Err(reason) => sorted.foreign.push((reason, part)),
            }
        }
        // Where there are no changes, the account says whose it is.
        if sorted.foreign.is_empty() && sorted.ours.is_empty() {
            for part in beside {
                match self.workspace_of(app, &part)? {
                    Ok(workspace) => sorted.ours.entry(workspace).or_default().push(part),
                    Err(reason) => sorted.foreign.push((reason, part)),
                }
            }
            return Ok(sorted);
        }
        // What stands beside the changes goes with them if they all have one owner.
        let alone = sorted.foreign.is_empty() && sorted.ours.len() == 1;
        match sorted.ours.values_mut().next() {
            Some(ours) if alone => ours.append(&mut beside),
            _ => sorted.foreign.extend(beside.into_iter().map(|part| (Reason::NoOwner, part))),
        }
        Ok(sorted)
    }

    /// The workspace that may take a part that this app signed.
    pub(crate) fn workspace_of(
        &self,
        app: &App,
        part: &Part,
    ) -> Result<Result<WorkspaceId, Reason>, EngineError> {
        if let Some(id) = &part.phone_number_id {
            return Ok(match self.owner_of(id)? {
                None => Err(Reason::NumberUnknown),
                Some(number) if app_of(&number) == (app.owner, app.id) => Ok(number.workspace),
                Some(_) => Err(Reason::NumberNotOfApp),
            });
        }
        let directory = self.directory()?;
        let links = part.account_id.as_ref().and_then(|account| directory.accounts.get(account));
        let mut owners: Vec<WorkspaceId> = links
            .into_iter()
            .flatten()
            .filter(|link| link.app == app.id)
            .map(|link| link.workspace)
            .collect();
        owners.dedup();
        Ok(match owners.as_slice() {
            [workspace] => Ok(*workspace),
            _ => Err(Reason::NoOwner),
        })
    }
}

const fn app_of(number: &NumberReserved) -> (WorkspaceId, AppId) {
    let owner = if number.installation_app { WorkspaceId::INSTALLATION } else { number.workspace };
    (owner, number.app)
}
