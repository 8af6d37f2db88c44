//! Turns a conversation into a story that tells it again.
//!
//! Owns how the platform's posts are found in the log again, cut down to the one person, and masked.
//! Guarantees that the story, run on an empty installation, gives the same conversation: it is run
//! before it is handed out. Unless asked otherwise, nothing personal is left in it.

mod mask;
mod posts;
mod view;

use convolog_domain::{
    Content, ConversationId, Event, MessageId, Sensitive, StreamKind, WorkspaceId,
    channel::{Channel, ChannelConnected},
    conversation::{Conversation, Event as Said},
};
use convolog_engine::{
    Disclose, Disclosure, Engine, EngineError, PrintError, ReadError, Recorded, Stream,
};
use convolog_log::{LogError, Position};
use convolog_projections::{ReconstructError, Reconstruction, reconstruct};
use serde_json::{Value, json};

use crate::conversation::workspace_of;
use crate::story::{Business, Clock, Step, Story};
use mask::Mask;

/// Events of a stream read at a time.
const STRETCH: usize = 1_000;

/// The name of the business in a recorded story.
const BUSINESS: &str = "business";

/// How a conversation is recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RecordOptions {
    /// Names, numbers and texts stay as they are.
    pub keep_personal: bool,
}

/// Why a conversation could not be recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// No workspace has it.
    #[error("there is no conversation {0}; list them with GET /v1/conversations")]
    NoSuchConversation(ConversationId),
    /// Its contact's data was erased: there is nothing left to tell.
    #[error("the personal data of conversation {0} was erased; there is nothing left to record")]
    Erased(ConversationId),
    /// The story gives something else than the conversation.
    #[error("the recorded story does not give the same conversation: {0}")]
    Differs(String),
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
    /// An event could not be read.
    #[error("an event of the conversation could not be read")]
    Read(#[from] ReadError),
    /// The engine could not load a stream.
    #[error("the conversation's streams could not be found")]
    Engine(#[from] EngineError),
    /// The conversation could not be reconstructed.
    #[error("the conversation could not be reconstructed")]
    Reconstruct(#[from] ReconstructError),
    /// A post could not be printed again.
    #[error("a post could not be put together again")]
    Print(#[from] PrintError),
    /// Something did not become JSON or YAML: a bug.
    #[error("the story could not be written")]
    Json(#[from] serde_json::Error),
}

/// The story of a conversation.
pub async fn record(
    engine: &Engine,
    id: ConversationId,
    options: RecordOptions,
) -> Result<Story, RecordError> {
    let missing = || RecordError::NoSuchConversation(id);
    let workspace = workspace_of(engine, id)?.ok_or_else(missing)?;
    let head = engine.log().head();
    let known = reconstruct(engine, workspace, id, head)?.ok_or_else(missing)?;
    if known.erased.is_some() {
        return Err(RecordError::Erased(id));
    }
    let mask = if options.keep_personal { None } else { Some(Mask::new(id)) };
    let recorder = Recorder { engine, workspace, id, mask };
    let mut story = recorder.story(&known)?;
    view::complete(&mut story, &known, options).await?;
    Ok(story)
}

struct Recorder<'e> {
    engine: &'e Engine,
    workspace: WorkspaceId,
    id: ConversationId,
    mask: Option<Mask>,
}

impl Recorder<'_> {
    fn story(&self, known: &Reconstruction) -> Result<Story, RecordError> {
        let channel = self.channel()?;
        let events = self.events(known)?;
        let begin = events.first().map_or_else(jiff::Timestamp::default, moment);
        let keep = posts::Keep::of(self.engine, &events);
        let mut steps = Vec::new();
        let (mut clock, mut done) = (begin, Position::START);
        let mut display = None;
        for event in &events {
            // One step a commit: everything of it came in together.
            if event.position <= done {
                continue;
            }
            let commit = self.commit(event)?;
            done = commit.last().map_or(event.position, |last| last.position);
            let step = match posts::of_commit(self.engine, &commit, &keep)? {
                Some(mut body) => {
                    display = display.or_else(|| posts::display_number(&body));
                    if let Some(mask) = &self.mask {
                        mask.json(&mut body);
                    }
                    Some(posts::step(body, &self.masked(&channel.phone_number_id)))
                }
                None => self.command(&commit),
            };
            let Some(step) = step else { continue };
            if moment(event) > clock {
                clock = moment(event);
                steps.push(Step { clock: Some(Clock::Set(clock.to_string())), ..Step::default() });
            }
            steps.push(step);
        }
        let business = self.business(&channel, display);
        Ok(Story {
            story: "A recorded conversation".to_owned(),
            about: self.about(),
            clock: begin.to_string(),
            given: vec![Step { business: Some(business), ..Step::default() }],
            when: steps,
            then: Vec::new(),
        })
    }

    fn about(&self) -> String {
        let masked = match self.mask {
            Some(_) => "Names, numbers and texts are stand-ins of the same shape.",
            None => "With the personal data of the people in it: handle it as such.",
        };
        format!("Recorded with `convolog replay record`. {masked}")
    }

    fn business(&self, channel: &ChannelConnected, display: Option<String>) -> Business {
        Business {
            alias: BUSINESS.to_owned(),
            name: "A business".to_owned(),
            number: self.masked(&channel.phone_number_id),
            account: self.masked(&channel.waba_id),
            phone: self.masked(&format!("+{}", display.unwrap_or_else(|| "15550100000".into()))),
            secret: None,
            plan: "pro".to_owned(),
        }
    }

    fn masked(&self, text: &str) -> String {
        self.mask.as_ref().map_or_else(|| text.to_owned(), |mask| mask.text(text))
    }

    fn channel(&self) -> Result<ChannelConnected, RecordError> {
        let missing = || RecordError::NoSuchConversation(self.id);
        let conversation = self.engine.load::<Conversation>(self.workspace, self.id.0)?.state;
        let opened = conversation.opened.as_ref().ok_or_else(missing)?;
        let channel = self.engine.load::<Channel>(self.workspace, opened.channel.0)?.state;
        channel.settings.clone().ok_or_else(missing)
    }

    /// Everything that was recorded of the conversation, its person, and of messages that waited
    /// for it, in the order of the log.
    fn events(&self, known: &Reconstruction) -> Result<Vec<Recorded>, RecordError> {
        let mut events = Vec::new();
        for stream in &known.streams {
            self.read(stream, &mut events)?;
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
            self.read(stream, &mut events)?;
        }
        events.sort_by_key(|event| event.position);
        events.dedup_by_key(|event| event.position);
        Ok(events)
    }

    fn stream(&self, kind: StreamKind, id: uuid::Uuid) -> Stream {
        Stream::new(self.workspace, kind, id)
    }

    fn read(&self, stream: &Stream, events: &mut Vec<Recorded>) -> Result<(), RecordError> {
        let mut after = 0;
        loop {
            let records = self.engine.log().read_stream(&stream.key(), after, STRETCH)?;
            let Some(last) = records.last() else { return Ok(()) };
            after = last.header.version;
            for record in &records {
                events.push(Recorded::read(record)?);
            }
        }
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
    fn command(&self, commit: &[Recorded]) -> Option<Step> {
        commit.iter().find_map(|event| {
            let Event::Conversation(Said::MessageRequested(asked)) = &event.event else {
                return None;
            };
            let text = self.engine.open(event).into_iter().find_map(|o| match o.disclosure {
                Disclosure::Content(Content::Message(content)) => content.text,
                _ => None,
            });
            let text = self.masked(text.as_ref().map_or("", Sensitive::expose));
            let mut command = json!({
                "send_message": {"conversation": {}, "type": asked.kind, "text": text},
            });
            if asked.kind == "text"
                && let Some(Value::Object(send)) = command.get_mut("send_message")
            {
                send.remove("type");
            }
            Some(Step { command: Some(command), ..Step::default() })
        })
    }
}

fn moment(event: &Recorded) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(event.at.0).unwrap_or_default()
}
