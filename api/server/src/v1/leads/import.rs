//! Taking in a list of leads, row by row: a row that fails is reported and stops nothing.

use std::collections::HashSet;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::Lead;
use convolog_domain::{LeadId, Refusal, RefusalCode};
use convolog_engine::{Answer, EngineError, LeadsTried, NewLead};
use futures::StreamExt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::rows::{ListBody, Listing, listed};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{OtherBody, Outcome, Problem};

/// Rows of one list.
const ROWS_MAX: usize = 5_000;

/// Bytes of one list.
const BYTES_MAX: usize = 8 << 20;

/// Rows that are worked on at the same time, so that they share writes to the disk.
const AT_ONCE: usize = 64;

/// `POST /v1/leads/import`
pub(crate) struct ImportLeads;

/// How a list is taken in.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// Only say what would happen.
    dry_run: Option<bool>,
}

/// What became of a list.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ImportReport {
    /// Nothing was recorded.
    dry_run: bool,
    /// Rows that made a lead, or would.
    opened: usize,
    /// Rows whose lead was there already.
    existing: usize,
    /// Rows that failed.
    failed: usize,
    /// Rows in which nothing stands: they are passed over.
    blank: usize,
    /// Every row, in the order of the list.
    rows: Vec<RowReport>,
}

/// What became of a row.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RowReport {
    /// The line at which it begins; in JSON, its number. The first one is 1.
    line: usize,
    /// What became of it.
    outcome: RowOutcome,
    /// The lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// The code of what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The member or column at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What is wrong and what would help.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<OtherBody>,
}

/// What can become of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RowOutcome {
    /// It made a lead, or would.
    Opened,
    /// Its lead was there already.
    Exists,
    /// Something is wrong with it.
    Failed,
    /// Nothing stands in it.
    Blank,
}

impl Endpoint for ImportLeads {
    const DECLARATION: Declaration =
        Declaration::post("/v1/leads/import", "import_leads", "Take in a list of leads")
            .describing("JSON (`{\"leads\": […]}`) or, with `Content-Type: text/csv`, CSV whose first line names the columns: those of a lead (`name`, `phone`, `email`, `company`, `note`, `source`, `external_id`, `contact_id`, `owner_id`, `score`), `value` with `currency`, and any other word for a field of its own. A row that fails is reported with its line, field and reason, and stops nothing. A row whose `external_id` is known, or that was taken in before with the same `Idempotency-Key`, makes no second lead; nor does one whose phone or contact is a lead. A row of CSV in which nothing stands is passed over and reported as `blank`. A quotation that never ends fails with the line at which it begins; what follows is not read then. `dry_run` judges each row as if those before it had been taken in. At most 5,000 rows.")
            .group("Leads")
            .access(Access::Key(Scope::Write))
            .rate(RateClass::Heavy)
            .body_up_to(BYTES_MAX)
            .endless()
            .answers(StatusCode::OK, "What became of each row.");
    type Path = NoParameters;
    type Query = How;
    type Body = ListBody;
    type Ok = Json<ImportReport>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let dry_run = call.query.dry_run.unwrap_or(false);
        let listed = listed(&call)?;
        if listed.len() > ROWS_MAX {
            let detail =
                format!("A list has at most {ROWS_MAX} rows; this one has {}.", listed.len());
            return Err(Problem::field("leads", detail));
        }
        let rows =
            if dry_run { try_all(&call, listed).await } else { take_all(&call, listed).await? };
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        let report = ImportReport {
            dry_run,
            opened: count(RowOutcome::Opened),
            existing: count(RowOutcome::Exists),
            failed: count(RowOutcome::Failed),
            blank: count(RowOutcome::Blank),
            rows,
        };
        Ok(Reply::json(&report)?.at(call.app.engine().log().head()))
    }
}

/// What would become of each row, judged one after the other.
async fn try_all(call: &Call<ImportLeads>, listed: Vec<Listing>) -> Vec<RowReport> {
    let (mut tried, mut rows) = (LeadsTried::default(), Vec::with_capacity(listed.len()));
    for listing in listed {
        let line = listing.line;
        let judged = listing.lead.and_then(|lead| match lead {
            Some(new) => try_row(call, line, &new, &mut tried),
            None => Ok((RowOutcome::Blank, None)),
        });
        rows.push(report(line, judged));
        tokio::task::yield_now().await;
    }
    rows
}

/// Takes every row in: many at the same time, but of rows that may be one lead the first one first.
async fn take_all(call: &Call<ImportLeads>, listed: Vec<Listing>) -> Outcome<Vec<RowReport>> {
    let (first, again) = repeats_apart(call, listed)?;
    let work = first.into_iter().map(|listing| take(call, listing));
    let mut rows: Vec<_> = futures::stream::iter(work).buffered(AT_ONCE).collect().await;
    for listing in again {
        rows.push(take(call, listing).await);
    }
    rows.sort_by_key(|row| row.line);
    Ok(rows)
}

