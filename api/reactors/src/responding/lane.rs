//! One conversation: whether its agent answers now, and what.

use std::sync::Arc;
use std::time::Duration;

use convolog_answer::{Agent, Answering, Ask};
use convolog_domain::agent::{Agent as Agents, ReplyLimits};
use convolog_domain::channel::{Channel, ReadMarks};
use convolog_domain::conversation::{
    Attention, Conversation, Direction, Event as Happened, ReplyAsAgent,
};
use convolog_domain::limits::{LATE_SECONDS, LOOP_REPLIES_AN_HOUR};
use convolog_domain::workspace::Limit;
use convolog_domain::{
    Actor, ActorKind, ConversationId, Event, MessageId, RefusalCode, StreamKind, WorkspaceId,
};
use convolog_engine::{Caller, EngineError, Recorded};
use convolog_log::{Mode, Origin, Timestamp};

use super::hours::is_open;
use super::made;
use super::means::means;
use super::reading::{self, Said};
use crate::acting::Acting;
use crate::figures;
use crate::lanes::{After, Lane, Lanes, Worker};
use crate::marking::{ReadMark, mark_read};
use crate::models::Guarded;

/// How long a lane rests after something failed, in microseconds.
const REST: i64 = 1_000_000;
/// How long it waits for its agent's hours before it looks again, in microseconds.
const CLOSED: i64 = 60_000_000;
/// How many coalescing windows after the first message everything is answered at the latest.
const WAITS_MAX: i64 = 5;
/// How long it waits for the read models to show what was asked.
const PATIENCE: Duration = Duration::from_secs(10);
/// Why a person is needed where the plan allows no more.
const PLAN_LIMIT: &str = "plan_limit_reached";

/// Responds for all lanes.
pub(super) struct Responder {
    acting: Acting,
    answering: Answering,
}

/// A question that an agent is to deal with.
struct Asked {
    message: MessageId,
    event: Recorded,
    agent: Agent,
    attention: Attention,
    /// When the customer wrote (seconds since 1970).
    written_at: i64,
}

/// What is to be done about a conversation.
enum Turn {
    /// Nothing now.
    Rest(After),
    /// A person is needed, for this reason.
    HandOff(Asked, &'static str),
    /// The agent is to answer.
    Answer(Asked),
}

impl Worker for Responder {
    /// What is asked, and what lets an agent answer again.
    const HEARD: &'static [&'static str] =
        &["message_received", "handoff_resolved", "agent_published", "agent_resumed"];

    fn acting(&self) -> &Acting {
        &self.acting
    }

    async fn work(&self, lane: Lane) -> After {
        match self.respond(lane).await {
            Ok(after) => after,
            // Somebody else answered, or the customer wrote again: that wakes the lane anew.
            Err(EngineError::Refused(_)) => After::Nothing,
            Err(error) => {
                tracing::error!(conversation = %lane.1, %error, "an answer is tried again");
                After::Hindered
            }
        }
    }

    fn hear(&self, lanes: &mut Lanes, event: &Recorded) {
        let lane = (event.workspace(), ConversationId(event.stream.id));
        match &event.event {
            Event::Conversation(Happened::MessageReceived(received))
                if received.facts.direction == Direction::Inbound =>
            {
                lanes.wake(lane);
            }
            // What was asked while a person had it, and not answered, is the agent's again.
            Event::Conversation(Happened::HandoffResolved(_)) => lanes.wake(lane),
            _ if event.stream.kind == StreamKind::Agent => lanes.wake_stalled(),
            _ => {}
        }
    }
}

impl Responder {
    pub(super) fn new(acting: Acting) -> Self {
        let outgoing = Arc::new(Guarded(acting.outgoing().clone()));
        let answering = Answering::new(acting.search().clone(), outgoing);
        Self { acting, answering }
    }

    fn later(&self, by: i64) -> After {
        After::At(Timestamp(self.acting.now().0.saturating_add(by)))
    }

