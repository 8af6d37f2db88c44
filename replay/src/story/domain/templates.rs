//! A story's steps of message templates: what is asked for, and what the platform is found to have.

use convolog_domain::channel::{Channel, TemplateSyncFinished};
use convolog_domain::conversation::Settled;
use convolog_domain::template::{
    CreationAnswer, DeletionAnswer, SettleCreation, SettleDeletion, TemplateDraft, TemplateKey,
};
use convolog_domain::template_group::{ChangeGroup, CreateGroup, DeleteGroup, GroupSettings};
use convolog_domain::{ChannelId, Refusal, RefusalCode, StatusContent, TemplateId};
use convolog_engine::{Answer, ListedTemplate};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Stopped;
use super::commands::{Call, outcome, unexpected};
use crate::story::command::{Command, TemplateStep};
use crate::story::host::Outcome;

impl Call<'_> {
    /// The business account of a channel.
    fn account(&self, channel: Uuid) -> Result<String, Stopped> {
        let state = self.engine.load::<Channel>(self.caller.workspace, channel)?.state;
        let missing = || Refusal::new(RefusalCode::NotFound, "there is no such channel");
        Ok(state.settings.as_ref().ok_or_else(missing)?.waba_id.clone())
    }

    /// What whoever asks the platform records.
    async fn step(&self, template: TemplateId, step: &TemplateStep) -> Result<(), Stopped> {
        let (engine, caller) = (self.engine, &self.caller);
        let answer = match step {
            TemplateStep::Submit => return Ok(engine.begin_creation(caller, template).await?),
            TemplateStep::Gone | TemplateStep::Keep(_) => {
                let answer = match step {
                    TemplateStep::Keep(code) => {
                        DeletionAnswer::Refused { http_status: Some(400), code: Some(*code) }
                    }
                    _ => DeletionAnswer::Gone,
                };
                let command = SettleDeletion { answer };
                return Ok(engine.settle_deletion(caller, template, command).await?);
            }
            TemplateStep::Accept(platform_id) => CreationAnswer::Accepted {
                platform_id: platform_id.clone(),
                status: "PENDING".to_owned(),
                category: None,
                settled: Settled::Answer,
            },
            TemplateStep::Refuse(code) => CreationAnswer::Refused {
                http_status: Some(400),
                code: Some(*code),
                retry_after: None,
            },
            TemplateStep::Lose => CreationAnswer::Nothing,
            TemplateStep::NotListed => CreationAnswer::NotListed,
        };
        let words = StatusContent::default();
        let command = SettleCreation { workspace: caller.workspace, answer, words };
        Ok(engine.settle_creation(caller, template, command).await?)
    }

    pub(super) async fn of_templates(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller) = (self.engine, &self.caller);
        match command.clone() {
            Command::SyncTemplates { channel } => {
                let answer = |_: &_, _: &[_]| {
                    let body = json!({ "channel_id": channel, "status": "pending" });
                    Answer::open(202, body, caller.workspace)
                };
                let (once, channel) = (self.once.as_ref(), ChannelId(channel));
                Ok(outcome(engine.request_template_sync(caller, channel, once, answer).await?))
            }
            Command::TemplatesRead { channel, listed, gone } => {
                let state = engine.load::<Channel>(caller.workspace, channel)?.state;
                let waba = self.account(channel)?;
                let mut finished = TemplateSyncFinished { complete: true, ..Default::default() };
                for element in &listed {
                    let named = || Refusal::field("listed", "names no template");
                    let template = ListedTemplate::read(&waba, element).ok_or_else(named)?;
                    let news = engine.record_template(caller, template).await?;
                    finished.recorded += u32::from(news);
                    finished.seen += 1;
                }
                let since = state.template_sync.as_ref().map_or(0, |sync| sync.requested.at);
                for (name, language) in gone {
                    let key = TemplateKey { waba_id: waba.clone(), name, language };
                    let id = engine.template_id(caller.workspace, &key)?;
                    let news = engine.record_absent_template(caller, id, since).await?;
                    finished.gone += u32::from(news);
                }
                engine.finish_template_sync(caller, ChannelId(channel), finished).await?;
                Ok(Outcome::ok(200, Value::Null))
            }
            Command::CreateTemplate { channel, name, language, category, components } => {
                let waba_id = self.account(channel)?;
                let key = TemplateKey { waba_id, name, language };
                let draft = TemplateDraft { key, category, components };
                let answer = |id: TemplateId, _: &[_]| {
                    Answer::open(202, json!({ "id": id, "status": "queued" }), caller.workspace)
                };
                let once = self.once.as_ref();
                Ok(outcome(engine.create_template(caller, &draft, once, answer).await?))
            }
            Command::TemplateStep { template, step } => {
                self.step(TemplateId(template), &step).await?;
                Ok(Outcome::ok(200, json!({ "id": template })))
            }
            Command::DeleteTemplate { template } => {
                let answer =
                    |_: &_, _: &[_]| Answer::open(200, json!({ "id": template }), caller.workspace);
                let id = TemplateId(template);
                Ok(outcome(engine.delete_template(caller, id, answer).await?))
            }
            Command::CreateTemplateGroup { name, members } => {
                let members: Vec<_> = members.into_iter().map(TemplateId).collect();
                engine.templates_exist(caller.workspace, &members)?;
                let settings = GroupSettings { name, members };
                self.execute(self.new_id(), CreateGroup { settings }, 201).await
            }
            Command::ChangeTemplateGroup { group, name, members } => {
                let members =
                    members.map(|all| all.into_iter().map(TemplateId).collect::<Vec<_>>());
                engine.templates_exist(caller.workspace, members.as_deref().unwrap_or_default())?;
                self.execute(group, ChangeGroup { name, members }, 200).await
            }
            Command::DeleteTemplateGroup { group } => self.execute(group, DeleteGroup, 204).await,
            other => Err(unexpected(&other)),
        }
    }
}
