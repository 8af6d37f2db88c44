//! The commands that a story can give, with everything named by its id.

use std::collections::BTreeMap;

use convolog_domain::agent::OpenHours;
use convolog_domain::channel::ReadMarks;
use convolog_domain::contact::PreferenceScope;
use convolog_domain::conversation::MarkOutcome;
use convolog_domain::delivery::AttemptOutcome;
use convolog_domain::document::DocumentFormat;
use convolog_domain::service::DayException;
use convolog_domain::workspace::Rate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// A command.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each command is documented where it is decided, in the domain")]
pub enum Command {
    CreateWorkspace {
        name: String,
        plan: String,
    },
    RenameWorkspace {
        name: String,
    },
    ChangePlan {
        plan: String,
    },
    RegisterApp {
        name: String,
        secret: String,
        verify_token: String,
        /// It belongs to the installation, not to the workspace.
        #[serde(default)]
        installation: bool,
    },
    AddAppSecret {
        app: Uuid,
        secret: String,
    },
    /// Retires the oldest secret.
    RetireAppSecret {
        app: Uuid,
    },
    ReplaceVerifyToken {
        app: Uuid,
        verify_token: String,
    },
    ConnectChannel {
        name: String,
        app: Uuid,
        phone_number_id: String,
        waba_id: String,
        display_phone_number: String,
        #[serde(default)]
        access_token: Option<String>,
    },
    DisconnectChannel {
        channel: Uuid,
    },
    ReplaceToken {
        channel: Uuid,
        access_token: String,
    },
    AddPerson {
        name: String,
        role: String,
        #[serde(default)]
        email: Option<String>,
    },
    RemovePerson {
        person: Uuid,
    },
    CreateKey {
        name: String,
        mode: String,
        scopes: Vec<String>,
        #[serde(default = "native")]
        surface: String,
        #[serde(default)]
        person: Option<Uuid>,
        #[serde(default)]
        expires_at: Option<jiff::Timestamp>,
    },
    RevokeKey {
        key: Uuid,
    },
    AddDocument {
        title: String,
        content: String,
        #[serde(default)]
        format: Option<DocumentFormat>,
        #[serde(default)]
        language: Option<String>,
        #[serde(default)]
        agent: Option<Uuid>,
    },
    UpdateDocument {
        document: Uuid,
        #[serde(default)]
        title: Option<String>,
        #[serde(default)]
        content: Option<String>,
        #[serde(default)]
        format: Option<DocumentFormat>,
        #[serde(default)]
        language: Option<String>,
        #[serde(default)]
        agent: Option<Uuid>,
    },
    RemoveDocument {
        document: Uuid,
    },
    ImportFile {
        name: String,
        /// What is in the file; its name says how it is written.
        content: String,
        #[serde(default)]
        agent: Option<Uuid>,
    },
    CrawlSite {
        url: String,
        #[serde(default)]
        depth: Option<u32>,
        #[serde(default)]
        pages: Option<u32>,
    },
    Import {
        import: Uuid,
        step: ImportStep,
    },
    SendMessage {
        conversation: Uuid,
        #[serde(default = "text", rename = "type")]
        kind: String,
        text: Option<String>,
        element: Option<Value>,
        reply_to: Option<Uuid>,
        send_at: Option<i64>,
        category: Option<String>,
    },
    Sending {
        conversation: Uuid,
        step: SendingStep,
    },
    ResumeSending {
        channel: Uuid,
    },
    /// The templates of a channel's business account are to be read.
    SyncTemplates {
        channel: Uuid,
    },
    /// A template is to be made.
    CreateTemplate {
        channel: Uuid,
        name: String,
        language: String,
        category: String,
        components: Value,
    },
    /// What becomes of it, as whoever asks the platform records it.
    TemplateStep {
        template: Uuid,
        step: TemplateStep,
    },
    /// A template is to be deleted.
    DeleteTemplate {
        template: Uuid,
    },
    /// Templates that say the same are put into an order.
    CreateTemplateGroup {
        name: String,
        members: Vec<Uuid>,
    },
    ChangeTemplateGroup {
        group: Uuid,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        members: Option<Vec<Uuid>>,
    },
    DeleteTemplateGroup {
        group: Uuid,
    },
    /// They were read: what the platform's list shows, and the names and languages of those that are
    /// not on it any more.
    TemplatesRead {
        channel: Uuid,
        #[serde(default)]
        listed: Vec<Value>,
        #[serde(default)]
        gone: Vec<(String, String)>,
    },
    /// A file of the business: what it holds.
    AddMedia {
        content: String,
        mime_type: String,
        #[serde(default)]
        filename: Option<String>,
    },
    RemoveMedia {
        media: Uuid,
    },
    /// A file was named by its address, and could not be read there.
    UnreadLink {
        link: String,
        reason: String,
        #[serde(default)]
        http_status: Option<u16>,
    },
    /// What became of handing a file to the platform for a number.
    Upload {
        media: Uuid,
        channel: Uuid,
        step: UploadStep,
    },
    AddCannedReply {
        shortcut: String,
        text: String,
        #[serde(default)]
        language: Option<String>,
        #[serde(default)]
        tags: Vec<String>,
    },
    UpdateCannedReply {
        canned_reply: Uuid,
        #[serde(default)]
        shortcut: Option<String>,
        #[serde(default)]
        text: Option<String>,
    },
    RemoveCannedReply {
        canned_reply: Uuid,
    },
    /// What agents of a number show: `off`, `read`, `typing`.
    SetReadMarks {
        channel: Uuid,
        marks: ReadMarks,
    },
    /// The customer's newest message was marked as read, and this came of it.
    MarkRead {
        conversation: Uuid,
        outcome: MarkOutcome,
        #[serde(default)]
        typing: bool,
    },
    /// What came of fetching the first file of this type that is still to be fetched.
    Fetching {
        conversation: Uuid,
        #[serde(rename = "type")]
        kind: String,
        step: FetchingStep,
    },
    ReplyAsAgent {
        conversation: Uuid,
        agent: Uuid,
        #[serde(default)]
        text: Option<String>,
        #[serde(default)]
        hand_off: Option<String>,
    },
    CreateAgent {
        name: String,
        #[serde(default)]
        instructions: String,
        #[serde(default)]
        channels: Vec<Uuid>,
    },
    UpdateAgent {
        agent: Uuid,
        #[serde(default)]
        instructions: Option<String>,
        #[serde(default)]
        provider: Option<String>,
        #[serde(default)]
        language: Option<String>,
    },
    /// What becomes of an agent: `publish`, `pause`, `resume`, `archive`.
    Agent {
        agent: Uuid,
        action: String,
        #[serde(default)]
        version: Option<u32>,
    },
    CreateWebhook {
        url: String,
        events: Vec<String>,
        /// The signing secret; over HTTP the server draws one.
        secret: String,
    },
    UpdateWebhook {
        webhook: Uuid,
        #[serde(default)]
        url: Option<String>,
        #[serde(default)]
        events: Option<Vec<String>>,
    },
    RotateWebhookSecret {
        webhook: Uuid,
        secret: String,
        overlap_seconds: u32,
    },
    AddModel {
        url: String,
        provider: String,
        model: String,
        #[serde(default)]
        secret: Option<String>,
    },
    ChangeModel {
        connection: Uuid,
        #[serde(default)]
        url: Option<String>,
        #[serde(default)]
        model: Option<String>,
        #[serde(default)]
        secret: Option<String>,
    },
    RemoveModel {
        connection: Uuid,
    },
    /// What came of trying a connection.
    RecordModelCheck {
        connection: Uuid,
        outcome: String,
        tokens: u64,
    },
    /// The usual rules, with one that qualifies: `ready_to_buy`.
    SetLeadRules {
        #[serde(default)]
        agent: Option<Uuid>,
        #[serde(default)]
        currency: Option<String>,
        #[serde(default)]
        needs: Vec<String>,
        /// Such as `150000 BRL`.
        #[serde(default)]
        budget_at_least: Option<String>,
    },
    /// What the newest message of a conversation says about whoever wrote it.
    LearnFromMessage {
        conversation: Uuid,
        fields: BTreeMap<String, String>,
        /// Such as `150000 BRL`.
        #[serde(default)]
        budget: Option<String>,
    },
    /// What becomes of a webhook: `pause`, `resume`, `delete`.
    Webhook {
        webhook: Uuid,
        action: String,
    },
    /// What became of the event of a webhook whose turn it is, as the deliverer records it.
    Deliver {
        webhook: Uuid,
        /// `delivered`, `rejected`, `slowed`, `gone`, `aborted`, `timed_out`, `unreachable` …
        outcome: AttemptOutcome,
    },
    /// What an operator does with a conversation.
    Act {
        conversation: Uuid,
        /// `claim`, `assign`, `release`, `close`, `reopen`, `tag`, `untag`, `note`, `title`,
        /// `delete`, `restore`.
        action: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<Uuid>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    MergeContacts {
        survivor: Uuid,
        other: Uuid,
    },
    UnmergeContacts {
        survivor: Uuid,
        other: Uuid,
    },
    EraseContact {
        contact: Uuid,
        reason: String,
    },
    EraseLead {
        lead: Uuid,
        reason: String,
    },
    OpenLead {
        #[serde(default = "api")]
        source: String,
        #[serde(default)]
        contact: Option<Uuid>,
        #[serde(default)]
        external_id: Option<String>,
        #[serde(default)]
        known: Known,
    },
    ChangeLead {
        lead: Uuid,
        known: Known,
    },
    ChangeStage {
        lead: Uuid,
        status: String,
        #[serde(default)]
        reason: Option<String>,
    },
    LinkLead {
        lead: Uuid,
        contact: Uuid,
    },
    MoveLead {
        lead: Uuid,
        #[serde(default)]
        after: Option<Uuid>,
        #[serde(default)]
        before: Option<Uuid>,
    },
    MergeLeads {
        lead: Uuid,
        merged: Uuid,
    },
    SetTarget {
        status: String,
        period: String,
        #[serde(default)]
        count: Option<u64>,
        /// Such as `150000 BRL`.
        #[serde(default)]
        value: Option<String>,
    },
    CreateService {
        settings: ServiceArguments,
    },
    UpdateService {
        service: Uuid,
        settings: ServiceArguments,
    },
    BookAppointment {
        service: Uuid,
        /// RFC 3339.
        starts_at: String,
        #[serde(default)]
        contact: Option<Uuid>,
        #[serde(default)]
        conversation: Option<Uuid>,
        #[serde(default)]
        lead: Option<Uuid>,
        #[serde(default)]
        title: Option<String>,
        #[serde(default)]
        note: Option<String>,
    },
    MoveAppointment {
        appointment: Uuid,
        /// RFC 3339.
        starts_at: String,
    },
    CancelAppointment {
        appointment: Uuid,
        #[serde(default)]
        reason: Option<String>,
    },
    /// It took place, or nobody came: `complete`, `no-show`.
    EndAppointment {
        appointment: Uuid,
        outcome: String,
    },
    /// Its reminder is due.
    RemindOfAppointment {
        appointment: Uuid,
    },
    PlaceLegalHold {
        contact: Uuid,
        reason: String,
        #[serde(default)]
        note: Option<String>,
    },
    ReleaseLegalHold {
        contact: Uuid,
    },
    /// Somebody does not want to be sent something any more.
    OptOut {
        contact: Uuid,
        scope: PreferenceScope,
        reason: String,
        #[serde(default)]
        note: Option<String>,
    },
    /// Somebody wants it again.
    OptIn {
        contact: Uuid,
        scope: PreferenceScope,
        reason: String,
        #[serde(default)]
        note: Option<String>,
    },
    SetOptOutWords {
        #[serde(default)]
        stop: Vec<String>,
        #[serde(default)]
        start: Vec<String>,
        scope: PreferenceScope,
    },
    CreateBroadcast {
        channel: Uuid,
        name: String,
        #[serde(default = "text", rename = "type")]
        kind: String,
        text: Option<String>,
        element: Option<Value>,
        marketing: Option<bool>,
        per_minute: Option<u32>,
    },
    AddRecipients {
        broadcast: Uuid,
        recipients: Vec<Recipient>,
    },
    /// What becomes of a broadcast: `start`, `pause`, `resume`, `cancel`, `finish`.
    Broadcast {
        broadcast: Uuid,
        action: String,
    },
    /// The broadcaster gives a recipient their turn.
    GiveTurn {
        broadcast: Uuid,
        number: u32,
    },
    SetRateCard {
        /// Seconds since 1970.
        valid_from: i64,
        currency: String,
        rates: Vec<Rate>,
    },
    RetryQuarantined {
        change: Uuid,
    },
    Arm {
        instance: String,
    },
    Disarm {
        reason: String,
    },
}

/// A step of the message whose turn it is, as the sender records it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SendingStep {
    /// It is handed over.
    Attempt,
    /// The platform took it, under this id.
    Accept(String),
    /// The platform refused it, with this code.
    Reject(i64),
    /// There was no answer.
    Lose,
    /// No sign came in time.
    GiveUp,
    /// It is taken back.
    Cancel,
}

