//! The walk through each surface, against the demo: every request gets what it should, and the examples
//! of the documents are what the demo answers.
//!
//! `CONVOLOG_REGENERATE=1` writes anew those examples that have become stale.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use convolog_server::Api;
use convolog_server::endpoint::{Access, Route};
use convolog_server::openapi::walk::{Place, Step, Walk};
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::process::{PATIENCE, Running, convolog};

/// How much of a list an example shows.
const SHOWN: usize = 2;
/// Longer answers are no examples, in bytes of JSON.
const EXAMPLE_MAX: usize = 256 * 1024;
/// Shorter texts are no secrets.
const SECRET_MIN: usize = 30;

#[tokio::test]
async fn each_surface_is_walked_through_and_the_examples_are_what_the_demo_answers() {
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("demo");
    let mut command = convolog();
    command.args(["demo", "--quiet", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
    let demo = Running::start(&mut command, &data.with_extension("stderr"));
    let base = demo.line("URL");
    demo.line("The simulated customers are silent");
    let kept: Value =
        serde_json::from_slice(&std::fs::read(data.join("demo.json")).unwrap()).unwrap();
    let mut stale = Vec::new();
    // The native one last: it changes most.
    for surface in ["avelto", "convoai", "native"] {
        let api = Api::all().iter().find(|api| api.surface().name == surface).unwrap();
        let first = &kept["businesses"][0];
        let key = first["dialects"].get(surface).unwrap_or(&first["key"]);
        let mut walker = Walker::new(&base, api, key, &kept["admin_token"]);
        walker.walk().await;
        stale.extend(compare(surface, &walker.told));
    }
    assert!(stale.is_empty(), "{stale:?} are stale; `make generated` writes them again");
    assert!(demo.stop().success());
}

/// Compares what was told with the committed examples, or writes those that differ; answers which.
fn compare(surface: &str, told: &BTreeMap<String, (Value, Value)>) -> Vec<String> {
    let file = format!("src/openapi/examples/{surface}.json");
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut committed: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    // What is written anew shows a value wherever there is one.
    let regenerating = std::env::var_os("CONVOLOG_REGENERATE").is_some();
    let gone = committed.keys().filter(|name| !told.contains_key(*name));
    let mut stale: Vec<String> = gone.cloned().collect();
    for (name, (template, fresh)) in told {
        let kept = committed.get(name).is_some_and(|old| {
            let asked = ["path", "query", "header", "media", "body"];
            asked.iter().all(|part| fits(&template[part], &old[part]))
                && old["status"] == fresh["status"]
                && alike(&old["answer"], &fresh["answer"])
                && !(regenerating && shows_less(&old["answer"], &fresh["answer"]))
        });
        if !kept {
            stale.push(name.clone());
        }
    }
    if regenerating {
        for name in std::mem::take(&mut stale) {
            match told.get(&name) {
                Some((_, fresh)) => committed.insert(name, fresh.clone()),
                None => committed.remove(&name),
            };
        }
        let text = serde_json::to_string_pretty(&committed).unwrap();
        std::fs::write(&path, format!("{text}\n")).unwrap();
    }
    stale.iter().map(|name| format!("{surface}: {name}")).collect()
}

/// Whether something was made from a template: the same, but for what variables stood for.
fn fits(template: &Value, made: &Value) -> bool {
    match (template, made) {
        (Value::String(text), _) if text.contains("{{") => true,
        (Value::Object(template), Value::Object(made)) => {
            template.keys().eq(made.keys()) && template.iter().all(|(k, v)| fits(v, &made[k]))
        }
        (Value::Array(template), Value::Array(made)) => {
            template.len() == made.len() && template.iter().zip(made).all(|(a, b)| fits(a, b))
        }
        (template, made) => template == made,
    }
}

/// Whether two answers are of the same make: members and kinds of values. What differs from one walk to
/// the next (ids, times, figures, and whether there is one) does not count.
fn alike(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Null, _) | (_, Value::Null) => true,
        (Value::Object(old), Value::Object(new)) => {
            old.keys().eq(new.keys()) && old.iter().all(|(name, old)| alike(old, &new[name]))
        }
        (Value::Array(old), Value::Array(new)) => old.iter().zip(new).all(|(a, b)| alike(a, b)),
        (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// Whether an answer has nothing where another of the same make has something.
fn shows_less(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Null, new) => !new.is_null(),
        (Value::Object(old), Value::Object(new)) => {
            old.iter().any(|(name, old)| shows_less(old, &new[name]))
        }
        (Value::Array(old), Value::Array(new)) => {
            old.iter().zip(new).any(|(old, new)| shows_less(old, new))
        }
        _ => false,
    }
}

/// A media type and a body.
type Content<'a> = (&'a str, String);

