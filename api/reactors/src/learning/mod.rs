//! Learning: reads what customers write, where their workspace has rules for it, and records what
//! they say about themselves in their lead, with the message it stands in.
//!
//! Calls nobody. Messages are read as they come and again after a start; the lead's own history says
//! what was learned, so that nothing is learned twice and no later word is overwritten by an earlier
//! one. Imported history and what was said before there were rules is not read.

use std::collections::BTreeMap;

use convolog_answer::{Day, learn};
use convolog_domain::agent::Agent;
use convolog_domain::conversation::{Conversation, Direction, Event as Said, MessageFacts};
use convolog_domain::lead::{LeadRules, Learned};
use convolog_domain::workspace::Workspace;
use convolog_domain::{AgentId, ContactId, Content, ConversationId, Event, Sensitive, WorkspaceId};
use convolog_engine::{Caller, Disclose, Disclosure, Engine, EngineError, Recorded};
use convolog_log::{Filter, Origin, Position, Timestamp};
use futures::StreamExt;
use jiff::tz::TimeZone;

use crate::acting::Acting;
use crate::lanes::types;

/// How far back messages are read when this starts, in microseconds: what was written while nothing
/// ran.
const LOOK_BACK: i64 = 24 * 3_600 * 1_000_000;
/// Messages read at a time.
const BATCH: usize = 200;
/// Leads that are written to at the same time.
const AT_ONCE: usize = 8;
/// How often what could not be recorded is tried again.
const TRIES: usize = 3;
/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// Learns until told to stop.
pub(crate) async fn run(acting: Acting) {
    let mut pulse = acting.pulse();
    let begun = Timestamp(acting.now().0.saturating_sub(LOOK_BACK));
    let mut after = match acting.engine().log().position_at(begun) {
        Ok(after) => after,
        Err(error) => {
            tracing::error!(%error, "what was written before is not read");
            acting.engine().log().head()
        }
    };
    while pulse.next().await {
        while acting.may_act() && after < acting.engine().log().head() {
            let engine = acting.engine().clone();
            let reading = tokio::task::spawn_blocking(move || read(&engine, after));
            match reading.await {
                Ok(Ok((heard, upto))) => {
                    let all = futures::stream::iter(heard);
                    all.for_each_concurrent(AT_ONCE, |heard| record(acting.engine(), heard)).await;
                    after = upto;
                }
                Ok(Err(error)) => {
                    tracing::error!(%error, "what was written could not be read; it is tried again");
                    break;
                }
                Err(error) => {
                    tracing::error!(%error, "reading what was written ended early");
                    break;
                }
            }
        }
    }
}

/// What somebody said about themselves.
struct Heard {
    workspace: WorkspaceId,
    contact: ContactId,
    source: Learned,
    fields: BTreeMap<String, Sensitive>,
    rules: LeadRules,
}

/// Reads a stretch of the log; answers how far it got. Blocks.
fn read(engine: &Engine, after: Position) -> Result<(Vec<Heard>, Position), EngineError> {
    let filter = Filter { types: types(&["message_received"]), ..Filter::default() };
    let (records, upto) = engine.log().read(after, BATCH, &filter)?;
    let mut heard = Vec::new();
    for record in &records {
        match Recorded::read(record) {
            Ok(event) => heard.extend(message(engine, &event)?),
            Err(error) => tracing::error!(%error, "an event is passed over"),
        }
    }
    Ok((heard, upto.max(Position(after.0.saturating_add(1)))))
}

/// What one message says, if it is to be read at all.
fn message(engine: &Engine, event: &Recorded) -> Result<Option<Heard>, EngineError> {
    let Event::Conversation(Said::MessageReceived(received)) = &event.event else {
        return Ok(None);
    };
    let (facts, workspace) = (&received.facts, event.workspace());
    let speaks = facts.direction == Direction::Inbound
        && event.origin == Origin::Live
        && facts.history_status.is_none()
        && !facts.group;
    let known = engine.load::<Workspace>(workspace, workspace.0)?.state;
    if !speaks || known.lead_rules.is_empty() {
        return Ok(None);
    }
    let conversation = ConversationId(event.stream.id);
    let state = engine.load::<Conversation>(workspace, conversation.0)?.state;
    let Some(opened) = &state.opened else { return Ok(None) };
    let agent = engine.agent_of_channel(workspace, opened.channel)?;
    let seconds = event.at.0.div_euclid(1_000_000);
    let held = known.lead_rules_for(agent).filter(|held| held.since <= seconds);
    let (Some(held), Some(text)) = (held, text(engine, event)) else { return Ok(None) };
    let today = day(engine, workspace, agent, facts, seconds)?;
    let said = learn(text.expose(), today, held.rules.currency.as_deref());
    if said.fields.is_empty() {
        return Ok(None);
    }
    let source = Learned {
        conversation,
        message: facts.message,
        agent: agent.filter(|agent| known.lead_rules.contains_key(&Some(*agent))),
        heard: (event.at.0, event.version),
        values: BTreeMap::new(),
        budget: said.budget,
    };
    let fields = said.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let rules = held.rules.clone();
    Ok(Some(Heard { workspace, contact: opened.contact, source, fields, rules }))
}

/// What a person reads of a message.
fn text(engine: &Engine, event: &Recorded) -> Option<Sensitive> {
    engine.open(event).into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Message(message)) => message.text,
        _ => None,
    })
}

/// The day on which a message was written, in the place where its agent is.
fn day(
    engine: &Engine,
    workspace: WorkspaceId,
    agent: Option<AgentId>,
    facts: &MessageFacts,
    recorded: i64,
) -> Result<Day, EngineError> {
    let written = facts.sent_at.unwrap_or(recorded).min(recorded);
    let zone = match agent {
        Some(agent) => {
            let state = engine.load::<Agent>(workspace, agent.0)?.state;
            let version = state.published.and_then(|number| state.version(number));
            version.and_then(|version| version.settings.time_zone.clone())
        }
        None => None,
    };
    let zone = zone.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
    let offset = jiff::Timestamp::from_second(written)
        .map_or(0, |at| i64::from(zone.to_offset(at).seconds()));
    Ok(Day::numbered(written.saturating_add(offset).div_euclid(DAY_SECONDS)))
}

async fn record(engine: &Engine, heard: Heard) {
    let Heard { workspace, contact, source, fields, rules } = heard;
    let (caller, conversation) = (Caller::reactor(workspace), source.conversation);
    for _ in 0..TRIES {
        let (source, fields, rules) = (source.clone(), fields.clone(), rules.clone());
        match engine.learn_from_message(&caller, contact, source, fields, rules).await {
            // Somebody who is nobody's lead any more.
            Ok(_) | Err(EngineError::Refused(_)) => return,
            Err(error) => {
                tracing::error!(%conversation, %error, "what was said is not learned yet");
            }
        }
    }
}
