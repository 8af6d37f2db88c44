//! At least one value of every event type and of every kind of content: with every field filled
//! and, where fields may be empty, with as little as possible.

use convolog_domain::api_key::{KeyCreated, KeyMode, KeyRevoked, Scope};
use convolog_domain::channel::{
    ChannelConnected, ChannelDisconnected, ChannelTokenReplaced, NoticeReceived,
};
use convolog_domain::contact::{
    ContactAbsorbed, ContactCreated, ContactMerged, ContactReleased, ContactUnmerged,
    IdentitiesSeenTogether, IdentityAdded, IdentityChanged, IdentityKind, LegalHoldPlaced,
    LegalHoldReleased, PersonalDataErased, ProfileSeen, SeenWith,
};
use convolog_domain::conversation::unmatched::{MessageAnnounced, StatusWaiting};
use convolog_domain::conversation::{
    ConversationOpened, Direction, MessageEdited, MessageEnriched, MessageFacts, MessageReceived,
    MessageRequested, MessageRevoked, Pricing, ReactionChanged, StatusReceived,
};
use convolog_domain::document::{
    DocumentAdded, DocumentFormat, DocumentRemoved, DocumentUpdated, DocumentVersion,
};
use convolog_domain::installation::{
    AccountLinked, AccountUnlinked, AppEnlisted, InstanceArmed, InstanceDisarmed, WorkspaceEnlisted,
};
use convolog_domain::lead::{
    LeadAbsorbed, LeadAssigned, LeadErased, LeadFieldsChanged, LeadLinked, LeadMerged, LeadMoved,
    LeadOpened, LeadScored, LeadStageChanged, LeadValued, Money, Opening, Period, Rank, Stage,
};
use convolog_domain::meta_app::{
    AppRegistered, AppSecretAdded, AppSecretRetired, AppVerifyTokenReplaced,
};
use convolog_domain::number::{NumberReleased, NumberReserved, OwnershipProof};
use convolog_domain::person::{PersonAdded, PersonRemoved, Role};
use convolog_domain::quarantine::{
    ChangeAccepted, ChangeQuarantined, Evidence, Reason, RetryFailed,
};
use convolog_domain::receipt::{FragmentPlace, PostReceived};
use convolog_domain::request::RequestCompleted;
use convolog_domain::usage::{Calls, UsageRecorded};
use convolog_domain::workspace::{
    Target, TargetSet, WorkspaceCreated, WorkspacePlanChanged, WorkspaceRenamed,
};
use convolog_domain::{
    AgentId, AppId, ChannelId, ContactId, Content, ConversationId, DocumentContent, Event,
    FragmentContent, Hash32, IdentityContent, KeyId, LeadContent, LeadId, MediaContent,
    MessageContent, MessageId, NoteContent, PassageMark, PersonId, ProfileContent, QuarantineId,
    ResponseContent, SecretId, SecretRef, Sensitive, StatusContent, Token, WorkspaceId,
};
use uuid::Uuid;

pub(crate) const AT: i64 = 1_767_225_600;
const WORKSPACE: WorkspaceId = WorkspaceId(id(1));
pub(crate) const PERSON: PersonId = PersonId(id(2));
const APP: AppId = AppId(id(3));
pub(crate) const CHANNEL: ChannelId = ChannelId(id(4));
pub(crate) const CONTACT: ContactId = ContactId(id(5));
const OTHER: ContactId = ContactId(id(6));
const KEY: KeyId = KeyId(id(9));
pub(crate) const MESSAGE: MessageId = MessageId(id(7));
const TARGET: MessageId = MessageId(id(8));
const NUMBER: &str = "106540352242922";
const ACCOUNT: &str = "102290129340398";

pub(crate) const fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0123_4567_89ab_4cde_8f01_0000_0000_0000 + n)
}

const fn hash(byte: u8) -> Hash32 {
    Hash32([byte; 32])
}