/// Somebody who walks through a surface.
struct Walker<'a> {
    base: &'a str,
    api: &'a Api,
    http: reqwest::Client,
    variables: Map<String, Value>,
    /// The first walk to each endpoint: what was to be asked, and what was asked and answered.
    told: BTreeMap<String, (Value, Value)>,
}

impl<'a> Walker<'a> {
    fn new(base: &'a str, api: &'a Api, key: &Value, admin: &Value) -> Self {
        let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
        let mut variables = Map::new();
        variables.insert("apiToken".to_owned(), key.clone());
        variables.insert("adminToken".to_owned(), admin.clone());
        Self { base, api, http, variables, told: BTreeMap::new() }
    }

    async fn walk(&mut self) {
        let walk = Walk::of(self.api.surface().name).unwrap();
        self.variables.extend(walk.variables.clone());
        for step in walk.steps() {
            self.step(step).await;
        }
    }

    async fn step(&mut self, step: &Step) {
        let now = jiff::Timestamp::now();
        let later = now + jiff::SignedDuration::from_hours(2);
        let month = now.to_string()[..7].to_owned();
        self.variables.extend([
            ("later".to_owned(), json!(later.to_string())),
            ("month".to_owned(), json!(month)),
        ]);
        let route = self.api.routes().iter().find(|one| one.declaration.name == step.call).unwrap();
        let success = route.declaration.success.as_str();
        let status = step.answers.as_deref().unwrap_or(success);
        let query: Vec<(String, String)> =
            step.query.iter().map(|(k, v)| (k.clone(), self.filled(v.as_str().unwrap()))).collect();
        let path = step.path.iter().fold(route.path(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), &self.filled(value.as_str().unwrap()))
        });
        let content = step.content().map(|(media, text)| (media, self.filled(&text)));
        let begun = Instant::now();
        let answer = loop {
            let mut request = self.http.request(method(route), format!("{}{path}", self.base));
            for (name, value) in &step.headers {
                request = request.header(name, self.filled(value.as_str().unwrap()));
            }
            let text = content.as_ref().map(|(_, text)| text.clone()).unwrap_or_default();
            if let Some((media, _)) = &content {
                request = request.header("content-type", *media);
            }
            request = self.authorized(request, route, &text);
            let reply = request.query(&query).body(text).send().await.unwrap();
            let given = reply.status();
            let text = reply.text().await.unwrap();
            assert_eq!(given.as_str(), status, "{} {path}: {text}", step.call);
            let answer = serde_json::from_str(&text).unwrap_or(Value::String(text));
            if step.until.iter().all(|(place, wanted)| holds(&answer, place, wanted)) {
                break answer;
            }
            assert!(begun.elapsed() < PATIENCE, "{} {path}: {answer}", step.call);
        };
        for (name, place) in step.saved() {
            let found = found(&answer, &place);
            let found = found.unwrap_or_else(|| panic!("{}: no {name} in {answer}", step.call));
            self.variables.insert(name.to_owned(), found);
        }
        self.tell(step, route, (&query, content), (status, answer));
    }

    /// Keeps the first walk to an endpoint.
    fn tell(
        &mut self,
        step: &Step,
        route: &Route,
        (query, content): (&[(String, String)], Option<Content<'_>>),
        (status, answer): (&str, Value),
    ) {
        let path: Map<String, Value> = step
            .path
            .iter()
            .map(|(k, v)| (k.clone(), json!(self.filled(v.as_str().unwrap()))))
            .collect();
        let query: Map<String, Value> = query.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
        let (media, body) = match content {
            Some((media, text)) => {
                (json!(media), serde_json::from_str(&text).unwrap_or(Value::String(text)))
            }
            None => (Value::Null, Value::Null),
        };
        let header: Map<String, Value> = step
            .headers
            .iter()
            .map(|(k, v)| (k.clone(), json!(self.filled(v.as_str().unwrap()))))
            .collect();
        let template = json!({
            "path": step.path, "query": step.query, "header": step.headers, "media": media,
            "body": step.body.clone().or_else(|| step.text.clone().map(Value::String)),
        });
        let mut made = json!({ "path": path, "query": query, "header": header, "media": media, "body": body, "status": status });
        let shown = shown(&answer);
        let is_json =
            matches!(route.schemas.ok, Some(("application/json", _))) || answer.is_object();
        if is_json && answer.to_string().len() <= EXAMPLE_MAX {
            made["answer"] = shown;
        }
        let made = without_null(made);
        self.told.entry(step.call.clone()).or_insert((without_null(template), made));
    }

    fn authorized(
        &self,
        request: reqwest::RequestBuilder,
        route: &Route,
        body: &str,
    ) -> reqwest::RequestBuilder {
        let text = |name: &str| self.variables[name].as_str().unwrap();
        match route.declaration.access {
            Access::Public => request,
            Access::Signed => {
                let secret = text("appSecret");
                let signature = convolog_whatsapp::sign(secret.as_bytes(), body.as_bytes());
                request.header(convolog_whatsapp::HEADER, signature)
            }
            Access::Administrator => request.bearer_auth(text("adminToken")),
            Access::Key(_)
            | Access::AdministratorOrKey(_)
            | Access::Granted(_)
            | Access::AnyKey(_) => request.bearer_auth(text("apiToken")),
        }
    }

    /// A text with what its variables stand for.
    fn filled(&self, text: &str) -> String {
        let mut parts = text.split("{{");
        let mut out = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once("}}").unwrap();
            match name {
                "$guid" => out.push_str(&uuid::Uuid::new_v4().to_string()),
                "$timestamp" => out.push_str(&jiff::Timestamp::now().as_second().to_string()),
                name => match self.variables.get(name) {
                    Some(Value::String(text)) => out.push_str(text),
                    Some(other) => out.push_str(&other.to_string()),
                    None => panic!("{name} is not there yet"),
                },
            }
            out.push_str(rest);
        }
        out
    }
}

