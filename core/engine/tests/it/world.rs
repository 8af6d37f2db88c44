//! A small installation for tests: two workspaces, a number each, signed posts.

use std::sync::Arc;

use bytes::Bytes;
use convolog_domain::{
    AppId, ChannelId, Event, SubjectId, WorkspaceId,
    number::OwnershipProof,
    workspace::{CreateWorkspace, Plans},
};
use convolog_engine::{
    Answer, AppChoice, AppSecrets, Caller, ChannelSpec, CountedEntropy, Disclose, Engine, Inbound,
    Received, Recorded,
};
use convolog_log::{BlobStore, EventLog, Filter, ManualClock, MemoryLog, Position, Timestamp};
use convolog_vault::{MasterKey, Vault};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

/// 2026-11-20T10:00:00Z in seconds.
pub(crate) const NOW: i64 = 1_795_168_800;

/// One tenant with one number.
pub(crate) struct Tenant {
    pub(crate) workspace: WorkspaceId,
    pub(crate) app: AppId,
    pub(crate) channel: ChannelId,
    pub(crate) number: &'static str,
    pub(crate) account: &'static str,
    pub(crate) secret: &'static str,
}

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) inbound: Inbound,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) tenants: [Tenant; 2],
    _dir: tempfile::TempDir,
}

pub(crate) fn nothing(_: &[Event]) -> Answer {
    let subject = SubjectId(Uuid::nil());
    Answer { status: 201, body: Value::Null, masked: Value::Null, subject }
}

fn tenant(n: u8) -> Tenant {
    let id = |kind: u8| Uuid::from_bytes([kind, n, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]);
    Tenant {
        workspace: WorkspaceId(id(1)),
        app: AppId(id(2)),
        channel: ChannelId(id(3)),
        number: ["106540352242922", "409552778964973"][usize::from(n)],
        account: ["102290129340398", "880480571844883"][usize::from(n)],
        secret: ["secret of the clinic", "secret of the florist"][usize::from(n)],
    }
}

impl Tenant {
    /// A number that belongs to the tenant's app.
    pub(crate) fn channel_spec(&self, number: &str) -> ChannelSpec {
        ChannelSpec {
            platform: "whatsapp".to_owned(),
            name: "Front desk".to_owned(),
            app: AppChoice::Registered(self.app),
            phone_number_id: number.to_owned(),
            waba_id: self.account.to_owned(),
            display_phone_number: "+1 555 078 3881".into(),
            access_token: None,
            graph_url: "https://graph.example.com".to_owned(),
            plain_http_allowed: false,
            proof: OwnershipProof::Waived,
        }
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_plans(Plans::built_in()).await
    }