    async fn respond(&self, (workspace, conversation): Lane) -> Result<After, EngineError> {
        if !self.acting.may_act() {
            return Ok(self.later(REST));
        }
        let (asked, command) = match self.turn(workspace, conversation)? {
            Turn::Rest(after) => return Ok(after),
            Turn::HandOff(asked, reason) => {
                let agent = (asked.agent.id, asked.agent.version);
                let command = made::hand_off(asked.message, agent, reason);
                (asked, command)
            }
            Turn::Answer(asked) => match self.answer((workspace, conversation), &asked).await? {
                Some(command) => (asked, command),
                None => return Ok(self.later(REST)),
            },
        };
        let caller = Caller {
            actor: Actor {
                kind: ActorKind::Reactor,
                id: asked.agent.id.0,
                key: None,
                on_behalf_of: None,
            },
            workspace,
            mode: asked.event.mode,
            request: None,
        };
        let engine = self.acting.engine();
        let done = match engine.execute(&caller, conversation.0, command).await {
            // Nobody is met with silence because of a plan.
            Err(EngineError::Refused(refusal)) if refusal.code == RefusalCode::PlanLimitReached => {
                let agent = (asked.agent.id, asked.agent.version);
                let command = made::hand_off(asked.message, agent, PLAN_LIMIT);
                engine.execute(&caller, conversation.0, command).await?
            }
            done => done?,
        };
        for event in &done.events {
            if let Event::Conversation(Happened::AgentReplied(replied)) = event {
                figures::replied(&replied.outcome);
            }
        }
        Ok(After::Nothing)
    }

