//! Listing leads: what is in the clear filters and sorts; phone, e-mail and external id are looked
//! up where only the vault or a claim can tell.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::Stage;
use convolog_domain::{ContactId, LeadId, PersonId, Sensitive, Token};
use convolog_log::Timestamp;
use convolog_projections::leads::{Direction, LeadFilter, LeadOrder, LeadQuery};
use convolog_projections::view::{LeadView, Reader};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::wire::Status;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};

/// `GET /v1/leads`
pub(crate) struct ListLeads;

/// Which leads.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those with this status.
    status: Option<Status>,
    /// Only those that this person looks after.
    owner_id: Option<Uuid>,
    /// Only those that somebody looks after, or (`false`) nobody.
    has_owner: Option<bool>,
    /// Only those from there.
    source: Option<String>,
    /// Only those with at least this score.
    #[schemars(range(min = 0, max = 100))]
    score_min: Option<u8>,
    /// Only those with at most this score, or none.
    #[schemars(range(min = 0, max = 100))]
    score_max: Option<u8>,
    /// Only those that are worth something in this currency.
    #[schemars(length(min = 3, max = 3))]
    currency: Option<String>,
    /// Only those that are worth at least so much, in the smallest unit of `currency`.
    #[schemars(range(min = 0, max = 1_000_000_000_000_u64))]
    value_min: Option<u64>,
    /// Only those that are worth at most so much, in the smallest unit of `currency`.
    #[schemars(range(min = 0, max = 1_000_000_000_000_u64))]
    value_max: Option<u64>,
    /// Only those that came to their status at this time or later.
    status_since_min: Option<String>,
    /// Only those that came to their status at this time or earlier: a week ago, and it is those
    /// that have stood still for a week.
    status_since_max: Option<String>,
    /// Only those opened after this time.
    created_after: Option<String>,
    /// Only those opened before this time.
    created_before: Option<String>,
    /// Only those that are this contact, or one merged into them.
    contact_id: Option<Uuid>,
    /// Only those with this phone number.
    #[schemars(with = "Option<String>")]
    phone: Option<Sensitive>,
    /// Only those with this e-mail address.
    #[schemars(with = "Option<String>")]
    email: Option<Sensitive>,
    /// Only the one to which another system gave this id.
    #[schemars(with = "Option<String>")]
    external_id: Option<Sensitive>,
    /// How they are sorted; by creation if not given.
    sort: Option<Sort>,
    /// Which end comes first: `usual` (the newest, the best, the largest, the longest, the top) or
    /// `reversed`.
    order: Option<Order>,
}

/// How leads are sorted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LeadSort")]
enum Sort {
    /// By creation.
    Created,
    /// By score.
    Score,
    /// By amount, whatever the currency.
    Value,
    /// By how long they have had their status.
    TimeInStage,
    /// As they stand on the board, status by status.
    Board,
}

/// Which end of a list comes first.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LeadOrder")]
enum Order {
    /// The newest, the best, the largest, the longest, the top.
    Usual,
    /// The other end.
    Reversed,
}

impl From<Sort> for LeadOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Created => Self::Created,
            Sort::Score => Self::Score,
            Sort::Value => Self::Value,
            Sort::TimeInStage => Self::TimeInStage,
            Sort::Board => Self::Board,
        }
    }
}

