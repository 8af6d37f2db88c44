//! Broadcasting: gives the recipients of broadcasts their turn, one after the other.
//!
//! What it does is in the log at once: a turn is a message that is asked for, or somebody passed over,
//! and takes a claim, so that whoever starts again after a crash goes on with the next one. It keeps a
//! few messages of each broadcast ahead in their conversations and no more, so that a pause stops it
//! soon and a number that stands still stops it by itself; the sender's lanes and pace do the rest.

use std::collections::BTreeMap;
use std::time::Duration;

use convolog_domain::broadcast::{
    Broadcast, Bulk, Event as Ordered, FinishBroadcast, State, Status,
};
use convolog_domain::channel::Channel;
use convolog_domain::installation::Installation;
use convolog_domain::limits::{BROADCAST_AHEAD_MAX, CONTENT_UNREADABLE, NOT_POSSIBLE};
use convolog_domain::{BroadcastId, Event, StreamKind, WorkspaceId};
use convolog_engine::{Answer, BroadcastMessage, Caller, EngineError, Turn, is_unavailable};
use convolog_log::Position;
use convolog_projections::QueryError;
use convolog_projections::recipients::{Outcome, RecipientRow};
use uuid::Uuid;

use crate::acting::Acting;
use crate::lanes::{follow, types};

/// What lets a broadcast be looked at.
const HEARD: [&str; 3] = ["broadcast_started", "broadcast_resumed", "broadcast_cancelled"];
/// How long the read models may take to show what was done.
const PATIENCE: Duration = Duration::from_secs(10);
/// Broadcasts listed at a time when it starts.
const PAGE: usize = 200;
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;
/// How often a turn is tried that cannot be given, before the recipient is passed over.
const TRIES: u32 = 5;
/// How long it rests in between, in microseconds.
const REST: i64 = 1_000_000;

type Which = (WorkspaceId, BroadcastId);

/// A broadcast that something is to be done for.
#[derive(Clone, Debug, Default)]
struct Standing {
    /// When the next message may be asked for, in microseconds since 1970, if it has a pace.
    next_at: i64,
    /// What was done last: the read models must have come so far.
    seen: Position,
    /// Recipients whose turn could not be given, by their numbers: how often it was tried, and when it is
    /// tried again (microseconds since 1970).
    failed: BTreeMap<u32, (u32, i64)>,
}

/// Something could not be read or recorded: it is tried again.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// Broadcasts until told to stop.
pub(crate) async fn run(acting: Acting) {
    let (mut pulse, heard) = (acting.pulse(), types(&HEARD));
    let mut after = acting.engine().log().head();
    let Some(mut standing) = begin(&acting, after).await else { return };
    while pulse.next().await {
        after = follow(acting.engine(), after, &heard, |event| {
            if let Event::Broadcast(
                Ordered::BroadcastStarted(_)
                | Ordered::BroadcastResumed(_)
                | Ordered::BroadcastCancelled(_),
            ) = &event.event
            {
                let which = (event.workspace(), BroadcastId(event.stream.id));
                standing.entry(which).or_default().seen = event.position;
            }
        });
        let all: Vec<Which> = standing.keys().copied().collect();
        for which in all {
            let Some(one) = standing.get_mut(&which).filter(|_| acting.may_act()) else { continue };
            match step(&acting, which, one).await {
                Ok(true) => {}
                Ok(false) => drop(standing.remove(&which)),
                Err(error) => {
                    tracing::warn!(broadcast = %which.1, %error, "a broadcast is tried again");
                }
            }
        }
    }
}

/// Finds what was under way before; nothing if the server stops meanwhile.
async fn begin(acting: &Acting, head: Position) -> Option<BTreeMap<Which, Standing>> {
    loop {
        let shown = tokio::select! {
            shown = acting.models().at_least(head, PATIENCE) => shown,
            () = acting.stopping().cancelled() => return None,
        };
        match shown.map_err(Failed::from).and_then(|()| under_way(acting)) {
            Ok(found) => return Some(found),
            Err(error) => tracing::warn!(%error, "which broadcasts run is not known yet"),
        }
    }
}

