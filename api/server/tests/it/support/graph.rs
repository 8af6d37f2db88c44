//! A double of the platform's API: takes messages, answers as it is told, remembers what it saw.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use sha2::Digest as _;
use tokio::net::TcpListener;

/// One message that was handed over.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) path: String,
    pub(crate) token: String,
    pub(crate) body: Value,
}

/// A file that the platform hands out, and how.
#[derive(Clone, Default)]
pub(crate) struct Handed {
    pub(crate) bytes: Vec<u8>,
    /// The hash that it announces; the true one if there is none.
    pub(crate) sha256: Option<String>,
    /// The size that it announces; the true one if there is none.
    pub(crate) size: Option<u64>,
    /// Where it says that the file lies; at the platform's own host if there is none.
    pub(crate) url: Option<String>,
    /// The statuses of the next answers to the question where it lies; 200 from then on.
    pub(crate) asked: VecDeque<u16>,
    /// The statuses of the next answers of the place itself; 200 from then on.
    pub(crate) fetched: VecDeque<u16>,
    /// The place takes the question and never answers.
    pub(crate) hangs: bool,
    /// What is answered to the question where it lies, as it is, in place of a place.
    pub(crate) nonsense: Option<String>,
}

#[derive(Default)]
struct Script {
    seen: Vec<Seen>,
    answers: VecDeque<(u16, Value)>,
    templates: Vec<Value>,
    /// What templates are answered next.
    template_answers: VecDeque<(u16, Value)>,
    template_calls: Vec<Value>,
    files: HashMap<String, Handed>,
    /// What was asked of files: `place/ID` and `file/ID`, with the token.
    wanted: Vec<(String, String)>,
    /// Bodies of uploads.
    uploads: Vec<Vec<u8>>,
    /// What the next uploads are answered; each is taken from then on.
    upload_answers: VecDeque<(u16, Value)>,
    /// So many of the next uploads are never answered.
    hanging_uploads: usize,
}

/// Templates of a page.
const PAGE: usize = 2;

/// The platform.
#[derive(Clone)]
pub(crate) struct Graph {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
}

impl Graph {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let graph = Self { address: listener.local_addr().unwrap(), script: Arc::default() };
        let router = Router::new()
            .route("/{version}/{number}/messages", post(take))
            .route(
                "/{version}/{account}/message_templates",
                get(list_templates).post(create_template).delete(delete_template),
            )
            .route("/{version}/{number}/media", post(upload))
            .layer(axum::extract::DefaultBodyLimit::disable())
            .route("/{version}/{id}", get(place))
            .route("/somewhere/else/{id}", get(hand_out))
            .with_state((graph.script.clone(), graph.host()));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        graph
    }

    /// `host:port`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Answers the next message so; without an answer of its own a message is accepted.
    pub(crate) fn answer(&self, status: u16, body: Value) {
        self.script.lock().unwrap().answers.push_back((status, body));
    }

    /// Refuses the next message with this code.
    pub(crate) fn refuse(&self, code: i64) {
        self.answer(400, json!({ "error": { "code": code, "message": "no", "error_data": { "details": "the details" } } }));
    }

    /// The account has this template, in place of one of the same name and language.
    pub(crate) fn has_template(&self, template: Value) {
        let mut script = self.script.lock().unwrap();
        let same = |one: &Value| {
            one["name"] == template["name"] && one["language"] == template["language"]
        };
        script.templates.retain(|one| !same(one));
        script.templates.push(template);
    }

    /// The account has no template of this name any more.
    pub(crate) fn lost_template(&self, name: &str) {
        self.script.lock().unwrap().templates.retain(|one| one["name"] != name);
    }

    /// Answers the next call about templates so.
    pub(crate) fn answer_templates(&self, status: u16, body: Value) {
        self.script.lock().unwrap().template_answers.push_back((status, body));
    }

    /// Refuses the next call about templates with this code.
    pub(crate) fn refuse_templates(&self, code: i64) {
        self.answer_templates(400, json!({ "error": { "code": code, "message": "no" } }));
    }

    /// Every call about templates, as method, query and body.
    pub(crate) fn template_calls(&self) -> Vec<Value> {
        self.script.lock().unwrap().template_calls.clone()
    }

    /// Hands out a file under this id.
    pub(crate) fn hand_out(&self, id: &str, file: Handed) {
        self.script.lock().unwrap().files.insert(id.to_owned(), file);
    }

    /// The bodies of uploads that were taken or not.
    pub(crate) fn uploads(&self) -> Vec<Vec<u8>> {
        self.script.lock().unwrap().uploads.clone()
    }

    /// Answers the next upload so.
    pub(crate) fn refuse_upload(&self, status: u16, body: Value) {
        self.script.lock().unwrap().upload_answers.push_back((status, body));
    }

    /// Never answers the next upload.
    pub(crate) fn hang_upload(&self) {
        self.script.lock().unwrap().hanging_uploads += 1;
    }

    /// What was asked of files, in order, each with the token.
    pub(crate) fn wanted(&self) -> Vec<(String, String)> {
        self.script.lock().unwrap().wanted.clone()
    }

    /// Everything that was handed over.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.script.lock().unwrap().seen.clone()
    }
}

type Known = (Arc<Mutex<Script>>, String);

