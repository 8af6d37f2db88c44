//! The OpenAPI 3.1 document.

use std::collections::BTreeMap;

use convolog_domain::api_key::Scope;
use serde_json::{Map, Value, json};

use crate::auth::{ON_BEHALF_OF, WORKSPACE};
use crate::endpoint::{Access, Declaration, Definitions, Method, Route};
use crate::problem::Code;
use crate::rates;

/// The document of these routes. `definitions` holds every schema that they refer to.
pub fn document(routes: &[Route], definitions: &Definitions) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let declaration = &route.declaration;
        let path = paths.entry(declaration.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = path {
            methods.insert(declaration.method.lower_case().to_owned(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Convolog",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The conversation engine that can prove what was said.",
            "description": INTRODUCTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This server." }],
        "tags": tags(routes),
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key of a workspace: `cl_live_…` or `cl_test_…`.",
                },
                "administrator": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The installation's administrator token.",
                },
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-Hub-Signature-256",
                    "description": "HMAC-SHA-256 of the body with the app's secret.",
                },
            },
        },
    })
}

const INTRODUCTION: &str = "\
- Lists answer `{\"data\": […], \"next_page\": token | null}` and take `page` and `limit` (1 to 200, 50 if not given).
- Every POST takes an `Idempotency-Key`: the same request under the same key is carried out once and answered alike.
- A read shows everything that was acknowledged before it was asked (search: within a second). A command answers with the header `Convolog-Position`; a read with `at_least` set to it is refused rather than answered without what the command did.
- `as_of` shows things as they stood at a position or a time.
- Errors are `application/problem+json`; each `code` is explained at `/docs/errors`.
- Every answer to a key says in `X-RateLimit-*` how many calls of its class the key may still make within the minute; 429 says in `Retry-After` when to come back.
- Times are RFC 3339 in UTC.";

fn tags(routes: &[Route]) -> Value {
    let mut seen: Vec<&str> = Vec::new();
    for route in routes {
        if !seen.contains(&route.declaration.group) {
            seen.push(route.declaration.group);
        }
    }
    seen.into_iter().map(|name| json!({ "name": name })).collect()
}

fn operation(route: &Route) -> Value {
    let declaration = &route.declaration;
    let mut operation = json!({
        "operationId": declaration.name,
        "summary": declaration.summary,
        "tags": [declaration.group],
        "parameters": parameters(route),
        "responses": responses(route),
        "x-rate-class": declaration.rate.name(),
    });
    if let Value::Object(members) = &mut operation {
        if !declaration.description.is_empty() {
            members.insert("description".to_owned(), declaration.description.into());
        }
        if let Some((media, schema)) = &route.schemas.body {
            let required = schema.get("required").is_some_and(|members| members != &json!([]));
            let mut content = json!({ *media: { "schema": schema } });
            if let Value::Object(content) = &mut content {
                for (media, schema) in &route.schemas.other_bodies {
                    content.insert((*media).to_owned(), json!({ "schema": schema }));
                }
            }
            let body = json!({ "required": required, "content": content });
            members.insert("requestBody".to_owned(), body);
        }
        members.insert("security".to_owned(), security(declaration.access));
        if let Some(scope) = scope(declaration.access) {
            members.insert("x-scope".to_owned(), scope.as_str().into());
        }
    }
    operation
}

const fn scope(access: Access) -> Option<Scope> {
    match access {
        Access::Key(scope) | Access::AdministratorOrKey(scope) => Some(scope),
        Access::Public | Access::Signed | Access::Administrator => None,
    }
}

fn security(access: Access) -> Value {
    match access {
        Access::Public => json!([]),
        Access::Signed => json!([{ "signature": [] }]),
        Access::Administrator => json!([{ "administrator": [] }]),
        Access::Key(_) | Access::AdministratorOrKey(_) => {
            json!([{ "key": [] }, { "administrator": [] }])
        }
    }
}

fn parameters(route: &Route) -> Value {
    let declaration = &route.declaration;
    let mut all = Vec::new();
    each(&route.schemas.path, |name, schema, _| all.push(parameter("path", name, schema, true)));
    each(&route.schemas.query, |name, schema, needed| {
        all.push(parameter("query", name, schema, needed));
    });
    if declaration.at_least {
        let schema = json!({ "type": "integer", "minimum": 0, "description": "Waits until the answer includes this position: the `Convolog-Position` of a command." });
        all.push(parameter("query", "at_least", &schema, false));
    }
    if let Some(with) = declaration.together_with_as_of() {
        let with = if with.is_empty() { "no other parameter".to_owned() } else { with.join(", ") };
        let schema = json!({ "type": "string", "description": format!("Shows things as they stood at this position or time (RFC 3339). Goes together with {with}.") });
        all.push(parameter("query", "as_of", &schema, false));
    }
    headers(declaration, &mut all);
    Value::Array(all)
}