fn under_way(acting: &Acting) -> Result<BTreeMap<Which, Standing>, Failed> {
    let (engine, table) = (acting.engine(), acting.models().settings()?);
    let installation = engine.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
    let mut found = BTreeMap::new();
    for workspace in &installation.workspaces {
        let mut page = None;
        loop {
            let ids = table.settings(*workspace, StreamKind::Broadcast, page.as_deref(), PAGE)?;
            for id in ids.items {
                let status = engine.load::<Broadcast>(*workspace, id)?.state.status;
                if matches!(status, Status::Running | Status::Cancelled) {
                    found.insert((*workspace, BroadcastId(id)), Standing::default());
                }
            }
            page = ids.next;
            if page.is_none() {
                break;
            }
        }
    }
    Ok(found)
}

/// Does what can be done for a broadcast now; false if nothing is left to do.
async fn step(acting: &Acting, which: Which, standing: &mut Standing) -> Result<bool, Failed> {
    let (engine, (workspace, id)) = (acting.engine(), which);
    let state = engine.load::<Broadcast>(workspace, id.0)?.state;
    match state.status {
        Status::Running => {}
        Status::Cancelled => return take_back(acting, which, standing).await,
        Status::Draft | Status::Paused | Status::Finished => return Ok(false),
    }
    let Some(created) = &state.created else { return Ok(false) };
    let now = acting.now().0;
    if state.from.is_some_and(|from| now < from.saturating_mul(1_000_000)) {
        return Ok(true);
    }
    let channel = engine.load::<Channel>(workspace, created.channel.0)?.state;
    if channel.live().is_none() || channel.stopped {
        return Ok(true);
    }
    acting.models().at_least(standing.seen, PATIENCE).await?;
    let table = acting.models().recipients()?;
    let open = table.first_of(which, Outcome::Queued, BROADCAST_AHEAD_MAX)?.len();
    let room = BROADCAST_AHEAD_MAX.saturating_sub(open);
    if room == 0 {
        return Ok(true);
    }
    let waiting = table.first_of(which, Outcome::Waiting, room)?;
    if waiting.is_empty() {
        if open == 0 {
            engine.execute(&Caller::reactor(workspace), id.0, FinishBroadcast).await?;
        }
        return Ok(open > 0);
    }
    let Some(message) = engine.broadcast_message(workspace, id)? else {
        // Nobody will ever be able to read it: whoever runs it sees that, and can only give it up.
        engine.stop_broadcast(&Caller::reactor(workspace), id, CONTENT_UNREADABLE).await?;
        return Ok(false);
    };
    for row in waiting {
        let now = acting.now().0;
        if !acting.may_act() || now < standing.next_at {
            return Ok(true);
        }
        if standing.rests(row.number, now) {
            continue;
        }
        match turn(acting, which, &row, &message).await {
            Ok(Turn::Given(position)) => {
                standing.seen = standing.seen.max(position);
                standing.next_at = now.saturating_add(apart(&state));
            }
            Ok(Turn::PassedOver(position)) => standing.seen = standing.seen.max(position),
            Ok(Turn::Had) => standing.seen = engine.log().head(),
            Ok(Turn::Over) => return Ok(true),
            Ok(Turn::Stopped) => return Ok(false),
            Err(error) if is_unavailable(&error) => return Err(error.into()),
            Err(error) => {
                let number = row.number;
                tracing::warn!(broadcast = %id, number, %error, "a turn could not be given");
                if standing.failed(number, now) {
                    let bulk = Bulk { broadcast: id, recipient: number };
                    engine.pass_over(&Caller::reactor(workspace), bulk, NOT_POSSIBLE).await?;
                    standing.seen = engine.log().head();
                }
            }
        }
    }
    Ok(true)
}

