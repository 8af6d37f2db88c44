//! The OpenAPI 3.1 document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::examples;
use crate::auth::{ON_BEHALF_OF, WORKSPACE};
use crate::endpoint::{Access, Definitions, Method, Route};
use crate::problem::{Code, Problem};
use crate::rates::{self, Told};
use crate::surfaces::{Paging, Surface};

/// The document of the routes of a surface, their paths as behind its prefix. `definitions` holds every
/// schema that they refer to, `refusal` the media type and the schema of a refusal.
pub fn document(
    surface: &Surface,
    routes: &[Route],
    definitions: &Definitions,
    refusal: &(&'static str, Value),
) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let recorded = examples::recorded(surface.name);
    for route in routes {
        let declaration = &route.declaration;
        let path = paths.entry(declaration.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = path {
            let mut operation = operation(route, definitions, refusal);
            if let Some(example) = recorded.get(declaration.name) {
                examples::add(&mut operation, example);
            }
            methods.insert(declaration.method.lower_case().to_owned(), operation);
        }
    }
    let url = if surface.is_native { "/" } else { surface.prefix };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": surface.about.title,
            "version": surface.about.version,
            "summary": surface.about.summary,
            "description": surface.about.introduction,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": url, "description": "This server." }],
        "tags": tags(routes),
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": security_schemes(surface),
        },
    })
}

fn security_schemes(surface: &Surface) -> Value {
    let bearer = |description: &str| json!({ "type": "http", "scheme": "bearer", "description": description });
    let key = bearer(surface.about.keys);
    if !surface.is_native {
        return json!({ "key": key });
    }
    json!({
        "key": key,
        "administrator": bearer("The installation's administrator token."),
        "signature": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Hub-Signature-256",
            "description": "HMAC-SHA-256 of the body with the app's secret.",
        },
    })
}

fn tags(routes: &[Route]) -> Value {
    let mut seen: Vec<&str> = Vec::new();
    for route in routes {
        if !seen.contains(&route.declaration.group) {
            seen.push(route.declaration.group);
        }
    }
    seen.into_iter().map(|name| json!({ "name": name })).collect()
}

