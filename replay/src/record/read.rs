//! What a recording is made of, found in the log again: each post cut down to the one person, each
//! message that was asked for.

use convolog_domain::{
    Content, ConversationId, Event, MessageId, Sensitive, StreamKind, WorkspaceId,
    channel::{Channel, ChannelConnected},
    conversation::{Conversation, Event as Said},
};
use convolog_engine::{Disclose, Disclosure, Engine, Recorded, Stream};
use convolog_log::Position;
use convolog_projections::{Reconstruction, reconstruct};

use super::{Happened, RecordError, Recording, What, posts};
use crate::conversation::{shown, workspace_of};
use crate::reading::events_of;

impl Recording {
    /// Reads a conversation from the log, whatever its workspace.
    ///
    /// # Errors
    /// [`RecordError::NoSuchConversation`], [`RecordError::Erased`].
    pub fn read(engine: &Engine, id: ConversationId) -> Result<Self, RecordError> {
        let workspace = workspace_of(engine, id)?.ok_or(RecordError::NoSuchConversation(id))?;
        Self::read_in(engine, workspace, id)
    }

    /// Reads a conversation of a workspace from the log.
    ///
    /// # Errors
    /// As [`Recording::read`].
    pub fn read_in(
        engine: &Engine,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Self, RecordError> {
        let missing = || RecordError::NoSuchConversation(id);
        let known = reconstruct(engine, workspace, id, engine.log().head())?.ok_or_else(missing)?;
        if known.erased.is_some() {
            return Err(RecordError::Erased(id));
        }
        let reader = Reader { engine, workspace, id };
        let channel = reader.channel()?;
        let events = reader.events(&known)?;
        let messages = known.messages.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        Ok(Self {
            conversation: id,
            number: channel.phone_number_id.clone(),
            account: channel.waba_id.clone(),
            began: events.first().map(|event| shown(event.at)).ok_or_else(missing)?,
            happened: reader.happened(&events)?,
            messages,
        })
    }
}

struct Reader<'e> {
    engine: &'e Engine,
    workspace: WorkspaceId,
    id: ConversationId,
}

impl Reader<'_> {
    fn channel(&self) -> Result<ChannelConnected, RecordError> {
        let missing = || RecordError::NoSuchConversation(self.id);
        let conversation = self.engine.load::<Conversation>(self.workspace, self.id.0)?.state;
        let opened = conversation.opened.as_ref().ok_or_else(missing)?;
        let channel = self.engine.load::<Channel>(self.workspace, opened.channel.0)?.state;
        channel.settings.clone().ok_or_else(missing)
    }

    fn happened(&self, events: &[Recorded]) -> Result<Vec<Happened>, RecordError> {
        let keep = posts::Keep::of(self.engine, events);
        let mut happened = Vec::new();
        let mut done = Position::START;
        for event in events {
            // One step a commit: everything of it came in together.
            if event.position <= done {
                continue;
            }
            let commit = self.commit(event)?;
            done = commit.last().map_or(event.position, |last| last.position);
            let what = match posts::of_commit(self.engine, &commit, &keep)? {
                Some(body) => Some(What::Post(body)),
                None => self.asked(&commit),
            };
            happened.extend(what.map(|what| Happened { at: shown(event.at), what }));
        }
        Ok(happened)
    }

    /// Everything that was recorded of the conversation, its person, and of messages that waited
    /// for it, in the order of the log.
    fn events(&self, known: &Reconstruction) -> Result<Vec<Recorded>, RecordError> {
        let log = &**self.engine.log();
        let mut events = Vec::new();
        for stream in &known.streams {
            events.extend(events_of::<RecordError>(log, stream)?);
        }
        let mut others: Vec<Stream> = Vec::new();
        for event in &events {
            let Event::Conversation(said) = &event.event else { continue };
            match said {
                Said::ConversationOpened(opened) => {
                    others.push(self.stream(StreamKind::Contact, opened.contact.0));
                }
                Said::MessageReceived(message) => {
                    let MessageId(id) = message.facts.message;
                    others.push(self.stream(StreamKind::Unmatched, id));
                }
                _ => {}
            }
        }
        for stream in &others {
            events.extend(events_of::<RecordError>(log, stream)?);
        }
        events.sort_by_key(|event| event.position);
        events.dedup_by_key(|event| event.position);
        Ok(events)
    }

    fn stream(&self, kind: StreamKind, id: uuid::Uuid) -> Stream {
        Stream::new(self.workspace, kind, id)
    }

    /// The whole commit that an event belongs to.
    fn commit(&self, event: &Recorded) -> Result<Vec<Recorded>, RecordError> {
        let mut at = Position(event.position.0.saturating_sub(u64::from(event.index)));
        let mut commit = Vec::new();
        while let Some(record) = self.engine.log().get(at)? {
            let recorded = Recorded::read(&record)?;
            if recorded.commit_id != event.commit_id {
                break;
            }
            commit.push(recorded);
            at = at.next();
        }
        Ok(commit)
    }

    /// What somebody asked for, if that is what the commit holds.
    fn asked(&self, commit: &[Recorded]) -> Option<What> {
        commit.iter().find_map(|event| {
            let Event::Conversation(Said::MessageRequested(asked)) = &event.event else {
                return None;
            };
            let text = self.engine.open(event).into_iter().find_map(|o| match o.disclosure {
                Disclosure::Content(Content::Message(content)) => content.text,
                _ => None,
            });
            let text = text.as_ref().map_or("", Sensitive::expose).to_owned();
            Some(What::Asked { kind: asked.kind.clone(), text })
        })
    }
}
