//! What is sealed: the content of events, one part for each person it is about.
//!
//! Typed fields are what readers need; the fragment is the platform's JSON element exactly as it
//! came, so that nothing is lost. Neither is ever read by a fold or a decision.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::hash::{Sensitive, SensitiveBytes};
use crate::ids::{ImportId, SubjectId};

/// One sealed part before it is sealed (or after it was opened).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Personal {
    /// Whose key seals it.
    pub subject: SubjectId,
    /// What it says.
    pub content: Content,
}

/// What a sealed part says. Stored as MessagePack with field names; new kinds may be added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A message, an edit, a reaction.
    Message(Box<MessageContent>),
    /// A delivery status.
    Status(Box<StatusContent>),
    /// A phone number, a business-scoped id, an e-mail address.
    Identity(IdentityContent),
    /// A name somebody goes by.
    Profile(ProfileContent),
    /// A platform's element kept whole, with nothing typed.
    Fragment(FragmentContent),
    /// The answer to a request, for its repetition.
    Response(ResponseContent),
    /// A note that the staff wrote about somebody.
    Note(NoteContent),
    /// What the staff calls a conversation.
    Title(NoteContent),
    /// What is known of a lead.
    Lead(Box<LeadContent>),
    /// What an agent is told about its work.
    Instructions(NoteContent),
    /// Where a subscriber's events are delivered.
    Address(NoteContent),
    /// A version of a document.
    Document(Box<DocumentContent>),
    /// What a subscriber's endpoint answered.
    Answers(AnswersContent),
    /// What was said of an appointment.
    Appointment(Box<AppointmentContent>),
    /// What a job reads.
    Import(ImportContent),
    /// A file that was uploaded.
    File(FileContent),
    /// The pages of a site.
    Pages(PagesContent),
    /// A file: what is known of it besides its bytes.
    Media(MediaContent),
    /// What is filled in for one recipient of a broadcast.
    Parameters(ParametersContent),
}

/// Declares the kinds of content, from [`Content`]: no kind can be left out.
macro_rules! content_kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $content:ty),* $(,)?) => {
        /// What kind of thing a sealed part says.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        #[expect(missing_docs, reason = "each is the kind of the content of its name")]
        pub enum ContentKind { $($kind),* }

        impl ContentKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The name under which the API shows it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// JSON Schema of what it says.
            pub fn schema(self) -> schemars::Schema {
                match self { $(Self::$kind => crate::catalogue::schema_of::<$content>()),* }
            }
        }

        impl Content {
            /// What kind of thing it says.
            pub const fn kind(&self) -> ContentKind {
                match self { $(Self::$kind(_) => ContentKind::$kind),* }
            }
        }
    };
}

content_kinds! {
    Message "message" MessageContent,
    Status "status" StatusContent,
    Identity "identity" IdentityContent,
    Profile "profile" ProfileContent,
    Fragment "fragment" FragmentContent,
    Response "response" ResponseContent,
    Note "note" NoteContent,
    Title "title" NoteContent,
    Lead "lead" LeadContent,
    Instructions "instructions" NoteContent,
    Address "address" NoteContent,
    Document "document" DocumentContent,
    Answers "answers" AnswersContent,
    Appointment "appointment" AppointmentContent,
    Import "import" ImportContent,
    File "file" FileContent,
    Pages "pages" PagesContent,
    Media "media" MediaContent,
    Parameters "parameters" ParametersContent,
}

/// The content of a message.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MessageContent {
    /// The platform's id of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_id: Option<Sensitive>,
    /// What a person reads: the body, the caption, the title of the button pressed, the emoji.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
    /// An attachment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaContent>,
    /// The platform's element, exactly as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragment: Option<Sensitive>,
    /// What belongs to it but stood elsewhere in the post (the element about the sender, the head of
    /// its thread), exactly as sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alongside: Vec<Sensitive>,
}

/// An attachment as the platform names it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MediaContent {
    /// The platform's id, with which the bytes can be fetched for a few days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Sensitive>,
    /// The MIME type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    /// The platform's hash of the bytes, as sent: about a person as much as the file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sensitive>,
    /// The file's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<Sensitive>,
    /// The address at which it was read, if it was named by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Sensitive>,
}

/// The content of a status.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct StatusContent {
    /// The platform's id of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_id: Option<Sensitive>,
    /// Why it failed, in the platform's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_details: Option<Sensitive>,
    /// The platform's element, exactly as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragment: Option<Sensitive>,
    /// What belongs to it but stood elsewhere in the post, exactly as sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alongside: Vec<Sensitive>,
}

/// The value behind an identity token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct IdentityContent {
    /// As the platform sent it.
    pub value: Sensitive,
}