/// Gives one recipient their turn.
async fn turn(
    acting: &Acting,
    (workspace, id): Which,
    row: &RecipientRow,
    message: &BroadcastMessage,
) -> Result<Turn, EngineError> {
    let engine = acting.engine();
    let BroadcastMessage { content, mode } = message;
    let caller = Caller { mode: *mode, ..Caller::reactor(workspace) };
    let bulk = Bulk { broadcast: id, recipient: row.number };
    let Some((contact, added)) = row.added else {
        return engine.pass_over(&caller, bulk, NOT_POSSIBLE).await;
    };
    let values = engine.recipient_values(added)?;
    engine.give_turn(&caller, bulk, (contact, &values), content).await
}

/// Microseconds between two messages at the broadcast's own pace.
fn apart(state: &State) -> i64 {
    let pace = state.created.as_ref().and_then(|created| created.per_minute);
    pace.and_then(|pace| MINUTE.checked_div(i64::from(pace))).unwrap_or(0)
}

impl Standing {
    /// Whether a turn that could not be given rests at `now` (microseconds since 1970).
    fn rests(&self, number: u32, now: i64) -> bool {
        self.failed.get(&number).is_some_and(|(_, again)| now < *again)
    }

    /// A turn could not be given; whether it was tried often enough.
    fn failed(&mut self, number: u32, now: i64) -> bool {
        let (tries, again) = self.failed.entry(number).or_default();
        (*tries, *again) = (tries.saturating_add(1), now.saturating_add(REST));
        *tries >= TRIES
    }
}

