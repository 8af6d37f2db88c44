//! Adding who is to hear a broadcast: a list, or everybody who passes a filter now.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::RECIPIENTS_PER_REQUEST_MAX;
use convolog_domain::{BroadcastId, ContactId, Refusal, Sensitive, WorkspaceId};
use convolog_engine::{Answer, Named, NewRecipient, RecipientsAdded};
use convolog_projections::conversations::ConversationQuery;
use convolog_projections::leads::LeadQuery;
use convolog_projections::page::MAX_LIMIT;
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::existing;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::leads::Status as LeadStatus;
use crate::v1::wire::ById;

/// `POST /v1/broadcasts/{id}/recipients`
pub(crate) struct AddRecipients;

/// Who is to hear it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecipients {
    /// Each by name; at most 1,000 in one request.
    #[serde(default)]
    #[schemars(length(max = RECIPIENTS_PER_REQUEST_MAX))]
    recipients: Vec<Recipient>,
    /// Everybody who passes a filter now, at most 1,000; the same is filled in for all.
    #[serde(default)]
    audience: Option<Audience>,
}

/// Somebody who is to hear it: by `contact_id` or by `phone`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewRecipient")]
pub(crate) struct Recipient {
    /// A contact.
    #[serde(default)]
    contact_id: Option<Uuid>,
    /// A phone number with its country code, known or not.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    phone: Option<Sensitive>,
    /// What is filled in, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    parameters: BTreeMap<String, Sensitive>,
}

/// Contacts that have something in common.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BroadcastAudience")]
pub(crate) struct Audience {
    /// Those whose lead has this status.
    #[serde(default)]
    lead_status: Option<LeadStatus>,
    /// Those with a conversation that has this tag.
    #[serde(default)]
    tag: Option<String>,
    /// What is filled in for each of them, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    parameters: BTreeMap<String, Sensitive>,
}

/// Who was added.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "RecipientsAdded")]
pub(crate) struct AddedRecipients {
    /// So many are to hear it besides.
    added: u32,
    /// So many were to hear it already.
    repeated: u32,
    /// Who was not added, and why.
    refused: Vec<RefusedRecipient>,
}

/// Somebody who was not added.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RefusedRecipient {
    /// Their place in the list, from 0.
    index: usize,
    /// The code of the error.
    code: &'static str,
    /// What is wrong.
    detail: String,
    /// The field at fault.
    field: Option<&'static str>,
}

impl From<&RecipientsAdded> for AddedRecipients {
    fn from(done: &RecipientsAdded) -> Self {
        let refused = done.refused.iter().map(|(index, refusal)| RefusedRecipient {
            index: *index,
            code: refusal.code.as_str(),
            detail: refusal.detail.clone(),
            field: refusal.field,
        });
        Self { added: done.added, repeated: done.repeated, refused: refused.collect() }
    }
}

impl Endpoint for AddRecipients {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/broadcasts/{id}/recipients",
        "add_recipients",
        "Add recipients to a broadcast",
    )
    .describing("While it is in draft; each person once, 10,000 at most. Whoever is named by a number that nobody has is a contact from then on. With `audience`, those who pass the filter now are added; ask again to add the next thousand.")
    .group("Broadcasts")
    .access(Access::Key(Scope::Write))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "Who was added.")
    .fails_with(&[Code::NotAllowedNow, Code::SandboxKey]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<NewRecipients>;
    type Ok = Json<AddedRecipients>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (caller, id) = (call.caller(), BroadcastId(call.path.id));
        existing(&call.app, caller.workspace, id)?;
        let JsonBody(asked) = &call.body;
        if asked.recipients.len() > RECIPIENTS_PER_REQUEST_MAX {
            let detail = format!("at most {RECIPIENTS_PER_REQUEST_MAX} recipients in one request.");
            return Err(Problem::field("recipients", detail));
        }
        let mut recipients: Vec<_> = asked.recipients.iter().map(named).collect();
        if let Some(audience) = &asked.audience {
            let reader = call.reader().await?;
            recipients.extend(found(&reader, (caller.workspace, id), &call, audience)?);
        }
        if recipients.is_empty() && asked.audience.is_none() {
            return Err(Problem::field("recipients", "recipients or audience is needed."));
        }
        let answer = |done: &RecipientsAdded| {
            let body = serde_json::to_value(AddedRecipients::from(done)).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        let (engine, once) = (call.app.engine(), call.facts.once.as_ref());
        let answered = engine.add_recipients(&caller, id, &recipients, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

fn named(recipient: &Recipient) -> NewRecipient {
    let named = match (recipient.contact_id, &recipient.phone) {
        (Some(contact), None) => Named::Contact(ContactId(contact)),
        (None, Some(phone)) => Named::Phone(phone.clone()),
        _ => {
            let detail = "is named by contact_id or by phone, one of them";
            Named::Nobody(Refusal::field("contact_id", detail))
        }
    };
    NewRecipient { named, values: recipient.parameters.clone() }
}

/// Whoever passes the filter and is not a recipient yet.
fn found(
    reader: &Reader,
    (workspace, id): (WorkspaceId, BroadcastId),
    call: &Call<AddRecipients>,
    audience: &Audience,
) -> Outcome<Vec<NewRecipient>> {
    let mut contacts = match (audience.lead_status, &audience.tag) {
        (None, None) => {
            return Err(Problem::field("audience", "lead_status or tag is needed."));
        }
        (Some(status), None) => with_lead(reader, workspace, status)?,
        (None, Some(tag)) => with_tag(reader, workspace, tag)?,
        (Some(status), Some(tag)) => {
            let tagged = with_tag(reader, workspace, tag)?;
            let leads = with_lead(reader, workspace, status)?;
            leads.into_iter().filter(|contact| tagged.contains(contact)).collect()
        }
    };
    let engine = call.app.engine();
    let mut recipients = Vec::new();
    while let Some(contact) = contacts.pop_first() {
        if recipients.len() >= RECIPIENTS_PER_REQUEST_MAX {
            break;
        }
        if engine.is_recipient(workspace, id, contact)? {
            continue;
        }
        let named = Named::Contact(contact);
        recipients.push(NewRecipient { named, values: audience.parameters.clone() });
    }
    Ok(recipients)
}

fn with_lead(
    reader: &Reader,
    workspace: WorkspaceId,
    status: LeadStatus,
) -> Outcome<BTreeSet<ContactId>> {
    let mut query = LeadQuery { limit: MAX_LIMIT, ..LeadQuery::of(workspace) };
    query.filter.stage = Some(status.into());
    let mut contacts = BTreeSet::new();
    loop {
        let page = reader.rows().leads(&query)?;
        contacts.extend(page.items.into_iter().filter_map(|stored| stored.row.contact));
        query.page = page.next;
        if query.page.is_none() {
            return Ok(contacts);
        }
    }
}

fn with_tag(reader: &Reader, workspace: WorkspaceId, tag: &str) -> Outcome<BTreeSet<ContactId>> {
    let mut query = ConversationQuery {
        tag: Some(tag.to_lowercase()),
        deleted: Some(false),
        limit: MAX_LIMIT,
        ..ConversationQuery::of(workspace)
    };
    let mut contacts = BTreeSet::new();
    loop {
        let page = reader.rows().conversations(&query)?;
        let opened = page.items.into_iter().filter_map(|stored| stored.row.opened);
        contacts.extend(opened.map(|opened| opened.contact));
        query.page = page.next;
        if query.page.is_none() {
            return Ok(contacts);
        }
    }
}
