//! Taking in a list of leads, row by row: a row that fails is reported and stops nothing.

use std::collections::HashSet;

use axum::http::{StatusCode, header};
use bytes::Bytes;
use convolog_domain::LeadId;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::{Lead, Opening};
use convolog_engine::{Answer, EngineError};
use futures::StreamExt;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::create::Wanted;
use super::csv;
use super::wire::OWN_FIELDS;
use crate::endpoint::{
    Access, Call, Declaration, Definitions, Endpoint, Json, JsonBody, NoParameters, Payload,
    RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};

/// Rows of one list.
const ROWS_MAX: usize = 5_000;

/// Bytes of one list.
const BYTES_MAX: usize = 8 << 20;

/// Rows that are worked on at the same time, so that they share writes to the disk.
const AT_ONCE: usize = 64;

/// Columns that are no texts but parts of something, beside those that have a member of their own.
const PARTS: [&str; 4] = ["source", "external_id", "contact_id", "owner_id"];

/// What two leads cannot have in common.
const UNIQUE: [&str; 4] = ["phone", "email", "external_id", "contact_id"];

/// `POST /v1/leads/import`
pub(crate) struct ImportLeads;

/// How a list is taken in.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct How {
    /// Only say what would happen.
    dry_run: Option<bool>,
}

/// A list of leads: `{"leads": […]}`, each as it is given to open one, or CSV.
#[derive(Debug, JsonSchema)]
#[schemars(rename = "LeadImport", deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used: rows are read one by one")]
struct Listed {
    /// The leads.
    leads: Vec<Wanted>,
}

/// The body as it came.
pub(crate) struct ListBody(Bytes);

impl Payload for ListBody {
    fn describe(generator: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some(("application/json", generator.subschema_for::<Listed>()))
    }

    fn read(bytes: Bytes, _: Option<&Value>, _: &Definitions) -> Outcome<Self> {
        Ok(Self(bytes))
    }
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
}

/// A row before it is judged.
struct Listing {
    line: usize,
    row: Outcome<Value>,
}

impl Endpoint for ImportLeads {
    const DECLARATION: Declaration =
        Declaration::post("/v1/leads/import", "import_leads", "Take in a list of leads")
            .describing("JSON (`{\"leads\": […]}`) or, with `Content-Type: text/csv`, CSV whose first line names the columns: those of a lead (`name`, `phone`, `email`, `company`, `note`, `source`, `external_id`, `contact_id`, `owner_id`, `score`), `value` with `currency`, and any other word for a field of its own. A row that fails is reported with its line, field and reason, and stops nothing. A row whose `external_id` is known, or that was taken in before with the same `Idempotency-Key`, makes no second lead. At most 5,000 rows.")
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
        let (first, again) = repeats_apart(listed);
        let work = first.into_iter().map(|listing| take(&call, listing, dry_run));
        let mut rows: Vec<_> = futures::stream::iter(work).buffered(AT_ONCE).collect().await;
        for listing in again {
            rows.push(take(&call, listing, dry_run).await);
        }
        rows.sort_by_key(|row| row.line);
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        let report = ImportReport {
            dry_run,
            opened: count(RowOutcome::Opened),
            existing: count(RowOutcome::Exists),
            failed: count(RowOutcome::Failed),
            rows,
        };
        Ok(Reply::json(&report)?.at(call.app.engine().log().head()))
    }
}

/// Rows that name somebody or something that no row before them names, and the others: those are
/// taken afterwards, one by one, so that of two rows for one lead the first in the list makes it.
fn repeats_apart(listed: Vec<Listing>) -> (Vec<Listing>, Vec<Listing>) {
    let mut seen = HashSet::new();
    listed.into_iter().partition(|listing| {
        let Ok(row) = &listing.row else { return true };
        let names = UNIQUE.iter().filter_map(|name| Some((*name, row.get(*name)?.as_str()?)));
        let plain = |text: &str| -> String {
            let kept = text.chars().filter(|c| c.is_alphanumeric() || *c == '@' || *c == '.');
            kept.flat_map(char::to_lowercase).collect()
        };
        let mut first = true;
        for (name, text) in names {
            first &= seen.insert((name, plain(text)));
        }
        first
    })
}

/// The rows of the body.
fn listed(call: &Call<ImportLeads>) -> Outcome<Vec<Listing>> {
    let media = call.headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let is_csv =
        media.is_some_and(|media| media.trim().to_ascii_lowercase().starts_with("text/csv"));
    if is_csv { of_csv(&call.body.0) } else { of_json(&call.body.0) }
}

fn of_json(bytes: &[u8]) -> Outcome<Vec<Listing>> {
    let wrong = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        let detail = format!("Reading stopped at line {line}, column {column}.");
        Problem::new(Code::MalformedBody, detail)
    };
    let mut body: Value = serde_json::from_slice(bytes).map_err(wrong)?;
    let members = body.as_object_mut();
    let unknown =
        members.as_ref().and_then(|all| all.keys().find(|name| *name != "leads").cloned());
    if let Some(name) = unknown {
        let problem = Problem::new(Code::UnknownField, format!("{name} is not known here."));
        return Err(problem.at(name).allowing(["leads"]));
    }
    match members.and_then(|members| members.remove("leads")) {
        Some(Value::Array(rows)) => {
            Ok((1..).zip(rows).map(|(line, row)| Listing { line, row: Ok(row) }).collect())
        }
        _ => Err(Problem::field("leads", "leads must be an array of leads.")),
    }
}