/// Somebody who is to hear a broadcast.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Their phone number.
    pub phone: String,
    /// What is filled in, by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
}

/// A step of the making or the deletion of a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TemplateStep {
    /// It is handed over.
    Submit,
    /// The platform took it, under this id.
    Accept(String),
    /// The platform refused it, with this code.
    Refuse(i64),
    /// There was no answer.
    Lose,
    /// Its list shows no such template.
    NotListed,
    /// It is deleted.
    Gone,
    /// It is not deleted, for a reason with this code.
    Keep(i64),
}

/// What a service is set to. What is left out stays as it is, or as is usual.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each is the setting of its name, in the domain")]
pub struct ServiceArguments {
    pub name: Option<String>,
    /// Who does it.
    pub person: Option<Uuid>,
    pub duration_minutes: Option<u16>,
    pub buffer_before_minutes: Option<u16>,
    pub buffer_after_minutes: Option<u16>,
    pub time_zone: Option<String>,
    pub weekly: Option<Vec<OpenHours>>,
    pub exceptions: Option<Vec<DayException>>,
    pub notice_minutes: Option<u32>,
    pub remind_minutes: Option<u32>,
    pub active: Option<bool>,
}

/// What is done about a job that reads a file or a site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ImportStep {
    /// It begins.
    Begin,
    /// It has read this, at the address.
    Read {
        /// The name of the file, or the address of the page.
        address: String,
        /// What it is called.
        title: String,
        /// What it says.
        content: String,
    },
    /// It left this address out, because robots.txt asks for it.
    Skip(String),
    /// It is done.
    Finish,
    /// It is given up: the file is broken.
    Fail,
    /// Somebody ends it.
    Cancel,
}

/// A step of handing a file to the platform, as the sender records it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum UploadStep {
    /// It is about to be handed over.
    Begin,
    /// The platform took it, under this id.
    Take(String),
    /// The platform refused it, with this code.
    Fail(i64),
}

/// What came of fetching a file, as the fetcher records it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FetchingStep {
    /// It is kept; this is what it holds.
    Keep(String),
    /// It could not be fetched, for this reason.
    Fail(String),
}

/// What is known of a lead.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Known {
    /// Fields by name; null takes a value away.
    pub fields: BTreeMap<String, Option<String>>,
    /// How promising they are.
    pub score: Option<u8>,
    /// Why.
    pub score_reasons: Vec<String>,
    /// What they are worth, such as `150000 BRL`; empty takes the value away.
    pub value: Option<String>,
    /// Who looks after them.
    pub person: Option<Uuid>,
}

fn api() -> String {
    "api".to_owned()
}

fn native() -> String {
    "native".to_owned()
}

fn text() -> String {
    "text".to_owned()
}