pub(crate) fn secret(n: u128) -> SecretRef {
    SecretRef { id: SecretId(id(n)), fingerprint: "3f9a0c".into() }
}

/// Every event type, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    [
        set_up(),
        channels(),
        contacts(),
        conversations(),
        statuses(),
        bookkeeping(),
        crate::operator_samples::events(),
        crate::sending_samples::events(),
        leads(),
        targets(),
        crate::agent_samples::events(),
        crate::subscription_samples::events(),
        usage(),
        documents(),
        crate::delivery_samples::events(),
        crate::bulk_samples::events(),
        crate::template_samples::events(),
        crate::template_samples::makings(),
        crate::template_samples::sendings(),
        crate::appointment_samples::appointments(),
        crate::answering_samples::events(),
        crate::import_samples::events(),
        crate::media_samples::events(),
        crate::media_samples::kept(),
    ]
    .concat()
}

fn set_up() -> Vec<Event> {
    let key = KeyCreated {
        name: "CRM".into(),
        hash: hash(1),
        prefix: "cl_live_ab12".into(),
        mode: KeyMode::Live,
        surface: "native".into(),
        scopes: Scope::ALL.to_vec(),
        person: Some(PERSON),
        grants: vec!["leads:read".into()],
        expires_at: Some(1_800_000_000),
    };
    let bare_key = KeyCreated {
        mode: KeyMode::Test,
        scopes: vec![Scope::Read],
        person: None,
        grants: vec![],
        expires_at: None,
        ..key.clone()
    };
    vec![
        WorkspaceCreated { name: "Padaria Sol".into(), plan: "free".into() }.into(),
        WorkspaceRenamed { old_name: "Padaria Sol".into(), name: "Padaria Lua".into() }.into(),
        WorkspacePlanChanged { old_plan: "free".into(), plan: "pro".into() }.into(),
        PersonAdded { role: Role::Owner }.into(),
        PersonAdded { role: Role::Manager }.into(),
        PersonAdded { role: Role::Operator }.into(),
        PersonAdded { role: Role::Auditor }.into(),
        PersonRemoved {}.into(),
        key.into(),
        bare_key.into(),
        KeyRevoked {}.into(),
        AppRegistered {
            name: "Shop".into(),
            secret: secret(10),
            verify_token: secret(11),
            graph_version: "v25.0".into(),
        }
        .into(),
        AppSecretAdded { secret: secret(12) }.into(),
        AppSecretRetired { secret: secret(10) }.into(),
        AppVerifyTokenReplaced { verify_token: secret(13) }.into(),
    ]
}

fn channels() -> Vec<Event> {
    let reserved = NumberReserved {
        phone_number_id: NUMBER.into(),
        workspace: WORKSPACE,
        channel: CHANNEL,
        app: APP,
        installation_app: false,
        proof: OwnershipProof::Graph,
    };
    let connected = ChannelConnected {
        platform: "whatsapp".into(),
        name: "Counter".into(),
        app: APP,
        installation_app: true,
        phone_number_id: NUMBER.into(),
        waba_id: ACCOUNT.into(),
        access_token: Some(secret(14)),
        graph_url: "https://graph.facebook.com".into(),
    };
    let notice = NoticeReceived {
        field: "account_update".into(),
        event: Some("VERIFIED_ACCOUNT".into()),
        at: Some(AT),
        contact: Some(CONTACT),
        errors: vec![131_000, -1],
        fragment: hash(2),
    };
    vec![
        reserved.clone().into(),
        NumberReserved { proof: OwnershipProof::Waived, ..reserved }.into(),
        NumberReleased { phone_number_id: NUMBER.into(), workspace: WORKSPACE, channel: CHANNEL }
            .into(),
        connected.clone().into(),
        ChannelConnected { access_token: None, ..connected }.into(),
        ChannelTokenReplaced { access_token: secret(15) }.into(),
        ChannelDisconnected {}.into(),
        notice.clone().into(),
        NoticeReceived { event: None, at: None, contact: None, errors: vec![], ..notice }.into(),
    ]
}

