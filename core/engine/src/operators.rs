//! What operators do with conversations: the rules that need more than the conversation itself.

use convolog_domain::{
    ContactId, ConversationId, Event, PersonId, Refusal, RefusalCode, WorkspaceId,
    contact::Contact,
    conversation::{self, AssignConversation, Conversation, OperatorAct},
    person::Person,
};

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};

impl Engine {
    /// Carries out an operator's act; the answer is worked out from the conversation as it was
    /// before and what happened (nothing, if it was so already).
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the act says, if the conversation is to be given to somebody
    /// who is not on the staff, if a key of the sandbox would change who answers, or if something is to be sealed for a contact whose data was erased.
    pub async fn act_on_conversation(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        act: OperatorAct,
        once: Option<&Once>,
        answer: impl Fn(&conversation::State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        let id = conversation.0;
        self.commit_once(caller, once, || {
            if let OperatorAct::Assign(AssignConversation { person }) = act {
                self.on_the_staff(caller.workspace, person, "person_id")?;
            }
            let loaded = self.load::<Conversation>(caller.workspace, id)?;
            if let Some(opened) = loaded.state.opened.as_ref().filter(|_| act.seals()) {
                self.not_erased(caller.workspace, opened.contact)?;
            }
            if act.reaches_people(&loaded.state) {
                caller.reaching("this changes who answers, or what is sent")?;
            }
            let (plan, events) = self.decide_on(caller, id, &loaded, act.clone())?;
            Ok((plan, answer(&loaded.state, &events)))
        })
        .await
    }

    /// Refuses whoever is not on the staff, by the member that names them.
    pub(crate) fn on_the_staff(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
        field: &'static str,
    ) -> Result<(), EngineError> {
        let found = self.load::<Person>(workspace, person.0)?.state;
        if found.role.is_none() || found.removed {
            let detail = "names nobody who is on the staff of this workspace";
            return Err(Refusal::field(field, detail).into());
        }
        Ok(())
    }

    fn not_erased(&self, workspace: WorkspaceId, contact: ContactId) -> Result<(), EngineError> {
        if self.load::<Contact>(workspace, contact.0)?.state.erased {
            let detail = "the data of this contact was erased; nothing more is kept about them";
            return Err(Refusal::new(RefusalCode::Erased, detail).into());
        }
        Ok(())
    }
}
