//! The installation that loses its power: one workspace, one number.

use std::path::Path;

use bytes::Bytes;
use convolog_domain::{
    AppId, ChannelId, Event, SubjectId, WorkspaceId, number::OwnershipProof,
    workspace::CreateWorkspace,
};
use convolog_engine::{
    Answer, AppChoice, AppSecrets, Caller, ChannelSpec, DataFolder, Engine, FolderError,
    FolderOptions,
};
use convolog_log::Options;
use convolog_vault::MasterKey;
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

const MASTER: &str = "c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7";
const NUMBER: &str = "106540352242922";
const ACCOUNT: &str = "102290129340398";
pub(crate) const SECRET: &str = "the secret of the app";
pub(crate) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(7));

/// Makes a new one, as it should be made: bugs that are seeded on purpose come with the load.
pub(crate) fn make(dir: &Path) -> DataFolder {
    let options = options();
    #[cfg(feature = "seeded-bugs")]
    let options = FolderOptions { log: Options { seeded_bug: None, ..options.log }, ..options };
    let master = MasterKey::parse(MASTER).unwrap();
    DataFolder::open_or_create(dir, &master, options).unwrap()
}

/// Opens what is there.
pub(crate) fn open(dir: &Path) -> Result<DataFolder, FolderError> {
    DataFolder::open(dir, &MasterKey::parse(MASTER).unwrap(), options())
}

fn options() -> FolderOptions {
    let log = Options {
        // A few seconds of writing close several volumes.
        volume_bytes: 256 << 10,
        free_floor_bytes: 16 << 20,
        ballast_bytes: 0,
        ..Options::default()
    };
    FolderOptions { log, ..FolderOptions::default() }
}

/// Sets up the workspace, its app and its number.
pub(crate) async fn set_up(engine: &Engine) {
    let caller = Caller::administrator(WORKSPACE);
    let create = CreateWorkspace { name: "Clinic".to_owned(), plan: "enterprise".to_owned() };
    engine.create_workspace(&caller, WORKSPACE, create, None, nothing).await.unwrap();
    let app = AppId(Uuid::from_u128(8));
    let secrets = AppSecrets {
        secret: SecretString::from(SECRET),
        verify_token: SecretString::from("a token"),
        graph_version: "v25.0".to_owned(),
    };
    engine.register_app(&caller, app, "App", &secrets, None, nothing).await.unwrap();
    let spec = ChannelSpec {
        platform: "whatsapp".to_owned(),
        name: "Front desk".to_owned(),
        app: AppChoice::Registered(app),
        phone_number_id: NUMBER.to_owned(),
        waba_id: ACCOUNT.to_owned(),
        display_phone_number: "+1 555 078 3881".into(),
        access_token: None,
        graph_url: "https://graph.example.com".to_owned(),
        plain_http_allowed: false,
        proof: OwnershipProof::Waived,
    };
    let channel = ChannelId(Uuid::from_u128(9));
    engine.connect_channel(&caller, channel, &spec, None, nothing).await.unwrap();
}

fn nothing(_: &[Event]) -> Answer {
    let subject = SubjectId(Uuid::nil());
    Answer { status: 201, body: Value::Null, masked: Value::Null, subject }
}

/// A text from somebody: the body and its signature.
pub(crate) fn post(from: &str, id: &str) -> (Bytes, String) {
    let at = jiff::Timestamp::now().as_second().to_string();
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": ACCOUNT, "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550783881", "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": format!("Customer {from}") }, "wa_id": from }],
            "messages": [{ "from": from, "id": format!("wamid.{id}"), "timestamp": at,
                           "type": "text", "text": { "body": format!("message {id}") } }],
        } }] }],
    });
    let body = Bytes::from(body.to_string());
    let signature = convolog_whatsapp::sign(SECRET.as_bytes(), &body);
    (body, signature)
}
