//! Setting up: commands that touch the installation's control streams and a workspace's own.
//!
//! Reserve, then connect: what must be unique in the installation is taken first, in a commit of its
//! own, because the two may live in different partitions. A failure in between leaves a reservation
//! that only the same channel can use, and doing it again goes on from there.

use convolog_domain::{
    AppId, ChannelId, Command as _, Event, Sensitive, WorkspaceId,
    channel::{Channel, ChannelConnected, ConnectChannel, DisconnectChannel},
    installation::{EnlistApp, EnlistWorkspace, LinkAccount, UnlinkAccount},
    meta_app::{MetaApp, RegisterApp},
    number::{Number, OwnershipProof, ReleaseNumber, ReserveNumber},
    workspace::CreateWorkspace,
};
use convolog_domain::{Refusal, RefusalCode};
use secrecy::SecretString;
use uuid::Uuid;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::inbound::shortened;
use crate::secrets::NewSecret;

/// The secrets of an app that is registered together with something else.
#[derive(Clone, Debug)]
pub struct AppSecrets {
    /// Signs what arrives.
    pub secret: SecretString,
    /// Repeated in the handshake.
    pub verify_token: SecretString,
    /// The version of the Graph API, such as `v25.0`.
    pub graph_version: String,
}

/// Whose app a channel uses.
#[derive(Clone, Debug)]
pub enum AppChoice {
    /// One that is registered, of the workspace or of the installation.
    Registered(AppId),
    /// A new one of the workspace's own.
    Own(AppSecrets),
}

/// A channel to connect.
#[derive(Clone, Debug)]
pub struct ChannelSpec {
    /// The platform: `whatsapp`.
    pub platform: String,
    /// What its people call it.
    pub name: String,
    /// Whose app.
    pub app: AppChoice,
    /// The platform's id of the number.
    pub phone_number_id: String,
    /// The platform's id of the business account.
    pub waba_id: String,
    /// The number as people dial it.
    pub display_phone_number: Sensitive,
    /// The token with which Convolog sends.
    pub access_token: Option<SecretString>,
    /// Where the platform's API is.
    pub graph_url: String,
    /// Whether that may be plain http.
    pub plain_http_allowed: bool,
    /// How ownership was shown.
    pub proof: OwnershipProof,
}

impl Engine {
    /// Sets up a workspace.
    pub async fn create_workspace(
        &self,
        caller: &Caller,
        id: WorkspaceId,
        command: CreateWorkspace,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        if let Some(earlier) = self.earlier(caller, once)? {
            return Ok(earlier);
        }
        command.clone().decide(&convolog_domain::workspace::State::default(), &mut self.ctx())?;
        let control = caller.in_workspace(WorkspaceId::INSTALLATION);
        self.execute(&control, Uuid::nil(), EnlistWorkspace { workspace: id }).await?;
        self.execute_once(&caller.in_workspace(id), id.0, command, once, answer).await
    }

    /// Registers an app of the caller's workspace (nil: of the installation).
    pub async fn register_app(
        &self,
        caller: &Caller,
        id: AppId,
        name: &str,
        secrets: &AppSecrets,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        if let Some(earlier) = self.earlier(caller, once)? {
            return Ok(earlier);
        }
        let secret = self.draft_secret(&secrets.secret)?;
        let verify_token = self.draft_secret(&secrets.verify_token)?;
        let command = RegisterApp {
            name: name.to_owned(),
            secret: secret.reference(),
            verify_token: verify_token.reference(),
            graph_version: secrets.graph_version.clone(),
        };
        command.clone().decide(&convolog_domain::meta_app::State::default(), &mut self.ctx())?;
        let control = caller.in_workspace(WorkspaceId::INSTALLATION);
        let enlist = EnlistApp { workspace: caller.workspace, app: id };
        self.execute(&control, Uuid::nil(), enlist).await?;
        let registering = self.execute_once(caller, id.0, command, once, answer);
        self.keeping_secrets(caller.workspace, &[&secret, &verify_token], registering).await
    }

