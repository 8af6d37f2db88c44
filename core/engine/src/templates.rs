//! Templates: how one is found by what it is known by, and taking note of what the platform lists.

use std::sync::Arc;

use convolog_domain::{
    ChannelId, Event, TemplateId, WorkspaceId,
    channel::{Channel, FinishTemplateSync, RequestTemplateSync, TemplateSyncFinished},
    limits::{TEMPLATE_LANGUAGE_CHARS_MAX, TEMPLATE_NAME_CHARS_MAX},
    template::{RecordAbsence, RecordTemplate, Seen, State, Template, TemplateKey},
};
use convolog_log::Mode;
use serde_json::Value;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::inbound::shortened;

/// A template of the platform's list.
#[derive(Clone, Debug)]
pub struct ListedTemplate {
    /// What it is known by.
    pub key: TemplateKey,
    /// The platform's id of it.
    pub platform_id: String,
    /// Its category.
    pub category: String,
    /// Its status.
    pub status: String,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// Its quality.
    pub quality: Option<String>,
    /// Its components.
    pub components: Value,
}

impl ListedTemplate {
    /// Reads an element of the platform's list of an account; none if it names no template.
    pub fn read(waba_id: &str, element: &Value) -> Option<Self> {
        let text = |path: &str| element.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let id = match element.get("id")? {
            Value::String(id) => id.clone(),
            other => other.to_string(),
        };
        let (name, language) = (text("/name")?, text("/language")?);
        let fits = |text: &str, most: usize| (1..=most).contains(&text.len());
        if !fits(&name, TEMPLATE_NAME_CHARS_MAX) || !fits(&language, TEMPLATE_LANGUAGE_CHARS_MAX) {
            return None;
        }
        Some(Self {
            key: TemplateKey { waba_id: waba_id.to_owned(), name, language },
            platform_id: id,
            category: text("/category").unwrap_or_default(),
            status: text("/status").unwrap_or_default(),
            reason: text("/rejected_reason"),
            quality: text("/quality_score/score"),
            components: element.get("components").cloned().unwrap_or_else(|| Value::Array(vec![])),
        })
    }
}

impl Engine {
    /// The id of a template: keyed, so that it can be named before anything is known of it.
    ///
    /// # Errors
    /// [`EngineError::Vault`] if the workspace has no key.
    pub fn template_id(
        &self,
        workspace: WorkspaceId,
        key: &TemplateKey,
    ) -> Result<TemplateId, EngineError> {
        let TemplateKey { waba_id, name, language } = key;
        let parts: [&[u8]; 3] = [waba_id.as_bytes(), name.as_bytes(), language.as_bytes()];
        Ok(TemplateId(shortened(self.keyed_hash(workspace, "template-id", &parts)?)))
    }

    /// What is known of a template of a business account; none if nothing is, or it was deleted.
    pub fn template(
        &self,
        workspace: WorkspaceId,
        key: &TemplateKey,
    ) -> Result<Option<(TemplateId, Arc<State>)>, EngineError> {
        let id = self.template_id(workspace, key)?;
        let state = self.load::<Template>(workspace, id.0)?.state;
        Ok(state.is_there().then_some((id, state)))
    }

    /// The same, of the business account of a channel.
    pub fn template_of_channel(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
        name: &str,
        language: &str,
    ) -> Result<Option<(TemplateId, Arc<State>)>, EngineError> {
        let state = self.load::<Channel>(workspace, channel.0)?.state;
        let Some(settings) = &state.settings else { return Ok(None) };
        let (waba_id, name, language) = (settings.waba_id.clone(), name.into(), language.into());
        self.template(workspace, &TemplateKey { waba_id, name, language })
    }

    /// Asks for the templates of a channel's account to be read.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such channel, or it is disconnected.
    pub async fn request_template_sync(
        &self,
        caller: &Caller,
        channel: ChannelId,
        once: Option<&Once>,
        answer: impl Fn(&convolog_domain::channel::State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let command = RequestTemplateSync { sandbox: caller.mode == Mode::Test };
        self.execute_knowing(caller, channel.0, command, once, answer).await
    }

    /// Takes note of a template of the platform's list; answers whether something was not known.
    pub async fn record_template(
        &self,
        caller: &Caller,
        listed: ListedTemplate,
    ) -> Result<bool, EngineError> {
        let ListedTemplate { key, platform_id, category, status, reason, quality, components } =
            listed;
        let id = self.template_id(caller.workspace, &key)?;
        let text = components.to_string();
        let fragment =
            self.keyed_hash(caller.workspace, "template-components", &[text.as_bytes()])?;
        let seen =
            Seen { key, platform_id, category, status, reason, quality, components, fragment };
        let command = RecordTemplate { workspace: caller.workspace, seen };
        Ok(!self.execute(caller, id.0, command).await?.events.is_empty())
    }

    /// Takes note that a template is not on the platform's list; answers whether that was news.
    pub async fn record_absent_template(
        &self,
        caller: &Caller,
        template: TemplateId,
        read_since: i64,
    ) -> Result<bool, EngineError> {
        let done = self.execute(caller, template.0, RecordAbsence { read_since }).await?;
        Ok(!done.events.is_empty())
    }

    /// Records what came of reading the templates of a channel's account.
    pub async fn finish_template_sync(
        &self,
        caller: &Caller,
        channel: ChannelId,
        finished: TemplateSyncFinished,
    ) -> Result<(), EngineError> {
        self.execute(caller, channel.0, FinishTemplateSync { finished }).await?;
        Ok(())
    }
}
