//! What people want to be sent, as a story tells it.

use convolog_domain::contact::{OptIn, OptOut, PreferenceSource};
use convolog_domain::{ContactId, Event};

use super::Stopped;
use super::commands::{Call, here, outcome, unexpected};
use crate::story::command::Command;
use crate::story::host::Outcome;

impl Call<'_> {
    pub(super) async fn of_preferences(&self, command: &Command) -> Result<Outcome, Stopped> {
        let (engine, caller, once) = (self.engine, &self.caller, self.once.as_ref());
        let (by, key) = (caller.actor.on_behalf_of, caller.actor.key);
        let answered = match command.clone() {
            Command::OptOut { contact, scope, reason, note } => {
                let heard = OptOut::heard(ContactId(contact), scope, PreferenceSource::Operator);
                let (reason, note) = (Some(reason), note.map(Into::into));
                let command = OptOut { reason, note, by, key, ..heard };
                engine.opt_out(caller, command, once, |_: &[Event]| here(contact)).await?
            }
            Command::OptIn { contact, scope, reason, note } => {
                let heard = OptIn::heard(ContactId(contact), scope, PreferenceSource::Operator);
                let (reason, note) = (Some(reason), note.map(Into::into));
                let command = OptIn { reason, note, by, key, ..heard };
                engine.opt_in(caller, command, once, |_: &[Event]| here(contact)).await?
            }
            other => return Err(unexpected(&other)),
        };
        Ok(outcome(answered))
    }
}
