//! A real server on a folder, set up through its own API: a workspace, a key, a connected number,
//! and signed posts for that number.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use convolog_server::{App, Config, Handle, RateLimits, Server};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::client::Connection;
use crate::load::{Load, Measured};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Where posts go.
pub const INBOUND: &str = "/inbound/whatsapp";
/// Signs them.
pub const SECRET: &str = "the secret of the bench";
const ADMIN: &str = "the administrator of the bench";

/// A running server with one workspace.
#[derive(Debug)]
pub struct Rig {
    handle: Handle,
    /// The workspace.
    pub workspace: uuid::Uuid,
    /// A key that may do everything there.
    pub key: String,
}

impl Rig {
    /// Starts a server on an empty folder and connects a number.
    ///
    /// # Errors
    /// If it does not start, or refuses what it is asked.
    pub async fn start(data: &Path) -> Result<Self, Failure> {
        Self::start_with(data, "https://graph.facebook.com").await
    }

    /// The same, armed, with a number at this double of the platform.
    ///
    /// # Errors
    /// As [`Rig::start`].
    pub async fn start_at(data: &Path, platform: SocketAddr) -> Result<Self, Failure> {
        let rig = Self::start_with(data, &format!("http://{platform}")).await?;
        let mut client = Connection::open(rig.address()).await?;
        let head = format!("authorization: Bearer {ADMIN}\r\ncontent-type: application/json");
        let status = client.send(&written("POST", "/v1/installation/arm", &head, "{}")).await?;
        if status == 200 { Ok(rig) } else { Err(format!("not armed: {status}").into()) }
    }