fn operation(route: &Route, definitions: &Definitions, refusal: &(&'static str, Value)) -> Value {
    let declaration = &route.declaration;
    let mut operation = json!({
        "operationId": declaration.name,
        "summary": declaration.summary,
        "tags": [declaration.group],
        "parameters": parameters(route),
        "responses": responses(route, refusal),
        "x-rate-class": declaration.rate.name(),
    });
    if let Value::Object(members) = &mut operation {
        if !declaration.description.is_empty() {
            members.insert("description".to_owned(), declaration.description.into());
        }
        if let Some((media, schema)) = &route.schemas.body {
            let required = is_needed(schema, definitions);
            let mut content = json!({ *media: { "schema": schema } });
            if let Value::Object(content) = &mut content {
                for (media, schema) in &route.schemas.other_bodies {
                    content.insert((*media).to_owned(), json!({ "schema": schema }));
                }
            }
            let body = json!({ "required": required, "content": content });
            members.insert("requestBody".to_owned(), body);
        }
        if declaration.deprecated.is_some() {
            members.insert("deprecated".to_owned(), true.into());
        }
        members.insert("security".to_owned(), security(route.surface, declaration.access));
        if let Some(scope) = declaration.access.scope_name() {
            members.insert("x-scope".to_owned(), scope.into());
        }
    }
    operation
}

/// Whether an empty body, which is read as an empty object, would be refused.
fn is_needed(schema: &Value, definitions: &Definitions) -> bool {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let named = reference.and_then(|path| definitions.get(path.rsplit('/').next()?));
    let schema = named.unwrap_or(schema);
    let is_object = schema.get("type").is_some_and(|kind| kind == "object");
    !is_object || schema.get("required").is_some_and(|members| members != &json!([]))
}

fn security(surface: &Surface, access: Access) -> Value {
    match access {
        Access::Public => json!([]),
        Access::Signed => json!([{ "signature": [] }]),
        Access::Administrator => json!([{ "administrator": [] }]),
        Access::Key(_) | Access::AdministratorOrKey(_) if surface.is_native => {
            json!([{ "key": [] }, { "administrator": [] }])
        }
        Access::Key(_) | Access::AdministratorOrKey(_) | Access::Granted(_) | Access::AnyKey(_) => {
            json!([{ "key": [] }])
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
    if declaration.at_least && route.surface.is_native {
        let schema = json!({ "type": "integer", "minimum": 0, "description": "Waits until the answer includes this position: the `Convolog-Position` of a command." });
        all.push(parameter("query", "at_least", &schema, false));
    }
    if let Some(with) = declaration.together_with_as_of() {
        let with = if with.is_empty() { "no other parameter".to_owned() } else { with.join(", ") };
        let schema = json!({ "type": "string", "description": format!("Shows things as they stood at this position or time (RFC 3339). Goes together with {with}.") });
        all.push(parameter("query", "as_of", &schema, false));
    }
    headers(route, &mut all);
    Value::Array(all)
}

fn headers(route: &Route, all: &mut Vec<Value>) {
    let declaration = &route.declaration;
    let written = |name: &str, description: &str, needed: bool| {
        let schema = json!({ "type": "string", "description": description });
        parameter("header", name, &schema, needed)
    };
    all.extend(declaration.header.map(|(name, means)| written(name, means, true)));
    let mut header = |name: &str, description: &str| all.push(written(name, description, false));
    if declaration.idempotent_by_key {
        header(
            "Idempotency-Key",
            "Makes the request safe to repeat: 1 to 255 visible ASCII characters, new for each new request.",
        );
    }
    if declaration.tagged {
        header("If-None-Match", "The `ETag` of an earlier answer: 304 if nothing changed.");
    }
    if let Access::Key(_) = declaration.access
        && route.surface.is_native
    {
        header(WORKSPACE, "With the administrator's token: the workspace to act in.");
    }
    if declaration.access.scope().is_some() && declaration.method != Method::Get {
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

fn responses(route: &Route, refusal: &(&'static str, Value)) -> Value {
    let declaration = &route.declaration;
    let mut responses = Map::new();
    let mut success = json!({ "description": declaration.success_means });
    if let Value::Object(members) = &mut success {
        if let Some((media, schema)) = &route.schemas.ok {
            members.insert("content".to_owned(), json!({ *media: { "schema": schema } }));
        }
        let headers = answer_headers(route);
        if !headers.is_empty() {
            members.insert("headers".to_owned(), Value::Object(headers));
        }
    }
    if let Some(means) = declaration.found_means {
        let mut found = success.clone();
        if let Some(description) = found.get_mut("description") {
            *description = json!(means);
        }
        responses.insert("200".to_owned(), found);
    }
    responses.insert(declaration.success.as_str().to_owned(), success);
    if declaration.tagged {
        let unchanged = json!({ "description": "The caller has this very answer already." });
        responses.insert("304".to_owned(), unchanged);
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in declaration.all_errors(route.surface) {
        let problem = Problem::plain(code);
        let status = (route.surface.refusal)(&problem, Uuid::nil()).status.as_u16();
        by_status.entry(status).or_default().push(code);
    }
    for (status, codes) in by_status {
        responses.insert(status.to_string(), failure(route, &codes, refusal));
    }
    Value::Object(responses)
}

fn failure(route: &Route, codes: &[Code], (media, schema): &(&'static str, Value)) -> Value {
    let lines: Vec<String> =
        codes.iter().map(|code| format!("`{}`: {}.", code.as_str(), code.title())).collect();
    let mut failure = json!({
        "description": lines.join("\n\n"),
        "content": { *media: { "schema": schema } },
        "x-codes": codes.iter().map(|code| code.as_str()).collect::<Vec<_>>(),
    });
    if codes.contains(&Code::RateLimited)
        && let Value::Object(members) = &mut failure
    {
        let mut headers = Headers::default();
        headers.add("Retry-After", "integer", "Seconds after which calls are answered again.");
        headers.of_rates(route);
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
    fn of_rates(&mut self, route: &Route) {
        let told = route.surface.rates.told;
        if route.declaration.limited() && told != Told::WaitOnly {
            for (name, native, dialect) in rates::HEADERS {
                let means = if route.surface.is_native { native } else { dialect };
                self.add(name, "integer", means);
            }
        }
        if route.declaration.limited() && told == Told::LimitsAndWait {
            self.add(
                "Retry-After",
                "integer",
                "Seconds until the limit counts from nothing again.",
            );
        }
    }
}

fn answer_headers(route: &Route) -> Map<String, Value> {
    let declaration = &route.declaration;
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
    if declaration.paged && route.surface.paging == Paging::InHeaders {
        headers.add(
            "Link",
            "string",
            "Leads to the next page (`rel=\"next\"`); missing on the last one.",
        );
        headers.add("X-Total-Count", "integer", "How many there are, on however many pages.");
    }
    headers.of_rates(route);
    headers.0
}
