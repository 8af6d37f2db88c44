//! What is read from every fixture, as a table; and what pairs of fixtures say together.
#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a fixture that does not read fails the test"
    )
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use convolog_whatsapp::{
    Direction, ErrorInfo, Kind, Message, NotMeta, Notice, Party, Post, Status, StatusKind, Update,
    parse,
};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/whatsapp"))
}

fn names() -> BTreeSet<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = files.filter_map(|name| name.to_str()?.strip_suffix(".json").map(str::to_owned));
    names.collect()
}

fn read(name: &str) -> Result<Post, NotMeta> {
    parse(&fs::read(folder().join(format!("{name}.json"))).unwrap())
}

/// The only update of a fixture.
fn only(name: &str) -> Update {
    let mut updates = read(name).unwrap().updates;
    assert_eq!(updates.len(), 1, "{name}");
    updates.remove(0)
}

fn message(name: &str) -> Message {
    match only(name).kind {
        Kind::Message(message) => *message,
        other => panic!("{name} is no message: {other:?}"),
    }
}

/// `p`hone, `b`suid, `P`arent, `u`sername, `n`ame, `o`ther.
fn who(party: &Party) -> String {
    let known = [
        ('p', &party.phone),
        ('b', &party.bsuid),
        ('P', &party.parent_bsuid),
        ('u', &party.username),
        ('n', &party.profile_name),
        ('o', &party.other),
    ];
    let letters: String =
        known.iter().filter(|(_, id)| id.is_some()).map(|(letter, _)| *letter).collect();
    if letters.is_empty() { "-".to_owned() } else { letters }
}

/// Words behind the head of a line, each only if it holds.
#[derive(Default)]
struct Flags(String);

impl Flags {
    fn add(&mut self, word: &str, holds: bool) {
        if holds {
            self.0.push(' ');
            self.0.push_str(word);
        }
    }

    fn errors(&mut self, errors: &[ErrorInfo]) {
        let codes: Vec<_> = errors.iter().filter_map(|error| error.code).collect();
        self.add(&format!("errors={codes:?}"), !codes.is_empty());
    }

    fn named(&mut self, name: &str, value: Option<&str>) {
        self.add(&format!("{name}={}", value.unwrap_or_default()), value.is_some());
    }
}

fn describe_message(message: &Message) -> String {
    let mut flags = Flags::default();
    flags.add("out", message.direction == Direction::Outbound);
    flags.add("untimed", message.timestamp.is_none());
    flags.add("text", message.text.is_some());
    flags.add("media", message.media.is_some());
    flags.add("media-id", message.media.as_ref().is_some_and(|media| media.id.is_some()));
    flags.add("context", message.context.is_some());
    flags.add("referral", message.referral.is_some());
    flags.add("group", message.group_id.is_some());
    flags.add("target", message.target.is_some());
    flags.add("edit", message.edit.is_some());
    flags.add("identity-hash", message.identity_hash.is_some());
    flags.errors(&message.errors);
    flags.named("was", message.unsupported_type.as_deref());
    flags.named("new", message.new_identity.as_ref().map(who).as_deref());
    flags.named("old", message.old_identity.as_ref().map(who).as_deref());
    flags.named("history", message.history_status.as_ref().map(StatusKind::name));
    let kind = message.kind.name();
    let unknown = message.kind.unknown_name().map(|name| format!("({name})")).unwrap_or_default();
    let rank = message.rank.value();
    format!("message {kind}{unknown} rank={rank} with={}{}", who(message.customer()), flags.0)
}

fn describe_status(status: &Status) -> String {
    let mut flags = Flags::default();
    flags.add("untimed", status.timestamp.is_none());
    flags.add("group", status.group_id.is_some());
    flags.add("call", status.is_call);
    flags.add("ours", status.callback_data.is_some());
    flags.add("pricing", status.pricing.is_some());
    flags.add("conversation", status.conversation.is_some());
    flags.errors(&status.errors);
    format!("status {} with={}{}", status.kind.name(), who(&status.recipient), flags.0)
}

fn describe_notice(notice: &Notice, field: &str) -> String {
    let mut flags = Flags::default();
    flags.add("untimed", notice.timestamp.is_none());
    flags.named("part", notice.part.as_deref());
    flags.named("event", notice.event.as_deref());
    let parties = notice.parties.iter().map(who).collect::<Vec<_>>().join(",");
    flags.add(&format!("with={parties}"), !parties.is_empty());
    flags.errors(&notice.errors);
    flags.add("identity-change", notice.identity_change.is_some());
    let chunk = notice
        .chunk
        .map(|chunk| format!("{:?}/{:?}/{:?}", chunk.phase, chunk.order, chunk.progress));
    flags.named("chunk", chunk.as_deref());
    format!("notice {}{}", if field.is_empty() { "-" } else { field }, flags.0)
}

fn describe(update: &Update) -> String {
    let mut line = match &update.kind {
        Kind::Message(message) => describe_message(message),
        Kind::Status(status) => describe_status(status),
        Kind::Notice(notice) => describe_notice(notice, &update.place.field),
    };
    if update.place.phone_number_id.is_none() {
        line.push_str(" no-number");
    }
    if !update.alongside.is_empty() {
        write!(line, " beside={}", update.alongside.len()).unwrap();
    }
    line
}