fn contacts() -> Vec<Event> {
    let identity = |kind, n| IdentityAdded { kind, token: Token(id(n)), seen_with: None }.into();
    let seen_with = SeenWith { account: "102290129340398".into(), phone: Token(id(20)) };
    let changed = IdentityChanged {
        kind: IdentityKind::Phone,
        old: Some(Token(id(20))),
        new: Token(id(23)),
        at: AT,
    };
    let (by, reason) = (Some(PERSON), "litigation".to_owned());
    let placed = LegalHoldPlaced { at: AT, by, key: Some(KEY), reason };
    vec![
        ContactCreated {}.into(),
        identity(IdentityKind::Phone, 20),
        identity(IdentityKind::Bsuid, 21),
        identity(IdentityKind::ParentBsuid, 22),
        IdentityAdded {
            kind: IdentityKind::Bsuid,
            token: Token(id(24)),
            seen_with: Some(seen_with.clone()),
        }
        .into(),
        IdentitiesSeenTogether { scoped: Token(id(21)), seen_with }.into(),
        ProfileSeen { at: AT, fingerprint: u64::MAX }.into(),
        changed.clone().into(),
        IdentityChanged { old: None, ..changed }.into(),
        ContactAbsorbed { other: OTHER }.into(),
        ContactMerged { into: CONTACT }.into(),
        ContactUnmerged { from: CONTACT }.into(),
        PersonalDataErased { by: Some(PERSON), reason: "requested".into(), stops: vec![] }.into(),
        PersonalDataErased { by: None, reason: "retention_over".into(), stops: vec![] }.into(),
        ContactReleased { other: OTHER }.into(),
        placed.clone().into(),
        LegalHoldPlaced { by: None, key: None, ..placed }.into(),
        LegalHoldReleased { by: Some(PERSON), key: Some(KEY) }.into(),
        LegalHoldReleased { by: None, key: None }.into(),
    ]
}

pub(crate) fn facts() -> MessageFacts {
    MessageFacts {
        message: MESSAGE,
        direction: Direction::Inbound,
        kind: "text".into(),
        sent_at: None,
        rank: 0,
        fragment: hash(3),
        reply_to: None,
        errors: vec![],
        referral: false,
        group: false,
        history_status: None,
        word: None,
        media_until: None,
    }
}

fn full_facts() -> MessageFacts {
    MessageFacts {
        direction: Direction::Outbound,
        sent_at: Some(AT),
        rank: u8::MAX,
        reply_to: Some(TARGET),
        errors: vec![131_051],
        referral: true,
        group: true,
        history_status: Some("READ".into()),
        ..facts()
    }
}

fn conversations() -> Vec<Event> {
    let edited = MessageEdited {
        id: MESSAGE,
        target: TARGET,
        at: Some(AT),
        direction: Direction::Inbound,
        fragment: hash(4),
    };
    let revoked = MessageRevoked {
        id: MESSAGE,
        target: TARGET,
        at: Some(AT),
        direction: Direction::Inbound,
        fragment: hash(5),
    };
    let reaction = ReactionChanged {
        id: MESSAGE,
        target: TARGET,
        direction: Direction::Inbound,
        at: Some(AT),
        removed: false,
        fragment: hash(6),
    };
    vec![
        ConversationOpened { channel: CHANNEL, contact: CONTACT, agent: None }.into(),
        MessageReceived { facts: facts() }.into(),
        MessageReceived { facts: full_facts() }.into(),
        MessageEnriched { facts: facts() }.into(),
        MessageEnriched { facts: full_facts() }.into(),
        edited.clone().into(),
        MessageEdited { at: None, direction: Direction::Outbound, ..edited }.into(),
        revoked.clone().into(),
        MessageRevoked { at: None, direction: Direction::Outbound, ..revoked }.into(),
        reaction.clone().into(),
        ReactionChanged { at: None, removed: true, ..reaction }.into(),
        MessageRequested {
            message: MESSAGE,
            kind: "text".into(),
            requested_at: AT,
            ..MessageRequested::default()
        }
        .into(),
        MessageRequested {
            message: MESSAGE,
            kind: "template".into(),
            requested_at: AT,
            reply_to: Some(TARGET),
            template: Some("order_ready".into()),
            due_at: Some(AT + 60),
            ..MessageRequested::default()
        }
        .into(),
    ]
}