/// Rows that have nothing in common with a row before them, and the others: those are taken
/// afterwards, one by one, so that of two rows for one lead the first in the list makes it.
fn repeats_apart(
    call: &Call<ImportLeads>,
    listed: Vec<Listing>,
) -> Outcome<(Vec<Listing>, Vec<Listing>)> {
    let (engine, workspace) = (call.app.engine(), call.workspace());
    let (mut seen, mut first, mut again) = (HashSet::new(), Vec::new(), Vec::new());
    for listing in listed {
        let mut is_new = true;
        if let Ok(Some(new)) = &listing.lead {
            for name in engine.lead_names(workspace, new)? {
                is_new &= seen.insert(name);
            }
        }
        if is_new { first.push(listing) } else { again.push(listing) }
    }
    Ok((first, again))
}

async fn take(call: &Call<ImportLeads>, Listing { line, lead }: Listing) -> RowReport {
    let taken = match lead {
        Ok(Some(new)) => open(call, line, &new).await,
        Ok(None) => Ok((RowOutcome::Blank, None)),
        Err(problem) => Err(problem),
    };
    report(line, taken)
}

fn report(line: usize, judged: Outcome<(RowOutcome, Option<LeadId>)>) -> RowReport {
    let (outcome, id, problem) = match judged {
        Ok((outcome, id)) => (outcome, id, None),
        Err(problem) => (RowOutcome::Failed, None, Some(problem)),
    };
    RowReport {
        line,
        outcome,
        id: id.map(|id| id.0),
        code: problem.as_ref().map(|problem| problem.code().as_str().to_owned()),
        field: problem.as_ref().and_then(|problem| problem.at_fault().map(str::to_owned)),
        reason: problem.as_ref().map(|problem| problem.detail().to_owned()),
        other: problem.and_then(|problem| problem.other().cloned()),
    }
}

/// The lead of a row, if it is there already, and else the one that it is to make.
fn known(call: &Call<ImportLeads>, line: usize, new: &NewLead) -> Outcome<Result<LeadId, LeadId>> {
    let (engine, workspace) = (call.app.engine(), call.workspace());
    if let Some(external_id) = &new.external_id
        && let Some(known) = engine.lead_with_external_id(workspace, external_id)?
    {
        return Ok(Ok(known));
    }
    // The same list with the same key names the same leads.
    let list = call.facts.once.as_ref().map(|once| once.fingerprint);
    let id = LeadId(call.new_id(&format!("lead {line} of {list:?}")));
    let is_there = engine.load::<Lead>(workspace, id.0)?.state.opened.is_some();
    Ok(if is_there { Ok(id) } else { Err(id) })
}

/// What would become of a row after those that were tried before it.
fn try_row(
    call: &Call<ImportLeads>,
    line: usize,
    new: &NewLead,
    tried: &mut LeadsTried,
) -> Outcome<(RowOutcome, Option<LeadId>)> {
    let id = match known(call, line, new)? {
        Ok(known) => return Ok((RowOutcome::Exists, Some(known))),
        Err(id) => id,
    };
    match call.app.engine().try_lead(&call.caller(), id, new, tried) {
        Ok(()) => Ok((RowOutcome::Opened, None)),
        // Another row of the list has that id.
        Err(EngineError::Refused(refusal)) if is_there(&refusal) => Ok((RowOutcome::Exists, None)),
        Err(error) => Err(error.into()),
    }
}

/// Opens the lead of a row, unless it is there already.
async fn open(
    call: &Call<ImportLeads>,
    line: usize,
    new: &NewLead,
) -> Outcome<(RowOutcome, Option<LeadId>)> {
    let id = match known(call, line, new)? {
        Ok(known) => return Ok((RowOutcome::Exists, Some(known))),
        Err(id) => id,
    };
    let (engine, caller) = (call.app.engine(), call.caller());
    let nothing =
        |subject, _| Answer { status: 200, body: Value::Null, masked: Value::Null, subject };
    match engine.open_lead(&caller, id, new, None, nothing).await {
        Ok(_) => Ok((RowOutcome::Opened, Some(id))),
        // Somebody else was faster with the same id.
        Err(EngineError::Refused(refusal)) if is_there(&refusal) => {
            let there = known(call, line, new)?.map_err(|_| refusal)?;
            Ok((RowOutcome::Exists, Some(there)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a lead was refused because another has its external id.
fn is_there(refusal: &Refusal) -> bool {
    refusal.code == RefusalCode::AlreadyExists && refusal.field == Some("external_id")
}
