//! Leads.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::lead::{Event as Told, FieldChanges, Opening, Stage};
use convolog_domain::{ContactId, Event, LeadId, SubjectId, WorkspaceId};
use convolog_engine::{Answer, LeadChanges, NewLead};
use convolog_projections::conversations::ConversationQuery;
use convolog_projections::leads::{LeadFilter, LeadOrder, LeadQuery};
use convolog_projections::view::{LeadView, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::{ById, bare, shown, time};
use super::{LEADS_READ, LEADS_WRITE};
use crate::app::App;
use crate::endpoint::{Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Read, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::surfaces::ids;
use crate::v1::leads::Status;

/// `GET /api/v1/leads`
pub(super) struct AllLeads;
/// `POST /api/v1/leads`
pub(super) struct CreateLead;
/// `PATCH /api/v1/leads/{id}/status`
pub(super) struct ChangeStatus;

/// Which leads.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Only those with this status.
    status: Option<Status>,
    /// How they are sorted; the newest first if not given.
    sort: Option<Sort>,
}

/// How leads are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LeadSort")]
enum Sort {
    /// The newest first.
    Newest,
    /// The best first; those without a score last.
    Score,
}

/// A lead.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Lead")]
pub(super) struct LeadRow {
    /// Which one.
    id: Uuid,
    /// How far it has come: NEW, QUALIFIED, CONTACTED, WON, LOST.
    #[schemars(with = "Status")]
    status: String,
    /// What is known of them: `name`, `email`, `phone` and whatever else was given.
    fields: BTreeMap<String, String>,
    /// How promising they are, 0 to 100.
    score: Option<u8>,
    /// The conversation that they have with the business.
    conversation_id: Option<Uuid>,
    /// The id that another system gave them.
    crm_external_id: Option<String>,
    /// When it was opened.
    created_at: String,
}

impl LeadRow {
    fn of(view: &Reader, workspace: WorkspaceId, lead: LeadView) -> Outcome<Self> {
        let own = [
            ("name", lead.name),
            ("email", lead.email),
            ("phone", lead.phone),
            ("company", lead.company),
            ("note", lead.note),
        ];
        let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let conversation_id = match &lead.contact {
            Some(contact) => conversation(view, workspace, ContactId(contact.id))?,
            None => None,
        };
        Ok(Self {
            id: lead.id,
            status: lead.status,
            fields: own.chain(lead.fields).map(|(name, value)| (camel(&name), value)).collect(),
            score: lead.score,
            conversation_id,
            crm_external_id: lead.external_id,
            created_at: shown(lead.created_at),
        })
    }
}

/// A name as this dialect writes it.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut written = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        written.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        written.push_str(letters.as_str());
    }
    written
}

/// A name as the log keeps it.
fn snake(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !kept.is_empty() {
            kept.push('_');
        }
        kept.push(letter.to_ascii_lowercase());
    }
    kept
}

/// What is known of a lead, by the names that the log keeps.
fn known(given: &FieldChanges) -> Outcome<FieldChanges> {
    let mut known = FieldChanges::new();
    for (name, value) in given {
        if known.insert(snake(name), value.clone()).is_some() {
            let field = format!("fields.{name}");
            return Err(Problem::field(&field, "stands here twice, written in two ways."));
        }
    }
    Ok(known)
}

/// The conversation in which somebody wrote last.
fn conversation(
    view: &Reader,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Outcome<Option<Uuid>> {
    let contacts = view.rows().one_person(workspace, contact)?;
    let query = ConversationQuery { contacts, limit: 1, ..ConversationQuery::of(workspace) };
    let page = view.rows().conversations(&query)?;
    Ok(page.items.first().map(|stored| stored.row.id.0))
}

impl Read for AllLeads {
    const DECLARATION: Declaration = Declaration::list("/api/v1/leads", "leads", "List leads")
        .describing("Those that were merged into others are left out. `X-Total-Count` says how many there are, `Link` leads to the next page.")
        .group("Leads")
        .access(LEADS_READ)
        .answers(StatusCode::OK, "A page of leads.")
        .from_read_models();
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Reply<Json<Vec<LeadRow>>>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let order = match call.query.sort {
            Some(Sort::Score) => LeadOrder::Score,
            Some(Sort::Newest) | None => LeadOrder::Created,
        };
        let stage = call.query.status.map(Stage::from);
        let query = LeadQuery {
            order,
            filter: LeadFilter { stage, ..LeadFilter::default() },
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..LeadQuery::of(call.workspace())
        };
        let workspace = call.workspace();
        let total = view.rows().models().leads()?.leads_counted(&query)?;
        let page = view.leads(&query)?.try_map(|lead| LeadRow::of(view, workspace, lead))?;
        bare(call, &page.items, page.next.as_deref(), total)
    }
}

