//! Opening a lead by command.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::lead::{Opening, Stage};
use convolog_domain::{ContactId, LeadId, Sensitive, SubjectId};
use convolog_engine::{Answer, NewLead};
use convolog_projections::view::MoneyView;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::Known;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/leads`
pub(crate) struct CreateLead;

/// A lead to be opened.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "NewLead", deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Where they came from, in a word such as `landing-page`; `api` if not given.
    #[serde(default)]
    source: Option<String>,
    /// The contact, if it is known who they are. Else whoever has the phone number, if anybody.
    #[serde(default)]
    contact_id: Option<Uuid>,
    /// The id that another system gave them: unique in the workspace.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 200))]
    external_id: Option<Sensitive>,
    #[serde(flatten)]
    known: Known,
}

/// A lead as it was opened.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OpenedLead {
    /// Its id.
    id: Uuid,
    /// Always NEW.
    status: &'static str,
    /// Their name.
    name: Option<String>,
    /// Their phone number.
    phone: Option<String>,
    /// Their e-mail address.
    email: Option<String>,
    /// Their company.
    company: Option<String>,
    /// What somebody noted.
    note: Option<String>,
    /// All other fields.
    fields: BTreeMap<String, String>,
    /// How promising they are, 0 to 100.
    score: Option<u8>,
    /// Why, in words of a kind.
    score_reasons: Vec<String>,
    /// What they are worth.
    value: Option<MoneyView>,
    /// Who looks after them.
    owner_id: Option<Uuid>,
    /// Where they came from.
    source: String,
    /// The contact, if it is known who they are.
    contact_id: Option<Uuid>,
    /// The id that another system gave them.
    external_id: Option<String>,
}

impl Endpoint for CreateLead {
    const DECLARATION: Declaration = Declaration::post("/v1/leads", "create_lead", "Open a lead")
        .describing("It begins as NEW. Nobody is two leads: if the contact, or whoever has the phone number, is one already, or the external id is taken, the answer is `already_exists` and names that lead. Something must be known of them: a field, the contact or the external id.")
        .group("Leads")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::CREATED, "The lead.")
        .fails_with(&[Code::AlreadyExists, Code::Erased]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<OpenedLead>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = &call.body;
        let (id, new) = (LeadId(call.new_id("lead")), wanted.opened_by(Opening::Command)?);
        let answer = |subject: SubjectId, contact: Option<ContactId>| {
            let body = serde_json::to_value(OpenedLead::of(id, contact, &new)).unwrap_or_default();
            Answer::open(201, body, subject)
        };
        let (caller, once) = (call.caller(), call.facts.once.as_ref());
        let engine = call.app.engine();
        Ok(Reply::answered(engine.open_lead(&caller, id, &new, once, answer).await?))
    }
}

impl Wanted {
    /// As the engine takes it.
    pub(crate) fn opened_by(&self, opened_by: Opening) -> Outcome<NewLead> {
        let usual = match opened_by {
            Opening::Import => "import",
            Opening::Command | Opening::FirstContact => "api",
        };
        Ok(NewLead {
            opened_by,
            source: self.source.clone().unwrap_or_else(|| usual.to_owned()),
            contact: self.contact_id.map(ContactId),
            external_id: self.external_id.clone(),
            known: self.known.changes()?,
        })
    }
}

impl OpenedLead {
    fn of(id: LeadId, contact: Option<ContactId>, new: &NewLead) -> Self {
        let known = &new.known;
        let fields = known.fields.iter();
        let mut fields: BTreeMap<String, String> = fields
            .filter_map(|(name, value)| Some((name.clone(), value.as_ref()?.expose().to_owned())))
            .collect();
        let score = known.score.as_ref().and_then(Option::as_ref);
        Self {
            id: id.0,
            status: Stage::New.name(),
            name: fields.remove("name"),
            phone: fields.remove("phone"),
            email: fields.remove("email"),
            company: fields.remove("company"),
            note: fields.remove("note"),
            fields,
            score: score.map(|score| score.score),
            score_reasons: score.map(|score| score.reasons.clone()).unwrap_or_default(),
            value: known.value.as_ref().and_then(Option::as_ref).map(Into::into),
            owner_id: known.owner.flatten().map(|id| id.0),
            source: new.source.clone(),
            contact_id: contact.map(|id| id.0),
            external_id: new.external_id.as_ref().map(|id| id.expose().trim().to_owned()),
        }
    }
}