fn of_csv(bytes: &[u8]) -> Outcome<Vec<Listing>> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::new(Code::MalformedBody, "The list is not UTF-8."))?;
    let mut rows = csv::rows(text)
        .map_err(|unclosed| {
            let detail = format!("The quotation that begins at line {} never ends.", unclosed.line);
            Problem::new(Code::MalformedBody, detail)
        })?
        .into_iter();
    let Some(head) = rows.next() else {
        return Err(Problem::new(
            Code::MalformedBody,
            "The list is empty: its first line names the columns.",
        ));
    };
    let columns: Vec<String> =
        head.values.iter().map(|name| name.trim().to_lowercase().replace(' ', "_")).collect();
    Ok(rows.map(|row| Listing { line: row.line, row: lead_of(&columns, row.values) }).collect())
}

/// A row of CSV as the lead that it stands for. What is empty is left out.
fn lead_of(columns: &[String], values: Vec<String>) -> Outcome<Value> {
    if values.len() > columns.len() {
        let detail = format!("The row has {} values for {} columns.", values.len(), columns.len());
        return Err(Problem::new(Code::InvalidField, detail));
    }
    let (mut lead, mut fields) = (Map::new(), Map::new());
    let (mut amount, mut currency) = (None, None);
    for (column, value) in columns.iter().zip(values) {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match column.as_str() {
            "score" | "value" => {
                let number: u64 = value.parse().map_err(|_| {
                    Problem::field(column, format!("{column} must be a whole number."))
                })?;
                if column == "score" {
                    lead.insert("score".to_owned(), number.into());
                } else {
                    amount = Some(number);
                }
            }
            "currency" => currency = Some(value.to_owned()),
            name if OWN_FIELDS.contains(&name) || PARTS.contains(&name) => {
                lead.insert(name.to_owned(), value.into());
            }
            name => drop(fields.insert(name.to_owned(), value.into())),
        }
    }
    match (amount, currency) {
        (Some(amount), Some(currency)) => {
            lead.insert("value".to_owned(), json!({ "amount": amount, "currency": currency }));
        }
        (Some(_), None) => return Err(Problem::field("currency", "currency is missing.")),
        (None, _) => {}
    }
    if !fields.is_empty() {
        lead.insert("fields".to_owned(), Value::Object(fields));
    }
    Ok(Value::Object(lead))
}

async fn take(call: &Call<ImportLeads>, listing: Listing, dry_run: bool) -> RowReport {
    let Listing { line, row } = listing;
    let taken = match row {
        Ok(row) => open(call, line, &row, dry_run).await,
        Err(problem) => Err(problem),
    };
    let (outcome, id, problem) = match taken {
        Ok((outcome, id)) => (outcome, id, None),
        Err(problem) => (RowOutcome::Failed, None, Some(problem)),
    };
    RowReport {
        line,
        outcome,
        id: id.map(|id| id.0),
        code: problem.as_ref().map(|problem| problem.code().as_str().to_owned()),
        field: problem.as_ref().and_then(|problem| problem.at_fault().map(str::to_owned)),
        reason: problem.map(|problem| problem.detail().to_owned()),
    }
}

/// Opens the lead of a row, unless it is there already or this is a dry run.
async fn open(
    call: &Call<ImportLeads>,
    line: usize,
    row: &Value,
    dry_run: bool,
) -> Outcome<(RowOutcome, Option<LeadId>)> {
    let schema = json!({ "$ref": "#/components/schemas/NewLead" });
    let definitions = call.app.api().definitions();
    let body = Bytes::from(row.to_string());
    let JsonBody(wanted) = JsonBody::<Wanted>::read(body, Some(&schema), definitions)?;
    let new = wanted.opened_by(Opening::Import)?;
    let (engine, caller, workspace) = (call.app.engine(), call.caller(), call.workspace());
    if let Some(external_id) = &new.external_id
        && let Some(known) = engine.lead_with_external_id(workspace, external_id)?
    {
        return Ok((RowOutcome::Exists, Some(known)));
    }
    // The same list with the same key names the same leads.
    let list = call.facts.once.as_ref().map(|once| once.fingerprint);
    let id = LeadId(call.new_id(&format!("lead {line} of {list:?}")));
    if engine.load::<Lead>(workspace, id.0)?.state.opened.is_some() {
        return Ok((RowOutcome::Exists, Some(id)));
    }
    if dry_run {
        engine.check_lead(&caller, id, &new)?;
        return Ok((RowOutcome::Opened, None));
    }
    let nothing =
        |subject, _| Answer { status: 200, body: Value::Null, masked: Value::Null, subject };
    match engine.open_lead(&caller, id, &new, None, nothing).await {
        Ok(_) => Ok((RowOutcome::Opened, Some(id))),
        // Another row of the list, or somebody else, was faster with the same id.
        Err(EngineError::Refused(refusal)) if refusal.field == Some("external_id") => {
            let known = new.external_id.as_ref();
            let known =
                known.map(|text| engine.lead_with_external_id(workspace, text)).transpose()?;
            known
                .flatten()
                .map_or_else(|| Err(refusal.into()), |known| Ok((RowOutcome::Exists, Some(known))))
        }
        Err(error) => Err(error.into()),
    }
}
