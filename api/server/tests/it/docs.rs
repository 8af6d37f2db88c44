//! The documents are made from the declarations, committed, and never stale.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use convolog_server::Api;
use convolog_server::problem::{Code, errors_markdown};
use serde_json::{Map, Value};

use crate::support::TestServer;

/// Compares a committed document with what the code makes; with `CONVOLOG_REGENERATE=1` writes it.
pub(crate) fn committed(name: &str, made: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("CONVOLOG_REGENERATE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == made, "docs/{name} is stale; `make generated` writes it again");
}

#[test]
fn the_openapi_document_is_committed() {
    let document = serde_json::to_string_pretty(Api::native().document()).unwrap();
    committed("openapi.json", &format!("{document}\n"));
}

#[test]
fn the_postman_collection_is_committed() {
    let collection = serde_json::to_string_pretty(Api::native().collection()).unwrap();
    committed("postman.json", &format!("{collection}\n"));
}

#[test]
fn the_error_index_is_committed() {
    committed("errors.md", &errors_markdown());
}

fn operations(document: &Value) -> Vec<(&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().iter().map(move |(m, op)| (path, m, op))
        })
        .collect()
}

#[test]
fn a_body_is_required_where_an_empty_one_would_be_refused() {
    let api = Api::native();
    let paths = &api.document()["paths"];
    let required = |path: &str| paths[path]["post"]["requestBody"]["required"].as_bool().unwrap();
    for path in ["/v1/conversations/{id}/messages", "/v1/webhooks", "/v1/knowledge/files"] {
        assert!(required(path), "{path}");
    }
    for path in ["/v1/webhooks/{id}/rotate-secret", "/v1/agents/{id}/publish"] {
        assert!(!required(path), "{path}");
    }
}

#[test]
fn the_document_is_well_formed_openapi_3_1() {
    let api = Api::native();
    let document = api.document();
    assert_eq!(document["openapi"], "3.1.0");
    for member in ["title", "version", "license"] {
        assert!(document["info"].get(member).is_some(), "{member}");
    }
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    let mut names = BTreeSet::new();
    for (path, method, operation) in operations(document) {
        let place = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{place}: name is taken");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{place}");
        for needed in operation["security"].as_array().unwrap() {
            assert!(
                needed.as_object().unwrap().keys().all(|name| schemes.contains_key(name)),
                "{place}"
            );
        }
        let in_path: BTreeSet<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        let declared: BTreeSet<&str> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert_eq!(in_path, declared, "{place}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(status.parse::<u16>().is_ok(), "{place}");
            let description = response["description"].as_str().unwrap_or_default();
            assert!(!description.is_empty(), "{place} {status} has no description");
        }
    }
}

#[test]
fn every_list_is_paged() {
    let api = Api::native();
    let document = api.document();
    let lists = operations(document).into_iter().filter(|(_, _, operation)| {
        operation["operationId"].as_str().unwrap().starts_with("list_")
            // They fit on one page.
            && operation["operationId"] != "list_projections"
    });
    let mut found = 0;
    for (path, method, operation) in lists {
        let parameters = operation["parameters"].as_array().unwrap();
        let query: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        assert!(query.starts_with(&["page", "limit"]), "{method} {path}: {query:?}");
        let codes = operation["responses"]["400"]["x-codes"].as_array().unwrap();
        assert!(codes.contains(&"invalid_page".into()), "{method} {path}");
        found += 1;
    }
    assert!(found >= 9, "{found}");
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let api = Api::native();
    let document = api.document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut used = BTreeSet::new();
    references(document, &mut used);
    let named: BTreeSet<String> = schemas.keys().cloned().collect();
    assert_eq!(used, named);
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.insert(reference.strip_prefix("#/components/schemas/").unwrap().to_owned());
            }
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Members of a schema that the checks of requests know.
const CHECKED: [&str; 26] = [
    "$ref",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "format",
    "title",
    "description",
    "default",
    "writeOnly",
    "$defs",
    "$schema",
    "examples",
    "deprecated",
    "readOnly",
];

#[test]
fn what_a_request_schema_says_is_checked_and_closed() {
    let api = Api::native();
    for route in api.routes() {
        let place = route.declaration.path;
        let mut all = vec![&route.schemas.path, &route.schemas.query];
        all.extend(route.schemas.body.as_ref().map(|(_, schema)| schema));
        for schema in all {
            let schema = convolog_server::endpoint::resolve(schema, api.definitions());
            if let Value::Object(members) = schema {
                if members.contains_key("properties") {
                    assert_eq!(members["additionalProperties"], false, "{place}: {schema}");
                }
                known(members, place);
            }
        }
    }
}

fn known(schema: &Map<String, Value>, place: &str) {
    for (name, value) in schema {
        assert!(CHECKED.contains(&name.as_str()), "{place}: {name} is not checked");
        match (name.as_str(), value) {
            ("properties", Value::Object(members)) => {
                members.values().filter_map(Value::as_object).for_each(|one| known(one, place));
            }
            ("items", Value::Object(item)) => known(item, place),
            ("anyOf" | "oneOf", Value::Array(options)) => {
                options.iter().filter_map(Value::as_object).for_each(|one| known(one, place));
            }
            _ => {}
        }
    }
}

#[test]
fn every_code_has_an_entry_and_every_entry_a_code() {
    let markdown = errors_markdown();
    let entries: Vec<&str> = markdown.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(entries, codes);
    assert!(Code::ALL.iter().all(|code| code.help().len() > 40));
}

#[tokio::test]
async fn every_operation_of_the_document_answers() {
    let server = TestServer::start().await;
    let document = server.admin.get("/openapi.json").await.ok(200);
    for (path, method, _) in operations(&document) {
        if path == "/v1/events/stream" {
            continue;
        }
        let path = path
            .replace("{name}", "contacts")
            .replace("{type}", "message_received")
            .replace("{id}", "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c")
            .replace("{key_id}", "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c")
            .replace("{secret_id}", "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c");
        let method = method.to_uppercase().parse().unwrap();
        let reply = server.admin.request(method, &path).await;
        let code = serde_json::from_str::<Value>(&reply.text).unwrap_or_default()["code"].clone();
        let missing = code == "no_such_endpoint" || code == "method_not_allowed";
        assert!(!missing && reply.status < 500, "{path}: {} {}", reply.status, reply.text);
    }
}

#[tokio::test]
async fn the_pages_work_without_the_internet() {
    let server = TestServer::start().await;
    let client = server.admin.without_token();
    for path in ["/docs", "/docs/errors"] {
        let page = client.get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.header("content-type").starts_with("text/html"));
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("http"), "{policy}");
        assert!(!page.text.contains("src=\"http") && !page.text.contains("href=\"http"), "{path}");
    }
    let errors = client.get("/docs/errors").await.text;
    for code in Code::ALL {
        assert!(errors.contains(&format!("id=\"{}\"", code.as_str())), "{code:?}");
    }
    let reference = client.get("/docs").await.text;
    for (_, _, operation) in operations(&client.get("/openapi.json").await.ok(200)) {
        let name = operation["operationId"].as_str().unwrap();
        assert!(reference.contains(&format!("id=\"{name}\"")), "{name}");
    }
}
