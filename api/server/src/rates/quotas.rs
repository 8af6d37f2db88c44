//! What a key used up within the present hour or day.
//!
//! Counted from the events of the key when it is first asked about, then beside its calls, so that a
//! restart gives nothing twice. A place is taken before the call is carried out, so that however many
//! are made at once no more get through, and given back if nothing came of it.

use std::collections::HashMap;

use convolog_domain::{Event, KeyId};
use convolog_engine::{KeyFound, Recorded};
use convolog_log::{Filter, Timestamp};
use parking_lot::Mutex;

use super::Quota;
use super::standing::Exhausted;
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Code, Outcome, Problem};
use crate::surfaces::Surface;

/// Events read at a time.
const BATCH: usize = 1_000;

/// The counts of keys.
#[derive(Default)]
pub(crate) struct Quotas {
    counts: Mutex<HashMap<(KeyId, Quota), Counted>>,
    /// Held while events are counted, so that they are counted once.
    counting: tokio::sync::Mutex<()>,
}

#[derive(Clone, Copy)]
struct Counted {
    /// Which hour or day since 1970.
    window: i64,
    used: u64,
}

/// A place that was taken. It stays taken unless it is given back: of a call whose caller went away,
/// nobody knows what came.
pub(crate) struct Place {
    key: (KeyId, Quota),
    window: i64,
}

impl Place {
    /// Nothing came of the call.
    pub(crate) fn give_back(self, app: &App) {
        let Self { key, window } = self;
        let mut counts = app.rates().quotas.counts.lock();
        if let Some(counted) = counts.get_mut(&key).filter(|counted| counted.window == window) {
            counted.used = counted.used.saturating_sub(1);
        }
    }
}

/// A place of a key's quota; none where it has no quota of this.
///
/// # Errors
/// A problem that says which quota is used up and when there may be more.
pub(crate) async fn take(app: &App, key: &KeyFound, quota: Quota) -> Outcome<Option<Place>> {
    let Some(surface) = Surface::named(&key.surface) else { return Ok(None) };
    let plan = app.engine().plan_of(key.workspace)?.unwrap_or_default();
    let Some(most) = (surface.rates.quota)(&plan, quota) else { return Ok(None) };
    let now = app.engine().clock().now();
    let length = i64::try_from(quota.window().as_micros()).unwrap_or(i64::MAX);
    let window = now.0.div_euclid(length);
    let (quotas, id) = (&app.rates().quotas, (key.key, quota));
    if quotas.used(id, window).is_none() {
        let _counting = quotas.counting.lock().await;
        if quotas.used(id, window).is_none() {
            let begins = Timestamp(window.saturating_mul(length));
            let (counting, key) = (app.clone(), key.clone());
            let counted = move || used_since(&counting, &key, quota, begins);
            let used = tokio::task::spawn_blocking(counted).await;
            let used = used.map_err(|error| Problem::internal("counting a quota", &error))??;
            quotas.begin(id, Counted { window, used });
        }
    }
    let mut counts = quotas.counts.lock();
    let counted = counts.entry(id).or_insert(Counted { window, used: 0 });
    if counted.used >= most {
        let ends = window.saturating_add(1).saturating_mul(length).div_euclid(1_000_000);
        let exhausted = Exhausted { quota, plan: &plan, used: counted.used, most, ends, now };
        return Err(exhausted.problem());
    }
    counted.used = counted.used.saturating_add(1);
    drop(counts);
    Ok(Some(Place { key: id, window }))
}

/// Refuses a key that has a quota of this what would use up any number of it later on.
///
/// # Errors
/// A problem that names the quota.
pub(crate) fn refuse_any_number(app: &App, session: &Session, quota: Quota) -> Outcome<()> {
    let plan = app.engine().plan_of(session.workspace)?.unwrap_or_default();
    let Some(most) = (session.home.rates.quota)(&plan, quota) else { return Ok(()) };
    let detail = format!(
        "On the plan {plan} a key of {} may make {most} {}, and this would make any number. Make them one by one, or use a key without that limit.",
        session.home.about.title,
        quota.words(),
    );
    Err(Problem::new(Code::PlanLimitReached, detail))
}

impl Quotas {
    /// What was used up in this hour or day, if it was counted. Where the one before was counted,
    /// nothing was used of this one yet.
    fn used(&self, id: (KeyId, Quota), window: i64) -> Option<u64> {
        let mut counts = self.counts.lock();
        let counted = counts.get_mut(&id)?;
        if counted.window < window {
            *counted = Counted { window, used: 0 };
        }
        Some(counted.used)
    }

    fn begin(&self, id: (KeyId, Quota), counted: Counted) {
        self.counts.lock().insert(id, counted);
    }
}

/// What events say that a key used up since then.
fn used_since(app: &App, key: &KeyFound, quota: Quota, begins: Timestamp) -> Outcome<u64> {
    let log = app.engine().log();
    let is_counted = |name: &str| quota.events().contains(&name);
    let rows = Event::catalogue().into_iter().filter(|row| is_counted(row.name));
    let filter = Filter {
        workspace: Some(key.workspace.0),
        stream: None,
        types: rows.map(|row| row.code).collect(),
    };
    let before = Timestamp(begins.0.saturating_sub(1));
    let (head, mut after, mut used) = (log.head(), log.position_at(before)?, 0_u64);
    while after < head {
        let (records, upto) = log.read(after, BATCH, &filter)?;
        for record in &records {
            let event = Recorded::read(record)?;
            used = used.saturating_add(u64::from(event.actor.key == Some(key.key)));
        }
        if upto <= after {
            break;
        }
        after = upto;
    }
    Ok(used)
}
