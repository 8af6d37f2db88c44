//! What operators do with conversations, as a story tells it.

use convolog_domain::conversation::{
    AddNote, AssignConversation, ClaimConversation, CloseConversation, DeleteConversation,
    HandBack, HandOff, OperatorAct, ReleaseConversation, ReopenConversation, RestoreConversation,
    SetTitle, TagConversation, UntagConversation,
};
use convolog_domain::{ConversationId, PersonId, Refusal};

use super::Stopped;
use super::commands::{Call, made, outcome, unexpected};
use crate::story::command::Command;
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_operators(&self, command: &Command) -> Result<Outcome, Stopped> {
        let Command::Act { conversation, .. } = command else { return Err(unexpected(command)) };
        let (id, act) = (ConversationId(*conversation), act(command)?);
        let once = self.once.as_ref();
        let answer = |_: &_, events: &[_]| made(id.0)(events);
        let answered = self.engine.act_on_conversation(&self.caller, id, act, once, answer).await?;
        Ok(outcome(answered))
    }
}

fn act(command: &Command) -> Result<OperatorAct, Stopped> {
    let Command::Act { conversation, action, person, tags, text } = command.clone() else {
        return Err(unexpected(command));
    };
    let conversation = ConversationId(conversation);
    let someone = || {
        let missing = || Refusal::field("person_id", "a person is needed");
        person.map(PersonId).ok_or_else(missing)
    };
    Ok(match action.as_str() {
        "claim" => OperatorAct::Claim(ClaimConversation { person: someone()? }),
        "assign" => OperatorAct::Assign(AssignConversation { person: someone()? }),
        "release" => OperatorAct::Release(ReleaseConversation),
        "close" => OperatorAct::Close(CloseConversation { conversation }),
        "reopen" => OperatorAct::Reopen(ReopenConversation { conversation, message: None }),
        "tag" => OperatorAct::Tag(TagConversation { tags }),
        "untag" => OperatorAct::Untag(UntagConversation { tags }),
        "note" => OperatorAct::Note(AddNote { text: text.unwrap_or_default().into() }),
        "title" => OperatorAct::Title(SetTitle { title: text.map(Into::into) }),
        "delete" => OperatorAct::Delete(DeleteConversation { conversation }),
        "restore" => OperatorAct::Restore(RestoreConversation { conversation, message: None }),
        "handoff" => {
            let reason = text.unwrap_or_else(|| "requested".to_owned());
            OperatorAct::HandOff(HandOff { reason, agent: None })
        }
        "handback" => OperatorAct::HandBack(HandBack),
        _ => return Err(Refusal::field("action", "is not known").into()),
    })
}
