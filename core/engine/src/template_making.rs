//! Making and deleting templates: what is asked for, and what the platform answered.

use convolog_domain::{
    ChannelId, ClaimKey, Event, TemplateId, WorkspaceId,
    channel::{Channel, ChannelConnected},
    installation::Installation,
    limits::TEMPLATE_CREATIONS_AN_HOUR,
    template::{
        BeginCreation, CreateTemplate, RequestDeletion, SettleCreation, SettleDeletion, State,
        TemplateDraft,
    },
};
use convolog_log::Mode;
use uuid::Uuid;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};

impl Engine {
    /// Asks for a template to be made. Handing it to the platform is a reactor's work.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`CreateTemplate`] refuses.
    pub async fn create_template(
        &self,
        caller: &Caller,
        draft: &TemplateDraft,
        once: Option<&Once>,
        answer: impl Fn(TemplateId, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let id = self.template_id(caller.workspace, &draft.key)?;
        self.commit_once(caller, once, || {
            let command = CreateTemplate {
                workspace: caller.workspace,
                draft: draft.clone(),
                sandbox: caller.mode == Mode::Test,
                place: self.place_of_creation(caller.workspace, &draft.key.waba_id)?,
            };
            let (plan, events) = self.decide(caller, id.0, command)?;
            Ok((plan, answer(id, &events)))
        })
        .await
    }

    /// A place among the creations of this hour that nobody has. Which one is looked at first depends
    /// on chance, so that those who ask at the same time do not all want the same.
    fn place_of_creation(
        &self,
        workspace: WorkspaceId,
        account: &str,
    ) -> Result<Option<u32>, EngineError> {
        let mut ctx = self.ctx();
        let hour = CreateTemplate::hour(ctx.now_seconds());
        let first = ctx.next_id().as_fields().0 % TEMPLATE_CREATIONS_AN_HOUR;
        for n in 0..TEMPLATE_CREATIONS_AN_HOUR {
            let place = (first + n) % TEMPLATE_CREATIONS_AN_HOUR;
            let key = ClaimKey::TemplateCreation(account.to_owned(), hour, place);
            if self.log().holder(&self.claim_hash(workspace, &key)?)?.is_none() {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Records that a template is about to be handed to the platform.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if somebody else was faster.
    pub async fn begin_creation(
        &self,
        caller: &Caller,
        template: TemplateId,
    ) -> Result<(), EngineError> {
        self.execute(caller, template.0, BeginCreation).await?;
        Ok(())
    }

    /// Records what the platform answered.
    pub async fn settle_creation(
        &self,
        caller: &Caller,
        template: TemplateId,
        command: SettleCreation,
    ) -> Result<(), EngineError> {
        self.execute(caller, template.0, command).await?;
        Ok(())
    }

    /// Asks for a template to be deleted on the platform.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as [`RequestDeletion`] refuses.
    pub async fn delete_template(
        &self,
        caller: &Caller,
        template: TemplateId,
        answer: impl Fn(&State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.execute_knowing(caller, template.0, RequestDeletion, None, answer).await
    }

    /// Records what the platform answered to that.
    pub async fn settle_deletion(
        &self,
        caller: &Caller,
        template: TemplateId,
        command: SettleDeletion,
    ) -> Result<(), EngineError> {
        self.execute(caller, template.0, command).await?;
        Ok(())
    }

    /// A connected channel of a business account, through which the platform can be asked.
    pub fn channel_of_account(
        &self,
        workspace: WorkspaceId,
        account: &str,
    ) -> Result<Option<(ChannelId, ChannelConnected)>, EngineError> {
        let directory = self.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
        let links = directory.accounts.get(account).into_iter().flatten();
        for link in links.filter(|link| link.workspace == workspace) {
            let state = self.load::<Channel>(workspace, link.channel.0)?.state;
            if let Some(settings) = state.live().filter(|live| live.access_token.is_some()) {
                return Ok(Some((link.channel, settings.clone())));
            }
        }
        Ok(None)
    }
}