pub(crate) fn status() -> StatusReceived {
    StatusReceived {
        message: MESSAGE,
        channel: CHANNEL,
        status: "delivered".into(),
        at: None,
        fact: hash(7),
        fragment: hash(8),
        errors: vec![],
        pricing: None,
        market: None,
        call: false,
        bulk: None,
    }
}

fn statuses() -> Vec<Event> {
    let pricing = Pricing {
        model: Some("PMP".into()),
        category: Some("utility".into()),
        kind: Some("regular".into()),
        billable: Some(true),
    };
    let bare_pricing = Pricing { model: None, category: None, kind: None, billable: None };
    let full = StatusReceived {
        at: Some(AT),
        errors: vec![131_026],
        pricing: Some(pricing),
        call: true,
        ..status()
    };
    vec![
        status().into(),
        full.clone().into(),
        StatusReceived { pricing: Some(bare_pricing), ..status() }.into(),
        StatusWaiting { status: status() }.into(),
        StatusWaiting { status: full }.into(),
        MessageAnnounced { conversation: ConversationId(id(8)), contact: CONTACT }.into(),
    ]
}

fn usage() -> Vec<Event> {
    let calls = Calls { read: 5, write: 4, stream: 3, heavy: 2, refused: 1 };
    vec![UsageRecorded { minute: AT, calls, before: Calls::default() }.into()]
}

fn bookkeeping() -> Vec<Event> {
    let post = PostReceived {
        body_sha256: hash(9),
        body_bytes: 3_145_728,
        signature: format!("sha256={}", "ab".repeat(32)),
        app: APP,
        secret: SecretId(id(10)),
        quarantined: None,
        fragments: vec![
            FragmentPlace { slot: 0, fragment: hash(3), known_by: None, part: 0 },
            FragmentPlace { slot: u32::MAX, fragment: hash(8), known_by: Some(hash(7)), part: 1 },
        ],
    };
    let change = ChangeQuarantined {
        reason: Reason::NotMetaShape,
        app: APP,
        phone_number_id: Some(NUMBER.into()),
        waba_id: Some(ACCOUNT.into()),
        field: Some("messages".into()),
        day: 20_454,
        fragment: hash(10),
        body_sha256: hash(9),
        evidence: None,
    };
    let evidence = Evidence {
        signature: post.signature.clone(),
        secret: post.secret,
        body_bytes: post.body_bytes,
    };
    let signed = ChangeQuarantined { evidence: Some(Box::new(evidence)), ..change.clone() };
    let quarantined = Some(QuarantineId(id(17)));
    vec![
        post.clone().into(),
        PostReceived { fragments: vec![], ..post.clone() }.into(),
        PostReceived { quarantined, ..post }.into(),
        change.clone().into(),
        ChangeQuarantined { phone_number_id: None, waba_id: None, field: None, ..change }.into(),
        signed.into(),
        ChangeAccepted { workspace: WORKSPACE }.into(),
        RetryFailed { reason: Reason::NumberUnknown }.into(),
        RetryFailed { reason: Reason::NumberNotOfApp }.into(),
        RetryFailed { reason: Reason::NoOwner }.into(),
        RequestCompleted { fingerprint: hash(11), status: 201 }.into(),
        InstanceArmed { instance: "5e1f".into() }.into(),
        InstanceDisarmed { reason: "restored".into() }.into(),
        AppEnlisted { workspace: WORKSPACE, app: APP }.into(),
        AccountLinked { waba_id: ACCOUNT.into(), workspace: WORKSPACE, channel: CHANNEL, app: APP }
            .into(),
        AccountUnlinked { waba_id: ACCOUNT.into(), channel: CHANNEL }.into(),
        WorkspaceEnlisted { workspace: WORKSPACE }.into(),
    ]
}