fn headers(declaration: &Declaration, all: &mut Vec<Value>) {
    let mut header = |name: &str, description: &str| {
        all.push(parameter(
            "header",
            name,
            &json!({ "type": "string", "description": description }),
            false,
        ));
    };
    if declaration.idempotent_by_key {
        header(
            "Idempotency-Key",
            "Makes the request safe to repeat: 1 to 255 visible ASCII characters, new for each new request.",
        );
    }
    if declaration.tagged {
        header("If-None-Match", "The `ETag` of an earlier answer: 304 if nothing changed.");
    }
    if let Access::Key(_) = declaration.access {
        header(WORKSPACE, "With the administrator's token: the workspace to act in.");
    }
    if scope(declaration.access).is_some() && declaration.method != Method::Get {
        header(ON_BEHALF_OF, "The id of the person for whom the key acts.");
    }
}

/// The members of a struct of parameters: name, schema, whether it is needed.
fn each(schema: &Value, mut see: impl FnMut(&str, &Value, bool)) {
    let needed = schema.get("required").and_then(Value::as_array);
    for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        let needed = needed.is_some_and(|list| list.iter().any(|one| one == name));
        see(name, schema, needed);
    }
}

fn parameter(place: &str, name: &str, schema: &Value, required: bool) -> Value {
    let mut schema = schema.clone();
    let description =
        schema.as_object_mut().and_then(|members| members.shift_remove("description"));
    let mut parameter =
        json!({ "name": name, "in": place, "required": required, "schema": schema });
    if let (Some(description), Value::Object(members)) = (description, &mut parameter) {
        members.insert("description".to_owned(), description);
    }
    parameter
}

fn responses(route: &Route) -> Value {
    let declaration = &route.declaration;
    let mut responses = Map::new();
    let mut success = json!({ "description": declaration.success_means });
    if let Value::Object(members) = &mut success {
        if let Some((media, schema)) = &route.schemas.ok {
            members.insert("content".to_owned(), json!({ *media: { "schema": schema } }));
        }
        let headers = answer_headers(declaration);
        if !headers.is_empty() {
            members.insert("headers".to_owned(), Value::Object(headers));
        }
    }
    responses.insert(declaration.success.as_str().to_owned(), success);
    if declaration.tagged {
        let unchanged = json!({ "description": "The caller has this very answer already." });
        responses.insert("304".to_owned(), unchanged);
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in declaration.all_errors() {
        by_status.entry(code.status().as_u16()).or_default().push(code);
    }
    for (status, codes) in by_status {
        responses.insert(status.to_string(), failure(declaration, &codes));
    }
    Value::Object(responses)
}

fn failure(declaration: &Declaration, codes: &[Code]) -> Value {
    let lines: Vec<String> =
        codes.iter().map(|code| format!("`{}`: {}.", code.as_str(), code.title())).collect();
    let mut failure = json!({
        "description": lines.join("\n\n"),
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        "x-codes": codes.iter().map(|code| code.as_str()).collect::<Vec<_>>(),
    });
    if codes.contains(&Code::RateLimited)
        && let Value::Object(members) = &mut failure
    {
        let mut headers = Headers::default();
        headers.add("Retry-After", "integer", "Seconds after which calls are answered again.");
        headers.of_rates(declaration);
        members.insert("headers".to_owned(), Value::Object(headers.0));
    }
    failure
}

/// The headers of an answer, as the document lists them.
#[derive(Default)]
struct Headers(Map<String, Value>);

impl Headers {
    fn add(&mut self, name: &str, kind: &str, description: &str) {
        let header = json!({ "description": description, "schema": { "type": kind } });
        self.0.insert(name.to_owned(), header);
    }

    /// Where a key stands; the mechanism that counts writes them.
    fn of_rates(&mut self, declaration: &Declaration) {
        if declaration.limited() {
            for (name, description) in rates::HEADERS {
                self.add(name, "integer", description);
            }
        }
    }
}

fn answer_headers(declaration: &Declaration) -> Map<String, Value> {
    let mut headers = Headers::default();
    if declaration.tagged {
        headers.add("ETag", "string", "Names this very answer.");
    }
    if declaration.method != Method::Get {
        let description = "Where the command stands in the log: for `at_least`.";
        headers.add("Convolog-Position", "integer", description);
    }
    if declaration.idempotent_by_key {
        headers.add("Idempotency-Replayed", "string", "`true` if the answer was given before.");
    }
    headers.of_rates(declaration);
    headers.0
}
