//! What the demo's businesses and their customers say: fixtures/demo, compiled in.

use serde::Deserialize;
use serde_json::{Map, Value};

/// Its file name is how the demo remembers a business.
const FILES: [(&str, &str); 3] = [
    ("dental", include_str!("../../../../fixtures/demo/dental.yaml")),
    ("renovation", include_str!("../../../../fixtures/demo/renovation.yaml")),
    ("flowers", include_str!("../../../../fixtures/demo/flowers.yaml")),
];

/// Files that a business may take in: name, media type, bytes.
const UPLOADS: [(&str, &str, &[u8]); 1] = [(
    "dental-aftercare.pdf",
    "application/pdf",
    include_bytes!("../../../../fixtures/files/dental-aftercare.pdf"),
)];

/// A file that a business takes in: its media type and its bytes.
pub(super) fn upload(name: &str) -> Option<(&'static str, &'static [u8])> {
    let found = UPLOADS.iter().find(|(known, ..)| *known == name);
    found.map(|(_, media, bytes)| (*media, *bytes))
}

/// A business and everything that is said to and by it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Business {
    /// The name of its file.
    #[serde(skip)]
    pub(super) key: &'static str,
    pub(super) name: String,
    /// Who owns it.
    pub(super) owner: String,
    /// For people.
    pub(super) language: String,
    pub(super) number: Number,
    /// What it knows.
    #[serde(default)]
    pub(super) knowledge: Vec<Document>,
    /// Files of `fixtures/files` that it takes in, by name.
    #[serde(default)]
    pub(super) files: Vec<String>,
    pub(super) conversations: Vec<Conversation>,
    /// What it learns of its leads from what they say.
    #[serde(default)]
    pub(super) lead_rules: Option<Value>,
    #[serde(default)]
    pub(super) notices: Vec<Notice>,
    pub(super) chatter: Vec<Exchange>,
}

/// Something that a business knows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) title: String,
    /// Markdown.
    pub(super) content: String,
}

/// The number that a business is reached at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Number {
    /// The platform's id of the number.
    pub(super) id: String,
    /// The platform's id of the account.
    pub(super) account: String,
    /// The number itself.
    pub(super) display: String,
}

/// Somebody who writes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Customer {
    pub(super) name: String,
    #[serde(default)]
    pub(super) phone: Option<String>,
    #[serde(default)]
    pub(super) user_id: Option<String>,
    #[serde(default)]
    pub(super) username: Option<String>,
}

/// A conversation, line by line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conversation {
    pub(super) key: String,
    pub(super) customer: Customer,
    /// When it began, before the demo is seeded.
    pub(super) hours_ago: u32,
    pub(super) lines: Vec<Line>,
}

/// Who says a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    #[default]
    Customer,
    Business,
}

/// One line; fixtures/demo/README.md says what each field means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(default)]
    pub(super) by: By,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) is: Option<Value>,
    #[serde(default)]
    pub(super) with: Map<String, Value>,
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) answers: Option<String>,
    #[serde(default = "one")]
    pub(super) after: u32,
    #[serde(default)]
    pub(super) told: Option<Vec<Told>>,
    #[serde(default)]
    pub(super) beside: Vec<Value>,
    #[serde(default)]
    pub(super) nameless: bool,
    #[serde(default)]
    pub(super) becomes: Option<Customer>,
}

const fn one() -> u32 {
    1
}

/// A status that the platform tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Told {
    /// Its name.
    Name(String),
    /// Its name and what else stands in it.
    Whole(Map<String, Value>),
}

/// A change of another field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notice {
    pub(super) field: String,
    pub(super) value: Map<String, Value>,
}

/// What a simulated customer says and gets answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) customer: Customer,
    pub(super) says: Vec<String>,
    pub(super) answer: String,
}

/// A script that does not read: a mistake in a file that is compiled in.
#[derive(Debug, thiserror::Error)]
#[error("fixtures/demo/{file}.yaml cannot be read")]
pub(super) struct WrongScript {
    file: &'static str,
    #[source]
    source: serde_yaml_ng::Error,
}

/// Every business.
pub(super) fn businesses() -> Result<Vec<Business>, WrongScript> {
    let read = |(file, text): (&'static str, &str)| {
        let read: Result<Business, _> = serde_yaml_ng::from_str(text);
        read.map(|business| Business { key: file, ..business })
            .map_err(|source| WrongScript { file, source })
    };
    FILES.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every type of the platform's table.
    const KINDS: [&str; 21] = [
        "text",
        "image",
        "video",
        "document",
        "audio",
        "sticker",
        "voice",
        "location",
        "contacts",
        "reaction",
        "interactive",
        "button",
        "order",
        "system",
        "unsupported",
        "edit",
        "revoke",
        "request_welcome",
        "template",
        "media_placeholder",
        "poke",
    ];

    #[test]
    fn the_scripts_hold_every_type_in_four_languages() {
        let businesses = businesses().unwrap();
        assert_eq!(businesses.len(), 3);
        let conversations: Vec<_> = businesses.iter().flat_map(|b| &b.conversations).collect();
        assert!(conversations.len() >= 8);
        let lines = conversations.iter().flat_map(|conversation| &conversation.lines);
        let mut kinds: BTreeSet<_> = lines.clone().map(|line| line.kind.as_str()).collect();
        // A history import brings the placeholder of a medium.
        let notices = format!("{:?}", businesses.iter().map(|b| &b.notices).collect::<Vec<_>>());
        assert!(notices.contains("media_placeholder"));
        kinds.insert("media_placeholder");
        assert_eq!(kinds, KINDS.into_iter().collect());
        let interactive: BTreeSet<_> = lines
            .clone()
            .filter(|line| line.kind == "interactive" && line.by == By::Customer)
            .filter_map(|line| line.is.as_ref()?["type"].as_str())
            .collect();
        let replies = ["button_reply", "call_permission_reply", "list_reply", "nfm_reply"];
        assert_eq!(interactive, replies.into_iter().collect());
        let text = format!("{conversations:?}");
        for word in [
            "Thursday",
            "Buenos días",
            "orçamento",
            "שלום",
            "referral",
            "user_changed_number",
            "user_changed_user_id",
            "customer_identity_changed",
        ] {
            assert!(text.contains(word), "{word}");
        }
    }
}