    /// One where plans allow something else.
    pub(crate) async fn with_plans(plans: Plans) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(NOW * 1_000_000)));
        let log: Arc<dyn EventLog> = Arc::new(MemoryLog::new(clock.clone()));
        let master = MasterKey::parse(&"5a".repeat(32)).unwrap();
        let vault = Vault::open(&dir.path().join("keys.vault"), &master, 0).unwrap();
        let blobs = Arc::new(BlobStore::open(&dir.path().join("blobs")).unwrap());
        let entropy = Arc::new(CountedEntropy::default());
        let engine = Engine::new(log, vault, blobs, clock.clone(), entropy).with_plans(plans);
        let world = Self {
            inbound: Inbound::new(engine.clone()),
            engine,
            clock,
            tenants: [tenant(0), tenant(1)],
            _dir: dir,
        };
        for tenant in &world.tenants {
            world.connect(tenant).await;
        }
        world
    }

    async fn connect(&self, tenant: &Tenant) {
        let caller = Caller::administrator(tenant.workspace);
        let create = CreateWorkspace { name: "A business".to_owned(), plan: "pro".to_owned() };
        self.engine
            .create_workspace(&caller, tenant.workspace, create, None, nothing)
            .await
            .unwrap();
        let secrets = AppSecrets {
            secret: SecretString::from(tenant.secret),
            verify_token: SecretString::from(format!("token of {}", tenant.number)),
            graph_version: "v25.0".to_owned(),
        };
        self.engine
            .register_app(&caller, tenant.app, "An app", &secrets, None, nothing)
            .await
            .unwrap();
        self.connect_channel(tenant, tenant.channel, tenant.number).await;
    }

    /// Connects one more number of a tenant, by a channel that is named after it.
    pub(crate) async fn connect_number(&self, tenant: &Tenant, number: &str) {
        let id = ChannelId(Uuid::from_u128(number.parse().unwrap()));
        self.connect_channel(tenant, id, number).await;
    }

    async fn connect_channel(&self, tenant: &Tenant, channel: ChannelId, number: &str) {
        let caller = Caller::administrator(tenant.workspace);
        let spec = tenant.channel_spec(number);
        self.engine.connect_channel(&caller, channel, &spec, None, nothing).await.unwrap();
    }

    /// Posts a body signed with the tenant's secret.
    pub(crate) async fn post(&self, tenant: &Tenant, body: &Value) -> Received {
        self.post_text(tenant, &body.to_string()).await
    }

    pub(crate) async fn post_text(&self, tenant: &Tenant, body: &str) -> Received {
        let signature = convolog_whatsapp::sign(tenant.secret.as_bytes(), body.as_bytes());
        self.inbound.receive(Bytes::from(body.to_owned()), Some(&signature)).await.unwrap()
    }

    /// Every event of a workspace after the set-up, in order.
    pub(crate) fn events(&self, workspace: WorkspaceId) -> Vec<Recorded> {
        let filter = Filter { workspace: Some(workspace.0), ..Filter::default() };
        let mut after = Position::START;
        let mut out = Vec::new();
        loop {
            let (records, reached) = self.engine.log().read(after, 1_000, &filter).unwrap();
            out.extend(records.iter().map(|record| Recorded::read(record).unwrap()));
            if reached <= after || reached >= self.engine.log().head() {
                return out;
            }
            after = reached;
        }
    }

    /// The names of a workspace's events of these kinds of stream.
    pub(crate) fn names(&self, workspace: WorkspaceId, kinds: &[&str]) -> Vec<&'static str> {
        let wanted = |event: &&Recorded| kinds.contains(&event.stream.kind.name());
        let events = self.events(workspace);
        events.iter().filter(wanted).map(|event| event.event.event_type().name).collect()
    }

    /// Everything sealed in a workspace's events that can be opened, as text.
    pub(crate) fn disclosed(&self, workspace: WorkspaceId) -> String {
        let events = self.events(workspace);
        let opened = events.iter().flat_map(|event| self.engine.open(event));
        opened
            .map(|part| match part.disclosure {
                convolog_engine::Disclosure::Content(content) => {
                    serde_json::to_string(&content).unwrap()
                }
                other => format!("{other:?}"),
            })
            .collect()
    }
}

/// A post of one change of the field `messages`.
pub(crate) fn messages(tenant: &Tenant, value: &Value) -> Value {
    let mut whole = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": tenant.number},
    });
    for (key, part) in value.as_object().unwrap() {
        whole[key] = part.clone();
    }
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": tenant.account, "changes": [{"field": "messages", "value": whole}]}],
    })
}

/// A text from somebody, with a wamid made of `id`.
pub(crate) fn text(from: &str, id: &str, at: i64, body: &str) -> Value {
    json!({
        "contacts": [{"profile": {"name": "Ana"}, "wa_id": from}],
        "messages": [{"from": from, "id": format!("wamid.{id}"), "timestamp": at.to_string(),
                      "type": "text", "text": {"body": body}}],
    })
}

/// A status of the message made of `id`.
pub(crate) fn status(to: &str, id: &str, at: i64, name: &str) -> Value {
    json!({
        "statuses": [{"id": format!("wamid.{id}"), "status": name, "timestamp": at.to_string(),
                      "recipient_id": to}],
    })
}
