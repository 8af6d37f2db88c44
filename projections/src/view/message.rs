//! A message as people read it.

use convolog_domain::conversation::{Direction, Pricing};
use convolog_domain::{MediaContent, MessageContent, Sensitive};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::content::{Contents, Seen};
use super::time::Time;
use crate::error::QueryError;
use crate::transcripts::{Attachment, Fact, MessageRow, MessageStatus, Reaction, Spoken};

/// Who wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectionView {
    /// The contact.
    Inbound,
    /// The business.
    Outbound,
}

impl From<Direction> for DirectionView {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Inbound => Self::Inbound,
            Direction::Outbound => Self::Outbound,
        }
    }
}

/// Whether something touches the outside world.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModeView {
    /// The real thing.
    Live,
    /// A sandbox.
    Test,
}

/// How a message came to be here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OriginView {
    /// It was said while the channel was connected.
    Live,
    /// It was handed over later: the platform's history, or another log.
    Import,
}

/// One message.
#[derive(Clone, PartialEq, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in the API")]
pub struct MessageView {
    /// Its id.
    pub id: Uuid,
    /// The conversation it belongs to.
    pub conversation_id: Uuid,
    /// Who wrote it.
    pub direction: DirectionView,
    /// The platform's type: `text`, `image`, `interactive` …
    #[serde(rename = "type")]
    pub kind: String,
    /// What it says, in its newest edit.
    pub text: Option<String>,
    /// What became of it.
    pub status: MessageStatus,
    /// When it was sent, as the platform gave it; when it gave none, when it was recorded.
    pub sent_at: Time,
    /// The time by which it is ordered: differs from `sent_at` where that cannot be right.
    pub ordered_at: Time,
    /// When the log first heard of it, to the second.
    pub recorded_at: Time,
    /// Where the log first heard of it; orders messages of one second.
    pub position: u64,
    /// The message it answers.
    pub reply_to: Option<Uuid>,
    /// Its attachment.
    pub media: Option<MediaView>,
    /// The canned reply that it was made from.
    pub canned_reply: Option<CannedUseView>,
    /// What each side made of it.
    pub reactions: Vec<ReactionView>,
    /// It was edited since.
    pub edited: bool,
    /// When it was edited, if the platform said so.
    pub edited_at: Option<Time>,
    /// It was taken back. What was said stays in history.
    pub revoked: bool,
    /// When it was taken back, if the platform said so.
    pub revoked_at: Option<Time>,
    /// Every status that was told of it.
    pub statuses: Vec<StatusView>,
    /// What went wrong.
    pub errors: Vec<ErrorView>,
    /// What it costs.
    pub pricing: Option<PricingView>,
    /// Live or test.
    pub mode: ModeView,
    /// Live or imported.
    pub origin: OriginView,
    /// It came from an advertisement or a post.
    pub referral: bool,
    /// It was said in a group.
    pub group: bool,
    /// Its content was erased: nobody can read it any more.
    pub erased: bool,
    /// Its content cannot be opened, though it was not erased; the operator's log says why.
    pub unreadable: bool,
}

/// The canned reply that a message was made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[schemars(rename = "CannedUse")]
pub struct CannedUseView {
    /// Which one.
    pub id: Uuid,
    /// Which version of it, from 1.
    pub version: u32,
}

/// An attachment.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MediaView {
    /// The platform's id.
    pub id: Option<String>,
    /// Its MIME type.
    pub mime_type: Option<String>,
    /// The name of the file.
    pub filename: Option<String>,
    /// The platform's hash of the bytes.
    pub sha256: Option<String>,
    /// Whether the file itself is here; none for what was sent by link, and for what came in before
    /// files were kept.
    pub state: Option<MediaState>,
    /// Why it is lost, or why the last try to fetch it failed.
    pub reason: Option<String>,
    /// When it is tried again, if a try failed.
    pub retry_at: Option<Time>,
    /// Bytes of the file, once it is here.
    pub size: Option<u64>,
    /// The file of the workspace that is sent: `/v1/media/{id}`.
    pub media_id: Option<Uuid>,
}

