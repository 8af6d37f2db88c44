//! One conversation's files, one after the other.

use convolog_domain::{
    ChannelId, ConversationId, Event, MediaContent, MessageId, Sensitive, StreamKind, SubjectId,
    WorkspaceId,
    channel::Channel,
    contact::Contact,
    conversation::{self, Conversation, DelayMedia, NextMedia, StoreMedia},
};
use convolog_engine::{Caller, EngineError, FileSeal, Recorded};
use convolog_log::Timestamp;

use super::download::{Download, Failed, Fetched};
use crate::acting::Acting;
use crate::lanes::{After, Lane, Lanes, Step, Worker, in_steps};
use crate::platform::Platform;
use crate::turns::Turns;

/// Files of one number that are fetched at the same time: what its platform delays delays no other.
const AT_ONCE: usize = 4;

/// Fetches for all lanes.
pub(super) struct Fetcher {
    acting: Acting,
    turns: Turns,
}

impl Worker for Fetcher {
    /// What may have a file, and whose files nobody can open any more.
    const HEARD: &'static [&'static str] =
        &["message_received", "message_enriched", "personal_data_erased"];

    fn acting(&self) -> &Acting {
        &self.acting
    }

    async fn work(&self, lane: Lane) -> After {
        in_steps(&self.acting, lane, |lane| self.step(lane)).await
    }

    fn hear(&self, lanes: &mut Lanes, event: &Recorded) {
        if event.stream.kind == StreamKind::Contact {
            return self.clear(event.workspace());
        }
        let facts = match &event.event {
            Event::Conversation(conversation::Event::MessageReceived(told)) => &told.facts,
            Event::Conversation(conversation::Event::MessageEnriched(told)) => &told.facts,
            _ => return,
        };
        if facts.media_until.is_some() && event.stream.kind == StreamKind::Conversation {
            lanes.wake((event.workspace(), ConversationId(event.stream.id)));
        }
    }
}

impl Fetcher {
    pub(super) fn new(acting: Acting) -> Self {
        Self { acting, turns: Turns::new(AT_ONCE) }
    }

    /// Takes the files off the disk that nobody can open any more. Nothing waits for it: what is left of
    /// them is noise.
    fn clear(&self, workspace: WorkspaceId) {
        let engine = self.acting.engine().clone();
        drop(tokio::task::spawn_blocking(move || {
            if let Err(error) = engine.remove_erased_files(workspace) {
                tracing::warn!(%error, "files that nobody can open are still there");
            }
        }));
    }

    async fn step(&self, lane: Lane) -> Result<Step, EngineError> {
        let (workspace, conversation) = lane;
        let state = self.acting.engine().load::<Conversation>(workspace, conversation.0)?.state;
        let Some(opened) = &state.opened else { return Ok(Step::Rest(After::Nothing)) };
        match state.attachments.next(self.acting.now().0.div_euclid(1_000_000)) {
            NextMedia::Nothing => Ok(Step::Rest(After::Nothing)),
            NextMedia::At(at) => Ok(Step::Rest(After::At(Timestamp(at.saturating_mul(1_000_000))))),
            NextMedia::Lapse(message) => self.failed(lane, message, "expired").await,
            NextMedia::Fetch(message) => {
                let contact = opened.contact;
                if self.acting.engine().load::<Contact>(workspace, contact.0)?.state.erased {
                    return self.failed(lane, message, "erased").await;
                }
                self.fetch(lane, (opened.channel, contact.into()), message).await
            }
        }
    }

    async fn fetch(
        &self,
        lane: Lane,
        (channel, subject): (ChannelId, SubjectId),
        message: MessageId,
    ) -> Result<Step, EngineError> {
        let (engine, workspace) = (self.acting.engine(), lane.0);
        // On a full disk nothing could be kept, not even that it was not.
        engine.log().room_for(0).map_err(EngineError::from)?;
        let state = engine.load::<Channel>(workspace, channel.0)?.state;
        let platform = match state.live() {
            Some(settings) => Platform::through(engine, workspace, settings)?,
            None => None,
        };
        let Some(platform) = platform else {
            return self.failed(lane, message, "not_connected").await;
        };
        let reader = engine.clone();
        let named = tokio::task::spawn_blocking(move || reader.media_of(workspace, message));
        let named = named.await.map_err(|_| EngineError::Interrupted("reading a message"))??;
        let Some((id, named)) = named.and_then(|named| Some((named.id.clone()?, named))) else {
            return self.failed(lane, message, "not_named").await;
        };
        let Some(_turn) = self.turns.take(channel).await else {
            return Ok(Step::Rest(After::Nothing));
        };
        let sealed_as = engine.ctx().next_id();
        let download = Download {
            acting: &self.acting,
            platform: &platform,
            seal: FileSeal { workspace, subject, sealed_as },
            announced: named.sha256.as_ref().map(Sensitive::expose),
        };
        match download.run(id.expose()).await {
            Ok(fetched) => self.keep(lane, message, fetched, named).await,
            Err(Failed::Because(reason)) => self.failed(lane, message, reason).await,
            Err(Failed::Stopping) => Ok(Step::Rest(After::Nothing)),
            Err(Failed::Engine(error)) => Err(error),
        }
    }