impl Read for ListLeads {
    const DECLARATION: Declaration = Declaration::list("/v1/leads", "list_leads", "List leads")
        .describing("Those that were merged into others are left out. Those that were erased stay in the list, as they count in the pipeline, but not on the board (`sort=board`), where nobody could move them. A page may be shorter than its limit, even empty, because what does not pass the filters is left out: go on while there is a `next_page`. `status` with any `sort`, and the bounds of what is sorted by (`score_…` with `score`, `value_…` with `value`, `status_since_…` with `time_in_stage`), are read as a range and pass over nothing. Asked by `phone`, `email` or `external_id`, the few that match are shown, the newest first. Names are found by searching, not here. With `as_of` the list is exact by creation: `sort` must be `created`.")
        .group("Leads")
        .access(Access::Key(Scope::Read))
        .answers(StatusCode::OK, "A page of leads.")
        .from_read_models()
        .as_of_with(&["sort", "order", "status", "owner_id", "has_owner", "source", "created_after", "created_before", "contact_id"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<LeadView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let filter = filter(call, view)?;
        if let Some(ids) = looked_up(call, view)? {
            return Ok(List::whole(view.leads_among(call.workspace(), &ids, &filter)?));
        }
        let reversed = matches!(call.query.order, Some(Order::Reversed));
        let query = LeadQuery {
            order: call.query.sort.map_or(LeadOrder::Created, Into::into),
            direction: if reversed { Direction::Reversed } else { Direction::Usual },
            filter,
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..LeadQuery::of(call.workspace())
        };
        Ok(view.leads(&query)?.into())
    }
}

/// What must hold of a lead.
fn filter(call: &Call<ListLeads>, view: &Reader) -> Outcome<LeadFilter> {
    let wanted = &call.query;
    if (wanted.value_min.is_some() || wanted.value_max.is_some()) && wanted.currency.is_none() {
        let detail = "currency is missing: amounts of different currencies cannot be compared.";
        return Err(Problem::field("currency", detail));
    }
    let contacts = match wanted.contact_id {
        Some(contact) => view.rows().one_person(call.workspace(), ContactId(contact))?,
        None => Vec::new(),
    };
    Ok(LeadFilter {
        stage: wanted.status.map(Stage::from),
        owner: wanted.owner_id.map(PersonId),
        has_owner: wanted.has_owner,
        source: wanted.source.clone(),
        score_min: wanted.score_min,
        score_max: wanted.score_max,
        currency: wanted.currency.clone(),
        value_min: wanted.value_min,
        value_max: wanted.value_max,
        since_min: moment("status_since_min", wanted.status_since_min.as_deref())?
            .map(|at| at.0.saturating_add(999_999).div_euclid(1_000_000)),
        since_max: moment("status_since_max", wanted.status_since_max.as_deref())?
            .map(|at| at.0.div_euclid(1_000_000)),
        created_after: moment("created_after", wanted.created_after.as_deref())?,
        created_before: moment("created_before", wanted.created_before.as_deref())?,
        contacts,
    })
}

/// The leads that are asked for by what only the vault or a claim can tell; none if nothing of the
/// kind is asked for. With several such questions, those that all of them lead to.
fn looked_up(call: &Call<ListLeads>, view: &Reader) -> Outcome<Option<Vec<LeadId>>> {
    let (workspace, wanted, engine) = (call.workspace(), &call.query, call.app.engine());
    let known_by = |token: Option<Token>| match token {
        Some(token) => Ok(view.rows().leads_known_by(workspace, token)?),
        None => Outcome::Ok(Vec::new()),
    };
    let mut answers = Vec::new();
    if let Some(phone) = &wanted.phone {
        answers.push(known_by(engine.token_of_phone(workspace, phone)?)?);
    }
    if let Some(email) = &wanted.email {
        answers.push(known_by(engine.token_of_email(workspace, email)?)?);
    }
    if let Some(external_id) = &wanted.external_id {
        let held = engine.lead_with_external_id(workspace, external_id)?;
        let standing = held.map(|id| view.rows().standing_lead(workspace, id)).transpose()?;
        answers.push(standing.flatten().map(|stored| stored.row.id).into_iter().collect());
    }
    Ok(answers.into_iter().reduce(|mut ids, others| {
        ids.retain(|id| others.contains(id));
        ids
    }))
}

fn moment(field: &str, text: Option<&str>) -> Outcome<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        Problem::field(field, format!("{field} must be a time such as 2026-11-21T09:30:00Z."))
    })?;
    Ok(Some(Timestamp(time.as_microsecond())))
}
