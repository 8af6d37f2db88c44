//! Taking a person into the staff.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::person as rules;
use convolog_domain::{PersonId, ProfileContent, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{PersonView, Role};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};

/// `POST /v1/people`
pub(crate) struct AddPerson;

/// A person to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPerson {
    /// Their name.
    #[schemars(with = "String", length(min = 1, max = 100))]
    name: Sensitive,
    /// Their e-mail address.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 254))]
    email: Option<Sensitive>,
    /// What they may do.
    role: Role,
}

impl Endpoint for AddPerson {
    const DECLARATION: Declaration = Declaration::post("/v1/people", "add_person", "Add a person")
        .describing("Somebody who works for the workspace. A key acts for them when a request names them in `Convolog-On-Behalf-Of`.")
        .group("People")
        .access(Access::Key(Scope::Manage))
        .for_owners()
        .answers(StatusCode::CREATED, "The person.")
        .fails_with(&[Code::AlreadyExists, Code::PlanLimitReached]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewPerson>;
    type Ok = Json<PersonView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let id = PersonId(call.new_id("person"));
        let JsonBody(new) = &call.body;
        let profile = ProfileContent {
            name: Some(new.name.clone()),
            email: new.email.clone(),
            username: None,
        };
        let command = rules::AddPerson { person: id, role: new.role.into(), profile };
        let answer = |_: &[convolog_domain::Event]| {
            let email = new.email.as_ref().map(|email| email.expose().trim());
            let body = json!({
                "id": id, "name": new.name.expose().trim(), "email": email, "role": new.role, "removed": false,
            });
            Answer::open(201, body, id)
        };
        let once = call.facts.once.as_ref();
        let engine = call.app.engine();
        let answered = engine.execute_once(&call.caller(), id.0, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}
