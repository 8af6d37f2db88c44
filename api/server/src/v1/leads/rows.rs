//! The rows of a list of leads, from JSON or CSV, each read by itself: what is wrong with one is told
//! of that one.

use axum::http::header;
use bytes::Bytes;
use convolog_domain::lead::Opening;
use convolog_engine::NewLead;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::create::Wanted;
use super::csv;
use super::import::ImportLeads;
use super::wire::OWN_FIELDS;
use crate::endpoint::{Call, Definitions, JsonBody, Payload};
use crate::problem::{Code, Outcome, Problem};

/// Columns that are no texts but parts of something, beside those that have a member of their own.
const PARTS: [&str; 4] = ["source", "external_id", "contact_id", "owner_id"];

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

    fn describe_others(_: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
        let what = "Comma-separated values (RFC 4180); the first line names the columns.";
        vec![("text/csv", schemars::json_schema!({ "type": "string", "description": what }))]
    }

    fn read(bytes: Bytes, _: Option<&Value>, _: &Definitions) -> Outcome<Self> {
        Ok(Self(bytes))
    }
}

/// A row: the line at which it begins, and the lead that it stands for; none if nothing stands in it.
pub(super) struct Listing {
    pub(super) line: usize,
    pub(super) lead: Outcome<Option<NewLead>>,
}

/// The rows of the body.
pub(super) fn listed(call: &Call<ImportLeads>) -> Outcome<Vec<Listing>> {
    let media = call.headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let is_csv =
        media.is_some_and(|media| media.trim().to_ascii_lowercase().starts_with("text/csv"));
    let rows = if is_csv { of_csv(&call.body.0)? } else { of_json(&call.body.0)? };
    let definitions = call.app.api().definitions();
    let read = |(line, row): (usize, Outcome<Option<Value>>)| {
        let lead = row.and_then(|row| row.map(|row| lead(&row, definitions)).transpose());
        Listing { line, lead }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The lead that a row stands for, checked as the body that opens one.
fn lead(row: &Value, definitions: &Definitions) -> Outcome<NewLead> {
    let schema = json!({ "$ref": "#/components/schemas/NewLead" });
    let body = Bytes::from(row.to_string());
    let JsonBody(wanted) = JsonBody::<Wanted>::read(body, Some(&schema), definitions)?;
    wanted.opened_by(Opening::Import)
}

/// Rows with the lines at which they begin.
type Rows = Vec<(usize, Outcome<Option<Value>>)>;

fn of_json(bytes: &[u8]) -> Outcome<Rows> {
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
            Ok((1..).zip(rows).map(|(line, row)| (line, Ok(Some(row)))).collect())
        }
        _ => Err(Problem::field("leads", "leads must be an array of leads.")),
    }
}

fn of_csv(bytes: &[u8]) -> Outcome<Rows> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::new(Code::MalformedBody, "The list is not UTF-8."))?;
    let csv::Table { rows, unclosed } = csv::rows(text);
    let mut rows = rows.into_iter();
    let unclosed = unclosed.map(|line| {
        let detail = format!(
            "The quotation that begins at line {line} never ends: nothing from there on was read."
        );
        (line, Problem::new(Code::MalformedBody, detail))
    });
    let Some(head) = rows.next() else {
        let empty = "The list is empty: its first line names the columns.";
        let problem = unclosed.map(|(_, problem)| problem);
        return Err(problem.unwrap_or_else(|| Problem::new(Code::MalformedBody, empty)));
    };
    let columns: Vec<String> =
        head.values.iter().map(|name| name.trim().to_lowercase().replace(' ', "_")).collect();
    let rows = rows.map(|row| (row.line, lead_of(&columns, row.values)));
    Ok(rows.chain(unclosed.map(|(line, problem)| (line, Err(problem)))).collect())
}

/// A row of CSV as the lead that it stands for, if anything stands in it. What is empty is left out.
fn lead_of(columns: &[String], values: Vec<String>) -> Outcome<Option<Value>> {
    if values.iter().all(|value| value.trim().is_empty()) {
        return Ok(None);
    }
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
    Ok(Some(Value::Object(lead)))
}
