//! What goes wrong, in Avelto's words. Its document shows no error, but says what stands in one: a
//! structured body, the scope that is missing, the id of the request.

use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::problem::{Code, Problem};
use crate::surfaces::Refused;

/// A failed request.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Error")]
struct Whole {
    /// The status of the answer.
    status_code: u16,
    /// The status in words.
    error: String,
    /// What went wrong and what would help.
    message: String,
    /// The stable code: branch on this.
    code: &'static str,
    /// The scope that the token lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_scope: Option<String>,
    /// The member, parameter or header at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What would be taken instead.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    allowed: Vec<String>,
    /// Names this request in the server's log: share it with support.
    request_id: Uuid,
}

pub(super) fn refusal(problem: &Problem, request: Uuid) -> Refused {
    let (code, status) = (problem.code(), problem.code().status());
    let lacks_scope = code == Code::InsufficientScope;
    let missing_scope = problem.allowed().first().filter(|_| lacks_scope).cloned();
    let whole = Whole {
        status_code: status.as_u16(),
        error: status.canonical_reason().unwrap_or_default().to_owned(),
        message: problem.detail().to_owned(),
        code: code.as_str(),
        missing_scope,
        field: problem.at_fault().map(camel_case),
        allowed: if lacks_scope { Vec::new() } else { problem.allowed().to_vec() },
        request_id: request,
    };
    let body = serde_json::to_value(whole).unwrap_or_default();
    Refused { status, media: "application/json", body }
}

pub(super) fn schema(generator: &mut SchemaGenerator) -> (&'static str, Value) {
    ("application/json", generator.subschema_for::<Whole>().to_value())
}

/// A member of ours as Avelto writes it: rules name members as the native API does.
fn camel_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut large = false;
    for character in name.chars() {
        match character {
            '_' => large = true,
            other if large => {
                out.extend(other.to_uppercase());
                large = false;
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_named_as_avelto_writes_them() {
        for (ours, theirs) in [
            ("agent_id", "agentId"),
            ("X-Original-Name", "X-Original-Name"),
            ("fields.e_mail", "fields.eMail"),
        ] {
            assert_eq!(camel_case(ours), theirs);
        }
    }
}
