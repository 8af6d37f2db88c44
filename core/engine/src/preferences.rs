//! What people want to be sent: read over all contacts that are one person, changed on the one that
//! goes on for them.

use convolog_domain::contact::{Contact, OptIn, OptOut, Preferences};
use convolog_domain::{ContactId, Event, StreamKind, WorkspaceId};
use convolog_vault::KeptStop;

use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::{Plan, Require};
use crate::recorded::Stream;

impl Engine {
    /// What may be sent to a person, whichever of their contacts is named.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn preferences(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<Preferences, EngineError> {
        Ok(self.known_preferences(workspace, contact)?.0)
    }

    /// The same, with what must still be true when a commit relies on it.
    pub(crate) fn known_preferences(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<(Preferences, Vec<Require>), EngineError> {
        let (mut known, mut requires) = (Preferences::NONE, Vec::new());
        for part in self.one_person(workspace, contact)? {
            let loaded = self.load::<Contact>(workspace, part.0)?;
            known = known.with(loaded.state.preferences);
            let stream = Stream::new(workspace, StreamKind::Contact, part.0);
            requires.push(Require::StreamAt(stream, loaded.version));
        }
        Ok((known, requires))
    }

    /// Records that somebody does not want to be sent something any more.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says.
    pub async fn opt_out(
        &self,
        caller: &Caller,
        command: OptOut,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        caller.reaching("this changes what somebody is sent")?;
        self.commit_once(caller, once, || {
            let contact = self.standing(caller.workspace, command.contact)?;
            let command = OptOut { contact, ..command.clone() };
            let (plan, events) = self.decide(caller, contact.0, command)?;
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// Records that somebody wants to be sent something again, on each of their contacts on which it
    /// was stopped.
    ///
    /// # Errors
    /// [`EngineError::Refused`] as the command says.
    pub async fn opt_in(
        &self,
        caller: &Caller,
        command: OptIn,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        caller.reaching("this changes what somebody is sent")?;
        self.commit_once(caller, once, || {
            let root = self.standing(caller.workspace, command.contact)?;
            let (mut plan, mut events) = (Plan::default(), Vec::new());
            for contact in self.one_person(caller.workspace, root)? {
                let loaded = self.load::<Contact>(caller.workspace, contact.0)?;
                // Where nothing stands only the contact that goes on says what is wrong.
                if contact != root && !loaded.state.preferences.stops_anything() {
                    continue;
                }
                let command = OptIn { contact, ..command.clone() };
                let (part, happened) = self.decide_on(caller, contact.0, &loaded, command)?;
                plan.steps.extend(part.steps);
                plan.requires.extend(part.requires);
                events.extend(happened);
            }
            if !events.is_empty() {
                self.forget_stops(caller.workspace, root)?;
            }
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// Keeps what a person does not want beyond their erasure: to be called before their keys go.
    pub(crate) fn keep_stops(
        &self,
        workspace: WorkspaceId,
        contacts: &[ContactId],
        known: &Preferences,
    ) -> Result<(), EngineError> {
        for (contact, stop) in
            contacts.iter().flat_map(|id| known.kept().into_iter().map(|stop| (*id, stop)))
        {
            self.vault().keep_stop(&KeptStop {
                workspace: workspace.0,
                subject: contact.0,
                scope: stop.scope.code(),
                since: stop.since,
            })?;
        }
        Ok(())
    }

    /// They came back: what was kept of an earlier erasure goes. What still stands of it stands in
    /// their history by now.
    pub(crate) fn forget_stops(
        &self,
        workspace: WorkspaceId,
        contact: ContactId,
    ) -> Result<(), EngineError> {
        for subject in self.one_person(workspace, contact)? {
            for scope in convolog_domain::contact::PreferenceScope::ALL {
                let (workspace, subject) = (workspace.0, subject.0);
                let stop = KeptStop { workspace, subject, scope: scope.code(), since: 0 };
                self.vault().forget_stop(&stop)?;
            }
        }
        Ok(())
    }
}
