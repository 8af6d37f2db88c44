//! Another workspace's things do not exist. Driven by the routes: every id in a path, and every
//! member of a body or a query that names something, is tried with the id of another workspace's
//! thing and with one that was never given out; the answers are alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use convolog_server::Api;
use convolog_server::endpoint::{Access, Definitions, Method, Route, resolve};
use serde_json::{Map, Value, json};

use crate::support::{Client, Number, Reply, TestServer, Workspace, text};

const NOBODY: &str = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";

/// One thing of each kind, by the noun of its path.
type Things = BTreeMap<&'static str, String>;

/// Parameters of paths that name no thing of a workspace.
const NO_IDS: [&str; 3] = ["name", "type", "position"];

/// What a parameter or a member of this name names: a noun, as in the paths.
fn noun(route: &Route, name: &str) -> &'static str {
    match name {
        "workspace_id" => "workspaces",
        "channel_id" | "channels" => "channels",
        "document_id" | "documents" => "knowledge",
        "contact_id" => "contacts",
        "conversation_id" => "conversations",
        "agent_id" => "agents",
        "app_id" => "apps",
        "person" | "person_id" | "owner_id" | "operator_id" | "staff_id" => "people",
        "service_id" => "services",
        "lead_id" => "leads",
        "key_id" => "keys",
        "template_id" | "members" => "templates",
        "secret_id" => "secrets",
        "connection_id" => "model-connections",
        "redelivery_id" => "redeliveries",
        "message_id" | "reply_to" => "messages",
        "id" if route.declaration.path.starts_with("/v1/knowledge/imports/") => "imports",
        "id" | "ids" | "other" | "after" | "before" => {
            let own = route.declaration.path.split('/').nth(2).unwrap();
            NOUNS.into_iter().find(|noun| *noun == own).unwrap_or_else(|| panic!("{own} is new"))
        }
        new => panic!("say in `noun` what {new} of {} names", route.declaration.path),
    }
}

const NOUNS: [&str; 20] = [
    "workspaces",
    "conversations",
    "contacts",
    "leads",
    "knowledge",
    "channels",
    "apps",
    "agents",
    "webhooks",
    "model-connections",
    "people",
    "quarantine",
    "keys",
    "templates",
    "template-groups",
    "services",
    "appointments",
    "broadcasts",
    "media",
    "canned-replies",
];

/// A service and an appointment.
async fn booked(client: &Client, conversation: &str) -> (String, String) {
    let hours = json!([{ "day": 1, "opens": 0, "closes": 1_440 }]);
    let service = json!({ "name": "Check-up", "weekly": hours });
    let service = text(&client.post("/v1/services").json(&service).await.ok(201), "id");
    let booked = json!({
        "service_id": service, "conversation_id": conversation, "starts_at": "2026-11-23T09:00:00Z",
    });
    let appointment = client.post("/v1/appointments").json(&booked).await.ok(201);
    (service, text(&appointment, "id"))
}

