//! A story's commands, as the engine takes them.

use convolog_domain::Refusal;
use convolog_domain::limits::scopes_of;
use convolog_domain::{
    Actor as EngineActor, ActorKind, AgentId, AppId, ChannelId, Command as DomainCommand,
    ContactId, ConversationId, DocumentId, Event, Hash32, KeyId, MessageId, PersonId,
    ProfileContent, QuarantineId, SubjectId, WorkspaceId,
    api_key::{CreateKey, KeyMode, RevokeKey, Scope},
    channel::{ReplaceToken, ResumeSending},
    contact::{PlaceLegalHold, ReleaseLegalHold},
    conversation::{Conversation, Event as Said, SendMessage, Sendable},
    document::{AddDocument, DocumentDraft, DocumentFormat, DocumentVersion},
    meta_app::{AddAppSecret, MetaApp, ReplaceVerifyToken, RetireAppSecret},
    number::OwnershipProof,
    person::{AddPerson, RemovePerson, Role},
    workspace::{ChangePlan, CreateWorkspace, RenameWorkspace, SetOptOutWords, SetRateCard},
};
use convolog_engine::{
    Answer, Answered, AppChoice, AppSecrets, Caller, ChannelSpec, DocumentChange, Engine, Erased,
    Instance, Once, RetryOutcome,
};
use convolog_log::Mode;
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{DomainHost, Stopped, outcome_of};
use crate::story::command::Command;
use crate::story::host::{Actor, Asked, HostError, Outcome};

/// Where a story's channels send to: nowhere.
const GRAPH_URL: &str = "https://graph.example.com";

impl DomainHost {
    #[expect(clippy::too_many_lines, reason = "a table: which commands each part carries out")]
    pub(super) async fn carry_out(&self, asked: &Asked) -> Result<Outcome, Stopped> {
        let caller = Caller {
            actor: self.actor(asked)?,
            workspace: WorkspaceId(asked.workspace),
            mode: Mode::Live,
            request: None,
        };
        let once = asked.once.as_ref().map(|key| once(key, asked)).transpose()?;
        let call = Call { engine: &self.engine, caller, once };
        match &asked.command {
            Command::CreateWorkspace { .. }
            | Command::RenameWorkspace { .. }
            | Command::ChangePlan { .. }
            | Command::AddPerson { .. }
            | Command::RemovePerson { .. }
            | Command::CreateKey { .. }
            | Command::SetOptOutWords { .. }
            | Command::SetRateCard { .. }
            | Command::RevokeKey { .. } => call.of_workspace(&asked.command).await,
            Command::RegisterApp { .. }
            | Command::AddAppSecret { .. }
            | Command::RetireAppSecret { .. }
            | Command::ReplaceVerifyToken { .. }
            | Command::ConnectChannel { .. }
            | Command::DisconnectChannel { .. }
            | Command::ResumeSending { .. }
            | Command::ReplaceToken { .. } => call.of_numbers(&asked.command).await,
            Command::AddDocument { .. }
            | Command::UpdateDocument { .. }
            | Command::RemoveDocument { .. } => call.of_knowledge(&asked.command).await,
            Command::ImportFile { .. } | Command::CrawlSite { .. } | Command::Import { .. } => {
                call.of_imports(&asked.command).await
            }
            Command::SendMessage { .. }
            | Command::Sending { .. }
            | Command::Fetching { .. }
            | Command::ReplyAsAgent { .. }
            | Command::MergeContacts { .. }
            | Command::UnmergeContacts { .. }
            | Command::PlaceLegalHold { .. }
            | Command::ReleaseLegalHold { .. }
            | Command::EraseContact { .. } => call.of_people(&asked.command).await,
            Command::CreateBroadcast { .. }
            | Command::AddRecipients { .. }
            | Command::Broadcast { .. }
            | Command::GiveTurn { .. } => call.of_broadcasts(&asked.command).await,
            Command::OptOut { .. } | Command::OptIn { .. } => {
                call.of_preferences(&asked.command).await
            }
            Command::AddMedia { .. }
            | Command::RemoveMedia { .. }
            | Command::UnreadLink { .. }
            | Command::Upload { .. }
            | Command::AddCannedReply { .. }
            | Command::UpdateCannedReply { .. }
            | Command::RemoveCannedReply { .. }
            | Command::SetReadMarks { .. }
            | Command::MarkRead { .. } => call.of_what_is_kept(&asked.command).await,
            Command::Act { .. } => call.of_operators(&asked.command).await,
            Command::OpenLead { .. }
            | Command::ChangeLead { .. }
            | Command::ChangeStage { .. }
            | Command::LinkLead { .. }
            | Command::MoveLead { .. }
            | Command::MergeLeads { .. }
            | Command::EraseLead { .. }
            | Command::SetTarget { .. } => call.of_leads(&asked.command).await,
            Command::CreateAgent { .. } | Command::UpdateAgent { .. } | Command::Agent { .. } => {
                call.of_agents(&asked.command).await
            }
            Command::SyncTemplates { .. }
            | Command::TemplatesRead { .. }
            | Command::CreateTemplate { .. }
            | Command::TemplateStep { .. }
            | Command::DeleteTemplate { .. }
            | Command::CreateTemplateGroup { .. }
            | Command::ChangeTemplateGroup { .. }
            | Command::DeleteTemplateGroup { .. } => call.of_templates(&asked.command).await,
            Command::CreateWebhook { .. }
            | Command::UpdateWebhook { .. }
            | Command::RotateWebhookSecret { .. }
            | Command::Deliver { .. }
            | Command::Webhook { .. } => call.of_webhooks(&asked.command).await,
            Command::CreateService { .. }
            | Command::UpdateService { .. }
            | Command::BookAppointment { .. }
            | Command::MoveAppointment { .. }
            | Command::CancelAppointment { .. }
            | Command::EndAppointment { .. }
            | Command::RemindOfAppointment { .. } => call.of_appointments(&asked.command).await,
            Command::AddModel { .. }
            | Command::ChangeModel { .. }
            | Command::RemoveModel { .. }
            | Command::RecordModelCheck { .. }
            | Command::SetLeadRules { .. }
            | Command::LearnFromMessage { .. } => call.of_answering(&asked.command).await,
            Command::RetryQuarantined { change } => self.retry(&caller, *change).await,
            Command::Arm { instance } => {
                let instance = Instance::named(instance);
                call.engine.arm(&caller, &instance).await?;
                Ok(Outcome::ok(200, Value::Null))
            }
            Command::Disarm { reason } => {
                call.engine.disarm(&caller, reason).await?;
                Ok(Outcome::ok(200, Value::Null))
            }
        }
    }