fn targets() -> Vec<Event> {
    let value = Money { amount: 150_000, currency: "BRL".into() };
    let target = Some(Target { count: Some(12), value: Some(value) });
    let Ok(period) = "2026-11".parse::<Period>() else { return Vec::new() };
    let set = TargetSet { stage: Stage::Won, period, old: None, target: target.clone() };
    vec![
        set.clone().into(),
        TargetSet { old: target, target: Some(Target::default()), ..set.clone() }.into(),
        TargetSet { target: None, ..set }.into(),
    ]
}

#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn leads() -> Vec<Event> {
    let rank = Rank::on_top(AT * 1_000_000, id(30));
    let opened = LeadOpened {
        subject: CONTACT.into(),
        contact: Some(CONTACT),
        opened_by: Opening::FirstContact,
        source: "whatsapp".into(),
        channel: Some(CHANNEL),
        at: AT,
        rank: rank.clone(),
        external_id: Some(hash(12)),
    };
    let bare = LeadOpened { contact: None, channel: None, external_id: None, ..opened.clone() };
    let value = Some(Money { amount: 150_000, currency: "BRL".into() });
    let changed = LeadStageChanged {
        from: Stage::New,
        to: Stage::Qualified,
        at: AT,
        since: AT - 60,
        value: value.clone(),
        rank: rank.clone(),
        again: true,
        rule: None,
    };
    let moved =
        |from, to| LeadStageChanged { from, to, value: None, again: false, ..changed.clone() };
    let merged = LeadMerged {
        into: LeadId(id(31)),
        stage: Stage::New,
        value: value.clone(),
        at: AT,
        since: AT,
    };
    let fields = LeadFieldsChanged {
        set: vec!["email".into(), "phone".into()],
        removed: vec!["company".into()],
        phone: Some(Token(id(32))),
        email: Some(Token(id(33))),
        learned: None,
    };
    let scored = LeadScored {
        old: Some(40),
        score: 90,
        reasons: vec!["asked_for_price".into()],
        taken_away: false,
        by_rule: false,
    };
    let not_scored = LeadScored { score: 0, reasons: vec![], taken_away: true, ..scored.clone() };
    vec![
        opened.into(),
        LeadOpened { opened_by: Opening::Command, ..bare.clone() }.into(),
        LeadOpened { opened_by: Opening::Import, ..bare }.into(),
        fields.clone().into(),
        LeadFieldsChanged { removed: vec![], phone: None, email: None, ..fields }.into(),
        moved(Stage::Qualified, Stage::Contacted).into(),
        moved(Stage::Contacted, Stage::Won).into(),
        moved(Stage::Won, Stage::Lost).into(),
        changed.into(),
        scored.clone().into(),
        LeadScored { old: None, reasons: vec![], ..scored }.into(),
        not_scored.into(),
        LeadValued { stage: Stage::New, old: value.clone(), value: None }.into(),
        LeadValued { stage: Stage::New, old: None, value }.into(),
        LeadAssigned { old: Some(PERSON), owner: None }.into(),
        LeadAssigned { old: None, owner: Some(PERSON) }.into(),
        LeadLinked { contact: CONTACT }.into(),
        LeadMoved { old: rank.clone(), rank: Rank::between(Some(&rank), None) }.into(),
        LeadAbsorbed { other: LeadId(id(31)) }.into(),
        merged.clone().into(),
        LeadMerged { value: None, ..merged }.into(),
        LeadErased { subjects: vec![CONTACT.into()], reason: None }.into(),
        LeadErased { subjects: vec![CONTACT.into()], reason: Some("requested".into()) }.into(),
    ]
}