/// One of everything.
async fn everything(server: &TestServer, workspace: &Workspace, number: &str) -> Things {
    let client = &workspace.client;
    let (number, unknown) = (Number::new(number), Number::new("106540352242999"));
    let made =
        async |path: &str, body: Value| text(&client.post(path).json(&body).await.ok(201), "id");
    workspace.connect(&number).await;
    let conversation = workspace.conversation(&number).await;
    let shown = client.get(&format!("/v1/conversations/{conversation}")).await.ok(200);
    let first = async |path: &str| text(&client.get(path).await.ok(200)["data"][0], "id");
    let app = first("/v1/apps").await;
    let message = first(&format!("/v1/conversations/{conversation}/messages")).await;
    let secrets = client.get(&format!("/v1/apps/{app}")).await.ok(200)["secrets"].clone();
    let unknown = unknown.text("wamid.2", "5511999990001", "Hello");
    let quarantined = number.deliver(&server.admin, &unknown).await;
    let quarantine = format!("/v1/quarantine?at_least={}", quarantined.position());
    let keys = format!("/v1/workspaces/{}/keys", workspace.id);
    let webhook = json!({ "url": "https://crm.example.com/", "events": ["*"] });
    let model = json!({
        "name": "Ours", "provider": "anthropic", "model": "small",
        "base_url": "https://models.example.com/v1",
    });
    let document = json!({ "title": "Hours", "content": "Nine to five" });
    let webhook = made("/v1/webhooks", webhook).await;
    let (service, appointment) = booked(client, &conversation).await;
    let file = client.post("/v1/media").header("content-type", "application/pdf").body("%PDF-1.7");
    let file = text(&file.await.ok(201), "id");
    let canned = json!({ "shortcut": "hello", "text": "Hello" });
    let again = client.post(&format!("/v1/webhooks/{webhook}/redeliveries"));
    let again = again.json(&json!({ "what": "since" })).await.ok(200);
    let template = json!({
        "channel_id": shown["channel_id"], "name": "ready", "language": "en", "category": "utility",
        "components": [{ "type": "BODY", "text": "It is ready." }],
    });
    let template = client.post("/v1/templates").json(&template).await.ok(202);
    let group = json!({ "name": "Ready", "members": [template["id"]] });
    let site = json!({ "url": "https://example.com/" });
    let import = client.post("/v1/knowledge/crawls").json(&site).await;
    let broadcast = json!({
        "name": "Spring", "channel_id": text(&shown, "channel_id"),
        "message": { "type": "text", "text": "Hello" },
    });
    let change = client.get(&quarantine).await.ok(200)["data"][0]["id"].clone();
    BTreeMap::from([
        ("workspaces", workspace.id.clone()),
        ("contacts", text(&shown["contact"], "id")),
        ("channels", text(&shown, "channel_id")),
        ("conversations", conversation),
        ("messages", message),
        ("leads", first("/v1/leads").await),
        ("apps", app),
        ("secrets", text(&secrets[0], "id")),
        ("people", made("/v1/people", json!({ "name": "Maya", "role": "owner" })).await),
        ("agents", made("/v1/agents", json!({ "name": "Mia" })).await),
        ("knowledge", made("/v1/knowledge", document).await),
        ("imports", text(&import.ok(202), "id")),
        ("webhooks", webhook),
        ("services", service),
        ("appointments", appointment),
        ("model-connections", made("/v1/model-connections", model).await),
        ("media", file),
        ("canned-replies", made("/v1/canned-replies", canned).await),
        ("redeliveries", text(&again, "id")),
        ("templates", text(&template, "id")),
        ("template-groups", made("/v1/template-groups", group).await),
        ("keys", made(&keys, json!({ "name": "spare" })).await),
        ("broadcasts", made("/v1/broadcasts", broadcast).await),
        // Of two owners of one secret, only one is told of what nobody's number is.
        ("quarantine", change.as_str().unwrap_or(NOBODY).to_owned()),
    ])
}

/// A value that the schema takes, with things of one's own.
fn example(route: &Route, all: &Definitions, schema: &Value, name: &str, own: &Things) -> Value {
    let schema = resolve(schema, all);
    let number = |bound: &str| schema.get(bound).and_then(Value::as_u64);
    if schema["format"] == "uuid" {
        return json!(own[noun(route, name)]);
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        return choices[0].clone();
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    for options in ["anyOf", "oneOf"] {
        if let Some(options) = schema.get(options).and_then(Value::as_array) {
            return example(route, all, &options[0], name, own);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(several) => several[0].clone(),
        one => one.clone(),
    };
    match kind.as_str().unwrap_or("object") {
        "array" => json!([example(route, all, &schema["items"], name, own)]),
        "integer" | "number" => json!(number("minimum").unwrap_or(1)),
        "boolean" => json!(true),
        "string" => json!(match name {
            "url" | "graph_url" | "base_url" => "https://crm.example.com/",
            "currency" => "EUR",
            "events" => "*",
            "period" => "2026-11",
            "starts_at" => "2026-11-23T10:00:00Z",
            "phone_number_id" | "waba_id" => "106540352242777",
            "display_phone_number" => "+55 11 5555-0100",
            _ => "word",
        }),
        _ => {
            let required = schema.get("required").and_then(Value::as_array);
            let required = required.into_iter().flatten().filter_map(Value::as_str);
            let member = |name: &str| {
                (name.to_owned(), example(route, all, &schema["properties"][name], name, own))
            };
            Value::Object(required.map(member).collect())
        }
    }
}

/// Where a schema takes ids: paths of members, `*` for each of an array.
fn ids(all: &Definitions, schema: &Value, at: &[String], found: &mut Vec<Vec<String>>) {
    let schema = resolve(schema, all);
    if schema["format"] == "uuid" {
        found.push(at.to_vec());
    }
    let below = |name: &str| [at, &[name.to_owned()]].concat();
    for options in ["anyOf", "oneOf"] {
        for option in schema.get(options).and_then(Value::as_array).into_iter().flatten() {
            ids(all, option, at, found);
        }
    }
    for (name, member) in schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        ids(all, member, &below(name), found);
    }
    if schema["items"].is_object() {
        ids(all, &schema["items"], &below("*"), found);
    }
}

/// Puts an id where a path of members leads to.
fn put(value: &mut Value, at: &[String], id: &str) {
    match at {
        [] => *value = json!(id),
        [each, rest @ ..] if each == "*" => {
            if !value.is_array() {
                *value = json!([{}]);
            }
            put(&mut value[0], rest, id);
        }
        [name, rest @ ..] => put(&mut value[name.as_str()], rest, id),
    }
}

/// The same with every id and every number alike, so that only what is told remains.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(|c: char| !c.is_ascii_hexdigit() && c != '-') {
        let (word, end) = word.split_at(word.len() - 1);
        let is_id =
            word.len() == 36 || (!word.is_empty() && word.chars().all(|c| c.is_ascii_digit()));
        out.push_str(if is_id { "…" } else { word });
        out.push_str(end);
    }
    out
}

