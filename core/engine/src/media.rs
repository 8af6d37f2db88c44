//! Customers' files: what a message says of its file, and recording what came of fetching it.

use convolog_domain::{
    Content, ConversationId, Event, EventType, MediaContent, MessageId, SubjectId, WorkspaceId,
    contact::Contact,
    conversation::{self, Conversation, DelayMedia, MediaStored, StoreMedia},
};
use convolog_log::{Filter, Position};
use convolog_vault::KeyState;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::execute::{Answer, Done};
use crate::files::FileSeal;
use crate::plan::Plan;
use crate::recorded::Recorded;

/// Events of a conversation read at a time.
const STRETCH: usize = 256;

/// A customer's file that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptMedia {
    /// Under what it is sealed.
    pub seal: FileSeal,
    /// What is known of it.
    pub stored: MediaStored,
}

impl Engine {
    /// Records that the file of a message is kept. If whoever it is about was erased meanwhile, that it
    /// is lost.
    pub async fn store_media(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        command: StoreMedia,
    ) -> Result<bool, EngineError> {
        let stored = parking_lot::Mutex::new(false);
        self.commit_once(caller, None, || {
            let loaded = self.load::<Conversation>(caller.workspace, conversation.0)?;
            let contact = loaded.state.opened.as_ref().map(|opened| opened.contact);
            let erased = match contact {
                Some(contact) => self.load::<Contact>(caller.workspace, contact.0)?.state.erased,
                None => false,
            };
            let (plan, events): (Plan, Vec<Event>) = if erased {
                let (message, reason) = (command.message, "erased".to_owned());
                self.decide_on(caller, conversation.0, &loaded, DelayMedia { message, reason })?
            } else {
                self.decide_on(caller, conversation.0, &loaded, command.clone())?
            };
            *stored.lock() = !erased && !events.is_empty();
            Ok((plan, Answer::none()))
        })
        .await?;
        Ok(stored.into_inner())
    }

    /// Records that the file of a message could not be fetched.
    pub async fn delay_media(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        command: DelayMedia,
    ) -> Result<Done, EngineError> {
        self.execute(caller, conversation.0, command).await
    }

    /// Whose key seals the files of a conversation.
    pub fn media_subject(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<SubjectId>, EngineError> {
        let loaded = self.load::<Conversation>(workspace, conversation.0)?;
        Ok(loaded.state.opened.as_ref().map(|opened| opened.contact.into()))
    }

    /// What the newest telling of a message that names its file says of it, if it can be read.
    pub fn media_of(
        &self,
        workspace: WorkspaceId,
        message: MessageId,
    ) -> Result<Option<MediaContent>, EngineError> {
        let Some(first) = self.first_of_message(workspace, message)? else { return Ok(None) };
        let mut found = self.file_in(&first);
        let (key, mut after) = (first.stream.key(), first.version);
        // A telling that came later names the file that an earlier one only announced, or named so that
        // the platform does not know it any more.
        loop {
            let page = self.log().read_stream(&key, after, STRETCH)?;
            let Some(last) = page.last() else { break };
            after = last.header.version;
            for record in &page {
                let event = Recorded::read(record)?;
                if tells_again(&event.event, message) {
                    let named = self.file_in(&event).filter(|media| media.id.is_some());
                    found = named.or(found);
                }
            }
        }
        Ok(found)
    }

    fn file_in(&self, event: &Recorded) -> Option<MediaContent> {
        self.open(event).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Message(content)) => content.media,
            _ => None,
        })
    }

    /// Removes the files of a workspace that nobody can open any more, because whoever they were about
    /// was erased; answers how many. Reads every event of their type: it takes its time.
    pub fn remove_erased_files(&self, workspace: WorkspaceId) -> Result<usize, EngineError> {
        let code = |row: &&EventType| row.name == "media_stored";
        let code = Event::catalogue().iter().find(code).map(|row| row.code);
        let types = code.into_iter().collect();
        let filter = Filter { workspace: Some(workspace.0), types, ..Filter::default() };
        let (mut after, mut removed) = (Position::START, 0);
        while after < self.log().head() {
            let (records, upto) = self.log().read(after, STRETCH, &filter)?;
            for record in &records {
                let event = Recorded::read(record)?;
                let Some(kept) = self.kept_media(&event) else { continue };
                let subject = kept.seal.subject;
                if self.vault().key_state(workspace.0, subject.0) == KeyState::Erased {
                    self.remove_file(kept.stored.blob)?;
                    removed += 1;
                }
            }
            after = upto;
        }
        Ok(removed)
    }

    /// The file that an event says is kept.
    pub fn kept_media(&self, event: &Recorded) -> Option<KeptMedia> {
        let Event::Conversation(conversation::Event::MediaStored(stored)) = &event.event else {
            return None;
        };
        let subject = event.sealed.first().map(|part| SubjectId(part.subject))?;
        let (workspace, sealed_as) = (event.workspace(), stored.sealed_as);
        Some(KeptMedia { seal: FileSeal { workspace, subject, sealed_as }, stored: stored.clone() })
    }
}

fn tells_again(event: &Event, message: MessageId) -> bool {
    match event {
        Event::Conversation(conversation::Event::MessageEnriched(told)) => {
            told.facts.message == message
        }
        _ => false,
    }
}
