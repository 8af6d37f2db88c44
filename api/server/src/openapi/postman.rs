//! The Postman collection of a surface (format 2.1), made from its endpoints and the walk through it.
//!
//! Every request checks the documented status, and keeps of its answer what later ones need: run from
//! top to bottom against a demo that was just started, all of them pass.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::walk::{CLOCK, Folder, Place, Step, Walk};
use crate::endpoint::{Access, Route};
use crate::surfaces::Surface;

const FORMAT: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
/// How often a request is made again until its answer is what was waited for.
const TRIES_MAX: u32 = 500;
/// The value at a place of the answer.
const AT: &str = "const at = (value, place) => place.split(\"/\").slice(1).reduce((inner, name) => inner?.[name], value);";

/// The collection of the routes of a surface.
pub fn collection(surface: &Surface, routes: &[Route]) -> Value {
    let walk = Walk::of(surface.name).unwrap_or_default();
    let folders: Vec<Value> = walk.folders.iter().map(|part| folder(part, routes)).collect();
    let mut used = BTreeSet::new();
    variables_in(&json!(folders).to_string(), &mut used);
    let mut variables = vec![
        json!({ "key": "baseUrl", "value": "http://127.0.0.1:8080", "type": "string" }),
        json!({ "key": "apiToken", "value": "", "type": "string" }),
    ];
    if used.contains("adminToken") {
        variables.push(json!({ "key": "adminToken", "value": "", "type": "string" }));
    }
    for (name, value) in &walk.variables {
        variables.push(json!({ "key": name, "value": value, "type": "string" }));
    }
    let mut collection = json!({
        "info": {
            "name": surface.about.title,
            "description": format!("{}\n\n{}", surface.about.summary, surface.about.introduction),
            "version": surface.about.version,
            "schema": FORMAT,
        },
        "auth": bearer("apiToken"),
        "variable": variables,
        "item": folders,
    });
    let clock: Vec<String> = CLOCK
        .iter()
        .filter(|(name, _)| used.contains(*name))
        .map(|(name, made)| format!("pm.collectionVariables.set(\"{name}\", {made});"))
        .collect();
    if let (false, Some(members)) = (clock.is_empty(), collection.as_object_mut()) {
        members.insert("event".to_owned(), json!([script("prerequest", &clock)]));
    }
    collection
}

fn folder(part: &Folder, routes: &[Route]) -> Value {
    let items = part.steps.iter().filter_map(|step| {
        let route = routes.iter().find(|route| route.declaration.name == step.call)?;
        Some(item(step, route))
    });
    json!({ "name": part.folder, "item": items.collect::<Vec<_>>() })
}

fn item(step: &Step, route: &Route) -> Value {
    let declared = &route.declaration;
    let mut headers: Vec<Value> =
        step.headers.iter().map(|(name, value)| json!({ "key": name, "value": value })).collect();
    let content = step.content();
    if let Some((media, _)) = &content {
        headers.push(json!({ "key": "Content-Type", "value": media }));
    }
    let mut request = json!({
        "method": declared.method.upper_case(),
        "description": declared.description,
        "header": headers,
        "url": url(step, route),
    });
    let mut events = Vec::new();
    if let Value::Object(members) = &mut request {
        if let Some((media, text)) = content {
            let language = if media == "application/json" { "json" } else { "text" };
            let body = json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": language } } });
            members.insert("body".to_owned(), body);
        }
        match declared.access {
            Access::Public => {
                members.insert("auth".to_owned(), json!({ "type": "noauth" }));
            }
            Access::Signed => {
                members.insert("auth".to_owned(), json!({ "type": "noauth" }));
                events.push(script("prerequest", &signing()));
            }
            Access::Administrator => {
                members.insert("auth".to_owned(), bearer("adminToken"));
            }
            Access::Key(_)
            | Access::AdministratorOrKey(_)
            | Access::Granted(_)
            | Access::AnyKey(_) => {}
        }
    }
    events.push(script("test", &checks(step, route)));
    json!({ "name": declared.summary, "event": events, "request": request, "response": [] })
}

fn url(step: &Step, route: &Route) -> Value {
    let full = route.path();
    let parts: Vec<String> = full
        .trim_start_matches('/')
        .split('/')
        .map(|part| match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => format!(":{name}"),
            None => part.to_owned(),
        })
        .collect();
    let mut raw = format!("{{{{baseUrl}}}}/{}", parts.join("/"));
    let pairs: Vec<String> = step
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()))
        .collect();
    if !pairs.is_empty() {
        raw.extend(["?", &pairs.join("&")]);
    }
    let listed = |values: &Map<String, Value>| -> Vec<Value> {
        values.iter().map(|(name, value)| json!({ "key": name, "value": value })).collect()
    };
    let mut url = json!({ "raw": raw, "host": ["{{baseUrl}}"], "path": parts });
    if let Value::Object(members) = &mut url {
        for (member, values) in [("query", &step.query), ("variable", &step.path)] {
            if !values.is_empty() {
                members.insert(member.to_owned(), listed(values).into());
            }
        }
    }
    url
}