    async fn start_with(data: &Path, graph_url: &str) -> Result<Self, Failure> {
        let config = Config {
            admin_token: Some(ADMIN.into()),
            master_key: Some("5a".repeat(32).into()),
            allow_private_urls: vec!["127.0.0.1".to_owned()],
            trust_numbers: true,
            rates: RateLimits::UNLIMITED,
            usage: false,
            ..Config::new(data)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let handle = Server::start(config, listener).await?;
        let mut client = Connection::open(handle.address()).await?;
        let body = json!({ "name": "A business", "plan": "enterprise" });
        let made = create(&mut client, "/v1/workspaces", ADMIN, &body).await?;
        let workspace = text(&made, "id")?;
        let path = format!("/v1/workspaces/{workspace}/keys");
        let body = json!({ "name": "The bench", "scopes": ["read", "write", "manage"] });
        let key = text(&create(&mut client, &path, ADMIN, &body).await?, "key")?;
        create(&mut client, "/v1/channels", &key, &channel(graph_url)).await?;
        Ok(Self { handle, workspace: workspace.parse()?, key })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.handle.address()
    }

    /// What its handlers see.
    pub fn app(&self) -> &App {
        self.handle.app()
    }

    /// Posts so many messages of so many people, as fast as it takes them, and waits until the read
    /// models show them.
    ///
    /// # Errors
    /// If one is not taken.
    pub async fn fill(&self, messages: u64, people: u64) -> Result<Measured, Failure> {
        self.fill_from(0..messages, move |number| number % people).await
    }

    /// Posts the messages of these numbers, each of a person.
    ///
    /// # Errors
    /// If one is not taken.
    pub async fn fill_from(
        &self,
        numbers: Range<u64>,
        person: impl Fn(u64) -> u64 + Send + Sync + 'static,
    ) -> Result<Measured, Failure> {
        let next = Arc::new(AtomicU64::new(numbers.start));
        let posts = Arc::new(move |number| post(&message(number, person(number))));
        let load = Load::new(self.address()).numbered_by(&next).until_sent(numbers.end);
        let measured = load.run(posts).await?;
        let head = self.app().engine().log().head();
        self.app().models().at_least(head, Duration::from_mins(10)).await?;
        Ok(measured)
    }

    /// Makes something with the workspace's key, and answers what was made.
    ///
    /// # Errors
    /// If it is refused.
    pub async fn create(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        create(&mut Connection::open(self.address()).await?, path, &self.key, body).await
    }

    /// Reads with the workspace's key.
    ///
    /// # Errors
    /// If it is refused.
    pub async fn read(&self, path: &str) -> Result<Value, Failure> {
        let mut client = Connection::open(self.address()).await?;
        let status = client.send(&self.get(path)).await?;
        let answer: Value = serde_json::from_slice(client.body())?;
        if status == 200 { Ok(answer) } else { Err(format!("{path}: {status} {answer}").into()) }
    }

    /// A `POST` without a body with the workspace's key.
    ///
    /// # Errors
    /// If it is refused.
    pub async fn order(&self, path: &str) -> Result<(), Failure> {
        let mut client = Connection::open(self.address()).await?;
        let head = format!("authorization: Bearer {}\r\ncontent-type: application/json", self.key);
        let status = client.send(&written("POST", path, &head, "{}")).await?;
        if status == 200 { Ok(()) } else { Err(format!("{path}: {status}").into()) }
    }

    /// A `GET` with the workspace's key, written out.
    pub fn get(&self, path: &str) -> Vec<u8> {
        let key = &self.key;
        format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\r\n")
            .into_bytes()
    }

    /// Stops the server and closes everything.
    ///
    /// # Errors
    /// If a write or sync had failed.
    pub async fn stop(self) -> Result<(), Failure> {
        Ok(self.handle.stop().await?)
    }
}

fn channel(graph_url: &str) -> Value {
    json!({
        "type": "whatsapp",
        "name": "Front desk",
        "phone_number_id": "106540352242922",
        "waba_id": "102290129340398",
        "display_phone_number": "+1 555 078 3881",
        "access_token": "a token",
        "app_secret": SECRET,
        "verify_token": "another token",
        "graph_url": graph_url,
    })
}

async fn create(
    client: &mut Connection,
    path: &str,
    token: &str,
    body: &Value,
) -> Result<Value, Failure> {
    let body = body.to_string();
    let head = format!("authorization: Bearer {token}\r\ncontent-type: application/json");
    let status = client.send(&written("POST", path, &head, &body)).await?;
    let answer: Value = serde_json::from_slice(client.body())?;
    if status == 201 { Ok(answer) } else { Err(format!("{path}: {status} {answer}").into()) }
}

fn text(value: &Value, name: &str) -> Result<String, Failure> {
    let text = value.get(name).and_then(Value::as_str);
    Ok(text.ok_or_else(|| format!("no {name} in an answer"))?.to_owned())
}

fn written(method: &str, path: &str, head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// A signed post of this body, written out.
pub fn post(body: &str) -> Vec<u8> {
    let signature = convolog_whatsapp::sign(SECRET.as_bytes(), body.as_bytes());
    let head = format!("content-type: application/json\r\nx-hub-signature-256: {signature}");
    written("POST", INBOUND, &head, body)
}

/// The phone of one of many people.
pub const fn phone(person: u64) -> u64 {
    16_500_000_000 + person
}

/// The body of a status of a message that the platform took.
pub fn delivered(id: &str, to: &str, ours: &str) -> String {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},"statuses":[{{"id":"{id}","status":"delivered","timestamp":"1795168800","recipient_id":"{to}","biz_opaque_callback_data":"{ours}"}}]}},"field":"messages"}}]}}]}}"#
    )
}

/// The body of a text message, the `number`-th of all, from one of many people.
pub fn message(number: u64, person: u64) -> String {
    said(number, person, &format!("Could you come by tomorrow before noon? Number {number}."))
}

/// The same with these words, which stand in JSON as they are.
pub fn said(number: u64, person: u64, words: &str) -> String {
    let from = phone(person);
    // An agent leaves what was written long ago to a person.
    let now = jiff::Timestamp::now().as_second();
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},"contacts":[{{"profile":{{"name":"Avery Lindqvist"}},"wa_id":"{from}"}}],"messages":[{{"from":"{from}","id":"wamid.HBgLMTY1MDU1NTAxNDIVAgASGBQzQTFD{number:012}","timestamp":"{now}","type":"text","text":{{"body":"{words}"}}}}]}},"field":"messages"}}]}}]}}"#
    )
}
