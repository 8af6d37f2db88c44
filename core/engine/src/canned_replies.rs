//! Canned replies: one for each word, changing part of one, and filling one in.

use convolog_domain::canned_reply::{
    AddCannedReply, CannedReply, CannedReplyDraft, CannedReplyVersion, Event as Written,
    UpdateCannedReply, fill,
};
use convolog_domain::conversation::CannedUse;
use convolog_domain::{
    CannedReplyId, ClaimKey, Content, Event, Refusal, RefusalCode, Sensitive, StreamKind,
    WorkspaceId,
};

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::recorded::{Recorded, Stream};

/// Events of a canned reply read at a time.
const STRETCH: usize = 256;

/// What is to change of a canned reply. What is not given stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CannedReplyChange {
    /// The word that it is called by.
    pub shortcut: Option<String>,
    /// What it says.
    pub text: Option<Sensitive>,
    /// The language; given as none, it has none.
    pub language: Option<Option<String>>,
    /// What it is about.
    pub tags: Option<Vec<String>>,
}

/// A canned reply as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannedStanding {
    /// Which one.
    pub id: CannedReplyId,
    /// The version that is sent.
    pub version: CannedReplyVersion,
    /// Its number, from 1.
    pub number: u32,
    /// What it says; none if it cannot be opened.
    pub text: Option<Sensitive>,
}

impl Engine {
    /// Adds a canned reply.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if another is called by the same word, or as the command refuses.
    pub async fn add_canned_reply(
        &self,
        caller: &Caller,
        id: CannedReplyId,
        command: AddCannedReply,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let (plan, events) = self.decide(caller, id.0, command.clone())?;
            self.word_is_free(caller.workspace, id, &events)?;
            Ok((plan, answer(&events)))
        })
        .await
    }

    /// Gives a canned reply a new version that differs as `change` says; none if it does not differ.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such one, another is called by the same word, or as the
    /// command refuses.
    pub async fn change_canned_reply(
        &self,
        caller: &Caller,
        (id, change): (CannedReplyId, &CannedReplyChange),
        once: Option<&Once>,
        answer: impl Fn(&CannedStanding) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let standing = self.canned_reply(caller.workspace, id)?;
            let text = change.text.clone().or_else(|| standing.text.clone()).ok_or_else(|| {
                let detail = "the version before cannot be opened; give the text anew";
                Refusal::new(RefusalCode::NotAllowedNow, detail)
            })?;
            let old = standing.version.clone();
            let draft = CannedReplyDraft {
                shortcut: change.shortcut.clone().unwrap_or(old.shortcut),
                text: text.clone(),
                language: change.language.clone().unwrap_or(old.language),
                tags: change.tags.clone().unwrap_or(old.tags),
            };
            let same_text = standing.text.as_ref() == Some(&text);
            let command = UpdateCannedReply { workspace: caller.workspace, draft, same_text };
            let (plan, events) = self.decide(caller, id.0, command)?;
            self.word_is_free(caller.workspace, id, &events)?;
            let stands = match events.first() {
                Some(Event::CannedReply(Written::CannedReplyUpdated(updated))) => CannedStanding {
                    version: updated.version.clone(),
                    number: standing.number.saturating_add(1),
                    text: Some(text),
                    ..standing
                },
                _ => standing,
            };
            Ok((plan, answer(&stands)))
        })
        .await
    }

    /// A canned reply as it stands.
    ///
    /// # Errors
    /// [`EngineError::Refused`] (`not_found`) if there is none, or it was removed.
    pub fn canned_reply(
        &self,
        workspace: WorkspaceId,
        id: CannedReplyId,
    ) -> Result<CannedStanding, EngineError> {
        let loaded = self.load::<CannedReply>(workspace, id.0)?;
        let version = loaded.state.live()?.clone();
        let stream = Stream::new(workspace, StreamKind::CannedReply, id.0).key();
        // The newest event is the version that stands; a removed one was refused above.
        let (mut after, mut newest) = (loaded.version.saturating_sub(1), None);
        loop {
            let records = self.log().read_stream(&stream, after, STRETCH)?;
            let Some(last) = records.last() else { break };
            after = last.header.version;
            newest = records.into_iter().next_back();
        }
        let event = newest.map(|record| Recorded::read(&record)).transpose()?;
        let text = event.and_then(|event| self.note_in(&event));
        Ok(CannedStanding { id, version, number: loaded.state.number, text })
    }

    fn note_in(&self, event: &Recorded) -> Option<Sensitive> {
        self.open(event).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Note(note)) => Some(note.text),
            _ => None,
        })
    }

    /// The canned reply that is called by a word, if one is.
    pub fn canned_reply_called(
        &self,
        workspace: WorkspaceId,
        shortcut: &str,
    ) -> Result<Option<CannedReplyId>, EngineError> {
        let claim = ClaimKey::Shortcut(shortcut.to_owned());
        let holder = self.log().holder(&self.claim_hash(workspace, &claim)?)?;
        Ok(holder.map(|holder| CannedReplyId(holder.stream.id)))
    }

    /// What a canned reply says once its placeholders are filled, and which version that was. It is
    /// named by its id or by its word.
    ///
    /// # Errors
    /// [`EngineError::Refused`] of the field `canned_reply` if there is none; of the field `values` if
    /// there is nothing to fill a placeholder with.
    pub fn fill_canned_reply(
        &self,
        workspace: WorkspaceId,
        named: &str,
        value: impl Fn(&str) -> Option<Sensitive>,
    ) -> Result<(Sensitive, CannedUse), EngineError> {
        let missing = || {
            let detail = "names no canned reply of this workspace";
            EngineError::from(Refusal::field("canned_reply", detail))
        };
        let id = match named.parse::<CannedReplyId>() {
            Ok(id) => Some(id),
            Err(_) => self.canned_reply_called(workspace, named)?,
        };
        let standing = match self.canned_reply(workspace, id.ok_or_else(missing)?) {
            Err(EngineError::Refused(_)) => return Err(missing()),
            standing => standing?,
        };
        let text = standing.text.ok_or_else(missing)?;
        let filled = fill(&text, value)?;
        Ok((filled, CannedUse { reply: standing.id, version: standing.number }))
    }

    fn word_is_free(
        &self,
        workspace: WorkspaceId,
        id: CannedReplyId,
        events: &[Event],
    ) -> Result<(), EngineError> {
        for event in events {
            let version = match event {
                Event::CannedReply(Written::CannedReplyAdded(added)) => &added.version,
                Event::CannedReply(Written::CannedReplyUpdated(updated)) => &updated.version,
                _ => continue,
            };
            let holder = self.canned_reply_called(workspace, &version.shortcut)?;
            if let Some(other) = holder.filter(|other| *other != id) {
                let detail = "another canned reply is called by this shortcut";
                let refusal = Refusal::new(RefusalCode::AlreadyExists, detail);
                return Err(refusal.because_of(StreamKind::CannedReply, other.0).into());
            }
        }
        Ok(())
    }
}