fn documents() -> Vec<Event> {
    let version = DocumentVersion {
        format: DocumentFormat::Markdown,
        agent: Some(AgentId(id(15))),
        language: Some("pt".into()),
        language_detected: true,
        characters: 1_234,
        passages: 2,
        source: None,
    };
    let bare = DocumentVersion {
        format: DocumentFormat::Text,
        agent: None,
        language: None,
        language_detected: false,
        ..version.clone()
    };
    vec![
        DocumentAdded { version: version.clone() }.into(),
        DocumentAdded { version: bare }.into(),
        DocumentUpdated { version: DocumentVersion { format: DocumentFormat::Html, ..version } }
            .into(),
        DocumentRemoved {}.into(),
    ]
}

/// The hash of a file, as the platform sends it.
pub(crate) const HASH: &str = "q83v";

/// Every kind of content; every text in it holds the word `canary`, or is [`HASH`].
pub(crate) fn contents() -> Vec<Content> {
    [own_contents(), crate::bulk_samples::contents()].concat()
}

fn own_contents() -> Vec<Content> {
    let text = |text: &str| Some(Sensitive::from(format!("canary {text}")));
    let media = MediaContent {
        id: text("media id"),
        mime_type: Some("image/jpeg".into()),
        sha256: Some(HASH.into()),
        filename: text("menu.pdf"),
        link: None,
    };
    let message = MessageContent {
        platform_id: text("wamid"),
        text: text("Olá ☕ שלום"),
        media: Some(media),
        fragment: text("{}"),
        alongside: text("{}").into_iter().collect(),
    };
    let bare = MessageContent { media: Some(MediaContent::default()), ..MessageContent::default() };
    let status = StatusContent {
        platform_id: text("wamid"),
        error_details: text("details"),
        fragment: text("{}"),
        alongside: text("{}").into_iter().collect(),
    };
    let profile = ProfileContent { name: text("name"), username: text("user"), email: text("a@b") };
    let document = DocumentContent {
        title: "canary hours".into(),
        source: "# canary\n\nOpen".into(),
        text: text("canary\n\nOpen"),
        passages: vec![PassageMark { headings: vec!["canary".into()], start: 8, end: 12 }],
        origin: None,
    };
    let bare_document = DocumentContent {
        text: None,
        passages: vec![PassageMark { headings: vec![], start: 0, end: 6 }],
        ..document.clone()
    };
    let mut contents = vec![
        Content::Message(Box::new(message)),
        Content::Message(Box::new(bare)),
        Content::Message(Box::default()),
        Content::Status(Box::new(status)),
        Content::Status(Box::default()),
        Content::Identity(IdentityContent { value: "canary +1 202 555 0123".into() }),
        Content::Profile(profile),
        Content::Profile(ProfileContent::default()),
        Content::Fragment(FragmentContent {
            fragment: "{\"canary\":1}".into(),
            alongside: vec!["{\"canary\":3}".into()],
        }),
        Content::Fragment(FragmentContent { fragment: "{\"canary\":1}".into(), alongside: vec![] }),
        Content::Response(ResponseContent { body: "{\"canary\":2}".into() }),
        Content::Note(NoteContent { text: "canary note".into() }),
        Content::Title(NoteContent { text: "canary title".into() }),
        Content::Lead(Box::new(LeadContent {
            external_id: text("A-1"),
            fields: text("company")
                .map(|value| ("company".to_owned(), value))
                .into_iter()
                .collect(),
            text: text("asked for an offer"),
        })),
        Content::Lead(Box::default()),
        Content::Instructions(NoteContent { text: "canary instructions".into() }),
        Content::Address(NoteContent { text: "https://canary.example".into() }),
        Content::Document(Box::new(document)),
        Content::Document(Box::new(bare_document)),
    ];
    contents.extend(crate::appointment_samples::said_of_one());
    contents.extend(crate::import_samples::contents());
    contents.extend(crate::media_samples::contents());
    contents
}