/// Signs the body as the platform does, once its variables are filled in.
fn signing() -> Vec<String> {
    [
        "const body = pm.variables.replaceIn(pm.request.body.raw);",
        "pm.request.body.update({ mode: \"raw\", raw: body });",
        "const signature = CryptoJS.HmacSHA256(body, pm.variables.get(\"appSecret\")).toString(CryptoJS.enc.Hex);",
        "pm.request.headers.upsert({ key: \"X-Hub-Signature-256\", value: `sha256=${signature}` });",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What is checked of the answer, and what is kept of it.
fn checks(step: &Step, route: &Route) -> Vec<String> {
    let status = step.answers.as_deref().unwrap_or(route.declaration.success.as_str());
    let mut lines = Vec::new();
    let reads = !step.until.is_empty() || !step.save.is_empty();
    if reads {
        lines.push(AT.to_owned());
        lines.push(format!(
            "const answer = pm.response.code === {status} ? pm.response.json() : undefined;"
        ));
    }
    if !step.until.is_empty() {
        let settled: Vec<String> = step
            .until
            .iter()
            .map(|(place, value)| match value {
                Value::Null => format!("at(answer, {}) != null", quoted(place)),
                value => format!("at(answer, {}) === {value}", quoted(place)),
            })
            .collect();
        lines.push(format!("const settled = {};", settled.join(" && ")));
        lines.push("const tries = Number(pm.collectionVariables.get(\"tries\") ?? 0);".to_owned());
        lines.push(format!(
            "if (answer && !settled && tries < {TRIES_MAX}) {{ pm.collectionVariables.set(\"tries\", tries + 1); pm.execution.setNextRequest(pm.info.requestId); return; }}"
        ));
        lines.push("pm.collectionVariables.unset(\"tries\");".to_owned());
        lines.push(
            "pm.test(\"Came to what was waited for\", () => pm.expect(settled).to.be.true);"
                .to_owned(),
        );
    }
    lines.push(format!(
        "pm.test(\"Answers {status}\", () => pm.response.to.have.status({status}));"
    ));
    for (name, place) in step.saved() {
        lines.push(format!("pm.collectionVariables.set(\"{name}\", {});", taken(&place)));
    }
    lines
}

fn taken(place: &Place) -> String {
    match place {
        Place::At(at) => format!("at(answer, {})", quoted(at)),
        Place::Of { r#in, r#where, take } => {
            let fits: Vec<String> = r#where
                .iter()
                .map(|(place, value)| format!("at(item, {}) === {value}", quoted(place)))
                .collect();
            format!(
                "at(at(answer, {})?.find((item) => {}), {})",
                quoted(r#in),
                fits.join(" && "),
                quoted(take)
            )
        }
    }
}

/// A text in a script.
fn quoted(text: &str) -> Value {
    Value::from(text)
}

fn script(when: &str, lines: &[String]) -> Value {
    json!({ "listen": when, "script": { "type": "text/javascript", "exec": lines } })
}

fn bearer(variable: &str) -> Value {
    let token = format!("{{{{{variable}}}}}");
    json!({ "type": "bearer", "bearer": [{ "key": "token", "value": token, "type": "string" }] })
}

/// The names of the variables in a text.
fn variables_in(text: &str, found: &mut BTreeSet<String>) {
    for part in text.split("{{").skip(1) {
        if let Some((name, _)) = part.split_once("}}") {
            found.insert(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Api;

    fn every_request(collection: &Value) -> Vec<&Value> {
        let folders = collection["item"].as_array().unwrap();
        folders.iter().flat_map(|folder| folder["item"].as_array().unwrap()).collect()
    }

    #[test]
    fn every_step_is_a_request_that_checks_its_status() {
        for api in Api::all() {
            let collection = api.collection();
            let requests = every_request(collection);
            let walk = Walk::of(api.surface().name).unwrap();
            assert_eq!(requests.len(), walk.steps().count());
            for request in requests {
                assert!(request.to_string().contains("pm.test(\\\"Answers "), "{request}");
                let raw = request["request"]["url"]["raw"].as_str().unwrap();
                assert!(raw.starts_with(&format!("{{{{baseUrl}}}}{}/", api.surface().prefix)));
            }
        }
    }

    #[test]
    fn no_variable_is_used_before_it_is_there() {
        for api in Api::all() {
            let collection = api.collection();
            let mut there: BTreeSet<String> =
                CLOCK.iter().map(|(name, _)| (*name).to_owned()).collect();
            for variable in collection["variable"].as_array().unwrap() {
                there.insert(variable["key"].as_str().unwrap().to_owned());
            }
            for request in every_request(collection) {
                let mut used = BTreeSet::new();
                variables_in(&request["request"].to_string(), &mut used);
                used.retain(|name| !name.starts_with('$'));
                assert!(used.is_subset(&there), "{}: {used:?}", request["name"]);
                let written = request["event"].to_string();
                for part in written.split("collectionVariables.set(\\\"").skip(1) {
                    there.extend(part.split('\\').next().map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn a_path_that_ends_in_a_slash_keeps_it() {
        let api = Api::of(&crate::surfaces::CONVOAI);
        let requests = every_request(api.collection());
        let url = &requests[0]["request"]["url"];
        assert_eq!(url["raw"], "{{baseUrl}}/convoai/api/v1/me/");
        assert_eq!(url["path"], json!(["convoai", "api", "v1", "me", ""]));
    }
}