/// Whether a file is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// It is still to be fetched.
    Pending,
    /// It is kept, and can be read.
    Stored,
    /// It will never be here.
    Lost,
}

/// What one side made of a message.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReactionView {
    /// The emoji; none if it was erased.
    pub emoji: Option<String>,
    /// Which side.
    pub direction: DirectionView,
    /// When, if the platform said so.
    pub at: Option<Time>,
}

/// A status that the platform told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct StatusView {
    /// As the platform wrote it; not only those that this version knows.
    pub status: String,
    /// When, if the platform said so.
    pub at: Option<Time>,
}

/// Something that went wrong.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorView {
    /// The platform's code.
    pub code: i64,
    /// The platform's words, if it gave any.
    pub detail: Option<String>,
}

/// What a message costs, as the platform said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct PricingView {
    /// `PMP` or `CBP`.
    pub model: Option<String>,
    /// `marketing`, `utility`, `service` …
    pub category: Option<String>,
    /// `regular`, `free_customer_service` …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether it is charged.
    pub billable: Option<bool>,
}

impl From<&Pricing> for PricingView {
    fn from(pricing: &Pricing) -> Self {
        let Pricing { model, category, kind, billable } = pricing.clone();
        Self { model, category, kind, billable }
    }
}

impl MediaView {
    fn of(media: MediaContent, attachment: Option<&Attachment>) -> Self {
        let MediaContent { id, mime_type, sha256, filename, .. } = media;
        let (id, sha256, filename) = (id.map(plain), sha256.map(plain), filename.map(plain));
        let (state, reason, retry_at, size) = match attachment {
            None => (None, None, None, None),
            Some(Attachment { kept: Some(kept), .. }) => {
                (Some(MediaState::Stored), None, None, Some(kept.size))
            }
            Some(Attachment { lost: Some((_, reason)), .. }) => {
                (Some(MediaState::Lost), Some(reason.clone()), None, None)
            }
            Some(Attachment { tried, .. }) => {
                let reason = tried.as_ref().map(|tried| tried.reason.clone());
                let retry_at = tried.as_ref().map(|tried| Time::of_seconds(tried.retry_at));
                (Some(MediaState::Pending), reason, retry_at, None)
            }
        };
        let media_id = None;
        Self { id, mime_type, filename, sha256, state, reason, retry_at, size, media_id }
    }

    /// A file of the workspace.
    const fn ours(id: Uuid) -> Self {
        Self {
            id: None,
            mime_type: None,
            filename: None,
            sha256: None,
            state: None,
            reason: None,
            retry_at: None,
            size: None,
            media_id: Some(id),
        }
    }
}

impl std::fmt::Debug for MessageView {
    /// Nothing that was said.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageView").field("id", &self.id).finish_non_exhaustive()
    }
}

fn plain(text: Sensitive) -> String {
    text.0
}

/// What the content of a message amounts to: its fullest telling, and its newest edit over it.
struct Spelled {
    text: Option<String>,
    media: Option<MediaContent>,
    erased: bool,
    unreadable: bool,
}

fn spell(contents: Contents<'_>, row: &MessageRow, spoken: &Spoken) -> Result<Spelled, QueryError> {
    let told = contents.message(spoken.told.position)?;
    let edit = match &row.edit {
        Some(edit) => contents.message(edit.position)?,
        None => Seen::Nothing,
    };
    let erased = told == Seen::Erased || edit == Seen::Erased;
    let unreadable = told == Seen::Unreadable || edit == Seen::Unreadable;
    let part = |seen: Seen<Box<MessageContent>>| {
        seen.plain().map(|content| (content.text.map(plain), content.media)).unwrap_or_default()
    };
    let ((text, media), (new_text, new_media)) = (part(told), part(edit));
    // An edit that cannot be read does not bring back what it replaced.
    let text = if row.edit.is_some() { new_text } else { text };
    Ok(Spelled { text, media: new_media.or(media), erased, unreadable })
}

/// What a message says, if it was said and can be read.
pub(super) fn text(contents: Contents<'_>, row: &MessageRow) -> Result<Option<String>, QueryError> {
    let Some(spoken) = &row.spoken else { return Ok(None) };
    Ok(spell(contents, row, spoken)?.text)
}

