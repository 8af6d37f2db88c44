//! What people want to be sent, as they say it themselves: by a word, in the platform's settings, or
//! through the platform when it refuses a message.
//!
//! Decided here, because the text is in hand here and nowhere later; in the same commit as the
//! message, so that whatever is about to be sent sees it.

use convolog_domain::contact::words::{PreferenceWord, meaning};
use convolog_domain::contact::{OptIn, OptOut, PreferenceScope, PreferenceSource, State};
use convolog_domain::conversation::OPTED_OUT;
use convolog_domain::workspace::Workspace;
use convolog_domain::{Command as _, ContactId, MessageId};
use convolog_log::Origin;
use convolog_whatsapp::{Direction, Message, PreferenceNews, Status};

use super::people::Identity;
use super::planner::Planner;
use crate::error::EngineError;

/// When and where somebody said it.
#[derive(Clone, Copy)]
struct Said {
    source: PreferenceSource,
    at: Option<i64>,
    message: Option<MessageId>,
    code: Option<i64>,
    origin: Origin,
}

impl Planner<'_> {
    /// Takes a message that consists of a word for it at its word. Answers the word, if it says
    /// anything: who did not stop anything may write "start" about something else.
    pub(crate) fn take_at_word(
        &mut self,
        message: &Message,
        (contact, id): (ContactId, MessageId),
        origin: Origin,
    ) -> Result<Option<PreferenceWord>, EngineError> {
        let written = message.direction == Direction::Inbound && message.group_id.is_none();
        let Some(text) = message.text.as_deref().filter(|_| written) else { return Ok(None) };
        let workspace = self.engine.load::<Workspace>(self.workspace, self.workspace.0)?.state;
        let Some(word) = meaning(text, &workspace.opt_out.words) else { return Ok(None) };
        let source = PreferenceSource::Words;
        let said = Said { source, at: message.timestamp, message: Some(id), code: None, origin };
        let happened = match word {
            PreferenceWord::Stop => {
                self.stop(contact, workspace.opt_out.scope, said)?;
                true
            }
            PreferenceWord::Start => self.start(contact, PreferenceScope::All, said)?,
        };
        Ok(happened.then_some(word))
    }

    /// Takes note of what somebody chose in the platform's settings.
    pub(crate) fn take_preference(
        &mut self,
        contact: ContactId,
        news: PreferenceNews,
        at: Option<i64>,
    ) -> Result<(), EngineError> {
        let source = PreferenceSource::Preference;
        let said = Said { source, at, message: None, code: None, origin: Origin::Live };
        match news {
            PreferenceNews::Stop => self.stop(contact, PreferenceScope::Marketing, said),
            PreferenceNews::Resume => {
                self.start(contact, PreferenceScope::Marketing, said).map(drop)
            }
        }
    }

    /// Takes note that the platform did not deliver a message because the person does not want such.
    pub(crate) fn take_refusal(
        &mut self,
        contact: ContactId,
        message: MessageId,
        status: &Status,
    ) -> Result<(), EngineError> {
        if !status.errors.iter().any(|error| error.code == Some(OPTED_OUT)) {
            return Ok(());
        }
        let (source, at) = (PreferenceSource::PlatformError, status.timestamp);
        let (message, code) = (Some(message), Some(OPTED_OUT));
        let said = Said { source, at, message, code, origin: Origin::Live };
        self.stop(contact, PreferenceScope::Marketing, said)
    }

    /// Whoever turns up anew under an identity of somebody who had opted out and was erased since
    /// still does not want to be sent it.
    pub(crate) fn remember_stop(
        &mut self,
        contact: ContactId,
        identity: &Identity,
        origin: Origin,
    ) -> Result<(), EngineError> {
        for scope in PreferenceScope::ALL {
            let value = (identity.kind.code(), identity.normal.as_bytes());
            let kept = self.engine.vault().kept_stop(self.workspace.0, value, scope.code())?;
            if kept.is_some() {
                let source = PreferenceSource::Remembered;
                let said = Said { source, at: kept, message: None, code: None, origin };
                self.stop(contact, scope, said)?;
            }
        }
        Ok(())
    }

    fn stop(
        &mut self,
        contact: ContactId,
        scope: PreferenceScope,
        said: Said,
    ) -> Result<(), EngineError> {
        let command = OptOut {
            at: self.not_ahead(said.at),
            message: said.message,
            code: said.code,
            ..OptOut::heard(contact, scope, said.source)
        };
        let state: State = self.person(contact)?.state.clone();
        if state.erased {
            return Ok(());
        }
        for decision in command.decide(&state, &mut self.ctx)? {
            self.write_person(contact, decision, said.origin)?;
        }
        Ok(())
    }

    /// Whether anything was lifted.
    fn start(
        &mut self,
        contact: ContactId,
        scope: PreferenceScope,
        said: Said,
    ) -> Result<bool, EngineError> {
        let at = self.not_ahead(said.at);
        let mut lifted = false;
        for part in self.parts_of(contact)? {
            let heard = OptIn::heard(part, scope, said.source);
            let command = OptIn { at, message: said.message, ..heard };
            let state: State = self.person(part)?.state.clone();
            if state.erased {
                continue;
            }
            for decision in command.decide(&state, &mut self.ctx)? {
                lifted = true;
                self.write_person(part, decision, said.origin)?;
            }
        }
        if lifted {
            self.engine.forget_stops(self.workspace, contact)?;
        }
        Ok(lifted)
    }

    /// A clock that is ahead must not make a later word look old.
    fn not_ahead(&self, at: Option<i64>) -> Option<i64> {
        at.map(|at| at.min(self.ctx.now_seconds()))
    }
}
