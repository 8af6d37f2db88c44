//! What the log knows about the vault: which keys it needs, and who was erased.
//!
//! Reads the log alone, because the vault may be what is missing.

use convolog_domain::{Event, contact};
use convolog_engine::Recorded;
use convolog_log::{EventLog, Filter, Position};
use convolog_vault::{LogFacts, day_number};

use crate::cli::out;
use crate::cli::outcome::Failure;

/// Events read at a time.
const BATCH: usize = 4_096;

/// For how many days the key of a quarantine may live.
const QUARANTINE_DAYS: u32 = 30;

/// Reads every event.
pub(super) fn of_log(
    log: &dyn EventLog,
    generation: u64,
    now_seconds: i64,
) -> Result<LogFacts, Failure> {
    let before_day = day_number(now_seconds).saturating_sub(QUARANTINE_DAYS);
    let mut facts = LogFacts { before_day, generation, ..LogFacts::default() };
    let head = log.head();
    let bar = out::bar("reading the log", head.0);
    let mut after = Position::START;
    while after < head {
        let (records, reached) = log.read(after, BATCH, &Filter::default())?;
        for record in &records {
            take(&mut facts, &Recorded::read(record)?);
        }
        if reached <= after {
            break;
        }
        after = reached;
        bar.set_position(after.0);
    }
    bar.finish_and_clear();
    Ok(facts)
}

fn take(facts: &mut LogFacts, recorded: &Recorded) {
    let workspace = recorded.workspace().0;
    facts.needed.extend(recorded.sealed.iter().map(|part| (workspace, part.subject)));
    if let Event::Contact(contact::Event::PersonalDataErased(_)) = &recorded.event {
        facts.erasures.push(convolog_vault::ErasureOrder {
            workspace,
            subject: recorded.stream.id,
            at: recorded.at.0.div_euclid(1_000_000),
        });
    }
}