impl MessageView {
    /// The view of a row; none while the message itself is not known.
    pub(crate) fn of(contents: Contents<'_>, row: &MessageRow) -> Result<Option<Self>, QueryError> {
        let (Some(spoken), Some(status)) = (&row.spoken, row.status()) else { return Ok(None) };
        let Spelled { text, media, erased, unreadable } = spell(contents, row, spoken)?;
        let said = &spoken.told.said;
        let ordered_at = Time::of_seconds(spoken.shown.second());
        let recorded_at = Time::of_seconds(spoken.recorded_at);
        Ok(Some(Self {
            id: row.id.0,
            conversation_id: spoken.conversation.0,
            direction: said.direction.into(),
            kind: said.kind.clone(),
            text,
            status,
            sent_at: said.sent_at.map_or(recorded_at, Time::of_seconds),
            ordered_at,
            recorded_at,
            position: spoken.first.0,
            reply_to: said.reply_to.map(|id| id.0),
            media: media
                .map(|media| MediaView::of(media, row.attachment.as_ref()))
                .or(row.media.map(|media| MediaView::ours(media.0))),
            canned_reply: row
                .canned
                .map(|used| CannedUseView { id: used.reply.0, version: used.version }),
            reactions: reactions(contents, row)?,
            edited: row.edit.is_some(),
            edited_at: row.edit.as_ref().and_then(|edit| edit.at).map(Time::of_seconds),
            revoked: row.revoked.is_some(),
            revoked_at: row.revoked.as_ref().and_then(|gone| gone.at).map(Time::of_seconds),
            statuses: statuses(row),
            errors: errors(contents, row, spoken)?,
            pricing: row.pricing.as_ref().map(|priced| (&priced.pricing).into()),
            mode: if spoken.real { ModeView::Live } else { ModeView::Test },
            origin: if spoken.live { OriginView::Live } else { OriginView::Import },
            referral: said.referral,
            group: said.group,
            erased,
            unreadable,
        }))
    }
}

fn reactions(contents: Contents<'_>, row: &MessageRow) -> Result<Vec<ReactionView>, QueryError> {
    let sides = [
        (DirectionView::Inbound, &row.reaction_inbound),
        (DirectionView::Outbound, &row.reaction_outbound),
    ];
    let mut shown = Vec::new();
    for (direction, reaction) in sides {
        let Some(Reaction { at, position, removed: false, .. }) = reaction else { continue };
        let content = contents.message(*position)?.plain();
        let emoji = content.and_then(|content| content.text).map(plain);
        shown.push(ReactionView { emoji, direction, at: at.map(Time::of_seconds) });
    }
    Ok(shown)
}

fn statuses(row: &MessageRow) -> Vec<StatusView> {
    let mut told: Vec<_> = row
        .statuses
        .iter()
        .map(|(status, fact)| StatusView {
            status: status.clone(),
            at: fact.at.map(Time::of_seconds),
        })
        .collect();
    // Of one second, as they follow each other.
    let rank = |told: &StatusView| (told.at, MessageStatus::named(&told.status));
    told.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.status.cmp(&b.status)));
    told
}

/// The codes that came with the message or its statuses, with the words of the fullest telling of a
/// failure.
fn errors(
    contents: Contents<'_>,
    row: &MessageRow,
    spoken: &Spoken,
) -> Result<Vec<ErrorView>, QueryError> {
    let mut codes = row.errors.clone();
    codes.extend(&spoken.told.said.errors);
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let worst = row.statuses.values().filter(|fact| fact.best.0 > 0).max_by_key(|fact| fact.best);
    let detail = match worst {
        Some(Fact { position, .. }) => {
            contents.status(*position)?.plain().and_then(|status| status.error_details).map(plain)
        }
        None => None,
    };
    let view = |code: &i64| ErrorView {
        code: *code,
        detail: detail.clone().filter(|_| row.errors.contains(code)),
    };
    Ok(codes.iter().map(view).collect())
}