#[test]
fn every_fixture_reads_as_expected() {
    let mut table = String::new();
    for name in names() {
        match read(&name) {
            Ok(post) => {
                for update in &post.updates {
                    writeln!(table, "{name}: {}", describe(update)).unwrap();
                }
            }
            Err(reason) => writeln!(table, "{name}: refused {}", reason.code()).unwrap(),
        }
    }
    let file = folder().join("EXPECTED.txt");
    if std::env::var_os("CONVOLOG_WRITE_EXPECTED").is_some() {
        fs::write(&file, &table).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    for (is, should) in table.lines().zip(expected.lines()) {
        assert_eq!(is, should);
    }
    assert_eq!(table.lines().count(), expected.lines().count());
}

#[test]
fn the_readme_lists_every_fixture() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let listed: BTreeSet<_> = readme
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect();
    assert_eq!(listed, names());
}

#[test]
fn the_skeleton_names_nobody() {
    for name in names() {
        let Ok(post) = read(&name) else { continue };
        for update in &post.updates {
            let people = match &update.kind {
                Kind::Message(message) => vec![message.customer().clone()],
                Kind::Status(status) => vec![status.recipient.clone()],
                Kind::Notice(notice) => notice.parties.clone(),
            };
            for id in people.iter().flat_map(|p| {
                [&p.phone, &p.bsuid, &p.parent_bsuid, &p.profile_name].into_iter().flatten()
            }) {
                assert!(
                    !post.skeleton.0.contains(id.as_str()),
                    "{name} leaves somebody in its skeleton"
                );
            }
        }
    }
}

#[test]
fn debug_shows_nothing_personal() {
    for name in names() {
        let Ok(post) = read(&name) else { continue };
        let shown = format!("{post:?}");
        for update in &post.updates {
            let secrets: Vec<String> = match &update.kind {
                Kind::Message(m) => {
                    let party = m.customer().clone();
                    [
                        m.wamid.clone(),
                        m.text.clone(),
                        m.target.clone(),
                        party.phone,
                        party.bsuid,
                        party.profile_name,
                    ]
                    .into_iter()
                    .flatten()
                    .collect()
                }
                Kind::Status(s) => {
                    [s.wamid.clone(), s.recipient.phone.clone(), s.recipient.bsuid.clone()]
                        .into_iter()
                        .flatten()
                        .collect()
                }
                Kind::Notice(n) => {
                    n.parties.iter().filter_map(|party| party.phone.clone()).collect()
                }
            };
            for secret in secrets.iter().filter(|secret| secret.len() > 4) {
                assert!(!shown.contains(secret.as_str()), "{name} shows something personal");
            }
        }
    }
}

#[test]
fn the_same_again_has_the_same_canonical_form() {
    assert_eq!(only("text_english").canonical, only("text_english_redelivered").canonical);
    assert_ne!(only("text_english").canonical, only("text_spanish").canonical);
    // Two pieces of news that read the same but came at other times are two facts.
    assert_ne!(
        only("notice_template_approved").canonical,
        only("notice_template_rejected").canonical
    );
}

#[test]
fn later_variants_rank_higher() {
    for (first, second) in [
        ("image_without_id", "image_without_id_resent"),
        ("unsupported_131060_placeholder", "unsupported_131060_resent"),
    ] {
        let (first, second) = (message(first), message(second));
        assert_eq!(first.wamid, second.wamid);
        assert!(first.rank < second.rank);
    }
    let placeholder =
        read("history_chunk").unwrap().updates.into_iter().find_map(|update| match update.kind {
            Kind::Message(message) if message.kind.name() == "media_placeholder" => Some(message),
            _ => None,
        });
    let (placeholder, file) = (placeholder.unwrap(), message("history_media"));
    assert_eq!(placeholder.wamid, file.wamid);
    assert!(placeholder.rank < file.rank);
}

#[test]
fn one_brazilian_is_one_person() {
    let people = [
        "text_portuguese_ninth_digit_missing",
        "text_portuguese_ninth_digit_present",
        "text_portuguese_ninth_digit_mixed",
    ]
    .map(|name| message(name).sender);
    assert_eq!(people[0].phone_identity(), people[1].phone_identity());
    assert_eq!(people[1].phone_identity(), people[2].phone_identity());
    assert!(people.iter().all(|person| person.profile_name.as_deref() == Some("Beatriz Carvalho")));
}

#[test]
fn a_hidden_phone_number_leaves_the_bsuid() {
    let (new, old) =
        (message("bsuid_only_username").sender, message("bsuid_inside_from_and_wa_id").sender);
    assert_eq!(new.phone, None);
    assert_eq!(old.phone, None);
    assert_eq!(new.bsuid, old.bsuid);
    assert_eq!(new.username.as_deref(), Some("nic.travels"));
}