    /// Connects a number: reserves it, links its account, connects the channel.
    pub async fn connect_channel(
        &self,
        caller: &Caller,
        id: ChannelId,
        spec: &ChannelSpec,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        if let Some(earlier) = self.earlier(caller, once)? {
            return Ok(earlier);
        }
        let (app, installation_app) = match &spec.app {
            AppChoice::Registered(app) => (*app, self.is_installation_app(caller.workspace, *app)?),
            AppChoice::Own(_) => (AppId(self.ctx().next_id()), false),
        };
        let mut connect = connect_command(caller.workspace, app, installation_app, spec);
        let token = spec.access_token.as_ref().map(|token| self.draft_secret(token)).transpose()?;
        connect.access_token = token.as_ref().map(NewSecret::reference);
        // Everything that can be refused is refused before anything is reserved.
        self.decide(caller, id.0, connect.clone())?;
        if let AppChoice::Own(secrets) = &spec.app {
            self.register_app(caller, app, &spec.name, secrets, None, |_| Answer::none()).await?;
        }
        let control = caller.in_workspace(WorkspaceId::INSTALLATION);
        let reserve = ReserveNumber {
            phone_number_id: spec.phone_number_id.clone(),
            workspace: caller.workspace,
            channel: id,
            app,
            installation_app,
            proof: spec.proof,
        };
        self.execute(&control, self.number_id(&spec.phone_number_id)?, reserve).await?;
        let link = LinkAccount {
            waba_id: spec.waba_id.clone(),
            workspace: caller.workspace,
            channel: id,
            app,
        };
        self.execute(&control, Uuid::nil(), link).await?;
        let token: Vec<&NewSecret> = token.iter().collect();
        let connecting = self.execute_once(caller, id.0, connect, once, answer);
        self.keeping_secrets(caller.workspace, &token, connecting).await
    }

    /// The channel under which the caller's workspace had a number before and has it no more:
    /// connecting the number again connects that channel, so that its conversations go on. What a
    /// connecting that was cut short still holds is let go, so that it can start over.
    pub async fn former_channel(
        &self,
        caller: &Caller,
        phone_number_id: &str,
    ) -> Result<Option<ChannelId>, EngineError> {
        let stream = self.number_id(phone_number_id)?;
        let number = self.load::<Number>(WorkspaceId::INSTALLATION, stream)?.state;
        let Some(channel) = number.channels.get(&caller.workspace).copied() else {
            return Ok(None);
        };
        if self.load::<Channel>(caller.workspace, channel.0)?.state.connected {
            return Ok(None);
        }
        if number.owner.as_ref().is_some_and(|owner| owner.channel == channel) {
            let release = ReleaseNumber { workspace: caller.workspace, channel };
            let control = caller.in_workspace(WorkspaceId::INSTALLATION);
            self.execute(&control, stream, release).await?;
        }
        Ok(Some(channel))
    }

    /// Disconnects a channel and gives its number back.
    pub async fn disconnect_channel(
        &self,
        caller: &Caller,
        id: ChannelId,
    ) -> Result<crate::execute::Done, EngineError> {
        let settings: ChannelConnected = self
            .load::<Channel>(caller.workspace, id.0)?
            .state
            .live()
            .cloned()
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such channel"))?;
        let done = self.execute(caller, id.0, DisconnectChannel {}).await?;
        let control = caller.in_workspace(WorkspaceId::INSTALLATION);
        let unlink = UnlinkAccount { waba_id: settings.waba_id, channel: id };
        self.execute(&control, Uuid::nil(), unlink).await?;
        let release = ReleaseNumber { workspace: caller.workspace, channel: id };
        self.execute(&control, self.number_id(&settings.phone_number_id)?, release).await?;
        Ok(done)
    }

    /// The stream of a number's ownership.
    fn number_id(&self, phone_number_id: &str) -> Result<Uuid, EngineError> {
        let parts: [&[u8]; 1] = [phone_number_id.as_bytes()];
        Ok(shortened(self.keyed_hash(WorkspaceId::INSTALLATION, "number-id", &parts)?))
    }

    /// Whether a registered app is the installation's; an app of neither does not exist.
    fn is_installation_app(&self, workspace: WorkspaceId, app: AppId) -> Result<bool, EngineError> {
        for (owner, installation) in [(workspace, false), (WorkspaceId::INSTALLATION, true)] {
            if self.load::<MetaApp>(owner, app.0)?.state.registered() {
                return Ok(installation);
            }
        }
        let refusal = Refusal::new(RefusalCode::NotFound, "there is no such app");
        Err(Refusal { field: Some("app_id"), ..refusal }.into())
    }
}

fn connect_command(
    workspace: WorkspaceId,
    app: AppId,
    installation_app: bool,
    spec: &ChannelSpec,
) -> ConnectChannel {
    ConnectChannel {
        workspace,
        platform: spec.platform.clone(),
        name: spec.name.clone(),
        app,
        installation_app,
        phone_number_id: spec.phone_number_id.clone(),
        waba_id: spec.waba_id.clone(),
        display_phone_number: spec.display_phone_number.clone(),
        access_token: None,
        graph_url: spec.graph_url.clone(),
        plain_http_allowed: spec.plain_http_allowed,
    }
}
