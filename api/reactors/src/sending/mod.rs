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
mod reach;

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::{ConversationId, Event, StreamKind, conversation};
use convolog_engine::Recorded;
use convolog_log::Position;
use convolog_projections::QueryError;

use crate::acting::Acting;
use crate::lanes::{Lanes, follow, types};
use lane::Sender;

/// Messages read at a time when the sender starts.
const QUEUED_PAGE: usize = 500;
/// How long the sender waits for the transcripts before it says so and waits on.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the sender hears of: what is asked for, what lets the next message go, and what puts a number
/// right.
const HEARD: [&str; 8] = [
    "channel_limits_changed",
    "message_requested",
    "message_accepted",
    "message_cancelled",
    "status_received",
    "channel_connected",
    "channel_token_replaced",
    "sending_resumed",
];

/// Sends until told to stop.
pub(crate) async fn run(acting: Acting) {
    let (mut pulse, mut lanes, heard) = (acting.pulse(), Lanes::default(), types(&HEARD));
    let sender = Arc::new(Sender::new(acting.clone()));
    let Some(mut after) = begin(&acting, &mut lanes).await else { return };
    if !sender.count().await {
        return;
    }
    while pulse.next().await {
        lanes.collect();
        after = follow(acting.engine(), after, &heard, |event| hear(&mut lanes, event));
        if acting.may_act() {
            lanes.start_due(acting.now(), |lane| {
                let sender = Arc::clone(&sender);
                async move { sender.work(lane).await }
            });
        }
    }
    lanes.finish().await;
}

/// Finds what was asked for before; answers from where on the log is to be followed, or nothing if
/// the server stops meanwhile.
async fn begin(acting: &Acting, lanes: &mut Lanes) -> Option<Position> {
    let head = acting.engine().log().head();
    loop {
        let shown = tokio::select! {
            shown = acting.models().at_least(head, PATIENCE) => shown,
            () = acting.stopping().cancelled() => return None,
        };
        match shown.and_then(|()| queued(acting, lanes)) {
            Ok(()) => return Some(head),
            Err(error) => tracing::warn!(%error, "what waits to be sent is not known yet"),
        }
    }
}

fn queued(acting: &Acting, lanes: &mut Lanes) -> Result<(), QueryError> {
    let (table, mut after) = (acting.models().transcripts()?, None);
    loop {
        let page = table.queued(after.as_deref(), QUEUED_PAGE)?;
        for (workspace, conversation, _) in &page.messages {
            lanes.wake((*workspace, *conversation));
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn hear(lanes: &mut Lanes, event: &Recorded) {
    if event.stream.kind != StreamKind::Conversation {
        return lanes.wake_stalled();
    }
    let lane = (event.workspace(), ConversationId(event.stream.id));
    let asked =
        matches!(event.event, Event::Conversation(conversation::Event::MessageRequested(_)));
    if asked || lanes.knows(lane) {
        lanes.wake(lane);
    }
}
