//! At least one value of every event about files.

use convolog_domain::canned_reply::{
    CannedReplyAdded, CannedReplyRemoved, CannedReplyUpdated, CannedReplyVersion,
};
use convolog_domain::channel::{ReadMarks, ReadMarksChanged};
use convolog_domain::conversation::{
    CannedUse, Direction, MarkOutcome, MediaDelayed, MediaLost, MediaStored, MessageFacts,
    MessageMarkedRead, MessageReceived, MessageRequested,
};
use convolog_domain::media::{
    MediaAdded, MediaLinkFailed, MediaRemoved, MediaUploadBegun, MediaUploadFailed, MediaUploaded,
};
use convolog_domain::{Blob, CannedReplyId, Content, Event, Hash32, MediaContent, MediaId};

use crate::samples::{AT, CHANNEL, MESSAGE, id};

const BLOB: Blob = Blob { hash: Hash32([0x5e; 32]), bytes: 20_100 };

/// Files of customers, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let facts = MessageFacts {
        message: MESSAGE,
        direction: Direction::Inbound,
        kind: "image".into(),
        sent_at: Some(AT),
        rank: 3,
        fragment: Hash32([3; 32]),
        reply_to: None,
        errors: vec![],
        referral: false,
        group: false,
        history_status: None,
        word: None,
        media_until: Some(AT + 604_800),
    };
    vec![
        MessageReceived { facts }.into(),
        MediaStored {
            message: MESSAGE,
            blob: BLOB,
            sealed_as: id(40),
            size: 20_000,
            mime_type: "image/jpeg".into(),
            at: AT,
        }
        .into(),
        MediaDelayed {
            message: MESSAGE,
            attempt: 2,
            reason: "unreachable".into(),
            at: AT,
            retry_at: AT + 4,
        }
        .into(),
        MediaLost { message: MESSAGE, reason: "expired".into(), at: AT }.into(),
        MessageMarkedRead {
            message: MESSAGE,
            typing: true,
            at: AT,
            outcome: MarkOutcome::Refused,
            http_status: Some(400),
        }
        .into(),
        marked(MarkOutcome::Told),
        marked(MarkOutcome::Unanswered),
        marked(MarkOutcome::Sandbox),
        ReadMarksChanged { old: ReadMarks::Off, new: ReadMarks::Read }.into(),
        ReadMarksChanged { old: ReadMarks::Read, new: ReadMarks::Typing }.into(),
    ]
}

fn marked(outcome: MarkOutcome) -> Event {
    let (message, at) = (MESSAGE, AT);
    MessageMarkedRead { message, typing: false, at, outcome, http_status: None }.into()
}

/// Files and words of the business, in the order of the catalogue.
pub(crate) fn kept() -> Vec<Event> {
    let version = CannedReplyVersion {
        shortcut: "hello".into(),
        language: Some("pt".into()),
        tags: vec!["greeting".into()],
        characters: 23,
    };
    let bare =
        CannedReplyVersion { shortcut: "bye".into(), language: None, tags: vec![], characters: 4 };
    let requested = MessageRequested {
        message: MESSAGE,
        kind: "image".into(),
        requested_at: AT,
        media: Some(MediaId(id(41))),
        ..MessageRequested::default()
    };
    let canned = Some(CannedUse { reply: CannedReplyId(id(42)), version: 3 });
    vec![
        MediaAdded {
            blob: BLOB,
            sealed_as: id(43),
            size: 20_000,
            mime_type: "application/pdf".into(),
        }
        .into(),
        MediaRemoved {}.into(),
        MediaUploadBegun { channel: CHANNEL, at: AT }.into(),
        MediaUploaded { channel: CHANNEL, at: AT, until: AT + 60 }.into(),
        MediaUploadFailed { channel: CHANNEL, at: AT, http_status: Some(400), code: Some(131_053) }
            .into(),
        MediaUploadFailed { channel: CHANNEL, at: AT, http_status: None, code: None }.into(),
        MediaLinkFailed { reason: "refused".into(), at: AT, http_status: Some(404) }.into(),
        MediaLinkFailed { reason: "unreachable".into(), at: AT, http_status: None }.into(),
        CannedReplyAdded { version: version.clone() }.into(),
        CannedReplyAdded { version: bare.clone() }.into(),
        CannedReplyUpdated { version: bare }.into(),
        CannedReplyRemoved {}.into(),
        requested.clone().into(),
        MessageRequested { kind: "text".into(), media: None, canned, ..requested }.into(),
    ]
}

/// What is sealed of a file that was fetched, and of one that was read at an address.
pub(crate) fn contents() -> [Content; 2] {
    let fetched = MediaContent { sha256: Some("ab".into()), ..MediaContent::default() };
    let link = Some("canary https://files.example/menu.pdf".into());
    [fetched, MediaContent { link, ..MediaContent::default() }].map(Content::Media)
}
