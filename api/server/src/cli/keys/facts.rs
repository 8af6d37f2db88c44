//! What the log knows about the vault: which keys it needs, who was erased, and which secrets are of
//! no use any more.
//!
//! Reads the log alone, because the vault may be what is missing.

use std::collections::HashMap;

use convolog_domain::channel::{self, Channel};
use convolog_domain::contact;
use convolog_domain::meta_app::{self, MetaApp};
use convolog_domain::{Aggregate as _, Event};
use convolog_engine::{Recorded, Stream};
use convolog_log::{EventLog, Filter, Position};
use convolog_vault::{LogFacts, day_number};
use uuid::Uuid;

use crate::cli::out;
use crate::cli::outcome::Failure;

/// Events read at a time.
const BATCH: usize = 4_096;

/// For how many days the key of a quarantine may live.
const QUARANTINE_DAYS: u32 = 30;

/// The aggregates whose history says which secrets are of no use any more.
#[derive(Default)]
struct Secrets {
    apps: HashMap<Stream, meta_app::State>,
    channels: HashMap<Stream, channel::State>,
}

/// Reads every event.
pub(super) fn of_log(
    log: &dyn EventLog,
    generation: u64,
    now_seconds: i64,
) -> Result<LogFacts, Failure> {
    let before_day = day_number(now_seconds).saturating_sub(QUARANTINE_DAYS);
    let mut facts = LogFacts { before_day, generation, ..LogFacts::default() };
    let mut secrets = Secrets::default();
    let head = log.head();
    let bar = out::bar("reading the log", head.0);
    let mut after = Position::START;
    while after < head {
        let (records, reached) = log.read(after, BATCH, &Filter::default())?;
        for record in &records {
            take(&mut facts, &mut secrets, &Recorded::read(record)?);
        }
        if reached <= after {
            break;
        }
        after = reached;
        bar.set_position(after.0);
    }
    bar.finish_and_clear();
    facts.removed_secrets = secrets.retired();
    Ok(facts)
}

fn take(facts: &mut LogFacts, secrets: &mut Secrets, recorded: &Recorded) {
    let workspace = recorded.workspace().0;
    facts.needed.extend(recorded.sealed.iter().map(|part| (workspace, part.subject)));
    let at = recorded.at.0.div_euclid(1_000_000);
    facts.erasures.extend(
        recorded.erased_subjects().into_iter().map(|subject| convolog_vault::ErasureOrder {
            workspace,
            subject: subject.0,
            at,
        }),
    );
    match &recorded.event {
        Event::Contact(contact::Event::PersonalDataErased(erased)) => {
            facts.stops.extend(erased.stops.iter().map(|stop| convolog_vault::KeptStop {
                workspace,
                subject: recorded.stream.id,
                scope: stop.scope.code(),
                since: stop.since,
            }));
        }
        Event::MetaApp(event) => {
            MetaApp::evolve(secrets.apps.entry(recorded.stream).or_default(), event);
        }
        Event::Channel(event) => {
            Channel::evolve(secrets.channels.entry(recorded.stream).or_default(), event);
        }
        _ => {}
    }
}

impl Secrets {
    /// Each retired secret, with its workspace.
    fn retired(&self) -> Vec<(Uuid, Uuid)> {
        let apps = self.apps.iter().map(|(at, state)| (at, MetaApp::retired_secrets(state)));
        let channels =
            self.channels.iter().map(|(at, state)| (at, Channel::retired_secrets(state)));
        apps.chain(channels)
            .flat_map(|(stream, ids)| ids.iter().map(|id| (stream.workspace.0, id.0)))
            .collect()
    }
}