/// What one request is made of.
#[derive(Clone)]
struct Asked {
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
}

struct Matrix<'s> {
    api: Arc<Api>,
    other: &'s Workspace,
    own: Things,
    theirs: Things,
    tried: usize,
    /// What was refused for another reason than that the path names nothing.
    otherwise: Vec<String>,
}

impl Matrix<'_> {
    /// The request that would do something with what is one's own.
    fn usual(&self, route: &Route) -> Asked {
        let all = self.api.definitions();
        let mut path = route.declaration.path.replace("{position}", "1");
        for name in route.declaration.path_parameters().filter(|name| !NO_IDS.contains(name)) {
            path = path.replace(&format!("{{{name}}}"), &self.own[noun(route, name)]);
        }
        let query = example(route, all, &route.schemas.query, "", &self.own);
        let query: Map<String, Value> = query.as_object().cloned().unwrap_or_default();
        let shown = |value: Value| value.as_str().map_or(value.to_string(), str::to_owned);
        let body = route.schemas.body.as_ref();
        let mut body = body.map(|(_, schema)| example(route, all, schema, "", &self.own));
        if let (Some(body), "/v1/leads/{id}/move") = (&mut body, route.declaration.path) {
            body["after"] = json!(self.own["leads"]);
        }
        Asked {
            path,
            query: query.into_iter().map(|(name, value)| (name, shown(value))).collect(),
            body,
        }
    }

    async fn ask(&self, route: &Route, asked: &Asked) -> Reply {
        let method = route.declaration.method.upper_case().parse().unwrap();
        let query: Vec<_> =
            asked.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let path = format!("{}?{}", asked.path, query.join("&"));
        let request = self.other.client.request(method, path.trim_end_matches('?'));
        let request = request.header("X-Request-Id", "7c1b8a52-7f0e-4c58-a7b1-0e6a5d4c3b2a");
        // A claim is for somebody.
        let request = request.header("Convolog-On-Behalf-Of", &self.own["people"]);
        match &asked.body {
            Some(body) => match route.schemas.body.as_ref() {
                Some((media, _)) if *media != "application/json" => {
                    request.header("content-type", media).body(body.to_string()).await
                }
                _ => request.json(body).await,
            },
            None => request.await,
        }
    }

    /// Asks with another workspace's id and with nobody's.
    async fn alike(&mut self, route: &Route, name: &str, with: impl Fn(&str) -> Asked) -> Reply {
        let theirs = self.theirs[noun(route, name)].clone();
        let what = format!("{name} of {}", asked_of(route));
        assert_ne!(theirs, NOBODY, "{what}");
        let (theirs, nobodys) =
            (self.ask(route, &with(&theirs)).await, self.ask(route, &with(NOBODY)).await);
        assert_eq!(
            (theirs.status, plain(&theirs.text)),
            (nobodys.status, plain(&nobodys.text)),
            "{what}"
        );
        self.tried += 1;
        theirs
    }

    async fn ids_of_the_path(&mut self, route: &Route) {
        let usual = self.usual(route);
        let names: Vec<_> = route.declaration.path_parameters().collect();
        for name in names.into_iter().filter(|name| !NO_IDS.contains(name)) {
            let own = self.own[noun(route, name)].clone();
            let with = |id: &str| Asked { path: usual.path.replace(&own, id), ..usual.clone() };
            let reply = self.alike(route, name, with).await;
            if reply.status != 404 {
                self.otherwise.push(format!("{}: {}", asked_of(route), reply.text));
            }
        }
    }

    async fn ids_of_the_query(&mut self, route: &Route) {
        let (usual, mut found) = (self.usual(route), Vec::new());
        ids(self.api.definitions(), &route.schemas.query, &[], &mut found);
        for at in found {
            let name = at[0].clone();
            let with = |id: &str| {
                let mut asked = usual.clone();
                asked.query.retain(|(other, _)| *other != name);
                asked.query.push((name.clone(), id.to_owned()));
                asked
            };
            let reply = self.alike(route, &name, with).await;
            // What is refused is refused for this very id.
            if reply.status == 400 && reply.json()["field"] != json!(name) {
                self.otherwise.push(format!("{name} of {}: {}", asked_of(route), reply.text));
            }
        }
    }

    async fn ids_of_the_body(&mut self, route: &Route) {
        let (usual, mut found) = (self.usual(route), Vec::new());
        let Some((_, schema)) = &route.schemas.body else { return };
        ids(self.api.definitions(), schema, &[], &mut found);
        for at in found {
            let name = at.iter().rfind(|name| *name != "*").unwrap().clone();
            let with = |id: &str| {
                let mut asked = usual.clone();
                let body = asked.body.get_or_insert_with(|| json!({}));
                put(body, &at, id);
                for (name, value) in beside(route, &name) {
                    body[name] = value;
                }
                asked
            };
            let reply = self.alike(route, &name, with).await;
            // What is refused is refused for this very id.
            let field = &reply.json()["field"];
            if reply.status == 400 && *field != json!(at[0]) && *field != json!(name) {
                self.otherwise.push(format!("{at:?} of {}: {}", asked_of(route), reply.text));
            }
        }
    }
}