/// A name somebody goes by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ProfileContent {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive>,
    /// The user name on the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Sensitive>,
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Sensitive>,
}

/// JSON kept whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FragmentContent {
    /// The JSON text.
    pub fragment: Sensitive,
    /// What belongs to it but stood elsewhere in the post, exactly as sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alongside: Vec<Sensitive>,
}

/// Something that the staff wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NoteContent {
    /// The text.
    pub text: Sensitive,
}

/// The answer that a request got.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResponseContent {
    /// The JSON text of the answer; secrets in it are masked.
    pub body: Sensitive,
}

/// What an event says of a lead.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LeadContent {
    /// The id that another system gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<Sensitive>,
    /// The values of fields, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Sensitive>,
    /// The reason of a move, the explanation of a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
}

/// What a subscriber's endpoint answered to the attempts of one event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AnswersContent {
    /// Those that said something, in the order of the attempts.
    pub answers: Vec<AnswerContent>,
}

/// What is filled in for one recipient of a broadcast.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ParametersContent {
    /// By name.
    pub values: BTreeMap<String, Sensitive>,
}

/// What was answered to one attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AnswerContent {
    /// Which attempt of the event, from 0.
    pub attempt: u32,
    /// The body, cut to what is kept.
    pub body: Sensitive,
}

/// What was said of an appointment.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentContent {
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Sensitive>,
    /// What somebody noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sensitive>,
}

/// A version of a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentContent {
    /// What people call it.
    pub title: Sensitive,
    /// The content as it was given, in its format.
    pub source: Sensitive,
    /// The text without its format; none where the content is that already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
    /// How the text was cut into passages, in order.
    pub passages: Vec<PassageMark>,
    /// Where it comes from, if a file or a page was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<DocumentOrigin>,
}

/// Where a document comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentOrigin {
    /// The job that read it.
    pub import: ImportId,
    /// The name of the file, or the address of the page.
    pub address: Sensitive,
    /// Which part of it, from 1, if it was too long for one document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
}

/// What a job reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ImportContent {
    /// The name of the file, or the address of the first page.
    pub source: Sensitive,
    /// What its document is to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Sensitive>,
}

/// A file that was uploaded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FileContent {
    /// The file as it came.
    pub bytes: SensitiveBytes,
}

/// Pages of a site.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PagesContent {
    /// The addresses of those of which the outcome is recorded, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Sensitive>,
    /// Those that are to be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<PageAddress>,
}

/// A page that is to be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PageAddress {
    /// Its address.
    pub address: Sensitive,
    /// How many links from the first page it is away.
    pub depth: u32,
}

impl DocumentContent {
    /// The text without its format.
    pub fn plain(&self) -> &str {
        self.text.as_ref().unwrap_or(&self.source).expose()
    }

    /// The text of a passage; empty if it was cut by other rules than the text was.
    pub fn passage(&self, mark: &PassageMark) -> &str {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.plain().get(place(mark.start)..place(mark.end)).unwrap_or_default()
    }
}

/// Where a passage stands in the text of its document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PassageMark {
    /// The headings above it, the outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<Sensitive>,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_the_name_under_which_its_content_is_written() {
        let note = || NoteContent { text: Sensitive::default() };
        let fragment = FragmentContent { fragment: Sensitive::default(), alongside: vec![] };
        let document = DocumentContent {
            title: Sensitive::default(),
            source: Sensitive::default(),
            text: None,
            passages: vec![],
            origin: None,
        };
        let all = [
            Content::Message(Box::default()),
            Content::Status(Box::default()),
            Content::Identity(IdentityContent { value: Sensitive::default() }),
            Content::Profile(ProfileContent::default()),
            Content::Fragment(fragment),
            Content::Response(ResponseContent { body: Sensitive::default() }),
            Content::Note(note()),
            Content::Title(note()),
            Content::Lead(Box::default()),
            Content::Instructions(note()),
            Content::Address(note()),
            Content::Document(Box::new(document)),
            Content::Answers(AnswersContent { answers: vec![] }),
            Content::Appointment(Box::default()),
            Content::Import(ImportContent { source: Sensitive::default(), title: None }),
            Content::File(FileContent { bytes: SensitiveBytes::default() }),
            Content::Pages(PagesContent::default()),
            Content::Media(MediaContent::default()),
            Content::Parameters(ParametersContent::default()),
        ];
        let kinds: Vec<_> = all.iter().map(Content::kind).collect();
        assert_eq!(kinds, ContentKind::ALL);
        for content in all {
            let written = serde_json::to_value(&content).unwrap();
            assert!(written.get(content.kind().name()).is_some(), "{written}");
        }
    }
}