    async fn keep(
        &self,
        (workspace, conversation): Lane,
        message: MessageId,
        fetched: Fetched,
        named: MediaContent,
    ) -> Result<Step, EngineError> {
        let Fetched { file, mime_type } = fetched;
        let command = StoreMedia {
            message,
            blob: file.blob,
            sealed_as: file.sealed_as,
            size: file.size,
            mime_type: mime_type.or(named.mime_type).unwrap_or_default(),
            content: MediaContent {
                sha256: Some(hex::encode(file.sha256).into()),
                ..MediaContent::default()
            },
        };
        let (engine, caller) = (self.acting.engine(), Caller::reactor(workspace));
        let stored = engine.store_media(&caller, conversation, command).await;
        let named = match &stored {
            Ok(stored) => *stored,
            Err(error) => error.leaves_open(),
        };
        if !named {
            // Nobody waits for it any more, or nobody will know of it: it is fetched again then.
            engine.remove_file(file.blob)?;
        }
        stored.map(|_| Step::Again)
    }

    async fn failed(
        &self,
        (workspace, conversation): Lane,
        message: MessageId,
        reason: &str,
    ) -> Result<Step, EngineError> {
        let command = DelayMedia { message, reason: reason.to_owned() };
        let caller = Caller::reactor(workspace);
        self.acting.engine().delay_media(&caller, conversation, command).await?;
        Ok(Step::Again)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use convolog_domain::conversation::{
        ConversationOpened, Direction, MessageFacts, MessageReceived,
    };
    use convolog_domain::{ContactId, Decision, Hash32};
    use uuid::Uuid;

    use super::*;
    use crate::testing::{CHANNEL, Fixture, WORKSPACE};

    const TALK: ConversationId = ConversationId(Uuid::from_u128(9));
    const ANA: ContactId = ContactId(Uuid::from_u128(8));
    const PICTURE: MessageId = MessageId(Uuid::from_u128(7));

    /// Ana sent a picture that the platform hands out for a while.
    async fn pictured() -> (Fixture, Fetcher) {
        let fixture = Fixture::connected().await;
        let opened = ConversationOpened { channel: CHANNEL, contact: ANA, agent: None };
        fixture.tell(StreamKind::Conversation, TALK.0, Decision::new(opened)).await;
        let facts = MessageFacts {
            message: PICTURE,
            direction: Direction::Inbound,
            kind: "image".into(),
            sent_at: None,
            rank: 1,
            fragment: Hash32::default(),
            reply_to: None,
            errors: vec![],
            referral: false,
            group: false,
            history_status: None,
            word: None,
            media_until: Some(fixture.acting().now().0 / 1_000_000 + 60),
        };
        let received = Decision::new(MessageReceived { facts });
        fixture.tell(StreamKind::Conversation, TALK.0, received).await;
        let fetcher = Fetcher::new(fixture.acting());
        (fixture, fetcher)
    }

    #[tokio::test]
    async fn on_a_full_disk_nothing_is_fetched_and_the_lane_rests() {
        let (fixture, fetcher) = pictured().await;
        fixture.faults().full.store(true, Ordering::SeqCst);
        let head = fixture.engine().log().head();
        assert_eq!(fetcher.work((WORKSPACE, TALK)).await, After::Hindered);
        assert_eq!(fixture.engine().log().head(), head);
    }

    #[tokio::test]
    async fn a_file_of_which_nobody_will_know_does_not_stay() {
        let (fixture, fetcher) = pictured().await;
        let (workspace, subject) = (WORKSPACE, SubjectId(ANA.0));
        let seal = FileSeal { workspace, subject, sealed_as: Uuid::from_u128(5) };
        let mut writer = fixture.engine().write_file(seal).unwrap();
        writer.write(b"a picture of Ana").unwrap();
        let file = Fetched { file: writer.finish().unwrap(), mime_type: None };
        let left = || fixture.engine().blobs().list().unwrap().len();
        assert_eq!(left(), 1);
        fixture.faults().refuses.store(true, Ordering::SeqCst);
        let kept = fetcher.keep((WORKSPACE, TALK), PICTURE, file, MediaContent::default());
        assert!(kept.await.is_err());
        assert_eq!(left(), 0);
    }
}
