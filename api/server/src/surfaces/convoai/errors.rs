//! What goes wrong, in ConvoAI's words. Its document shows no error: one object under `error`, its code
//! to branch on, its message to read.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::problem::{LimitBody, Problem};
use crate::surfaces::Refused;

/// A failed request.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ErrorAnswer")]
struct Whole {
    /// What went wrong.
    error: Told,
}

/// What went wrong.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
struct Told {
    /// The stable code: branch on this.
    code: &'static str,
    /// What went wrong and what would help.
    message: String,
    /// The member, parameter or header at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What would be taken instead.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    allowed: Vec<String>,
    /// The limit that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<LimitBody>,
    /// Names this request in the server's log.
    request_id: Uuid,
}

pub(super) fn refusal(problem: &Problem, request: Uuid) -> Refused {
    let error = Told {
        code: problem.code().as_str(),
        message: problem.detail().to_owned(),
        field: problem.at_fault().map(str::to_owned),
        allowed: problem.allowed().to_vec(),
        limit: problem.limit().cloned(),
        request_id: request,
    };
    let body = serde_json::to_value(Whole { error }).unwrap_or_default();
    Refused { status: problem.code().status(), media: "application/json", body }
}

pub(super) fn schema(generator: &mut SchemaGenerator) -> (&'static str, Value) {
    ("application/json", generator.subschema_for::<Whole>().to_value())
}