    /// A person acts as a person, a key as a key.
    fn actor(&self, asked: &Asked) -> Result<EngineActor, Stopped> {
        let Actor::Named(id) = asked.actor else { return Ok(EngineActor::ADMINISTRATOR) };
        let workspace = WorkspaceId(asked.workspace);
        let key = self.engine.load::<convolog_domain::api_key::ApiKey>(workspace, id)?;
        Ok(match key.state.live() {
            Some(created) => EngineActor::key(KeyId(id), created.person),
            None => EngineActor { kind: ActorKind::Person, id, key: None, on_behalf_of: None },
        })
    }

    async fn retry(&self, caller: &Caller, change: Uuid) -> Result<Outcome, Stopped> {
        let answer = |tried: &RetryOutcome| {
            let outcome = match tried {
                RetryOutcome::Accepted(_, received) => outcome_of(*received),
                RetryOutcome::Refused(reason) => {
                    Outcome::ok(200, json!({ "accepted": false, "reason": reason }))
                }
            };
            let (status, body) = (outcome.status, outcome.body);
            Answer::open(status, body, caller.workspace)
        };
        let id = QuarantineId(change);
        Ok(outcome(self.inbound.retry(caller, id, None, answer).await?))
    }
}

/// A command's way into the engine.
pub(super) struct Call<'h> {
    pub(super) engine: &'h Engine,
    pub(super) caller: Caller,
    pub(super) once: Option<Once>,
}

