//! Sending: hands messages that were asked for to the platform.
//!
//! One lane a conversation: its messages leave in the order in which they were asked for, and what
//! is slow or broken for one conversation holds up no other. The log decides whose turn it is
//! ([`convolog_domain::conversation::Outbox::next`]); a lane only carries out what it says, and an
//! attempt is in the log before anything leaves, so that a crash or a second sender cannot send
//! twice. Which conversations have something to send is read from the transcripts when the sender
//! starts, and from the log from then on.

mod answer;
mod handover;
mod lane;
mod pace;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ConversationId, Event, StreamKind, WorkspaceId, channel, conversation};
use convolog_engine::Recorded;
use convolog_log::{Filter, Position, Timestamp};
use tokio::task::JoinSet;

use crate::acting::Acting;
use lane::{After, Sender};

/// Events read at a time.
const BATCH: usize = 1_000;
/// Messages read at a time when the sender starts.
const QUEUED_PAGE: usize = 500;
/// How long the sender waits for the transcripts before it says so and waits on.
const PATIENCE: Duration = Duration::from_secs(60);

/// A conversation that may have something to send.
type Lane = (WorkspaceId, ConversationId);

/// Sends until told to stop.
pub(crate) async fn run(acting: Acting) {
    let mut pulse = acting.pulse();
    let mut sending = Sending::new(acting);
    let Some(mut after) = sending.begin().await else { return };
    while pulse.next().await {
        sending.collect();
        after = sending.listen(after);
        sending.start_due();
    }
    sending.finish().await;
}

/// Every lane, and when it is to be looked at.
struct Sending {
    acting: Acting,
    sender: Arc<Sender>,
    due: HashMap<Lane, Timestamp>,
    /// Lanes of numbers with which nothing can be sent at the moment.
    stalled: HashSet<Lane>,
    busy: HashSet<Lane>,
    /// Lanes of which something was heard while they were busy.
    again: HashSet<Lane>,
    running: JoinSet<(Lane, After)>,
}

impl Sending {
    fn new(acting: Acting) -> Self {
        Self {
            sender: Arc::new(Sender::new(acting.clone())),
            acting,
            due: HashMap::new(),
            stalled: HashSet::new(),
            busy: HashSet::new(),
            again: HashSet::new(),
            running: JoinSet::new(),
        }
    }

    /// Finds what was asked for before; answers from where on the log is to be followed, or nothing
    /// if the server stops meanwhile.
    async fn begin(&mut self) -> Option<Position> {
        let head = self.acting.engine().log().head();
        loop {
            let models = self.acting.models();
            let ready = async { models.at_least(head, PATIENCE).await };
            let shown = tokio::select! {
                shown = ready => shown,
                () = self.acting.stopping().cancelled() => return None,
            };
            match shown.and_then(|()| self.queued()) {
                Ok(lanes) => {
                    self.due = lanes.into_iter().map(|lane| (lane, Timestamp(0))).collect();
                    return Some(head);
                }
                Err(error) => tracing::warn!(%error, "what waits to be sent is not known yet"),
            }
        }
    }

    fn queued(&self) -> Result<HashSet<Lane>, convolog_projections::QueryError> {
        let (table, mut lanes, mut after) =
            (self.acting.models().transcripts()?, HashSet::new(), None);
        loop {
            let page = table.queued(after.as_deref(), QUEUED_PAGE)?;
            lanes.extend(page.messages.iter().map(|(of, conversation, _)| (*of, *conversation)));
            after = page.next;
            if after.is_none() {
                return Ok(lanes);
            }
        }
    }

    /// Hears of what happened after a position; answers how far it got.
    fn listen(&mut self, mut after: Position) -> Position {
        let log = Arc::clone(self.acting.engine().log());
        let filter = Filter { types: heard_types(), ..Filter::default() };
        while after < log.head() {
            let (records, upto) = match log.read(after, BATCH, &filter) {
                Ok(read) => read,
                Err(error) => {
                    tracing::error!(%error, "the log could not be read; it is tried again");
                    return after;
                }
            };
            for record in &records {
                match Recorded::read(record) {
                    Ok(recorded) => self.hear(&recorded),
                    Err(error) => tracing::error!(%error, "an event is passed over"),
                }
            }
            after = upto;
        }
        after
    }

    fn hear(&mut self, recorded: &Recorded) {
        match recorded.stream.kind {
            StreamKind::Conversation => {
                let lane = (recorded.workspace(), ConversationId(recorded.stream.id));
                let known = self.busy.contains(&lane) || self.due.contains_key(&lane);
                let asked = matches!(
                    recorded.event,
                    Event::Conversation(conversation::Event::MessageRequested(_))
                );
                if asked || known {
                    self.wake(lane, Timestamp(0));
                }
            }
            // Something about a number was put right, perhaps.
            _ => {
                for lane in std::mem::take(&mut self.stalled) {
                    self.wake(lane, Timestamp(0));
                }
            }
        }
    }

    fn wake(&mut self, lane: Lane, at: Timestamp) {
        if self.busy.contains(&lane) {
            self.again.insert(lane);
            return;
        }
        let due = self.due.entry(lane).or_insert(at);
        *due = at.min(*due);
    }

    fn start_due(&mut self) {
        if !self.acting.may_act() {
            return;
        }
        let now = self.acting.now();
        let due: Vec<Lane> =
            self.due.iter().filter(|(_, at)| **at <= now).map(|(lane, _)| *lane).collect();
        for lane in due {
            self.due.remove(&lane);
            self.busy.insert(lane);
            let sender = Arc::clone(&self.sender);
            self.running.spawn(async move { (lane, sender.work(lane).await) });
        }
    }

    /// Takes note of lanes that are done for now.
    fn collect(&mut self) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok((lane, after)) => self.ended(lane, after),
                Err(error) => tracing::error!(%error, "sending in a conversation ended early"),
            }
        }
    }

    fn ended(&mut self, lane: Lane, after: After) {
        self.busy.remove(&lane);
        if self.again.remove(&lane) {
            return self.wake(lane, Timestamp(0));
        }
        match after {
            After::Nothing => {}
            After::At(at) => self.wake(lane, at),
            After::Stalled => drop(self.stalled.insert(lane)),
        }
    }

    /// What was begun is recorded before the reactor ends.
    async fn finish(mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// What the sender hears of.
fn heard_types() -> Vec<u16> {
    let of_conversations = ["message_requested", "status_received", "message_accepted"];
    let of_channels = ["channel_connected", "channel_token_replaced", "sending_resumed"];
    let conversations = conversation::Event::TYPES.iter();
    let channels = channel::Event::TYPES.iter();
    let wanted = conversations
        .filter(|row| of_conversations.contains(&row.name))
        .chain(channels.filter(|row| of_channels.contains(&row.name)));
    wanted.map(|row| row.code).collect()
}