/// A lead to be opened.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewLead")]
pub(super) struct NewLeadBody {
    /// What is known of them: `name`, `email`, `phone` and any others in camelCase, each with a text.
    #[schemars(with = "BTreeMap<String, String>")]
    fields: FieldChanges,
    /// Where they came from, in a word such as `external-form`; `api` if not given.
    #[serde(default)]
    #[schemars(length(min = 1, max = 40))]
    source: Option<String>,
}

impl Endpoint for CreateLead {
    const DECLARATION: Declaration =
        Declaration::post("/api/v1/leads", "create_lead", "Open a lead")
            .describing("It begins as NEW. Nobody is two leads: whoever has the phone number and is one already is refused with `already_exists`.")
            .group("Leads")
            .access(LEADS_WRITE)
            .answers(StatusCode::CREATED, "The lead.")
            .fails_with(&[Code::AlreadyExists, Code::Erased]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewLeadBody>;
    type Ok = Json<LeadRow>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = &call.body;
        let id = LeadId(call.new_id("lead"));
        let new = NewLead {
            opened_by: Opening::Command,
            source: wanted.source.clone().unwrap_or_else(|| "api".to_owned()),
            contact: None,
            external_id: None,
            known: LeadChanges { fields: known(&wanted.fields)?, ..LeadChanges::default() },
        };
        let answer = |subject: SubjectId, _: Option<ContactId>| {
            Answer::open(201, serde_json::json!({}), subject)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let answered = call.app.engine().open_lead(&caller, id, &new, once, answer).await;
        let answered = answered.map_err(|error| {
            Problem::from(error).calling("phone", "fields.phone").calling("email", "fields.email")
        })?;
        let opened = ids::event_of(&call.app, answered.position, |event| {
            matches!(event, Event::Lead(Told::LeadOpened(_)))
        })?;
        let fields = wanted.fields.iter();
        let row = LeadRow {
            id: opened.stream.id,
            status: Stage::New.name().to_owned(),
            fields: fields
                .filter_map(|(name, value)| {
                    Some((camel(&snake(name)), value.as_ref()?.expose().to_owned()))
                })
                .collect(),
            score: None,
            conversation_id: None,
            crm_external_id: None,
            created_at: time(opened.at),
        };
        Reply::answering(answered, &row)
    }
}

/// Where a lead is to come.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewStatus")]
pub(super) struct NewStatus {
    /// The status.
    status: Status,
}

/// A lead that was changed.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ChangedLead")]
pub(super) struct ChangedLead {
    #[serde(flatten)]
    lead: LeadRow,
    /// When it came to its status.
    updated_at: String,
}

impl Endpoint for ChangeStatus {
    const DECLARATION: Declaration = Declaration::patch(
        "/api/v1/leads/{id}/status",
        "change_lead_status",
        "Move a lead to another stage",
    )
    .describing("From any stage to any other.")
    .group("Leads")
    .access(LEADS_WRITE)
    .answers(StatusCode::OK, "The lead.")
    .fails_with(&[Code::NotAllowedNow, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<NewStatus>;
    type Ok = Json<ChangedLead>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, JsonBody(NewStatus { status })) = (LeadId(call.path.id), &call.body);
        let engine = call.app.engine();
        let done = engine.set_stage(&call.caller(), id, (*status).into()).await?;
        let workspace = call.workspace();
        let changed = move |app: &App| {
            let view = app.viewer().now();
            let lead = view.lead_at(workspace, id, done.position)?;
            let lead = lead.ok_or_else(|| Problem::not_found("lead"))?;
            let updated_at = shown(lead.status_since);
            Ok(ChangedLead { lead: LeadRow::of(&view, workspace, lead)?, updated_at })
        };
        Ok(Reply::json(&call.blocking(changed).await?)?.at(done.position))
    }
}