impl Call<'_> {
    async fn of_knowledge(&self, command: &Command) -> Result<Outcome, Stopped> {
        let workspace = self.caller.workspace;
        match command.clone() {
            Command::AddDocument { title, content, format, language, agent } => {
                let draft = DocumentDraft {
                    title: title.into(),
                    content: content.into(),
                    format: format.unwrap_or(DocumentFormat::Markdown),
                    language,
                    agent: agent.map(AgentId),
                };
                let (id, once) = (DocumentId(self.new_id()), self.once.as_ref());
                let (command, answer) = (AddDocument { workspace, draft }, made(id.0));
                let added = self.engine.add_document(&self.caller, id, command, once, answer);
                Ok(outcome(added.await?))
            }
            Command::UpdateDocument { document, title, content, format, language, agent } => {
                let change = DocumentChange {
                    title: title.map(Into::into),
                    content: content.map(Into::into),
                    format,
                    language: language.map(Some),
                    agent: agent.map(|agent| Some(AgentId(agent))),
                };
                let (document, once) = (DocumentId(document), self.once.as_ref());
                let answer = |_: &DocumentVersion, _: &DocumentDraft| here(document.0);
                let change = (document, &change);
                Ok(outcome(self.engine.change_document(&self.caller, change, once, answer).await?))
            }
            Command::RemoveDocument { document } => {
                self.engine.remove_document(&self.caller, DocumentId(document)).await?;
                Ok(Outcome::ok(204, Value::Null))
            }
            other => Err(unexpected(&other)),
        }
    }

    async fn of_workspace(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, workspace) = (self.engine, self.caller.workspace);
        match command.clone() {
            Command::CreateWorkspace { name, plan } => {
                let id = WorkspaceId(self.new_id());
                let create = CreateWorkspace { name, plan };
                let caller = self.caller.in_workspace(id);
                let answer = made(id.0);
                let once = self.once.as_ref();
                let answered = engine.create_workspace(&caller, id, create, once, answer).await?;
                Ok(outcome(answered))
            }
            Command::RenameWorkspace { name } => {
                self.execute(workspace.0, RenameWorkspace { name }, 200).await
            }
            Command::ChangePlan { plan } => {
                self.execute(workspace.0, ChangePlan { plan }, 200).await
            }
            Command::SetRateCard { valid_from, currency, rates } => {
                let command = SetRateCard { valid_from, currency, rates };
                self.execute(workspace.0, command, 200).await
            }
            Command::SetOptOutWords { stop, start, scope } => {
                self.execute(workspace.0, SetOptOutWords { stop, start, scope }, 200).await
            }
            Command::AddPerson { name, role, email } => {
                let id = self.new_id();
                let role: Role = word("role", &role)?;
                let profile = ProfileContent {
                    name: Some(name.into()),
                    username: None,
                    email: email.map(Into::into),
                };
                self.execute(id, AddPerson { person: PersonId(id), role, profile }, 201).await
            }
            Command::RemovePerson { person } => self.execute(person, RemovePerson, 200).await,
            Command::CreateKey { name, mode, scopes, surface, person, expires_at } => {
                let id = self.new_id();
                let mode: KeyMode = word("mode", &mode)?;
                let own = !scopes_of(&surface).is_empty();
                let (grants, scopes) = if own { (scopes, vec![]) } else { (vec![], scopes) };
                let scopes = scopes.iter().map(|scope| word::<Scope>("scopes", scope));
                let token = DomainHost::token_of_key(id);
                let command = CreateKey {
                    name,
                    hash: Engine::key_hash(&token),
                    prefix: token.chars().take(16).collect(),
                    mode,
                    surface,
                    scopes: scopes.collect::<Result<_, _>>()?,
                    person: person.map(PersonId),
                    grants,
                    expires_at: expires_at.map(jiff::Timestamp::as_second),
                };
                self.execute(id, command, 201).await
            }
            Command::RevokeKey { key } => self.execute(key, RevokeKey, 200).await,
            other => Err(unexpected(&other)),
        }
    }

    async fn of_numbers(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let workspace = caller.workspace;
        let secret = |text: String| SecretString::from(text);
        match command.clone() {
            Command::RegisterApp { name, secret: text, verify_token, installation: _ } => {
                let id = self.new_id();
                let secrets = AppSecrets {
                    secret: secret(text),
                    verify_token: secret(verify_token),
                    graph_version: "v25.0".to_owned(),
                };
                let answered =
                    engine.register_app(caller, AppId(id), &name, &secrets, once, made(id)).await?;
                Ok(outcome(answered))
            }
            Command::AddAppSecret { app, secret: text } => {
                let app = self.app(app)?;
                let secret = engine.put_secret(app.0, &secret(text))?;
                self.in_workspace(app.0).execute(app.1, AddAppSecret { secret }, 200).await
            }
            Command::RetireAppSecret { app } => {
                let app = self.app(app)?;
                let loaded = engine.load::<MetaApp>(app.0, app.1)?;
                let oldest = loaded.state.secrets.first().map(|oldest| oldest.id);
                let command = RetireAppSecret { secret: oldest.unwrap_or_default() };
                self.in_workspace(app.0).execute(app.1, command, 200).await
            }
            Command::ReplaceVerifyToken { app, verify_token } => {
                let app = self.app(app)?;
                let verify_token = engine.put_secret(app.0, &secret(verify_token))?;
                self.in_workspace(app.0)
                    .execute(app.1, ReplaceVerifyToken { verify_token }, 200)
                    .await
            }
            Command::ConnectChannel { .. } => self.connect(command).await,
            Command::DisconnectChannel { channel } => {
                engine.disconnect_channel(caller, ChannelId(channel)).await?;
                Ok(Outcome::ok(200, json!({ "id": channel })))
            }
            Command::ResumeSending { channel } => self.execute(channel, ResumeSending, 200).await,
            Command::ReplaceToken { channel, access_token } => {
                let access_token = engine.put_secret(workspace, &secret(access_token))?;
                self.execute(channel, ReplaceToken { access_token }, 200).await
            }
            other => Err(unexpected(&other)),
        }
    }

    async fn connect(&self, command: &Command) -> Result<Outcome, Stopped> {
        let Command::ConnectChannel {
            name,
            app,
            phone_number_id,
            waba_id,
            display_phone_number,
            access_token,
        } = command.clone()
        else {
            return Err(unexpected(command));
        };
        let former = self.engine.former_channel(&self.caller, &phone_number_id).await?;
        let channel = former.unwrap_or_else(|| ChannelId(self.new_id()));
        let spec = ChannelSpec {
            platform: "whatsapp".to_owned(),
            name,
            app: AppChoice::Registered(AppId(app)),
            phone_number_id,
            waba_id,
            display_phone_number: display_phone_number.into(),
            access_token: access_token.map(SecretString::from),
            graph_url: GRAPH_URL.to_owned(),
            plain_http_allowed: false,
            proof: OwnershipProof::Waived,
        };
        let once = self.once.as_ref();
        let answer = made(channel.0);
        let answered =
            self.engine.connect_channel(&self.caller, channel, &spec, once, answer).await?;
        Ok(outcome(answered))
    }

    #[expect(clippy::too_many_lines, reason = "a table: one command a row")]
    async fn of_people(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller) = (self.engine, &self.caller);
        match command.clone() {
            Command::SendMessage {
                conversation,
                kind,
                text,
                element,
                reply_to,
                send_at,
                category,
            } => {
                let content = match (text, element) {
                    (Some(text), _) => Sendable::text(text.into())?,
                    (None, element) if kind == "template" => {
                        let state = engine.load::<Conversation>(caller.workspace, conversation)?;
                        let channel = state.state.opened.as_ref().map(|opened| opened.channel);
                        let element = element.unwrap_or_default();
                        engine.template_message(
                            caller.workspace,
                            channel.unwrap_or_default(),
                            &element,
                        )?
                    }
                    (None, element) => Sendable::element(&kind, &element.unwrap_or_default())?,
                };
                let reply_to = reply_to.map(MessageId);
                let marketing = category.map(|category| category == "marketing");
                let due_at = send_at;
                let send = SendMessage { reply_to, due_at, marketing, ..SendMessage::now(content) };
                let answer = |events: &[Event], contact: ContactId| {
                    let id = events.iter().find_map(|event| match event {
                        Event::Conversation(Said::MessageRequested(event)) => Some(event.message),
                        _ => None,
                    });
                    let body = json!({ "id": id, "status": "queued", "direction": "outbound" });
                    Answer::open(202, body, contact)
                };
                let once = self.once.as_ref();
                let conversation = ConversationId(conversation);
                let answered =
                    engine.send_message(caller, conversation, send, once, answer).await?;
                Ok(outcome(answered))
            }
            Command::ReplyAsAgent { conversation, agent, text, hand_off } => {
                let of = (ConversationId(conversation), AgentId(agent));
                self.reply_as(of, text, hand_off).await
            }
            Command::Sending { conversation, step } => {
                self.send_on(ConversationId(conversation), &step).await
            }
            Command::Fetching { conversation, kind, step } => {
                self.fetch_for(ConversationId(conversation), &kind, step).await
            }
            Command::MergeContacts { survivor, other } => {
                let (once, answer) = (self.once.as_ref(), || here(survivor));
                let (survivor, other) = (ContactId(survivor), ContactId(other));
                let answered = engine.merge_contacts(caller, survivor, other, once, answer).await?;
                Ok(outcome(answered))
            }
            Command::UnmergeContacts { survivor, other } => {
                let (once, answer) = (self.once.as_ref(), || here(survivor));
                let (survivor, other) = (ContactId(survivor), ContactId(other));
                let answered =
                    engine.unmerge_contacts(caller, survivor, other, once, answer).await?;
                Ok(outcome(answered))
            }
            Command::EraseContact { contact, reason } => {
                let answer = |erased: &Erased| {
                    let contacts: Vec<_> = erased.contacts.iter().map(|id| id.0).collect();
                    let body = json!({ "id": contact, "contacts": contacts });
                    Answer { body: body.clone(), masked: body, ..here(caller.workspace.0) }
                };
                let (once, whom) = (self.once.as_ref(), (ContactId(contact), reason.as_str()));
                Ok(outcome(engine.erase_contact_once(caller, whom, once, answer).await?))
            }
            Command::PlaceLegalHold { contact, reason, note } => {
                let (by, key) = (caller.actor.on_behalf_of, caller.actor.key);
                let (id, note) = (ContactId(contact), note.map(Into::into));
                let place = PlaceLegalHold { contact: id, by, key, reason, note };
                let (once, answer) = (self.once.as_ref(), |_: &[Event]| here(contact));
                Ok(outcome(engine.place_legal_hold(caller, place, once, answer).await?))
            }
            Command::ReleaseLegalHold { contact } => {
                let (by, key) = (caller.actor.on_behalf_of, caller.actor.key);
                self.execute(contact, ReleaseLegalHold { by, key }, 200).await
            }
            other => Err(unexpected(&other)),
        }
    }

    pub(super) async fn execute<C: DomainCommand + Clone>(
        &self,
        id: Uuid,
        command: C,
        status: u16,
    ) -> Result<Outcome, Stopped> {
        let answer = |events: &[Event]| Answer { status, ..made(id)(events) };
        let once = self.once.as_ref();
        Ok(outcome(self.engine.execute_once(&self.caller, id, command, once, answer).await?))
    }

    fn in_workspace(&self, workspace: WorkspaceId) -> Self {
        Self {
            engine: self.engine,
            caller: self.caller.in_workspace(workspace),
            once: self.once.clone(),
        }
    }

    /// The owner of an app: the workspace, else the installation.
    fn app(&self, id: Uuid) -> Result<(WorkspaceId, Uuid), Stopped> {
        let own = self.engine.load::<MetaApp>(self.caller.workspace, id)?.state.registered();
        Ok((if own { self.caller.workspace } else { WorkspaceId::INSTALLATION }, id))
    }

    pub(super) fn new_id(&self) -> Uuid {
        self.engine.ctx().next_id()
    }
}