/// Takes back what waits of a broadcast that was given up.
async fn take_back(acting: &Acting, which: Which, standing: &Standing) -> Result<bool, Failed> {
    let (engine, (workspace, _)) = (acting.engine(), which);
    acting.models().at_least(standing.seen.max(engine.log().head()), PATIENCE).await?;
    let caller = Caller::reactor(workspace);
    for row in acting.models().recipients()?.first_of(which, Outcome::Queued, PAGE)? {
        let Some((conversation, message)) = row.message else { continue };
        let answer = |_: &[Event]| Answer::none();
        match engine.cancel_message(&caller, conversation, message, None, answer).await {
            // The platform has it, or may have it: that stays.
            Ok(_) | Err(EngineError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use convolog_domain::broadcast::{BroadcastCreated, BroadcastStarted, RecipientAdded};
    use convolog_domain::contact::ContactCreated;
    use convolog_domain::{
        ContactId, Content, Decision, MessageContent, ParametersContent, Personal, SubjectId,
    };
    use convolog_engine::Recorded;
    use convolog_log::Filter;

    use super::*;
    use crate::testing::{CHANNEL, Fixture, WORKSPACE};

    const SPRING: BroadcastId = BroadcastId(Uuid::from_u128(11));
    const WHICH: Which = (WORKSPACE, SPRING);

    /// A text is said to so many people, none of whom ever wrote, at one message a minute; where each of
    /// them was added.
    async fn said_to(fixture: &Fixture, people: u32, says: bool) -> Vec<u64> {
        let created = BroadcastCreated {
            name: "Spring".into(),
            channel: CHANNEL,
            kind: "text".into(),
            template: None,
            marketing: None,
            per_minute: Some(1),
            parameters: vec![],
            sandbox: false,
        };
        let content = MessageContent { text: Some("Hello".into()), ..MessageContent::default() };
        let content = Content::Message(Box::new(content));
        let personal = Personal { subject: SubjectId(WORKSPACE.0), content };
        let created =
            says.then_some(personal).into_iter().fold(Decision::new(created), Decision::sealing);
        fixture.tell(StreamKind::Broadcast, SPRING.0, created).await;
        let mut added = Vec::new();
        for number in 1..=people {
            let contact = ContactId(Uuid::from_u128(100 + u128::from(number)));
            fixture.tell(StreamKind::Contact, contact.0, Decision::new(ContactCreated {})).await;
            let content = Content::Parameters(ParametersContent::default());
            let personal = Personal { subject: SubjectId(contact.0), content };
            let recipient = Decision::new(RecipientAdded { number, contact }).sealing(personal);
            added.push(fixture.tell(StreamKind::Broadcast, SPRING.0, recipient).await.0);
        }
        let started = Decision::new(BroadcastStarted { from: 0 });
        fixture.tell(StreamKind::Broadcast, SPRING.0, started).await;
        added
    }

    /// Who was passed over so far, and why.
    fn passed_over(fixture: &Fixture) -> Vec<(u32, String)> {
        let log = fixture.engine().log();
        let filter = Filter { types: types(&["recipient_skipped"]), ..Filter::default() };
        let (records, _) = log.read(Position::START, 1_000, &filter).unwrap();
        let skipped = records.iter().map(|record| match Recorded::read(record).unwrap().event {
            Event::Broadcast(Ordered::RecipientSkipped(skipped)) => {
                (skipped.number, skipped.reason)
            }
            other => unreachable!("{other:?}"),
        });
        skipped.collect()
    }

    fn state(fixture: &Fixture) -> State {
        let loaded = fixture.engine().load::<Broadcast>(WORKSPACE, SPRING.0).unwrap();
        State::clone(&loaded.state)
    }

    fn news(fixture: &Fixture) -> Standing {
        Standing { seen: fixture.engine().log().head(), ..Standing::default() }
    }

    #[tokio::test]
    async fn whoever_is_passed_over_costs_no_time() {
        let fixture = Fixture::connected().await;
        said_to(&fixture, 3, true).await;
        let mut standing = news(&fixture);
        assert!(step(&fixture.acting(), WHICH, &mut standing).await.unwrap());
        let reasons = passed_over(&fixture).into_iter().map(|(_, reason)| reason);
        assert_eq!(reasons.collect::<Vec<_>>(), ["outside_window"; 3]);
    }

    #[tokio::test]
    async fn a_recipient_who_cannot_be_read_holds_up_nobody_and_is_passed_over_in_the_end() {
        let fixture = Fixture::connected().await;
        let added = said_to(&fixture, 2, true).await;
        fixture.faults().event.store(added[0], Ordering::SeqCst);
        let mut standing = news(&fixture);
        for _ in 0..TRIES {
            assert!(step(&fixture.acting(), WHICH, &mut standing).await.unwrap());
            assert_eq!(passed_over(&fixture)[0], (2, "outside_window".to_owned()));
            fixture.clock.advance_micros(REST);
        }
        assert_eq!(passed_over(&fixture)[1..], [(1, NOT_POSSIBLE.to_owned())]);
        assert!(!step(&fixture.acting(), WHICH, &mut standing).await.unwrap());
        assert_eq!(state(&fixture).status, Status::Finished);
    }

    #[tokio::test]
    async fn a_broadcast_that_nobody_can_read_any_more_stands_still_and_says_so() {
        let fixture = Fixture::connected().await;
        said_to(&fixture, 1, false).await;
        let mut standing = news(&fixture);
        assert!(!step(&fixture.acting(), WHICH, &mut standing).await.unwrap());
        let state = state(&fixture);
        assert_eq!(state.status, Status::Paused);
        assert_eq!(state.paused_because.as_deref(), Some(CONTENT_UNREADABLE));
    }

    #[test]
    fn a_pace_spreads_messages_over_the_minute() {
        let created = BroadcastCreated {
            name: "Spring".into(),
            channel: CHANNEL,
            kind: "text".into(),
            template: None,
            marketing: None,
            per_minute: Some(6),
            parameters: vec![],
            sandbox: false,
        };
        let state = State { created: Some(created), ..State::default() };
        assert_eq!((apart(&state), apart(&State::default())), (10_000_000, 0));
    }
}