fn token(headers: &HeaderMap) -> String {
    let token = headers.get("authorization").and_then(|value| value.to_str().ok());
    token.unwrap_or_default().to_owned()
}

/// Says where a file lies.
async fn place(
    State((script, host)): State<Known>,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.wanted.push((format!("place/{id}"), token(&headers)));
    let Some(file) = script.files.get_mut(&id) else {
        return (StatusCode::BAD_REQUEST, json!({ "error": { "code": 100 } }).to_string());
    };
    if let Some(status) = file.asked.pop_front() {
        return (StatusCode::from_u16(status).unwrap(), "{}".to_owned());
    }
    if let Some(nonsense) = file.nonsense.clone() {
        return (StatusCode::OK, nonsense);
    }
    let sha256 = file.sha256.clone();
    let place = json!({
        "id": id, "messaging_product": "whatsapp", "mime_type": "image/jpeg",
        "url": file.url.clone().unwrap_or_else(|| format!("http://{host}/somewhere/else/{id}")),
        "sha256": sha256.unwrap_or_else(|| hex::encode(sha2::Sha256::digest(&file.bytes))),
        "file_size": file.size.unwrap_or_else(|| u64::try_from(file.bytes.len()).unwrap()),
    });
    (StatusCode::OK, place.to_string())
}

/// The file itself; what is answered with a redirection leads to another one.
async fn hand_out(
    State((script, host)): State<Known>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    {
        let mut script = script.lock().unwrap();
        script.wanted.push((format!("file/{id}"), token(&headers)));
        let file = script.files.get_mut(&id).unwrap();
        if let Some(status) = file.fetched.pop_front() {
            let leads = format!("http://{host}/somewhere/else/secret");
            return (StatusCode::from_u16(status).unwrap(), [("location", leads)]).into_response();
        }
        if !file.hangs {
            return file.bytes.clone().into_response();
        }
    }
    std::future::pending().await
}

async fn upload(
    State((script, _)): State<Known>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> (StatusCode, String) {
    {
        let mut script = script.lock().unwrap();
        assert_eq!(headers["content-length"], body.len().to_string());
        script.uploads.push(body.to_vec());
        let id = format!("UP{}", script.uploads.len());
        if script.hanging_uploads == 0 {
            let answer = script.upload_answers.pop_front().unwrap_or((200, json!({ "id": id })));
            return (StatusCode::from_u16(answer.0).unwrap(), answer.1.to_string());
        }
        script.hanging_uploads -= 1;
    }
    std::future::pending().await
}

async fn take(
    State((script, _)): State<Known>,
    Path((version, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.seen.push(Seen {
        path: format!("{version}/{number}"),
        token: token(&headers),
        body: serde_json::from_str(&body).unwrap(),
    });
    let id = format!("wamid.OUT{}", script.seen.len());
    let (status, body) = script.answers.pop_front().unwrap_or_else(|| {
        (200, json!({ "messaging_product": "whatsapp", "messages": [{ "id": id }] }))
    });
    (StatusCode::from_u16(status).unwrap(), body.to_string())
}

/// A page of the account's templates.
async fn list_templates(
    State((script, _)): State<Known>,
    Query(query): Query<HashMap<String, String>>,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.template_calls.push(json!({ "method": "GET", "query": query }));
    if let Some((status, body)) = script.template_answers.pop_front() {
        return (StatusCode::from_u16(status).unwrap(), body.to_string());
    }
    let from = query.get("after").map_or(0, |after| after.parse().unwrap());
    let named = |one: &&Value| query.get("name").is_none_or(|name| one["name"] == name.as_str());
    let all: Vec<Value> = script.templates.iter().filter(named).cloned().collect();
    let page: Vec<Value> = all.iter().skip(from).take(PAGE).cloned().collect();
    let mut body =
        json!({ "data": page, "paging": { "cursors": { "after": (from + PAGE).to_string() } } });
    if from + PAGE < all.len() {
        body["paging"]["next"] = json!("https://graph.example/next");
    }
    (StatusCode::OK, body.to_string())
}

/// Takes a new template.
async fn create_template(State((script, _)): State<Known>, body: String) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    script.template_calls.push(json!({ "method": "POST", "body": body }));
    let mut template = body.clone();
    template["id"] = json!((900 + script.template_calls.len()).to_string());
    template["status"] = json!("PENDING");
    // What it answers may be lost after it took it.
    if let Some((status, answer)) = script.template_answers.pop_front() {
        if status >= 500 {
            script.templates.push(template);
        }
        return (StatusCode::from_u16(status).unwrap(), answer.to_string());
    }
    script.templates.push(template.clone());
    let answer = json!({ "id": template["id"], "status": "PENDING", "category": body["category"] });
    (StatusCode::OK, answer.to_string())
}

/// Deletes one.
async fn delete_template(
    State((script, _)): State<Known>,
    Query(query): Query<HashMap<String, String>>,
) -> (StatusCode, String) {
    let mut script = script.lock().unwrap();
    script.template_calls.push(json!({ "method": "DELETE", "query": query }));
    if let Some((status, body)) = script.template_answers.pop_front() {
        return (StatusCode::from_u16(status).unwrap(), body.to_string());
    }
    script.templates.retain(|one| one["id"] != query["hsm_id"].as_str());
    (StatusCode::OK, json!({ "success": true }).to_string())
}