fn method(route: &Route) -> Method {
    route.declaration.method.upper_case().parse().unwrap()
}

fn holds(answer: &Value, place: &str, wanted: &Value) -> bool {
    match (answer.pointer(place), wanted) {
        (found, Value::Null) => found.is_some_and(|found| !found.is_null()),
        (found, wanted) => found == Some(wanted),
    }
}

fn found(answer: &Value, place: &Place) -> Option<Value> {
    match place {
        Place::At(at) => answer.pointer(at).cloned(),
        Place::Of { r#in, r#where, take } => {
            let items = answer.pointer(r#in)?.as_array()?;
            let fits =
                |item: &&Value| r#where.iter().all(|(at, wanted)| item.pointer(at) == Some(wanted));
            items.iter().find(fits)?.pointer(take).cloned()
        }
    }
}

/// An answer as an example shows it: the first items of lists, nobody's secrets, no address of a moment.
fn shown(answer: &Value) -> Value {
    match answer {
        Value::Array(items) => items.iter().take(SHOWN).map(shown).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let secret = ["key", "secret", "signingSecret"].contains(&name.as_str());
                let value = match value.as_str() {
                    Some(text) if secret && text.len() >= SECRET_MIN => json!(masked(text)),
                    Some(text) if text.starts_with("http://127.0.0.1") => {
                        json!("http://127.0.0.1:9000")
                    }
                    _ => shown(value),
                };
                (name.clone(), value)
            })
            .collect(),
        other => other.clone(),
    }
}

/// A secret of the same shape: behind its last underscore, the same digits over and over.
fn masked(secret: &str) -> String {
    let begins = secret.rfind('_').map_or(0, |at| at + 1);
    let (prefix, rest) = secret.split_at(begins);
    let digits = "0123456789abcdef".chars().cycle().take(rest.chars().count());
    prefix.chars().chain(digits).collect()
}

fn without_null(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null() && *value != json!({}))
        .collect::<Map<_, _>>()
        .into()
}