    /// Whose turn it is, by what is recorded.
    fn turn(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Turn, EngineError> {
        let nothing = Ok(Turn::Rest(After::Nothing));
        let (engine, now) = (self.acting.engine(), self.acting.now());
        let state = engine.load::<Conversation>(workspace, conversation.0)?.state;
        let attention = state.attention.clone();
        let (Some(opened), Some(message), None) =
            (&state.opened, attention.asked, &attention.handoff)
        else {
            return nothing;
        };
        if state.shelved() {
            return nothing;
        }
        let Some(id) = engine.agent_of_channel(workspace, opened.channel)? else { return nothing };
        let agents = engine.load::<Agents>(workspace, id.0)?.state;
        let Some(agent) = reading::agent(engine, workspace, id, &agents)? else {
            return Ok(Turn::Rest(After::Stalled));
        };
        let Some(event) = engine.first_of_message(workspace, message)? else { return nothing };
        // What was asked before there was an agent waits for a person, as it did then.
        let since = engine.served_since(workspace, opened.channel)?;
        if event.origin != Origin::Live || since.is_none_or(|since| event.position < since) {
            return nothing;
        }
        let wait = i64::from(agent.settings.replies.coalesce_milliseconds) * 1_000;
        let first = attention.asked_first.filter(|first| *first != message);
        let first = first.map(|first| engine.first_of_message(workspace, first)).transpose()?;
        let due = due(event.at, first.flatten().map_or(event.at, |first| first.at), wait);
        if now < due {
            return Ok(Turn::Rest(After::At(due)));
        }
        let recorded_at = event.at.0.div_euclid(1_000_000);
        let written_at = state.outbox.heard_at.unwrap_or(recorded_at).min(recorded_at);
        let asked = Asked { message, event, agent, attention, written_at };
        Ok(match hindrance(&asked, now) {
            Some(Hindrance::Closed) => Turn::Rest(self.later(CLOSED)),
            Some(Hindrance::Person(reason)) => Turn::HandOff(asked, reason),
            None => Turn::Answer(asked),
        })
    }

    /// Marks what is answered as read, and shows that somebody writes, if the channel says so. The
    /// answer does not wait for it.
    fn show_that_somebody_reads(
        &self,
        (workspace, conversation): Lane,
        asked: &Asked,
    ) -> Result<(), EngineError> {
        let engine = self.acting.engine().clone();
        let state = engine.load::<Conversation>(workspace, conversation.0)?.state;
        let Some(opened) = &state.opened else { return Ok(()) };
        let marks = engine.load::<Channel>(workspace, opened.channel.0)?.state.marks;
        if marks == ReadMarks::Off {
            return Ok(());
        }
        let (guard, message) = (self.acting.outgoing().clone(), asked.message);
        let caller = Caller { mode: asked.event.mode, ..Caller::reactor(workspace) };
        let stopping = self.acting.stopping().clone();
        tokio::spawn(async move {
            let mark = ReadMark { message: Some(message), typing: marks == ReadMarks::Typing };
            // A lane turns only while this instance may act.
            let what = (mark, true);
            let marked = tokio::select! {
                marked = mark_read(&engine, &guard, &caller, conversation, what) => marked,
                () = stopping.cancelled() => return,
            };
            if let Err(error) = marked {
                tracing::warn!(%conversation, %error, "a message could not be marked as read");
            }
        });
        Ok(())
    }

    /// What the agent makes of it; nothing if it cannot be known at the moment.
    async fn answer(
        &self,
        (workspace, conversation): Lane,
        asked: &Asked,
    ) -> Result<Option<ReplyAsAgent>, EngineError> {
        self.show_that_somebody_reads((workspace, conversation), asked)?;
        let (engine, models) = (self.acting.engine().clone(), self.acting.models().clone());
        if models.at_least(asked.event.position, PATIENCE).await.is_err() {
            return Ok(None);
        }
        let reading = tokio::task::spawn_blocking(move || {
            reading::said(&engine, &models, workspace, conversation)
        });
        let said = match reading.await {
            Ok(Ok(said)) => said,
            Ok(Err(error)) => {
                tracing::warn!(%error, "what a customer asked could not be read");
                return Ok(None);
            }
            Err(_) => return Err(EngineError::Interrupted("reading what a customer asked")),
        };
        let Said { asked: text, turns } = said;
        let engine = self.acting.engine();
        let full = engine.room_for(workspace, Limit::Generations).await?.is_some();
        let means = means(engine, workspace, &asked.agent.settings, full).await?;
        let (agent, provider) = (asked.agent.clone(), means.choice.clone());
        let sandbox = asked.event.mode == Mode::Test;
        let ask = Ask { workspace, sandbox, agent, turns, asked: text, provider };
        match self.answering.answer(&ask).await {
            Ok(reply) => Ok(Some(made::command(asked.message, reply, &means))),
            Err(error) => {
                tracing::warn!(%error, "an agent could not look anything up");
                Ok(None)
            }
        }
    }
}

/// When what was asked is answered: a while after the newest message, and not much later than the
/// first, however long the customer goes on.
fn due(newest: Timestamp, first: Timestamp, wait: i64) -> Timestamp {
    let latest = first.0.saturating_add(wait.saturating_mul(WAITS_MAX));
    Timestamp(newest.0.saturating_add(wait).min(latest.max(newest.0)))
}

/// Why the agent must not answer by itself.
fn hindrance(asked: &Asked, now: Timestamp) -> Option<Hindrance> {
    let settings = &asked.agent.settings;
    let ReplyLimits { per_hour, in_a_row, .. } = settings.replies;
    let seconds = now.0.div_euclid(1_000_000);
    let within_an_hour = asked.attention.replies_in_an_hour(seconds);
    let reached = |limit: Option<u32>, count: usize| {
        limit.is_some_and(|limit| usize::try_from(limit).is_ok_and(|limit| count >= limit))
    };
    let in_a_row_so_far = usize::try_from(asked.attention.in_a_row).unwrap_or(usize::MAX);
    if !is_open(settings, now) {
        let person = settings.handoff.outside_hours;
        return Some(if person { Hindrance::Person("outside_hours") } else { Hindrance::Closed });
    }
    if seconds.saturating_sub(asked.written_at) > LATE_SECONDS {
        return Some(Hindrance::Person("late"));
    }
    if within_an_hour >= LOOP_REPLIES_AN_HOUR {
        return Some(Hindrance::Person(made::loop_guard()));
    }
    let limited = reached(per_hour, within_an_hour) || reached(in_a_row, in_a_row_so_far);
    limited.then_some(Hindrance::Person("reply_limit"))
}

/// Why an agent does not answer.
enum Hindrance {
    /// Its hours are over; it answers when they begin.
    Closed,
    /// A person is needed, for this reason.
    Person(&'static str),
}