fn asked_of(route: &Route) -> String {
    format!("{:?} {}", route.declaration.method, route.declaration.path)
}

/// What must stand beside an id in a body, where the schema does not say so.
fn beside(route: &Route, member: &str) -> Vec<(&'static str, Value)> {
    match (route.declaration.path, member) {
        ("/v1/agents" | "/v1/services", _) => vec![("name", json!("Mia"))],
        ("/v1/conversations/{id}/messages", _) => {
            vec![("type", json!("text")), ("text", json!("Hello"))]
        }
        ("/v1/conversations/bulk", "person_id") => vec![("action", json!("assign"))],
        ("/v1/conversations/bulk", _) => vec![("action", json!("close"))],
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn another_workspaces_things_answer_like_nothing() {
    let server = TestServer::start().await;
    let (owner, other) = (server.workspace().await, server.workspace().await);
    let theirs = everything(&server, &owner, "106540352242922").await;
    let own = everything(&server, &other, "106540352242923").await;
    let mut matrix =
        Matrix { api: Api::native(), other: &other, own, theirs, tried: 0, otherwise: vec![] };
    let routes: Vec<_> = matrix.api.routes().to_vec();
    let mut deletes = Vec::new();
    for route in &routes {
        if !matches!(route.declaration.access, Access::Key(_) | Access::AdministratorOrKey(_)) {
            continue;
        }
        // What is deleted cannot be asked about any more.
        if route.declaration.method == Method::Delete {
            deletes.push(route);
            continue;
        }
        matrix.ids_of_the_path(route).await;
        matrix.ids_of_the_query(route).await;
        matrix.ids_of_the_body(route).await;
    }
    for route in deletes {
        matrix.ids_of_the_path(route).await;
        matrix.ids_of_the_query(route).await;
    }
    assert!(matrix.otherwise.is_empty(), "{:#?}", matrix.otherwise);
    // A handful of routes would prove nothing.
    assert!(matrix.tried > 80, "{}", matrix.tried);
}