/// A word of a closed list.
fn word<T: DeserializeOwned>(field: &'static str, text: &str) -> Result<T, Stopped> {
    serde_json::from_value(Value::String(text.to_owned()))
        .map_err(|error| Refusal::field(field, error.to_string()).into())
}

/// The answer of a command on something that is there.
pub(super) fn here(id: Uuid) -> Answer {
    Answer { status: 200, ..made(id)(&[]) }
}

pub(super) fn made(id: Uuid) -> impl Fn(&[Event]) -> Answer {
    move |_| {
        let body = json!({ "id": id });
        Answer::open(201, body, SubjectId(id))
    }
}

pub(super) fn outcome(answered: Answered) -> Outcome {
    let Answered { status, body, position: _, repeated } = answered;
    let mut outcome = Outcome::ok(status, body);
    if repeated && let Some(body) = outcome.body.as_object_mut() {
        body.insert("repeated".to_owned(), true.into());
    }
    outcome
}

fn once(key: &str, asked: &Asked) -> Result<Once, Stopped> {
    let failed = |error: serde_json::Error| Stopped::Host(HostError::Failed(error.to_string()));
    let command = serde_json::to_vec(&asked.command).map_err(failed)?;
    let of = match asked.actor {
        Actor::Named(id) => id,
        Actor::Administrator => Uuid::nil(),
    };
    Ok(Once {
        key: KeyId(of),
        idempotency_key: key.to_owned(),
        fingerprint: Hash32(Sha256::digest(command).into()),
    })
}

pub(super) fn unexpected(command: &Command) -> Stopped {
    Stopped::Host(HostError::Failed(format!("{command:?} came to the wrong place")))
}