#[test]
fn texts_are_what_a_person_reads() {
    let cases = [
        ("text_half_surrogate", Some("so happy \u{fffd}")),
        ("interactive_button_reply", Some("Confirmar cita")),
        ("interactive_list_reply", Some("משלוח בבוקר")),
        ("button_template", Some("Aprovar orçamento")),
        (
            "contacts_two_cards",
            Some(
                "Rosa Ortega: +34 600 00 01 99, +34 910 00 01 99, rosa@optica-ortega.example\n\
                 Dr. Iván Peña: +34 600 00 02 10",
            ),
        ),
        (
            "interactive_flow_reply",
            Some(
                "Sent\nfull_name: Tom Reyes\nlast_visit: 2024-03\nallergies: latex\nconsent: true",
            ),
        ),
        ("interactive_flow_reply_not_an_object", Some("12 Elm St, Springfield")),
        ("interactive_unknown_kind", Some("זר קיץ")),
        ("order", Some("נא לצרף כרטיס ברכה\n1 × rose-white-24\n2 × vase-glass")),
        (
            "text_referral_ad",
            Some(
                "Olá! Posso ter mais informações sobre isso?\n\
                 [ad] Banheiro novo em 10 dias – Projeto, obra e entrega com preço fechado. Fale com \
                 a gente! – Oi! Conte pra gente o que você quer reformar. – https://fb.me/9reformaLar",
            ),
        ),
        ("location_named", Some("Obra do Apto 82, Rua das Acácias 1200, São Paulo")),
        ("location_pin_only", Some("32.0802999, 34.780527400000001")),
        ("order_without_note", Some("3 × sunflower-10")),
        ("reaction", Some("👍")),
        ("reaction_removed_empty", None),
        ("edit_text", Some("Oi! Vi o anúncio de vocês no Facebook.")),
        ("edit_image_caption", Some("Planta do apartamento (versão final)")),
        ("document_no_caption", None),
        ("unknown_type", Some("שלום תלת־ממדי")),
        ("broken_numbers_for_strings", Some("12345")),
    ];
    for (name, text) in cases {
        let found = read(name).unwrap().updates.into_iter().find_map(|update| match update.kind {
            Kind::Message(message) => Some(message.text),
            _ => None,
        });
        assert_eq!(found.unwrap().as_deref(), text, "{name}");
    }
}

/// The text of a message of the business.
fn echoed(kind: &str, content: &serde_json::Value) -> Option<String> {
    let message = serde_json::json!({
        "from": "15550100101", "to": "16505550142", "id": "wamid.E1", "timestamp": "1795165718",
        "type": kind, kind: content,
    });
    let value = serde_json::json!({"messaging_product": "whatsapp", "message_echoes": [message]});
    let change = serde_json::json!({"field": "smb_message_echoes", "value": value});
    let entry = serde_json::json!({"id": "1", "changes": [change]});
    let post = serde_json::json!({"object": "whatsapp_business_account", "entry": [entry]});
    let post = parse(post.to_string().as_bytes()).unwrap();
    post.updates.into_iter().find_map(|update| match update.kind {
        Kind::Message(message) => message.text,
        _ => None,
    })
}

#[test]
fn what_the_business_showed_is_read_whole() {
    use serde_json::json;
    let buttons = json!({
        "type": "button", "header": {"type": "text", "text": "Your visit"},
        "body": {"text": "Does Friday suit you?"}, "footer": {"text": "Harbour Dental"},
        "action": {"buttons": [
            {"type": "reply", "reply": {"id": "y", "title": "Yes"}},
            {"type": "reply", "reply": {"id": "n", "title": "Another day"}},
        ]},
    });
    assert_eq!(
        echoed("interactive", &buttons).unwrap(),
        "Your visit\nDoes Friday suit you?\nHarbour Dental\n• Yes\n• Another day"
    );
    let list = json!({
        "type": "list", "body": {"text": "When?"},
        "action": {"button": "Times", "sections": [{"title": "Friday", "rows": [
            {"id": "1", "title": "09:00", "description": "with Dr. Oduya"},
        ]}]},
    });
    assert_eq!(
        echoed("interactive", &list).unwrap(),
        "When?\n• Times\n• Friday\n• 09:00 – with Dr. Oduya"
    );
    let link = json!({
        "type": "cta_url", "body": {"text": "Book here"},
        "action": {"name": "cta_url", "parameters": {
            "display_text": "Book", "url": "https://book.example.com"}},
    });
    assert_eq!(
        echoed("interactive", &link).unwrap(),
        "Book here\n• Book – https://book.example.com"
    );
    let template = json!({
        "name": "visit_reminder", "language": {"code": "en"}, "components": [
            {"type": "body", "parameters": [
                {"type": "text", "text": "Margaret"},
                {"type": "date_time", "date_time": {"fallback_value": "Friday, 9:00"}},
            ]},
            {"type": "button", "sub_type": "url", "index": "0",
             "parameters": [{"type": "text", "text": "r7"}]},
        ],
    });
    assert_eq!(
        echoed("template", &template).unwrap(),
        "visit_reminder\nMargaret, Friday, 9:00\nr7"
    );
}
