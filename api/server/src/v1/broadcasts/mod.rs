//! Broadcasts: one message to many people, with progress, pause and cancel.

mod acts;
mod create;
mod dry_run;
mod read;
mod recipients;

pub(crate) use acts::{CancelBroadcast, PauseBroadcast, ResumeBroadcast, StartBroadcast};
pub(crate) use create::CreateBroadcast;
pub(crate) use dry_run::TryBroadcast;
pub(crate) use read::{ListBroadcasts, ListRecipients, ShowBroadcast};
pub(crate) use recipients::AddRecipients;

use std::collections::BTreeMap;

use convolog_domain::broadcast::{Broadcast, State, Status};
use convolog_domain::{BroadcastId, Event, StreamKind, WorkspaceId};
use convolog_engine::Recorded;
use convolog_projections::recipients::{Counts, Outcome as Became};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::problem::{Outcome, Problem};
use crate::v1::settings::Setting;
use crate::v1::wire::{seconds, time};

/// One message to many people.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Broadcast")]
pub(crate) struct BroadcastView {
    /// Which one.
    id: Uuid,
    /// What its people call it.
    name: String,
    /// With which number.
    channel_id: Uuid,
    /// How far it has come.
    status: Status,
    /// Why it stands still, if it does.
    paused_because: Option<String>,
    /// The type of message.
    #[serde(rename = "type")]
    kind: String,
    /// The name of the template, if it is one.
    template: Option<String>,
    /// Whether it promotes something, so that nobody is sent it who opted out of that; null if the
    /// category of its template decides. What has none promotes something.
    marketing: Option<bool>,
    /// At most so many messages a minute.
    per_minute: Option<u32>,
    /// Names of what is filled in for each recipient.
    parameters: Vec<String>,
    /// Not before then; null before it is started.
    send_at: Option<String>,
    /// It was made with a test key: nobody is sent anything.
    sandbox: bool,
    /// How many are to hear it.
    recipients: u32,
    /// When it was made; missing in answers to commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    /// What became of its recipients; only where one broadcast is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<CountsView>,
}

/// What became of the recipients of a broadcast: each stands in one of the first twelve.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BroadcastCounts")]
pub(crate) struct CountsView {
    /// Their turn has not come.
    waiting: u64,
    /// Their message waits in their conversation, or is being handed over.
    queued: u64,
    /// It was handed over without an answer: a sign of it is waited for.
    unanswered: u64,
    /// The platform has it.
    accepted: u64,
    /// It was sent.
    sent: u64,
    /// It arrived.
    delivered: u64,
    /// It was read.
    read: u64,
    /// It failed.
    failed: u64,
    /// They do not want it.
    suppressed: u64,
    /// They were passed over for another reason.
    skipped: u64,
    /// It was taken back.
    cancelled: u64,
    /// Nobody knows whether the platform has it.
    undetermined: u64,
    /// Those that failed, by the platform's error code.
    failed_by_code: BTreeMap<String, u64>,
    /// Those that were suppressed or passed over, by the reason.
    skipped_by_reason: BTreeMap<String, u64>,
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        let of = |outcome: Became| counts.outcomes.get(&outcome).copied().unwrap_or_default();
        Self {
            waiting: of(Became::Waiting),
            queued: of(Became::Queued),
            unanswered: of(Became::Unanswered),
            accepted: of(Became::Accepted),
            sent: of(Became::Sent),
            delivered: of(Became::Delivered),
            read: of(Became::Read),
            failed: of(Became::Failed),
            suppressed: of(Became::Suppressed),
            skipped: of(Became::Skipped),
            cancelled: of(Became::Cancelled),
            undetermined: of(Became::Undetermined),
            failed_by_code: counts.failed.iter().map(|(code, n)| (code.to_string(), *n)).collect(),
            skipped_by_reason: counts.skipped,
        }
    }
}

impl BroadcastView {
    fn of(id: Uuid, state: &State) -> Option<Self> {
        let created = state.created.as_ref()?;
        Some(Self {
            id,
            name: created.name.clone(),
            channel_id: created.channel.0,
            status: state.status,
            paused_because: state.paused_because.clone(),
            kind: created.kind.clone(),
            template: created.template.clone(),
            marketing: created.marketing,
            per_minute: created.per_minute,
            parameters: created.parameters.clone(),
            send_at: state.from.map(seconds),
            sandbox: created.sandbox,
            recipients: state.recipients,
            created_at: None,
            counts: None,
        })
    }

    /// The broadcast after these events: the answer to a command.
    fn after(id: Uuid, before: &State, events: &[Event]) -> Option<Self> {
        use convolog_domain::Aggregate as _;
        let mut state = before.clone();
        for event in events {
            if let Event::Broadcast(event) = event {
                Broadcast::evolve(&mut state, event);
            }
        }
        Self::of(id, &state)
    }
}

impl Setting for BroadcastView {
    const KIND: StreamKind = StreamKind::Broadcast;
    const NAME: &'static str = "broadcast";

    fn load(app: &App, workspace: WorkspaceId, id: Uuid, begun: &Recorded) -> Outcome<Self> {
        let state = existing(app, workspace, BroadcastId(id))?;
        let view = Self::of(id, &state).ok_or_else(|| Problem::not_found("broadcast"))?;
        Ok(Self { created_at: Some(time(begun.at)), ..view })
    }
}

/// A broadcast that must exist.
fn existing(app: &App, workspace: WorkspaceId, id: BroadcastId) -> Outcome<State> {
    let state = app.engine().load::<Broadcast>(workspace, id.0)?.state;
    if state.created.is_none() {
        return Err(Problem::not_found("broadcast"));
    }
    Ok((*state).clone())
}
